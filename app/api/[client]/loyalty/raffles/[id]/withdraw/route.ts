import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { raffleEntrySchema } from "@/lib/programs/loyalty/contract";
import { leaveRaffle } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Leave a raffle while it is open",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: raffleEntrySchema,
    once: true,
  },
  ({ scope, params: { id } }) => leaveRaffle(scope, id),
);
