import "server-only";
import { unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import type { SettingsPatch } from "./settings.schema";

const columns = "id, slug, name, brand_color, time_zone, currency, locale, updated_at";

interface SettingsRow {
  id: string;
  slug: string;
  name: string;
  brand_color: string;
  time_zone: string;
  currency: string;
  locale: string;
  updated_at: string;
}

interface ProgramRow {
  program: string;
  is_enabled: boolean;
}

export function settingsRepository(scope: TenantScope) {
  return {
    async find() {
      const [row, programs] = await Promise.all([
        scope.table("clients").select(columns).single(),
        scope.table("client_programs").select("program, is_enabled").order("program"),
      ]);
      return {
        row: unwrap(row) as unknown as SettingsRow,
        programs: unwrap(programs) as unknown as ProgramRow[],
      };
    },
    /** Touches the row only if it is still as the caller saw it. Returns null when it is not. */
    async update({ updatedAt, ...patch }: SettingsPatch) {
      const answer = await scope
        .table("clients")
        .update({
          name: patch.name,
          brand_color: patch.brandColor,
          time_zone: patch.timeZone,
          locale: patch.locale,
        })
        .eq("updated_at", updatedAt)
        .select("id")
        .maybeSingle();
      return unwrap(answer) as { id: string } | null;
    },
    async setProgram(program: string, isEnabled: boolean) {
      const answer = await scope
        .table("client_programs")
        .update({ is_enabled: isEnabled })
        .eq("program", program)
        .select("program, is_enabled")
        .single();
      return unwrap(answer) as unknown as ProgramRow;
    },
  };
}
