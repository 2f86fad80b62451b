import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { roundListSchema } from "@/lib/programs/loyalty/contract";
import { listRounds } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List a creator's rounds of missions",
    description: "Open ones first, the latest 200, with the reward each earned.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: roundListSchema,
  },
  ({ scope, params: { id } }) => listRounds(scope, id),
);
