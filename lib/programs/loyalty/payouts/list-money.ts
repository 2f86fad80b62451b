import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import {
  earningSchema,
  moneyListSchema,
  type Earning,
  type MoneyList,
  type MoneyQuery,
} from "./payout.schema";

const cursorSchema = z.object({ v: z.string().max(60), id: z.uuid() });

/** One of the lists of money, latest first, with the counts of all of them. */
export async function listMoney(scope: TenantScope, query: MoneyQuery): Promise<MoneyList> {
  requirePermission(scope, "loyalty.payouts.read");
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
  const page = moneyListSchema.omit({ next: true }).parse(
    await scope.rpc("loyalty_list_money", {
      p_client: scope.client.id,
      p_view: query.view,
      p_cursor: cursor,
      p_limit: query.limit,
    }),
  );
  const last = page.items[query.limit - 1];
  return {
    ...page,
    items: page.items.slice(0, query.limit),
    next: page.items.length > query.limit && last ? encodeCursor({ v: last.at, id: last.key }) : null,
  };
}

/** What a creator earned and what was taken back of it. */
export async function listEarnings(scope: TenantScope, creatorId: string): Promise<Earning[]> {
  requirePermission(scope, "loyalty.payouts.read");
  return z
    .array(earningSchema)
    .parse(await scope.rpc("loyalty_list_earnings", { p_client: scope.client.id, p_creator: creatorId }));
}
