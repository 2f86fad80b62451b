import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleEntrySchema } from "@/lib/programs/loyalty/contract";
import { enterRaffle } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Enter a raffle",
    description:
      "Who is in already is answered with her entry. Refused with 409 and one of RAFFLE_CLOSED, NOT_AVAILABLE, NOT_RECOGNISED, TIER_INELIGIBLE, ARCHIVED.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: raffleEntrySchema,
    once: true,
  },
  ({ scope, params: { id } }) => enterRaffle(scope, id),
);
