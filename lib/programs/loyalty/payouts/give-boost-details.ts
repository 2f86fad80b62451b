import "server-only";
import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import type { PayoutAccountInput } from "./account.schema";
import { boostDetailsSchema, type BoostDetails } from "./payout.schema";
import { prepareAccount } from "./prepare-account";

/** The payout details a boost of the caller's waits for. They are her account from then on, for every boost. */
export async function giveBoostDetails(
  scope: TenantScope,
  rewardId: string,
  input: PayoutAccountInput,
): Promise<BoostDetails> {
  requireViewer(scope);
  return boostDetailsSchema.parse(
    await scope.rpc("loyalty_give_boost_details", {
      ...prepareAccount(scope.client.id, input),
      p_reward: rewardId,
    }),
  );
}
