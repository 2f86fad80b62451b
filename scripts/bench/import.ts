import { createReadStream } from "node:fs";
import { atLeast, atMost, type BenchResult } from "./result";
import {
  bareCopy,
  exportColumns,
  type ImportBench,
  importBench,
  readColumns,
  writeExport,
  writeRead,
} from "./import-world";

interface Timings {
  /** Reading, staging and comparing, which overlap. */
  read: number;
  /** Rows, snapshots, creators. */
  save: number;
}

/** Item by item: the same functions a real import runs, each against a bare COPY of the same bytes in the same run. */
export async function benchImport(): Promise<BenchResult[]> {
  const bench = await importBench();
  const peak = watchMemory();
  try {
    // Imported after the environment names the bench's database.
    const { processRun } = await import("@/lib/programs/loyalty/imports/process-run");
    const { log } = await import("@/lib/kernel/log");
    const { closeSql } = await import("@/lib/db/direct");
    const context = {
      log: log.child({ bench: "import" }),
      signal: new AbortController().signal,
      attempt: 1,
      isLastAttempt: true,
      deadline: null,
    };
    const runFile = async (file: string): Promise<Timings> => {
      const runId = await newRun(bench);
      const open = async () => ({
        open: async () => createReadStream(file, { highWaterMark: 256 * 1024 }),
        close: async () => undefined,
      });
      const startedAt = performance.now();
      await processRun(bench.clientId, runId, context, open);
      const checkedAt = performance.now();
      const state = await stateOf(bench, runId);
      if (state !== "checked") throw new Error(`the bench's file is ${state} and not checked`);
      await bench.sql.query("update public.loyalty_sync_runs set state = 'saving' where id = $1", [runId]);
      const savingAt = performance.now();
      await bench.sql.query("select private.loyalty_save_run($1, $2)", [bench.clientId, runId]);
      const savedAt = performance.now();
      // Deciding tiers is measured by its own bench; here the run is only brought to its end.
      await bench.sql.query(
        "update public.loyalty_sync_runs set state = 'saved', saved_at = now(), finished_at = now() where id = $1",
        [runId],
      );
      await bench.sql.query("vacuum analyze public.loyalty_videos, public.loyalty_video_snapshots");
      return { read: (checkedAt - startedAt) / 1000, save: (savedAt - savingAt) / 1000 };
    };

    const all = await writeExport(bench, "all.csv", 1, 1);
    const bare = await bareCopy(bench, all, exportColumns);
    const changed = await runFile(all);
    const total = changed.read + changed.save;
    await closeSql();
    const ingest = await timeIngest(bench, 2, 1);
    const half = await timeIngest(bench, 3, 0.5);
    const seconds = (value: number, limit: number) =>
      `${value.toFixed(2)} s against ${limit.toFixed(2)} s of a bare COPY`;
    return [
      atLeast(
        "import: 200,000 changed rows into 2 million videos",
        ingest.ratio,
        0.15,
        seconds(ingest.seconds, ingest.bare),
      ),
      atLeast("import: the same, half of it unchanged", half.ratio, 0.25, seconds(half.seconds, half.bare)),
      atLeast(
        "import: parse, check, outcomes, snapshots, committed",
        bare / total,
        0.06,
        `${seconds(total, bare)}: ${changed.read.toFixed(2)} s to read and check, ${changed.save.toFixed(2)} s to save`,
      ),
      atMost(
        "import: peak memory, MB",
        peak.stop(),
        300,
        "the whole process, while the file was read and saved",
      ),
    ];
  } finally {
    await bench.close();
  }
}

/**
 * The database's part alone, as design counts it: COPY into unlogged staging, then one sorted, change-filtered
 * statement. A MERGE finds each video once and touches those alone that moved; imports of one business are taken one
 * by one, so nothing can come between.
 */
async function timeIngest(
  bench: ImportBench,
  round: number,
  share: number,
): Promise<{ ratio: number; seconds: number; bare: number }> {
  const { from } = await import("pg-copy-streams");
  const { pipeline } = await import("node:stream/promises");
  const { sql, clientId } = bench;
  const fresh = await writeRead(bench, await writeExport(bench, `round-${round}.csv`, share, round));
  const bare = await bareCopy(bench, fresh, readColumns);
  await sql.query("drop table if exists bench_rows");
  await sql.query(`create unlogged table bench_rows (${readColumns})`);
  const startedAt = performance.now();
  await pipeline(
    createReadStream(fresh, { highWaterMark: 256 * 1024 }),
    sql.query(from("copy bench_rows from stdin (format csv, header)")),
  );
  await sql.query("begin; set local work_mem = '64MB'");
  await sql.query(
    `merge into public.loyalty_videos v
     using (select s.*, c.id as creator_id from bench_rows s
              join public.loyalty_creators c on c.client_id = $1 and c.handle_key = s.handle_key order by s.url_key) s
        on v.client_id = $1 and v.url_key = s.url_key
     when matched and (v.views, v.likes, v.comments, v.gmv, v.units) is distinct from (s.views, s.likes, s.comments, s.gmv, s.units)
       then update set views = s.views, likes = s.likes, comments = s.comments, gmv = s.gmv, units = s.units
     when not matched then insert (client_id, creator_id, url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp, first_seen_on)
       values ($1, s.creator_id, s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp, current_date)`,
    [clientId],
  );
  await sql.query("commit");
  const seconds = (performance.now() - startedAt) / 1000;
  await sql.query("vacuum analyze public.loyalty_videos");
  return { ratio: bare / seconds, seconds, bare };
}

async function newRun({ sql, clientId }: ImportBench): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    "insert into public.loyalty_sync_runs (client_id, source, business_date, file_name) values ($1, 'cli', '2026-11-20', 'bench.csv') returning id",
    [clientId],
  );
  return rows[0]?.id ?? "";
}

async function stateOf({ sql }: ImportBench, runId: string): Promise<string> {
  const { rows } = await sql.query<{ state: string }>(
    "select state from public.loyalty_sync_runs where id = $1",
    [runId],
  );
  return rows[0]?.state ?? "gone";
}

function watchMemory(): { stop: () => number } {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.round(Math.max(most, process.memoryUsage().rss) / 1_000_000);
    },
  };
}
