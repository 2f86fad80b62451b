import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { clawBackSchema } from "@/lib/programs/loyalty/contract";
import { clawBack } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Take back an earning",
    description: "Writes a second line into the ledger, once an earning and at most all of it.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: clawBackSchema,
    response: z.object({ id: z.uuid() }),
    status: 201,
    once: true,
  },
  ({ scope, params: { id }, body }) => clawBack(scope, id, body),
);
