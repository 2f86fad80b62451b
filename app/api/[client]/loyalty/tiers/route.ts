import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { ladderDraftSchema, ladderSchema } from "@/lib/programs/loyalty/contract";
import { readLadder, saveTiers } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the tiers",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema }),
    response: ladderSchema,
  },
  ({ scope }) => readLadder(scope),
);

export const PUT = route(
  {
    summary: "Save the tiers",
    description:
      "The whole ladder, lowest first. Lower thresholds count from tonight, higher ones from each creator's next check.",
    tags: ["loyalty"],
    access: { permission: "loyalty.tiers.write" },
    params: z.object({ client: slugSchema }),
    body: ladderDraftSchema,
    response: ladderSchema,
    once: true,
  },
  ({ scope, body }) => saveTiers(scope, body),
);
