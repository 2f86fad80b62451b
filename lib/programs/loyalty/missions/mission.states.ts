/** Tested equal to the rows of private.state_transitions. `permission` null: the function that takes the step has checked. */
export const missionTransitions = [
  { from: null, to: "draft", permission: null },
  { from: "draft", to: "published", permission: "loyalty.missions.write" },
  { from: "published", to: "paused", permission: "loyalty.missions.write" },
  { from: "paused", to: "published", permission: "loyalty.missions.write" },
  { from: "published", to: "ended", permission: null },
  { from: "paused", to: "ended", permission: null },
  { from: "draft", to: "archived", permission: "loyalty.missions.write" },
  { from: "ended", to: "archived", permission: "loyalty.missions.write" },
] as const;

/** A round of one creator. Back from `completed` only while nobody has claimed its reward. */
export const roundTransitions = [
  { from: null, to: "dormant", permission: null },
  { from: null, to: "active", permission: null },
  { from: "dormant", to: "active", permission: null },
  { from: "active", to: "completed", permission: null },
  { from: "active", to: "missed", permission: null },
  { from: "missed", to: "completed", permission: null },
  { from: "completed", to: "active", permission: null },
  { from: "completed", to: "missed", permission: null },
] as const;
