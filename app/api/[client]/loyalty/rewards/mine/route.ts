import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { myRewardsSchema } from "@/lib/programs/loyalty/contract";
import { readMyRewards } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the signed-in creator's rewards",
    description:
      "Each reward with whether she may claim it and, if not, the code a claim would answer and when it opens again; then her open claims. `creator` is null for a person who is none.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: myRewardsSchema,
  },
  ({ scope }) => readMyRewards(scope),
);
