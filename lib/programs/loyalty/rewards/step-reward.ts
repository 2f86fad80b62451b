import "server-only";
import type { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { rewardStepAnswerSchema, type RewardStep } from "./reward.schema";

/** Publishes, pauses, resumes or archives; open offers appear and go with it, claims stay. */
export async function stepReward(
  scope: TenantScope,
  id: string,
  { step, revision }: RewardStep,
): Promise<z.infer<typeof rewardStepAnswerSchema>> {
  requirePermission(scope, "loyalty.rewards.write");
  return rewardStepAnswerSchema.parse(
    await scope.rpc("loyalty_step_reward", {
      p_client: scope.client.id,
      p_reward: id,
      p_step: step,
      p_revision: revision,
    }),
  );
}
