import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import {
  rewardDetailSchema,
  rewardDraftSchema,
  rewardListSchema,
  rewardQuerySchema,
} from "@/lib/programs/loyalty/contract";
import { createReward, listRewards } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List rewards",
    description: "In the order creators see them, with stock, budget and this month's claims. For staff.",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.read" },
    params: z.object({ client: slugSchema }),
    query: rewardQuerySchema,
    response: rewardListSchema,
  },
  ({ scope, query }) => listRewards(scope, query),
);

export const POST = route(
  {
    summary: "Make a reward",
    description: "It begins as a draft: nobody sees it before it is published.",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.write" },
    params: z.object({ client: slugSchema }),
    body: rewardDraftSchema,
    response: rewardDetailSchema,
    status: 201,
    once: true,
  },
  ({ scope, body }) => createReward(scope, body),
);
