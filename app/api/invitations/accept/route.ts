import { z } from "zod";
import { acceptedSchema } from "@/lib/core/people/contract";
import { acceptInvitation } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { unauthenticated } from "@/lib/kernel/errors";

export const POST = route(
  {
    summary: "Accept an invitation",
    description: "Binds the caller's login to the invited person, once. A repeat answers the same.",
    tags: ["people"],
    access: "signed-in",
    body: z.object({ token: z.string().min(20).max(100) }),
    response: acceptedSchema,
  },
  ({ caller, body }) => {
    if (!caller) throw unauthenticated();
    return acceptInvitation(caller.accessToken, body.token);
  },
);
