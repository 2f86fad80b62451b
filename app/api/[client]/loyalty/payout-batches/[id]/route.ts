import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { batchDetailSchema } from "@/lib/programs/loyalty/contract";
import { readBatch } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a payout batch",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: batchDetailSchema,
  },
  ({ scope, params: { id } }) => readBatch(scope, id),
);
