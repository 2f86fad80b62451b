import type { MyRedemption, MyReward, MyRewards } from "./my-rewards.schema";
import type { RewardCard } from "./reward.schema";

/** Words of the namespace "loyaltyRewards"; figures and days arrive formatted for the reader. */
export interface StandingWords {
  t: (key: string, values?: Record<string, string | number>) => string;
  /** In the metric tiers are judged by. */
  figure: (value: number) => string;
  /** The business's own calendar day of an instant. */
  day: (instant: string) => string;
  list: (items: string[]) => string;
  business: string;
}

/** "Once a month"; a limit in all counts anew with each tier for what belongs to a tier. */
export function limitText(
  reward: Pick<RewardCard, "kind" | "frequency" | "quantity">,
  t: StandingWords["t"],
): string {
  const perStint =
    reward.frequency === "one_time" && ["commission_boost", "ads_credit", "discount"].includes(reward.kind);
  return t(`limit.${reward.frequency}${perStint ? "Stint" : ""}`, { count: reward.quantity ?? 0 });
}

/** Why she may not claim it now: one line for the list, then the rule and the rows it was decided by. */
export function explainStanding(
  reward: MyReward,
  { creator }: Pick<MyRewards, "creator">,
  { t, figure, day, list, business }: StandingWords,
): { short: string; lines: string[] } {
  const limit = limitText(reward, t);
  const used =
    reward.claims.length > 0
      ? t("standing.used", { days: list(reward.claims.map((c) => day(c.claimedAt))) })
      : "";
  const again = reward.opensAt ? t("standing.again", { day: day(reward.opensAt) }) : "";
  const say = (short: string, ...lines: string[]) => ({ short, lines: lines.filter(Boolean) });
  switch (reward.status) {
    case "available":
      return say("");
    case "claimed":
      return say(t("standing.claimed"), t("standing.claimedMore"), t("standing.rule", { limit }), used);
    case "limit_reached": {
      if (reward.reason === "boosted" && reward.opensAt)
        return say(
          t("standing.boostedShort", { day: day(reward.opensAt) }),
          t("standing.boosted", { day: day(reward.opensAt) }),
        );
      const isStint = limit === t("limit.one_timeStint", { count: reward.quantity ?? 0 });
      const after = again || t(isStint ? "standing.stint" : "standing.never");
      if (reward.reason === "lapsed")
        return say(after, t("standing.lapsed"), t("standing.rule", { limit }), after);
      return say(after, t("standing.rule", { limit }), used, again ? after : "");
    }
    case "sold_out":
      return say(t("standing.sold_out"), t("standing.soldOutMore", { business }));
    case "budget_spent":
      return say(t("standing.budget_spent"), t("standing.budgetMore", { business }));
    case "locked": {
      if (reward.reason === "archived") return say(t("standing.archived"), t("standing.archived"));
      if (!reward.tier || !creator) return say(t("standing.lockedElse"), t("standing.lockedElse"));
      const tier = reward.tier.name;
      const missing = reward.tier.threshold - creator.value;
      return say(
        t("standing.lockedShort", { tier }),
        missing > 0 ? t("standing.lockedMissing", { tier, missing: figure(missing) }) : "",
        t("standing.lockedRule", {
          tier,
          threshold: figure(reward.tier.threshold),
          value: figure(creator.value),
        }),
      );
    }
    case "unrecognised":
      return say(t("standing.unrecognised"), t("standing.unrecognisedMore"));
    case "paused":
      return say(t("standing.paused", { business }), t("standing.pausedMore"));
    case "held":
      return say(t("standing.held"), t("standing.heldMore", { business }));
  }
}

/** Why she may not claim what she earned: one line for the list, then the rule it was decided by. */
export function explainEarned(
  { reason, opensAt }: Pick<MyRedemption, "reason" | "opensAt">,
  { t, day, business }: Pick<StandingWords, "t" | "day" | "business">,
): { short: string; lines: string[] } {
  switch (reason) {
    case "boosted": {
      const until = { day: opensAt ? day(opensAt) : "" };
      return {
        short: t("standing.boostedShort", until),
        lines: [t("standing.boosted", until), t("standing.earnedKept")],
      };
    }
    case "stock":
      return { short: t("standing.earnedStock"), lines: [t("standing.earnedStockMore", { business })] };
    case "held":
      return { short: t("standing.held"), lines: [t("standing.heldMore", { business })] };
    case "archived":
      return { short: t("standing.archived"), lines: [t("standing.archived")] };
    case "claimed":
      return { short: t("standing.claimed"), lines: [t("standing.claimedMore")] };
    case "over":
      return { short: t("standing.earnedOver"), lines: [t("standing.earnedOver")] };
    case null:
      return { short: "", lines: [] };
  }
}
