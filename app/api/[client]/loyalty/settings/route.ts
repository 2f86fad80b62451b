import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { loyaltySettingsPatchSchema, loyaltySettingsSchema } from "@/lib/programs/loyalty/contract";
import { readLoyaltySettings, updateLoyaltySettings } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the loyalty settings",
    tags: ["loyalty"],
    access: { permission: "loyalty.settings.read" },
    params: z.object({ client: slugSchema }),
    response: loyaltySettingsSchema,
  },
  ({ scope }) => readLoyaltySettings(scope),
);

export const PATCH = route(
  {
    summary: "Change the loyalty settings",
    tags: ["loyalty"],
    access: { permission: "loyalty.settings.write" },
    params: z.object({ client: slugSchema }),
    body: loyaltySettingsPatchSchema,
    response: loyaltySettingsSchema,
  },
  ({ scope, body }) => updateLoyaltySettings(scope, body),
);
