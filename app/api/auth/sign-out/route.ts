import { z } from "zod";
import { signOut } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Sign out",
    description: "Here, or everywhere. Works also when the session has ended already.",
    tags: ["auth"],
    access: "public",
    body: z.object({ where: z.enum(["here", "everywhere"]).default("here") }),
    response: z.object({ isSignedOut: z.literal(true) }),
    limit: "write",
  },
  async ({ body, caller }) => {
    await signOut(caller?.accessToken ?? null, body.where);
    return { isSignedOut: true as const };
  },
);
