/** Tested equal to the rows of private.state_transitions. */
export const holdTransitions = [
  { entity: "loyalty_holds", from: null, to: "open" },
  { entity: "loyalty_holds", from: "open", to: "released" },
  { entity: "loyalty_holds", from: "open", to: "upheld" },
] as const;
