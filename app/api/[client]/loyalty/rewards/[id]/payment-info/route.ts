import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { boostDetailsSchema, payoutAccountBodySchema } from "@/lib/programs/loyalty/contract";
import { giveBoostDetails } from "@/lib/programs/loyalty/server";

// Not remembered under an Idempotency-Key: what is remembered would hold the account. Sent twice it changes nothing.
export const POST = route(
  {
    summary: "Give the payout details a boost waits for",
    description:
      "For the signed-in creator's boost of this reward that ended and waits for payout details. They are stored as PUT /payout-accounts stores them, for every boost from then on, and the boost moves on. Refused with ACCOUNT_MISMATCH when the two are not alike, ACCOUNT_INVALID when the account cannot be right (422), and DETAILS_NOT_NEEDED (409) when the boost waits for nothing.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: payoutAccountBodySchema,
    response: boostDetailsSchema,
  },
  ({ scope, params: { id }, body }) => giveBoostDetails(scope, id, body),
);
