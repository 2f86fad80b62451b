import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import { readReport } from "./read-report";
import { reportLines } from "./report-lines";
import { printReport } from "./print-report";
import type { ReportQuery } from "./report.schema";

interface ReportFile {
  name: string;
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}

/** The report as a file: CSV for a spreadsheet, PDF to read and hand on. */
export async function exportReport(
  scope: TenantScope,
  { format, ...query }: ReportQuery & { format: "csv" | "pdf" },
): Promise<ReportFile> {
  const { span, report } = await readReport(scope, query);
  const name = `${scope.client.slug}-report-${span.key ?? `${span.from}-to-${span.to}`}.${format}`;
  if (format === "pdf")
    return { name, type: "application/pdf", body: await printReport(report, scope.client) };
  const money = (minor: number | null) => (minor === null ? "" : decimalText(minor, scope.client.currency));
  return {
    name,
    type: "text/csv; charset=utf-8",
    body: toCsv(reportLines(report), [
      { header: "from", value: () => report.from },
      { header: "to", value: () => report.to },
      { header: "section", value: (row) => row.section },
      { header: "item", value: (row) => row.item },
      { header: "detail", value: (row) => row.detail },
      { header: "count", value: (row) => row.count },
      { header: "amount", value: (row) => money(row.amount) },
      { header: "currency", value: (row) => (row.amount === null ? "" : scope.client.currency) },
    ]),
  };
}
