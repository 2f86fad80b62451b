import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { formatMoney, formatNumber } from "@/lib/kernel/money";
import {
  explainCounting,
  explainRound,
  inSentence,
  missionKinds,
  missionOutcomes,
  sayDeadline,
  sayGoal,
  sayLeft,
  sayProgress,
  type MissionHistoryItem,
  type MissionWords,
} from "@/lib/programs/loyalty/contract";
import loyaltyMissions from "@/messages/en/loyalty-missions.json";

const day = (text: string) =>
  new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(
    new Date(text.length === 10 ? `${text}T00:00:00Z` : text),
  );
const words: MissionWords = {
  t: createTranslator({
    locale: "en",
    messages: { loyaltyMissions },
    namespace: "loyaltyMissions.words",
    onError: (error) => {
      throw error;
    },
  }) as unknown as MissionWords["t"],
  money: (minor) => formatMoney(minor, "USD", "en-US", { whole: true }),
  count: (value) => formatNumber(value, "en-US"),
  day,
  moment: day,
};

const round = (patch: Partial<MissionHistoryItem>): Omit<MissionHistoryItem, "lines"> => ({
  id: "00000000-0000-4000-8000-000000000001",
  missionId: "00000000-0000-4000-8000-000000000002",
  kind: "views",
  name: "Road to Viral",
  outcome: "missed",
  cycleNo: 1,
  isRecurring: false,
  value: 62_400,
  target: 100_000,
  countsFromOn: "2026-10-01",
  dueOn: "2026-10-31",
  completedOn: null,
  closedOn: "2026-11-01",
  rewardName: "$100 ad credit",
  rewardKind: "ads_credit",
  amount: 0,
  settledAt: null,
  claimUntil: null,
  reason: null,
  entries: null,
  ...patch,
});

