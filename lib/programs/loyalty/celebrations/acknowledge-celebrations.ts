import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { AcknowledgeInput } from "./celebration.schema";

/** Her own word that she has seen these; only this ends a celebration. */
export async function acknowledgeCelebrations(
  scope: TenantScope,
  { ids }: AcknowledgeInput,
): Promise<{ acknowledged: number }> {
  requirePermission(scope, "loyalty.app.use");
  return {
    acknowledged: await scope.rpc("loyalty_acknowledge_celebrations", {
      p_client: scope.client.id,
      p_ids: ids,
    }),
  };
}
