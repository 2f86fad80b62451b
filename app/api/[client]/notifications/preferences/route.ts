import { z } from "zod";
import { preferenceSchema } from "@/lib/core/notifications/contract";
import { listPreferences } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { notificationTypes } from "@/lib/registry/notifications";

export const GET = route(
  {
    summary: "Read how I am told",
    description: "Every kind of notification the caller can receive here, with their choice.",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    response: z.array(preferenceSchema),
  },
  ({ scope }) => listPreferences(scope, notificationTypes),
);
