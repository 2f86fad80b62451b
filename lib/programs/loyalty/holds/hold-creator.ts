import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

/** From now on nothing this creator claimed is fulfilled or paid, until the hold is resolved. */
export async function holdCreator(
  scope: TenantScope,
  creatorId: string,
  reason: string,
): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.holds.resolve");
  const id: string = await scope.rpc("loyalty_hold_creator", {
    p_client: scope.client.id,
    p_creator: creatorId,
    p_reason: reason,
  });
  return { id };
}
