import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { ladderRows } from "./ladder-rows";
import { tierPreviewSchema, type LadderDraft, type TierPreview } from "./tier.schema";

/** Who would rise tonight and who would fall at the next check. Saves nothing. */
export async function previewTiers(scope: TenantScope, draft: LadderDraft): Promise<TierPreview> {
  requirePermission(scope, "loyalty.tiers.write");
  return tierPreviewSchema.parse(
    await scope.rpc("loyalty_preview_tiers", { p_client: scope.client.id, p_tiers: ladderRows(draft) }),
  );
}
