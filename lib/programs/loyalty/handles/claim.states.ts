/** Tested equal to the rows of private.state_transitions. */
export const claimTransitions = [
  { from: null, to: "pending" },
  { from: "pending", to: "approved" },
  { from: "pending", to: "rejected" },
  { from: "pending", to: "withdrawn" },
] as const;
