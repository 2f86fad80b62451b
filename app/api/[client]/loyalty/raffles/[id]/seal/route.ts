import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleSchema } from "@/lib/programs/loyalty/contract";
import { sealRaffle } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Seal the list of a raffle that has ended",
    tags: ["loyalty"],
    access: { permission: "loyalty.raffles.draw" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: raffleSchema,
    once: true,
  },
  ({ scope, params: { id } }) => sealRaffle(scope, id),
);
