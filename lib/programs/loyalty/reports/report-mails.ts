import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { reportMailsSchema, type ReportMails, type ReportMailsInput } from "./report.schema";

/** Everybody who may see reports, and who gets which by mail. */
export async function readReportMails(scope: TenantScope): Promise<ReportMails> {
  requirePermission(scope, "loyalty.reports.read");
  const people = await scope.rpc("loyalty_read_report_mails", { p_client: scope.client.id });
  return reportMailsSchema.parse({ people });
}

export async function saveReportMails(scope: TenantScope, input: ReportMailsInput): Promise<ReportMails> {
  requirePermission(scope, "loyalty.reports.read");
  const people = await scope.rpc("loyalty_save_report_mails", {
    p_client: scope.client.id,
    p_weekly: input.weekly,
    p_monthly: input.monthly,
  });
  return reportMailsSchema.parse({ people });
}
