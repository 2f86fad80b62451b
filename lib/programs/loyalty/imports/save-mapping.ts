import "server-only";
import { requirePermission, type TenantScope, unwrap } from "@/lib/db/tenant-scope";
import type { ColumnMapping } from "./reading/match-header";
import { savedMappingSchema, type SavedMapping } from "./run.schema";

export async function readMapping(scope: TenantScope): Promise<SavedMapping> {
  requirePermission(scope, "loyalty.imports.read");
  const row = unwrap(await scope.table("loyalty_import_mappings").select("columns, version").maybeSingle());
  return savedMappingSchema.parse(row ?? { columns: {}, version: 0 });
}

/** An empty name means "the one you know": only what differs is stored. */
export async function saveMapping(scope: TenantScope, columns: ColumnMapping): Promise<SavedMapping> {
  requirePermission(scope, "loyalty.imports.write");
  const kept = Object.fromEntries(Object.entries(columns).filter(([, name]) => name !== ""));
  const version = await scope.rpc("loyalty_save_mapping", { p_client: scope.client.id, p_columns: kept });
  return { columns: kept as SavedMapping["columns"], version: version as number };
}
