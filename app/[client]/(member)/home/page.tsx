import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { CreatorHome } from "@/components/programs/loyalty/app/creator-home";
import { NotConnected } from "@/components/programs/loyalty/app/not-connected";
import { ClientMessages } from "@/components/ui/client-messages";
import { List, ListRow, Section } from "@/components/ui/layout-parts";
import { MemberTitle } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readHome } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyApp"))("home.title") };
}

export default page(
  { access: "signed-in", params: z.object({ client: slugSchema }) },
  async ({ scope, context }) => {
    const t = await getTranslations("loyaltyApp");
    const base = `/${scope.client.slug}`;
    const business = scope.client.name;
    const home =
      scope.client.programs.includes("loyalty") && scope.can("loyalty.app.use")
        ? await readHome(scope)
        : null;
    if (home?.creator) {
      return (
        <ClientMessages rooms={["ui"]}>
          <CreatorHome home={home} creator={home.creator} business={business} slug={scope.client.slug} />
        </ClientMessages>
      );
    }
    const isStaff = context.businesses.some((one) => one.slug === scope.client.slug && one.isStaff);
    return (
      <>
        <MemberTitle title={t("home.hello", { business })} />
        {home ? (
          <NotConnected business={business} base={base} />
        ) : (
          <EmptyState title={t("home.nothingTitle")}>{t("home.nothingText", { business })}</EmptyState>
        )}
        <Section id="places">
          <List>
            {isStaff && <ListRow href={`${base}/admin`} title={t("home.admin")} text={t("home.adminText")} />}
            <ListRow
              href={`${base}/notifications`}
              title={t("home.notifications")}
              text={t("home.notificationsText", { count: context.unread })}
            />
            <ListRow href={`${base}/settings`} title={t("home.account")} text={t("home.accountText")} />
          </List>
        </Section>
      </>
    );
  },
);
