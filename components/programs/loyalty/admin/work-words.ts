import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { Tone } from "@/components/ui/marks";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { countryName } from "@/lib/kernel/countries";
import { parseTimestamp } from "@/lib/kernel/time";
import { carrierNames, type WorkItem } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;

/** A piece of work in words: how long there is, what to do, with what. */
export function useWorkWords(currency: string, now: Date) {
  const t = useTranslations("loyaltyFulfilment.work");
  const format = useFormatter();
  const figures = useFigures(currency);
  const day = useCalendarDay().short;
  const locale = useLocale();
  const place = (country: string) => countryName(country, locale);
  const time = (date: Date) => format.dateTime(date, { timeStyle: "short" });

  function timeLeft(dueAt: string): { text: string; tone: Tone } {
    const due = parseTimestamp(dueAt);
    const left = due.getTime() - now.getTime();
    const late = Math.abs(left);
    if (left <= 0) {
      const text =
        late >= 48 * hour
          ? t("daysLate", { days: Math.floor(late / (24 * hour)) })
          : late >= hour
            ? t("hoursLate", { hours: Math.floor(late / hour) })
            : t("minutesLate", { minutes: Math.max(1, Math.floor(late / minute)) });
      return { text, tone: "bad" };
    }
    if (left <= 4 * hour) {
      const minutes = Math.ceil(left / minute);
      const text =
        minutes < 60
          ? t("minutesLeft", { minutes })
          : t("hoursLeft", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      return { text, tone: "warn" };
    }
    return {
      text: format.dateTime(due, {
        weekday: "short",
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
      }),
      tone: "line",
    };
  }

  function title(item: WorkItem): string {
    const name = item.name ?? "";
    if (item.kind === "instant") return t(`do.${instantOf(item)}`, { name });
    return t(`do.${item.kind}`, { name });
  }

  function facts(item: WorkItem): string {
    const { title } = item;
    const value = figures.money(item.valueAmount ?? 0);
    switch (item.kind) {
      case "instant":
        return item.valueAmount ? t("facts.worth", { title, value }) : t("facts.plain", { title });
      case "gift_ship":
        if (item.size && item.country)
          return t("facts.sizeCountry", { title, size: item.size, country: place(item.country) });
        return item.country
          ? t("facts.country", { title, country: place(item.country) })
          : t("facts.plain", { title });
      case "gift_deliver":
        return item.trackingNumber && item.carrier
          ? t("facts.shipped", { title, carrier: carrierNames[item.carrier], number: item.trackingNumber })
          : t("facts.sent", {
              title,
              date: format.dateTime(parseTimestamp(item.shippedAt ?? item.dueAt), { dateStyle: "medium" }),
            });
      case "discount_start":
      case "discount_end": {
        const at = parseTimestamp(
          (item.kind === "discount_start" ? item.scheduledAt : item.endsAt) ?? item.dueAt,
        );
        return t("facts.window", {
          title,
          from: time(new Date(at.getTime() - quarter)),
          to: time(new Date(at.getTime() + quarter)),
        });
      }
      case "boost_payout":
        if (item.payoutState === "batched") return t("facts.batched", { value });
        if (item.payoutState === "sent") return t("facts.paySent", { value });
        if (item.payoutState === "failed") return t("facts.payFailed", { value });
        return item.clearsOn
          ? t("facts.payable", { value, date: day(item.clearsOn) })
          : t("facts.worth", { title, value });
      case "raffle_draw":
        return t("facts.winners", { title, winners: item.winners ?? 1 });
      case "reward_out":
        return t("facts.waiting", { title, waiting: item.waiting ?? 1 });
      case "handle_claim":
        return t("facts.claimant", { title, name: item.claimantName ?? "" });
    }
  }

  return { timeLeft, title, facts };
}

function instantOf(item: WorkItem): "gift_card" | "ads_credit" | "experience" {
  return item.rewardKind === "ads_credit" || item.rewardKind === "experience" ? item.rewardKind : "gift_card";
}

/** Where a piece of work is taken care of. */
export function workHref(slug: string, item: WorkItem): string {
  const admin = `/${slug}/admin/loyalty`;
  if (item.kind === "boost_payout") return `${admin}/payouts`;
  if (item.kind === "raffle_draw") return `${admin}/raffles/${item.id}`;
  if (item.kind === "reward_out") return `${admin}/rewards/${item.id}`;
  if (item.kind === "handle_claim") return `${admin}/handle-claims`;
  return `${admin}/redemptions/${item.redemptionId ?? item.id}`;
}
