import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { BatchesTable } from "@/components/programs/loyalty/admin/batches-table";
import { MakeBatchButton } from "@/components/programs/loyalty/admin/make-batch-button";
import { MoneyFindings } from "@/components/programs/loyalty/admin/money-findings";
import { MoneyTable } from "@/components/programs/loyalty/admin/money-table";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { formatMoney } from "@/lib/kernel/money";
import { moneyViews, payoutMethods } from "@/lib/programs/loyalty/contract";
import { listBatches, listMoney } from "@/lib/programs/loyalty/server";

const pageSize = 50;
const views = [...moneyViews, "batches"] as const;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyPayoutsAdmin"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ view: z.enum(views).optional(), after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav] = await Promise.all([getTranslations("loyaltyPayoutsAdmin"), getTranslations("nav")]);
    const view = query.view ?? "due";
    const paging = { cursor: query.after, limit: pageSize };
    const [money, batches] = await Promise.all([
      listMoney(scope, view === "batches" ? { view: "due", limit: pageSize } : { view, ...paging }),
      view === "batches" ? listBatches(scope, paging) : null,
    ]);
    const { slug } = scope.client;
    const locale = scope.viewer?.locale ?? "en";
    const pathname = `/${slug}/admin/loyalty/payouts`;
    const canWrite = scope.can("loyalty.payouts.write");
    const counts: Partial<Record<(typeof views)[number], { count: number; amount: number }>> = money.counts;
    const shown = counts[view];
    const list = batches ?? money;
    const payable = payoutMethods.filter((method) =>
      money.items.some((row) => view === "due" && row.method === method),
    );
    return (
      <ClientMessages rooms={["ui", "loyaltyPayoutsAdmin"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            canWrite && payable.length > 0 ? (
              <>
                {payable.map((method, at) => (
                  <MakeBatchButton key={method} slug={slug} method={method} isPrimary={at === 0} />
                ))}
              </>
            ) : undefined
          }
        />
        <Work label={t("title")}>
          <MoneyFindings list={money} slug={slug} />
          <TabLinks
            label={t("viewsLabel")}
            tabs={views.map((value) => ({
              href: value === "due" ? pathname : `${pathname}?view=${value}`,
              label: t(`views.${value}`),
              count: counts[value]?.count || undefined,
              current: value === view,
            }))}
          />
          <Toolbar label={t(`views.${view}`)}>
            <span className="soft grow">{t(`texts.${view}`)}</span>
            {shown && shown.count > 0 && (
              <b className="end num">{formatMoney(shown.amount, money.currency, locale)}</b>
            )}
          </Toolbar>
          {view === "batches" ? (
            <BatchesTable batches={batches?.items ?? []} slug={slug} locale={locale} />
          ) : (
            <MoneyTable
              view={view}
              list={money}
              slug={slug}
              canWrite={canWrite}
              canReveal={scope.can("loyalty.payouts.reveal")}
            />
          )}
          {(list.next || query.after) && (
            <Pager
              summary={t("range", { shown: list.items.length })}
              next={list.next}
              previous={null}
              size={pageSize}
              pathname={pathname}
              query={query}
            />
          )}
        </Work>
      </ClientMessages>
    );
  },
);
