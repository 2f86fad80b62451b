import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { redrawInputSchema } from "@/lib/programs/loyalty/contract";
import { redrawRaffle } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Draw one place again",
    description:
      "Takes a prize back that is not claimed, with a reason. `movedUp` is the entry number of the alternate who has it now, null when nobody is left.",
    tags: ["loyalty"],
    access: { permission: "loyalty.raffles.draw" },
    params: z.object({ client: slugSchema, id: z.uuid(), entry: z.uuid() }),
    body: redrawInputSchema,
    response: z.object({ movedUp: z.number().int().nullable() }),
    once: true,
  },
  ({ scope, params: { entry }, body }) => redrawRaffle(scope, entry, body),
);
