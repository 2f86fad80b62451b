import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { ClaimDetails, ClaimedReward } from "../claims/claim.schema";

/** Claims what the caller earned in a mission or raffle, by the same rules and body as every claim. */
export async function claimMission(
  scope: TenantScope,
  missionId: string,
  details: ClaimDetails,
): Promise<ClaimedReward> {
  requirePermission(scope, "loyalty.app.use");
  return (await scope.rpc("loyalty_claim_mission", {
    p_client: scope.client.id,
    p_mission: missionId,
    p_details: details,
  })) as unknown as ClaimedReward;
}
