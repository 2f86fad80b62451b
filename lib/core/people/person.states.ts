export const personTransitions = [
  { entity: "people", from: null, to: "active" },
  { entity: "people", from: "active", to: "deactivated" },
  { entity: "people", from: "deactivated", to: "active" },
] as const;
