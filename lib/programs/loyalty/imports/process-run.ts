import type { PoolClient } from "pg";
import type { JobContext } from "@/lib/core/jobs/server";
import { clock } from "@/lib/kernel/clock";
import { type AppError, isAppError } from "@/lib/kernel/errors";
import { type OpenedFile, openRunFile } from "./open-run-file";
import { readRun } from "./read-run";
import { alone, inRun, loadRun, type RunRecord, stepRun } from "./run-record.system";
import { RunLeftReading } from "./stage-part.system";

interface RunCheck {
  code: string;
  isOk: boolean;
  stops?: boolean;
  value?: number;
}

export type Progress = "settled" | "more";

/** Leaves the drain this long to end in good order. */
const reserveMs = 15_000;

/**
 * Takes a run as far as it goes without a person: each round is one step that is safe to repeat, so a job killed
 * anywhere is simply run again. Answers `more` when the time was over first.
 */
export async function processRun(
  clientId: string,
  runId: string,
  context: JobContext,
  openFile: typeof openRunFile = openRunFile,
): Promise<Progress> {
  const isOutOfTime = () =>
    context.signal.aborted ||
    (context.deadline !== null && context.deadline.getTime() - clock.now().getTime() < reserveMs);
  return alone(runId, async () => {
    for (;;) {
      const run = await loadRun(clientId, runId);
      if (!isWork(run)) return "settled";
      if (isOutOfTime()) return "more";
      try {
        await takeStep(run, isOutOfTime, () => openFile(run, context));
      } catch (error) {
        if (error instanceof RunLeftReading) continue;
        if (!isAppError(error) && !context.isLastAttempt) throw error;
        if (isAppError(error))
          context.log.warn({ run: runId, errorCode: error.code }, "an import was refused");
        else context.log.error({ err: error, run: runId }, "an import failed");
        await failRun(run, isAppError(error) ? error : null);
      }
    }
  });
}

function isWork(run: RunRecord): boolean {
  return ["queued", "reading", "saving", "counting", "undoing"].includes(run.state);
}

async function takeStep(
  run: RunRecord,
  isOutOfTime: () => boolean,
  open: () => Promise<OpenedFile>,
): Promise<void> {
  if (run.state === "queued") {
    await inRun(run, (db) => stepRun(db, run, "queued", { state: "reading" }));
  } else if (run.state === "reading") {
    await readAndCheck(run, isOutOfTime, open);
  } else if (run.state === "saving") {
    await save(run);
  } else if (run.state === "counting") {
    await inRun(run, (db) => db.query("select private.loyalty_count_run($1, $2)", [run.clientId, run.id]));
  } else {
    await inRun(run, (db) => db.query("select private.loyalty_undo_run($1, $2)", [run.clientId, run.id]));
  }
}

async function readAndCheck(
  run: RunRecord,
  isOutOfTime: () => boolean,
  open: () => Promise<OpenedFile>,
): Promise<void> {
  const file = await open();
  try {
    const outcome = await readRun(run, file, isOutOfTime);
    if (!outcome.isComplete) return;
    await inRun(run, async (db) => {
      const earlier = await db.query<{ id: string; businessDate: string }>(
        `select id, business_date::text as "businessDate" from public.loyalty_sync_runs
          where client_id = $1 and sha256 = $2 and state = 'saved' and id <> $3 order by saved_at desc limit 1`,
        [run.clientId, outcome.sha256, run.id],
      );
      const repeats = earlier.rows[0];
      const facts = {
        sha256: outcome.sha256,
        notes: outcome.notes,
        mappingVersion: run.mappingVersion,
        ...(repeats ? { repeatsRunId: repeats.id } : {}),
      };
      if (repeats && !run.isRepeat) {
        await stepRun(db, run, "reading", { ...facts, state: "skipped" });
        await db.query("select private.loyalty_drop_staging($1)", [run.id]);
        return;
      }
      if (!(await stepRun(db, run, "reading", facts))) return;
      const checks = await db.query<{ checks: RunCheck[] }>(
        "select private.loyalty_check_run($1, $2, $3) as checks",
        [run.clientId, run.id, outcome.mayHaveDoubles],
      );
      const stops = checks.rows[0]?.checks.some((check) => check.stops) ?? false;
      const isClear = run.isUnattended && !stops;
      await stepRun(db, run, "reading", {
        state: stops ? "needs_confirmation" : isClear ? "saving" : "checked",
      });
      if (run.isUnattended) await warn(db, run, checks.rows[0]?.checks ?? []);
    });
  } finally {
    await file.close();
  }
}

/** Whatever was saved since the file was compared makes its before-figures wrong: read it again before a row is written. */
async function save(run: RunRecord): Promise<void> {
  await inRun(run, async (db) => {
    const { rows } = await db.query<{ result: "applied" | "done" | "stale" }>(
      "select private.loyalty_save_run($1, $2) as result",
      [run.clientId, run.id],
    );
    if (rows[0]?.result !== "stale") return;
    await stepRun(db, run, "saving", { state: "queued" });
    await db.query("select private.loyalty_restart_reading($1, $2)", [run.clientId, run.id]);
  });
}

/** The file's own faults are told as they are; ours are named as ours. */
async function failRun(run: RunRecord, error: AppError | null): Promise<void> {
  const cause = error
    ? { code: error.code, message: error.message, details: error.details }
    : {
        code: "INTERNAL",
        message:
          "The problem is on our side. Nothing of this file was saved. Try again; if it happens twice, tell us.",
      };
  const { state } = await loadRun(run.clientId, run.id);
  await inRun(run, async (db) => {
    if (state === "undoing") {
      // Undo is one transaction: it has changed nothing, so the run is what it was.
      await stepRun(db, run, "undoing", { state: "saved" });
      return;
    }
    if (state === "counting") throw new Error("a saved run could not be counted; the next attempt counts it");
    if (!(await stepRun(db, run, state, { state: "failed", error: cause }))) return;
    await db.query("select private.loyalty_drop_staging($1)", [run.id]);
    if (run.isUnattended)
      await tell(db, run, "loyalty.sync-failed", { message: cause.message.slice(0, 500) });
  });
}

/** Nobody watches a nightly run: what a person would have seen on its page is sent to those who can act on it. */
async function warn(db: PoolClient, run: RunRecord, checks: RunCheck[]): Promise<void> {
  const stopped = checks.find((check) => check.stops);
  if (stopped) {
    await tell(db, run, "loyalty.sync-warning", { kind: "fall", percent: stopped.value ?? 0 });
  }
  for (const kind of ["unmatched", "rejected"] as const) {
    if (!checks.some((check) => check.code === kind && !check.isOk)) continue;
    const { rows } = await db.query<{ left: number; total: number }>(
      `select rows_${kind}::float8 as left, (rows_read - rows_blank)::float8 as total
         from public.loyalty_sync_runs where client_id = $1 and id = $2`,
      [run.clientId, run.id],
    );
    await tell(db, run, "loyalty.sync-warning", { kind, [kind]: rows[0]?.left, total: rows[0]?.total });
  }
}

async function tell(
  db: PoolClient,
  run: RunRecord,
  type: string,
  data: Record<string, unknown>,
): Promise<void> {
  await db.query("select private.notify_permitted($1, $2, 'loyalty.imports.write', $3, $4)", [
    run.clientId,
    type,
    JSON.stringify({ runId: run.id, businessDate: run.businessDate, ...data }),
    `${run.id}:${String(data["kind"] ?? "failed")}`,
  ]);
}
