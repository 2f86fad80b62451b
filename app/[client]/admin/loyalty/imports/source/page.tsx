import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { SourceForm } from "@/components/programs/loyalty/imports/source-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readLoyaltySettings, readSource } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyImports.source"))("title") };
}

export default page(
  { access: { permission: "loyalty.imports.read" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, imports, source, settings] = await Promise.all([
      getTranslations("loyaltyImports.source"),
      getTranslations("loyaltyImports"),
      readSource(scope),
      readLoyaltySettings(scope),
    ]);
    return (
      <ClientMessages rooms={["ui", "loyaltyImports"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: imports("title"), href: `/${scope.client.slug}/admin/loyalty/imports` }]}
        />
        <Work label={t("title")}>
          <div className="pad stack max-w-xl gap-5 py-5">
            <p className="soft">
              {t("lead", {
                time: settings.syncTime.slice(0, 5),
                zone: settings.syncTimeZone.replaceAll("_", " "),
              })}
            </p>
            <SourceForm
              key={source.recipeVersion}
              slug={scope.client.slug}
              source={source}
              canWrite={scope.can("loyalty.settings.write")}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
