import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { creatorTagsInputSchema, creatorTagsSchema } from "@/lib/programs/loyalty/contract";
import { readCreatorTags, saveCreatorTags } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List a creator's tags",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: creatorTagsSchema,
  },
  ({ scope, params: { id } }) => readCreatorTags(scope, id),
);

export const POST = route(
  {
    summary: "Give a creator tags",
    description: "Exactly these; others go. The missions and rewards a tag brings start at once.",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: creatorTagsInputSchema,
    response: creatorTagsSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => saveCreatorTags(scope, id, body.tags),
);
