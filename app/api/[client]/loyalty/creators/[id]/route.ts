import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { creatorSchema } from "@/lib/programs/loyalty/contract";
import { readCreator } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a creator",
    description: "Staff read everybody, a creator herself.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: creatorSchema,
  },
  ({ scope, params: { id } }) => readCreator(scope, id),
);
