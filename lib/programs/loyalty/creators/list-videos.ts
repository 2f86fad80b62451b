import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { videoSchema, type VideoList, type VideoQuery } from "./creator.schema";

const cursorSchema = z.object({ v: z.iso.date(), id: z.uuid() });

/** Videos of a creator, latest first, each with what it brought from `from` to `to`. */
export async function listVideos(
  scope: TenantScope,
  creatorId: string,
  query: VideoQuery,
): Promise<VideoList> {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
  const rows = z.array(videoSchema).parse(
    await scope.rpc("loyalty_list_videos", {
      p_client: scope.client.id,
      p_creator: creatorId,
      p_from: query.from,
      p_to: query.to,
      p_cursor: cursor,
      p_limit: query.limit,
    }),
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit),
    next: rows.length > query.limit && last ? encodeCursor({ v: last.postedOn, id: last.id }) : null,
  };
}
