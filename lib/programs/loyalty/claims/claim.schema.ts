import { z } from "zod";
import { isCountry } from "@/lib/kernel/countries";
import { redemptionStates } from "../fulfilment/fulfilment.schema";
import { isPostalCode } from "../rewards/postal-codes";
import { figure } from "../tiers/tier.schema";

export const claimKinds = [
  "gift_card",
  "ads_credit",
  "physical_gift",
  "experience",
  "commission_boost",
  "discount",
] as const;

/** Why a claim is refused, as the API answers it. A page can word each; the answer brings a sentence of its own. */
export const claimRefusals = [
  "ACTIVE_CLAIM_EXISTS",
  "LIMIT_REACHED",
  "SOLD_OUT",
  "BUDGET_SPENT",
  "TIER_INELIGIBLE",
  "NOT_RECOGNISED",
  "NOT_AVAILABLE",
  "TERMS_CHANGED",
  "ON_HOLD",
  "SCHEDULING_REQUIRED",
  "INVALID_SCHEDULE",
  "INVALID_TIME_SLOT",
  "SLOT_FULL",
  "SHIPPING_INFO_REQUIRED",
  "SIZE_REQUIRED",
  "SIZE_INVALID",
] as const;
export type ClaimRefusal = (typeof claimRefusals)[number];

const line = (min: number, max: number, message: string) =>
  z.string().trim().min(min, message).max(max, `At most ${max} letters.`);

export const shippingSchema = z
  .object({
    recipient: line(2, 80, "Say who it is for."),
    line1: line(3, 120, "Give the street and number."),
    line2: line(0, 120, "").optional(),
    city: line(1, 80, "Give the city."),
    region: line(0, 80, "").optional(),
    postalCode: line(2, 12, "Give the postal code."),
    country: z.string().trim().toUpperCase().refine(isCountry, "Choose the country."),
    phone: z
      .string()
      .trim()
      .max(32, "At most 32 characters.")
      .refine((value) => value === "" || value.length >= 5, "A phone number has at least five characters.")
      .optional(),
  })
  .refine(({ country, postalCode }) => isPostalCode(country, postalCode), {
    path: ["postalCode"],
    message: "This is not a postal code of that country.",
  });
export type Shipping = z.infer<typeof shippingSchema>;

const scheduleSchema = z.object({
  date: z.string().trim().max(20).describe("YYYY-MM-DD, in the zone of the business"),
  time: z.string().trim().max(20).optional().describe("HH:MM, for discounts"),
});

/**
 * What any claim sends, whatever it claims: a boost its day, a discount its day and time, a gift its size and address.
 * Days and times are judged where the calendar is, so that each is refused with its own code.
 */
export const claimDetailsSchema = z.object({
  schedule: scheduleSchema.optional(),
  size: z.string().trim().max(40).optional(),
  shipping: shippingSchema.optional(),
  version: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("The version of the terms that was shown; when it is another by now, nothing is claimed"),
});
export type ClaimDetails = z.infer<typeof claimDetailsSchema>;

export const claimedRewardSchema = z.object({
  id: z.uuid(),
  rewardId: z.uuid(),
  kind: z.enum(claimKinds),
  source: z.enum(["tier", "mission", "raffle"]),
  state: z.enum(redemptionStates),
  name: z.string(),
  instructions: z.string(),
  valueAmount: figure,
  currency: z.string(),
  size: z.string().nullable(),
  claimedAt: z.string(),
  scheduledAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** Until when it is promised; null for a boost, which starts by itself. */
  dueAt: z.string().nullable(),
  /** The same claim was made before: this is the first one. */
  isRepeat: z.boolean(),
});
export type ClaimedReward = z.infer<typeof claimedRewardSchema>;

export const slotKinds = ["commission_boost", "discount"] as const;
export const slotReasons = ["weekend", "past", "full", "skipped", "yours"] as const;
export type SlotReason = (typeof slotReasons)[number];
const reason = z.enum(slotReasons).nullable();

/** Days and times a boost or a discount may start; `reason` is null where there is a place. */
export const slotsSchema = z.object({
  kind: z.enum(slotKinds),
  timeZone: z.string(),
  /** A boost of hers is planned or running until then: another cannot be claimed. */
  runningUntil: z.string().nullable(),
  days: z.array(
    z.object({
      date: z.string(),
      reason,
      slots: z.array(
        z.object({ time: z.string(), startsAt: z.string(), left: z.number().int().min(0), reason }),
      ),
    }),
  ),
});
export type Slots = z.infer<typeof slotsSchema>;

/** Another day for a claim that has not begun, by the business. `from` is the start the page showed. */
export const moveInputSchema = z.object({
  schedule: scheduleSchema,
  reason: z
    .string()
    .trim()
    .min(3, "Say why, in a sentence the creator will read.")
    .max(300, "At most 300 letters."),
  from: z.iso.datetime({ offset: true }).optional(),
});
export type MoveInput = z.infer<typeof moveInputSchema>;

export const movedRedemptionSchema = z.object({ id: z.uuid(), scheduledAt: z.string(), endsAt: z.string() });
export type MovedRedemption = z.infer<typeof movedRedemptionSchema>;
