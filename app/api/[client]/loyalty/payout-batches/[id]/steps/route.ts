import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { batchDetailSchema, batchStepSchema } from "@/lib/programs/loyalty/contract";
import { stepBatch } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Approve, send or cancel a payout batch",
    description:
      "Also takes sending back, while nothing in it is marked. send_by_paypal needs PayPal to be connected.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: batchStepSchema,
    response: batchDetailSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => stepBatch(scope, id, body.step),
);
