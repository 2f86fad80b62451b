import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import type { ListQuery } from "../adjustments/adjustment.schema";
import { describeRedemption } from "./describe-redemption";
import { myRedemptionSchema, type RewardHistory } from "./my-rewards.schema";
import { rewardWords } from "./reward-words";

const cursorSchema = z.object({ v: z.string(), id: z.uuid() });
const answer = z.object({
  currency: z.string(),
  items: z.array(myRedemptionSchema),
  next: cursorSchema.nullable(),
});

/** What became of the signed-in creator's offers and claims, latest first, in sentences. */
export async function listRewardHistory(scope: TenantScope, query: ListQuery): Promise<RewardHistory> {
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const found = answer.parse(
    await scope.rpc("loyalty_list_reward_history", {
      p_client: scope.client.id,
      p_cursor: cursor ?? undefined,
      p_limit: query.limit,
    }),
  );
  const words = rewardWords(scope, found.currency);
  return {
    items: found.items.map((redemption) => ({
      id: redemption.id,
      kind: redemption.kind,
      name: redemption.name,
      ...describeRedemption(redemption, words),
    })),
    next: found.next && encodeCursor(found.next),
  };
}
