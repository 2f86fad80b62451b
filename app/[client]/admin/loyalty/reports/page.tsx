import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { ReportMailsForm } from "@/components/programs/loyalty/admin/report-mails-form";
import { ReportSpanBar } from "@/components/programs/loyalty/admin/report-span-bar";
import { ReportView } from "@/components/programs/loyalty/admin/report-view";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { reportQuerySchema } from "@/lib/programs/loyalty/contract";
import { readFreshness, readReport, readReportMails } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyReports.page"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.reports.read" },
    params: z.object({ client: slugSchema }),
    query: reportQuerySchema,
  },
  async ({ scope, query: given }) => {
    // Half a span, or one the wrong way round, is no reason for an error page: the month so far is shown.
    const { from, to } = given;
    const days = from !== undefined && to !== undefined && from <= to && daysBetween(from, to) <= 400;
    const query = days || given.month || given.quarter ? given : {};
    const [t, nav, { span, report }, mails, freshness] = await Promise.all([
      getTranslations("loyaltyReports.page"),
      getTranslations("nav"),
      readReport(scope, query),
      readReportMails(scope),
      readFreshness(scope),
    ]);
    const { slug, currency, timeZone } = scope.client;
    const exportPath = `/api/${slug}/loyalty/reports/export`;
    const address = { ...query };
    return (
      <ClientMessages rooms={["ui", "loyaltyReports"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            <>
              <LinkButton
                href={withQuery(exportPath, address, { format: "csv" })}
                external
                size="small"
                download
              >
                {t("csv")}
              </LinkButton>
              <LinkButton
                href={withQuery(exportPath, address, { format: "pdf" })}
                external
                size="small"
                download
              >
                {t("pdf")}
              </LinkButton>
            </>
          }
        />
        <Work label={t("title")}>
          <AdminStale state={freshness} slug={slug} />
          <ReportSpanBar
            span={span}
            pathname={`/${slug}/admin/loyalty/reports`}
            today={dateIn(timeZone, clock.now())}
          />
          <ReportView report={report} currency={currency} />
          <ReportMailsForm slug={slug} people={mails.people} />
        </Work>
      </ClientMessages>
    );
  },
);

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
