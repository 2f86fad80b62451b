import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { tagListSchema } from "@/lib/programs/loyalty/contract";
import { listTags } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List tags of creators",
    description: "Tags in use, with how many creators have each.",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema }),
    response: tagListSchema,
  },
  async ({ scope }) => ({ items: await listTags(scope) }),
);
