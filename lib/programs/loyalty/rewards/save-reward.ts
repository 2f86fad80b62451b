import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { readReward } from "./read-reward";
import type { RewardDetail, RewardDraft, RewardEdit } from "./reward.schema";

/** Makes a draft: nobody sees it before it is published. */
export async function createReward(scope: TenantScope, draft: RewardDraft): Promise<RewardDetail> {
  requirePermission(scope, "loyalty.rewards.write");
  const id = await scope.rpc("loyalty_save_reward", {
    p_client: scope.client.id,
    // A generated type knows no nullable argument; null is how a new one is asked for.
    p_reward: null as unknown as string,
    p_draft: draft,
  });
  return readReward(scope, id);
}

/** Changes a reward for claims to come. Claims already made keep the terms they were made under. */
export async function updateReward(scope: TenantScope, id: string, edit: RewardEdit): Promise<RewardDetail> {
  requirePermission(scope, "loyalty.rewards.write");
  await scope.rpc("loyalty_save_reward", {
    p_client: scope.client.id,
    p_reward: id,
    p_draft: edit.draft,
    p_revision: edit.revision,
  });
  return readReward(scope, id);
}

/** A draft like another reward, without its claims. */
export async function duplicateReward(scope: TenantScope, id: string): Promise<RewardDetail> {
  requirePermission(scope, "loyalty.rewards.write");
  const copy = await scope.rpc("loyalty_duplicate_reward", { p_client: scope.client.id, p_reward: id });
  return readReward(scope, copy);
}
