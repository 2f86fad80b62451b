import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { revealedSchema, revealInputSchema } from "@/lib/programs/loyalty/contract";
import { revealAccount } from "@/lib/programs/loyalty/server";

// Not remembered under an Idempotency-Key: each look is one look, and the answer must lie nowhere.
export const POST = route(
  {
    summary: "Show a payout account in full",
    description: "Who asked, when and why is written down.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.reveal" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: revealInputSchema,
    response: revealedSchema,
  },
  ({ scope, params: { id }, body }) => revealAccount(scope, id, body.reason),
);
