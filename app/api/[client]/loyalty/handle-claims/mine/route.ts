import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { myClaimSchema } from "@/lib/programs/loyalty/contract";
import { myClaims } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List my requests for a handle",
    tags: ["loyalty"],
    access: "public",
    params: z.object({ client: slugSchema }),
    response: z.object({ items: z.array(myClaimSchema) }),
  },
  async ({ scope }) => ({ items: await myClaims(scope) }),
);
