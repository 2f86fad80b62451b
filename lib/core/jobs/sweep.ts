import { runOnce } from "graphile-worker";
import type { Pool } from "pg";

import { log } from "@/lib/kernel/log";

import type { JobRegistry } from "./define-job";
import { unknownTaskList } from "./task-list";
import { quietLogger } from "./worker-pool";

/** Free the jobs of dead workers, fail the jobs nobody knows, bury those that spent their attempts, queue housekeeping. */
export async function sweep(pool: Pool, registry: JobRegistry): Promise<{ buried: number }> {
  const freed = await pool.query<{ n: number }>("select private.release_dead_workers() as n");
  if ((freed.rows[0]?.n ?? 0) > 0)
    log.warn({ workers: freed.rows[0]?.n }, "took back the jobs of dead workers");

  const unknown = await pool.query<{ task: string }>(
    "select task from private.waiting_tasks() as task where not (task = any ($1))",
    [Object.keys(registry)],
  );
  if (unknown.rows.length > 0) {
    const names = unknown.rows.map((row) => row.task);
    await runOnce({ pgPool: pool, logger: quietLogger, noHandleSignals: true }, unknownTaskList(names));
  }

  const dead = await pool.query<{ task: string; job_id: string }>(
    "select task, job_id from private.bury_dead_jobs()",
  );
  for (const row of dead.rows)
    log.error({ job: row.task, jobId: row.job_id }, "job is dead: every attempt failed");
  return { buried: dead.rows.length };
}

/** Chores of other rooms. One that fails is seen in the log and does not keep the queue from being worked. */
export async function runChores(chores: readonly (() => Promise<void>)[]): Promise<void> {
  for (const chore of chores) {
    await chore().catch((error: unknown) => log.error({ err: error }, "a chore failed"));
  }
}
