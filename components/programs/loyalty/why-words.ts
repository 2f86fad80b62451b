import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import type { WhyWords } from "@/lib/programs/loyalty/contract";
import { useFigures, type Metric } from "./figures";

/** The words a tier is explained with, figures and days written for this reader. */
export function useWhyWords(metric: Metric, currency: string): WhyWords {
  const t = useTranslations("loyalty.why");
  const day = useCalendarDay();
  const figures = useFigures(currency);
  return {
    t: (key, values) => t(key as "sold", values as Record<"value" | "day", string>),
    figure: (value) => figures.of(metric, value),
    day: day.long,
  };
}
