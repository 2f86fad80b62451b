import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { leaderboardSchema, type Leaderboard, type LeaderboardQuery } from "./leaderboard.schema";

const cursorSchema = z.object({ v: z.number().int(), id: z.uuid() });
const stored = leaderboardSchema
  .omit({ next: true })
  .extend({ hasMore: z.boolean(), last: cursorSchema.nullable() });

/** A page of the ranking. Not found where the business shows none. */
export async function readLeaderboard(scope: TenantScope, query: LeaderboardQuery): Promise<Leaderboard> {
  const { hasMore, last, ...board } = stored.parse(
    await scope.rpc("loyalty_read_leaderboard", {
      p_client: scope.client.id,
      p_cursor: query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema),
      p_limit: query.limit,
    }),
  );
  return { ...board, next: hasMore && last ? encodeCursor(last) : null };
}
