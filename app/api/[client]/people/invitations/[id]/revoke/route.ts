import { z } from "zod";
import { revokeInvitation } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Take an invitation back",
    tags: ["people"],
    access: { permission: "people.invitations.write" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.object({ id: z.uuid(), state: z.literal("revoked") }),
  },
  ({ scope, params: { id } }) => revokeInvitation(scope, id),
);
