import { z } from "zod";
import { notificationListQuerySchema, notificationPageSchema } from "@/lib/core/notifications/contract";
import { listNotifications } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { notificationTypes } from "@/lib/registry/notifications";

export const GET = route(
  {
    summary: "List my notifications",
    description: "Newest first, worded for the caller.",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    query: notificationListQuerySchema,
    response: notificationPageSchema,
  },
  ({ scope, query }) => listNotifications(scope, notificationTypes, query),
);
