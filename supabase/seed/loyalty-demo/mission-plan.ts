export interface DemoMission {
  state: "draft" | "published" | "paused" | "ended";
  /** Nights before the last one on which it was published. */
  since?: number;
  tier?: string;
  preview?: string;
  /** Nights after the last one on which it ends; below zero it is over. */
  endsIn?: number;
  pays: string;
  draft: Record<string, unknown>;
}

/** What missions pay. Rewards of their own: nobody claims these without having earned them. */
export const missionRewards: Record<string, Record<string, unknown>> = {
  coffee: { kind: "gift_card", name: "$10 gift card", valueAmount: 1_000, unitCost: 1_000, expiresDays: 21 },
  gift: { kind: "gift_card", name: "$25 gift card", valueAmount: 2_500, unitCost: 2_500, expiresDays: 25 },
  ads: { kind: "ads_credit", name: "$100 ad credit", valueAmount: 10_000, unitCost: 10_000, expiresDays: 30 },
  boost: {
    kind: "commission_boost",
    name: "5% boost for 30 days",
    boostBp: 500,
    boostDays: 30,
    expiresDays: 30,
  },
  hoodie: { kind: "physical_gift", name: "Glow hoodie", sizes: ["S", "M", "L", "XL"], unitCost: 3_800 },
  miami: { kind: "experience", name: "A weekend in Miami", unitCost: 90_000, expiresDays: 60 },
};

/** Each kind and each state; for Noor one of everything a creator can be shown. */
export const missions: DemoMission[] = [
  {
    state: "published",
    since: 48,
    tier: "Silver",
    pays: "coffee",
    draft: { kind: "sales_amount", name: "Warm-up", target: 30_000, displayOrder: 5 },
  },
  {
    state: "published",
    since: 20,
    tier: "Silver",
    pays: "gift",
    draft: {
      kind: "sales_amount",
      name: "Sales Sprint",
      description: "Every sale counts, also of older videos.",
      target: 100_000,
      displayOrder: 10,
    },
  },
  {
    state: "published",
    since: 20,
    tier: "Silver",
    pays: "ads",
    draft: { kind: "sales_amount", name: "Sales Marathon", target: 250_000, displayOrder: 20 },
  },
  {
    state: "published",
    since: 9,
    endsIn: 69,
    pays: "ads",
    draft: {
      kind: "views",
      name: "Road to Viral",
      description: "Views of all your videos, old and new.",
      target: 100_000,
      displayOrder: 30,
    },
  },
  {
    state: "published",
    since: 45,
    pays: "boost",
    draft: {
      kind: "videos",
      name: "Lights, Camera",
      description: "Ten videos in a month. It comes again every month.",
      target: 10,
      isRecurring: true,
      cooldownDays: 2,
      daysToFinish: 28,
      displayOrder: 40,
    },
  },
  {
    state: "published",
    since: 30,
    pays: "hoodie",
    draft: { kind: "likes", name: "Like Rush", target: 8_000, daysToFinish: 14, displayOrder: 50 },
  },
  {
    state: "published",
    since: 25,
    tier: "Gold",
    preview: "Silver",
    pays: "miami",
    draft: {
      kind: "likes",
      name: "Fan Favorite",
      target: 50_000,
      countsFrom: "checkpoint",
      displayOrder: 60,
    },
  },
  {
    state: "paused",
    since: 8,
    pays: "coffee",
    draft: { kind: "views", name: "Autumn Views", target: 400_000, displayOrder: 90 },
  },
  {
    state: "ended",
    since: 60,
    endsIn: -35,
    tier: "Bronze",
    pays: "coffee",
    draft: { kind: "sales_amount", name: "First Hundred", target: 10_000, displayOrder: 70 },
  },
  {
    state: "draft",
    pays: "gift",
    tier: "Gold",
    draft: {
      kind: "sales_amount",
      name: "Holiday Haul",
      target: 300_000,
      daysToFinish: 30,
      displayOrder: 80,
    },
  },
];
