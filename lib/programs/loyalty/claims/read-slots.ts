import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Slots } from "./claim.schema";

/** Days and times a boost or a discount may start, in the zone of the business. */
export async function readSlots(scope: TenantScope, kind: Slots["kind"]): Promise<Slots> {
  requirePermission(scope, "loyalty.app.use");
  return (await scope.rpc("loyalty_read_slots", {
    p_client: scope.client.id,
    p_kind: kind,
  })) as unknown as Slots;
}
