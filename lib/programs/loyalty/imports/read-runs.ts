import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Page } from "@/lib/kernel/paging";
import { runRepository } from "./run.repository";
import type { Run, RunQuery, RunRow, RunRowQuery, RunSummary } from "./run.schema";

const permission = "loyalty.imports.read";

export async function listRuns(scope: TenantScope, query: RunQuery): Promise<Page<RunSummary>> {
  requirePermission(scope, permission);
  return runRepository(scope).list(query);
}

export async function readRunPage(scope: TenantScope, id: string): Promise<Run> {
  requirePermission(scope, permission);
  return runRepository(scope).findById(id);
}

export async function listRunRows(
  scope: TenantScope,
  id: string,
  query: RunRowQuery,
): Promise<{ items: RunRow[]; next: string | null }> {
  requirePermission(scope, permission);
  const repository = runRepository(scope);
  // Rows of another business's run are invisible anyway; this makes the answer 404 and not an empty list.
  await repository.findById(id);
  return repository.listRows(id, query);
}
