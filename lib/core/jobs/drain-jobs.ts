import { runOnce } from "graphile-worker";

import { sql } from "@/lib/db/direct";
import { clock } from "@/lib/kernel/clock";

import type { JobRegistry } from "./define-job";
import { runChores, sweep } from "./sweep";
import { taskList } from "./task-list";
import { awaited, quietLogger, watchPools } from "./worker-pool";

/**
 * Work the queue until it is empty or the time is over. Several drains may overlap: each job is locked by
 * one of them. At the end of the time no new job starts and running ones see their signal abort.
 */
export async function drainJobs(
  registry: JobRegistry,
  options: { seconds: number; concurrency?: number; chores?: readonly (() => Promise<void>)[] },
): Promise<{ done: number; failed: number; buried: number }> {
  const pool = sql();
  const deadline = new Date(clock.now().getTime() + options.seconds * 1000);
  const watched = watchPools(pool);
  let done = 0;
  let failed = 0;
  let isOver = false;
  watched.events.on("job:success", () => void (done += 1));
  watched.events.on("job:error", () => void (failed += 1));

  const timer = setTimeout(() => {
    isOver = true;
    for (const each of watched.pools)
      if (!each._shuttingDown) void each.gracefulShutdown("the drain's time is over");
  }, options.seconds * 1000);

  try {
    await runChores(options.chores ?? []);
    let { buried } = await sweep(pool, registry);
    const tasks = taskList(registry, deadline);
    let before = -1;
    // A finished job may have queued the next one for a worker that had already stopped looking.
    while (!isOver && done > before) {
      before = done;
      watched.pools.clear();
      await runOnce(
        {
          pgPool: pool,
          logger: quietLogger,
          events: watched.events,
          noHandleSignals: true,
          gracefulShutdownAbortTimeout: 0,
          preset: { worker: { concurrentJobs: options.concurrency ?? 4, ...awaited } },
        },
        tasks,
      );
    }
    buried += (await sweep(pool, registry)).buried;
    return { done, failed, buried };
  } finally {
    clearTimeout(timer);
    await watched.close();
  }
}
