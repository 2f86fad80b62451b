import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runRowListSchema, runRowQuerySchema } from "@/lib/programs/loyalty/contract";
import { listRunRows } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the rows of an import by outcome",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: runRowQuerySchema,
    response: runRowListSchema,
  },
  ({ scope, params: { id }, query }) => listRunRows(scope, id, query),
);
