import { z } from "zod";
import { figure } from "../tiers/tier.schema";
import { rewardFrequencies, rewardKinds, rewardOffers, rewardStates } from "./reward-kinds";

const count = z.number().int();
const amount = figure.min(0, "An amount is zero or above.").max(100_000_000, "At most 1,000,000.00.");

/** What a creator may read of a reward. */
export const rewardCardSchema = z.object({
  id: z.uuid(),
  kind: z.enum(rewardKinds),
  name: z.string(),
  description: z.string(),
  instructions: z.string(),
  /** The one tier that may claim it; null for every tier. */
  tierId: z.uuid().nullable(),
  frequency: z.enum(rewardFrequencies),
  quantity: count.nullable(),
  valueAmount: figure,
  boostBp: count.nullable(),
  boostDays: count.nullable(),
  discountPercent: count.nullable(),
  discountMinutes: count.nullable(),
  sizes: z.array(z.string()),
  expiresDays: count.nullable(),
  /** Counts changes of the terms: a claim keeps the version it was made under. Send it with a claim. */
  version: count.optional(),
});
export type RewardCard = z.infer<typeof rewardCardSchema>;

const rewardLimitsSchema = z.object({
  stockTotal: count.nullable(),
  budgetTotal: figure.nullable(),
  unitCost: figure,
  couponCode: z.string().nullable(),
  couponMaxUses: count.nullable(),
  reservedCount: count,
  committedCount: count,
  reservedAmount: figure,
  committedAmount: figure,
});

export const rewardSchema = rewardCardSchema.extend({
  offer: z.enum(rewardOffers),
  state: z.enum(rewardStates),
  tag: z.string().nullable(),
  previewFromTierId: z.uuid().nullable(),
  displayOrder: count,
  /** Counts changes of the terms: a claim keeps the version it was made under. */
  version: count,
  /** Counts every change: send it back with an edit. */
  revision: count,
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
  createdAt: z.string(),
  tierName: z.string().nullable(),
  tierColor: z.string().nullable(),
  limits: rewardLimitsSchema,
  claimsThisMonth: count,
});
export type Reward = z.infer<typeof rewardSchema>;

export const rewardDetailSchema = rewardSchema.extend({
  currency: z.string(),
  openOffers: count,
  openClaims: count,
  claimsEver: count,
  missions: z.array(z.object({ id: z.uuid(), name: z.string(), state: z.string() })),
  steps: z.array(z.object({ to: z.enum(rewardStates), at: z.string(), by: z.string() })),
});
export type RewardDetail = z.infer<typeof rewardDetailSchema>;

