import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatBasisPoints, formatMoney } from "@/lib/kernel/money";
import { parseTimestamp } from "@/lib/kernel/time";
import type { RewardCard } from "@/lib/programs/loyalty/contract";

export type Claimable = Pick<
  RewardCard,
  | "kind"
  | "name"
  | "description"
  | "version"
  | "valueAmount"
  | "boostBp"
  | "boostDays"
  | "discountPercent"
  | "discountMinutes"
  | "sizes"
> &
  Partial<Pick<RewardCard, "instructions" | "frequency" | "quantity">>;

/** How rewards are written for this reader: amounts, days in the zone of the business, times in both. */
export function useRewardWords(currency: string, businessZone: string) {
  const t = useTranslations("loyaltyRewards");
  const locale = useLocale();
  const format = useFormatter();
  const readerZone = useTimeZone() ?? businessZone;
  const at = (instant: string) => parseTimestamp(instant);
  const money = (minor: number) => formatMoney(minor, currency, locale, { whole: true });
  const percent = (basisPoints: number) => formatBasisPoints(basisPoints, locale);
  const length = (minutes: number) =>
    minutes % 1440 === 0
      ? t("days", { count: minutes / 1440 })
      : minutes % 60 === 0
        ? t("hours", { count: minutes / 60 })
        : t("minutes", { count: minutes });
  return {
    t,
    say: t as unknown as (key: string, values?: Record<string, string | number>) => string,
    money,
    percent,
    readerZone,
    /** Nov 24, where the business is: limits and deadlines are of its calendar. */
    day: (instant: string) =>
      format.dateTime(at(instant), { month: "short", day: "numeric", timeZone: businessZone }),
    /** Tue, Nov 24, 6:00 PM, in one zone. */
    moment: (instant: string, timeZone = readerZone) =>
      format.dateTime(at(instant), {
        weekday: "short",
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        timeZone,
      }),
    time: (instant: string, timeZone: string) =>
      format.dateTime(at(instant), { hour: "numeric", minute: "2-digit", timeZone }),
    list: (items: string[]) => format.list(items),
    /** "$25", "5% more commission for 30 days": what it is worth in a line. */
    worth: (reward: Omit<Claimable, "name" | "description">) =>
      t(`worth.${reward.kind}`, {
        amount: money(reward.valueAmount),
        percent:
          reward.kind === "discount"
            ? percent((reward.discountPercent ?? 0) * 100)
            : percent(reward.boostBp ?? 0),
        days: reward.boostDays ?? 0,
        length: length(reward.discountMinutes ?? 0),
      }),
  };
}

/** "New York" of "America/New_York". */
export const cityOf = (timeZone: string): string =>
  (timeZone.split("/").at(-1) ?? timeZone).replace(/_/g, " ");
