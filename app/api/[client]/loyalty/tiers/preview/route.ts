import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { ladderDraftSchema, tierPreviewSchema } from "@/lib/programs/loyalty/contract";
import { previewTiers } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "See what a ladder would change",
    description: "Who would rise tonight and fall at the next check. Nothing is saved.",
    tags: ["loyalty"],
    access: { permission: "loyalty.tiers.write" },
    params: z.object({ client: slugSchema }),
    body: ladderDraftSchema,
    response: tierPreviewSchema,
  },
  ({ scope, body }) => previewTiers(scope, body),
);
