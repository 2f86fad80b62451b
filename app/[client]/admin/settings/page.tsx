import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LogoForm } from "@/components/core/tenancy/logo-form";
import { ProgramList } from "@/components/core/tenancy/program-list";
import { SettingsForm } from "@/components/core/tenancy/settings-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { filePurposes } from "@/lib/core/files/contract";
import { readSettings } from "@/lib/core/tenancy/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

export async function generateMetadata() {
  return { title: (await getTranslations("tenancy"))("title") };
}

export default page(
  { access: { permission: "tenancy.settings.read" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, nav] = await Promise.all([getTranslations("tenancy"), getTranslations("nav")]);
    const settings = await readSettings(scope);
    const canWrite = scope.can("tenancy.settings.write");
    const zones = [...new Set([settings.timeZone, "UTC", ...Intl.supportedValuesOf("timeZone")])]
      .sort()
      .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
    return (
      <ClientMessages rooms={["ui", "tenancy"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("business") }]} />
        <Work>
          <div className="pad stack gap-8 py-5 max-w-2xl">
            <section className="stack gap-4" aria-labelledby="business">
              <h2 className="h2" id="business">
                {t("business")}
              </h2>
              <SettingsForm settings={settings} zones={zones} canWrite={canWrite} />
            </section>
            <section className="stack gap-3" aria-labelledby="logo">
              <h2 className="h2" id="logo">
                {t("logo")}
              </h2>
              <p className="soft">{t("logoText")}</p>
              <LogoForm
                slug={scope.client.slug}
                name={scope.client.name}
                logoUrl={scope.client.logoUrl}
                maxBytes={filePurposes["brand-logo"].maxBytes}
                canWrite={canWrite}
              />
            </section>
            <section className="stack gap-3" aria-labelledby="programs">
              <h2 className="h2" id="programs">
                {t("programs")}
              </h2>
              <p className="soft">{t("programsText")}</p>
              <ProgramList settings={settings} canWrite={canWrite} />
            </section>
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
