import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { openTestStack } from "../tests/support/running-stack";
import { startTestDatabase } from "../tests/support/server";
import { ensureChromium } from "./stack/browser";
import { root, stackConfig, testEnv } from "./stack/config";
import { runningPid } from "./stack/postgres";
import { stopUnlessUsed } from "./stack/scratch";

interface Count {
  passed: number;
  failed: number;
}

/**
 * `npm test`: everything, on the tests' own ports and data, so that a running `npm start` is left alone.
 * `npm test -- unit db` runs some of: lint types generated unit architecture db api e2e.
 */
const ALL = ["lint", "types", "generated", "unit", "architecture", "db", "api", "e2e"] as const;
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(ALL as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")} among the tests. There are: ${ALL.join(", ")}.`);
  process.exit(1);
}
const wants = (name: (typeof ALL)[number]) => asked.length === 0 || asked.includes(name);
const env: Record<string, string> = {
  ...testEnv(),
  FORCE_COLOR: process.stdout.isTTY ? "1" : "0",
  NO_COLOR: "",
};
const results = path.join(root, "test-results");
const bin = (name: string) => path.join(root, "node_modules", name);
const total: Count = { passed: 0, failed: 0 };
const failures: string[] = [];
let closeStack: (() => Promise<void>) | undefined;
const running = new Set<ChildProcess>();

/** A tool that counts as one test: it passes or it does not. What it says comes in one piece, for two may be at work. */
async function check(name: string, args: string[]): Promise<void> {
  const at = Date.now();
  const said: string[] = [];
  const code = await node(args, (text) => said.push(text));
  title(`${name} (${seconds(at)} s)`);
  if (said.length > 0) console.log(said.join("").trimEnd());
  add(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

async function main(): Promise<void> {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (wants("e2e") || wants("api") || wants("db")) env.CHROMIUM_PATH = ensureChromium(console.log);
  // Lint is one core's work for as long as everything up to the first test is the other's.
  const lint = wants("lint")
    ? check("lint", [bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"])
    : null;
  const ready = prepare();
  await Promise.allSettled([lint, ready]);
  await ready;
  const vitest = (["unit", "architecture", "db", "api"] as const).filter(wants);
  if (vitest.length > 0) await runVitest(vitest);
  if (wants("e2e")) await runPlaywright();
}

async function prepare(): Promise<void> {
  // The build writes types that tsc would find half written: one after the other.
  if (wants("types")) await check("types", [bin("typescript/bin/tsc"), "--noEmit"]);
  if (wants("generated")) {
    // Up for all three and for what follows, instead of once for each.
    Object.assign(process.env, env);
    await startTestDatabase();
    const script = (name: string) => ["--import", "tsx", path.join(root, "scripts", `${name}.ts`), "--check"];
    await check("generated types are current", script("types"));
    await check("schema snapshot is current", script("snapshot"));
    await check("API index is current", script("api-index"));
  }
  if (wants("api") || wants("e2e")) await openStack();
}

async function openStack(): Promise<void> {
  const at = Date.now();
  title("stack for api and e2e");
  Object.assign(process.env, env);
  closeStack = await openTestStack(console.log);
  console.log(`The app answers on ${stackConfig(env).app.url} (${seconds(at)} s).`);
}

async function runVitest(projects: string[]): Promise<void> {
  title(projects.join(", "));
  const file = path.join(results, "vitest.json");
  // Coverage of a part would only mislead.
  const coverage = asked.length === 0 ? ["--coverage"] : [];
  const code = await node([
    bin("vitest/vitest.mjs"),
    "run",
    ...projects.flatMap((name) => ["--project", name]),
    ...coverage,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = readJson<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>(
    file,
  );
  add(
    projects.join(", "),
    count(report ? { passed: report.numPassedTests, failed: report.numFailedTests } : null, code),
  );
}

async function runPlaywright(): Promise<void> {
  title("e2e");
  const code = await node([bin("@playwright/test/cli.js"), "test"]);
  const report = readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(
    path.join(results, "e2e.json"),
  );
  const stats = report?.stats;
  add("e2e", count(stats ? { passed: stats.expected + stats.flaky, failed: stats.unexpected } : null, code));
}

/** What a report says; a run that broke outside any test still counts as one failure. */
function count(reported: Count | null, code: number): Count {
  const { passed, failed } = reported ?? { passed: 0, failed: 0 };
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function add(name: string, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(`${name} (${failed})`);
}

/** With `hear`, what it says goes there instead of to the terminal. */
function node(args: string[], hear?: (text: string) => void): Promise<number> {
  return new Promise((resolve) => {
    const to = hear ? "pipe" : "inherit";
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", to, to],
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear!);
    child.on("error", () => resolve(1));
    child.on("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

function title(name: string): void {
  console.log(`\n== ${name}`);
}

function readJson<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

let closed = false;
async function close(): Promise<void> {
  if (closed) return;
  closed = true;
  for (const child of running) child.kill("SIGTERM");
  await closeStack?.();
  const config = stackConfig(env);
  await stopUnlessUsed(config);
  // Data that was kept in memory would stay there.
  if (path.dirname(config.data) !== config.home && runningPid(config.data) === null)
    rmSync(config.data, { recursive: true, force: true });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void close().finally(() => process.exit(130)));
}
process.on("disconnect", () => void close().finally(() => process.exit(1)));

const began = Date.now();
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  add("the run itself", { passed: 0, failed: 1 });
}
await close();
if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}`);
console.log(`\n${seconds(began)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
