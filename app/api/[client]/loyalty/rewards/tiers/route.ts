import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { tierRewardsSchema } from "@/lib/programs/loyalty/contract";
import { listTierRewards } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List the rewards of each tier",
    description: "As far as the signed-in creator may know: her tier, those below, and what is shown early.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: tierRewardsSchema,
  },
  ({ scope }) => listTierRewards(scope),
);
