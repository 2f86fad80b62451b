import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MissionsTable } from "@/components/programs/loyalty/admin/missions-table";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { missionStateNames } from "@/lib/programs/loyalty/contract";
import { listMissions, readFreshness, readLadder } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.admin.list"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ state: z.enum(missionStateNames).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, missions, ladder, freshness] = await Promise.all([
      getTranslations("loyaltyMissions.admin.list"),
      getTranslations("nav"),
      listMissions(scope, query),
      readLadder(scope),
      readFreshness(scope),
    ]);
    const pathname = `/${scope.client.slug}/admin/loyalty/missions`;
    const canWrite = scope.can("loyalty.missions.write");
    return (
      <ClientMessages rooms={["ui"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            canWrite &&
            // An empty list offers it itself: one filled button a page.
            (missions.items.length > 0 || query.state) && (
              <LinkButton href={`${pathname}/new`} size="small" variant="primary">
                {t("new")}
              </LinkButton>
            )
          }
        />
        <Work label={t("title")}>
          <AdminStale state={freshness} slug={scope.client.slug} />
          <Toolbar label={t("title")}>
            <FilterChips
              pathname={pathname}
              query={query}
              or={t("or")}
              filters={[
                {
                  key: "state",
                  label: t("stateIs"),
                  options: missionStateNames.map((value) => ({ value, label: t(`states.${value}`) })),
                },
              ]}
            />
            <span className="end muted num">{t("count", { count: missions.items.length })}</span>
          </Toolbar>
          <MissionsTable
            missions={missions.items}
            currency={ladder.currency}
            pathname={pathname}
            isFiltered={query.state !== undefined}
            canWrite={canWrite}
          />
        </Work>
      </ClientMessages>
    );
  },
);
