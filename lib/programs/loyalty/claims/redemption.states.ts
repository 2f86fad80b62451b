/** Tested equal to the rows of private.state_transitions. */
export const redemptionTransitions = [
  { from: null, to: "claimable" },
  { from: null, to: "claimed" },
  { from: "claimable", to: "claimed" },
  { from: "claimable", to: "expired" },
  { from: "claimed", to: "fulfilled" },
  { from: "claimed", to: "rejected" },
  { from: "fulfilled", to: "concluded" },
  { from: "fulfilled", to: "claimed" },
  { from: "concluded", to: "fulfilled" },
  { from: "rejected", to: "claimed" },
] as const;
