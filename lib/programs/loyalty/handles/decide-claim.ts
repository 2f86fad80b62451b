import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { ClaimDecision } from "./claim.schema";

/** Approving joins the creator from the file and the login that asked; both sides of it are audited. */
export async function decideClaim(
  scope: TenantScope,
  id: string,
  input: ClaimDecision,
): Promise<{ creatorId: string | null }> {
  requirePermission(scope, "loyalty.claims.decide");
  const creatorId: string | null = await scope.rpc("loyalty_decide_claim", {
    p_client: scope.client.id,
    p_claim: id,
    p_approve: input.decision === "approve",
    p_reason: input.decision === "reject" ? input.reason : undefined,
  });
  return { creatorId };
}
