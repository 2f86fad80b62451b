import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { ActionButton } from "@/components/ui/action-button";
import { DataTable } from "@/components/ui/data-table";
import { circleCheck } from "@/components/ui/icon-paths";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import type { DeadJob } from "@/lib/core/jobs/contract";
import { listDeadJobs } from "@/lib/core/jobs/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";

export async function generateMetadata() {
  return { title: (await getTranslations("jobs"))("title") };
}

export default page(
  {
    access: { permission: "jobs.log.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(400).optional(), before: z.string().max(400).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, format] = await Promise.all([
      getTranslations("jobs"),
      getTranslations("nav"),
      getFormatter(),
    ]);
    const list = await listDeadJobs(scope, {
      cursor: query.before ?? query.after,
      direction: query.before ? "previous" : "next",
    });
    return (
      <>
        <PageHeader title={t("title")} crumbs={[{ label: nav("business") }]} />
        <Work>
          <DataTable
            label={t("title")}
            caption={t("lead")}
            rows={list.items}
            rowKey={(job) => job.id}
            rowName={(job) => job.task}
            roomy
            empty={
              <EmptyState title={t("emptyTitle")} path={circleCheck}>
                {t("empty")}
              </EmptyState>
            }
            columns={[
              { id: "task", header: t("columns.task"), primary: true, cell: (job: DeadJob) => job.task },
              {
                id: "state",
                header: t("columns.state"),
                phone: "value",
                cell: (job: DeadJob) => (
                  <Badge tone={job.state === "dead" ? "bad" : "plain"}>{t(`states.${job.state}`)}</Badge>
                ),
              },
              {
                id: "error",
                header: t("columns.error"),
                cell: (job: DeadJob) => job.error?.split("\n")[0] ?? t("noReason"),
              },
              {
                id: "attempts",
                header: t("columns.attempts"),
                numeric: true,
                phone: "labelled",
                cell: (job: DeadJob) => job.attempts,
              },
              {
                id: "diedAt",
                header: t("columns.diedAt"),
                cell: (job: DeadJob) =>
                  format.dateTime(parseTimestamp(job.diedAt), { dateStyle: "medium", timeStyle: "short" }),
              },
              {
                id: "action",
                header: t("columns.action"),
                cell: (job: DeadJob) =>
                  job.state === "dead" ? (
                    <ActionButton
                      size="small"
                      label={t("retry")}
                      spoken={t("retryLabel", { task: job.task })}
                      path={`/api/${scope.client.slug}/jobs/${job.id}/retry`}
                      done={t("retried")}
                    />
                  ) : null,
              },
            ]}
          />
          <Pager
            summary={t("count", { count: list.items.length })}
            next={list.next}
            previous={list.previous}
            size={50}
            pathname={`/${scope.client.slug}/admin/jobs`}
            query={query}
          />
        </Work>
      </>
    );
  },
);
