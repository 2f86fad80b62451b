/** Tested equal to the rows of private.state_transitions. */
export const creatorTransitions = [
  { from: null, to: "active" },
  { from: "active", to: "archived" },
  { from: "archived", to: "active" },
] as const;
