import { useFormatter } from "next-intl";
import { parseTimestamp } from "@/lib/kernel/time";

/** Moments of a raffle in the zone of the business, which is said: its clock closes the list, not the reader's. */
export function useRaffleTimes(timeZone: string) {
  const format = useFormatter();
  return {
    moment: (instant: string) =>
      format.dateTime(parseTimestamp(instant), {
        weekday: "short",
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        timeZone,
      }),
    /** The last day that counts: a time to claim ends with it, at midnight. */
    lastDay: (instant: string) =>
      format.dateTime(new Date(parseTimestamp(instant).getTime() - 1000), {
        weekday: "short",
        month: "short",
        day: "numeric",
        timeZone,
      }),
    place: timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone,
  };
}
