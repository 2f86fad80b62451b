import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmailViews } from "@/components/core/email/email-views";
import { UnblockButton } from "@/components/core/email/unblock-button";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import { Toolbar } from "@/components/ui/toolbar";
import type { BlockedAddress } from "@/lib/core/email/contract";
import { listBlockedAddresses } from "@/lib/core/email/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";

export async function generateMetadata() {
  return { title: (await getTranslations("email"))("blocked.title") };
}

export default page(
  {
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(400).optional(), before: z.string().max(400).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, format] = await Promise.all([
      getTranslations("email.blocked"),
      getTranslations("nav"),
      getFormatter(),
    ]);
    const { slug } = scope.client;
    const base = `/${slug}/admin/emails`;
    const list = await listBlockedAddresses(scope, {
      cursor: query.before ?? query.after,
      direction: query.before ? "previous" : "next",
    });
    return (
      <ClientMessages rooms={["ui", "email"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("business") }, { label: nav("emails"), href: base }]}
        />
        <Work>
          <EmailViews base={base} current="blocked" />
          <Toolbar label={t("title")}>
            <span className="soft grow">{t("text")}</span>
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={t("lead")}
            rows={list.items}
            rowKey={(one) => one.id}
            rowName={(one) => one.address}
            roomy
            empty={<EmptyState title={t("emptyTitle")}>{t("empty")}</EmptyState>}
            columns={[
              {
                id: "address",
                header: t("columns.address"),
                primary: true,
                cell: (one: BlockedAddress) => one.address,
              },
              {
                id: "reason",
                header: t("columns.reason"),
                cell: (one: BlockedAddress) => (
                  <Badge tone={one.reason === "bounced" ? "bad" : "warn"}>{t(`reasons.${one.reason}`)}</Badge>
                ),
              },
              {
                id: "since",
                header: t("columns.since"),
                phone: "value",
                cell: (one: BlockedAddress) =>
                  format.dateTime(parseTimestamp(one.since), { dateStyle: "medium", timeStyle: "short" }),
              },
              {
                id: "subject",
                header: t("columns.subject"),
                phone: "labelled",
                cell: (one: BlockedAddress) => one.subject ?? <span className="muted">{t("unknown")}</span>,
              },
              {
                id: "action",
                header: t("columns.action"),
                cell: (one: BlockedAddress) =>
                  one.reason === "bounced" ? (
                    <UnblockButton slug={slug} id={one.id} address={one.address} />
                  ) : null,
              },
            ]}
          />
          <Pager
            summary={t("count", { count: list.items.length })}
            next={list.next}
            previous={list.previous}
            size={50}
            pathname={`${base}/blocked`}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
