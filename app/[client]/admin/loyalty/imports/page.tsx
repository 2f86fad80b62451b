import "@/components/programs/loyalty/imports/imports.css";
import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { FetchNow } from "@/components/programs/loyalty/imports/fetch-now";
import { UploadImport } from "@/components/programs/loyalty/imports/upload-import";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { Badge, type Tone } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";
import { type RunState, runStates } from "@/lib/programs/loyalty/contract";
import { listRuns, readSource } from "@/lib/programs/loyalty/server";

const pageSize = 25;
const tones: Partial<Record<RunState, Tone>> = {
  checked: "info",
  needs_confirmation: "warn",
  failed: "bad",
  saved: "ok",
};

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyImports"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      state: z.enum(runStates).optional(),
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, format, source, runs] = await Promise.all([
      getTranslations("loyaltyImports"),
      getTranslations("nav"),
      getFormatter(),
      readSource(scope),
      listRuns(scope, {
        state: query.state,
        cursor: query.after ?? query.before,
        direction: query.before ? "previous" : "next",
        limit: pageSize,
      }),
    ]);
    const { slug } = scope.client;
    const base = `/${slug}/admin/loyalty/imports`;
    const canWrite = scope.can("loyalty.imports.write");
    return (
      <ClientMessages rooms={["ui", "loyaltyImports"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            <>
              <LinkButton href={`${base}/mapping`} size="small">
                {t("columnsLink")}
              </LinkButton>
              <LinkButton href={`${base}/source`} size="small">
                {t("sourceLink")}
              </LinkButton>
              {canWrite && source.kind !== "upload" && <FetchNow slug={slug} />}
            </>
          }
        />
        <Work label={t("title")}>
          {canWrite && (
            <div className="pad border-line stack border-b py-4">
              <p className="soft">{t("lead")}</p>
              <div className="max-w-2xl">
                <UploadImport slug={slug} />
              </div>
            </div>
          )}
          <Toolbar label={t("listTitle")}>
            <FilterChips
              pathname={base}
              query={query}
              or=""
              filters={[
                {
                  key: "state",
                  label: t("filterState"),
                  options: runStates.map((value) => ({ value, label: t(`states.${value}`) })),
                },
              ]}
            />
          </Toolbar>
          <DataTable
            label={t("listTitle")}
            caption={t("caption")}
            rows={runs.items}
            rowKey={(run) => run.id}
            rowName={(run) => run.fileName}
            rowHref={(run) => `${base}/${run.id}`}
            still
            empty={
              query.state ? (
                <EmptyState
                  title={t("noMatchTitle")}
                  actions={
                    <LinkButton href={base} size="small">
                      {t("clearFilter")}
                    </LinkButton>
                  }
                >
                  {t("noMatchText")}
                </EmptyState>
              ) : (
                <EmptyState title={t("emptyTitle")}>{t("emptyText")}</EmptyState>
              )
            }
            columns={[
              {
                id: "file",
                header: t("columns.file"),
                primary: true,
                cell: (run) => (
                  <>
                    {run.fileName}{" "}
                    <span className="muted">
                      {run.isUnattended ? t("nightly") : t(`sources.${run.source}`)}
                    </span>
                  </>
                ),
              },
              {
                id: "state",
                header: t("columns.state"),
                phone: "value",
                cell: (run) => <Badge tone={tones[run.state] ?? "plain"}>{t(`states.${run.state}`)}</Badge>,
              },
              {
                id: "night",
                header: t("columns.night"),
                phone: "hide",
                cell: (run) =>
                  format.dateTime(new Date(`${run.businessDate}T00:00:00Z`), {
                    dateStyle: "medium",
                    timeZone: "UTC",
                  }),
              },
              {
                id: "rows",
                header: t("columns.rows"),
                numeric: true,
                phone: "labelled",
                cell: (run) => format.number(run.rowsRead),
              },
              {
                id: "effect",
                header: t("columns.effect"),
                numeric: true,
                phone: "labelled",
                cell: (run) => format.number(run.rowsNew + run.rowsChanged),
              },
              {
                id: "leftOut",
                header: t("columns.leftOut"),
                numeric: true,
                phone: "hide",
                cell: (run) => format.number(run.rowsUnmatched + run.rowsRejected + run.rowsDuplicate),
              },
              {
                id: "when",
                header: t("columns.when"),
                cell: (run) =>
                  format.dateTime(parseTimestamp(run.createdAt), { dateStyle: "medium", timeStyle: "short" }),
              },
            ]}
          />
          <Pager
            summary={`${t("order")} ${t("range", { count: runs.items.length })}`}
            next={runs.next}
            previous={runs.previous}
            size={pageSize}
            pathname={base}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
