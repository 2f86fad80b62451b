import { useNow, useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/layout-parts";
import { Glyph } from "@/components/ui/glyph";
import * as paths from "@/components/ui/icon-paths";
import { Badge, Progress } from "@/components/ui/marks";
import { dateIn } from "@/lib/kernel/time";
import {
  explainCounting,
  inSentence,
  sayDeadline,
  sayGoal,
  sayLeft,
  sayProgress,
  type CreatorMission,
  type MissionKind,
  type MissionReward,
} from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "./mission-words";

const rewardDrawings: Record<MissionReward["kind"], string> = {
  gift_card: paths.gift,
  ads_credit: paths.megaphone,
  physical_gift: paths.shoppingBag,
  experience: paths.ticket,
  commission_boost: paths.badgePercent,
  discount: paths.badgePercent,
};
export const missionDrawings: Record<MissionKind, string> = {
  sales_amount: paths.trendingUp,
  sales_units: paths.shoppingBag,
  videos: paths.clapperboard,
  views: paths.eye,
  likes: paths.heart,
  raffle: paths.ticket,
};

/** What a mission pays, with its drawing. */
function RewardLine({ reward }: { reward: Pick<MissionReward, "kind" | "name"> }) {
  return (
    <span className="row">
      <Glyph path={rewardDrawings[reward.kind]} size="s" />
      {reward.name}
    </span>
  );
}

interface MissionRowProps {
  mission: CreatorMission;
  currency: string;
  timeZone: string;
  lastBusinessDate: string | null;
  /** Left out where all share one deadline and the head of the list says it. */
  deadline?: boolean;
}

/** One mission in progress: how far, exactly; what it pays; how long there is; how it is counted. */
export function MissionRow(props: MissionRowProps) {
  const { mission, currency, timeZone, lastBusinessDate } = props;
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(currency);
  const today = dateIn(timeZone, useNow());
  const { kind, value, target } = mission;
  const progress = sayProgress(kind, value, target, words);
  return (
    <li className="stack gap-1.5 py-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="h3 lead">{mission.name}</h3>
        <p className="soft num">{progress}</p>
      </div>
      <Progress
        size="thick"
        value={value}
        max={target}
        label={t("bar", { mission: mission.name, progress })}
      />
      <div className="sm soft flex flex-wrap justify-between gap-x-3">
        <RewardLine reward={mission.reward} />
        <span className="muted num">{sayLeft(kind, value, target, words)}</span>
      </div>
      {mission.dueOn && props.deadline !== false && (
        <p className="sm muted">{sayDeadline(mission.dueOn, today, words)}</p>
      )}
      <RewardsLeft mission={mission} />
      <HowCounted mission={mission} currency={currency} lastBusinessDate={lastBusinessDate} />
    </li>
  );
}

/** Said while there is still time to choose: few are left, or none. */
function RewardsLeft({ mission: { status, reward } }: { mission: CreatorMission }) {
  const t = useTranslations("loyaltyMissions.app");
  if (status !== "in_progress" || typeof reward.left !== "number" || reward.left > 5) return null;
  if (reward.left > 0) return <p className="sm">{t("rewardsLeft", { count: reward.left })}</p>;
  return (
    <p className="sm">
      <Badge tone="warn">{t("rewardGoneBadge")}</Badge> {t("rewardGone")}
    </p>
  );
}

/** "How it is counted": from which day, what counts, until when, as of which night. */
function HowCounted({
  mission,
  currency,
  lastBusinessDate,
}: Pick<MissionRowProps, "mission" | "currency" | "lastBusinessDate">) {
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(currency);
  return (
    <Disclosure
      summary={
        <span className="sm">
          {t("how")}
          <span className="vh">: {mission.name}</span>
        </span>
      }
    >
      <div className="soft sm stack gap-1 pb-2">
        {mission.description && <p>{mission.description}</p>}
        {explainCounting({ ...mission, lastBusinessDate }, words).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </Disclosure>
  );
}

/** One mission one cannot take part in yet: its goal and what it pays. */
export function LockedRow({
  mission,
  currency,
  isOpen,
}: {
  mission: CreatorMission;
  currency: string;
  /** Drawn without the lock, for an example. */
  isOpen?: boolean;
}) {
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(currency);
  return (
    <li className="py-2.5">
      <div className="row gap-3.5">
        <Glyph path={isOpen ? missionDrawings[mission.kind] : paths.lock} />
        <div className="grow">
          <h3 className="h3 soft">{mission.name}</h3>
          <p className="sm muted">
            {t(mission.kind === "raffle" ? "lockedRaffle" : "lockedGoal", {
              goal: sayGoal(mission.kind, mission.target, words),
              reward: inSentence(mission.reward.name),
            })}
          </p>
        </div>
      </div>
    </li>
  );
}
