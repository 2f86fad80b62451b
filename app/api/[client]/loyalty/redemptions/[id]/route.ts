import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { redemptionSchema } from "@/lib/programs/loyalty/contract";
import { readRedemption } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a claim",
    description: "Staff read everybody's, a creator her own.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: redemptionSchema,
  },
  ({ scope, params: { id } }) => readRedemption(scope, id),
);
