import "server-only";
import { sql } from "./direct";
import { systemClient } from "./system";

/** Through the Data API, the way every request goes. */
export async function pingDatabase(): Promise<void> {
  const { error } = await systemClient().from("clients").select("id").limit(1);
  if (error) throw new Error(error.message);
}

export async function pingStorage(): Promise<void> {
  const { error } = await systemClient().storage.getBucket("files");
  if (error) throw new Error(error.message);
}

interface QueueState {
  waiting: number;
  /** How long the oldest job that could run has been waiting. */
  oldestSeconds: number;
}

/** Over the direct connection, so this also says whether jobs can reach the database. */
export async function readQueue(): Promise<QueueState> {
  const { rows } = await sql().query<{ waiting: number; oldest: number }>(
    `select count(*)::int as waiting, coalesce(extract(epoch from now() - min(run_at)), 0)::int as oldest
     from graphile_worker.jobs
     where run_at <= now() and locked_at is null and attempts < max_attempts`,
  );
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: rows[0]?.oldest ?? 0 };
}
