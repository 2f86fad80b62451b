import { z } from "zod";
import { handleSchema } from "../creators/creator.schema";
import { figure } from "../tiers/tier.schema";

export const claimStates = ["pending", "approved", "rejected", "withdrawn"] as const;

export const claimInputSchema = z
  .object({
    handle: handleSchema,
    evidenceText: z.string().trim().max(1000, "At most 1,000 letters.").default(""),
    evidenceUrl: z
      .url({ protocol: /^https$/, error: "Write a link that starts with https://." })
      .max(500)
      .optional(),
  })
  .refine((value) => value.evidenceUrl !== undefined || value.evidenceText.length >= 10, {
    path: ["evidenceText"],
    message: "Give a link or a sentence that shows the handle is yours.",
  });
export type ClaimInput = z.infer<typeof claimInputSchema>;

/** What the claimant sees: never whether the handle is known. */
export const myClaimSchema = z.object({
  id: z.uuid(),
  handle: z.string(),
  state: z.enum(claimStates),
  rejectReason: z.string().nullable(),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
});
export type MyClaim = z.infer<typeof myClaimSchema>;

export const claimSchema = myClaimSchema.extend({
  email: z.string(),
  name: z.string(),
  evidenceText: z.string(),
  evidenceUrl: z.string().nullable(),
  /** The creator a file made of this handle; null when nobody sells under it yet. */
  creator: z.object({ id: z.uuid(), name: z.string(), totalVideos: figure, totalSales: figure }).nullable(),
});
export type HandleClaim = z.infer<typeof claimSchema>;

export const claimDecisionSchema = z.discriminatedUnion("decision", [
  z.object({ decision: z.literal("approve") }),
  z.object({
    decision: z.literal("reject"),
    reason: z.string().trim().min(3, "Say why, in a sentence the person will read.").max(300),
  }),
]);
export type ClaimDecision = z.infer<typeof claimDecisionSchema>;
