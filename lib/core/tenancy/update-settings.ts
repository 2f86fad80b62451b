import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { AppError } from "@/lib/kernel/errors";
import { readSettings } from "./read-settings";
import { settingsRepository } from "./settings.repository";
import type { Settings, SettingsPatch } from "./settings.schema";

/** Saves name, colour, zone and language. Raises STALE when someone else saved since the caller read the settings. */
export async function updateSettings(scope: TenantScope, patch: SettingsPatch): Promise<Settings> {
  requirePermission(scope, "tenancy.settings.write");
  const saved = await settingsRepository(scope).update(patch);
  if (!saved) {
    throw new AppError(
      "STALE",
      409,
      "Someone else changed these settings meanwhile. Reload the page and try again.",
    );
  }
  return readSettings(scope);
}
