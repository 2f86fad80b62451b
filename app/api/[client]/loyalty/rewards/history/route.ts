import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { listQuerySchema, rewardHistorySchema } from "@/lib/programs/loyalty/contract";
import { listRewardHistory } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List what became of the signed-in creator's rewards",
    description:
      "Latest first, in sentences: what she got and how fast, what ran out, closed or was turned down and why.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: listQuerySchema,
    response: rewardHistorySchema,
  },
  ({ scope, query }) => listRewardHistory(scope, query),
);
