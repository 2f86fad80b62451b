import { z } from "zod";
import { invitedSchema } from "@/lib/core/people/contract";
import { resendInvitation } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Send an invitation again",
    description: "A new link and 7 new days; the earlier link stops working.",
    tags: ["people"],
    access: { permission: "people.invitations.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: invitedSchema,
  },
  ({ scope, params: { id } }) => resendInvitation(scope, id),
);
