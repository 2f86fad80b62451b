import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { mappingSchema, savedMappingSchema } from "@/lib/programs/loyalty/contract";
import { readMapping, saveMapping } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read how the columns of import files are named",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema }),
    response: savedMappingSchema,
  },
  ({ scope }) => readMapping(scope),
);

export const PUT = route(
  {
    summary: "Name the columns of import files",
    description:
      "Field to header, null where the file does not have it. Fields left out keep the names we know.",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema }),
    body: z.object({ columns: mappingSchema }),
    response: savedMappingSchema,
    once: true,
  },
  ({ scope, body }) => saveMapping(scope, body.columns),
);
