import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { missionInputSchema, missionSchema } from "@/lib/programs/loyalty/contract";
import { readMission, updateMission } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a mission",
    description: "As its owner sees it, with how many creators are at it and what it cost.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: missionSchema,
  },
  ({ scope, params: { id } }) => readMission(scope, id),
);

export const PUT = route(
  {
    summary: "Change a mission",
    description:
      "Whole, as the form shows it, with the `version` it was made from; an older one answers 409. What a published mission promised is fixed: its kind, reward, group, days and what counts.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: missionInputSchema,
    response: missionSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => updateMission(scope, id, body),
);
