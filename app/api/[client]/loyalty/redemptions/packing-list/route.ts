import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { exportAddresses } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Download the addresses gifts go to as CSV",
    description:
      "Gifts that wait to be shipped: those of `ids` (comma-separated, 200 at most), else all. Each address read is in the audit log.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      ids: z
        .string()
        .transform((text) => text.split(",").filter(Boolean))
        .pipe(z.array(z.uuid()).min(1).max(200))
        .optional(),
    }),
    response: "file",
  },
  async ({ scope, query }) =>
    new Response(await exportAddresses(scope, query.ids), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-packing-list.csv"`,
      },
    }),
);
