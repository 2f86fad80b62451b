import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { rewardReachQuerySchema, rewardReachSchema } from "@/lib/programs/loyalty/contract";
import { previewReward } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Count whom a reward would reach",
    description:
      "Creators who would get an offer now, who would see it early, and what stands open. Saves nothing.",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.write" },
    params: z.object({ client: slugSchema }),
    query: rewardReachQuerySchema,
    response: rewardReachSchema,
  },
  ({ scope, query }) => previewReward(scope, query),
);
