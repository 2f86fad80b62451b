import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RewardsView } from "@/components/programs/loyalty/app/rewards-view";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { MemberTitle } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tabs";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readMyRewards } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewards"))("title") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const t = await getTranslations("loyaltyRewards");
    const rewards = await readMyRewards(scope);
    const { slug, name: business } = scope.client;
    const base = `/${slug}`;
    return (
      <ClientMessages rooms={["ui", "loyaltyRewards"]}>
        <MemberTitle title={t("title")} />
        {rewards.creator ? (
          <>
            <TabLinks
              label={t("tabs")}
              tabs={[
                { href: `${base}/loyalty/rewards`, label: t("tabOpen"), current: true },
                { href: `${base}/loyalty/rewards/history`, label: t("tabHistory") },
              ]}
            />
            <RewardsView rewards={rewards} business={business} base={base} slug={slug} />
          </>
        ) : (
          <EmptyState
            title={t("notCreatorTitle")}
            actions={
              <LinkButton href={`${base}/loyalty/claim-handle`} variant="primary">
                {t("notCreatorAction")}
              </LinkButton>
            }
          >
            {t("notCreatorText", { business })}
          </EmptyState>
        )}
      </ClientMessages>
    );
  },
);
