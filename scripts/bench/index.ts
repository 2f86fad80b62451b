import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchResult } from "./result";

/**
 * `npm run bench` measures, `-- --json` prints one object a line, `-- tiers reads` measures only these.
 * Each module exports one function that returns its results; a module that is not there is left out.
 */
const modules = {
  tiers: "benchTiers",
  reads: "benchReads",
  import: "benchImport",
  missions: "benchMissions",
  rewards: "benchRewards",
  offers: "benchOffers",
  claim: "benchClaim",
  pages: "benchPages",
};

// A server of its own, so that neither a running app nor a test run is measured along.
process.env.PORTICO_TEST_HOME ??= ".portico-bench";
process.env.PORTICO_IN_MEMORY ??= "0";
process.env.PORTICO_TEST_DATABASE_URL ??= "postgres://postgres:postgres@127.0.0.1:56322/postgres";
process.env.PORTICO_TEST_API_URL ??= "http://127.0.0.1:56321";
process.env.PORTICO_TEST_INBOX_URL ??= "http://127.0.0.1:56324";
process.env.PORTICO_TEST_APP_URL ??= "http://localhost:3200";

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const results: BenchResult[] = [];
let failed = false;

for (const [name, exported] of Object.entries(modules)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const file = path.join(import.meta.dirname, `${name}.ts`);
  if (!existsSync(file)) continue;
  if (!asJson) console.error(`Measuring ${name} …`);
  try {
    const loaded = (await import(pathToFileURL(file).href)) as Record<
      string,
      (() => Promise<BenchResult[]>) | undefined
    >;
    const found = (await loaded[exported]?.()) ?? [];
    results.push(...found);
    if (asJson)
      for (const { name: what, ratio, goal, ok } of found)
        console.log(JSON.stringify({ name: what, ratio, goal, ok }));
  } catch (error) {
    failed = true;
    console.error(`${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

if (!asJson) {
  const width = Math.max(20, ...results.map((result) => result.name.length));
  console.log(`${"what".padEnd(width)}  ${"ratio".padStart(8)}  ${"goal".padStart(6)}      measured`);
  for (const { name, ratio, goal, ok, note } of results) {
    console.log(
      `${name.padEnd(width)}  ${ratio.toFixed(3).padStart(8)}  ${String(goal).padStart(6)}  ${ok ? "ok  " : "FAIL"}  ${note}`,
    );
  }
}
await stopServer();
process.exit(failed || results.some((result) => !result.ok) ? 1 : 0);

async function stopServer(): Promise<void> {
  const { stackConfig, testEnv } = await import("../stack/config");
  const { stopPostgres } = await import("../stack/postgres");
  await stopPostgres(stackConfig(testEnv()));
}
