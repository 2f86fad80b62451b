import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { creatorMissionsSchema, missionInputSchema, missionSchema } from "@/lib/programs/loyalty/contract";
import { createMission, readMissions } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List my missions",
    description:
      "Every mission the signed-in creator sees, with where she stands, most urgent first: ready to claim, waiting for her details, raffles to enter, in progress (nearly there or nearly over first; then sales, videos, likes, views), what runs, what comes next, what is shown early. `creator` is null for a person who is none.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: creatorMissionsSchema,
  },
  ({ scope }) => readMissions(scope),
);

export const POST = route(
  {
    summary: "Make a mission",
    description: "A draft, seen by nobody before it is published. `ends` is a wall clock of the business.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.write" },
    params: z.object({ client: slugSchema }),
    body: missionInputSchema,
    response: missionSchema,
    once: true,
  },
  ({ scope, body }) => createMission(scope, body),
);
