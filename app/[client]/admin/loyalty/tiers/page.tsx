import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { TierEditor } from "@/components/programs/loyalty/admin/tier-editor";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readFreshness, readLadder } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyAdmin.tiers"))("title") };
}

export default page(
  { access: { permission: "loyalty.settings.read" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, nav, ladder, freshness] = await Promise.all([
      getTranslations("loyaltyAdmin.tiers"),
      getTranslations("nav"),
      readLadder(scope),
      readFreshness(scope),
    ]);
    return (
      <ClientMessages rooms={["ui", "loyaltyAdmin"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("loyalty") }]} />
        <Work label={t("title")}>
          <AdminStale state={freshness} slug={scope.client.slug} />
          <div className="pad stack max-w-3xl gap-5 py-5">
            <p className="soft">{t("text")}</p>
            <TierEditor
              key={JSON.stringify(ladder.tiers)}
              slug={scope.client.slug}
              ladder={ladder}
              canWrite={scope.can("loyalty.tiers.write")}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
