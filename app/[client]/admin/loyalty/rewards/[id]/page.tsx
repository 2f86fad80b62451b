import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RewardBuilder } from "@/components/programs/loyalty/admin/reward-builder";
import { RewardPreview } from "@/components/programs/loyalty/admin/reward-preview";
import { RewardSteps } from "@/components/programs/loyalty/admin/reward-steps";
import { RewardHistorySteps, RewardUsage } from "@/components/programs/loyalty/admin/reward-usage";
import { RewardBadge } from "@/components/programs/loyalty/admin/rewards-table";
import { ClientMessages } from "@/components/ui/client-messages";
import { Notice } from "@/components/ui/notice";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { readLadder, readReward, readRewardTerms } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewardsAdmin"))("edit") };
}

export default page(
  {
    access: { permission: "loyalty.rewards.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
  },
  async ({ scope, params }) => {
    const [t, nav, reward, ladder, terms] = await Promise.all([
      getTranslations("loyaltyRewardsAdmin"),
      getTranslations("nav"),
      readReward(scope, params.id),
      readLadder(scope),
      readRewardTerms(scope),
    ]);
    const { slug, timeZone } = scope.client;
    const canWrite = scope.can("loyalty.rewards.write");
    const context = {
      currency: reward.currency,
      timeZone,
      today: dateIn(timeZone, clock.now()),
      fulfilHours: terms.fulfilHours,
      clearingDays: terms.clearingDays,
    };
    return (
      <ClientMessages rooms={["ui", "loyaltyRewards", "loyaltyRewardsAdmin"]}>
        <PageHeader
          title={reward.name}
          crumbs={[{ label: nav("loyalty") }, { label: t("title"), href: `/${slug}/admin/loyalty/rewards` }]}
          actions={
            <>
              <RewardBadge state={reward.state} />
              {canWrite && <RewardSteps slug={slug} reward={reward} />}
            </>
          }
        />
        <Work label={reward.name}>
          <RewardUsage reward={reward} slug={slug} canSeeClaims={scope.can("loyalty.redemptions.read")} />
          <div className="pad stack gap-8 pb-8 pt-3">
            {canWrite && reward.state !== "archived" ? (
              <RewardBuilder
                key={reward.id}
                slug={slug}
                tiers={ladder.tiers}
                context={context}
                reward={reward}
              />
            ) : (
              <div className="stack max-w-md gap-4">
                <Notice>
                  <p>{t(reward.state === "archived" ? "form.archivedNote" : "form.readOnly")}</p>
                </Notice>
                <RewardPreview
                  reward={reward}
                  context={context}
                  tierName={reward.tierName}
                  isEarly={reward.previewFromTierId !== null}
                />
              </div>
            )}
            <RewardHistorySteps reward={reward} />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
