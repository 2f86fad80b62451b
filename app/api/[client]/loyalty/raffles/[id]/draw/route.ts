import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleDrawSchema } from "@/lib/programs/loyalty/contract";
import { drawRaffle } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Draw a sealed raffle",
    description: "Once. Whoever asks again, or at the same moment, gets the first result.",
    tags: ["loyalty"],
    access: { permission: "loyalty.raffles.draw" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: raffleDrawSchema,
    once: true,
  },
  ({ scope, params: { id } }) => drawRaffle(scope, id),
);
