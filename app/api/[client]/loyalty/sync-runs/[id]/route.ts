import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { runSchema } from "@/lib/programs/loyalty/contract";
import { readRunPage } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read one import",
    description:
      "Its state, progress, counts, checks and what the reader decided. Ask again while it is busy.",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: runSchema,
  },
  ({ scope, params: { id } }) => readRunPage(scope, id),
);
