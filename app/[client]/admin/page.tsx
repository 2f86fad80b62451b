import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { LoyaltyOverview } from "@/components/programs/loyalty/admin/loyalty-overview";
import { LinkButton } from "@/components/ui/button";
import { PageHeader, Work } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { forbidden } from "@/lib/kernel/errors";
import { readAdminHome } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyAdmin.home"))("title") };
}

/** The staff's front page: each program the viewer may see shows its own work. */
export default page(
  { access: "signed-in", params: z.object({ client: slugSchema }) },
  async ({ scope, context }) => {
    const t = await getTranslations("loyaltyAdmin.home");
    const { slug, name } = scope.client;
    if (!context.businesses.some((business) => business.slug === slug && business.isStaff)) throw forbidden();
    const home =
      scope.client.programs.includes("loyalty") && scope.can("loyalty.creators.read")
        ? await readAdminHome(scope)
        : null;
    return (
      <>
        <PageHeader title={t("title")} />
        <Work label={t("title")}>
          {home ? (
            <>
              <AdminStale state={{ updatedAt: home.figuresAt, isStale: home.isStale }} slug={slug} />
              <LoyaltyOverview home={home} slug={slug} />
            </>
          ) : (
            <EmptyState
              title={t("welcomeTitle", { business: name })}
              actions={
                <>
                  {scope.can("people.people.read") && (
                    <LinkButton href={`/${slug}/admin/people`} variant="primary">
                      {t("peopleAction")}
                    </LinkButton>
                  )}
                  {scope.can("tenancy.settings.read") && (
                    <LinkButton href={`/${slug}/admin/settings`}>{t("nothingAction")}</LinkButton>
                  )}
                </>
              }
            >
              {t("welcomeText")}
            </EmptyState>
          )}
        </Work>
      </>
    );
  },
);
