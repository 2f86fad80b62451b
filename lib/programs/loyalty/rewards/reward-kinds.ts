/* Apart from the schemas: browser code that asks for a word of these must not carry the schema library along. */
export const rewardKinds = [
  "gift_card",
  "ads_credit",
  "physical_gift",
  "experience",
  "commission_boost",
  "discount",
] as const;
export type RewardKind = (typeof rewardKinds)[number];
export const rewardStates = ["draft", "published", "paused", "archived"] as const;
export type RewardState = (typeof rewardStates)[number];
export const rewardOffers = ["tier", "mission"] as const;
export const rewardFrequencies = ["one_time", "weekly", "monthly", "unlimited"] as const;
/** A time of hers is chosen with the claim. */
export const isScheduled = (kind: RewardKind): boolean => kind === "commission_boost" || kind === "discount";
