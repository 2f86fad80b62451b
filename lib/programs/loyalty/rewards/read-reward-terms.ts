import "server-only";
import { unwrap, type TenantScope } from "@/lib/db/tenant-scope";

/** What a business promises with every claim: shown beside a reward while it is made. */
export async function readRewardTerms(
  scope: TenantScope,
): Promise<{ currency: string; fulfilHours: number; clearingDays: number }> {
  const row = unwrap(
    await scope.table("loyalty_settings").select("currency, fulfil_hours, clearing_days").single(),
  );
  return { currency: row.currency, fulfilHours: row.fulfil_hours, clearingDays: row.clearing_days };
}
