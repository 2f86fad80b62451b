import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

/** Queue a failed mail again. The function locks the row and refuses any other state. */
export async function resendEmail(scope: TenantScope, id: string): Promise<void> {
  requirePermission(scope, "email.log.read");
  await scope.rpc("email_resend_email", { p_client: scope.client.id, p_id: id });
}
