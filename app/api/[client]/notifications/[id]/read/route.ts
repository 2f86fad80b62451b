import { z } from "zod";
import { markNotificationRead } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Mark a notification read",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.null(),
  },
  async ({ scope, params: { id } }) => {
    await markNotificationRead(scope, id);
    return null;
  },
);
