import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { decisionListSchema, listQuerySchema } from "@/lib/programs/loyalty/contract";
import { listDecisions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the tier decisions about a creator",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: listQuerySchema,
    response: decisionListSchema,
  },
  ({ scope, params: { id }, query }) => listDecisions(scope, id, query),
);
