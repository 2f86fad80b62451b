import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { rewardDetailSchema, type RewardDetail } from "./reward.schema";

/** One reward with its caps, its claims, the missions that pay it and its steps. */
export async function readReward(scope: TenantScope, id: string): Promise<RewardDetail> {
  requirePermission(scope, "loyalty.rewards.read");
  return rewardDetailSchema.parse(
    await scope.rpc("loyalty_read_reward", { p_client: scope.client.id, p_reward: id }),
  );
}
