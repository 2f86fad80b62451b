import { z } from "zod";
import { personSchema } from "@/lib/core/people/contract";
import { setPersonState } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Deactivate or reactivate a person",
    tags: ["people"],
    access: { permission: "people.people.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: z.object({ state: z.enum(["active", "deactivated"]) }),
    response: personSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => setPersonState(scope, id, body.state),
);
