import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { SectionBand } from "@/components/ui/layout-parts";
import type { Warning } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** On home within 30 days of a check, only while she would fall: what is missing, exactly, and what would be lost. */
export function DemotionBanner({ warning }: { warning: Warning | null }) {
  const t = useTranslations("loyaltyRaffles.warning");
  const figures = useFigures(warning?.currency ?? "USD");
  const day = useCalendarDay();
  if (!warning) return null;
  return (
    <SectionBand
      tone="warn"
      kicker={t("kicker", { count: warning.daysLeft })}
      title={t("title", {
        missing: figures.of(warning.metric, warning.shortfall),
        tier: warning.tier,
        date: day.long(warning.checkOn),
      })}
    >
      <p>
        {t("loses", {
          toTier: warning.toTier,
          from: figures.percent(warning.commissionBp),
          to: figures.percent(warning.toCommissionBp),
        })}
      </p>
      {warning.rewards.length > 0 && <p>{t("rewards", { rewards: warning.rewards.join(", ") })}</p>}
    </SectionBand>
  );
}
