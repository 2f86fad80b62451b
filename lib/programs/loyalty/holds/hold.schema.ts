import { z } from "zod";

export const holdStates = ["open", "released", "upheld"] as const;
const holdReasons = ["same_account", "same_address", "same_device", "by_hand"] as const;

export const holdSchema = z.object({
  id: z.uuid(),
  reason: z.enum(holdReasons),
  /** What was seen, without personal data. */
  evidence: z.string(),
  state: z.enum(holdStates),
  openedAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  resolutionNote: z.string().nullable(),
  /** Whom it is about: one for a hold by hand, two who share something. */
  creators: z.array(
    z.object({
      id: z.uuid(),
      handle: z.string(),
      name: z.string(),
      /** Open claims, and what they are worth in minor units. */
      claims: z.number().int(),
      worth: z.number().int(),
    }),
  ),
});
export type Hold = z.infer<typeof holdSchema>;

export const holdListSchema = z.object({ items: z.array(holdSchema), next: z.string().nullable() });
export type HoldList = z.infer<typeof holdListSchema>;

export const holdQuerySchema = z.object({
  state: z.enum(holdStates).default("open"),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type HoldQuery = z.infer<typeof holdQuerySchema>;

const note = z.string().trim().min(3, "Say why in a sentence.").max(300);

export const holdInputSchema = z.object({ reason: note });

export const holdResolutionSchema = z.discriminatedUnion("decision", [
  z.object({ decision: z.literal("release"), note }),
  z.object({
    decision: z.literal("uphold"),
    note,
    /** Creators of this hold whose open claims are rejected. */
    reject: z.array(z.uuid()).min(1, "Choose whose claims are rejected.").max(2),
  }),
]);
export type HoldResolution = z.infer<typeof holdResolutionSchema>;
