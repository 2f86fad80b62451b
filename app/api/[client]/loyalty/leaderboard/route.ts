import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { leaderboardQuerySchema, leaderboardSchema } from "@/lib/programs/loyalty/contract";
import { readLeaderboard } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the leaderboard",
    description:
      "Active creators by the figures of the open period. Of others it tells handle, tier and figure. 404 where the business shows none.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema }),
    query: leaderboardQuerySchema,
    response: leaderboardSchema,
  },
  ({ scope, query }) => readLeaderboard(scope, query),
);
