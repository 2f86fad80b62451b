import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { JobContext } from "@/lib/core/jobs/server";
import { sql, withClientSql } from "@/lib/db/direct";
import { AppError, notFound } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { processRun } from "../imports/process-run";
import type { RunState } from "../imports/run.states";

interface LocalImport {
  clientSlug: string;
  file: string;
  /** Stop after the check. */
  isCheckOnly?: boolean;
  /** Save although a guard stopped the run. */
  isConfirmed?: boolean;
}

interface LocalImportResult {
  runId: string;
  state: RunState;
  counts: Record<string, number>;
  message: string | null;
}

/** A file from this machine's disk, by hand: the same reading, checks and saving as any other. */
export async function importLocalFile(input: LocalImport): Promise<LocalImportResult> {
  const size = await stat(input.file).catch(() => null);
  if (!size?.isFile()) throw notFound(`the file ${input.file}`);
  const { clientId, runId } = await createRun(input, size.size);
  const context: JobContext = {
    log: log.child({ script: "sync" }),
    signal: new AbortController().signal,
    attempt: 1,
    isLastAttempt: true,
    deadline: null,
  };
  const open = async () => ({
    open: async () => createReadStream(input.file, { highWaterMark: 256 * 1024 }),
    close: async () => undefined,
  });
  const work = () => processRun(clientId, runId, context, open);
  await work();
  const state = await stateOf(clientId, runId);
  const isWanted = state === "checked" || (state === "needs_confirmation" && input.isConfirmed);
  if (isWanted && !input.isCheckOnly) {
    await withClientSql(
      clientId,
      (db) =>
        db.query(
          "update public.loyalty_sync_runs set state = 'saving' where client_id = $1 and id = $2 and state = $3",
          [clientId, runId, state],
        ),
      { actor: "script:sync" },
    );
    await work();
  }
  return summarise(clientId, runId);
}

async function createRun(input: LocalImport, bytes: number): Promise<{ clientId: string; runId: string }> {
  const { rows } = await sql().query<{ id: string }>(
    `select c.id from public.clients c
      join public.client_programs p on p.client_id = c.id and p.program = 'loyalty' and p.is_enabled where c.slug = $1`,
    [input.clientSlug],
  );
  const clientId = rows[0]?.id;
  if (!clientId)
    throw new AppError(
      "NOT_FOUND",
      404,
      `There is no business “${input.clientSlug}” with loyalty turned on.`,
    );
  return withClientSql(
    clientId,
    async (db) => {
      const made = await db.query<{ id: string }>(
        `insert into public.loyalty_sync_runs (client_id, source, business_date, file_name, file_bytes)
         values ($1, 'cli', private.loyalty_night_of($1), $2, $3) returning id`,
        [clientId, path.basename(input.file).slice(0, 200), bytes],
      );
      return { clientId, runId: made.rows[0]?.id ?? "" };
    },
    { actor: "script:sync" },
  );
}

async function stateOf(clientId: string, runId: string): Promise<RunState> {
  return (await summarise(clientId, runId)).state;
}

async function summarise(clientId: string, runId: string): Promise<LocalImportResult> {
  const { rows } = await sql().query<LocalImportResult>(
    `select id as "runId", state, error_message as message,
            jsonb_build_object('read', rows_read, 'new', rows_new, 'changed', rows_changed, 'unchanged', rows_unchanged,
              'unmatched', rows_unmatched, 'rejected', rows_rejected, 'duplicate', rows_duplicate, 'blank', rows_blank,
              'creatorsAdded', creators_added, 'rowsOfNewCreators', rows_to_add) as counts
       from public.loyalty_sync_runs where client_id = $1 and id = $2`,
    [clientId, runId],
  );
  if (!rows[0]) throw notFound("this import");
  return rows[0];
}
