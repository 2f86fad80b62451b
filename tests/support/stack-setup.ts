import { openTestStack } from "./running-stack";

/** Once for the API and end-to-end tests: the whole of Portico on the test ports, or the one that is up already. */
export default async function setup(): Promise<() => Promise<void>> {
  return openTestStack((text) => process.stderr.write(`${text}\n`));
}
