import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { redemptionSummarySchema, type RedemptionList, type RedemptionQuery } from "./fulfilment.schema";

const cursorSchema = z.object({ at: z.string(), id: z.uuid(), back: z.boolean().optional() });
const stored = redemptionSummarySchema.extend({ cursor: z.object({ at: z.string(), id: z.uuid() }) });
const answer = z.object({
  items: z.array(stored),
  hasMore: z.boolean(),
  total: z.number().int().nullable(),
});

/** A page of claims, newest first. Offers nobody claimed are listed only when their state is asked for. */
export async function listRedemptions(
  scope: TenantScope,
  { cursor: given, limit, ...filter }: RedemptionQuery,
  { withTotal = true }: { withTotal?: boolean } = {},
): Promise<RedemptionList> {
  requirePermission(scope, "loyalty.redemptions.read");
  const cursor = given === undefined ? null : decodeCursor(given, cursorSchema);
  const page = answer.parse(
    await scope.rpc("loyalty_list_redemptions", {
      p_client: scope.client.id,
      p_filter: filter,
      p_cursor: cursor ?? undefined,
      p_limit: limit,
      p_with_count: withTotal,
    }),
  );
  const back = cursor?.back ?? false;
  const first = page.items[0];
  const last = page.items.at(-1);
  return {
    items: page.items,
    next: (back || page.hasMore) && last ? encodeCursor(last.cursor) : null,
    previous:
      (back ? page.hasMore : cursor !== null) && first ? encodeCursor({ ...first.cursor, back: true }) : null,
    total: page.total ?? page.items.length,
  };
}
