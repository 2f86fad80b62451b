import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { rewardSchema, type RewardList, type RewardQuery } from "./reward.schema";

const cursorSchema = z.object({ v: z.number().int(), id: z.uuid(), back: z.boolean().optional() });
const answer = z.object({
  items: z.array(rewardSchema),
  hasMore: z.boolean(),
  total: z.number().int(),
  currency: z.string(),
});

/** A page of rewards in the order creators see them; without a state, all but archived ones. */
export async function listRewards(scope: TenantScope, query: RewardQuery): Promise<RewardList> {
  requirePermission(scope, "loyalty.rewards.read");
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const page = answer.parse(
    await scope.rpc("loyalty_list_rewards", {
      p_client: scope.client.id,
      p_states: query.state,
      p_kinds: query.kind,
      p_offer: query.offer,
      p_cursor: cursor ?? undefined,
      p_limit: query.limit,
    }),
  );
  const back = cursor?.back ?? false;
  const first = page.items[0];
  const last = page.items.at(-1);
  return {
    items: page.items,
    total: page.total,
    currency: page.currency,
    next: (back || page.hasMore) && last ? encodeCursor({ v: last.displayOrder, id: last.id }) : null,
    previous:
      (back ? page.hasMore : cursor !== null) && first
        ? encodeCursor({ v: first.displayOrder, id: first.id, back: true })
        : null,
  };
}
