import { describe, expect, it } from "vitest";
import { countries } from "@/lib/kernel/countries";
import {
  isPostalCode,
  postalExample,
  rewardDraftSchema,
  rewardKinds,
  rewardQuerySchema,
  rewardTemplates,
} from "@/lib/programs/loyalty/contract";
import { bodyOf, cardOf, emptyReward, filled } from "@/components/programs/loyalty/admin/reward-draft";
import rewards from "@/messages/en/loyalty-rewards.json";

const fields = (draft: unknown) => {
  const parsed = rewardDraftSchema.safeParse(draft);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))];
};
const card = { kind: "gift_card", name: "$25 gift card", valueAmount: 2500 };

describe("a draft of a reward", () => {
  it.each(rewardKinds)("has three templates for %s, and each can be saved as it is", (kind) => {
    expect(rewardTemplates[kind]).toHaveLength(3);
    for (const template of rewardTemplates[kind]) {
      const name = rewards.admin.templates[kind][template.size];
      const form = filled(
        { ...emptyReward, kind, couponCode: kind === "discount" ? "glow20" : "" },
        name,
        template,
        "USD",
      );
      expect(fields(bodyOf(form, "USD"))).toEqual([]);
      expect(cardOf(form, "USD").name).toBe(name);
    }
  });

  it("begins with a limit that agrees with itself", () => {
    expect(rewardDraftSchema.parse(card)).toMatchObject({ frequency: "one_time", quantity: 1 });
    expect(fields({ ...card, frequency: "unlimited" })).toEqual(["quantity"]);
    expect(fields({ ...card, frequency: "unlimited", quantity: null })).toEqual([]);
    expect(fields({ ...card, frequency: "weekly", quantity: null })).toEqual(["quantity"]);
    expect(fields({ ...card, quantity: 11 })).toEqual(["quantity"]);
  });

  it.each([
    [{ valueAmount: 0 }, ["valueAmount"]],
    [{ kind: "commission_boost", valueAmount: 0 }, ["boostBp", "boostDays"]],
    [{ boostBp: 500, boostDays: 30 }, ["boostBp"]],
    [
      { kind: "discount", discountPercent: 101, discountMinutes: 9, couponCode: "GLOW20!" },
      ["discountPercent", "discountMinutes", "couponCode"],
    ],
    [{ kind: "discount", discountPercent: 20, discountMinutes: 60 }, ["couponCode"]],
    [{ couponCode: "GLOW" }, ["couponCode"]],
    [{ sizes: ["M"] }, ["sizes"]],
    [{ kind: "physical_gift", sizes: ["M", "m"] }, ["sizes"]],
    [{ offer: "mission", tierId: "7b0f5f37-0000-4000-8000-000000000000" }, ["tierId"]],
    [{ previewFromTierId: "7b0f5f37-0000-4000-8000-000000000000" }, ["previewFromTierId"]],
    [{ budgetTotal: 1000 }, ["unitCost"]],
    [{ name: "x" }, ["name"]],
  ])("with %j asks for %j", (patch, expected) => {
    expect(fields({ ...card, ...patch }).sort()).toEqual([...expected].sort());
  });

  it("sends what is no number as it was typed, so that the answer stands beside its field", () => {
    expect(
      fields(bodyOf({ ...emptyReward, name: "Card", valueAmount: "ten", stockTotal: "many" }, "USD")),
    ).toEqual(expect.arrayContaining(["valueAmount", "stockTotal"]));
    expect(bodyOf({ ...emptyReward, valueAmount: "12,50" }, "USD")).toMatchObject({ valueAmount: 1250 });
    expect(bodyOf({ ...emptyReward, valueAmount: "1250" }, "JPY")).toMatchObject({ valueAmount: 1250 });
  });

  it("is filtered by several states in one word of an address", () => {
    expect(rewardQuerySchema.parse({ state: "draft,paused" }).state).toEqual(["draft", "paused"]);
    expect(rewardQuerySchema.safeParse({ state: "gone" }).success).toBe(false);
  });
});

describe("postal codes", () => {
  it("take the example of each country and refuse another's", () => {
    const shaped = countries.filter((country) => postalExample(country) !== null);
    expect(shaped).toHaveLength(27);
    for (const country of shaped) expect(isPostalCode(country, postalExample(country)!)).toBe(true);
    expect(isPostalCode("US", "SW1A 1AA")).toBe(false);
    expect(isPostalCode("GB", "10001")).toBe(false);
    expect(isPostalCode("us", " 10001-1234 ")).toBe(true);
    expect(isPostalCode("ca", "m5v 2t6")).toBe(true);
    expect(isPostalCode("ZZ", "anything")).toBe(true);
  });
});
