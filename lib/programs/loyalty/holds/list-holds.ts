import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { holdSchema, type HoldList, type HoldQuery } from "./hold.schema";

const cursorSchema = z.object({ v: z.string().max(40), id: z.uuid() });

/** Holds in one state, newest first. */
export async function listHolds(scope: TenantScope, query: HoldQuery): Promise<HoldList> {
  requirePermission(scope, "loyalty.holds.resolve");
  const rows = z.array(holdSchema).parse(
    await scope.rpc("loyalty_list_holds", {
      p_client: scope.client.id,
      p_state: query.state,
      p_before: query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema),
      p_limit: query.limit,
    }),
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit),
    next: rows.length > query.limit && last ? encodeCursor({ v: last.openedAt, id: last.id }) : null,
  };
}
