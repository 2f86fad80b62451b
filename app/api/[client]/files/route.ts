import { z } from "zod";
import { createUploadSchema, uploadTicketSchema } from "@/lib/core/files/contract";
import { createUpload } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Begin an upload",
    description:
      "Registers a file and signs one upload: PUT its bytes to uploadUrl, then complete it. Who may depends on the purpose.",
    tags: ["files"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    body: createUploadSchema,
    response: uploadTicketSchema,
    status: 201,
  },
  ({ scope, body }) => createUpload(scope, body),
);
