import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runStates } from "@/lib/programs/loyalty/contract";
import { retryRun } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Read an import again",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ state: z.enum(runStates) }),
    once: true,
  },
  ({ scope, params: { id } }) => retryRun(scope, id),
);
