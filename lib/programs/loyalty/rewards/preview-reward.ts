import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { rewardReachSchema, type RewardReach, type RewardReachQuery } from "./reward.schema";

/** How many creators an audience reaches today. */
export async function previewReward(scope: TenantScope, query: RewardReachQuery): Promise<RewardReach> {
  requirePermission(scope, "loyalty.rewards.write");
  return rewardReachSchema.parse(
    await scope.rpc("loyalty_preview_reward", {
      p_client: scope.client.id,
      p_tier: query.tierId,
      p_tag: query.tag,
      p_preview_from: query.previewFromTierId,
      p_reward: query.rewardId,
    }),
  );
}
