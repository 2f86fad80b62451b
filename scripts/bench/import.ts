import { createReadStream } from "node:fs";
import { atLeast, atMost, type BenchResult } from "./result";
import { bareCopy, type ImportBench, importBench, writeExport } from "./import-world";

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
    const bare = await bareCopy(bench, all);
    const changed = await runFile(all);
    const ingest = await timeIngest(bench, 2, 1);
    const half = await timeIngest(bench, 3, 0.5);
    await closeSql();
    const total = changed.read + changed.save;
    const seconds = (value: number) => `${value.toFixed(2)} s against ${bare.toFixed(2)} s of a bare COPY`;
    return [
      atLeast("import: 200,000 changed rows into 2 million videos", bare / ingest, 0.15, seconds(ingest)),
      atLeast("import: the same, half of it unchanged", bare / half, 0.25, seconds(half)),
      atLeast(
        "import: parse, check, outcomes, snapshots, committed",
        bare / total,
        0.06,
        `${seconds(total)}: ${changed.read.toFixed(2)} s to read and check, ${changed.save.toFixed(2)} s to save`,
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

/** COPY into unlogged staging, then one sorted, change-filtered upsert: the part that design numbers speak of. */
async function timeIngest(bench: ImportBench, round: number, share: number): Promise<number> {
  const { from } = await import("pg-copy-streams");
  const { pipeline } = await import("node:stream/promises");
  const { sql, clientId } = bench;
  await sql.query("drop table if exists bench_rows");
  await sql.query(
    "create unlogged table bench_rows (handle text, url text, title text, posted date, views bigint, likes bigint, comments bigint, gmv numeric, ctr text, units bigint)",
  );
  const fresh = await writeExport(bench, `round-${round}.csv`, share, round);
  const startedAt = performance.now();
  await pipeline(
    createReadStream(fresh, { highWaterMark: 256 * 1024 }),
    sql.query(from("copy bench_rows from stdin (format csv, header)")),
  );
  await sql.query(
    `insert into public.loyalty_videos as v (client_id, creator_id, url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp, first_seen_on)
     select $1, c.id, s.url, 'tiktok.com/video/' || substring(s.url from '\\d+$'), s.title, s.posted, s.views, s.likes, s.comments,
            (s.gmv * 100)::bigint, s.units, (replace(s.ctr, '%', '')::numeric * 100)::integer, current_date
       from bench_rows s join public.loyalty_creators c on c.client_id = $1 and c.handle_key = s.handle
      order by 4
     on conflict (client_id, url_key) do update
       set views = excluded.views, likes = excluded.likes, comments = excluded.comments, gmv = excluded.gmv, units = excluded.units
       where (v.views, v.likes, v.comments, v.gmv, v.units) is distinct from
             (excluded.views, excluded.likes, excluded.comments, excluded.gmv, excluded.units)`,
    [clientId],
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await sql.query("vacuum analyze public.loyalty_videos");
  return seconds;
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
