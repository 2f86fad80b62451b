import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { AuditChange } from "@/components/core/audit/audit-change";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { auditedTables, type AuditEntry } from "@/lib/core/audit/contract";
import { listAuditLog } from "@/lib/core/audit/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";

const pageSize = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("audit"))("title") };
}

export default page(
  {
    access: { permission: "audit.log.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      table: z.enum(auditedTables).optional(),
      person: z.uuid().optional(),
      after: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, format] = await Promise.all([
      getTranslations("audit"),
      getTranslations("nav"),
      getFormatter(),
    ]);
    const base = `/${scope.client.slug}/admin/audit`;
    const log = await listAuditLog(scope, {
      table: query.table,
      person: query.person,
      cursor: query.after,
      limit: pageSize,
    });
    const tableName = (table: string) =>
      t.has(`tables.${table as "people"}`) ? t(`tables.${table as "people"}`) : table;
    const who = (entry: AuditEntry) =>
      entry.actorName ??
      (entry.actor === "person" ? t("someone") : entry.actor.startsWith("job:") ? t("job") : t("system"));
    return (
      <ClientMessages rooms={["ui"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("business") }]} />
        <Work>
          <Toolbar label={t("title")}>
            <FilterChips
              pathname={base}
              query={query}
              or=""
              filters={[
                {
                  key: "table",
                  label: t("filterTable", { table: "" }).trim(),
                  options: auditedTables.map((value) => ({ value, label: tableName(value) })),
                },
              ]}
            />
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={`${t("caption")}. ${t("order")}`}
            rows={log.items}
            rowKey={(entry) => entry.id}
            rowName={(entry) => `${t(`actions.${entry.action}`)} ${tableName(entry.tableName)}`}
            roomy
            empty={
              query.table || query.person ? (
                <EmptyState
                  title={t("noMatchTitle")}
                  actions={
                    <LinkButton href={base} size="small">
                      {t("newest")}
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
                id: "what",
                header: t("columns.what"),
                primary: true,
                cell: (entry) => (
                  <>
                    {t(`actions.${entry.action}`)} <span className="muted">{tableName(entry.tableName)}</span>
                  </>
                ),
              },
              { id: "who", header: t("columns.who"), cell: who },
              {
                id: "when",
                header: t("columns.when"),
                phone: "value",
                cell: (entry) =>
                  format.dateTime(parseTimestamp(entry.createdAt), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  }),
              },
              { id: "changes", header: t("columns.changes"), cell: (entry) => <AuditChange entry={entry} /> },
            ]}
          />
          <Pager
            summary={t("order")}
            next={log.next}
            previous={null}
            size={pageSize}
            pathname={base}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
