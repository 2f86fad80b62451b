import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { settingsRepository } from "./settings.repository";

/** Turns a program on or off. Off answers 404 everywhere from the next request; its data stays. */
export async function setProgram(scope: TenantScope, program: string, isEnabled: boolean) {
  requirePermission(scope, "tenancy.settings.write");
  const row = await settingsRepository(scope).setProgram(program, isEnabled);
  return { program: row.program, isEnabled: row.is_enabled };
}
