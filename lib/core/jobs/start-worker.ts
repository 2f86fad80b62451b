import { run } from "graphile-worker";

import { sql } from "@/lib/db/direct";
import { log } from "@/lib/kernel/log";

import type { JobRegistry } from "./define-job";
import { runChores, sweep } from "./sweep";
import { taskList } from "./task-list";
import { awaited, quietLogger, watchPools } from "./worker-pool";

const sweepEveryMs = 10_000;
/** Chores every ten minutes. */
const sweepsBetweenChores = 60;

export interface RunningWorker {
  /** Take no new job, let the running ones finish (their signal aborts after `graceMs`), then return. */
  stop: () => Promise<void>;
  /** Settles when the worker ends by itself, which is always a fault. */
  ended: Promise<void>;
}

/** The long-running worker: told of new jobs by NOTIFY, sweeping beside them. */
export async function startWorker(
  registry: JobRegistry,
  options: { concurrency?: number; graceMs?: number; chores?: readonly (() => Promise<void>)[] } = {},
): Promise<RunningWorker> {
  const pool = sql();
  const watched = watchPools(pool);
  const runner = await run(
    {
      pgPool: pool,
      logger: quietLogger,
      events: watched.events,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: options.graceMs ?? 20_000,
      preset: { worker: { concurrentJobs: options.concurrency ?? 4, pollInterval: 2000, ...awaited } },
    },
    taskList(registry, null),
  );
  log.info({ jobs: Object.keys(registry).length }, "worker is ready");

  let isStopping = false;
  let sweeping: Promise<unknown> = Promise.resolve();
  let sweeps = 0;
  const timer = setInterval(() => {
    sweeping = sweeping
      .then(async () => {
        if (isStopping) return;
        if (sweeps++ % sweepsBetweenChores === 0) await runChores(options.chores ?? []);
        await sweep(pool, registry);
      })
      .catch((error: unknown) => log.error({ err: error }, "the worker's sweep failed"));
  }, sweepEveryMs);

  return {
    ended: runner.promise,
    async stop() {
      if (isStopping) return;
      isStopping = true;
      clearInterval(timer);
      await sweeping;
      await runner.stop();
      await watched.close();
      log.info("worker has stopped");
    },
  };
}
