import { z } from "zod";
import { emailListQuerySchema, emailPageSchema } from "@/lib/core/email/contract";
import { listEmails } from "@/lib/core/email/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "List e-mails",
    description: "The log of mails, newest first. The texts are not part of it.",
    tags: ["email"],
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema }),
    query: emailListQuerySchema,
    response: emailPageSchema,
  },
  ({ scope, query }) => listEmails(scope, query),
);
