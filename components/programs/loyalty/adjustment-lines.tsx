import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import type { ReactNode } from "react";
import { Timeline } from "@/components/ui/layout-parts";
import type { Adjustment } from "@/lib/programs/loyalty/contract";
import { useFigures, type Metric } from "./figures";

/** Entries made by hand, each signed, with its reason. `action` is drawn beside those that can be taken back. */
export function AdjustmentLines({
  adjustments,
  metric,
  currency,
  action,
}: {
  adjustments: readonly Adjustment[];
  metric: Metric;
  currency: string;
  action?: (adjustment: Adjustment) => ReactNode;
}) {
  const t = useTranslations("loyaltyAdmin.adjustments");
  const day = useCalendarDay();
  const figures = useFigures(currency);
  const signed = (adjustment: Adjustment) => {
    const isSales = adjustment.amount !== 0 || (metric === "sales" && adjustment.units === 0);
    const value = isSales ? adjustment.amount : adjustment.units;
    const text = isSales ? figures.money(Math.abs(value)) : `${figures.count(Math.abs(value))} ${t("units")}`;
    return `${value < 0 ? "−" : "+"}${text}`;
  };
  return (
    <Timeline
      entries={adjustments.map((adjustment) => ({
        key: adjustment.id,
        when: day.full(adjustment.effectiveOn),
        dateTime: adjustment.effectiveOn,
        what: (
          <div className="row top">
            <p className={`grow ${adjustment.reversedById ? "line-through" : ""}`}>
              <b className="num">{signed(adjustment)}</b> {t(`kinds.${adjustment.kind}`)}
              <span className="soft block">{adjustment.reason}</span>
            </p>
            {!adjustment.reversedById && !adjustment.reversesId && action?.(adjustment)}
          </div>
        ),
        who: adjustment.createdBy ?? undefined,
      }))}
    />
  );
}
