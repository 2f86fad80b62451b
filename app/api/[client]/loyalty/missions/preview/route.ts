import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { missionDraftSchema, missionPreviewSchema } from "@/lib/programs/loyalty/contract";
import { previewMission } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "See whom a mission would reach",
    description: "How many creators it reaches now and how many would have met its goal. Nothing is saved.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    body: missionDraftSchema,
    response: missionPreviewSchema,
  },
  ({ scope, body }) => previewMission(scope, body),
);
