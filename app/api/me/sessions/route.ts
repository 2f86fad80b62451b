import { z } from "zod";
import { sessionSchema } from "@/lib/core/auth/contract";
import { listSessions, meOf } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Where I am signed in",
    tags: ["me"],
    access: "signed-in",
    response: z.object({ items: z.array(sessionSchema) }),
  },
  async ({ caller, viewer }) => ({ items: await listSessions(meOf(caller, viewer).accessToken) }),
);
