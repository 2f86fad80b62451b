import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { listQuerySchema, missionHistorySchema } from "@/lib/programs/loyalty/contract";
import { listMissionHistory } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List my finished missions",
    description:
      "Latest first: completed, missed and by how much, raffles, what was paid and when, in sentences.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: listQuerySchema,
    response: missionHistorySchema,
  },
  ({ scope, query }) => listMissionHistory(scope, query),
);
