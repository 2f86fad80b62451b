import { z } from "zod";
import { isCountry } from "@/lib/kernel/countries";
import { isPostalCode } from "../rewards/postal-codes";
import { payoutStates } from "../payouts/payout.states";
import { rewardKinds } from "../rewards/reward-kinds";
import { figure } from "../tiers/tier.schema";
import { carriers } from "./carriers";

export const redemptionStates = [
  "claimable",
  "claimed",
  "fulfilled",
  "concluded",
  "rejected",
  "expired",
] as const;
export type RedemptionState = (typeof redemptionStates)[number];
export const redemptionSources = ["tier", "mission", "raffle"] as const;

export const workKinds = [
  "instant",
  "gift_ship",
  "discount_start",
  "discount_end",
  "gift_deliver",
  "boost_payout",
  "raffle_draw",
  "reward_out",
  "handle_claim",
] as const;
export type WorkKind = (typeof workKinds)[number];

/** A list in an address: `kinds=a,b` or the key several times. */
const several = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .union([
      z.array(one),
      z
        .string()
        .transform((text) => text.split(",").filter(Boolean))
        .pipe(z.array(one)),
    ])
    .optional();
const yes = z
  .enum(["true", "1", "yes"])
  .transform(() => true)
  .optional();

/** Something that waits for a person. `id` is the row it is about: a claim, a boost, a mission, a reward or a request. */
export const workItemSchema = z.object({
  kind: z.enum(workKinds),
  id: z.uuid(),
  redemptionId: z.uuid().nullable(),
  creatorId: z.uuid().nullable(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  title: z.string(),
  dueAt: z.string(),
  urgency: z.enum(["overdue", "soon", "later"]),
  /** Of the row it is about; a step says which state it saw. */
  state: z.string(),
  rewardKind: z.enum(rewardKinds).nullish(),
  source: z.enum(redemptionSources).nullish(),
  valueAmount: figure.nullish(),
  claimedAt: z.string().nullish(),
  scheduledAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  size: z.string().nullish(),
  country: z.string().nullish(),
  carrier: z.enum(carriers).nullish(),
  trackingNumber: z.string().nullish(),
  shippedAt: z.string().nullish(),
  clearsOn: z.string().nullish(),
  /** How far the money of a boost is, once it is owed. */
  payoutState: z.enum(payoutStates).nullish(),
  winners: z.number().int().nullish(),
  /** Creators who have earned a reward none is left of. */
  waiting: z.number().int().nullish(),
  claimantName: z.string().nullish(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

export const workSchema = z.object({
  items: z.array(workItemSchema),
  next: z.string().nullable(),
  counts: z.array(
    z.object({
      kind: z.enum(workKinds),
      open: z.number().int(),
      soon: z.number().int(),
      overdue: z.number().int(),
    }),
  ),
  /** Claims on hold: they wait for their hold and are not in the queue. */
  held: z.number().int(),
  /** Claims promised for the last 30 days, and how many of them were fulfilled by then. */
  onTime: z.object({ due: z.number().int(), onTime: z.number().int() }),
});
export type Work = z.infer<typeof workSchema>;

export const workQuerySchema = z.object({
  kinds: several(z.enum(workKinds)),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WorkQuery = z.infer<typeof workQuerySchema>;

export const redemptionSummarySchema = z.object({
  id: z.uuid(),
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  title: z.string(),
  kind: z.enum(rewardKinds),
  source: z.enum(redemptionSources),
  state: z.enum(redemptionStates),
  isHeld: z.boolean(),
  offeredAt: z.string(),
  claimedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  scheduledAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  fulfilledAt: z.string().nullable(),
  valueAmount: figure,
  costAmount: figure,
  isShipped: z.boolean(),
  trackingNumber: z.string().nullable(),
});
export type RedemptionSummary = z.infer<typeof redemptionSummarySchema>;

export const redemptionQuerySchema = z.object({
  q: z.string().trim().max(100).optional(),
  states: several(z.enum(redemptionStates)),
  kinds: several(z.enum(rewardKinds)),
  sources: several(z.enum(redemptionSources)),
  held: yes,
  overdue: yes,
  creatorId: z.uuid().optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RedemptionQuery = z.infer<typeof redemptionQuerySchema>;

export const redemptionListSchema = z.object({
  items: z.array(redemptionSummarySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  total: z.number().int(),
});
export type RedemptionList = z.infer<typeof redemptionListSchema>;

const placeSchema = z.object({
  recipient: z.string().trim().min(2, "Write the name on the parcel.").max(80),
  line1: z.string().trim().min(3, "Write street and number.").max(120),
  line2: z.string().trim().max(120).default(""),
  city: z.string().trim().min(1, "Write the town.").max(80),
  region: z.string().trim().max(80).default(""),
  postalCode: z.string().trim().min(2, "Write the postal code.").max(12),
  country: z.string().trim().toUpperCase().refine(isCountry, "Choose the country."),
  phone: z
    .string()
    .trim()
    .max(32)
    .refine((value) => value === "" || value.length >= 5, "A phone number has at least five characters.")
    .default(""),
});
export const addressSchema = placeSchema.refine(
  ({ country, postalCode }) => isPostalCode(country, postalCode),
  { path: ["postalCode"], message: "This is not a postal code of that country." },
);
export type Address = z.infer<typeof addressSchema>;

export const parcelSchema = placeSchema.extend({
  // What is read is as it was written: the rules above are for what is sent.
  country: z.string(),
  phone: z.string(),
  size: z.string().nullable(),
  carrier: z.enum(carriers).nullable(),
  trackingNumber: z.string().nullable(),
  trackingLink: z.string().nullable(),
  shippedAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
});

export const redemptionSchema = z.object({
  id: z.uuid(),
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  rewardId: z.uuid(),
  title: z.string(),
  kind: z.enum(rewardKinds),
  source: z.enum(redemptionSources),
  state: z.enum(redemptionStates),
  isHeld: z.boolean(),
  isMine: z.boolean(),
  offeredAt: z.string(),
  claimUntil: z.string().nullable(),
  claimedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  scheduledAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  fulfilledAt: z.string().nullable(),
  concludedAt: z.string().nullable(),
  rejectedAt: z.string().nullable(),
  rejectionReason: z.string().nullable(),
  /** When it should have started before the business moved it, and why. */
  movedFrom: z.string().nullable(),
  movedAt: z.string().nullable(),
  movedBy: z.string().nullable(),
  moveReason: z.string().nullable(),
  reference: z.string().nullable(),
  /** Of staff, for staff. */
  note: z.string().nullable(),
  costAmount: figure.nullable(),
  valueAmount: figure,
  /** As they were when she claimed. */
  terms: z.record(z.string(), z.unknown()),
  rewardVersion: z.number().int().nullable(),
  tierName: z.string().nullable(),
  missionName: z.string().nullable(),
  /** The gift card's code, for its creator and for those who fulfil. */
  code: z.string().nullable(),
  coupon: z.string().nullable(),
  gift: parcelSchema.nullable(),
  boost: z
    .object({
      id: z.uuid(),
      state: z.string(),
      rateBp: z.number().int(),
      days: z.number().int(),
      firstOn: z.string(),
      lastOn: z.string(),
      clearsOn: z.string().nullable(),
      finalAmount: figure.nullable(),
      earnedAmount: figure.nullable(),
    })
    .nullable(),
  history: z.array(
    z.object({
      from: z.enum(redemptionStates).nullable(),
      to: z.enum(redemptionStates),
      at: z.string(),
      by: z.enum(["you", "creator", "staff", "system"]),
      name: z.string().nullable(),
    }),
  ),
});
export type Redemption = z.infer<typeof redemptionSchema>;
