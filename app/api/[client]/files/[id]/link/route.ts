import { z } from "zod";
import { signedLink } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Make a download link",
    description:
      "Five minutes, for a file that passed its checks. The link needs no session, so it is made on demand.",
    tags: ["files"],
    access: "signed-in",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ url: z.url(), expiresInSeconds: z.number().int() }),
  },
  ({ scope, params: { id } }) => signedLink(scope, id),
);