describe("the words of a mission", () => {
  it("say how far and how much is left, money without needless zeros", () => {
    expect(sayProgress("views", 62_400, 100_000, words)).toBe("62,400 of 100,000 views");
    expect(sayProgress("videos", 0, 1, words)).toBe("0 of 1 video");
    expect(sayProgress("sales_amount", 82_050, 120_000, words)).toBe("$820.50 of $1,200");
    expect(sayLeft("views", 62_400, 100_000, words)).toBe("37,600 to go");
    expect(sayLeft("videos", 12, 10, words)).toBe("0 to go");
    expect(sayGoal("likes", 50_000, words)).toBe("Get 50,000 likes");
    expect(sayGoal("sales_units", 1, words)).toBe("Sell 1 piece");
  });

  it("name a reward within a sentence without a capital article", () => {
    expect(inSentence("A weekend in Miami")).toBe("a weekend in Miami");
    expect(inSentence("Glow hoodie")).toBe("Glow hoodie");
    expect(inSentence("$25 gift card")).toBe("$25 gift card");
    expect(inSentence("Another day")).toBe("Another day");
  });

  it("say the deadline as one would: the last day still counts", () => {
    expect(sayDeadline("2027-01-31", "2026-11-23", words)).toBe("Until January 31");
    expect(sayDeadline("2026-11-30", "2026-11-23", words)).toBe("7 days left, until November 30");
    expect(sayDeadline("2026-11-24", "2026-11-23", words)).toBe("Until tomorrow, November 24");
    expect(sayDeadline("2026-11-23", "2026-11-23", words)).toBe("Today is the last day");
    expect(sayDeadline("2026-11-22", "2026-11-23", words)).toBe(
      "Ended November 22, the last count is tonight",
    );
  });

  it("explain how it is counted: from when, what, until when, as of which night", () => {
    const lines = explainCounting(
      {
        kind: "views",
        countsFrom: "checkpoint",
        countsFromOn: "2026-10-01",
        dueOn: "2027-01-31",
        isRecurring: true,
        cycleNo: 1,
        lastBusinessDate: "2026-11-22",
      },
      words,
    );
    expect(lines).toEqual([
      "It counts from October 1, the day your period began.",
      "New views of all your videos count, not only of new ones.",
      "The last day that counts is January 31.",
      "It repeats. This is round 1.",
      "It stays yours if your tier changes.",
      "Counted up to November 22, and again every night.",
    ]);
  });

  it("promise nothing from before in a later round, which looks back no further than its own start", () => {
    for (const countsFrom of ["publish", "checkpoint", "joining"] as const) {
      const [first] = explainCounting(
        {
          kind: "likes",
          countsFrom,
          countsFromOn: "2026-10-01",
          dueOn: null,
          isRecurring: true,
          cycleNo: 2,
          lastBusinessDate: null,
        },
        words,
      );
      expect(first).toBe("It counts from October 1.");
    }
  });

  it("have words for every kind", () => {
    for (const kind of missionKinds) {
      const text = [
        sayGoal(kind, 5, words),
        sayProgress(kind, 2, 5, words),
        ...explainCounting(
          {
            kind,
            countsFrom: "publish",
            countsFromOn: null,
            dueOn: null,
            isRecurring: false,
            cycleNo: null,
            lastBusinessDate: null,
          },
          words,
        ),
      ].join(" ");
      expect(text).not.toMatch(/loyaltyMissions|\{|undefined/);
    }
  });
});

describe("what became of a round", () => {
  it("says how far a missed one came and what was lacking", () => {
    expect(explainRound(round({}), words)).toEqual([
      "You came to 62,400 of 100,000 views by October 31.",
      "You lacked 37,600 views.",
    ]);
    expect(explainRound(round({ dueOn: null }), words)[0]).toBe(
      "You came to 62,400 of 100,000 views before it ended on November 1.",
    );
  });

  it("says when a goal was reached, what was sent and when", () => {
    expect(
      explainRound(
        round({
          outcome: "fulfilled",
          kind: "sales_amount",
          target: 100_000,
          completedOn: "2026-10-12",
          rewardName: "$25 gift card",
          rewardKind: "gift_card",
          settledAt: "2026-10-14T15:00:00Z",
        }),
        words,
      ),
    ).toEqual(["You reached $1,000 in sales on October 12.", "$25 gift card was sent on October 14."]);
  });

  it("says what a boost paid, and that nothing was to pay when nothing was sold", () => {
    const boost = round({
      outcome: "paid",
      completedOn: "2026-09-01",
      rewardName: "5% boost",
      rewardKind: "commission_boost",
      settledAt: "2026-11-02T12:00:00Z",
      amount: 4_120,
    });
    expect(explainRound(boost, words)[1]).toBe("5% boost brought you $41.20, paid on November 2.");
    expect(explainRound({ ...boost, amount: 0 }, words)[1]).toBe(
      "5% boost ended without sales, so there was nothing to pay.",
    );
  });

  it("tells a raffle as it went", () => {
    const raffle = round({ kind: "raffle", target: 0, value: 0, dueOn: null, entries: 214 });
    expect(explainRound({ ...raffle, outcome: "raffle_lost" }, words)).toEqual([
      "You were not drawn on November 1. There were 214 entries.",
    ]);
    expect(
      explainRound({ ...raffle, outcome: "raffle_forfeited", claimUntil: "2026-11-08T23:00:00Z" }, words),
    ).toEqual([
      "You were drawn from 214 entries.",
      "$100 ad credit could be claimed until November 8 and was not, so it went to the next name.",
    ]);
    // A time to claim that ends with midnight ends on the day before it.
    expect(
      explainRound({ ...raffle, outcome: "raffle_forfeited", claimUntil: "2026-11-09T00:00:00Z" }, words)[1],
    ).toContain("could be claimed until November 8 ");
    expect(explainRound({ ...raffle, outcome: "missed" }, words)).toEqual([
      "It closed on November 1 and you did not enter.",
    ]);
  });

  it("gives the reason of a declined reward, and has a sentence for every outcome", () => {
    expect(
      explainRound(round({ outcome: "rejected", reason: "Not available in your country." }), words)[1],
    ).toBe("$100 ad credit was declined on November 1. Not available in your country.");
    for (const outcome of missionOutcomes) {
      for (const line of explainRound(round({ outcome }), words)) {
        expect(line).toMatch(/^[A-Z$].*\.$/);
        expect(line).not.toMatch(/loyaltyMissions|\{|undefined|!/);
      }
    }
  });
});
