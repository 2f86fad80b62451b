import { z } from "zod";
import { figure } from "../tiers/tier.schema";
import { missionKinds } from "./mission.schema";

/** One round of one creator, as staff read it. Goal, tier and days are those it began under. */
const roundSchema = z.object({
  id: z.uuid(),
  missionId: z.uuid(),
  name: z.string(),
  kind: z.enum(missionKinds),
  state: z.enum(["dormant", "active", "completed", "missed"]),
  cycleNo: z.number().int(),
  isRecurring: z.boolean(),
  tierId: z.uuid(),
  value: figure,
  target: figure,
  /** The day it began; of a dormant one the earliest it can. */
  startOn: z.string(),
  countsFromOn: z.string().nullable(),
  /** Everything she ever did counts, also from before `countsFromOn`. */
  countsAll: z.boolean(),
  dueOn: z.string().nullable(),
  completedOn: z.string().nullable(),
  figuresAt: z.string().nullable(),
  redemptionId: z.uuid().nullable(),
  redemptionState: z.string().nullable(),
});
export type Round = z.infer<typeof roundSchema>;
export const roundListSchema = z.object({ items: z.array(roundSchema) });
export type RoundList = z.infer<typeof roundListSchema>;
