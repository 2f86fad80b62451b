import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RewardHistoryList } from "@/components/programs/loyalty/app/reward-history-list";
import { LinkButton } from "@/components/ui/button";
import { MemberTitle } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { EmptyState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tabs";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { listRewardHistory } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewards"))("history.title") };
}

export default page(
  {
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const t = await getTranslations("loyaltyRewards");
    const path = `/${scope.client.slug}/loyalty/rewards`;
    const history = await listRewardHistory(scope, { cursor: query.after, limit: 20 });
    return (
      <>
        <MemberTitle title={t("title")} />
        <TabLinks
          label={t("tabs")}
          tabs={[
            { href: path, label: t("tabOpen") },
            { href: `${path}/history`, label: t("tabHistory"), current: true },
          ]}
        />
        {history.items.length === 0 ? (
          <EmptyState title={t("history.empty")}>{t("history.emptyText")}</EmptyState>
        ) : (
          <div className="pad stack gap-4 py-4">
            <RewardHistoryList items={history.items} slug={scope.client.slug} />
            {history.next && (
              <LinkButton href={withQuery(`${path}/history`, {}, { after: history.next })} wide>
                {t("history.older")}
              </LinkButton>
            )}
          </div>
        )}
      </>
    );
  },
);
