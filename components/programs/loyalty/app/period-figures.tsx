import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { BarChart } from "@/components/ui/bar-chart";
import { Section } from "@/components/ui/layout-parts";
import { Gives } from "@/components/ui/marks";
import type { CreatorWeek, PeriodFigures } from "@/lib/programs/loyalty/contract";
import { useFigures, type Metric } from "../figures";

interface PeriodFiguresProps {
  metric: Metric;
  currency: string;
  periodStart: string;
  periodEndsOn: string | null;
  period: PeriodFigures;
  weeks: readonly CreatorWeek[];
  /** "Figures up to …": says how old they are. */
  counted: string;
}

/** What counted in the open period, with the shape of the last weeks. */
export function PeriodSection({
  metric,
  currency,
  periodStart,
  periodEndsOn,
  period,
  weeks,
  counted,
}: PeriodFiguresProps) {
  const t = useTranslations("loyaltyApp");
  const figures = useFigures(currency);
  const { long } = useCalendarDay();
  return (
    <Section
      id="figures"
      title={t("since", { date: long(periodStart) })}
      aside={periodEndsOn ? t("ends", { date: long(periodEndsOn) }) : undefined}
    >
      <div className="stack gap-5">
        <Gives
          items={[
            { name: t("videos", { count: period.videos }), value: figures.count(period.videos) },
            { name: t("views", { count: period.views }), value: figures.count(period.views) },
            { name: t("likes", { count: period.likes }), value: figures.count(period.likes) },
          ]}
        />
        <WeeksChart metric={metric} currency={currency} weeks={weeks} counted={counted} />
      </div>
    </Section>
  );
}

export function WeeksChart({
  metric,
  currency,
  weeks,
  counted,
}: Pick<PeriodFiguresProps, "metric" | "currency" | "weeks" | "counted">) {
  const t = useTranslations("loyaltyApp");
  const figures = useFigures(currency);
  const { short } = useCalendarDay();
  const valueOf = (week: CreatorWeek) => (metric === "sales" ? week.sales : week.units);
  // Refunds can outweigh a week; a bar has no length below zero, the table says the figure.
  const closed = weeks.filter((week) => !week.isOpen);
  const best = closed.reduce<CreatorWeek | null>(
    (top, week) => (valueOf(week) > (top ? valueOf(top) : 0) ? week : top),
    null,
  );
  const least = closed.reduce<CreatorWeek | null>(
    (low, week) => (low === null || valueOf(week) < valueOf(low) ? week : low),
    null,
  );
  const isOpen = weeks.at(-1)?.isOpen ?? false;
  const step = Math.ceil(weeks.length / 4);
  return (
    <BarChart
      title={metric === "sales" ? t("salesByWeek") : t("unitsByWeek")}
      bars={weeks.map((week, index) => ({
        key: week.from,
        label: index % step === 0 ? short(week.from) : "",
        name: week.isOpen ? t("weekSoFar", { week: short(week.from) }) : short(week.from),
        value: Math.max(0, valueOf(week)),
        text: figures.roundOf(metric, valueOf(week)),
      }))}
      highlight={best?.from}
      lastNote={isOpen ? t("soFar") : undefined}
      summary={
        best && least
          ? t("chart", {
              lowWeek: short(least.from),
              low: figures.of(metric, valueOf(least)),
              highWeek: short(best.from),
              high: figures.of(metric, valueOf(best)),
            })
          : t("chartEmpty")
      }
      nameHead={t("weekFrom")}
      valueHead={metric === "sales" ? t("sales") : t("units")}
      after={<p className="sm muted mt-1">{counted}</p>}
    />
  );
}
