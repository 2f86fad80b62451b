import { createReadStream } from "node:fs";
import { closeSql, sql, withClientSql } from "@/lib/db/direct";
import { log } from "@/lib/kernel/log";
import { processRun } from "@/lib/programs/loyalty/imports/process-run";

/** What the bench wants to know of one import, in seconds and megabytes. */
export interface ImportRun {
  /** Reading, staging and comparing, which overlap. */
  read: number;
  /** Videos, snapshots, creators: until they are committed. */
  save: number;
  /** The most memory this process ever held, its start included. */
  peak: number;
}

/** One import in a process of its own, as a worker runs it: `import-run.ts <client> <run> <file>`; answers in JSON. */
const [clientId = "", runId = "", file = ""] = process.argv.slice(2);
const context = {
  log: log.child({ bench: "import" }),
  signal: new AbortController().signal,
  attempt: 1,
  isLastAttempt: true,
  deadline: null,
};
// The pool's first connection is not part of an import.
await sql().query("select 1");
const startedAt = performance.now();
await processRun(clientId, runId, context, async () => ({
  open: async () => createReadStream(file, { highWaterMark: 256 * 1024 }),
  close: async () => undefined,
}));
const checkedAt = performance.now();
const { rows } = await sql().query<{ state: string }>(
  "select state from public.loyalty_sync_runs where id = $1",
  [runId],
);
if (rows[0]?.state !== "checked") throw new Error(`the bench's file is ${rows[0]?.state} and not checked`);
await sql().query("update public.loyalty_sync_runs set state = 'saving' where id = $1", [runId]);
const savingAt = performance.now();
// Deciding tiers is measured by its own bench; this is the step before it, and it commits.
await withClientSql(clientId, (db) => db.query("select private.loyalty_save_run($1, $2)", [clientId, runId]));
const run: ImportRun = {
  read: (checkedAt - startedAt) / 1000,
  save: (performance.now() - savingAt) / 1000,
  peak: Math.round((process.resourceUsage().maxRSS * 1024) / 1_000_000),
};
await closeSql();
console.log(JSON.stringify(run));
