import { justBefore } from "@/lib/kernel/time";
import type { CreatorMission, MissionHistoryItem } from "./creator-mission.schema";
import type { MissionKind } from "./mission.schema";

/** `t` of the namespace "loyaltyMissions.words"; figures and days arrive formatted for the reader. */
export interface MissionWords {
  t: (key: string, values?: Record<string, string | number>) => string;
  money: (minor: number) => string;
  count: (value: number) => string;
  /** A calendar date, `2026-11-20`. */
  day: (date: string) => string;
  /** The day of an instant, in the reader's zone. */
  moment: (instant: string) => string;
}

const bare = (kind: MissionKind, value: number, words: MissionWords) =>
  kind === "sales_amount" ? words.money(value) : words.count(value);

/** "62,400 views", "$1,200 in sales". */
export function sayFigure(kind: MissionKind, value: number, words: MissionWords): string {
  return words.t(`figure.${kind}`, { value: bare(kind, value, words), count: value });
}

/** "62,400 of 100,000 views". */
export function sayProgress(kind: MissionKind, value: number, target: number, words: MissionWords): string {
  return words.t(`progress.${kind}`, {
    value: bare(kind, value, words),
    target: bare(kind, target, words),
    count: target,
  });
}

/** "37,600 to go". */
export function sayLeft(kind: MissionKind, value: number, target: number, words: MissionWords): string {
  return words.t("left", { value: bare(kind, Math.max(0, target - value), words) });
}

/** "Get 50,000 likes". */
export function sayGoal(kind: MissionKind, target: number, words: MissionWords): string {
  return words.t(`goal.${kind}`, { value: bare(kind, target, words), count: target });
}

/** "A weekend in Miami" within a sentence: only its article gives way, a brand keeps its letter. */
export function inSentence(name: string): string {
  return name.replace(/^(?:An?|The|Your|One|Two|Three) (?=\S)/, (article) => article.toLowerCase());
}

const dayNumber = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** How long there is, in words. Both days are of the business's calendar; the last one still counts. */
export function sayDeadline(dueOn: string, today: string, words: MissionWords): string {
  const left = dayNumber(dueOn) - dayNumber(today);
  const day = words.day(dueOn);
  if (left < 0) return words.t("deadline.over", { day });
  if (left === 0) return words.t("deadline.today");
  if (left === 1) return words.t("deadline.tomorrow", { day });
  return left <= 7 ? words.t("deadline.days", { count: left, day }) : words.t("deadline.until", { day });
}

/** What counts, from when, until when and as of which night: the whole of "How it is counted". */
export function explainCounting(
  mission: Pick<
    CreatorMission,
    "kind" | "countsFrom" | "countsFromOn" | "dueOn" | "isRecurring" | "cycleNo"
  > & { lastBusinessDate: string | null },
  words: MissionWords,
): string[] {
  const { kind, countsFrom, countsFromOn, dueOn, lastBusinessDate } = mission;
  if (kind === "raffle") return [words.t("counting.raffle")];
  // Only a first round looks back: a later one would be done by what the first was done by.
  const isFirst = (mission.cycleNo ?? 1) === 1;
  return [
    isFirst && countsFrom === "joining"
      ? words.t("counting.ever")
      : countsFromOn
        ? words.t(isFirst && countsFrom === "checkpoint" ? "counting.fromPeriod" : "counting.from", {
            day: words.day(countsFromOn),
          })
        : words.t("counting.fromStart"),
    words.t(`counting.what.${kind}`),
    dueOn ? words.t("counting.until", { day: words.day(dueOn) }) : words.t("counting.open"),
    mission.isRecurring ? words.t("counting.round", { round: mission.cycleNo ?? 1 }) : "",
    words.t("counting.kept"),
    lastBusinessDate ? words.t("counting.asOf", { day: words.day(lastBusinessDate) }) : "",
  ].filter(Boolean);
}

/** What became of a round or a raffle, in whole sentences: how far she came, what was paid, and when. */
export function explainRound(round: Omit<MissionHistoryItem, "lines">, words: MissionWords): string[] {
  const { kind, outcome, value, target } = round;
  const t = (key: string, values?: Record<string, string | number>) => words.t(`history.${key}`, values);
  const reward = round.rewardName;
  const reached =
    kind === "raffle"
      ? t("won", { entries: round.entries ?? 0 })
      : t("reached", {
          goal: sayFigure(kind, target, words),
          day: words.day(round.completedOn ?? round.closedOn),
        });
  const settled = words.moment(round.settledAt ?? round.closedOn);
  switch (outcome) {
    case "paid":
      return [
        reached,
        round.amount > 0
          ? t("paid", { reward, amount: words.money(round.amount), day: settled })
          : t("paidNothing", { reward }),
      ];
    case "fulfilled":
      return [reached, t(`fulfilled.${round.rewardKind}`, { reward, day: settled })];
    case "completed":
      return [reached];
    case "rejected":
      return [
        reached,
        t("rejected", { reward, day: words.day(round.closedOn), reason: round.reason ?? "" }).trim(),
      ];
    case "expired":
      return [
        reached,
        round.claimUntil
          ? t("expiredOn", { reward, day: words.moment(justBefore(round.claimUntil)) })
          : t("expired", { reward }),
      ];
    case "raffle_lost":
      return [t("lost", { entries: round.entries ?? 0, day: words.day(round.closedOn) })];
    case "raffle_forfeited":
      return [
        t("won", { entries: round.entries ?? 0 }),
        round.claimUntil
          ? t("forfeitedOn", { reward, day: words.moment(justBefore(round.claimUntil)) })
          : t("forfeited", { reward }),
      ];
    case "missed":
      if (kind === "raffle") return [t("notEntered", { day: words.day(round.closedOn) })];
      return [
        t(round.dueOn ? "missed" : "missedEnded", {
          progress: sayProgress(kind, value, target, words),
          day: words.day(round.dueOn ?? round.closedOn),
        }),
        t("missing", { missing: sayFigure(kind, Math.max(0, target - value), words) }),
      ];
  }
}
