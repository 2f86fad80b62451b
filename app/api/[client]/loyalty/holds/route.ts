import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { holdListSchema, holdQuerySchema } from "@/lib/programs/loyalty/contract";
import { listHolds } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List holds",
    description: "Suspicions a person looks at: creators who share a payout account, an address or a device.",
    tags: ["loyalty"],
    access: { permission: "loyalty.holds.resolve" },
    params: z.object({ client: slugSchema }),
    query: holdQuerySchema,
    response: holdListSchema,
  },
  ({ scope, query }) => listHolds(scope, query),
);
