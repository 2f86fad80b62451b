import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { creatorQuerySchema } from "@/lib/programs/loyalty/contract";
import { exportCreators } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Export creators as CSV",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema }),
    query: creatorQuerySchema.omit({ cursor: true, limit: true }),
    response: "file",
  },
  async ({ scope, query }) =>
    new Response(await exportCreators(scope, query), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-creators.csv"`,
      },
    }),
);
