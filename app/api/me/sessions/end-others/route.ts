import { z } from "zod";
import { endOtherSessions, meOf } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Sign out everywhere else",
    tags: ["me"],
    access: "signed-in",
    response: z.object({ ended: z.number().int() }),
  },
  async ({ caller, viewer }) => ({ ended: await endOtherSessions(meOf(caller, viewer).accessToken) }),
);
