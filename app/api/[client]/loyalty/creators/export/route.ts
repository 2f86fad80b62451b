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
    query: creatorQuerySchema.omit({ limit: true }).extend({
      /** Only these of the page that `cursor` names. */
      ids: z
        .string()
        .transform((text) => text.split(",").filter(Boolean))
        .pipe(z.array(z.uuid()).max(200))
        .optional(),
    }),
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
