import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import {
  raffleEntryRowSchema,
  raffleSummarySchema,
  type RaffleEntryList,
  type RaffleList,
  type RaffleQuery,
} from "./raffle.schema";

const raffleCursor = z.object({ at: z.string().max(40), id: z.uuid() });
const entryCursor = raffleCursor.extend({ place: z.number().int() });
const storedEntry = raffleEntryRowSchema.extend({ place: z.number().int() });

/** Raffles, the latest end first. */
export async function listRaffles(scope: TenantScope, query: RaffleQuery): Promise<RaffleList> {
  requirePermission(scope, "loyalty.missions.read");
  const rows = z.array(raffleSummarySchema).parse(
    await scope.rpc("loyalty_list_raffles", {
      p_client: scope.client.id,
      p_cursor: query.cursor === undefined ? undefined : decodeCursor(query.cursor, raffleCursor),
      p_limit: query.limit,
    }),
  );
  const last = rows.at(-1);
  return {
    items: rows,
    next: last && rows.length === query.limit ? encodeCursor({ at: last.endsAt, id: last.id }) : null,
  };
}

/** Who is in a raffle: by rank once drawn, by number once sealed, else as they came. */
export async function listRaffleEntries(
  scope: TenantScope,
  id: string,
  query: RaffleQuery,
): Promise<RaffleEntryList> {
  requirePermission(scope, "loyalty.missions.read");
  const rows = z.array(storedEntry).parse(
    await scope.rpc("loyalty_list_raffle_entries", {
      p_client: scope.client.id,
      p_raffle: id,
      p_cursor: query.cursor === undefined ? undefined : decodeCursor(query.cursor, entryCursor),
      p_limit: query.limit,
    }),
  );
  const last = rows.at(-1);
  return {
    items: rows.map(({ place: _place, ...row }) => row),
    next:
      last && rows.length === query.limit
        ? encodeCursor({ place: last.place, at: last.enteredAt, id: last.id })
        : null,
  };
}
