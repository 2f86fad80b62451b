import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleEntryListSchema, raffleQuerySchema } from "@/lib/programs/loyalty/contract";
import { listRaffleEntries } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the entries of a raffle",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: raffleQuerySchema,
    response: raffleEntryListSchema,
  },
  ({ scope, params: { id }, query }) => listRaffleEntries(scope, id, query),
);
