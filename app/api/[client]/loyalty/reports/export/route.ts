import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { reportQuerySchema } from "@/lib/programs/loyalty/contract";
import { exportReport } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Export a report as CSV or PDF",
    tags: ["loyalty"],
    access: { permission: "loyalty.reports.read" },
    params: z.object({ client: slugSchema }),
    query: reportQuerySchema.extend({ format: z.enum(["csv", "pdf"]).default("csv") }),
    response: "file",
  },
  async ({ scope, query }) => {
    const file = await exportReport(scope, query);
    return new Response(file.body, {
      headers: { "content-type": file.type, "content-disposition": `attachment; filename="${file.name}"` },
    });
  },
);
