import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { claimDecisionSchema } from "@/lib/programs/loyalty/contract";
import { decideClaim } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Approve or reject a request for a handle",
    tags: ["loyalty"],
    access: { permission: "loyalty.claims.decide" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: claimDecisionSchema,
    response: z.object({ creatorId: z.uuid().nullable() }),
    once: true,
  },
  ({ scope, params: { id }, body }) => decideClaim(scope, id, body),
);
