import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { settingsRepository } from "./settings.repository";
import { settingsSchema, type Settings } from "./settings.schema";

/** The business's own settings and which programs are on. Raises FORBIDDEN without `tenancy.settings.read`. */
export async function readSettings(scope: TenantScope): Promise<Settings> {
  requirePermission(scope, "tenancy.settings.read");
  const { row, programs } = await settingsRepository(scope).find();
  return settingsSchema.parse({
    id: row.id,
    slug: row.slug,
    name: row.name,
    brandColor: row.brand_color,
    timeZone: row.time_zone,
    currency: row.currency,
    locale: row.locale,
    updatedAt: row.updated_at,
    programs: programs.map((entry) => ({ program: entry.program, isEnabled: entry.is_enabled })),
  });
}
