import { z } from "zod";
import { placeOnLadder } from "../tiers/standing";
import type { Ladder } from "../tiers/tier.schema";
import { creatorSummarySchema, type CreatorSummary } from "./creator.schema";

export const storedSummary = creatorSummarySchema
  .omit({
    tierName: true,
    tierColor: true,
    tierRank: true,
    value: true,
    toNext: true,
    toKeep: true,
    checkSoonOn: true,
    quietDays: true,
  })
  .extend({ cursor: z.object({ v: z.union([z.string(), z.number()]), id: z.uuid() }) });

const soonDays = 14;
const quietFrom = 21;

/** A row of the creators page: what is missing upwards, what is missing to stay, and whether somebody should look. */
export function summarise(
  row: z.infer<typeof storedSummary>,
  ladder: Ladder,
  today: string | null,
): CreatorSummary {
  const { cursor: _cursor, ...rest } = row;
  const value =
    ladder.tierMode === "lifetime"
      ? ladder.metric === "sales"
        ? row.totalSales
        : row.totalUnits
      : ladder.metric === "sales"
        ? row.periodSales
        : row.periodUnits;
  const place = placeOnLadder(ladder.tiers, { ...row, value }, ladder.tierMode);
  const quiet = today !== null && row.lastVideoOn !== null ? daysBetween(row.lastVideoOn, today) : 0;
  const isShort = place.checkOn !== null && place.missingToKeep > 0;
  return {
    ...rest,
    value,
    tierName: place.tier.name,
    tierColor: place.tier.color,
    tierRank: place.tier.rank,
    toNext: place.next?.missing ?? null,
    toKeep: isShort ? place.missingToKeep : null,
    checkSoonOn:
      isShort && today !== null && daysBetween(today, row.periodEndsOn) <= soonDays ? row.periodEndsOn : null,
    quietDays: quiet >= quietFrom ? quiet : null,
  };
}

/** Calendar days; both dates are days of one zone, so UTC arithmetic cannot shift them. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
