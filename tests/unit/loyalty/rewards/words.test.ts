import { describe, expect, it } from "vitest";
import {
  explainEarned,
  explainStanding,
  type MyRedemption,
  type MyReward,
  type StandingWords,
} from "@/lib/programs/loyalty/contract";
import { earnedReasons } from "@/lib/programs/loyalty/rewards/my-rewards.schema";
import { describeRedemption } from "@/lib/programs/loyalty/rewards/describe-redemption";
import { rewardWords } from "@/lib/programs/loyalty/rewards/reward-words";
import type { TenantScope } from "@/lib/db/tenant-scope";

const scope = {
  client: { timeZone: "America/New_York", locale: "en-US" },
  viewer: { timeZone: "America/New_York", locale: "en-US" },
} as unknown as TenantScope;
const words = rewardWords(scope, "USD");
const year = new Date().getUTCFullYear();

const card = {
  id: "00000000-0000-4000-8000-000000000001",
  kind: "gift_card" as const,
  name: "$25 gift card",
  description: "",
  instructions: "",
  tierId: null,
  frequency: "one_time" as const,
  quantity: 1,
  valueAmount: 2500,
  boostBp: null,
  boostDays: null,
  discountPercent: null,
  discountMinutes: null,
  sizes: [],
  expiresDays: null,
};
const redemption: MyRedemption = {
  ...card,
  rewardId: card.id,
  source: "tier",
  missionName: null,
  tierName: "Silver",
  state: "fulfilled",
  offeredAt: `${year}-01-01T10:00:00+00:00`,
  claimUntil: null,
  code: null,
  reason: null,
  opensAt: null,
  claimedAt: `${year}-01-03T10:00:00+00:00`,
  dueAt: null,
  scheduledAt: null,
  endsAt: null,
  fulfilledAt: `${year}-01-03T14:20:00+00:00`,
  concludedAt: null,
  rejectedAt: null,
  rejectionReason: null,
  expiredAt: null,
  withdrawnAt: null,
  withdrawnReason: null,
  isHeld: false,
  fulfilReference: null,
  couponCode: null,
  boost: null,
  gift: null,
};
const say = (patch: Partial<MyRedemption>) => describeRedemption({ ...redemption, ...patch }, words);

describe("a line of the reward history", () => {
  it("says what it was, on which day, and how long it took", () => {
    expect(say({})).toEqual({
      outcome: "fulfilled",
      happenedAt: redemption.fulfilledAt,
      text: ["You got a $25 gift card on Jan 3.", "It was fulfilled within 5 hours."],
    });
    expect(say({ name: "8% boost" }).text[0]).toBe("You got an 8% boost on Jan 3.");
    expect(say({ name: "Glow hoodie" }).text[0]).toBe("You got Glow hoodie on Jan 3.");
    expect(say({ missionName: "Sales Sprint" }).text[0]).toBe(
      "You got a $25 gift card on Jan 3. It came from Sales Sprint.",
    );
  });

  it.each([
    [`${year}-01-03T10:59:00+00:00`, "It was fulfilled within an hour."],
    [`${year}-01-03T11:00:00+00:00`, "It was fulfilled within 1 hour."],
    [`${year}-01-05T10:00:00+00:00`, "It was fulfilled within 48 hours."],
    [`${year}-01-06T09:00:00+00:00`, "It was fulfilled within 3 days."],
  ])("counts to %s", (fulfilledAt, expected) => {
    expect(say({ fulfilledAt }).text[1]).toBe(expected);
  });

  it("gives the reason when it was turned down, ran out or closed", () => {
    const at = `${year}-02-01T18:00:00+00:00`;
    expect(say({ fulfilledAt: null, rejectedAt: at, rejectionReason: "Sent twice" })).toMatchObject({
      outcome: "rejected",
      text: [
        "Your claim of a $25 gift card was turned down on Feb 1.",
        "The reason: Sent twice",
        "It does not count against your limit.",
      ],
    });
    expect(say({ fulfilledAt: null, claimedAt: null, expiredAt: at, claimUntil: at })).toMatchObject({
      outcome: "expired",
      text: [
        "The offer of a $25 gift card ended on Feb 1.",
        "It was open from Jan 1 and was not claimed in time.",
      ],
    });
    for (const [withdrawnReason, line] of [
      ["tier_change_3_to_1", /another tier/],
      ["paused", /paused/],
      ["archived", /ended it/],
      ["reward_changed", /changed/],
    ] as const)
      expect(say({ fulfilledAt: null, claimedAt: null, withdrawnAt: at, withdrawnReason }).text[1]).toMatch(
        line,
      );
  });

  it("writes the day of the reader and the year once it is over", () => {
    expect(say({ claimedAt: "2024-03-10T03:00:00+00:00" }).text[0]).toBe(
      "You got a $25 gift card on Mar 9, 2024.",
    );
  });
});

