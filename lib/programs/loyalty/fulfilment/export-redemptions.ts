import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import type { RedemptionQuery, RedemptionSummary } from "./fulfilment.schema";
import { listRedemptions } from "./list-redemptions";

/** Every claim the filter names, newest first, as CSV text. Addresses and codes stay in the app. */
export async function exportRedemptions(
  scope: TenantScope,
  query: Omit<RedemptionQuery, "limit">,
): Promise<string> {
  const found: RedemptionSummary[] = [];
  let cursor = query.cursor;
  do {
    const page = await listRedemptions(scope, { ...query, cursor, limit: 200 }, { withTotal: false });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const money = (minor: number) => decimalText(minor, scope.client.currency);
  return toCsv(found, [
    { header: "handle", value: (row) => row.handle },
    { header: "name", value: (row) => row.name },
    { header: "reward", value: (row) => row.title },
    { header: "kind", value: (row) => row.kind },
    { header: "source", value: (row) => row.source },
    { header: "state", value: (row) => row.state },
    { header: "on_hold", value: (row) => row.isHeld },
    { header: "claimed_at", value: (row) => row.claimedAt ?? "" },
    { header: "due_at", value: (row) => row.dueAt ?? "" },
    { header: "scheduled_at", value: (row) => row.scheduledAt ?? "" },
    { header: "fulfilled_at", value: (row) => row.fulfilledAt ?? "" },
    { header: "value", value: (row) => money(row.valueAmount) },
    { header: "cost", value: (row) => money(row.costAmount) },
    { header: "tracking_number", value: (row) => row.trackingNumber ?? "" },
  ]);
}
