import type { CreatorMission, MissionStatus } from "./creator-mission.schema";
import type { MissionKind } from "./mission.schema";

const groupOf = {
  claimable: "ready",
  raffle_won: "ready",
  needs_details: "ready",
  waiting_for_boost: "underway",
  waiting_for_stock: "underway",
  in_progress: "progress",
  raffle_open: "raffles",
  raffle_entered: "raffles",
  raffle_closed: "raffles",
  raffle_alternate: "raffles",
  running: "underway",
  scheduled: "underway",
  paying: "underway",
  claimed: "underway",
  next_up: "next",
  cooling_down: "next",
  paused: "paused",
  locked: "locked",
  unrecognised: "locked",
} as const satisfies Record<MissionStatus, string>;
export type MissionGroup = (typeof groupOf)[MissionStatus];

/** Paused before she ever began it: there is nothing of hers to tell. */
const isUntouched = ({ status, progressId }: CreatorMission) => status === "paused" && progressId === null;

/** The parts of the missions page; within each the order the server gave. */
export function arrangeMissions(items: readonly CreatorMission[]): Record<MissionGroup, CreatorMission[]> {
  const groups: Record<MissionGroup, CreatorMission[]> = {
    ready: [],
    progress: [],
    raffles: [],
    underway: [],
    next: [],
    paused: [],
    locked: [],
  };
  for (const item of items) if (!isUntouched(item)) groups[groupOf[item.status]].push(item);
  return groups;
}

const kindOrder: Record<MissionKind, number> = {
  raffle: 0,
  sales_amount: 1,
  sales_units: 1,
  videos: 2,
  likes: 3,
  views: 4,
};

/**
 * The missions a home shows, most urgent first: what waits for her, what is hers and opens on a day, then raffle, sales,
 * videos, likes, views; of one kind what ends sooner, then what is nearer to its goal.
 */
export function pickMissions(items: readonly CreatorMission[], count: number): CreatorMission[] {
  const urgent = items.filter(
    ({ status }) =>
      ["ready", "progress"].includes(groupOf[status]) ||
      status === "raffle_open" ||
      status === "waiting_for_boost",
  );
  const share = ({ value, target }: CreatorMission) => (target > 0 ? value / target : 0);
  const end = (one: CreatorMission) => one.dueOn ?? one.raffle?.endsAt ?? "9999";
  const waits = ({ status }: CreatorMission) =>
    groupOf[status] === "ready" ? 0 : status === "waiting_for_boost" ? 1 : 2;
  return [...urgent]
    .sort(
      (a, b) =>
        waits(a) - waits(b) ||
        kindOrder[a.kind] - kindOrder[b.kind] ||
        end(a).localeCompare(end(b)) ||
        share(b) - share(a),
    )
    .slice(0, count);
}

/** How many missions count as open: all she may still do something for. */
export function countOpen(items: readonly CreatorMission[]): number {
  return items.filter((item) => groupOf[item.status] !== "locked" && !isUntouched(item)).length;
}

/** In these the reward of a mission has not reached her yet, so the next of its kind waits. */
const holdsUp: readonly MissionStatus[] = [
  "in_progress",
  "claimable",
  "waiting_for_boost",
  "claimed",
  "scheduled",
  "running",
  "needs_details",
];

/** The mission of its kind that has to be out of the way before this one starts; null when the next count starts it. */
export function waitsFor(mission: CreatorMission, items: readonly CreatorMission[]): CreatorMission | null {
  return (
    items.find(
      ({ kind, status, reward }) =>
        kind === mission.kind &&
        holdsUp.includes(status) &&
        // A discount has reached her once it runs; a boost once its money is on its way.
        (status !== "running" || reward.kind === "commission_boost"),
    ) ?? null
  );
}
