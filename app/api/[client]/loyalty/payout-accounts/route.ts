import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { payoutAccountBodySchema, payoutAccountSchema } from "@/lib/programs/loyalty/contract";
import { requireMyPayouts, saveAccount } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read where my money goes",
    description: "A hint of the account, never the account itself.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: z.object({ account: payoutAccountSchema.nullable() }),
  },
  async ({ scope }) => ({ account: (await requireMyPayouts(scope)).account }),
);

// Not remembered under an Idempotency-Key: what is remembered would hold the account. Sent twice it changes nothing.
export const PUT = route(
  {
    summary: "Say where my money goes",
    description:
      "The account is sealed before it is stored. A change holds payouts back for 48 hours and is mailed. Refused with ACCOUNT_MISMATCH when the two are not alike, and with ACCOUNT_INVALID when it cannot be right (422).",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    body: payoutAccountBodySchema,
    response: payoutAccountSchema,
  },
  ({ scope, body }) => saveAccount(scope, body),
);