export const rewardListSchema = z.object({
  items: z.array(rewardSchema),
  total: count,
  currency: z.string(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export type RewardList = z.infer<typeof rewardListSchema>;

/** "draft,paused" or the key given several times. */
const several = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .preprocess(
      (given) => (typeof given === "string" ? given.split(",").filter(Boolean) : given),
      z.array(z.enum(values)).min(1).max(10),
    )
    .optional();

export const rewardQuerySchema = z.object({
  state: several(rewardStates),
  kind: several(rewardKinds),
  offer: z.enum(rewardOffers).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RewardQuery = z.infer<typeof rewardQuerySchema>;

/** What an owner fills in. What does not belong to the kind is refused, not dropped: nobody is misled about the terms. */
export const rewardDraftSchema = z
  .object({
    offer: z.enum(rewardOffers).default("tier"),
    kind: z.enum(rewardKinds),
    name: z
      .string()
      .trim()
      .min(2, "Give it a name of two letters or more.")
      .max(60, "A name has at most 60 letters."),
    description: z.string().trim().max(500, "At most 500 letters.").default(""),
    instructions: z.string().trim().max(1000, "At most 1,000 letters.").default(""),
    tierId: z.uuid().nullable().default(null),
    tag: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, "A tag has lower-case letters, numbers and hyphens.")
      .nullable()
      .default(null),
    previewFromTierId: z.uuid().nullable().default(null),
    frequency: z.enum(rewardFrequencies).default("one_time"),
    quantity: count.min(1, "Once at least.").max(10, "Ten times at most.").nullable().default(1),
    valueAmount: amount.default(0),
    boostBp: count.min(1, "More than zero.").max(10_000, "At most 100 %.").nullable().default(null),
    boostDays: count.min(1, "One day at least.").max(90, "90 days at most.").nullable().default(null),
    discountPercent: count.min(1, "1 % at least.").max(100, "100 % at most.").nullable().default(null),
    discountMinutes: count
      .min(10, "10 minutes at least.")
      .max(525_600, "One year at most.")
      .nullable()
      .default(null),
    sizes: z
      .array(z.string().trim().min(1, "A size has a name.").max(12, "A size has at most 12 letters."))
      .max(12, "Twelve sizes at most.")
      .default([]),
    expiresDays: count.min(1, "One day at least.").max(365, "A year at most.").nullable().default(null),
    displayOrder: count.min(0).max(10_000).default(100),
    stockTotal: count.min(0, "Zero or above.").max(1_000_000).nullable().default(null),
    budgetTotal: figure.min(0, "Zero or above.").max(100_000_000_000).nullable().default(null),
    unitCost: amount.default(0),
    couponCode: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{2,8}$/, "A code has two to eight letters and numbers.")
      .nullable()
      .default(null),
    couponMaxUses: count.min(1, "Once at least.").max(1_000_000).nullable().default(null),
  })
  .superRefine((draft, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const isBoost = draft.kind === "commission_boost";
    const isDiscount = draft.kind === "discount";
    if (["gift_card", "ads_credit"].includes(draft.kind) && draft.valueAmount === 0)
      say("valueAmount", "Say what it is worth.");
    if (isBoost && draft.boostBp === null) say("boostBp", "Say how many percent more it pays.");
    if (isBoost && draft.boostDays === null) say("boostDays", "Say how many days it runs.");
    if (!isBoost && (draft.boostBp !== null || draft.boostDays !== null))
      say("boostBp", "Only a commission boost has a rate and days.");
    if (isDiscount && draft.discountPercent === null)
      say("discountPercent", "Say how many percent it takes off.");
    if (isDiscount && draft.discountMinutes === null) say("discountMinutes", "Say how long it runs.");
    if (isDiscount && draft.couponCode === null) say("couponCode", "Give the code buyers type.");
    if (!isDiscount && (draft.discountPercent !== null || draft.discountMinutes !== null))
      say("discountPercent", "Only a discount has percent and minutes.");
    if (!isDiscount && (draft.couponCode !== null || draft.couponMaxUses !== null))
      say("couponCode", "Only a discount has a coupon code.");
    if (draft.kind !== "physical_gift" && draft.sizes.length > 0)
      say("sizes", "Only a physical gift has sizes.");
    if (new Set(draft.sizes.map((size) => size.toLowerCase())).size < draft.sizes.length)
      say("sizes", "Each size stands in the list once.");
    if (draft.frequency === "unlimited" && draft.quantity !== null)
      say("quantity", "Without a limit there is no number of times.");
    if (draft.frequency !== "unlimited" && draft.quantity === null) say("quantity", "Say how many times.");
    if (draft.previewFromTierId !== null && draft.tierId === null)
      say("previewFromTierId", "What every tier may claim is seen by all already.");
    if (draft.offer === "mission" && (draft.tierId !== null || draft.tag !== null))
      say("tierId", "A mission decides who gets its reward.");
    if (isBoost && draft.budgetTotal !== null)
      say("budgetTotal", "A boost costs what it pays out. Limit how many there are.");
    if (draft.budgetTotal !== null && !isBoost && draft.unitCost === 0)
      say("unitCost", "Say what one costs you.");
  });
export type RewardDraft = z.output<typeof rewardDraftSchema>;

/** An edit names the revision it was begun on; a later one of somebody else's is never overwritten. */
export const rewardEditSchema = z.object({ revision: count, draft: rewardDraftSchema });
export type RewardEdit = z.infer<typeof rewardEditSchema>;

export const rewardStepSchema = z.object({
  step: z.enum(["publish", "pause", "resume", "archive"]),
  revision: count.optional(),
});
export type RewardStep = z.infer<typeof rewardStepSchema>;
export const rewardStepAnswerSchema = z.object({
  id: z.uuid(),
  state: z.enum(rewardStates),
  revision: count,
  openOffers: count,
});

export const rewardReachQuerySchema = z.object({
  tierId: z.uuid().optional(),
  tag: z.string().max(30).optional(),
  previewFromTierId: z.uuid().optional(),
  rewardId: z.uuid().optional(),
});
export type RewardReachQuery = z.infer<typeof rewardReachQuerySchema>;
/** Who a draft reaches. Nothing is saved by asking. */
export const rewardReachSchema = z.object({
  /** Creators who get an offer. */
  reached: count,
  /** Of its audience, but no video of theirs was ever seen: their offer opens with the first. */
  unrecognised: count,
  /** See it locked, with the way to it. */
  early: count,
  openOffers: count,
  openClaims: count,
});
export type RewardReach = z.infer<typeof rewardReachSchema>;
