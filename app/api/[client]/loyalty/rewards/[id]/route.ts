import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { rewardDetailSchema, rewardEditSchema } from "@/lib/programs/loyalty/contract";
import { readReward, updateReward } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a reward",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: rewardDetailSchema,
  },
  ({ scope, params: { id } }) => readReward(scope, id),
);

export const PUT = route(
  {
    summary: "Change a reward",
    description:
      "For claims to come; claims already made keep their terms. `revision` is the one the edit was begun on: 409 STALE when somebody was faster. Stock and budget cannot fall below what is claimed.",
    tags: ["loyalty"],
    access: { permission: "loyalty.rewards.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: rewardEditSchema,
    response: rewardDetailSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => updateReward(scope, id, body),
);
