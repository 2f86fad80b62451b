import { useFormatter } from "next-intl";

/**
 * Writes a calendar date (`2026-11-20`). A date is the same day everywhere, so it is never shifted to the reader's
 * zone: west of Greenwich that would show the day before.
 */
export function useCalendarDay() {
  const format = useFormatter();
  const write =
    (options: Pick<Intl.DateTimeFormatOptions, "dateStyle" | "month" | "day">) => (date: string) =>
      format.dateTime(new Date(`${date.slice(0, 10)}T00:00:00Z`), { ...options, timeZone: "UTC" });
  return {
    /** Nov 20 */
    short: write({ month: "short", day: "numeric" }),
    /** November 20 */
    long: write({ month: "long", day: "numeric" }),
    /** Nov 20, 2026 */
    full: write({ dateStyle: "medium" }),
  };
}
