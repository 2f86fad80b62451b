import { z } from "zod";
import { updateMeSchema } from "@/lib/core/auth/contract";
import { meOf, updateMe } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Who am I",
    tags: ["me"],
    access: "signed-in",
    response: z.object({ userId: z.uuid(), email: z.string(), sessionId: z.string().nullable() }),
  },
  ({ caller, viewer }) => {
    const { userId, email, sessionId } = meOf(caller, viewer);
    return { userId, email, sessionId };
  },
);

export const PATCH = route(
  {
    summary: "Change my name, time zone or region",
    description: "In every business I belong to.",
    tags: ["me"],
    access: "signed-in",
    body: updateMeSchema,
    response: z.object({ businesses: z.number().int() }),
  },
  ({ caller, viewer, body }) => updateMe(meOf(caller, viewer).accessToken, body),
);
