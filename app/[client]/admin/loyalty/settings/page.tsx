import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LoyaltySettingsForm } from "@/components/programs/loyalty/admin/loyalty-settings-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readLoyaltySettings } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyAdmin.settings"))("title") };
}

export default page(
  { access: { permission: "loyalty.settings.read" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, nav, settings] = await Promise.all([
      getTranslations("loyaltyAdmin.settings"),
      getTranslations("nav"),
      readLoyaltySettings(scope),
    ]);
    const zones = [...new Set([settings.syncTimeZone, ...Intl.supportedValuesOf("timeZone")])]
      .sort()
      .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
    return (
      <ClientMessages rooms={["ui", "loyaltyAdmin"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("loyalty") }]} />
        <Work label={t("title")}>
          <div className="pad max-w-xl py-5">
            <LoyaltySettingsForm
              slug={scope.client.slug}
              settings={settings}
              zones={zones}
              zone={scope.client.timeZone.replaceAll("_", " ")}
              canWrite={scope.can("loyalty.settings.write")}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
