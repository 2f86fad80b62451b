import { getFormatter, getTranslations } from "next-intl/server";
import Link from "next/link";
import { z } from "zod";
import { ReleaseDialog, UpholdDialog } from "@/components/programs/loyalty/admin/hold-dialogs";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tabs";
import { Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { formatMoney } from "@/lib/kernel/money";
import { parseTimestamp } from "@/lib/kernel/time";
import { holdStates } from "@/lib/programs/loyalty/contract";
import { listHolds } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyHolds"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.holds.resolve" },
    params: z.object({ client: slugSchema }),
    query: z.object({ state: z.enum(holdStates).default("open"), after: z.string().max(300).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, format, holds] = await Promise.all([
      getTranslations("loyaltyHolds"),
      getTranslations("nav"),
      getFormatter(),
      listHolds(scope, { state: query.state, cursor: query.after, limit: 50 }),
    ]);
    const { slug, currency } = scope.client;
    const locale = scope.viewer?.locale ?? "en";
    const pathname = `/${slug}/admin/loyalty/holds`;
    const when = (at: string) =>
      format.dateTime(parseTimestamp(at), { dateStyle: "medium", timeStyle: "short" });
    const inUrl = query.state === "open" ? {} : { state: query.state };
    return (
      <ClientMessages rooms={["ui", "loyaltyHolds"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("loyalty") }]} />
        <Work label={t("title")}>
          <TabLinks
            label={t("which")}
            tabs={holdStates.map((value) => ({
              href: value === "open" ? pathname : `${pathname}?state=${value}`,
              label: t(`states.${value}`),
              current: value === query.state,
            }))}
          />
          <Toolbar label={t(`states.${query.state}`)}>
            <span className="soft grow">{t(`texts.${query.state}`)}</span>
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={t("order")}
            rows={holds.items}
            rowKey={(hold) => hold.id}
            rowName={(hold) => hold.creators.map(({ handle }) => `@${handle}`).join(", ")}
            roomy
            empty={
              <EmptyState title={t(query.state === "open" ? "emptyTitle" : "emptyFiltered")}>
                {t("emptyText")}
              </EmptyState>
            }
            columns={[
              {
                id: "who",
                header: t("columns.who"),
                primary: true,
                className: "whitespace-normal",
                cell: (hold) => (
                  <span>
                    {hold.creators.map(({ id, handle, name }) => (
                      <span className="block" key={id}>
                        <Link href={`/${slug}/admin/loyalty/creators/${id}`} prefetch={false}>
                          <b>@{handle}</b>
                        </Link>{" "}
                        <span className="sub">{name}</span>
                      </span>
                    ))}
                  </span>
                ),
              },
              {
                id: "reason",
                header: t("columns.reason"),
                className: "whitespace-normal",
                cell: (hold) => (
                  <>
                    {t(`reasons.${hold.reason}`)} <span className="sub">{hold.evidence}</span>
                  </>
                ),
              },
              {
                id: "stake",
                header: t("columns.stake"),
                phone: "value",
                cell: (hold) =>
                  t("stake", {
                    count: hold.creators.reduce((sum, { claims }) => sum + claims, 0),
                    worth: formatMoney(
                      hold.creators.reduce((sum, { worth }) => sum + worth, 0),
                      currency,
                      locale,
                    ),
                  }),
              },
              { id: "when", header: t("columns.when"), cell: (hold) => when(hold.openedAt) },
              {
                id: "act",
                header: t("columns.decision"),
                className: "whitespace-normal",
                cell: (hold) =>
                  hold.state === "open" ? (
                    <span className="row">
                      <ReleaseDialog slug={slug} hold={hold} />
                      <UpholdDialog slug={slug} hold={hold} />
                    </span>
                  ) : (
                    <>
                      <Badge tone={hold.state === "released" ? "ok" : "plain"}>
                        {t(`states.${hold.state}`)}
                      </Badge>{" "}
                      {hold.resolutionNote}{" "}
                      <span className="sub">
                        {t("resolved", {
                          by: hold.resolvedBy ?? "",
                          when: hold.resolvedAt ? when(hold.resolvedAt) : "",
                        })}
                      </span>
                    </>
                  ),
              },
            ]}
          />
          {holds.items.length > 0 && (
            <Pager
              pathname={pathname}
              query={{ ...inUrl, after: query.after }}
              summary={t("order")}
              next={holds.next}
              previous={null}
              size={50}
            />
          )}
        </Work>
      </ClientMessages>
    );
  },
);
