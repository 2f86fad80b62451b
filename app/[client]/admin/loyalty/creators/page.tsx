import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AddCreatorDialog } from "@/components/programs/loyalty/admin/add-creator-dialog";
import { CreatorPanel } from "@/components/programs/loyalty/admin/creator-panel";
import { CreatorsTable } from "@/components/programs/loyalty/admin/creators-table";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { parseSort, withQuery } from "@/components/ui/query";
import { SearchField } from "@/components/ui/search-field";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { formatMoney } from "@/lib/kernel/money";
import { creatorSorts, creatorStates } from "@/lib/programs/loyalty/contract";
import {
  listAdjustments,
  listCreators,
  listDecisions,
  readCreator,
  readFreshness,
  readLadder,
} from "@/lib/programs/loyalty/server";

const pageSize = 50;
const several = z.union([z.array(z.uuid()), z.uuid().transform((id) => [id])]);

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyAdmin.creators"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      q: z.string().trim().max(100).optional(),
      tier: several.optional(),
      over: z.coerce.number().int().min(0).optional(),
      state: z.enum(creatorStates).optional(),
      sort: z.string().max(20).optional(),
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
      open: z.uuid().optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav] = await Promise.all([getTranslations("loyaltyAdmin.creators"), getTranslations("nav")]);
    const sort = parseSort(query.sort, creatorSorts, { by: "sales", direction: "descending" });
    const filter = {
      q: query.q,
      tiers: query.tier,
      minSales: query.over,
      state: query.state ?? "active",
      sort: sort.by as (typeof creatorSorts)[number],
      direction: sort.direction === "ascending" ? ("asc" as const) : ("desc" as const),
    };
    const shared = { ladder: readLadder(scope), freshness: readFreshness(scope) };
    const [ladder, freshness, creators, open] = await Promise.all([
      shared.ladder,
      shared.freshness,
      listCreators(scope, { ...filter, cursor: query.after ?? query.before, limit: pageSize }, shared),
      query.open ? readOpen(scope, query.open, shared.ladder) : null,
    ]);
    const pathname = `/${scope.client.slug}/admin/loyalty/creators`;
    const address = { ...query, over: query.over === undefined ? undefined : String(query.over) };
    const order = t(`order.${filter.sort}${filter.direction === "asc" ? "Up" : ""}` as "order.sales");
    const exported = {
      q: query.q ?? null,
      tiers: query.tier?.join(",") ?? null,
      minSales: query.over === undefined ? null : String(query.over),
      state: filter.state,
      sort: filter.sort,
      direction: filter.direction,
    };
    const exportPath = `/api/${scope.client.slug}/loyalty/creators/export`;
    return (
      <ClientMessages rooms={["ui", "loyaltyAdmin"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            <>
              <LinkButton href={withQuery(exportPath, {}, exported)} external size="small" download>
                {t("exportCsv")}
              </LinkButton>
              {scope.can("loyalty.imports.write") && (
                <LinkButton href={`/${scope.client.slug}/admin/loyalty/imports`} size="small">
                  {t("import")}
                </LinkButton>
              )}
              {scope.can("loyalty.creators.write") && (
                <AddCreatorDialog slug={scope.client.slug} tiers={ladder.tiers} />
              )}
            </>
          }
        />
        <Work
          label={t("title")}
          panel={
            open && (
              <CreatorPanel
                {...open}
                metric={ladder.metric}
                currency={ladder.currency}
                href={`${pathname}/${open.creator.id}`}
                closeHref={withQuery(pathname, address, {
                  open: null,
                  after: query.after ?? null,
                  before: query.before ?? null,
                })}
              />
            )
          }
        >
          <AdminStale state={freshness} slug={scope.client.slug} />
          <Toolbar label={t("title")}>
            <SearchField placeholder={t("search")} label={t("search")} />
            <FilterChips
              pathname={pathname}
              query={address}
              or={t("or")}
              filters={[
                {
                  key: "tier",
                  label: t("tierIs"),
                  several: true,
                  options: ladder.tiers.map((tier) => ({ value: tier.id, label: tier.name })),
                },
                {
                  key: "over",
                  label: t("salesOver"),
                  options: [10_000, 50_000, 100_000, 500_000].map((minor) => ({
                    value: String(minor),
                    label: formatMoney(minor, ladder.currency, scope.viewer?.locale ?? "en", { whole: true }),
                  })),
                },
                {
                  key: "state",
                  label: t("stateIs"),
                  options: creatorStates.map((value) => ({ value, label: t(`states.${value}`) })),
                },
              ]}
            />
            <span className="end muted num">{t("people", { count: creators.total })}</span>
          </Toolbar>
          <CreatorsTable
            creators={creators.items}
            metric={ladder.metric}
            currency={ladder.currency}
            slug={scope.client.slug}
            pathname={pathname}
            query={address}
            sort={sort}
            order={order}
            exportHref={withQuery(
              exportPath,
              {},
              { ...exported, cursor: query.after ?? query.before ?? null },
            )}
            isFiltered={Boolean(query.q || query.tier || query.over || query.state)}
          />
          <Pager
            summary={`${order} ${t("range", { shown: creators.items.length, total: creators.total })}`}
            next={creators.next}
            previous={creators.previous}
            size={pageSize}
            pathname={pathname}
            query={{ ...address, open: undefined }}
          />
        </Work>
      </ClientMessages>
    );
  },
);

async function readOpen(...[scope, id, ladder]: Required<Parameters<typeof readCreator>>) {
  const [creator, decisions, adjustments] = await Promise.all([
    readCreator(scope, id, ladder),
    listDecisions(scope, id, { limit: 3 }),
    listAdjustments(scope, id, { limit: 3 }),
  ]);
  return { creator, decisions: decisions.items, adjustments: adjustments.items };
}
