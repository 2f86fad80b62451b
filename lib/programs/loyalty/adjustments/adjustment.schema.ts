import { z } from "zod";
import { figure } from "../tiers/tier.schema";

export const adjustmentKinds = ["manual_sale", "refund", "bonus", "correction"] as const;

export const adjustmentSchema = z.object({
  id: z.uuid(),
  kind: z.enum(adjustmentKinds),
  amount: figure,
  units: figure,
  effectiveOn: z.string(),
  reason: z.string(),
  /** The adjustment this one takes back. */
  reversesId: z.uuid().nullable(),
  /** The adjustment that took this one back. */
  reversedById: z.uuid().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;
export const adjustmentListSchema = z.object({
  items: z.array(adjustmentSchema),
  next: z.string().nullable(),
});
export type AdjustmentList = z.infer<typeof adjustmentListSchema>;

/** Signed, in minor units and pieces. A sale or bonus adds, a refund takes away, a correction may do either. */
export const adjustmentInputSchema = z
  .object({
    kind: z.enum(adjustmentKinds),
    amount: figure.min(-10_000_000_000).max(10_000_000_000).default(0),
    units: figure.min(-10_000_000).max(10_000_000).default(0),
    effectiveOn: z.iso.date("Choose a day."),
    reason: z.string().trim().min(3, "Say why, in a few words.").max(300, "At most 300 letters."),
  })
  .superRefine((value, context) => {
    const wrong = (message: string) => context.addIssue({ code: "custom", path: ["amount"], message });
    if (value.amount === 0 && value.units === 0) wrong("Give an amount or a number of units.");
    else if (value.kind === "refund" && (value.amount > 0 || value.units > 0))
      wrong("A refund takes away: write it with a minus.");
    else if (
      (value.kind === "manual_sale" || value.kind === "bonus") &&
      (value.amount < 0 || value.units < 0)
    )
      wrong("A sale or bonus adds: leave out the minus, or choose refund or correction.");
  });
export type AdjustmentInput = z.infer<typeof adjustmentInputSchema>;

export const reversalInputSchema = z.object({
  reason: z.string().trim().min(3, "Say why, in a few words.").max(300),
});

export const listQuerySchema = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListQuery = z.infer<typeof listQuerySchema>;
