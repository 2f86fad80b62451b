import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RewardBuilder } from "@/components/programs/loyalty/admin/reward-builder";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { readLadder, readRewardTerms } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewardsAdmin"))("new") };
}

export default page(
  { access: { permission: "loyalty.rewards.write" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, nav, ladder, terms] = await Promise.all([
      getTranslations("loyaltyRewardsAdmin"),
      getTranslations("nav"),
      readLadder(scope),
      readRewardTerms(scope),
    ]);
    const { slug, timeZone } = scope.client;
    return (
      <ClientMessages rooms={["ui", "loyaltyRewards", "loyaltyRewardsAdmin"]}>
        <PageHeader
          title={t("new")}
          crumbs={[{ label: nav("loyalty") }, { label: t("title"), href: `/${slug}/admin/loyalty/rewards` }]}
        />
        <Work label={t("new")}>
          <div className="pad py-5">
            <RewardBuilder
              slug={slug}
              tiers={ladder.tiers}
              context={{
                currency: ladder.currency,
                timeZone,
                today: dateIn(timeZone, clock.now()),
                fulfilHours: terms.fulfilHours,
                clearingDays: terms.clearingDays,
              }}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
