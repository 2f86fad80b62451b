import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ClaimDetail } from "@/components/programs/loyalty/admin/claim-detail";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { readRedemption } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyFulfilment.list"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.redemptions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
  },
  async ({ scope, params }) => {
    const [t, nav, claim] = await Promise.all([
      getTranslations("loyaltyFulfilment"),
      getTranslations("nav"),
      readRedemption(scope, params.id),
    ]);
    const { slug, currency } = scope.client;
    const title = t("claim.of", { reward: claim.title, name: claim.name });
    return (
      <ClientMessages rooms={["ui", "loyaltyFulfilment"]}>
        <PageHeader
          title={title}
          crumbs={[
            { label: nav("loyalty") },
            { label: t("list.title"), href: `/${slug}/admin/loyalty/redemptions` },
          ]}
        />
        <Work label={title}>
          <ClaimDetail
            claim={claim}
            slug={slug}
            currency={currency}
            now={clock.now()}
            may={{
              fulfil: scope.can("loyalty.redemptions.fulfil") && !claim.isMine,
              creators: scope.can("loyalty.creators.read"),
              payouts: scope.can("loyalty.payouts.read"),
              holds: scope.can("loyalty.holds.resolve"),
            }}
          />
        </Work>
      </ClientMessages>
    );
  },
);