const standing: StandingWords = {
  t: words.t,
  figure: (value) => `$${(value / 100).toFixed(2)}`,
  day: (instant) => instant.slice(0, 10),
  list: (items) => items.join(" and "),
  business: "Glow",
};
const me = {
  creator: {
    id: card.id,
    name: "Noor",
    state: "active" as const,
    tierId: card.id,
    tierName: "Silver",
    tierRank: 2,
    commissionBp: 1200,
    value: 381240,
  },
};
const reward = (patch: Partial<MyReward>): MyReward => ({
  ...card,
  status: "available",
  code: null,
  reason: null,
  used: 0,
  opensAt: null,
  openRedemptionId: null,
  stockLeft: null,
  claimUntil: null,
  tier: null,
  claims: [],
  ...patch,
});
const why = (patch: Partial<MyReward>) => explainStanding(reward(patch), me, standing);

describe("why a reward cannot be claimed", () => {
  it("names the limit, the claims that used it and when it opens again", () => {
    const claims = [{ id: card.id, claimedAt: "2026-11-03T10:00:00Z", state: "concluded" }];
    expect(
      why({
        status: "limit_reached",
        reason: "limit",
        frequency: "monthly",
        claims,
        opensAt: "2026-12-01T05:00:00Z",
      }),
    ).toEqual({
      short: "Again on 2026-12-01.",
      lines: ["The rule: Once a month.", "You claimed it on 2026-11-03.", "Again on 2026-12-01."],
    });
    expect(why({ status: "limit_reached", reason: "limit", claims }).short).toBe("It does not open again.");
    expect(why({ status: "limit_reached", reason: "limit", kind: "commission_boost", claims }).short).toBe(
      "It opens again when you reach a tier anew.",
    );
  });

  it("names the tier it is for, how far it is and what was counted", () => {
    const tier = { id: card.id, name: "Gold", rank: 3, threshold: 500000 };
    expect(why({ status: "locked", reason: "tier", tier })).toEqual({
      short: "Opens at Gold",
      lines: ["It is for Gold. You are $1187.60 from Gold.", "Gold starts at $5000.00. You have $3812.40."],
    });
  });

  it("has words for every standing", () => {
    for (const status of ["claimed", "sold_out", "budget_spent", "unrecognised", "paused", "held"] as const) {
      const { short, lines } = why({ status });
      expect([short, ...lines].every((line) => line.length > 5 && !line.includes("standing."))).toBe(true);
      expect(lines.length).toBeGreaterThan(0);
    }
    expect(why({})).toEqual({ short: "", lines: [] });
  });
});

describe("why she cannot claim what she earned", () => {
  it("names the day, the rule and that it stays hers while another boost runs", () => {
    expect(explainEarned({ reason: "boosted", opensAt: "2026-11-27T23:00:00+00:00" }, standing)).toEqual({
      short: "After your boost, on 2026-11-27",
      lines: [
        "A boost of yours runs until 2026-11-27. One boost runs at a time.",
        "It stays yours: you have at least a week after that to claim it.",
      ],
    });
  });

  it("has words for every reason, and none where she may", () => {
    for (const reason of earnedReasons) {
      const { short, lines } = explainEarned({ reason, opensAt: null }, standing);
      expect([short, ...lines].every((line) => line.length > 10 && !line.includes("standing."))).toBe(true);
    }
    expect(explainEarned({ reason: null, opensAt: null }, standing)).toEqual({ short: "", lines: [] });
  });
});
