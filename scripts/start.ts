import { rmSync } from "node:fs";
import path from "node:path";
import { demoBusinesses, DEMO_PASSWORD } from "../supabase/seed/core";
import { seed } from "./seed";
import { buildApp, nextBin } from "./stack/build";
import { type Child, Children } from "./stack/children";
import { startClockwork } from "./stack/clockwork";
import { isLocalHost, localEnv, root, stackConfig } from "./stack/config";
import { portTaken, waitUntil } from "./stack/processes";
import { holdHome, leaveHome, startStack, type Stack } from "./stack/stack";
import workerBounds from "./support/worker-bounds.json";

const mode = process.argv[2] === "dev" ? "dev" : "start";
const began = Date.now();
const env: Record<string, string> = { ...localEnv(), NEXT_TELEMETRY_DISABLED: "1" };
const distFolder = env.PORTICO_DIST || ".next";
const config = stackConfig(env);
const children = new Children(config.home);
const say = (text: string) => console.log(`  ${text}`);

let stack: Stack | undefined;
let holding = false;
let stopping = false;
let stoppedAt = 0;

/** Everything that was started, in reverse. */
async function stop(code: number, why?: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  stoppedAt = Date.now();
  if (why) console.error(why);
  else console.log("\nStopping.");
  if (holding) await children.stopAll(mode === "dev" ? 3000 : 10_000);
  await stack?.stop();
  leaveHome(config);
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // One Ctrl-C comes more than once: from the terminal and through npm. A later one means "now".
    if (stopping && Date.now() - stoppedAt > 2000) process.exit(1);
    void stop(0);
  });
}
process.on("disconnect", () => void stop(1));

async function main(): Promise<void> {
  console.log(`Portico, ${mode === "dev" ? "for work" : "local"}`);
  // Before anything else: what runs under another start's lock is that start's, not a leftover.
  await holdHome(config);
  holding = true;
  const left = await children.clearLeftovers();
  if (left.length > 0) say(`Ended what a former start had left running: ${left.join(", ")}.`);
  if (await portTaken(config.app.port)) {
    throw new Error(
      `Port ${config.app.port} is taken, and the app needs it. Stop what listens there, or set another port in NEXT_PUBLIC_APP_URL.`,
    );
  }
  const building = mode === "start" ? buildApp(env, say) : Promise.resolve(false);
  building.catch(() => {});
  stack = await startStack(config, say);
  await seed(config, say);
  await building;
  if (stopping) return;

  const nodeEnv = mode === "dev" ? "development" : "production";
  const app = children.start(
    "app",
    [nextBin, mode, "-p", String(config.app.port)],
    { ...env, NODE_ENV: nodeEnv },
    root,
  );
  startWorker(nodeEnv);
  void app.ended.then((code) => stop(1, `The app has ended (code ${code}).`));
  const up = await waitUntil(() => stopping || answers(`${config.app.url}/api/health`), 120_000, 150);
  if (!up) throw new Error(`The app did not answer on ${config.app.url} within two minutes.`);
  if (stopping) return;
  startClockwork(config.app.url, env.CRON_SECRET ?? "", say);
  welcome();
}

function startWorker(nodeEnv: string): Child {
  const watch = mode === "dev" ? ["--watch", "--watch-preserve-output"] : [];
  const worker = children.start(
    "worker",
    // Left to itself V8 lets garbage of a long import pile up to twice the memory the work needs.
    [...workerBounds, ...watch, "--import", "tsx", path.join(root, "scripts", "worker.ts")],
    { ...env, NODE_ENV: nodeEnv },
    root,
  );
  const at = Date.now();
  void worker.ended.then(async (code) => {
    if (stopping) return;
    if (Date.now() - at < 5000) return stop(1, `The worker ended as soon as it began (code ${code}).`);
    say(`The worker ended (code ${code}) and starts again.`);
    startWorker(nodeEnv);
  });
  return worker;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return response.status < 500 || response.status === 503;
  } catch {
    return false;
  }
}

function welcome(): void {
  const line = (what: string, where: string) => console.log(`  ${what.padEnd(18)} ${where}`);
  console.log(`\nReady in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  line("App", config.app.url);
  line("Mail inbox", config.inbox.url);
  line("API (Supabase)", config.api.url);
  line("API document", `${config.app.url}/api/docs`);
  line("Database", config.database.url);
  line("Data on disk", config.home);
  console.log(`\nSign in (password ${DEMO_PASSWORD})`);
  for (const { name, slug, people } of demoBusinesses) {
    const own = people
      .filter((person) => person.email.endsWith(`@${slug}.test`))
      .map((person) => person.email.split("@")[0]);
    line(name, `${own.join(", ")} @${slug}.test`);
  }
  line("In all of them", "mira@portico.test");
  console.log("\nCtrl-C stops everything.");
}

if (!isLocalHost(new URL(config.api.url).hostname))
  throw new Error("The local stack only serves this machine.");
main().catch(async (error: unknown) => {
  // An old build of a failed start must not pass for a good one.
  if (error instanceof Error && error.message.startsWith("The app could not be built")) {
    rmSync(path.join(root, distFolder, "portico-build.json"), { force: true });
  }
  await stop(1, error instanceof Error ? error.message : String(error));
});
