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
  updatedAt: z.string(),
  /** True once there are figures: show the metric and mark it *Fixed*. */
  isMetricFixed: z.boolean(),
});
export type LoyaltySettings = z.infer<typeof loyaltySettingsSchema>;

export const loyaltySettingsPatchSchema = z
  .object({
    metric: z.enum(metrics),
    tierMode: z.enum(tierModes),
    checkpointMonths: z.number().int().min(1, "At least one month.").max(24, "At most 24 months."),
    syncTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 18:00."),
    syncTimeZone: z.string().min(1).max(64),
    fallGuardPercent: z.number().int().min(1).max(100),
    unmatchedWarnPercent: z.number().int().min(1).max(100),
    staleAfterHours: z.number().int().min(1).max(168),
  })
  .partial();
export type LoyaltySettingsPatch = z.infer<typeof loyaltySettingsPatchSchema>;
