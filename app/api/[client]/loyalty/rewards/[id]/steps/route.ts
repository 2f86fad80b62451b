import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { rewardStepAnswerSchema, rewardStepSchema } from "@/lib/programs/loyalty/contract";
import { stepReward } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Publish, pause, resume or archive a reward",
    description: "Open offers appear and close with it at once. Claims stay as they are.",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: rewardStepSchema,
    response: rewardStepAnswerSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => stepReward(scope, id, body),
);
