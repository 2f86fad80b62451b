import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { readLoyaltySettings } from "./read-settings";
import type { LoyaltySettings, LoyaltySettingsPatch } from "./settings.schema";

/** Changes the rules. The database refuses another metric once there are figures. */
export async function updateLoyaltySettings(
  scope: TenantScope,
  patch: LoyaltySettingsPatch,
): Promise<LoyaltySettings> {
  requirePermission(scope, "loyalty.settings.write");
  const changed = Object.fromEntries(
    Object.entries({
      metric: patch.metric,
      tier_mode: patch.tierMode,
      checkpoint_months: patch.checkpointMonths,
      sync_time: patch.syncTime,
      sync_time_zone: patch.syncTimeZone,
      fall_guard_percent: patch.fallGuardPercent,
      unmatched_warn_percent: patch.unmatchedWarnPercent,
      stale_after_hours: patch.staleAfterHours,
      boost_time: patch.boostTime,
      boost_capacity: patch.boostCapacity,
      discount_from: patch.discountFrom,
      discount_to: patch.discountTo,
      discount_slot_minutes: patch.discountSlotMinutes,
      discount_capacity: patch.discountCapacity,
      schedule_days_ahead: patch.scheduleDaysAhead,
      schedule_weekends: patch.scheduleWeekends,
      fulfil_hours: patch.fulfilHours,
      clearing_days: patch.clearingDays,
      payout_minimum: patch.payoutMinimum,
      leaderboard_shown: patch.leaderboardShown,
    }).filter(([, value]) => value !== undefined),
  );
  if (Object.keys(changed).length > 0) {
    unwrap(await scope.table("loyalty_settings").update(changed).select("client_id").single());
  }
  return readLoyaltySettings(scope);
}
