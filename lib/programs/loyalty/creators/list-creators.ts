import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { readFreshness } from "../home/read-freshness";
import { readLadder } from "../tiers/read-ladder";
import type { Ladder } from "../tiers/tier.schema";
import { type CreatorList, type CreatorQuery, type CreatorSummary } from "./creator.schema";
import { storedSummary, summarise } from "./summarise-creator";

const cursorSchema = z.object({
  v: z.union([z.string(), z.number()]),
  id: z.uuid(),
  back: z.boolean().optional(),
});
const answer = z.object({
  items: z.array(storedSummary),
  hasMore: z.boolean(),
  total: z.number().int().nullable(),
});

interface ListOptions {
  /** False spares the count, for exports. */
  withTotal?: boolean;
  /** What the caller reads anyway, so that it is asked for once. */
  ladder?: Promise<Ladder>;
  freshness?: ReturnType<typeof readFreshness>;
}

/** A page of creators in the asked order. */
export async function listCreators(
  scope: TenantScope,
  query: CreatorQuery,
  {
    withTotal = true,
    ladder: givenLadder = readLadder(scope),
    freshness = readFreshness(scope),
  }: ListOptions = {},
): Promise<CreatorList> {
  requirePermission(scope, "loyalty.creators.read");
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const [ladder, { lastNight: today }, found] = await Promise.all([
    givenLadder,
    freshness,
    scope.rpc("loyalty_list_creators", {
      p_client: scope.client.id,
      p_search: query.q,
      p_tiers: query.tiers,
      p_min_sales: query.minSales,
      p_state: query.state,
      p_sort: query.sort,
      p_direction: query.direction,
      p_cursor: cursor ?? undefined,
      p_limit: query.limit,
      p_with_count: withTotal,
    }),
  ]);
  const page = answer.parse(found);
  const back = cursor?.back ?? false;
  const first = page.items[0];
  const last = page.items.at(-1);
  return {
    items: page.items.map((row) => toSummary(row, ladder, today)),
    next: (back || page.hasMore) && last ? encodeCursor(last.cursor) : null,
    previous:
      (back ? page.hasMore : cursor !== null) && first ? encodeCursor({ ...first.cursor, back: true }) : null,
    total: page.total ?? page.items.length,
  };
}

const toSummary = (
  row: z.infer<typeof storedSummary>,
  ladder: Ladder,
  today: string | null,
): CreatorSummary => summarise(row, ladder, today);
