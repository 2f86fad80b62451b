/** Tested equal to the rows of private.state_transitions. */
export const rewardTransitions = [
  { entity: "loyalty_rewards", from: null, to: "draft" },
  { entity: "loyalty_rewards", from: "draft", to: "published" },
  { entity: "loyalty_rewards", from: "published", to: "paused" },
  { entity: "loyalty_rewards", from: "paused", to: "published" },
  { entity: "loyalty_rewards", from: "draft", to: "archived" },
  { entity: "loyalty_rewards", from: "published", to: "archived" },
  { entity: "loyalty_rewards", from: "paused", to: "archived" },
] as const;
