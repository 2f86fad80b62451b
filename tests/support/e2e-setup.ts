import { openTestStack } from "./running-stack";

/** Playwright calls what this returns when the run is over. */
export default async function setup(): Promise<() => Promise<void>> {
  return openTestStack((text) => process.stderr.write(`${text}\n`));
}
