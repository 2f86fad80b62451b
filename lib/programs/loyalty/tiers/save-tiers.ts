import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { ladderRows } from "./ladder-rows";
import { readLadder } from "./read-ladder";
import type { Ladder, LadderDraft } from "./tier.schema";

/** Saves the whole ladder. Lower thresholds lift people tonight, higher ones count from each creator's next check. */
export async function saveTiers(scope: TenantScope, draft: LadderDraft): Promise<Ladder> {
  requirePermission(scope, "loyalty.tiers.write");
  await scope.rpc("loyalty_save_tiers", { p_client: scope.client.id, p_tiers: ladderRows(draft) });
  return readLadder(scope);
}
