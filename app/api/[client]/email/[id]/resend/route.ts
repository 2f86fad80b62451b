import { z } from "zod";
import { resendEmail } from "@/lib/core/email/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Send a failed e-mail again",
    tags: ["email"],
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.null(),
  },
  async ({ scope, params: { id } }) => {
    await resendEmail(scope, id);
    return null;
  },
);
