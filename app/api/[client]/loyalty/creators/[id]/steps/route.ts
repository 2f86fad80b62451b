import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { creatorSchema, creatorStepSchema } from "@/lib/programs/loyalty/contract";
import { stepCreator } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Rename, fix the tier of, archive or restore a creator",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: creatorStepSchema,
    response: creatorSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => stepCreator(scope, id, body),
);
