import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

/** Send a dead job round again with all its attempts. The function locks the row, so two clicks queue it once. */
export async function retryDeadJob(scope: TenantScope, id: string): Promise<void> {
  requirePermission(scope, "jobs.log.read");
  await scope.rpc("jobs_retry_job", { p_client: scope.client.id, p_id: id });
}
