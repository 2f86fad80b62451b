import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { readRedemptionCalendar } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the time of a claim as a calendar file",
    description:
      "For a boost or a discount. A claim that was turned down takes the event out again (METHOD:CANCEL).",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: "file",
  },
  async ({ scope, params: { id } }) =>
    new Response(await readRedemptionCalendar(scope, id), {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-reward.ics"`,
      },
    }),
);
