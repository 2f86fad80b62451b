import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { withdrawClaim } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Take back my request for a handle",
    tags: ["loyalty"],
    access: "public",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ id: z.uuid() }),
    limit: "write",
  },
  async ({ scope, params: { id } }) => {
    await withdrawClaim(scope, id);
    return { id };
  },
);
