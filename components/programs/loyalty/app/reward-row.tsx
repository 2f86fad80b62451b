import type { ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
import { lock } from "@/components/ui/icon-paths";
import { Disclosure } from "@/components/ui/layout-parts";
import {
  explainEarned,
  explainStanding,
  type MyRedemption,
  type MyReward,
  type MyRewards,
  type StandingWords,
} from "@/lib/programs/loyalty/contract";
import { rewardDrawings } from "./redemption-row";
import { useRewardWords } from "./reward-words";

/** What cannot be claimed now: its one-line reason, and the whole of it one tap below. */
export function RewardRow({
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

/** What she earned and cannot claim yet: where it is from, why, and from when she can. */
export function EarnedRow({
  redemption,
  rewards,
  words,
}: {
  redemption: MyRedemption;
  rewards: MyRewards;
  words: StandingWords;
}) {
  const { t } = useRewardWords(rewards.currency, rewards.timeZone);
  const { short, lines } = explainEarned(redemption, words);
  const from = redemption.missionName
    ? `${t(redemption.source === "raffle" ? "wonIn" : "fromMission", { mission: redemption.missionName })} `
    : "";
  return (
    <li className="py-2.5">
      <div className="row top gap-3.5">
        <Glyph path={rewardDrawings[redemption.kind]} />
        <div className="grow">
          <h3 className="h3 soft">{redemption.name}</h3>
          <p className="sm muted">
            {from}
            {short}
          </p>
          <Why summary={words.t("whyNot")} name={redemption.name} lines={lines} />
        </div>
      </div>
    </li>
  );
}

/** The rule and the rows it was decided by. */
export function WhyNot({
  reward,
  rewards,
  words,
}: {
  reward: MyReward;
  rewards: MyRewards;
  words: StandingWords;
}) {
  const { lines } = explainStanding(reward, rewards, words);
  return (
    <Why
      summary={words.t(reward.openRedemptionId ? "whyNotAgain" : "whyNot")}
      name={reward.name}
      lines={lines}
    />
  );
}

function Why({ summary, name, lines }: { summary: string; name: string; lines: string[] }) {
  return (
    <Disclosure
      summary={
        <span className="sm soft">
          {summary}
          <span className="vh">: {name}</span>
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
