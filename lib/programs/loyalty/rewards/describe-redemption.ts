import { parseTimestamp } from "@/lib/kernel/time";
import type { MyRedemption, RewardHistoryItem } from "./my-rewards.schema";
import type { RewardWords } from "./reward-words";

type Ended = Pick<RewardHistoryItem, "outcome" | "happenedAt" | "text">;

/** What became of an offer or a claim, in plain sentences: the thing, the day, how long it took, why not. */
export function describeRedemption(redemption: MyRedemption, words: RewardWords): Ended {
  const { t, day } = words;
  const name = named(redemption.name);
  const from = redemption.missionName ? t("history.from", { mission: redemption.missionName }) : "";
  if (redemption.rejectedAt) {
    return {
      outcome: "rejected",
      happenedAt: redemption.rejectedAt,
      text: [
        t("history.rejected", { name, day: day(redemption.rejectedAt) }) + from,
        t("history.reason", { reason: redemption.rejectionReason ?? "" }),
        t("history.rejectedFree"),
      ],
    };
  }
  if (redemption.expiredAt) {
    return {
      outcome: "expired",
      happenedAt: redemption.expiredAt,
      text: [
        t("history.expired", { name, day: day(redemption.claimUntil ?? redemption.expiredAt) }) + from,
        t("history.expiredWhy", { day: day(redemption.offeredAt) }),
      ],
    };
  }
  if (redemption.withdrawnAt) {
    const why = redemption.withdrawnReason ?? "";
    const key = why.startsWith("tier_change")
      ? "withdrawnTier"
      : why === "paused"
        ? "withdrawnPaused"
        : why === "reward_changed"
          ? "withdrawnChanged"
          : "withdrawnEnded";
    return {
      outcome: "withdrawn",
      happenedAt: redemption.withdrawnAt,
      text: [t("history.withdrawn", { name, day: day(redemption.withdrawnAt) }) + from, t(`history.${key}`)],
    };
  }
  return {
    outcome: "fulfilled",
    happenedAt: redemption.fulfilledAt ?? redemption.offeredAt,
    text: fulfilled(redemption, from, words),
  };
}

function fulfilled(redemption: MyRedemption, from: string, { t, day, money }: RewardWords): string[] {
  const { claimedAt, fulfilledAt, boost, gift } = redemption;
  const name = named(redemption.name);
  const lines = [t("history.got", { name, day: day(claimedAt ?? redemption.offeredAt) }) + from];
  if (boost) {
    const sum = boost.finalAmount ?? boost.earnedAmount;
    lines.push(t("history.boostRan", { from: day(boost.startsAt), to: day(boost.endsAt) }));
    if (boost.state === "paid" && sum !== null)
      lines.push(
        t("history.boostPaid", { sum: money(sum), day: day(boost.paidAt ?? fulfilledAt ?? boost.endsAt) }),
      );
    else if (sum === 0) lines.push(t("history.boostNothing"));
    else if (sum !== null) lines.push(t("history.boostEarned", { sum: money(sum) }));
    return lines;
  }
  if (gift?.deliveredAt) lines.push(t("history.delivered", { day: day(gift.deliveredAt) }));
  else if (gift?.shippedAt) lines.push(t("history.shipped", { day: day(gift.shippedAt) }));
  else if (claimedAt && fulfilledAt) lines.push(took(claimedAt, fulfilledAt, t));
  return lines;
}

/** "a $25 gift card", "an 8% boost"; a name that is a name stays as it is. */
function named(name: string): string {
  if (!/^[\p{Sc}\d]/u.test(name)) return name;
  return `${/^\p{Sc}?\s?(8|11\b|18\b)/u.test(name) ? "an" : "a"} ${name}`;
}

function took(from: string, to: string, t: RewardWords["t"]): string {
  const minutes = (parseTimestamp(to).getTime() - parseTimestamp(from).getTime()) / 60_000;
  if (minutes < 60) return t("history.withinHour");
  if (minutes <= 48 * 60) return t("history.withinHours", { hours: Math.ceil(minutes / 60) });
  return t("history.withinDays", { days: Math.ceil(minutes / 1440) });
}
