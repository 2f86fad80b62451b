import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { redemptionStates, redemptionStepSchema } from "@/lib/programs/loyalty/contract";
import { stepRedemption } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Fulfil, ship, deliver, conclude, reject or take back a claim",
    description:
      "With `from`, the state the caller saw, a claim that moved meanwhile is left alone and answers 409.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: redemptionStepSchema,
    response: z.object({ id: z.uuid(), state: z.enum(redemptionStates) }),
    once: true,
  },
  ({ scope, params: { id }, body }) => stepRedemption(scope, id, body),
);
