import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runStates } from "@/lib/programs/loyalty/contract";
import { cancelRun } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Cancel an import that was not saved",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ state: z.enum(runStates) }),
    once: true,
  },
  ({ scope, params: { id } }) => cancelRun(scope, id),
);
