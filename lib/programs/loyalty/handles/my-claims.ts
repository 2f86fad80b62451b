import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { unauthenticated } from "@/lib/kernel/errors";
import { myClaimSchema, type MyClaim } from "./claim.schema";

/** The caller's own requests in this business, latest first; she need not be one of its people yet. */
export async function myClaims(scope: TenantScope): Promise<MyClaim[]> {
  if (!scope.viewer) throw unauthenticated();
  return z.array(myClaimSchema).parse(await scope.rpc("loyalty_my_claims", { p_slug: scope.client.slug }));
}

export async function withdrawClaim(scope: TenantScope, id: string): Promise<void> {
  if (!scope.viewer) throw unauthenticated();
  await scope.rpc("loyalty_withdraw_claim", { p_claim: id });
}
