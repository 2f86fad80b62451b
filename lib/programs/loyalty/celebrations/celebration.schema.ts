import { z } from "zod";
import { claimKinds } from "../claims/claim.schema";

/** Something that went well and that she has not acknowledged. */
export const celebrationSchema = z.object({
  /** What an acknowledgement names. */
  id: z.uuid(),
  what: z.enum(["risen", "fulfilled", "won"]),
  /** The tier she rose to, the reward, or the raffle. */
  name: z.string(),
  kind: z.enum([...claimKinds, "raffle", "tier"]),
  at: z.string(),
  raffleId: z.uuid().nullable(),
  /** Until when a prize waits to be claimed. */
  claimUntil: z.string().nullable(),
});
export type Celebration = z.infer<typeof celebrationSchema>;
export const celebrationListSchema = z.array(celebrationSchema);

export const acknowledgeInputSchema = z.object({
  ids: z.array(z.uuid()).min(1, "Say what you have seen.").max(50, "At most 50 at once."),
});
export type AcknowledgeInput = z.infer<typeof acknowledgeInputSchema>;
