import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { myRewardsSchema, tierRewardSchema, type MyRewards, type TierReward } from "./my-rewards.schema";

/** The signed-in creator's rewards in one call; `creator` is null for a person who is none. */
export async function readMyRewards(scope: TenantScope): Promise<MyRewards> {
  return myRewardsSchema.parse(await scope.rpc("loyalty_read_rewards", { p_client: scope.client.id }));
}

/** What each tier gives to claim, as far as she may know. */
export async function listTierRewards(scope: TenantScope): Promise<{ items: TierReward[] }> {
  const items = await scope.rpc("loyalty_read_tier_rewards", { p_client: scope.client.id });
  return { items: z.array(tierRewardSchema).parse(items) };
}
