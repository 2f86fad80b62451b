import type { PoolClient } from "pg";
import { sql, withClientSql } from "@/lib/db/direct";
import { notFound } from "@/lib/kernel/errors";
import type { ReadingNote } from "./reading/conventions";
import type { ColumnMapping } from "./reading/match-header";
import type { ReaderState } from "./reading/read-file";
import type { RunState } from "./run.states";

/** What a job knows about a run and its business. */
export interface RunRecord {
  id: string;
  clientId: string;
  source: "upload" | "https" | "browser" | "cli";
  state: RunState;
  isUnattended: boolean;
  isRepeat: boolean;
  businessDate: string;
  fileId: string | null;
  fileName: string;
  fileBytes: number | null;
  sha256: string | null;
  reading: ReaderState | null;
  rowsRead: number;
  currency: string;
  locale: string;
  timeZone: string;
  mapping: ColumnMapping;
  mappingVersion: number;
}

export async function loadRun(clientId: string, runId: string): Promise<RunRecord> {
  const { rows } = await sql().query<RunRecord>(
    `select r.id, r.client_id as "clientId", r.source, r.state, r.is_unattended as "isUnattended", r.is_repeat as "isRepeat",
            r.business_date::text as "businessDate", r.file_id as "fileId", r.file_name as "fileName",
            r.file_bytes::float8 as "fileBytes", r.sha256, r.reading, r.rows_read::float8 as "rowsRead",
            s.currency, c.locale, c.time_zone as "timeZone", coalesce(m.columns, '{}'::jsonb) as mapping,
            coalesce(m.version, 0) as "mappingVersion"
       from public.loyalty_sync_runs r
       join public.clients c on c.id = r.client_id
       join public.loyalty_settings s on s.client_id = r.client_id
       left join public.loyalty_import_mappings m on m.client_id = r.client_id
      where r.client_id = $1 and r.id = $2`,
    [clientId, runId],
  );
  const run = rows[0];
  if (!run) throw notFound("this import");
  return run;
}

export function inRun<T>(run: Pick<RunRecord, "clientId">, work: (db: PoolClient) => Promise<T>): Promise<T> {
  return withClientSql(run.clientId, work, { actor: "job:loyalty.run-import" });
}

interface RunPatch {
  state?: RunState;
  notes?: ReadingNote[];
  sha256?: string;
  repeatsRunId?: string;
  mappingVersion?: number;
  fileName?: string;
  fileBytes?: number;
  error?: { code: string; message: string; details?: unknown } | null;
}

const endStates: readonly RunState[] = ["saved", "undone", "skipped", "cancelled", "failed"];

/** One step of a run. `from` is compared in the same statement, so a person's cancel is never overrun. */
export async function stepRun(
  db: PoolClient,
  run: RunRecord,
  from: RunState,
  patch: RunPatch,
): Promise<boolean> {
  const ends = patch.state !== undefined && endStates.includes(patch.state);
  const result = await db.query(
    `update public.loyalty_sync_runs r
        set state = coalesce($4, r.state), notes = coalesce($5::jsonb, r.notes), sha256 = coalesce($6, r.sha256),
            repeats_run_id = coalesce($7, r.repeats_run_id), mapping_version = coalesce($8, r.mapping_version),
            file_name = coalesce($9, r.file_name), file_bytes = coalesce($10, r.file_bytes),
            error_code = $11, error_message = $12, error_details = $13::jsonb,
            finished_at = case when $14 then now() end,
            started_at = case when $15 then coalesce(r.started_at, now()) else r.started_at end
      where r.client_id = $1 and r.id = $2 and r.state = $3`,
    [
      run.clientId,
      run.id,
      from,
      patch.state ?? null,
      patch.notes ? JSON.stringify(patch.notes) : null,
      patch.sha256 ?? null,
      patch.repeatsRunId ?? null,
      patch.mappingVersion ?? null,
      patch.fileName ?? null,
      patch.fileBytes ?? null,
      patch.error?.code ?? null,
      patch.error?.message ?? null,
      patch.error?.details === undefined ? null : JSON.stringify(patch.error.details),
      ends,
      patch.state === "reading",
    ],
  );
  return result.rowCount === 1;
}

/**
 * One worker at a time on one run. The queue sees to it as a rule; this holds even when a worker that was taken for
 * dead is not. A second one waits and then finds the work done; a killed one lets go with its connection.
 */
export async function alone<T>(runId: string, work: () => Promise<T>): Promise<T> {
  const connection = await sql().connect();
  let isFree = false;
  try {
    await connection.query("select pg_advisory_lock(hashtextextended('loyalty.run:' || $1, 0))", [runId]);
    try {
      return await work();
    } finally {
      isFree = await unlock(connection, runId);
    }
  } finally {
    // Ended unless the lock is surely gone: one that outlived its work would block the run for good.
    connection.release(!isFree);
  }
}

async function unlock(connection: PoolClient, runId: string): Promise<boolean> {
  try {
    const { rows } = await connection.query<{ free: boolean }>(
      "select pg_advisory_unlock(hashtextextended('loyalty.run:' || $1, 0)) as free",
      [runId],
    );
    return rows[0]?.free === true;
  } catch {
    return false;
  }
}
