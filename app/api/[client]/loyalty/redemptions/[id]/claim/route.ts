import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { claimDetailsSchema, claimedRewardSchema } from "@/lib/programs/loyalty/contract";
import { claimRedemption } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Claim what a mission or a raffle gave the signed-in creator",
    description:
      "The body is that of every claim, and so are the refusals, except that neither tier nor a limit of tiers stands in the way.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: claimDetailsSchema,
    response: claimedRewardSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => claimRedemption(scope, id, body),
);
