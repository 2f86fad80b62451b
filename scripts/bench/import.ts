import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import workerBounds from "../support/worker-bounds.json";
import type { ImportRun } from "./import-run";
import { atLeast, atMost, type BenchResult } from "./result";
import {
  bareCopy,
  exportColumns,
  type ImportBench,
  importBench,
  readColumns,
  settle,
  writeExport,
  writeRead,
} from "./import-world";

/** Item by item: the same functions a real import runs, each against a bare COPY of the same bytes in the same run. */
export async function benchImport(): Promise<BenchResult[]> {
  const bench = await importBench();
  try {
    const all = await writeExport(bench, "all.csv", 1, 1);
    const before = await bareCopy(bench, all, exportColumns);
    const changed = await runFile(bench, all);
    // On both sides of what is measured: a machine that slows down in between slows both.
    const bare = (before + (await bareCopy(bench, all, exportColumns))) / 2;
    const total = changed.read + changed.save;
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
        changed.peak,
        300,
        "the process that read and saved the file, with a worker's bound, from its start to its end",
      ),
    ];
  } finally {
    await bench.close();
  }
}

/** In a process of its own under a worker's bound, so that neither the bench's files nor its heap are measured along. */
async function runFile(bench: ImportBench, file: string): Promise<ImportRun> {
  const { sql, clientId } = bench;
  const runId = await newRun(bench);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...workerBounds,
      "--import",
      "tsx",
      path.join(import.meta.dirname, "import-run.ts"),
      clientId,
      runId,
      file,
    ],
    { env: process.env },
  );
  await sql.query(
    "update public.loyalty_sync_runs set state = 'saved', saved_at = now(), finished_at = now() where id = $1",
    [runId],
  );
  await settle(sql);
  return JSON.parse(stdout) as ImportRun;
}

/**
 * The database's part alone, as design counts it: COPY into unlogged staging, then one change-filtered statement. A MERGE
 * finds each video once and touches those alone that moved; imports of one business are taken one by one, so nothing can
 * come between. As in the product's own statements each video is looked up by its key, whatever the planner thinks of a
 * table that was just filled: left alone it walks over all two million. Whose a video is matters to a new one alone.
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
  const before = await bareCopy(bench, fresh, readColumns);
  await sql.query("drop table if exists bench_rows");
  await sql.query(`create unlogged table bench_rows (${readColumns})`);
  const startedAt = performance.now();
  // Filled by who made it room, in one transaction: its rows need no second look at who may see them.
  await sql.query("begin; truncate bench_rows");
  await pipeline(
    createReadStream(fresh, { highWaterMark: 256 * 1024 }),
    sql.query(from("copy bench_rows from stdin (format csv, header, freeze)")),
  );
  await sql.query("set local enable_mergejoin = off; set local enable_hashjoin = off");
  await sql.query(
    `merge into public.loyalty_videos v
     using bench_rows s on v.client_id = $1 and v.url_key = s.url_key
     when matched and (v.views, v.likes, v.comments, v.gmv, v.units) is distinct from (s.views, s.likes, s.comments, s.gmv, s.units)
       then update set views = s.views, likes = s.likes, comments = s.comments, gmv = s.gmv, units = s.units
     when not matched then insert (client_id, creator_id, url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp, first_seen_on)
       values ($1, (select c.id from public.loyalty_creators c where c.client_id = $1 and c.handle_key = s.handle_key), s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp, current_date)`,
    [clientId],
  );
  await sql.query("commit");
  const seconds = (performance.now() - startedAt) / 1000;
  const bare = (before + (await bareCopy(bench, fresh, readColumns))) / 2;
  await settle(sql);
  return { ratio: bare / seconds, seconds, bare };
}

async function newRun({ sql, clientId }: ImportBench): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    "insert into public.loyalty_sync_runs (client_id, source, business_date, file_name) values ($1, 'cli', '2026-11-20', 'bench.csv') returning id",
    [clientId],
  );
  return rows[0]?.id ?? "";
}
