import { z } from "zod";
import { preferencePatchSchema } from "@/lib/core/notifications/contract";
import { savePreference } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { notificationTypes } from "@/lib/registry/notifications";

export const PUT = route(
  {
    summary: "Choose how I am told about one thing",
    description: "Kinds that protect an account cannot be turned off.",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema, type: z.string().max(120) }),
    body: preferencePatchSchema,
    response: z.null(),
  },
  async ({ scope, params: { type }, body }) => {
    await savePreference(scope, notificationTypes, type, body);
    return null;
  },
);
