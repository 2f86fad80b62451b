import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { bulkOutcomeSchema, bulkStepSchema } from "@/lib/programs/loyalty/contract";
import { stepRedemptions } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Take one step with many claims",
    description: "Each succeeds or is refused by itself; the answer says which and why.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params: z.object({ client: slugSchema }),
    body: bulkStepSchema,
    response: bulkOutcomeSchema,
    once: true,
  },
  ({ scope, body }) => stepRedemptions(scope, body),
);
