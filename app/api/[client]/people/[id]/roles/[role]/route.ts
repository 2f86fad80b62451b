import { z } from "zod";
import { personSchema, roleIds } from "@/lib/core/people/contract";
import { revokeRole } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const DELETE = route(
  {
    summary: "Take a role",
    description: "Gone with the person's next request. The last owner keeps hers.",
    tags: ["people"],
    access: { permission: "people.roles.write" },
    params: z.object({ client: slugSchema, id: z.uuid(), role: z.enum(roleIds) }),
    response: personSchema,
  },
  ({ scope, params: { id, role } }) => revokeRole(scope, id, role),
);
