import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RewardsTable } from "@/components/programs/loyalty/admin/rewards-table";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { rewardKinds, rewardOffers, rewardStates } from "@/lib/programs/loyalty/contract";
import { listRewards } from "@/lib/programs/loyalty/server";

const pageSize = 50;
const several = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.union([z.array(z.enum(values)), z.enum(values).transform((one) => [one])]).optional();

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewardsAdmin"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.rewards.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      state: several(rewardStates),
      kind: several(rewardKinds),
      offer: z.enum(rewardOffers).optional(),
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, rewards] = await Promise.all([
      getTranslations("loyaltyRewardsAdmin"),
      getTranslations("nav"),
      listRewards(scope, {
        state: query.state,
        kind: query.kind,
        offer: query.offer,
        cursor: query.after ?? query.before,
        limit: pageSize,
      }),
    ]);
    const pathname = `/${scope.client.slug}/admin/loyalty/rewards`;
    const canWrite = scope.can("loyalty.rewards.write");
    return (
      <ClientMessages rooms={["ui"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }]}
          actions={
            canWrite && (
              <LinkButton href={`${pathname}/new`} size="small" variant="primary">
                {t("new")}
              </LinkButton>
            )
          }
        />
        <Work label={t("title")}>
          <Toolbar label={t("title")}>
            <FilterChips
              pathname={pathname}
              query={query}
              or={t("or")}
              filters={[
                {
                  key: "state",
                  label: t("stateIs"),
                  several: true,
                  options: rewardStates.map((value) => ({ value, label: t(`states.${value}`) })),
                },
                {
                  key: "kind",
                  label: t("kindIs"),
                  several: true,
                  options: rewardKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
                },
                {
                  key: "offer",
                  label: t("offerIs"),
                  options: rewardOffers.map((value) => ({ value, label: t(`offers.${value}`) })),
                },
              ]}
            />
            <span className="end muted num">{t("count", { count: rewards.total })}</span>
          </Toolbar>
          <RewardsTable
            rewards={rewards.items}
            currency={rewards.currency}
            pathname={pathname}
            isFiltered={Boolean(query.state || query.kind || query.offer)}
            canWrite={canWrite}
          />
          {(rewards.next || rewards.previous) && (
            <Pager
              summary={`${t("order")} ${t("range", { shown: rewards.items.length, total: rewards.total })}`}
              next={rewards.next}
              previous={rewards.previous}
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
