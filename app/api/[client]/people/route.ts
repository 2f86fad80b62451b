import { z } from "zod";
import { peopleListSchema, peopleQuerySchema } from "@/lib/core/people/contract";
import { listPeople } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "List people",
    description: "Everyone the business knows, by name, searched by any part of name or e-mail.",
    tags: ["people"],
    access: { permission: "people.people.read" },
    params: z.object({ client: slugSchema }),
    query: peopleQuerySchema,
    response: peopleListSchema,
  },
  ({ scope, query }) => listPeople(scope, query),
);
