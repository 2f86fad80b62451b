import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Home, HomeCreator } from "@/lib/programs/loyalty/contract";
import { StaleNotice, useFreshness } from "../freshness";
import { PeriodSection } from "./period-figures";
import { TierSummary } from "./tier-summary";

export function CreatorHome({
  home,
  creator,
  business,
  base,
}: {
  home: Home;
  creator: HomeCreator;
  business: string;
  base: string;
}) {
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
      <TierSummary home={home} creator={creator} business={business} base={base} updated={updated} />
      <PeriodSection
        metric={home.metric}
        currency={home.currency}
        periodStart={creator.periodStart}
        periodEndsOn={home.tierMode === "checkpoint" ? creator.periodEndsOn : null}
        period={creator.period}
        weeks={creator.weeks}
        counted={counted}
      />
    </>
  );
}
