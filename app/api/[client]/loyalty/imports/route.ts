import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { startImportSchema } from "@/lib/programs/loyalty/contract";
import { startImport } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Import a file",
    description: "Reads and checks an uploaded file. Nothing is saved until the run is saved.",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema }),
    body: startImportSchema,
    response: z.object({ id: z.uuid() }),
    status: 202,
    once: true,
  },
  ({ scope, body }) => startImport(scope, body),
);
