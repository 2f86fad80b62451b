import { z } from "zod";
import { figure, metrics } from "../tiers/tier.schema";
import { rewardCardSchema } from "./reward.schema";

const standings = [
  "available",
  "claimed",
  "limit_reached",
  "sold_out",
  "budget_spent",
  "locked",
  "unrecognised",
  "paused",
  "held",
] as const;
export type Standing = (typeof standings)[number];

const boostSchema = z.object({
  state: z.enum(["scheduled", "active", "expired", "pending_info", "pending_payout", "paid", "cancelled"]),
  startsAt: z.string(),
  endsAt: z.string(),
  firstOn: z.string(),
  lastOn: z.string(),
  clearsOn: z.string().nullable(),
  settledSales: figure.nullable(),
  earnedAmount: figure.nullable(),
  finalAmount: figure.nullable(),
  rateBp: z.number().int(),
  days: z.number().int(),
  paidAt: z.string().nullable(),
});
const giftSchema = z.object({
  size: z.string().nullable(),
  recipient: z.string(),
  city: z.string(),
  country: z.string(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  shippedAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
});

/** Why something earned cannot be claimed yet; boosted: another boost of hers is planned or runs. */
export const earnedReasons = ["held", "claimed", "stock", "over", "archived", "boosted"] as const;

/** An offer or claim as its creator reads it, under the terms of the claim. */
export const myRedemptionSchema = rewardCardSchema.extend({
  rewardId: z.uuid(),
  source: z.enum(["tier", "mission", "raffle"]),
  missionName: z.string().nullable(),
  tierName: z.string().nullable(),
  state: z.enum(["claimable", "claimed", "fulfilled", "concluded", "rejected", "expired"]),
  offeredAt: z.string(),
  claimUntil: z.string().nullable(),
  /** Of what she earned and has not claimed: the code a claim would be answered with; null when she may claim. */
  code: z.string().nullable(),
  reason: z.enum(earnedReasons).nullable(),
  /** From when it can be claimed, where that is known. */
  opensAt: z.string().nullable(),
  claimedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  scheduledAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  fulfilledAt: z.string().nullable(),
  concludedAt: z.string().nullable(),
  rejectedAt: z.string().nullable(),
  rejectionReason: z.string().nullable(),
  expiredAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  isHeld: z.boolean(),
  fulfilReference: z.string().nullable(),
  couponCode: z.string().nullable(),
  boost: boostSchema.nullable(),
  gift: giftSchema.nullable(),
});
export type MyRedemption = z.infer<typeof myRedemptionSchema>;

const myRewardSchema = rewardCardSchema.extend({
  status: z.enum(standings),
  /** The code a claim would be answered with; null when she may claim. */
  code: z.string().nullable(),
  /** Finer than the status: limit, lapsed, boosted, tier, tag, archived, paused. */
  reason: z.string().nullable(),
  /** Claims that count in the present window. */
  used: z.number().int(),
  /** When a limit opens again; null for never, or when there is none. */
  opensAt: z.string().nullable(),
  openRedemptionId: z.uuid().nullable(),
  /** Named only when ten or fewer are left. */
  stockLeft: z.number().int().nullable(),
  claimUntil: z.string().nullable(),
  tier: z.object({ id: z.uuid(), name: z.string(), rank: z.number().int(), threshold: figure }).nullable(),
  /** Her claims that used the limit, latest first. */
  claims: z.array(z.object({ id: z.uuid(), claimedAt: z.string(), state: z.string() })),
});
export type MyReward = z.infer<typeof myRewardSchema>;

/** GET /api/[client]/loyalty/rewards/mine. `creator` is null for a person who is none. */
export const myRewardsSchema = z.object({
  metric: z.enum(metrics),
  currency: z.string(),
  /** The zone of the business: limits and schedules are of its calendar. */
  timeZone: z.string(),
  today: z.string(),
  fulfilHours: z.number().int(),
  clearingDays: z.number().int(),
  creator: z
    .object({
      id: z.uuid(),
      name: z.string(),
      state: z.enum(["active", "archived"]),
      tierId: z.uuid(),
      tierName: z.string(),
      tierRank: z.number().int(),
      commissionBp: z.number().int(),
      /** The figure tiers are judged by, in `metric`. */
      value: figure,
    })
    .nullable(),
  rewards: z.array(myRewardSchema),
  redemptions: z.array(myRedemptionSchema),
});
export type MyRewards = z.infer<typeof myRewardsSchema>;

/** One line of the reward history; `text` is made here, for this reader. */
const rewardHistoryItemSchema = z.object({
  id: z.uuid(),
  kind: rewardCardSchema.shape.kind,
  name: z.string(),
  outcome: z.enum(["fulfilled", "rejected", "expired", "withdrawn"]),
  happenedAt: z.string(),
  text: z.array(z.string()).min(1),
});
export type RewardHistoryItem = z.infer<typeof rewardHistoryItemSchema>;
export const rewardHistorySchema = z.object({
  items: z.array(rewardHistoryItemSchema),
  next: z.string().nullable(),
});
export type RewardHistory = z.infer<typeof rewardHistorySchema>;

/** Rewards of each tier that she may know of; tierId null is for every tier. */
export const tierRewardSchema = rewardCardSchema.extend({ isPreview: z.boolean() });
export const tierRewardsSchema = z.object({ items: z.array(tierRewardSchema) });
export type TierReward = z.infer<typeof tierRewardSchema>;
