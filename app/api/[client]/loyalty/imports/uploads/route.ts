import { z } from "zod";
import { uploadTicketSchema } from "@/lib/core/files/contract";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { importTicketInputSchema } from "@/lib/programs/loyalty/contract";
import { createImportTicket } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Ask for an address to send an import file to",
    description:
      "PUT the file's bytes to the address with the given headers, then start the import with its fileId.",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema }),
    body: importTicketInputSchema,
    response: uploadTicketSchema,
    once: true,
  },
  ({ scope, body }) => createImportTicket(scope, body),
);
