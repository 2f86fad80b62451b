import { z } from "zod";
import { invitedSchema, inviteSchema } from "@/lib/core/people/contract";
import { invitePerson } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Invite a person",
    description: "By e-mail, or by a link to hand over when the person is already known. 7 days, one use.",
    tags: ["people"],
    access: { permission: "people.invitations.write" },
    params: z.object({ client: slugSchema }),
    body: inviteSchema,
    response: invitedSchema,
    status: 201,
  },
  ({ scope, body }) => invitePerson(scope, body),
);
