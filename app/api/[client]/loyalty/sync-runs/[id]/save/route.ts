import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runStates, saveRunSchema } from "@/lib/programs/loyalty/contract";
import { saveRun } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Save a checked import",
    description: "A run that a guard stopped needs confirm: true.",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: saveRunSchema,
    response: z.object({ state: z.enum(runStates) }),
    once: true,
  },
  ({ scope, params: { id }, body }) => saveRun(scope, id, body),
);
