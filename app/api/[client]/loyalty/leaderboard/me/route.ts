import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { leaderboardChoiceSchema } from "@/lib/programs/loyalty/contract";
import { setLeaderboard } from "@/lib/programs/loyalty/server";

export const PATCH = route(
  {
    summary: "Show or hide oneself on the leaderboard",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    body: leaderboardChoiceSchema,
    response: leaderboardChoiceSchema,
  },
  ({ scope, body }) => setLeaderboard(scope, body),
);
