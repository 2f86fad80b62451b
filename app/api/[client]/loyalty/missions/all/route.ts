import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { missionListSchema, missionQuerySchema } from "@/lib/programs/loyalty/contract";
import { listMissions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the missions of the business",
    description: "With how many creators each reached and what it cost. Archived ones only when asked for.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: missionQuerySchema,
    response: missionListSchema,
  },
  ({ scope, query }) => listMissions(scope, query),
);
