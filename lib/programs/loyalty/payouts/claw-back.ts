import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { ClawBack } from "./payout.schema";

/** Takes back an earning, in part or whole, with a second line of the ledger. Once an earning. */
export async function clawBack(
  scope: TenantScope,
  payoutId: string,
  input: ClawBack,
): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.payouts.write");
  const id = await scope.rpc("loyalty_claw_back_payout", {
    p_client: scope.client.id,
    p_payout: payoutId,
    p_amount: input.amount,
    p_reason: input.reason,
  });
  return { id };
}
