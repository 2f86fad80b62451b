import { z } from "zod";
import { peopleQuerySchema } from "@/lib/core/people/contract";
import { exportPeople } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "Export people as CSV",
    tags: ["people"],
    access: { permission: "people.people.read" },
    params: z.object({ client: slugSchema }),
    query: peopleQuerySchema.pick({ q: true, role: true, state: true, team: true }),
    response: "file",
  },
  async ({ scope, query }) =>
    new Response(await exportPeople(scope, query), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-people.csv"`,
      },
    }),
);
