import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { TierList } from "@/components/programs/loyalty/app/tier-list";
import { StaleNotice } from "@/components/programs/loyalty/freshness";
import { MemberTitle } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { notFound } from "@/lib/kernel/errors";
import { listTierRewards, readHome } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRewards"))("tiers.title") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, home, rewards] = await Promise.all([
      getTranslations("loyaltyRewards.tiers"),
      readHome(scope),
      listTierRewards(scope),
    ]);
    if (!home.creator) throw notFound("your tier");
    return (
      <>
        <StaleNotice figures={home} business={scope.client.name} />
        <MemberTitle title={t("title")} text={t("text")} />
        <TierList home={home} creator={home.creator} rewards={rewards.items} base={`/${scope.client.slug}`} />
      </>
    );
  },
);
