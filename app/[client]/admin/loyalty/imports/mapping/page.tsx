import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MappingForm } from "@/components/programs/loyalty/imports/mapping-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { importFields, knownHeaders, requiredFields } from "@/lib/programs/loyalty/contract";
import { readMapping } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyImports.mapping"))("title") };
}

export default page(
  { access: { permission: "loyalty.imports.read" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, imports, saved] = await Promise.all([
      getTranslations("loyaltyImports.mapping"),
      getTranslations("loyaltyImports"),
      readMapping(scope),
    ]);
    const fields = importFields.map((field) => ({
      field,
      known: knownHeaders(field).slice(0, 5).join(", "),
      value: saved.columns[field] ?? null,
      isRequired: requiredFields.includes(field),
      isAbsent: saved.columns[field] === null,
    }));
    return (
      <ClientMessages rooms={["ui", "loyaltyImports"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: imports("title"), href: `/${scope.client.slug}/admin/loyalty/imports` }]}
        />
        <Work label={t("title")}>
          <div className="pad stack max-w-xl gap-5 py-5">
            <p className="soft">
              {t("lead")} <span className="muted">{t("version", { version: saved.version })}</span>
            </p>
            <MappingForm
              slug={scope.client.slug}
              fields={fields}
              canWrite={scope.can("loyalty.imports.write")}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
