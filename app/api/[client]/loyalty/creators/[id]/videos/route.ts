import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { videoListSchema, videoQuerySchema } from "@/lib/programs/loyalty/contract";
import { listVideos } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List a creator's videos",
    description: "Each with what it brought between `from` and `to`: every sale that was counted.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: videoQuerySchema,
    response: videoListSchema,
  },
  ({ scope, params: { id }, query }) => listVideos(scope, id, query),
);
