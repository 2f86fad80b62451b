import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { NotConnected } from "@/components/programs/loyalty/app/not-connected";
import { TierList } from "@/components/programs/loyalty/app/tier-list";
import { StaleNotice } from "@/components/programs/loyalty/freshness";
import { MemberTitle } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { listTierRewards, readHome } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewards"))("tiers.title") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, home] = await Promise.all([getTranslations("loyaltyRewards.tiers"), readHome(scope)]);
    const base = `/${scope.client.slug}`;
    // It is one of her tabs before her handle is confirmed, too.
    if (!home.creator) {
      return (
        <>
          <MemberTitle title={t("title")} />
          <NotConnected business={scope.client.name} base={base} />
        </>
      );
    }
    const rewards = await listTierRewards(scope);
    return (
      <>
        <StaleNotice figures={home} business={scope.client.name} />
        <MemberTitle title={t("title")} text={t("text")} />
        <TierList home={home} creator={home.creator} rewards={rewards.items} base={base} />
      </>
    );
  },
);
