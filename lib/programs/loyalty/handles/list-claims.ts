import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { claimSchema, type HandleClaim } from "./claim.schema";

/** Requests in one state, oldest first. */
export async function listClaims(
  scope: TenantScope,
  state: HandleClaim["state"] = "pending",
): Promise<HandleClaim[]> {
  requirePermission(scope, "loyalty.claims.decide");
  return z
    .array(claimSchema)
    .parse(await scope.rpc("loyalty_list_claims", { p_client: scope.client.id, p_state: state }));
}
