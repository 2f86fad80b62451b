import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleListSchema, raffleQuerySchema } from "@/lib/programs/loyalty/contract";
import { listRaffles } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List raffles",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: raffleQuerySchema,
    response: raffleListSchema,
  },
  ({ scope, query }) => listRaffles(scope, query),
);
