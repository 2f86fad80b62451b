import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { batchDetailSchema, markPaymentsSchema } from "@/lib/programs/loyalty/contract";
import { markPayments } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Mark payments of a batch",
    description:
      "paid, failed, undo (a mark) or retry (with the next batch): the named payments, or all it fits.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: markPaymentsSchema,
    response: batchDetailSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => markPayments(scope, id, body),
);
