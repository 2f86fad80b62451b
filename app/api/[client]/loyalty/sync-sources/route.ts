import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { sourceInputSchema, sourceSchema } from "@/lib/programs/loyalty/contract";
import { readSource, saveSource } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read where the nightly file comes from",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema }),
    response: sourceSchema,
  },
  ({ scope }) => readSource(scope),
);

export const PUT = route(
  {
    summary: "Say where the nightly file comes from",
    description: "Secrets are stored encrypted and never sent back; leave one out to keep it.",
    tags: ["loyalty"],
    access: { permission: "loyalty.settings.write" },
    params: z.object({ client: slugSchema }),
    body: sourceInputSchema,
    response: sourceSchema,
    once: true,
  },
  ({ scope, body }) => saveSource(scope, body),
);
