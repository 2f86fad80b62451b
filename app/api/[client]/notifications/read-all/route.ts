import { z } from "zod";
import { markAllReadSchema } from "@/lib/core/notifications/contract";
import { markAllNotificationsRead } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Mark all my notifications read",
    description: "Up to the given moment, so that what came in since the list was drawn stays unread.",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    body: markAllReadSchema,
    response: z.object({ marked: z.number().int() }),
  },
  ({ scope, body }) => markAllNotificationsRead(scope, body.until ?? null),
);
