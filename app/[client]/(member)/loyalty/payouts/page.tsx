import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { BoostList } from "@/components/programs/loyalty/app/boost-list";
import { PayoutDetails } from "@/components/programs/loyalty/app/payout-details";
import { PayoutLines } from "@/components/programs/loyalty/app/payout-lines";
import { StaleFigures } from "@/components/programs/loyalty/freshness";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { Section } from "@/components/ui/layout-parts";
import { MemberTitle } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { countryChoices, homeCountry } from "@/lib/kernel/countries";
import { englishOf } from "@/lib/kernel/i18n";
import { formatMoney } from "@/lib/kernel/money";
import { bankCountries, readFreshness, readMyPayouts } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyPayouts"))("title") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const [t, mine, freshness] = await Promise.all([
      getTranslations("loyaltyPayouts"),
      readMyPayouts(scope),
      readFreshness(scope),
    ]);
    const { slug } = scope.client;
    if (!mine) {
      return (
        <EmptyState
          heading="h1"
          title={t("noHandleTitle")}
          actions={
            <LinkButton href={`/${slug}/loyalty/claim-handle`} variant="primary">
              {t("connect")}
            </LinkButton>
          }
        >
          {t("noHandleText")}
        </EmptyState>
      );
    }
    const locale = scope.viewer?.locale ?? "en";
    // The words around the chooser are English: so are its names.
    const words = englishOf(locale);
    const money = (minor: number) => formatMoney(minor, mine.currency, locale);
    return (
      <ClientMessages rooms={["ui", "loyaltyPayouts"]}>
        <MemberTitle title={t("title")} text={t("text")} />
        <PayoutDetails
          slug={slug}
          mine={mine}
          countries={countryChoices(words, bankCountries)}
          home={homeCountry(words, bankCountries)}
        />
        <StaleFigures state={freshness} business={scope.client.name} />
        <Section id="boosts" title={t("boosts")}>
          {mine.boosts.length > 0 ? (
            <BoostList boosts={mine.boosts} currency={mine.currency} />
          ) : (
            <EmptyState
              inline
              heading="h3"
              title={t("noBoosts")}
              actions={<LinkButton href={`/${slug}/loyalty/rewards`}>{t("seeRewards")}</LinkButton>}
            >
              {t("noBoostsText")}
            </EmptyState>
          )}
        </Section>
        <Section id="payouts" title={t("payouts")}>
          {mine.balance < 0 && <p className="soft">{t("balanceBelow", { amount: money(-mine.balance) })}</p>}
          {mine.balance > 0 && mine.balance < mine.minimum && (
            <p className="soft">
              {t("minimum", { amount: money(mine.balance), minimum: money(mine.minimum) })}
            </p>
          )}
          {mine.payouts.length > 0 ? (
            <PayoutLines payouts={mine.payouts} currency={mine.currency} />
          ) : (
            <p className="soft">{t("noPayouts")}</p>
          )}
        </Section>
      </ClientMessages>
    );
  },
);
