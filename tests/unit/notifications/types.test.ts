import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readUnsubscribeToken, wordsFor } from "@/lib/core/notifications/server";
import { unsubscribeToken } from "@/lib/core/notifications/unsubscribe-token";
import { messageKey } from "@/lib/core/notifications/words";
import { resetEnv } from "@/lib/kernel/env";
import { notificationTypes } from "@/lib/registry/notifications";
import messages from "@/messages/en/notifications.json";
import { testEnv } from "../../../scripts/stack/config";

const id = "01938f5a-0000-7000-8000-000000000001";
const boost = {
  boostId: id,
  reward: "Five more",
  rateBp: 500,
  endsAt: "2026-11-20T23:00:00+00:00",
  currency: "USD",
};
const payment = { paymentId: id, amount: 5_120, currency: "USD", method: "paypal", hint: "m•••@mail.test" };
const warning = {
  checkOn: "2026-12-31",
  daysLeft: 30,
  tier: "Silver",
  toTier: "Bronze",
  metric: "sales",
  currency: "USD",
  shortfall: 40_000,
  commissionBp: 1200,
  toCommissionBp: 1000,
  rewards: ["$25 gift card"],
};
const claimed = { redemptionId: id, reward: "$25 gift card", kind: "gift_card", hasCode: false };
/** Every shape a type's words can take. A type without a line here fails below. */
const samples: Record<string, unknown[]> = {
  "auth.password-changed": [{ changedAt: "2026-11-20T12:00:00Z" }],
  "jobs.job-failed": [{ task: "loyalty.run-import" }],
  "people.joined": [{ personId: id, name: "Noor Haddad" }],
  "loyalty.boost-started": [boost],
  "loyalty.boost-ended": [boost],
  "loyalty.boost-details-needed": [boost, { ...boost, earned: 5_120, clearsOn: "2026-12-01" }],
  "loyalty.payout-account-changed": [
    { accountId: id, method: "paypal", hint: "m•••@mail.test", isChange: true },
    { accountId: id, method: "venmo", hint: "@m•••as", isChange: false },
  ],
  "loyalty.payout-paid": [payment],
  "loyalty.payout-failed": [{ ...payment, reason: "PayPal does not know this address." }, payment],
  "loyalty.payout-clawed-back": [
    { payoutId: id, amount: 900, currency: "USD", reason: "The order came back." },
  ],
  "loyalty.money-mismatch": [
    {
      count: 1,
      currency: "USD",
      items: [{ what: "batch.total_amount", rowId: id, stored: 5_120, computed: 5_000 }],
    },
    {
      count: 7,
      currency: "USD",
      items: [
        { what: "boost.settled_sales", rowId: id, stored: 5_120, computed: 0 },
        { what: "payout.amount", rowId: id, stored: 5_120, computed: null },
        { what: "clawback.amount", rowId: id, stored: 900, computed: 800 },
        { what: "payment.amount", rowId: id, stored: 900, computed: 800 },
        { what: "boost.paid", rowId: id, stored: 1, computed: 0 },
        { what: "creator.total_sales", rowId: id, stored: 900, computed: 800 },
      ],
    },
  ],
  "loyalty.payouts-due": [
    { count: 1, amount: 900, currency: "USD" },
    { count: 12, amount: 90_000, currency: "USD" },
  ],
  "loyalty.handle-claim-decided": [
    { claimId: id, handle: "@maya", isApproved: true },
    { claimId: id, handle: "@maya", isApproved: false, reason: "The screenshot shows another name." },
    { claimId: id, handle: "@maya", isApproved: false },
  ],
  "loyalty.handle-claimed": [{ claimId: id, handle: "maya" }],
  "loyalty.raffle-won": [
    {
      raffleId: id,
      name: "Autumn raffle",
      prize: "Weekend for two",
      claimUntil: "2026-12-01T05:00:00+00:00",
    },
  ],
  "loyalty.raffle-moved-up": [
    {
      raffleId: id,
      name: "Autumn raffle",
      prize: "Weekend for two",
      claimUntil: "2026-12-01T05:00:00+00:00",
    },
  ],
  "loyalty.raffle-ready": [
    { raffleId: id, name: "Autumn raffle", entries: 38 },
    { raffleId: id, name: "Autumn raffle", entries: 0 },
  ],
  "loyalty.demotion-warning": [warning, { ...warning, metric: "units", shortfall: 4, rewards: [] }],
  "loyalty.sync-failed": [
    { businessDate: "2026-11-19", message: "The file could not be fetched." },
    { runId: id, businessDate: "2026-11-19", message: "The header changed." },
  ],
  "loyalty.sync-warning": [
    { kind: "unmatched", runId: id, businessDate: "2026-11-19", unmatched: 48, total: 311 },
    { kind: "rejected", runId: id, businessDate: "2026-11-19", rejected: 311, total: 311 },
    { kind: "fall", runId: id, businessDate: "2026-11-19", percent: 23.4 },
    { kind: "stale", hours: 31 },
  ],
  "loyalty.gift-shipped": [
    { ...claimed, kind: "physical_gift", carrier: "ups", trackingNumber: "1Z999AA10123456784" },
    { ...claimed, kind: "physical_gift", carrier: "other" },
  ],
  "loyalty.hold-opened": (["same_account", "same_address", "same_device"] as const).map((reason) => ({
    holdId: id,
    reason,
    handle: "maya",
    other: "noor",
  })),
  "loyalty.mission-completed": [
    { missionId: id, mission: "Sales Sprint", reward: "$25 gift card", claimUntil: "2026-12-18T23:00:00Z" },
    { missionId: id, mission: "Sales Sprint", reward: "$25 gift card" },
  ],
  "loyalty.mission-reward-out": [
    { rewardId: id, reward: "$25 gift card", waiting: 0 },
    { rewardId: id, reward: "$25 gift card", waiting: 12 },
  ],
  "loyalty.new-missions": [
    { count: 1, names: ["Sales Sprint"] },
    { count: 3, names: ["Sales Sprint", "Fan Favorite", "Road to Viral"] },
    { count: 5, names: ["Sales Sprint", "Fan Favorite", "Road to Viral"] },
  ],
  "loyalty.report-ready": [
    { cadence: "weekly", from: "2026-11-16", to: "2026-11-22" },
    { cadence: "monthly", from: "2026-10-01", to: "2026-10-31" },
  ],
  "loyalty.reward-claimed": [
    { ...claimed, dueAt: "2026-11-21T12:00:00Z" },
    { ...claimed, kind: "discount", scheduledAt: "2026-11-24T15:00:00Z", endsAt: "2026-11-24T16:00:00Z" },
    claimed,
  ],
  "loyalty.reward-fulfilled": [claimed, { ...claimed, hasCode: true }, { ...claimed, reference: "A-100" }],
  "loyalty.reward-offered": [
    { count: 1, names: ["$25 gift card"] },
    { count: 5, names: ["$25 gift card", "Hoodie", "Ad credit"] },
  ],
  "loyalty.reward-moved": [
    {
      ...claimed,
      kind: "discount",
      scheduledAt: "2026-11-24T15:00:00+00:00",
      endsAt: "2026-11-24T17:00:00+00:00",
      movedFrom: "2026-11-23T15:00:00+00:00",
      moveReason: "The shop is closed that day.",
    },
  ],
  "loyalty.reward-restored": [claimed, { ...claimed, scheduledAt: "2026-11-24T15:00:00+00:00" }],
  "loyalty.reward-rejected": [{ ...claimed, reason: "The ad account is closed." }, claimed],
  "loyalty.work-due": [
    {
      overdue: 0,
      soon: 1,
      items: [{ title: "$25 gift card", handle: "maya", dueAt: "2026-11-21T12:00:00Z" }],
    },
    { overdue: 2, soon: 3, items: [{ title: "Hoodie", handle: "noor", dueAt: "2026-11-20T12:00:00Z" }] },
  ],
  "loyalty.tier-changed": [
    { decisionId: id, fromTier: "Bronze", toTier: "Silver", isRise: true, commissionBp: 1250 },
    { decisionId: id, fromTier: null, toTier: "Bronze", isRise: false },
  ],
};
/** Every page of a business, as a pattern: groups are no part of an address, [id] stands for one segment. */
const pages = globSync("app/[[]client[]]/**/page.tsx").map((file) => {
  const segments = file
    .split("/")
    .slice(2, -1)
    .filter((segment) => !segment.startsWith("("));
  return new RegExp(
    `^${segments.map((segment) => (segment.startsWith("[") ? "/[^/]+" : `/${segment}`)).join("")}$`,
  );
});
const business = { name: "Glow Collective", slug: "glow" };
const types = [...notificationTypes.values()];

