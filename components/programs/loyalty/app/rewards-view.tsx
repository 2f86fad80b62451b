import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { eye } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";
import { EmptyState } from "@/components/ui/states";
import type { MyReward, MyRewards, StandingWords } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { RedemptionRow, type RowContext } from "./redemption-row";
import { RewardPart } from "./reward-part";
import { EarnedRow, RewardRow, WhyNot } from "./reward-row";
import { useRewardWords } from "./reward-words";
import { RewardsReady } from "./rewards-ready";

interface ViewProps {
  rewards: MyRewards;
  business: string;
  base: string;
  slug: string;
}

/** Ready to claim first, then what she claimed, then what waits for another day, then what is shown early. */
export function RewardsView({ rewards, business, base, slug }: ViewProps) {
  const { t, say, day, list } = useRewardWords(rewards.currency, rewards.timeZone);
  const figures = useFigures(rewards.currency);
  const words: StandingWords = {
    t: say,
    figure: (value) => figures.of(rewards.metric, value),
    day,
    list,
    business,
  };
  const context: RowContext = {
    currency: rewards.currency,
    timeZone: rewards.timeZone,
    business,
    base,
    slug,
  };
  const earned = rewards.redemptions.filter(({ state, code }) => state === "claimable" && code === null);
  const kept = rewards.redemptions.filter(({ state, code }) => state === "claimable" && code !== null);
  const open = rewards.redemptions.filter(({ state }) => state !== "claimable");
  const by = (...statuses: MyReward["status"][]) =>
    rewards.rewards.filter(({ status }) => statuses.includes(status));
  const later = by("limit_reached", "sold_out", "budget_spent", "paused", "held").filter(
    ({ openRedemptionId }) => openRedemptionId === null,
  );
  const locked = by("locked");
  const unrecognised = by("unrecognised");
  const tiers = [...new Map(locked.map((reward) => [reward.tier?.id ?? "", reward.tier])).values()].sort(
    (one, other) => (one?.rank ?? 0) - (other?.rank ?? 0),
  );
  const why = (reward: MyReward) => <WhyNot reward={reward} rewards={rewards} words={words} />;
  if (rewards.rewards.length === 0 && rewards.redemptions.length === 0) {
    return <EmptyState title={t("emptyTitle")}>{t("emptyText", { business })}</EmptyState>;
  }
  return (
    <>
      {unrecognised.length > 0 && (
        <div className="pad pt-4">
          <Notice title={t("previewTitle")} path={eye}>
            <p>{t("previewText")}</p>
          </Notice>
        </div>
      )}
      <RewardsReady earned={earned} available={by("available")} rewards={rewards} slug={slug} />
      {open.length > 0 && (
        <RewardPart id="yours" title={t("yours")}>
          {open.map((redemption) => {
            const reward = rewards.rewards.find(({ openRedemptionId }) => openRedemptionId === redemption.id);
            return (
              <RedemptionRow
                key={redemption.id}
                redemption={redemption}
                context={context}
                why={reward && reward.status !== "available" && why(reward)}
              />
            );
          })}
        </RewardPart>
      )}
      {kept.length + later.length > 0 && (
        <RewardPart id="later" title={t("later")}>
          {kept.map((redemption) => (
            <EarnedRow key={redemption.id} redemption={redemption} rewards={rewards} words={words} />
          ))}
          {later.map((reward) => (
            <RewardRow key={reward.id} reward={reward} rewards={rewards} words={words} why={why(reward)} />
          ))}
        </RewardPart>
      )}
      {unrecognised.length > 0 && (
        <RewardPart id="preview" title={t("standing.unrecognised")}>
          {unrecognised.map((reward) => (
            <RewardRow
              key={reward.id}
              reward={reward}
              rewards={rewards}
              words={words}
              isLocked
              why={why(reward)}
            />
          ))}
        </RewardPart>
      )}
      {tiers.map((tier) => (
        <RewardPart
          key={tier?.id ?? "none"}
          id={`tier-${tier?.rank ?? 0}`}
          title={tier ? t("opensAt", { tier: tier.name }) : t("standing.lockedElse")}
          after={
            tier &&
            rewards.creator && (
              <p className="sm muted">
                {tier.threshold > rewards.creator.value &&
                  t("standing.lockedMissingShort", {
                    tier: tier.name,
                    missing: words.figure(tier.threshold - rewards.creator.value),
                  })}{" "}
                <Link href={`${base}/loyalty/tiers`} prefetch={false}>
                  {t("whatTierGives", { tier: tier.name })}
                </Link>
              </p>
            )
          }
        >
          {locked
            .filter((reward) => (reward.tier?.id ?? "") === (tier?.id ?? ""))
            .map((reward) => (
              <RewardRow
                key={reward.id}
                reward={reward}
                rewards={rewards}
                words={words}
                isLocked
                why={why(reward)}
              />
            ))}
        </RewardPart>
      ))}
      <div className="pad pt-6">
        <LinkButton href={`${base}/loyalty/tiers`}>{t("allTiers")}</LinkButton>
      </div>
    </>
  );
}
