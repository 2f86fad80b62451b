import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { claimDetailsSchema, claimedRewardSchema } from "@/lib/programs/loyalty/contract";
import { claimMission } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Claim what a mission earned",
    description:
      "The reward of the round that is done, or of the raffle that was won. The body is that of every claim, and so are the refusals; NOT_AVAILABLE while there is nothing to claim.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: claimDetailsSchema,
    response: claimedRewardSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => claimMission(scope, id, body),
);
