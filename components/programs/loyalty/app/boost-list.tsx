import { useFormatter, useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { List, ListRow } from "@/components/ui/layout-parts";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Boost } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** Each boost: what it came to so far, and what happens next. */
export function BoostList({ boosts, currency }: { boosts: readonly Boost[]; currency: string }) {
  const t = useTranslations("loyaltyPayouts");
  const { money, percent } = useFigures(currency);
  const next = useBoostWords();
  return (
    <List>
      {boosts.map((boost) => {
        const isEstimate = !boost.isFinal && ["active", "expired"].includes(boost.state);
        return (
          <ListRow
            key={boost.id}
            title={<span className="block pt-3">{boost.name}</span>}
            text={
              <>
                <span className="block">{t("rate", { rate: percent(boost.rateBp) })}</span>
                <span className="block pb-3">{next(boost)}</span>
              </>
            }
            end={
              ["scheduled", "cancelled"].includes(boost.state) ? undefined : (
                <span className="text-right">
                  <b className="num block">{money(boost.earned)}</b>
                  {isEstimate && <span className="sm muted block">{t("estimate")}</span>}
                </span>
              )
            }
          />
        );
      })}
    </List>
  );
}

/** The state in plain words: what is, and what comes. */
function useBoostWords() {
  const t = useTranslations("loyaltyPayouts.states");
  const format = useFormatter();
  const day = useCalendarDay();
  const at = (value: string) =>
    format.dateTime(parseTimestamp(value), {
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
    });
  return (boost: Boost): string => {
    const clears = boost.clearsOn ? day.short(boost.clearsOn) : "";
    switch (boost.state) {
      case "scheduled":
        return t("scheduled", { start: at(boost.startsAt), end: at(boost.endsAt) });
      case "active":
        return t("active", { end: at(boost.endsAt) });
      case "expired":
        return t("expired", { end: at(boost.endsAt) });
      case "pending_info":
        return boost.earned === 0 ? t("nothingYet", { clears }) : t("needsDetails");
      case "pending_payout":
        if (boost.isFailed) return t("failed");
        if (boost.isSent) return t("sent");
        if (boost.isHeld) return t("held");
        if (boost.isFinal) return t("ready");
        return boost.earned === 0 ? t("nothingYet", { clears }) : t("clearing", { clears });
      case "paid":
        return boost.earned === 0 || !boost.paidAt
          ? t("paidNothing")
          : t("paid", { date: format.dateTime(parseTimestamp(boost.paidAt), { dateStyle: "medium" }) });
      case "cancelled":
        return t("cancelled");
    }
  };
}
