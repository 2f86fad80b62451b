import { describe, expect, it } from "vitest";
import {
  arrangeMissions,
  countOpen,
  missionStatuses,
  pickMissions,
  waitsFor,
  type CreatorMission,
} from "@/lib/programs/loyalty/contract";

let number = 0;
const mission = (patch: Partial<CreatorMission>): CreatorMission => ({
  id: `00000000-0000-4000-8000-${String(++number).padStart(12, "0")}`,
  kind: "videos",
  name: "Lights, Camera",
  description: "",
  status: "in_progress",
  progressId: null,
  redemptionId: null,
  isRecurring: false,
  cycleNo: 1,
  target: 10,
  value: 6,
  countsFrom: "publish",
  countsFromOn: "2026-11-01",
  dueOn: null,
  startsOn: null,
  completedOn: null,
  opensAt: null,
  claimUntil: null,
  scheduledAt: null,
  rewardEndsAt: null,
  tier: null,
  reward: {
    id: "00000000-0000-4000-8000-00000000000a",
    kind: "gift_card",
    name: "$25 gift card",
    description: "",
    instructions: "",
    valueAmount: 2_500,
    boostBp: null,
    boostDays: null,
    discountPercent: null,
    discountMinutes: null,
    requiresSize: false,
    sizes: [],
  },
  raffle: null,
  ...patch,
});

describe("missions of a creator", () => {
  it("each stand in one part of the page", () => {
    const progressId = "00000000-0000-4000-8000-0000000000aa";
    const items = missionStatuses.map((status) => mission({ status, progressId }));
    const parts = Object.values(arrangeMissions(items));
    expect(parts.flat()).toHaveLength(missionStatuses.length);
    expect(countOpen(items)).toBe(missionStatuses.length - 2);
  });

  it("that were paused before she began them are not told", () => {
    const items = [mission({ status: "paused" }), mission({ status: "paused", kind: "raffle", target: 0 })];
    expect(Object.values(arrangeMissions(items)).flat()).toEqual([]);
    expect(countOpen(items)).toBe(0);
  });

  it("come to her home as what waits, then raffle, sales, videos, likes, views", () => {
    const named = (name: string, patch: Partial<CreatorMission>) => mission({ name, ...patch });
    const picked = pickMissions(
      [
        named("views", { kind: "views" }),
        named("locked", { kind: "raffle", status: "locked" }),
        named("likes", { kind: "likes" }),
        named("later", { kind: "videos", dueOn: "2026-12-31" }),
        named("sooner", { kind: "videos", dueOn: "2026-11-30" }),
        named("sales", { kind: "sales_amount" }),
        named("raffle", { kind: "raffle", status: "raffle_open" }),
        named("entered", { kind: "raffle", status: "raffle_entered" }),
        named("kept", { kind: "views", status: "waiting_for_boost" }),
        named("done", { kind: "views", status: "claimable" }),
      ],
      20,
    );
    expect(picked.map(({ name }) => name)).toEqual([
      "done",
      "kept",
      "raffle",
      "sales",
      "sooner",
      "later",
      "likes",
      "views",
    ]);
  });

  it("of one kind and deadline put the one nearer to its goal first", () => {
    const picked = pickMissions([mission({ name: "far", value: 1 }), mission({ name: "near", value: 9 })], 1);
    expect(picked.map(({ name }) => name)).toEqual(["near"]);
  });

  it("that wait their turn name what has to reach her first, and nothing when the next count starts them", () => {
    const next = mission({ name: "next", status: "next_up" });
    const first = (patch: Partial<CreatorMission>) => {
      const other = mission({ name: "other", ...patch });
      return waitsFor(next, [next, other])?.name ?? null;
    };
    expect(first({ status: "in_progress" })).toBe("other");
    expect(first({ status: "claimed" })).toBe("other");
    expect(first({ status: "in_progress", kind: "likes" })).toBeNull();
    // Whoever waits for the next piece does not stand still meanwhile, and what has reached her holds up nothing.
    for (const status of ["waiting_for_stock", "paying", "next_up", "paused"] as const)
      expect(first({ status })).toBeNull();
    const reward = (kind: CreatorMission["reward"]["kind"]) => ({ ...next.reward, kind });
    expect(first({ status: "running", reward: reward("commission_boost") })).toBe("other");
    expect(first({ status: "running", reward: reward("discount") })).toBeNull();
  });
});