describe("every kind of notification", () => {
  it("has samples here, so that none goes unread", () => {
    expect(Object.keys(samples).sort()).toEqual([...notificationTypes.keys()].sort());
  });

  it("has words, and no words are left of kinds that are gone", () => {
    expect(Object.keys(messages.types).sort()).toEqual(types.map((type) => messageKey(type.id)).sort());
  });

  it.each(types.map((type) => [type.id, type] as const))(
    "%s can be read in the app and by mail",
    (typeId, type) => {
      for (const locale of ["en", "en-US", "en-GB", "de-DE"]) {
        const words = wordsFor(typeId, { locale, timeZone: "America/New_York" }, business);
        expect(words.t("name")).not.toBe("");
        for (const data of samples[typeId]!) {
          type.check(data);
          expect(
            pages.some((page) => page.test(type.link(data).split("?")[0] ?? "")),
            `a page at ${type.link(data)}`,
          ).toBe(true);
          if (type.hasInApp) whole([type.inApp(data, words).title, type.inApp(data, words).body ?? "."]);
          if (!type.hasEmail) continue;
          const mail = type.email(data, words);
          whole([mail.subject, mail.preview, mail.title, ...mail.paragraphs, mail.action?.label ?? "."]);
          expect(mail.subject.length).toBeLessThan(80);
          expect(mail.paragraphs.length).toBeGreaterThan(0);
        }
      }
    },
  );

  it.each(types.map((type) => [type.id, type] as const))("%s refuses data that does not fit", (_id, type) => {
    expect(() => type.check({})).toThrow(/is not valid at/);
  });

  it("uses only words it has", () => {
    expect(() =>
      wordsFor("loyalty.tier-changed", { locale: "en", timeZone: "UTC" }, business).t("missing"),
    ).toThrow();
  });
});

describe("the unsubscribe link", () => {
  const client = "01938f5a-0000-7000-8000-00000000000c";

  it("says who and what, for the business it was made for and no other", () => {
    Object.assign(process.env, testEnv());
    resetEnv();
    const token = unsubscribeToken(client, id, "loyalty.tier-changed");
    expect(token).toMatch(/^[\w-]+$/);
    expect(readUnsubscribeToken(client, token)).toEqual({ personId: id, type: "loyalty.tier-changed" });
    expect(() => readUnsubscribeToken(id, token)).toThrow(/not complete/);
    expect(() => readUnsubscribeToken(client, `${token.slice(0, -4)}AAAA`)).toThrow(/not complete/);
  });
});

function whole(sentences: string[]): void {
  for (const sentence of sentences) {
    expect(sentence.trim()).not.toBe("");
    expect(sentence).not.toMatch(/undefined|null|NaN|\{\w+\}|notifications\./);
  }
}
