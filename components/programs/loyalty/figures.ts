import { useLocale, useTranslations } from "next-intl";
import { formatBasisPoints, formatMoney, formatNumber } from "@/lib/kernel/money";

export type Metric = "sales" | "units";

/** How figures are written for this reader: exact money, grouped counts. */
export function useFigures(currency: string) {
  const locale = useLocale();
  const t = useTranslations("loyaltyApp");
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const round = (minor: number) => formatMoney(minor, currency, locale, { whole: true });
  const count = (value: number) => formatNumber(value, locale);
  return {
    money,
    /** Leaves out ".00": for thresholds and other round amounts. */
    round,
    count,
    percent: (basisPoints: number) => formatBasisPoints(basisPoints, locale),
    of: (metric: Metric, value: number) =>
      metric === "sales" ? money(value) : `${count(value)} ${t("units").toLowerCase()}`,
    roundOf: (metric: Metric, value: number) => (metric === "sales" ? round(value) : count(value)),
  };
}
