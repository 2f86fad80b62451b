/** A run from the arrival of its file to its effect, and perhaps back. Kept equal to the database's rows by a test. */
export const runStates = [
  "queued",
  "reading",
  "checked",
  "needs_confirmation",
  "saving",
  "counting",
  "saved",
  "undoing",
  "undone",
  "skipped",
  "cancelled",
  "failed",
] as const;
export type RunState = (typeof runStates)[number];

const write = "loyalty.imports.write";

export const runTransitions: readonly { from: RunState | null; to: RunState; permission: string | null }[] = [
  { from: null, to: "queued", permission: write },
  { from: "queued", to: "reading", permission: null },
  { from: "queued", to: "cancelled", permission: write },
  { from: "queued", to: "failed", permission: null },
  { from: "reading", to: "checked", permission: null },
  { from: "reading", to: "needs_confirmation", permission: null },
  { from: "reading", to: "saving", permission: null },
  { from: "reading", to: "skipped", permission: null },
  { from: "reading", to: "cancelled", permission: write },
  { from: "reading", to: "failed", permission: null },
  { from: "checked", to: "saving", permission: write },
  { from: "checked", to: "queued", permission: write },
  { from: "checked", to: "cancelled", permission: write },
  { from: "needs_confirmation", to: "saving", permission: write },
  { from: "needs_confirmation", to: "queued", permission: write },
  { from: "needs_confirmation", to: "cancelled", permission: write },
  { from: "saving", to: "counting", permission: null },
  { from: "saving", to: "queued", permission: null },
  { from: "saving", to: "skipped", permission: null },
  { from: "saving", to: "failed", permission: null },
  { from: "counting", to: "saved", permission: null },
  { from: "saved", to: "undoing", permission: write },
  { from: "undoing", to: "undone", permission: null },
  { from: "undoing", to: "saved", permission: null },
  { from: "skipped", to: "queued", permission: write },
  { from: "failed", to: "queued", permission: write },
];

/** Work is going on and the page should ask again soon. */
export function isBusy(state: RunState): boolean {
  return ["queued", "reading", "saving", "counting", "undoing"].includes(state);
}

/** Somebody has to decide. */
export function awaitsDecision(state: RunState): boolean {
  return state === "checked" || state === "needs_confirmation";
}
