import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { reportMailsInputSchema, reportMailsSchema } from "@/lib/programs/loyalty/contract";
import { readReportMails, saveReportMails } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read who gets reports by mail",
    tags: ["loyalty"],
    access: { permission: "loyalty.reports.read" },
    params: z.object({ client: slugSchema }),
    response: reportMailsSchema,
  },
  ({ scope }) => readReportMails(scope),
);

export const PUT = route(
  {
    summary: "Say who gets reports by mail",
    description: "The mail holds a link; opening the report needs a sign-in.",
    tags: ["loyalty"],
    access: { permission: "loyalty.reports.read" },
    params: z.object({ client: slugSchema }),
    body: reportMailsInputSchema,
    response: reportMailsSchema,
    once: true,
  },
  ({ scope, body }) => saveReportMails(scope, body),
);
