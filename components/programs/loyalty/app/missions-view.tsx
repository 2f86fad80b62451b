import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { List, ListRow } from "@/components/ui/layout-parts";
import { EmptyState } from "@/components/ui/states";
import { target } from "@/components/ui/icon-paths";
import { parseTimestamp } from "@/lib/kernel/time";
import {
  arrangeMissions,
  inSentence,
  sayGoal,
  waitsFor,
  type CreatorMission,
  type CreatorMissions,
} from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { MissionRaffle } from "./mission-raffle";
import { MissionReady } from "./mission-ready";
import { LockedRow, MissionRow } from "./mission-row";
import { MissionSection } from "./mission-section";
import { UnrecognisedNotice } from "./mission-unrecognised";
import { useMissionWords } from "./mission-words";

interface MissionsViewProps {
  missions: CreatorMissions;
  business: string;
  base: string;
  /** The button that opens the claim sheet of a mission; the first one is the filled one of the page. */
  claim: (mission: CreatorMission, isFirst: boolean) => ReactNode;
}

/** The open missions: what waits for her first, then what she works at, what comes, and what higher tiers get. */
export function MissionsView({ missions, business, base, claim }: MissionsViewProps) {
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(missions.currency);
  const groups = arrangeMissions(missions.items);
  const shared = { currency: missions.currency, timeZone: missions.timeZone };
  const counted = { ...shared, lastBusinessDate: missions.lastBusinessDate };
  const due = new Set(groups.progress.map(({ dueOn }) => dueOn));
  const oneDue = groups.progress.length > 1 && due.size === 1 ? [...due][0] : null;
  const { creator } = missions;
  if (missions.items.length === 0) {
    return (
      <EmptyState title={t("emptyTitle")} path={target}>
        {t("emptyText", { business })}
      </EmptyState>
    );
  }
  return (
    <>
      {creator && !creator.isRecognised && <UnrecognisedNotice business={business} handle={creator.handle} />}
      {groups.ready.map((mission, index) => (
        <MissionReady
          key={mission.id}
          mission={mission}
          currency={missions.currency}
          base={base}
          isFirst={index === 0}
          claim={claim(mission, index === 0)}
        />
      ))}
      {groups.progress.length > 0 && (
        <MissionSection
          id="progress"
          title={t("progress")}
          aside={oneDue ? t("until", { day: words.day(oneDue) }) : undefined}
        >
          <ul className="list">
            {groups.progress.map((mission) => (
              <MissionRow key={mission.id} mission={mission} deadline={!oneDue} {...counted} />
            ))}
          </ul>
        </MissionSection>
      )}
      {groups.raffles.map((mission) => (
        <MissionRaffle key={mission.id} mission={mission} timeZone={missions.timeZone} base={base} />
      ))}
      <Underway missions={groups.underway} base={base} />
      <NextUp missions={groups.next} all={missions} />
      {groups.paused.length > 0 && (
        <MissionSection id="paused" title={t("paused")}>
          <p className="sm muted mt-1">{t("pausedText", { business })}</p>
          <List>
            {groups.paused.map((mission) => (
              <ListRow
                key={mission.id}
                title={mission.name}
                text={t("lockedGoal", {
                  goal: sayGoal(mission.kind, mission.target, words),
                  reward: inSentence(mission.reward.name),
                })}
              />
            ))}
          </List>
        </MissionSection>
      )}
      <Locked missions={groups.locked} all={missions} base={base} />
    </>
  );
}

/** Claimed rewards on their way, each with what happens next. */
function Underway({ missions, base }: { missions: CreatorMission[]; base: string }) {
  const t = useTranslations("loyaltyMissions.app");
  const format = useFormatter();
  if (missions.length === 0) return null;
  const at = (text: string | null) =>
    text ? format.dateTime(parseTimestamp(text), { dateStyle: "medium", timeStyle: "short" }) : "";
  return (
    <MissionSection id="underway" title={t("underway")}>
      <List>
        {missions.map((mission) => (
          <ListRow
            key={mission.id}
            title={mission.reward.name}
            text={t(`underwayTexts.${mission.status as "claimed"}`, {
              mission: mission.name,
              from: at(mission.scheduledAt),
              to: at(mission.rewardEndsAt),
              opens: at(mission.opensAt),
            })}
            href={`${base}/loyalty/rewards`}
          />
        ))}
      </List>
    </MissionSection>
  );
}

/** Waiting their turn: after a fulfilled reward, or after the pause of a mission that repeats. */
function NextUp({ missions, all }: { missions: CreatorMission[]; all: CreatorMissions }) {
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(all.currency);
  if (missions.length === 0) return null;
  const starts = (mission: CreatorMission) => {
    const reward = inSentence(mission.reward.name);
    if (mission.status === "cooling_down" && mission.startsOn)
      return t("startsOn", { reward, day: words.day(mission.startsOn) });
    const first = waitsFor(mission, all.items);
    if (!first) return t("startsTonight", { reward });
    return first.status === "in_progress"
      ? t("startsAfterMission", { reward, mission: first.name })
      : t("startsAfterReward", { reward, mission: first.name, first: inSentence(first.reward.name) });
  };
  return (
    <MissionSection id="next" title={t("next")}>
      <List>
        {missions.map((mission) => (
          <ListRow
            key={mission.id}
            title={mission.name}
            text={
              mission.reward.left === 0
                ? t("startsWithStock", { reward: mission.reward.name })
                : starts(mission)
            }
          />
        ))}
      </List>
    </MissionSection>
  );
}

/** What higher tiers get, tier by tier, with the way there; for the unrecognised the whole catalogue. */
function Locked({ missions, all, base }: { missions: CreatorMission[]; all: CreatorMissions; base: string }) {
  const t = useTranslations("loyaltyMissions.app");
  const figures = useFigures(all.currency);
  const own = missions.filter(({ status }) => status === "unrecognised");
  const tiers = new Map<string, CreatorMission[]>();
  for (const mission of missions) {
    if (mission.status !== "locked" || !mission.tier) continue;
    tiers.set(mission.tier.id, [...(tiers.get(mission.tier.id) ?? []), mission]);
  }
  return (
    <>
      {own.length > 0 && (
        <MissionSection id="waiting" title={t("waiting")}>
          <ul className="list">
            {own.map((mission) => (
              <LockedRow key={mission.id} mission={mission} currency={all.currency} />
            ))}
          </ul>
        </MissionSection>
      )}
      {[...tiers.values()].map((group) => {
        const tier = group[0]?.tier;
        if (!tier) return null;
        return (
          <MissionSection key={tier.id} id={`tier-${tier.id}`} title={t("opensAt", { tier: tier.name })}>
            <ul className="list">
              {group.map((mission) => (
                <LockedRow key={mission.id} mission={mission} currency={all.currency} />
              ))}
            </ul>
            <p className="sm muted">
              {tier.missing > 0 &&
                `${t("missing", { missing: figures.of(all.metric, tier.missing), tier: tier.name })} `}
              <Link href={`${base}/loyalty/tiers`} prefetch={false}>
                {t("tierGives", { tier: tier.name })}
              </Link>
            </p>
          </MissionSection>
        );
      })}
    </>
  );
}
