import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import type { CreatorQuery, CreatorSummary } from "./creator.schema";
import { readFreshness } from "../home/read-freshness";
import { readLadder } from "../tiers/read-ladder";
import { listCreators } from "./list-creators";

/** Everyone the filter names, in its order, as CSV text; with `ids`, only those, read until all are found. */
export async function exportCreators(
  scope: TenantScope,
  { ids, ...query }: Omit<CreatorQuery, "limit"> & { ids?: string[] | undefined },
): Promise<string> {
  const creators: CreatorSummary[] = [];
  const wanted = ids && new Set(ids);
  const always = { withTotal: false, ladder: readLadder(scope), freshness: readFreshness(scope) };
  let cursor = query.cursor;
  do {
    const page = await listCreators(scope, { ...query, cursor, limit: 200 }, always);
    creators.push(...page.items.filter((creator) => !wanted || wanted.has(creator.id)));
    cursor = wanted && creators.length >= wanted.size ? undefined : (page.next ?? undefined);
  } while (cursor !== undefined);
  const money = (minor: number) => decimalText(minor, scope.client.currency);
  return toCsv(creators, [
    { header: "handle", value: (creator) => creator.handle },
    { header: "name", value: (creator) => creator.name },
    { header: "tier", value: (creator) => creator.tierName },
    { header: "tier_since", value: (creator) => creator.tierSince },
    { header: "period_sales", value: (creator) => money(creator.periodSales) },
    { header: "period_units", value: (creator) => creator.periodUnits },
    { header: "total_sales", value: (creator) => money(creator.totalSales) },
    { header: "total_units", value: (creator) => creator.totalUnits },
    { header: "videos_in_period", value: (creator) => creator.periodVideos },
    { header: "last_video_on", value: (creator) => creator.lastVideoOn ?? "" },
    { header: "period_ends_on", value: (creator) => creator.periodEndsOn },
    { header: "state", value: (creator) => creator.state },
  ]);
}
