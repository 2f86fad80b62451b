import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { reversalInputSchema } from "@/lib/programs/loyalty/contract";
import { reverseAdjustment } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Take an adjustment back",
    tags: ["loyalty"],
    access: { permission: "loyalty.adjustments.write" },
    params: z.object({ client: slugSchema, id: z.uuid(), adjustment: z.uuid() }),
    body: reversalInputSchema,
    response: z.object({ id: z.uuid() }),
    once: true,
  },
  ({ scope, params: { id, adjustment }, body }) => reverseAdjustment(scope, id, adjustment, body.reason),
);
