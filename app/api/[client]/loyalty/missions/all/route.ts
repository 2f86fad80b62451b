import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { missionListSchema, missionQuerySchema } from "@/lib/programs/loyalty/contract";
import { listMissions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the missions of the business",
    description: "A page of them, with how many creators each reached and what it cost: open ones first. `q` is part of a name, `state` and `tier` may be repeated (`tier=every` finds those for everybody). Archived ones only when asked for.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: missionQuerySchema,
    response: missionListSchema,
  },
  ({ scope, query }) => listMissions(scope, query),
);
