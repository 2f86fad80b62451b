import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { adjustmentSchema, type AdjustmentList, type ListQuery } from "./adjustment.schema";

const cursorSchema = z.object({ v: z.iso.date(), id: z.uuid() });

/** Adjustments of a creator, latest day first. */
export async function listAdjustments(
  scope: TenantScope,
  creatorId: string,
  query: ListQuery,
): Promise<AdjustmentList> {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
  const rows = z.array(adjustmentSchema).parse(
    await scope.rpc("loyalty_list_adjustments", {
      p_client: scope.client.id,
      p_creator: creatorId,
      p_cursor: cursor,
      p_limit: query.limit,
    }),
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit),
    next: rows.length > query.limit && last ? encodeCursor({ v: last.effectiveOn, id: last.id }) : null,
  };
}
