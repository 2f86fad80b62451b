import { z } from "zod";
import { metrics, tierModes } from "../tiers/tier.schema";

export const loyaltySettingsSchema = z.object({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  checkpointMonths: z.number().int(),
  currency: z.string(),
  /** `18:00`, in syncTimeZone. */
  syncTime: z.string(),
  syncTimeZone: z.string(),
  fallGuardPercent: z.number().int(),
  unmatchedWarnPercent: z.number().int(),
  staleAfterHours: z.number().int(),
  /** `18:00`, in the zone of the business: when boosts start. */
  boostTime: z.string(),
  /** Boosts that may start on one day. */
  boostCapacity: z.number().int(),
  discountFrom: z.string(),
  discountTo: z.string(),
  discountSlotMinutes: z.number().int(),
  /** Discounts that may start in one slot. */
  discountCapacity: z.number().int(),
  scheduleDaysAhead: z.number().int(),
  scheduleWeekends: z.boolean(),
  fulfilHours: z.number().int(),
  clearingDays: z.number().int(),
  /** Minor units of currency. */
  payoutMinimum: z.number().int(),
  leaderboardShown: z.boolean(),
  updatedAt: z.string(),
  /** True once there are figures: show the metric and mark it *Fixed*. */
  isMetricFixed: z.boolean(),
});
export type LoyaltySettings = z.infer<typeof loyaltySettingsSchema>;

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 18:00.");

export const loyaltySettingsPatchSchema = z
  .object({
    metric: z.enum(metrics),
    tierMode: z.enum(tierModes),
    checkpointMonths: z.number().int().min(1, "At least one month.").max(24, "At most 24 months."),
    syncTime: wallClock,
    syncTimeZone: z.string().min(1).max(64),
    fallGuardPercent: z.number().int().min(1).max(100),
    unmatchedWarnPercent: z.number().int().min(1).max(100),
    staleAfterHours: z.number().int().min(1).max(168),
    boostTime: wallClock,
    boostCapacity: z.number().int().min(1).max(1000),
    discountFrom: wallClock,
    discountTo: wallClock,
    discountSlotMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
    discountCapacity: z.number().int().min(1).max(1000),
    scheduleDaysAhead: z.number().int().min(1).max(30),
    scheduleWeekends: z.boolean(),
    fulfilHours: z.number().int().min(1).max(168),
    clearingDays: z.number().int().min(0).max(90),
    payoutMinimum: z.number().int().min(0).max(100_000_000),
    leaderboardShown: z.boolean(),
  })
  .partial();
export type LoyaltySettingsPatch = z.infer<typeof loyaltySettingsPatchSchema>;
