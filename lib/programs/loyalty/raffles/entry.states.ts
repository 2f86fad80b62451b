/** Tested equal to the rows of private.state_transitions. */
export const raffleEntryTransitions = [
  { from: null, to: "entered" },
  { from: "entered", to: "withdrawn" },
  { from: "withdrawn", to: "entered" },
  { from: "entered", to: "won" },
  { from: "entered", to: "alternate" },
  { from: "entered", to: "lost" },
  { from: "alternate", to: "won" },
  { from: "alternate", to: "lost" },
  { from: "won", to: "forfeited" },
] as const;
