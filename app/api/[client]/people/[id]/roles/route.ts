import { z } from "zod";
import { grantRoleSchema, personSchema } from "@/lib/core/people/contract";
import { grantRole } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Give a role",
    description: "Nobody can give what they do not hold, and nobody changes their own roles.",
    tags: ["people"],
    access: { permission: "people.roles.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: grantRoleSchema,
    response: personSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => grantRole(scope, id, body),
);
