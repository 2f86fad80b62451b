import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { redemptionQuerySchema } from "@/lib/programs/loyalty/contract";
import { exportRedemptions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Export claims as CSV",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema }),
    query: redemptionQuerySchema.omit({ limit: true }),
    response: "file",
  },
  async ({ scope, query }) =>
    new Response(await exportRedemptions(scope, query), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-claims.csv"`,
      },
    }),
);
