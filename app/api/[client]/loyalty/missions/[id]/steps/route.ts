import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { missionSchema, missionStepSchema } from "@/lib/programs/loyalty/contract";
import { stepMission } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Publish, pause, resume, end or archive a mission",
    description:
      "Publishing starts it for its creators at once. Paused, nobody new starts and who is at it may finish. Ended, open rounds close without a reward; a raffle closes its entries and is drawn.",
    tags: ["loyalty"],
    access: { permission: "loyalty.missions.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: missionStepSchema,
    response: missionSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => stepMission(scope, id, body.step),
);
