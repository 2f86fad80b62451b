import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { unauthenticated } from "@/lib/kernel/errors";
import type { ClaimInput } from "./claim.schema";

/** Asks for a handle. The answer is the same whether or not the handle is known, taken or free. */
export async function claimHandle(scope: TenantScope, input: ClaimInput): Promise<{ id: string }> {
  if (!scope.viewer) throw unauthenticated();
  const id = await scope.rpc("loyalty_claim_handle", {
    p_slug: scope.client.slug,
    p_handle: input.handle,
    p_evidence_text: input.evidenceText,
    p_evidence_url: input.evidenceUrl,
  });
  return { id };
}
