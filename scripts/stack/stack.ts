import path from "node:path";
import { type Api, startApi } from "./api";
import type { StackConfig } from "./config";
import { type Inbox, startInbox } from "./inbox/server";
import { lockHolder, releaseLock, takeLock } from "./lock";
import { migrate } from "./migrate";
import { type Postgres, startPostgres } from "./postgres";
import { waitUntil } from "./processes";

export interface Stack {
  config: StackConfig;
  newMigrations: number;
  stop(): Promise<void>;
}

/** One start at a time on one folder; the lock of a start that is gone counts for nothing. */
export async function holdHome(config: StackConfig): Promise<void> {
  const lock = path.join(config.home, "stack.lock");
  // One that was just told to stop needs a moment to leave.
  if (await waitUntil(() => takeLock(lock), 3000)) return;
  const holder = lockHolder(lock);
  throw new Error(
    `Portico is already running on ${config.home} (process ${holder?.pid}). Stop it there with Ctrl-C.`,
  );
}

export function leaveHome(config: StackConfig): void {
  releaseLock(path.join(config.home, "stack.lock"));
}

/** Postgres, migrations, the API and the inbox, in this order; on any failure whatever had started is stopped. */
export async function startStack(
  config: StackConfig,
  say: (text: string) => void = () => {},
): Promise<Stack> {
  await holdHome(config);
  let postgres: Postgres | undefined;
  let api: Api | undefined;
  let inbox: Inbox | undefined;
  const stop = async () => {
    await api?.stop();
    await inbox?.stop();
    await postgres?.stop();
    leaveHome(config);
  };
  try {
    postgres = await startPostgres(config);
    if (postgres.adopted) say("Postgres was still running from before and carries on.");
    const newMigrations = await migrate(config);
    if (newMigrations > 0) say(`Applied ${newMigrations} migration${newMigrations === 1 ? "" : "s"}.`);
    inbox = await startInbox(config);
    api = await startApi(config, inbox.driver);
    return { config, newMigrations, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
