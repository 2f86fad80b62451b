import { decimalText, minorFromText } from "@/lib/kernel/money";
import type { CreatorMission, Mission, MissionKind, MissionReward } from "@/lib/programs/loyalty/contract";

/** A mission as it is typed: figures are text until they are sent. */
export interface MissionText {
  kind: MissionKind;
  name: string;
  description: string;
  target: string;
  rewardId: string;
  tierId: string;
  tag: string;
  previewFromTierId: string;
  countsFrom: "publish" | "checkpoint" | "joining";
  reachesCurrent: boolean;
  isRecurring: boolean;
  cooldownDays: string;
  maxCycles: string;
  daysToFinish: string;
  ends: string;
  winnersCount: string;
  alternatesCount: string;
  claimDays: string;
  displayOrder: string;
}

export const emptyMission: MissionText = {
  kind: "videos",
  name: "",
  description: "",
  target: "",
  rewardId: "",
  tierId: "",
  tag: "",
  previewFromTierId: "",
  countsFrom: "publish",
  reachesCurrent: true,
  isRecurring: false,
  cooldownDays: "0",
  maxCycles: "",
  daysToFinish: "",
  ends: "",
  winnersCount: "",
  alternatesCount: "0",
  claimDays: "",
  displayOrder: "100",
};

const text = (value: number | null) => (value === null ? "" : String(value));

export function missionText(mission: Mission, currency: string): MissionText {
  return {
    kind: mission.kind,
    name: mission.name,
    description: mission.description,
    target: mission.kind === "sales_amount" ? decimalText(mission.target, currency) : String(mission.target),
    rewardId: mission.rewardId,
    tierId: mission.tierId ?? "",
    tag: mission.tag ?? "",
    previewFromTierId: mission.previewFromTierId ?? "",
    countsFrom: mission.countsFrom,
    reachesCurrent: mission.reachesCurrent,
    isRecurring: mission.isRecurring,
    cooldownDays: String(mission.cooldownDays),
    maxCycles: text(mission.maxCycles),
    daysToFinish: text(mission.daysToFinish),
    ends: mission.endsLocal ?? "",
    winnersCount: text(mission.winnersCount),
    alternatesCount: String(mission.alternatesCount),
    claimDays: text(mission.claimDays),
    displayOrder: String(mission.displayOrder),
  };
}

// What is no number is sent as it was typed: the answer then stands beside the field.
const number = (typed: string) => {
  const plain = typed.trim().replace(/[\s,']/g, "");
  return plain === "" ? null : Number.isFinite(Number(plain)) ? Number(plain) : typed;
};

/** What the API takes. Fields that do not belong to the kind are left out, so that a changed mind sends no remains. */
export function missionBody(draft: MissionText, currency: string) {
  const raffle = draft.kind === "raffle";
  const target =
    draft.kind === "sales_amount"
      ? (minorFromText(draft.target, currency) ?? draft.target)
      : number(draft.target);
  return {
    kind: draft.kind,
    name: draft.name,
    description: draft.description,
    target: raffle || target === null || target === "" ? 0 : target,
    rewardId: draft.rewardId || null,
    tierId: draft.tierId || null,
    tag: draft.tag.trim() || null,
    previewFromTierId: draft.tierId ? draft.previewFromTierId || null : null,
    countsFrom: raffle ? "publish" : draft.countsFrom,
    reachesCurrent: draft.reachesCurrent,
    isRecurring: !raffle && draft.isRecurring,
    cooldownDays: !raffle && draft.isRecurring ? (number(draft.cooldownDays) ?? 0) : 0,
    maxCycles: !raffle && draft.isRecurring ? number(draft.maxCycles) : null,
    daysToFinish: raffle ? null : number(draft.daysToFinish),
    ends: draft.ends || null,
    winnersCount: raffle ? number(draft.winnersCount) : null,
    alternatesCount: raffle ? (number(draft.alternatesCount) ?? 0) : 0,
    claimDays: raffle ? number(draft.claimDays) : null,
    displayOrder: number(draft.displayOrder) ?? 100,
  };
}

/** The mission as its creators would read it, part of the way. */
export function previewOf(
  draft: MissionText,
  currency: string,
  reward: Pick<MissionReward, "id" | "kind" | "name"> | undefined,
  words: { name: string; reward: string },
  today: string,
): CreatorMission {
  const body = missionBody(draft, currency);
  const target = typeof body.target === "number" ? body.target : 0;
  const whole = draft.kind === "sales_amount" ? 100 : 1;
  const days = typeof body.daysToFinish === "number" ? Math.min(Math.max(body.daysToFinish, 1), 365) : null;
  const due =
    days && new Date(Date.parse(`${today}T00:00:00Z`) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const end = draft.ends.slice(0, 10);
  return {
    id: "00000000-0000-4000-8000-000000000000",
    kind: draft.kind,
    name: draft.name || words.name,
    description: draft.description,
    status: draft.kind === "raffle" ? "raffle_open" : "in_progress",
    progressId: null,
    redemptionId: null,
    isRecurring: draft.isRecurring,
    cycleNo: 1,
    target,
    value: Math.floor((target * 0.4) / whole) * whole,
    countsFrom: draft.countsFrom,
    countsFromOn: draft.countsFrom === "publish" ? today : null,
    dueOn: [due, end].filter(Boolean).sort()[0] || null,
    startsOn: null,
    completedOn: null,
    opensAt: null,
    claimUntil: null,
    scheduledAt: null,
    rewardEndsAt: null,
    tier: null,
    reward: {
      id: reward?.id ?? "00000000-0000-4000-8000-000000000000",
      kind: reward?.kind ?? "gift_card",
      name: reward?.name ?? words.reward,
      description: "",
      instructions: "",
      valueAmount: 0,
      boostBp: null,
      boostDays: null,
      discountPercent: null,
      discountMinutes: null,
      requiresSize: false,
      sizes: [],
    },
    raffle:
      draft.kind === "raffle" && draft.ends
        ? { endsAt: `${draft.ends}:00Z`, entries: 0, winnersCount: 1, claimDays: 7, isSealed: false }
        : null,
  };
}
