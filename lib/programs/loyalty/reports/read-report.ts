import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { clock } from "@/lib/kernel/clock";
import { invalidField } from "@/lib/kernel/errors";
import { dateIn } from "@/lib/kernel/time";
import { reportSchema, type Report, type ReportQuery } from "./report.schema";
import { reportSpan, type ReportSpan } from "./report-span";

/** The report of the days an address asks for, in the zone of the business. */
export async function readReport(
  scope: TenantScope,
  query: ReportQuery,
): Promise<{ span: ReportSpan; report: Report }> {
  requirePermission(scope, "loyalty.reports.read");
  if ((query.from === undefined) !== (query.to === undefined))
    throw invalidField(query.from === undefined ? "from" : "to", "Choose the first and the last day.");
  const span = reportSpan(query, dateIn(scope.client.timeZone, clock.now()));
  const found = await scope.rpc("loyalty_read_report", {
    p_client: scope.client.id,
    p_from: span.from,
    p_to: span.to,
  });
  return { span, report: reportSchema.parse(found) };
}
