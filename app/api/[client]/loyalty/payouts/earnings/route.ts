import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { earningSchema } from "@/lib/programs/loyalty/contract";
import { listEarnings } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List what a creator earned and what was taken back",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ creator: z.uuid() }),
    response: z.object({ items: z.array(earningSchema) }),
  },
  async ({ scope, query }) => ({ items: await listEarnings(scope, query.creator) }),
);
