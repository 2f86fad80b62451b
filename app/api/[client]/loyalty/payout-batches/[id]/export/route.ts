import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { exportBatch } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Download the list of a payout batch as CSV",
    description:
      "Holds accounts in full, so it asks for loyalty.payouts.reveal as well and is logged as an export.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.reveal" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: "file",
  },
  async ({ scope, params: { id } }) =>
    new Response(await exportBatch(scope, id), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-payouts-${id.slice(0, 8)}.csv"`,
      },
    }),
);
