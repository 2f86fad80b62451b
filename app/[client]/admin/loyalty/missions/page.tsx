import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MissionsTable } from "@/components/programs/loyalty/admin/missions-table";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { SearchField } from "@/components/ui/search-field";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { everyTier, missionQuerySchema, missionStateNames } from "@/lib/programs/loyalty/contract";
import { listMissions, readFreshness, readLadder } from "@/lib/programs/loyalty/server";

const pageSize = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.admin.list"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: missionQuerySchema.pick({ q: true, state: true, tier: true }).extend({
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, missions, ladder, freshness] = await Promise.all([
      getTranslations("loyaltyMissions.admin.list"),
      getTranslations("nav"),
      listMissions(scope, {
        q: query.q,
        state: query.state,
        tier: query.tier,
        cursor: query.after ?? query.before,
        limit: pageSize,
      }),
      readLadder(scope),
      readFreshness(scope),
    ]);
    const pathname = `/${scope.client.slug}/admin/loyalty/missions`;
    const canWrite = scope.can("loyalty.missions.write");
    const isFiltered = Boolean(query.q || query.state || query.tier);
    return (
      <ClientMessages rooms={["ui"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            canWrite &&
            // An empty list offers it itself: one filled button a page.
            (missions.items.length > 0 || isFiltered) && (
              <LinkButton href={`${pathname}/new`} size="small" variant="primary">
                {t("new")}
              </LinkButton>
            )
          }
        />
        <Work label={t("title")}>
          <AdminStale state={freshness} slug={scope.client.slug} />
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
                  options: missionStateNames.map((value) => ({ value, label: t(`states.${value}`) })),
                },
                {
                  key: "tier",
                  label: t("tierIs"),
                  several: true,
                  options: [
                    { value: everyTier, label: t("everyTier") },
                    ...ladder.tiers.map((tier) => ({ value: tier.id, label: tier.name })),
                  ],
                },
              ]}
            />
            <span className="end muted num">{t("count", { count: missions.total })}</span>
          </Toolbar>
          <MissionsTable
            missions={missions.items}
            currency={ladder.currency}
            pathname={pathname}
            isFiltered={isFiltered}
            canWrite={canWrite}
          />
          {(missions.next || missions.previous) && (
            <Pager
              summary={`${t("order")} ${t("range", { shown: missions.items.length, total: missions.total })}`}
              next={missions.next}
              previous={missions.previous}
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
