import type { RewardKind } from "./reward-kinds";

/** A filled form to begin with; its name is in the words under templates.<kind>.<size>. Amounts in minor units of two digits. */
export interface RewardTemplate {
  size: "small" | "usual" | "large";
  fill: {
    valueAmount?: number;
    boostBp?: number;
    boostDays?: number;
    discountPercent?: number;
    discountMinutes?: number;
    sizes?: string[];
    frequency: "one_time" | "weekly" | "monthly" | "unlimited";
    quantity: number | null;
    expiresDays?: number;
    stockTotal?: number;
    unitCost?: number;
  };
}

const money = (small: number, usual: number, large: number): RewardTemplate[] => [
  { size: "small", fill: { valueAmount: small, unitCost: small, frequency: "monthly", quantity: 1 } },
  {
    size: "usual",
    fill: { valueAmount: usual, unitCost: usual, frequency: "monthly", quantity: 1, stockTotal: 50 },
  },
  {
    size: "large",
    fill: { valueAmount: large, unitCost: large, frequency: "one_time", quantity: 1, stockTotal: 20 },
  },
];

/** Three sensible beginnings a kind. */
export const rewardTemplates: Record<RewardKind, RewardTemplate[]> = {
  gift_card: money(1_000, 2_500, 10_000),
  ads_credit: money(5_000, 10_000, 25_000),
  physical_gift: [
    { size: "small", fill: { unitCost: 1_500, frequency: "monthly", quantity: 1, stockTotal: 40 } },
    {
      size: "usual",
      fill: {
        unitCost: 3_500,
        frequency: "one_time",
        quantity: 1,
        stockTotal: 60,
        sizes: ["S", "M", "L", "XL"],
      },
    },
    {
      size: "large",
      fill: { unitCost: 9_000, frequency: "one_time", quantity: 1, stockTotal: 10, expiresDays: 30 },
    },
  ],
  experience: [
    { size: "small", fill: { frequency: "monthly", quantity: 1, stockTotal: 8 } },
    {
      size: "usual",
      fill: { unitCost: 12_000, frequency: "one_time", quantity: 1, stockTotal: 12, expiresDays: 30 },
    },
    {
      size: "large",
      fill: { unitCost: 40_000, frequency: "one_time", quantity: 1, stockTotal: 4, expiresDays: 30 },
    },
  ],
  commission_boost: [
    { size: "small", fill: { boostBp: 300, boostDays: 7, frequency: "monthly", quantity: 1 } },
    { size: "usual", fill: { boostBp: 500, boostDays: 30, frequency: "one_time", quantity: 1 } },
    {
      size: "large",
      fill: { boostBp: 1_000, boostDays: 14, frequency: "one_time", quantity: 1, stockTotal: 10 },
    },
  ],
  discount: [
    {
      size: "small",
      fill: { discountPercent: 10, discountMinutes: 1_440, frequency: "weekly", quantity: 1 },
    },
    {
      size: "usual",
      fill: { discountPercent: 20, discountMinutes: 2_880, frequency: "monthly", quantity: 1 },
    },
    {
      size: "large",
      fill: { discountPercent: 30, discountMinutes: 10_080, frequency: "one_time", quantity: 1 },
    },
  ],
};
