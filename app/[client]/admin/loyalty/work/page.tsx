import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { WorkTable } from "@/components/programs/loyalty/admin/work-table";
import { BulkReport } from "@/components/programs/loyalty/admin/bulk-report";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { Figures, Stat } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { formatNumber } from "@/lib/kernel/money";
import { workKinds } from "@/lib/programs/loyalty/contract";
import { readWork } from "@/lib/programs/loyalty/server";

const pageSize = 50;
const kind = z.enum(workKinds);
const several = z.union([z.array(kind), kind.transform((one) => [one])]);

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyFulfilment.work"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ kind: several.optional(), after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const [t, all, nav, work] = await Promise.all([
      getTranslations("loyaltyFulfilment.work"),
      getTranslations("loyaltyFulfilment"),
      getTranslations("nav"),
      readWork(scope, { kinds: query.kind, cursor: query.after, limit: pageSize }),
    ]);
    const { slug, currency } = scope.client;
    const pathname = `/${slug}/admin/loyalty/work`;
    const sum = (of: "open" | "soon" | "overdue") =>
      work.counts.reduce((total, count) => total + count[of], 0);
    const hasParcels = work.counts.some(({ kind, open }) => kind === "gift_ship" && open > 0);
    const locale = scope.viewer?.locale ?? "en";
    const share = work.onTime.due === 0 ? null : work.onTime.onTime / work.onTime.due;
    return (
      <ClientMessages rooms={["ui", "loyaltyFulfilment"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            <>
              {scope.can("loyalty.redemptions.fulfil") && hasParcels && (
                <LinkButton
                  href={`/api/${slug}/loyalty/redemptions/packing-list`}
                  external
                  download
                  size="small"
                >
                  {t("packing")}
                </LinkButton>
              )}
              <LinkButton href={`/${slug}/admin/loyalty/redemptions`} size="small">
                {all("list.title")}
              </LinkButton>
            </>
          }
        />
        <Work label={t("title")}>
          <Figures label={t("title")}>
            <Stat label={t("late")} value={sum("overdue")} note={t("lateNote")} />
            <Stat label={t("soon")} value={sum("soon")} note={t("soonNote")} />
            <Stat label={t("open")} value={sum("open")} note={t("openNote", { held: work.held })} />
            <Stat
              label={t("onTime")}
              value={
                share === null
                  ? "–"
                  : formatNumber(share, locale, { style: "percent", maximumFractionDigits: 1 })
              }
              note={share === null ? t("onTimeNone") : t("onTimeNote", work.onTime)}
            />
          </Figures>
          <Toolbar label={t("title")}>
            <FilterChips
              pathname={pathname}
              query={query}
              or={t("or")}
              filters={[
                {
                  key: "kind",
                  label: t("kindIs"),
                  several: true,
                  options: workKinds.map((value) => ({ value, label: all(`kinds.${value}`) })),
                },
              ]}
            />
          </Toolbar>
          <WorkTable
            items={work.items}
            slug={slug}
            currency={currency}
            now={clock.now()}
            pathname={pathname}
            isFiltered={query.kind !== undefined}
            canFulfil={scope.can("loyalty.redemptions.fulfil")}
          />
          <BulkReport />
          <Pager
            summary={t("range", { shown: work.items.length })}
            next={work.next}
            previous={null}
            size={pageSize}
            pathname={pathname}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
