import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { ClaimDetails, ClaimedReward } from "./claim.schema";

/** Claims a reward of the caller's tier. Repeating it while the claim is open answers with the first one. */
export async function claimReward(
  scope: TenantScope,
  rewardId: string,
  details: ClaimDetails,
): Promise<ClaimedReward> {
  requirePermission(scope, "loyalty.app.use");
  return (await scope.rpc("loyalty_claim_reward", {
    p_client: scope.client.id,
    p_reward: rewardId,
    p_details: details,
  })) as unknown as ClaimedReward;
}

/** Claims what a mission or a raffle gave the caller, whatever her tier is by now. */
export async function claimRedemption(
  scope: TenantScope,
  redemptionId: string,
  details: ClaimDetails,
): Promise<ClaimedReward> {
  requirePermission(scope, "loyalty.app.use");
  return (await scope.rpc("loyalty_claim_redemption", {
    p_client: scope.client.id,
    p_redemption: redemptionId,
    p_details: details,
  })) as unknown as ClaimedReward;
}
