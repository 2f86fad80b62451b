import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import type { AdjustmentInput } from "./adjustment.schema";

/** Writes one row of the ledger. Her figures follow in a moment, her tier tonight. */
export async function addAdjustment(
  scope: TenantScope,
  creatorId: string,
  input: AdjustmentInput,
): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.adjustments.write");
  const row = await scope
    .table("loyalty_adjustments")
    .insert({
      creator_id: creatorId,
      kind: input.kind,
      amount: input.amount,
      units: input.units,
      effective_on: input.effectiveOn,
      reason: input.reason,
    })
    .select("id")
    .single();
  return { id: (unwrap(row) as { id: string }).id };
}
