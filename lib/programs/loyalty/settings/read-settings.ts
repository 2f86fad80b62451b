import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import type { LoyaltySettings } from "./settings.schema";

const columns =
  "metric, tier_mode, checkpoint_months, currency, sync_time, sync_time_zone, fall_guard_percent, unmatched_warn_percent, stale_after_hours, updated_at";

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
    updatedAt: row.updated_at,
    isMetricFixed: unwrap(videos).length + unwrap(adjustments).length > 0,
  };
}
