import { z } from "zod";

export const programIds = ["loyalty", "launch", "care", "clinic", "academy", "portal"] as const;

const timeZone = z
  .string()
  .max(64)
  .refine(
    (zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC",
    "Choose a time zone from the list.",
  );

export const settingsSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  brandColor: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  locale: z.string(),
  programs: z.array(z.object({ program: z.enum(programIds), isEnabled: z.boolean() })),
  /** When the row last changed; sent back with a change so that two open tabs cannot overwrite each other. */
  updatedAt: z.string(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z.object({
  name: z.string().trim().min(2, "Use at least 2 characters.").max(80, "Use 80 characters or fewer."),
  brandColor: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, "Write the colour as # and six digits, like #b3265f."),
  timeZone,
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "Choose a language from the list."),
  updatedAt: z.string(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const programPatchSchema = z.object({ isEnabled: z.boolean() });
