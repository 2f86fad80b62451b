import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import {
  adjustmentInputSchema,
  adjustmentListSchema,
  listQuerySchema,
} from "@/lib/programs/loyalty/contract";
import { addAdjustment, listAdjustments } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List adjustments of a creator",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: listQuerySchema,
    response: adjustmentListSchema,
  },
  ({ scope, params: { id }, query }) => listAdjustments(scope, id, query),
);

export const POST = route(
  {
    summary: "Adjust a creator's sales",
    description: "A signed row with a reason and a day. The figures follow at once, the tier tonight.",
    tags: ["loyalty"],
    access: { permission: "loyalty.adjustments.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: adjustmentInputSchema,
    response: z.object({ id: z.uuid() }),
    once: true,
  },
  ({ scope, params: { id }, body }) => addAdjustment(scope, id, body),
);
