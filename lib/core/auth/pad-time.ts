import { setTimeout as wait } from "node:timers/promises";

/**
 * Longer than any honest path takes, so that how long an answer takes says nothing about what was found.
 * Only refusals and answers that must look alike wait for it.
 */
const alikeAfterMs = 700;

export async function padTo(startedAt: number, ms = alikeAfterMs): Promise<void> {
  const left = ms - (performance.now() - startedAt);
  if (left > 0) await wait(left);
}
