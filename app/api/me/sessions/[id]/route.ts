import { z } from "zod";
import { endSession, meOf } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    summary: "Sign out one of my devices",
    tags: ["me"],
    access: "signed-in",
    params: z.object({ id: z.uuid() }),
    response: z.object({ isEnded: z.literal(true) }),
  },
  async ({ caller, viewer, params }) => {
    await endSession(meOf(caller, viewer).accessToken, params.id);
    return { isEnded: true as const };
  },
);
