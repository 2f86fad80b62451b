import { z } from "zod";
import { settingsPatchSchema, settingsSchema } from "@/lib/core/tenancy/contract";
import { readSettings, updateSettings } from "@/lib/core/tenancy/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

const params = z.object({ client: slugSchema });

export const GET = route(
  {
    summary: "Read the business settings",
    tags: ["tenancy"],
    access: { permission: "tenancy.settings.read" },
    params,
    response: settingsSchema,
  },
  ({ scope }) => readSettings(scope),
);

export const PATCH = route(
  {
    summary: "Change the business settings",
    description: "409 STALE when someone else saved since `updatedAt`.",
    tags: ["tenancy"],
    access: { permission: "tenancy.settings.write" },
    params,
    body: settingsPatchSchema,
    response: settingsSchema,
  },
  ({ scope, body }) => updateSettings(scope, body),
);
