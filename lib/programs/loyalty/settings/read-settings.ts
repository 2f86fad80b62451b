import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import type { LoyaltySettings } from "./settings.schema";

const columns =
  "metric, tier_mode, checkpoint_months, currency, sync_time, sync_time_zone, fall_guard_percent, unmatched_warn_percent, stale_after_hours, boost_time, boost_capacity, discount_from, discount_to, discount_slot_minutes, discount_capacity, schedule_days_ahead, schedule_weekends, fulfil_hours, clearing_days, payout_minimum, leaderboard_shown, updated_at";

export async function readLoyaltySettings(scope: TenantScope): Promise<LoyaltySettings> {
  requirePermission(scope, "loyalty.settings.read");
  const [settings, videos, adjustments] = await Promise.all([
    scope.table("loyalty_settings").select(columns).single(),
    scope.table("loyalty_videos").select("id").limit(1),
    scope.table("loyalty_adjustments").select("id").limit(1),
  ]);
  const row = unwrap(settings);
  return {
    metric: row.metric as LoyaltySettings["metric"],
    tierMode: row.tier_mode as LoyaltySettings["tierMode"],
    checkpointMonths: row.checkpoint_months,
    currency: row.currency,
    syncTime: row.sync_time.slice(0, 5),
    syncTimeZone: row.sync_time_zone,
    fallGuardPercent: row.fall_guard_percent,
    unmatchedWarnPercent: row.unmatched_warn_percent,
    staleAfterHours: row.stale_after_hours,
    boostTime: row.boost_time.slice(0, 5),
    boostCapacity: row.boost_capacity,
    discountFrom: row.discount_from.slice(0, 5),
    discountTo: row.discount_to.slice(0, 5),
    discountSlotMinutes: row.discount_slot_minutes,
    discountCapacity: row.discount_capacity,
    scheduleDaysAhead: row.schedule_days_ahead,
    scheduleWeekends: row.schedule_weekends,
    fulfilHours: row.fulfil_hours,
    clearingDays: row.clearing_days,
    payoutMinimum: row.payout_minimum,
    leaderboardShown: row.leaderboard_shown,
    updatedAt: row.updated_at,
    isMetricFixed: unwrap(videos).length + unwrap(adjustments).length > 0,
  };
}
