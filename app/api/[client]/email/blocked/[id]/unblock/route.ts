import { z } from "zod";
import { unblockAddress } from "@/lib/core/email/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Write to a blocked address again",
    description:
      "Only where a mail came back; who reported one as spam has to ask for it. The mail that was held back last is sent.",
    tags: ["email"],
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ isSent: z.boolean() }),
  },
  ({ scope, params: { id } }) => unblockAddress(scope, id),
);
