/** A delivery waits until its handler has come back once. */
export const eventDeliveryTransitions = [
  { from: null, to: "pending", permission: null },
  { from: "pending", to: "done", permission: null },
] as const;
