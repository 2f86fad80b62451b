import { z } from "zod";
import { figure } from "../tiers/tier.schema";
import { boostStates } from "./boost.states";

/** A boost as its creator sees it. Until it is final, `earned` is what the figures so far come to. */
export const boostSchema = z.object({
  id: z.uuid(),
  redemptionId: z.uuid(),
  name: z.string(),
  state: z.enum(boostStates),
  rateBp: z.number().int(),
  days: z.number().int(),
  startsAt: z.string(),
  endsAt: z.string(),
  firstOn: z.string(),
  lastOn: z.string(),
  clearsOn: z.string().nullable(),
  sales: figure,
  earned: figure,
  isFinal: z.boolean(),
  paidAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  isFailed: z.boolean(),
  /** A person looks at its claim before anything is sent. */
  isHeld: z.boolean(),
  isSent: z.boolean(),
});
export type Boost = z.infer<typeof boostSchema>;
