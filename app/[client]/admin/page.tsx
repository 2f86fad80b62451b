import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { UrgentWork } from "@/components/programs/loyalty/admin/urgent-work";
import { LoyaltyOverview } from "@/components/programs/loyalty/admin/loyalty-overview";
import { ClientMessages } from "@/components/ui/client-messages";
import { LinkButton } from "@/components/ui/button";
import { PageHeader, Work } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { forbidden } from "@/lib/kernel/errors";
import { readAdminHome, readWork } from "@/lib/programs/loyalty/server";

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
    const work =
      home && scope.can("loyalty.redemptions.read")
        ? await readWork(scope, { kinds: undefined, limit: 5 })
        : null;
    return (
      <>
        <PageHeader title={t("title")} />
        <Work label={t("title")}>
          {home ? (
            <>
              <AdminStale state={{ updatedAt: home.figuresAt, isStale: home.isStale }} slug={slug} />
              <LoyaltyOverview
                home={home}
                slug={slug}
                work={
                  work && (
                    <ClientMessages rooms={["ui", "loyaltyFulfilment"]}>
                      <UrgentWork
                        work={work}
                        slug={slug}
                        currency={home.currency}
                        now={clock.now()}
                        canFulfil={scope.can("loyalty.redemptions.fulfil")}
                      />
                    </ClientMessages>
                  )
                }
              />
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
