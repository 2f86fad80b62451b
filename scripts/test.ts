import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { openTestStack } from "../tests/support/running-stack";
import { ensureChromium } from "./stack/browser";
import { root, stackConfig, testEnv } from "./stack/config";
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

/** A tool that counts as one test: it passes or it does not. */
async function check(name: string, args: string[]): Promise<void> {
  title(name);
  const code = await node(args);
  add(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

async function main(): Promise<void> {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (wants("e2e") || wants("api") || wants("db")) env.CHROMIUM_PATH = ensureChromium(console.log);
  if (wants("lint")) await check("lint", [bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"]);
  if (wants("types")) await check("types", [bin("typescript/bin/tsc"), "--noEmit"]);
  if (wants("generated")) {
    const script = (name: string) => ["--import", "tsx", path.join(root, "scripts", `${name}.ts`), "--check"];
    await check("generated types are current", script("types"));
    await check("schema snapshot is current", script("snapshot"));
    await check("API index is current", script("api-index"));
  }
  const vitest = (["unit", "architecture", "db", "api"] as const).filter(wants);
  if (wants("api") || wants("e2e")) await openStack();
  if (vitest.length > 0) await runVitest(vitest);
  if (wants("e2e")) await runPlaywright();
}

async function openStack(): Promise<void> {
  title("stack for api and e2e");
  Object.assign(process.env, env);
  closeStack = await openTestStack(console.log);
  console.log(`The app answers on ${stackConfig(env).app.url}.`);
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

function node(args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
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
  await closeStack?.();
  await stopUnlessUsed(stackConfig(env));
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
console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
