import "server-only";
import { createTranslator } from "next-intl";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { formatMoney, formatNumber } from "@/lib/kernel/money";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { formatDate } from "@/lib/kernel/time";
import type { ListQuery } from "../adjustments/adjustment.schema";
import { missionHistoryItemSchema, type MissionHistory } from "./creator-mission.schema";
import { explainRound, type MissionWords } from "./mission-words";

const stored = z.object({
  currency: z.string(),
  items: z.array(missionHistoryItemSchema.omit({ lines: true }).extend({ closedAt: z.string() })),
});
const cursorSchema = z.object({ v: z.string().max(40), id: z.uuid() });

/** Missions that are over, latest first, told in sentences. Without `creatorId` the caller's own. */
export async function listMissionHistory(
  scope: TenantScope,
  query: ListQuery,
  creatorId?: string,
): Promise<MissionHistory> {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
  const { currency, items: found } = stored.parse(
    await scope.rpc("loyalty_list_mission_history", {
      p_client: scope.client.id,
      p_creator: creatorId,
      p_cursor: cursor,
      p_limit: query.limit,
    }),
  );
  const words = missionWordsFor(scope, currency);
  const last = found[query.limit - 1];
  return {
    items: found.slice(0, query.limit).map((row) => ({ ...row, lines: explainRound(row, words) })),
    next: found.length > query.limit && last ? encodeCursor({ v: last.closedAt, id: last.id }) : null,
  };
}

/** The words of missions for whoever asks: an answer of the API reads like the page. */
function missionWordsFor(scope: TenantScope, currency: string): MissionWords {
  const { locale, timeZone } = scope.viewer ?? scope.client;
  return {
    t: createTranslator({
      locale,
      messages: formatsOfReader().messages,
      namespace: "loyaltyMissions.words",
    }) as unknown as MissionWords["t"],
    money: (minor) => formatMoney(minor, currency, locale, { whole: true }),
    count: (value) => formatNumber(value, locale),
    day: (date) => formatDate(date, { locale, timeZone, style: "long" }),
    moment: (instant) => formatDate(instant, { locale, timeZone, style: "long" }),
  };
}
