import path from "node:path";
import { seed } from "../../scripts/seed";
import { startApi } from "../../scripts/stack/api";
import { buildApp, nextBin } from "../../scripts/stack/build";
import { Children } from "../../scripts/stack/children";
import { databaseUrl, root, stackConfig, type StackConfig, testEnv } from "../../scripts/stack/config";
import { startInbox } from "../../scripts/stack/inbox/server";
import { lockHolder, releaseLock, takeLock } from "../../scripts/stack/lock";
import { portTaken, waitUntil } from "../../scripts/stack/processes";
import { withDatabase } from "../../scripts/stack/sql";
import { startTestDatabase } from "./server";

/**
 * Database (fresh, seeded), API, inbox, app and worker on the test ports. Returns how to stop it; when another run
 * has it up already, this one uses it and stops nothing.
 */
export async function openTestStack(say: (text: string) => void = () => {}): Promise<() => Promise<void>> {
  const env = testEnv();
  const config = stackConfig(env);
  const lock = path.join(config.home, "stack.lock");
  if (lockHolder(lock)) {
    if (await waitUntil(() => isUp(config), 300_000, 500)) return async () => {};
    throw new Error(
      `The test stack of process ${lockHolder(lock)?.pid} does not answer on ${config.app.url}.`,
    );
  }
  if (!takeLock(lock)) return openTestStack(say);

  const children = new Children(config.home);
  const closing: (() => Promise<void>)[] = [async () => releaseLock(lock)];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    await children.clearLeftovers();
    for (const { port, url } of [config.app, config.api, config.inbox]) {
      if (await portTaken(port)) throw new Error(`Port ${port} is taken, and the tests need it for ${url}.`);
    }
    const building = buildApp(env, say);
    building.catch(() => {});
    await freshStackDatabase(config);
    const inbox = await startInbox(config);
    closing.push(() => inbox.stop());
    const api = await startApi(config, inbox.driver);
    closing.push(() => api.stop());
    await seed(config, () => {});
    await building;
    closing.push(() => children.stopAll(5000));
    const production = { ...env, NODE_ENV: "production" };
    children.start("app", [nextBin, "start", "-p", String(config.app.port)], production, root);
    children.start(
      "worker",
      ["--import", "tsx", path.join(root, "scripts", "worker.ts")],
      scripted(production),
      root,
    );
    if (!(await waitUntil(() => isUp(config), 60_000, 150))) {
      throw new Error(`The app did not answer on ${config.app.url}.`);
    }
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The worker reads our TypeScript, where `@/…` and `server-only` are spelt out by this file. */
function scripted(env: Record<string, string>): Record<string, string> {
  return { ...env, TSX_TSCONFIG_PATH: path.join(root, "tsconfig.scripts.json") };
}

async function freshStackDatabase(config: StackConfig): Promise<void> {
  const template = await startTestDatabase();
  const { name } = config.database;
  await withDatabase(databaseUrl(config, "postgres"), async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    await client.query(
      `create database ${client.escapeIdentifier(name)} template ${template} strategy file_copy`,
    );
  });
}

async function isUp(config: StackConfig): Promise<boolean> {
  try {
    const response = await fetch(`${config.app.url}/api/health`, { signal: AbortSignal.timeout(5000) });
    return response.ok;
  } catch {
    return false;
  }
}
