import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck, eye, lock } from "@/components/ui/icon-paths";
import { Disclosure, SectionBand } from "@/components/ui/layout-parts";
import { Notice } from "@/components/ui/notice";
import { EmptyState } from "@/components/ui/states";
import {
  explainStanding,
  type MyRedemption,
  type MyReward,
  type MyRewards,
  type StandingWords,
} from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ClaimReward } from "./claim-reward";
import { RedemptionRow, rewardDrawings, type RowContext } from "./redemption-row";
import { useRewardWords } from "./reward-words";

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
  const earned = rewards.redemptions.filter(({ state }) => state === "claimable");
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
      <Ready earned={earned} available={by("available")} rewards={rewards} slug={slug} />
      {open.length > 0 && (
        <Part id="yours" title={t("yours")}>
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
        </Part>
      )}
      {later.length > 0 && (
        <Part id="later" title={t("later")}>
          {later.map((reward) => (
            <QuietRow key={reward.id} reward={reward} rewards={rewards} words={words} why={why(reward)} />
          ))}
        </Part>
      )}
      {unrecognised.length > 0 && (
        <Part id="preview" title={t("standing.unrecognised")}>
          {unrecognised.map((reward) => (
            <QuietRow
              key={reward.id}
              reward={reward}
              rewards={rewards}
              words={words}
              isLocked
              why={why(reward)}
            />
          ))}
        </Part>
      )}
      {tiers.map((tier) => (
        <Part
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
              <QuietRow
                key={reward.id}
                reward={reward}
                rewards={rewards}
                words={words}
                isLocked
                why={why(reward)}
              />
            ))}
        </Part>
      ))}
      <div className="pad pt-6">
        <LinkButton href={`${base}/loyalty/tiers`}>{t("allTiers")}</LinkButton>
      </div>
    </>
  );
}

function Part({
  id,
  title,
  after,
  children,
}: {
  id: string;
  title: string;
  after?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="sect ruled pt-4" aria-labelledby={id}>
      <h2 id={id} className="sm muted font-medium">
        {title}
      </h2>
      <ul className="list">{children}</ul>
      {after}
    </section>
  );
}

/** What she may claim now: the first in a band with the one filled button, the others below it. */
function Ready({
  earned,
  available,
  rewards,
  slug,
}: {
  earned: MyRedemption[];
  available: MyReward[];
  rewards: MyRewards;
  slug: string;
}) {
  const { t, day, worth } = useRewardWords(rewards.currency, rewards.timeZone);
  const terms = {
    currency: rewards.currency,
    timeZone: rewards.timeZone,
    today: rewards.today,
    fulfilHours: rewards.fulfilHours,
    clearingDays: rewards.clearingDays,
    commissionBp: rewards.creator?.commissionBp,
  };
  const items = [
    ...earned.map((one) => ({
      one,
      claim: { redemptionId: one.id },
      from: one.missionName
        ? t(one.source === "raffle" ? "wonIn" : "fromMission", { mission: one.missionName })
        : "",
      left: null,
    })),
    ...available.map((one) => ({
      one,
      claim: { rewardId: one.id },
      from: "",
      left: one.stockLeft === null ? null : t("left", { count: one.stockLeft }),
    })),
  ];
  const [first, ...others] = items;
  if (!first) return null;
  const line = ({ one, from, left }: (typeof items)[number]) =>
    [
      from || worth(one) + ".",
      one.claimUntil ? t("claimBy", { day: day(one.claimUntil) }) : "",
      left ? `${left}.` : "",
    ]
      .filter(Boolean)
      .join(" ");
  return (
    <>
      <SectionBand
        kicker={
          <>
            <Glyph path={circleCheck} size="s" />
            {t("ready")}
          </>
        }
        title={first.one.name}
        actions={
          <ClaimReward
            reward={first.one}
            claim={first.claim}
            slug={slug}
            context={terms}
            look={{ variant: "primary", wide: true }}
          />
        }
      >
        {first.one.description && <p>{first.one.description}</p>}
        <p>{line(first)}</p>
      </SectionBand>
      {others.length > 0 && (
        <Part id="ready" title={t("alsoReady")}>
          {others.map((item) => (
            <li className="row gap-3.5 py-3" key={item.one.id}>
              <Glyph path={rewardDrawings[item.one.kind]} />
              <div className="grow">
                <h3 className="h3">{item.one.name}</h3>
                <p className="sm muted">{line(item)}</p>
              </div>
              <ClaimReward reward={item.one} claim={item.claim} slug={slug} context={terms} short />
            </li>
          ))}
        </Part>
      )}
    </>
  );
}

/** What cannot be claimed now: its one-line reason, and the whole of it one tap below. */
function QuietRow({
  reward,
  rewards,
  words,
  isLocked,
  why,
}: {
  reward: MyReward;
  rewards: MyRewards;
  words: StandingWords;
  isLocked?: boolean;
  why: ReactNode;
}) {
  const { worth } = useRewardWords(rewards.currency, rewards.timeZone);
  return (
    <li className="py-2.5">
      <div className="row top gap-3.5">
        <Glyph path={isLocked ? lock : rewardDrawings[reward.kind]} />
        <div className="grow">
          <h3 className="h3 soft">{reward.name}</h3>
          <p className="sm muted">
            {isLocked ? worth(reward) : explainStanding(reward, rewards, words).short}
          </p>
          {why}
        </div>
      </div>
    </li>
  );
}

function WhyNot({ reward, rewards, words }: { reward: MyReward; rewards: MyRewards; words: StandingWords }) {
  const { lines } = explainStanding(reward, rewards, words);
  return (
    <Disclosure
      summary={
        <span className="sm soft">
          {words.t(reward.openRedemptionId ? "whyNotAgain" : "whyNot")}
          <span className="vh">: {reward.name}</span>
        </span>
      }
    >
      <div className="soft sm stack gap-1 pb-2">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </Disclosure>
  );
}
