import { EventEmitter } from "node:events";

import { Logger, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type { Pool, PoolClient } from "pg";

import { log } from "@/lib/kernel/log";

/** Graphile's own lines carry payloads and messages; ours are written in the task list. Only its warnings pass. */
export const quietLogger = new Logger(() => (level, message, meta) => {
  if (meta && "failure" in meta) return;
  if (level === "error") log.error({ queue: true }, message);
  else if (level === "warning") log.warn({ queue: true }, message);
});

/**
 * A job's outcome is written without waiting for it unless writes are batched; then the end of a pool waits
 * for the last batch. Without this a function could be frozen before "done" reached the database.
 */
export const awaited = { completeJobBatchDelay: 0, failJobBatchDelay: 0 } as const;

/**
 * Graphile frees a killed worker's jobs only after four hours. So each pool holds an advisory lock for as
 * long as it lives: when the process dies its connection closes, the lock goes, and the next sweep sees
 * that the pool is gone (`private.release_dead_workers`).
 */
export function watchPools(pool: Pool): {
  events: WorkerEvents;
  pools: Set<WorkerPool>;
  close: () => Promise<void>;
} {
  const events: WorkerEvents = new EventEmitter();
  const pools = new Set<WorkerPool>();
  handleLostConnections(pool);
  let holder: Promise<PoolClient> | null = null;

  const hold = (id: string): void => {
    holder ??= pool.connect().then((client) => {
      client.on("error", (error: Error) => {
        log.error({ err: error }, "the worker's liveness connection was lost");
        holder = null;
        for (const each of pools) hold(each.id);
      });
      return client;
    });
    void holder
      .then((client) => client.query("select pg_advisory_lock_shared(private.worker_lock($1))", [id]))
      .catch((error: unknown) => log.error({ err: error }, "the worker could not take its liveness lock"));
  };

  events.on("pool:create", ({ workerPool }) => {
    pools.add(workerPool);
    hold(workerPool.id);
  });

  return {
    events,
    pools,
    async close() {
      const client = await holder?.catch(() => null);
      // Destroyed, not returned: the session's advisory locks go with it.
      client?.release(true);
    },
  };
}

const handled = new WeakSet<Pool>();

/** A connection lost while a job holds it must fail that job's query, not the process. */
function handleLostConnections(pool: Pool): void {
  if (handled.has(pool)) return;
  handled.add(pool);
  pool.on("connect", (client) => {
    client.on("error", (error: Error) => log.warn({ err: error }, "a database connection was lost"));
  });
}
