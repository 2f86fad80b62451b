import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runListSchema, runQuerySchema } from "@/lib/programs/loyalty/contract";
import { listRuns } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List imports and nightly runs",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema }),
    query: runQuerySchema,
    response: runListSchema,
  },
  ({ scope, query }) => listRuns(scope, query),
);
