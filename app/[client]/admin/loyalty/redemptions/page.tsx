import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ClaimsTable } from "@/components/programs/loyalty/admin/claims-table";
import { BulkReport } from "@/components/programs/loyalty/admin/bulk-report";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { withQuery } from "@/components/ui/query";
import { SearchField } from "@/components/ui/search-field";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { redemptionSources, redemptionStates, rewardKinds } from "@/lib/programs/loyalty/contract";
import { listRedemptions } from "@/lib/programs/loyalty/server";

const pageSize = 50;
const several = <T extends z.ZodType>(one: T) =>
  z.union([z.array(one), one.transform((value) => [value])]).optional();

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyFulfilment.list"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      q: z.string().trim().max(100).optional(),
      state: several(z.enum(redemptionStates)),
      kind: several(z.enum(rewardKinds)),
      source: several(z.enum(redemptionSources)),
      held: z.literal("yes").optional(),
      overdue: z.literal("yes").optional(),
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, all, nav, claims] = await Promise.all([
      getTranslations("loyaltyFulfilment.list"),
      getTranslations("loyaltyFulfilment"),
      getTranslations("nav"),
      listRedemptions(scope, {
        q: query.q,
        states: query.state,
        kinds: query.kind,
        sources: query.source,
        held: query.held ? true : undefined,
        overdue: query.overdue ? true : undefined,
        cursor: query.after ?? query.before,
        limit: pageSize,
      }),
    ]);
    const { slug, currency } = scope.client;
    const pathname = `/${slug}/admin/loyalty/redemptions`;
    const exported = {
      q: query.q ?? null,
      states: query.state?.join(",") ?? null,
      kinds: query.kind?.join(",") ?? null,
      sources: query.source?.join(",") ?? null,
      held: query.held ?? null,
      overdue: query.overdue ?? null,
    };
    const { after: _after, before: _before, ...filters } = query;
    return (
      <ClientMessages rooms={["ui", "loyaltyFulfilment"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            <>
              <LinkButton
                href={withQuery(`/api/${slug}/loyalty/redemptions/export`, {}, exported)}
                external
                size="small"
                download
              >
                {t("exportCsv")}
              </LinkButton>
              <LinkButton href={`/${slug}/admin/loyalty/work`} size="small">
                {t("workLink")}
              </LinkButton>
            </>
          }
        />
        <Work label={t("title")}>
          <Toolbar label={t("title")}>
            <SearchField placeholder={t("search")} label={t("search")} />
            <FilterChips
              pathname={pathname}
              query={query}
              or={t("or")}
              filters={[
                {
                  key: "state",
                  label: t("stateIs"),
                  several: true,
                  options: redemptionStates.map((value) => ({ value, label: all(`states.${value}`) })),
                },
                {
                  key: "kind",
                  label: t("kindIs"),
                  several: true,
                  options: rewardKinds.map((value) => ({ value, label: all(`rewardKinds.${value}`) })),
                },
                {
                  key: "source",
                  label: t("sourceIs"),
                  several: true,
                  options: redemptionSources.map((value) => ({ value, label: all(`sources.${value}`) })),
                },
                { key: "held", label: t("heldIs"), options: [{ value: "yes", label: t("held") }] },
                { key: "overdue", label: t("overdueIs"), options: [{ value: "yes", label: t("overdue") }] },
              ]}
            />
            <span className="end muted num">{t("count", { count: claims.total })}</span>
          </Toolbar>
          <ClaimsTable
            claims={claims.items}
            slug={slug}
            currency={currency}
            now={clock.now()}
            pathname={pathname}
            isFiltered={Object.values(filters).some((value) => value !== undefined && value !== "")}
            canFulfil={scope.can("loyalty.redemptions.fulfil")}
          />
          <BulkReport />
          <Pager
            summary={t("range", { shown: claims.items.length, total: claims.total })}
            next={claims.next}
            previous={claims.previous}
            size={pageSize}
            pathname={pathname}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
