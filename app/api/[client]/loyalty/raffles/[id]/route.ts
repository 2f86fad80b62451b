import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleSchema } from "@/lib/programs/loyalty/contract";
import { readRaffle } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a raffle",
    description:
      "The raffle with its prize, the caller's entry, and what is published of its draw: the hash of the sealed list, the commitment, and after the draw the seed and the drawn places. Names nobody.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: raffleSchema,
  },
  ({ scope, params: { id } }) => readRaffle(scope, id),
);
