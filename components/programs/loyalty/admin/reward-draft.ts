import { decimalText, minorFromText } from "@/lib/kernel/money";
import type {
  Reward,
  RewardCard,
  RewardDraft,
  RewardKind,
  RewardTemplate,
} from "@/lib/programs/loyalty/contract";

/** The form as it is typed: every figure a text until it is sent, so that nothing is rounded while one types. */
export interface RewardText {
  kind: RewardKind;
  offer: RewardDraft["offer"];
  name: string;
  description: string;
  instructions: string;
  tierId: string;
  tag: string;
  previewFromTierId: string;
  frequency: RewardDraft["frequency"];
  quantity: string;
  valueAmount: string;
  boost: string;
  boostDays: string;
  discountPercent: string;
  discountHours: string;
  sizes: string;
  expiresDays: string;
  displayOrder: string;
  stockTotal: string;
  budgetTotal: string;
  unitCost: string;
  couponCode: string;
  couponMaxUses: string;
}

export const emptyReward: RewardText = {
  kind: "gift_card",
  offer: "tier",
  name: "",
  description: "",
  instructions: "",
  tierId: "",
  tag: "",
  previewFromTierId: "",
  frequency: "one_time",
  quantity: "1",
  valueAmount: "",
  boost: "",
  boostDays: "",
  discountPercent: "",
  discountHours: "",
  sizes: "",
  expiresDays: "",
  displayOrder: "100",
  stockTotal: "",
  budgetTotal: "",
  unitCost: "",
  couponCode: "",
  couponMaxUses: "",
};

const text = (value: number | null | undefined): string =>
  value === null || value === undefined ? "" : String(value);
const tidy = (value: number): string => String(Number(value.toFixed(4)));

export function textOf(reward: Reward, currency: string): RewardText {
  const { limits } = reward;
  const money = (minor: number | null) => (minor ? decimalText(minor, currency) : "");
  return {
    kind: reward.kind,
    offer: reward.offer,
    name: reward.name,
    description: reward.description,
    instructions: reward.instructions,
    tierId: reward.tierId ?? "",
    tag: reward.tag ?? "",
    previewFromTierId: reward.previewFromTierId ?? "",
    frequency: reward.frequency,
    quantity: text(reward.quantity),
    valueAmount: money(reward.valueAmount),
    boost: reward.boostBp === null ? "" : tidy(reward.boostBp / 100),
    boostDays: text(reward.boostDays),
    discountPercent: text(reward.discountPercent),
    discountHours: reward.discountMinutes === null ? "" : tidy(reward.discountMinutes / 60),
    sizes: reward.sizes.join(", "),
    expiresDays: text(reward.expiresDays),
    displayOrder: text(reward.displayOrder),
    stockTotal: text(limits.stockTotal),
    budgetTotal: limits.budgetTotal === null ? "" : decimalText(limits.budgetTotal, currency),
    unitCost: money(limits.unitCost),
    couponCode: limits.couponCode ?? "",
    couponMaxUses: text(limits.couponMaxUses),
  };
}

/** A template over what is there: the audience and the place in the list stay. */
export function filled(
  now: RewardText,
  name: string,
  { fill }: RewardTemplate,
  currency: string,
): RewardText {
  const money = (minor: number | undefined) => (minor ? decimalText(minor, currency) : "");
  return {
    ...now,
    name,
    valueAmount: money(fill.valueAmount),
    unitCost: money(fill.unitCost),
    boost: fill.boostBp === undefined ? "" : tidy(fill.boostBp / 100),
    boostDays: text(fill.boostDays),
    discountPercent: text(fill.discountPercent),
    discountHours: fill.discountMinutes === undefined ? "" : tidy(fill.discountMinutes / 60),
    sizes: fill.sizes?.join(", ") ?? "",
    frequency: fill.frequency,
    quantity: text(fill.quantity),
    expiresDays: text(fill.expiresDays),
    stockTotal: text(fill.stockTotal),
    budgetTotal: "",
  };
}

/** What is no number is sent as it is: the answer then stands beside the field. */
const number = (value: string, factor = 1): number | string | null => {
  const plain = value.trim().replace(",", ".");
  if (plain === "") return null;
  const parsed = Number(plain) * factor;
  return Number.isFinite(parsed) ? Math.round(parsed) : value;
};

/** What is sent: only what belongs to the kind. */
export function bodyOf(form: RewardText, currency: string): Record<string, unknown> {
  const money = (value: string) => (value.trim() === "" ? null : (minorFromText(value, currency) ?? value));
  const isBoost = form.kind === "commission_boost";
  const isDiscount = form.kind === "discount";
  const isMission = form.offer === "mission";
  return {
    kind: form.kind,
    offer: form.offer,
    name: form.name,
    description: form.description,
    instructions: form.instructions,
    tierId: isMission ? null : form.tierId || null,
    tag: isMission ? null : form.tag.trim() || null,
    previewFromTierId: isMission || !form.tierId ? null : form.previewFromTierId || null,
    frequency: isMission ? "unlimited" : form.frequency,
    quantity: isMission || form.frequency === "unlimited" ? null : number(form.quantity),
    valueAmount: ["gift_card", "ads_credit", "physical_gift", "experience"].includes(form.kind)
      ? (money(form.valueAmount) ?? 0)
      : 0,
    boostBp: isBoost ? number(form.boost, 100) : null,
    boostDays: isBoost ? number(form.boostDays) : null,
    discountPercent: isDiscount ? number(form.discountPercent) : null,
    discountMinutes: isDiscount ? number(form.discountHours, 60) : null,
    sizes:
      form.kind === "physical_gift"
        ? form.sizes
            .split(",")
            .map((size) => size.trim())
            .filter(Boolean)
        : [],
    expiresDays: number(form.expiresDays),
    displayOrder: number(form.displayOrder) ?? 100,
    stockTotal: number(form.stockTotal),
    budgetTotal: isBoost ? null : money(form.budgetTotal),
    unitCost: isBoost ? 0 : (money(form.unitCost) ?? 0),
    couponCode: isDiscount ? form.couponCode.trim() || null : null,
    couponMaxUses: isDiscount ? number(form.couponMaxUses) : null,
  };
}

/** The card creators would see of what is typed so far. */
export function cardOf(form: RewardText, currency: string): Omit<RewardCard, "id" | "tierId"> {
  const body = bodyOf(form, currency);
  const whole = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return {
    kind: form.kind,
    name: form.name,
    description: form.description,
    instructions: form.instructions,
    frequency: form.frequency,
    quantity: whole(body["quantity"]),
    valueAmount: whole(body["valueAmount"]) ?? 0,
    boostBp: whole(body["boostBp"]),
    boostDays: whole(body["boostDays"]),
    discountPercent: whole(body["discountPercent"]),
    discountMinutes: whole(body["discountMinutes"]),
    sizes: body["sizes"] as string[],
    expiresDays: whole(body["expiresDays"]),
  };
}
