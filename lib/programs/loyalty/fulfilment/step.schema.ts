import { z } from "zod";
import { carriers, isTrackingNumber } from "./carriers";
import { redemptionStates } from "./fulfilment.schema";

/** The state the page showed: if it is another by now, the step is refused and says what it is. */
const from = z.enum(redemptionStates).optional();
const note = z.string().trim().max(500).optional();
const reason = z.string().trim().min(3, "Say why, in a sentence the creator will read.").max(300);

export const redemptionStepSchema = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("fulfil"),
    from,
    note,
    /** An order or transaction number; the creator reads it. */
    reference: z.string().trim().max(200).optional(),
    /** The code of a gift card. Kept encrypted, shown in the app only. */
    code: z.string().trim().max(200).optional(),
  }),
  z
    .object({
      step: z.literal("ship"),
      from,
      note,
      carrier: z.enum(carriers, "Choose the carrier."),
      trackingNumber: z.string().trim().max(60).default(""),
    })
    .refine((ship) => isTrackingNumber(ship.carrier, ship.trackingNumber), {
      path: ["trackingNumber"],
      message: "This is not a tracking number of this carrier.",
    }),
  z.object({ step: z.literal("deliver"), from }),
  z.object({ step: z.literal("conclude"), from }),
  z.object({ step: z.literal("reject"), from, reason }),
  z.object({ step: z.literal("undo"), from }),
]);
export type RedemptionStep = z.infer<typeof redemptionStepSchema>;

export const bulkSteps = ["fulfil", "deliver", "conclude", "reject", "undo"] as const;
export const bulkStepSchema = z
  .object({
    step: z.enum(bulkSteps),
    items: z
      .array(z.object({ id: z.uuid(), from }))
      .min(1, "Choose at least one claim.")
      .max(200),
    reason: z.string().trim().max(300).optional(),
  })
  .refine((bulk) => bulk.step !== "reject" || reason.safeParse(bulk.reason).success, {
    path: ["reason"],
    message: "Say why, in a sentence the creator will read.",
  });
export type BulkStep = z.infer<typeof bulkStepSchema>;

/** What became of each: one that is refused says why and leaves the others alone. */
export const bulkOutcomeSchema = z.object({
  done: z.number().int(),
  refused: z.number().int(),
  outcomes: z.array(
    z.object({
      id: z.uuid(),
      isDone: z.boolean(),
      state: z.enum(redemptionStates).nullable(),
      message: z.string().nullable(),
    }),
  ),
});
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;
