import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runStates } from "@/lib/programs/loyalty/contract";
import { undoRun } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Undo the last saved import",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ state: z.enum(runStates) }),
    once: true,
  },
  ({ scope, params: { id } }) => undoRun(scope, id),
);
