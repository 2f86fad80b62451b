import type { JobContext } from "@/lib/core/jobs/server";
import { sql, withClientSql } from "@/lib/db/direct";
import { processRun } from "../imports/process-run";
import { loadRun } from "../imports/run-record.system";

/** The fixed order of a night. Each stage is closed once in the ledger and never done again. */
export const stages = [
  "ingest",
  "snapshots",
  "missions",
  "totals",
  "tiers",
  "checkpoints",
  "rewards",
  "boosts",
  "raffles",
  "notify",
] as const;
type Stage = (typeof stages)[number];
type Outcome = "done" | "skipped" | "covered" | "held" | "failed";

/** One night of one business, from wherever an earlier job left it. `more`: the time was over first. */
export async function runNight(
  clientId: string,
  businessDate: string,
  context: JobContext,
): Promise<"done" | "more"> {
  if (await isClosed(clientId, businessDate, "notify")) return "done";
  if (!(await isClosed(clientId, businessDate, "ingest"))) {
    const ingest = await runIngest(clientId, businessDate, context);
    if (ingest === "more") return "more";
    await close(clientId, businessDate, ["ingest", "snapshots"], ingest.outcome, ingest.detail);
  }
  if (!(await isClosed(clientId, businessDate, "raffles"))) await count(clientId, businessDate);
  await tellIfStale(clientId, businessDate);
  return "done";
}

interface Ingest {
  outcome: Outcome;
  detail: Record<string, unknown>;
}

async function runIngest(
  clientId: string,
  businessDate: string,
  context: JobContext,
): Promise<Ingest | "more"> {
  const { rows } = await sql().query<{ latest: string }>(
    "select private.loyalty_last_due_night($1, now())::text as latest",
    [clientId],
  );
  // A missed night has no file of its own any more: what it would have brought is in the next one.
  if (rows[0] && businessDate < rows[0].latest)
    return { outcome: "covered", detail: { coveredBy: rows[0].latest } };
  const runId = await withClientSql(
    clientId,
    async (db) => {
      const found = await db.query<{ id: string | null }>("select private.loyalty_night_run($1, $2) as id", [
        clientId,
        businessDate,
      ]);
      return found.rows[0]?.id ?? null;
    },
    { actor: "job:loyalty.run-night" },
  );
  if (!runId) return { outcome: "skipped", detail: { cause: "noSource" } };
  if ((await processRun(clientId, runId, context)) === "more") return "more";
  const run = await loadRun(clientId, runId);
  const outcomes: Partial<Record<typeof run.state, Outcome>> = {
    saved: "done",
    needs_confirmation: "held",
    checked: "held",
    failed: "failed",
  };
  return { outcome: outcomes[run.state] ?? "skipped", detail: { runId, state: run.state } };
}

/** What each stage of the count is told of, in the summary the database gives. */
const counted = {
  missions: "missions",
  totals: "tiers",
  tiers: "tiers",
  checkpoints: "tiers",
  rewards: "rewards",
  boosts: "boosts",
  raffles: "raffles",
} as const satisfies Partial<Record<Stage, string>>;

/** Adjustments, missions, promotions, checks and boosts fall due whether or not a file came. */
async function count(clientId: string, businessDate: string): Promise<void> {
  await withClientSql(
    clientId,
    async (db) => {
      const { rows } = await db.query<{ summary: Record<string, unknown> | null }>(
        "select private.loyalty_run_stages($1, $2, null) as summary",
        [clientId, businessDate],
      );
      for (const [stage, part] of Object.entries(counted)) {
        await db.query("select private.loyalty_finish_stage($1, $2, $3, 'done', $4)", [
          clientId,
          businessDate,
          stage,
          JSON.stringify(rows[0]?.summary?.[part] ?? {}),
        ]);
      }
    },
    { actor: "job:loyalty.run-night" },
  );
}

async function tellIfStale(clientId: string, businessDate: string): Promise<void> {
  await withClientSql(
    clientId,
    async (db) => {
      // Once a night, and only where a file is expected: a business that uploads by hand knows what it has not done.
      await db.query(
        `select private.notify_permitted(s.client_id, 'loyalty.sync-warning', 'loyalty.imports.write',
                  jsonb_build_object('kind', 'stale', 'hours', floor(extract(epoch from now() - l.saved_at) / 3600)::integer), 'stale:' || $2)
           from public.loyalty_settings s
           join public.loyalty_sync_sources x on x.client_id = s.client_id and x.kind <> 'upload'
           join lateral (select max(r.saved_at) as saved_at from public.loyalty_sync_runs r
                          where r.client_id = s.client_id and r.state = 'saved') l
             on l.saved_at < now() - make_interval(hours => s.stale_after_hours)
          where s.client_id = $1`,
        [clientId, businessDate],
      );
      await db.query("select private.loyalty_finish_stage($1, $2, 'notify', 'done', '{}')", [
        clientId,
        businessDate,
      ]);
    },
    { actor: "job:loyalty.run-night" },
  );
}

async function isClosed(clientId: string, businessDate: string, stage: Stage): Promise<boolean> {
  const { rowCount } = await sql().query(
    `select from public.loyalty_sync_stages
      where client_id = $1 and business_date = $2 and stage = $3 and finished_at is not null`,
    [clientId, businessDate, stage],
  );
  return rowCount === 1;
}

async function close(
  clientId: string,
  businessDate: string,
  which: readonly Stage[],
  outcome: Outcome,
  detail: Record<string, unknown>,
): Promise<void> {
  await withClientSql(
    clientId,
    async (db) => {
      for (const stage of which) {
        await db.query("select private.loyalty_finish_stage($1, $2, $3, $4, $5)", [
          clientId,
          businessDate,
          stage,
          outcome,
          JSON.stringify(detail),
        ]);
      }
    },
    { actor: "job:loyalty.run-night" },
  );
}
