import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { acknowledgeInputSchema } from "@/lib/programs/loyalty/contract";
import { acknowledgeCelebrations } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Acknowledge what was celebrated",
    description: "Names what was seen; only that is not shown again. Reading home never does this.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    body: acknowledgeInputSchema,
    response: z.object({ acknowledged: z.number().int() }),
  },
  ({ scope, body }) => acknowledgeCelebrations(scope, body),
);
