import { useFormatter, useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { parseTimestamp } from "@/lib/kernel/time";
import type { MissionWords } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** The words of missions, figures and days written for this reader. */
export function useMissionWords(currency: string): MissionWords {
  const t = useTranslations("loyaltyMissions.words");
  const format = useFormatter();
  const day = useCalendarDay();
  const figures = useFigures(currency);
  return {
    t: (key, values) => t(key as "left", values as Record<"value", string>),
    money: figures.round,
    count: figures.count,
    day: day.long,
    moment: (instant) => format.dateTime(parseTimestamp(instant), { month: "long", day: "numeric" }),
  };
}
