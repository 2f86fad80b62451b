import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { workSchema, type Work, type WorkQuery } from "./fulfilment.schema";

const cursorSchema = z.object({ due: z.string(), id: z.uuid() });
const answer = workSchema.omit({ next: true }).extend({ hasMore: z.boolean() });

/** What waits for this viewer, least time left first. */
export async function readWork(scope: TenantScope, query: WorkQuery): Promise<Work> {
  requirePermission(scope, "loyalty.redemptions.read");
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const { hasMore, ...work } = answer.parse(
    await scope.rpc("loyalty_read_work", {
      p_client: scope.client.id,
      p_kinds: query.kinds,
      p_cursor: cursor ?? undefined,
      p_limit: query.limit,
    }),
  );
  const last = work.items.at(-1);
  return { ...work, next: hasMore && last ? encodeCursor({ due: last.dueAt, id: last.id }) : null };
}
