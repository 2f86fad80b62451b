import { z } from "zod";
import { logoInputSchema } from "@/lib/core/files/contract";
import { setLogo } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const PUT = route(
  {
    summary: "Choose the business's logo",
    description:
      "A file of the purpose brand-logo that passed its checks, or null for none. 409 FILE_NOT_READY while it is being checked.",
    tags: ["tenancy"],
    access: { permission: "tenancy.settings.write" },
    params: z.object({ client: slugSchema }),
    body: logoInputSchema,
    response: z.object({ logoFileId: z.uuid().nullable() }),
  },
  ({ scope, body }) => setLogo(scope, body.fileId),
);
