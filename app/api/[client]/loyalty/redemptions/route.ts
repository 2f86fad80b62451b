import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { redemptionListSchema, redemptionQuerySchema } from "@/lib/programs/loyalty/contract";
import { listRedemptions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List claims",
    description:
      "Newest first, searched by handle or name. Offers nobody claimed come only when their state is asked for.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema }),
    query: redemptionQuerySchema,
    response: redemptionListSchema,
  },
  ({ scope, query }) => listRedemptions(scope, query),
);
