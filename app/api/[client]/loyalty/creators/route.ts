import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import {
  creatorInputSchema,
  creatorListSchema,
  creatorQuerySchema,
  creatorSchema,
} from "@/lib/programs/loyalty/contract";
import { addCreator, listCreators } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List creators",
    description: "Searched by part of a handle or name, filtered by tier and sales, in the order asked for.",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema }),
    query: creatorQuerySchema,
    response: creatorListSchema,
  },
  ({ scope, query }) => listCreators(scope, query),
);

export const POST = route(
  {
    summary: "Add a creator",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.write" },
    params: z.object({ client: slugSchema }),
    body: creatorInputSchema,
    response: creatorSchema,
    once: true,
  },
  ({ scope, body }) => addCreator(scope, body),
);
