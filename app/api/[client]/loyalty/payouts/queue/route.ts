import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { moneyListSchema, moneyQuerySchema } from "@/lib/programs/loyalty/contract";
import { listMoney } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List what is to pay, waits, clears, was sent, failed or is paid",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema }),
    query: moneyQuerySchema,
    response: moneyListSchema,
  },
  ({ scope, query }) => listMoney(scope, query),
);
