import { z } from "zod";
import { fileSchema } from "@/lib/core/files/contract";
import { fileRepository } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "Read a file's state",
    tags: ["files"],
    access: "signed-in",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: fileSchema,
  },
  ({ scope, params: { id } }) => fileRepository(scope).findById(id),
);
