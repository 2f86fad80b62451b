import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { reportQuerySchema, reportSchema } from "@/lib/programs/loyalty/contract";
import { readReport } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a report",
    description:
      "Of a month, a quarter or any days up to 400, in the zone of the business: rewards and cost, budgets, missions, tiers, boosts, retention.",
    tags: ["loyalty"],
    access: { permission: "loyalty.reports.read" },
    params: z.object({ client: slugSchema }),
    query: reportQuerySchema,
    response: reportSchema,
  },
  async ({ scope, query }) => (await readReport(scope, query)).report,
);
