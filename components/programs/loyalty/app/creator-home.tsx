import { useTranslations } from "next-intl";
import { List, ListRow, Section } from "@/components/ui/layout-parts";
import { Notice } from "@/components/ui/notice";
import type { Home, HomeCreator } from "@/lib/programs/loyalty/contract";
import { StaleNotice, useFreshness } from "../freshness";
import { HomeMissions } from "./mission-home";
import { CelebrationBand } from "./celebration";
import { DemotionBanner } from "./demotion-banner";
import { UnrecognisedNotice } from "./mission-unrecognised";
import { HomeRewards } from "./home-rewards";
import { PeriodSection } from "./period-figures";
import { TierSummary } from "./tier-summary";

export function CreatorHome({
  home,
  creator,
  business,
  slug,
}: {
  home: Home;
  creator: HomeCreator;
  business: string;
  slug: string;
}) {
  const base = `/${slug}`;
  const t = useTranslations("loyaltyApp");
  const { updated, counted } = useFreshness(home);
  return (
    <>
      <StaleNotice figures={home} business={business} />
      {creator.state === "archived" && (
        <div className="pad pt-2">
          <Notice tone="warn" title={t("archivedTitle")}>
            <p>{t("archivedText", { business })}</p>
          </Notice>
        </div>
      )}
      <CelebrationBand celebrations={home.celebrations ?? []} business={business} slug={slug} />
      {creator.state === "active" && home.missions?.creator?.isRecognised === false && (
        <UnrecognisedNotice business={business} handle={creator.handle} />
      )}
      <DemotionBanner warning={home.warning} />
      <TierSummary home={home} creator={creator} business={business} base={base} updated={updated} />
      {home.missions && <HomeMissions missions={home.missions} base={base} />}
      {home.rewards && <HomeRewards rewards={home.rewards} base={base} />}
      <PeriodSection
        metric={home.metric}
        currency={home.currency}
        periodStart={creator.periodStart}
        periodEndsOn={home.tierMode === "checkpoint" ? creator.periodEndsOn : null}
        period={creator.period}
        weeks={creator.weeks}
        counted={counted}
      />
      <Section id="more" title={t("home.more")}>
        <List>
          <ListRow href={`${base}/loyalty/payouts`} title={t("home.payouts")} text={t("home.payoutsText")} />
          <ListRow href={`${base}/loyalty/videos`} title={t("videosTitle")} text={t("home.videosText")} />
          <ListRow href={`${base}/loyalty/history`} title={t("historyTitle")} text={t("home.historyText")} />
          {home.leaderboardShown && (
            <ListRow
              href={`${base}/loyalty/leaderboard`}
              title={t("home.leaderboard")}
              text={t("home.leaderboardText")}
            />
          )}
        </List>
      </Section>
    </>
  );
}
