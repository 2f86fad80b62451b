import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { rewardDetailSchema } from "@/lib/programs/loyalty/contract";
import { duplicateReward } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Copy a reward as a draft",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: rewardDetailSchema,
    status: 201,
    once: true,
  },
  ({ scope, params: { id } }) => duplicateReward(scope, id),
);
