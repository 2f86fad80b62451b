import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { workQuerySchema, workSchema } from "@/lib/programs/loyalty/contract";
import { readWork } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read today's work",
    description:
      "Claims to fulfil, discounts to turn on and off, parcels, boosts to pay, raffles to draw and requests for a handle: least time left first, each of a kind the caller may do something about.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema }),
    query: workQuerySchema,
    response: workSchema,
  },
  ({ scope, query }) => readWork(scope, query),
);
