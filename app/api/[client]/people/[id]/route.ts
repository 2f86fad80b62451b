import { z } from "zod";
import { personPatchSchema, personSchema } from "@/lib/core/people/contract";
import { readPerson, updatePerson } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

const params = z.object({ client: slugSchema, id: z.uuid() });

export const GET = route(
  {
    summary: "Read a person",
    tags: ["people"],
    access: { permission: "people.people.read" },
    params,
    response: personSchema,
  },
  ({ scope, params: { id } }) => readPerson(scope, id),
);

export const PATCH = route(
  {
    summary: "Change a person's name and phone",
    tags: ["people"],
    access: { permission: "people.people.write" },
    params,
    body: personPatchSchema,
    response: personSchema,
  },
  ({ scope, params: { id }, body }) => updatePerson(scope, id, body),
);
