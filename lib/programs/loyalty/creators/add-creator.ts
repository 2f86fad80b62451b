import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Creator, CreatorInput } from "./creator.schema";
import { readCreator } from "./read-creator";

/** Adds a creator by hand. A tier given here is fixed: a later file finds her by handle and does not move her. */
export async function addCreator(scope: TenantScope, input: CreatorInput): Promise<Creator> {
  requirePermission(scope, "loyalty.creators.write");
  const id = await scope.rpc("loyalty_add_creator", {
    p_client: scope.client.id,
    p_handle: input.handle,
    p_name: input.name,
    p_email: input.email,
    p_tier: input.tierId,
    p_reason: input.reason,
  });
  return readCreator(scope, id);
}
