export const boostStates = [
  "scheduled",
  "active",
  "expired",
  "pending_info",
  "pending_payout",
  "paid",
  "cancelled",
] as const;
export type BoostState = (typeof boostStates)[number];

/** Tested equal to the rows of private.state_transitions. */
export const boostTransitions = [
  { entity: "loyalty_boosts", from: null, to: "scheduled" },
  { entity: "loyalty_boosts", from: "scheduled", to: "active" },
  { entity: "loyalty_boosts", from: "scheduled", to: "cancelled" },
  { entity: "loyalty_boosts", from: "cancelled", to: "scheduled" },
  { entity: "loyalty_boosts", from: "active", to: "expired" },
  { entity: "loyalty_boosts", from: "expired", to: "pending_info" },
  { entity: "loyalty_boosts", from: "pending_info", to: "pending_payout" },
  { entity: "loyalty_boosts", from: "pending_payout", to: "paid" },
  { entity: "loyalty_boosts", from: "paid", to: "pending_payout" },
] as const;
