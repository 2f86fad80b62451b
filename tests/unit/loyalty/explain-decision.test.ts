import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import {
  explainDecision,
  explainTier,
  type Decision,
  type Standing,
  type WhyWords,
} from "@/lib/programs/loyalty/contract";
import { formatMoney } from "@/lib/kernel/money";
import loyalty from "@/messages/en/loyalty.json";

const translate = createTranslator({
  locale: "en",
  messages: { loyalty },
  namespace: "loyalty.why",
}) as unknown as WhyWords["t"];
const words: WhyWords = {
  t: translate,
  figure: (value) => formatMoney(value, "USD", "en-US"),
  day: (date) =>
    new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(
      new Date(`${date}T00:00:00Z`),
    ),
};

const tier = (rank: number, name: string, threshold: number) => ({
  id: `00000000-0000-4000-8000-00000000000${rank}`,
  rank,
  name,
  color: "#8d99a6",
  threshold,
  commissionBp: 1200,
  benefits: [],
});
const silver = tier(2, "Silver", 150_000);
const gold = tier(3, "Gold", 500_000);

const decision = (patch: Partial<Decision>): Decision => ({
  id: "00000000-0000-4000-8000-0000000000aa",
  rule: "promotion",
  businessDate: "2026-09-30",
  from: "Bronze",
  to: "Silver",
  metric: "sales",
  value: 152_480,
  threshold: 150_000,
  periodStart: "2026-08-21",
  periodEnd: "2026-10-01",
  salesPart: 152_480,
  adjustmentsPart: 0,
  detail: { required: 0 },
  createdAt: "2026-09-30T22:14:00Z",
  isUndone: false,
  ...patch,
});

const noor: Standing = {
  tier: silver,
  next: { tier: gold, missing: 118_760 },
  tierMode: "checkpoint",
  value: 381_240,
  refunds: -6_400,
  periodStart: "2026-10-01",
  periodEndsOn: "2027-01-31",
  checkOn: "2027-01-31",
  missingToKeep: 0,
  startsTomorrow: false,
  isPinned: false,
  decision: decision({}),
};

describe("why am I in this tier", () => {
  it("says what was counted, where the tier starts, when it rises and when it can fall", () => {
    expect(explainTier(noor, words).join(" ")).toBe(
      "You sold $3,812.40 since October 1, after $64.00 in refunds. Silver starts at $1,500.00. You move up the night you pass $5,000.00. You can only move down at the check on January 31.",
    );
  });

  it("says what is missing to keep the tier", () => {
    expect(explainTier({ ...noor, value: 100_000, refunds: 0, missingToKeep: 50_000 }, words)).toContain(
      "You can only move down at the check on January 31. $500.00 more keeps Silver.",
    );
  });

  it("tells the entry tier that it is never checked", () => {
    const lines = explainTier({ ...noor, tier: tier(1, "Bronze", 0), checkOn: null }, words).join(" ");
    expect(lines).toContain("Bronze is where everyone starts.");
    expect(lines).toContain("Bronze is never checked, so you cannot move down.");
  });

  it("speaks of a fixed tier and of nothing else", () => {
    expect(explainTier({ ...noor, isPinned: true }, words)).toEqual([
      "Silver was set for you by hand, so the nightly count does not change it.",
      "You sold $3,812.40 since October 1, after $64.00 in refunds.",
    ]);
  });

  it("explains the move itself on the night of a move", () => {
    expect(explainTier({ ...noor, value: 0, refunds: 0, startsTomorrow: true }, words).slice(0, 2)).toEqual([
      "Moved up from Bronze to Silver on September 30: $1,524.80 sold since August 21, and Silver starts at $1,500.00.",
      "A new count starts on October 1.",
    ]);
  });

  it("keeps a tier for life where everything counts", () => {
    expect(explainTier({ ...noor, tierMode: "lifetime", checkOn: null }, words)).toContain(
      "A tier you reached is yours to keep.",
    );
  });
});

describe("tier history", () => {
  it("names the figure, the rule and the part of adjustments", () => {
    expect(
      explainDecision(
        decision({
          rule: "demotion",
          from: "Gold",
          to: "Silver",
          value: 160_000,
          salesPart: 150_000,
          adjustmentsPart: 10_000,
          detail: { required: 500_000 },
        }),
        words,
      ),
    ).toEqual([
      "Moved down from Gold to Silver at the check on September 30: $1,600.00 sold since August 21, and Gold asks for $5,000.00.",
      "$100.00 of it came from adjustments.",
    ]);
  });

  it("has a sentence for every rule", () => {
    for (const rule of [
      "entry",
      "promotion",
      "maintained",
      "demotion",
      "pinned",
      "unpinned",
      "settings",
      "undone",
    ] as const) {
      const [line] = explainDecision(decision({ rule, detail: { reason: "Ambassador" } }), words);
      expect(line, rule).toMatch(/^[A-Z].*\S$/);
      expect(line, rule).not.toContain("loyalty.why");
    }
  });

  it("says when an import behind a decision was undone", () => {
    expect(explainDecision(decision({ isUndone: true }), words).at(-1)).toBe(
      "This no longer counts: the import behind it was undone.",
    );
  });
});
