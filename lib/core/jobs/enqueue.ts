import type { ClientBase, Pool } from "pg";

import { sql } from "@/lib/db/direct";

import type { JobDefinition, JobPayload } from "./define-job";

export interface EnqueueOptions {
  /** One waiting job a key: a second one replaces the first. */
  key?: string;
  runAt?: Date;
  maxAttempts?: number;
  /** Pass the transaction's connection so the job exists exactly when the change does. */
  db?: ClientBase | Pool;
}

/**
 * Queue a job from another job or a script. A person's request never comes here: its SQL function calls
 * `private.add_job` in the same transaction as the change.
 */
export async function enqueue<P extends JobPayload>(
  job: JobDefinition<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> {
  const valid = job.schema.parse(payload);
  await (options.db ?? sql()).query(
    "select private.add_job($1, $2::jsonb, $3, coalesce($4::timestamptz, now()), $5, $6)",
    [
      job.id,
      JSON.stringify(valid),
      options.key ?? null,
      options.runAt ?? null,
      options.maxAttempts ?? job.maxAttempts ?? 8,
      job.queue?.(valid) ?? null,
    ],
  );
}
