import { execFile } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { databaseUrl, stackConfig, testEnv } from "../stack/config";
import { startPostgres } from "../stack/postgres";
import { ensureTemplate } from "../stack/template";

export const storedVideos = 2_000_000;
export const fileRows = 200_000;
const creators = 20_000;

export interface ImportBench {
  sql: pg.Client;
  url: string;
  clientId: string;
  folder: string;
  close: () => Promise<void>;
}

/** Two million videos of one business, on the tests' own server. */
export async function importBench(): Promise<ImportBench> {
  const config = stackConfig(testEnv());
  await startPostgres(config);
  const template = await ensureTemplate(config);
  const name = "bench_import";
  const admin = new pg.Client({ connectionString: databaseUrl(config, "postgres") });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${template}`);
  const url = databaseUrl(config, name);
  Object.assign(process.env, testEnv(), { DATABASE_URL: url });
  const sql = new pg.Client({ connectionString: url });
  await sql.connect();
  const made = await sql.query<{ id: string }>(
    "select private.create_client('bench', 'Bench', array['loyalty'], 'America/New_York', 'USD', '#336699') as id",
  );
  const clientId = made.rows[0]?.id ?? "";
  await fill(sql, clientId);
  const folder = await mkdtemp(path.join(tmpdir(), "portico-bench-"));
  return {
    sql,
    url,
    clientId,
    folder,
    async close() {
      await sql.end();
      await rm(folder, { recursive: true, force: true });
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

async function fill(sql: pg.Client, clientId: string): Promise<void> {
  // Rows made here are right by construction: triggers and reference checks would only cost minutes.
  await sql.query("begin; set local session_replication_role = replica");
  await sql.query(
    `with p as (insert into public.people (id, client_id, display_name)
                select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'creator_' || n from generate_series(1, ${creators}) n)
     insert into public.loyalty_creators (id, client_id, person_id, handle, handle_key, display_name, search_text, joined_on, tier_id, tier_since,
       anchor_on, period_start, next_check_on, figures_at)
     select ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'creator_' || n, 'creator_' || n, 'creator_' || n, 'creator_' || n, '2026-09-01', t.id, '2026-09-01', '2026-09-01', '2026-09-01', '2026-12-31', now()
       from generate_series(1, ${creators}) n, public.loyalty_tiers t where t.client_id = $1 and t.rank = 1`,
    [clientId],
  );
  await sql.query(
    `insert into public.loyalty_videos (client_id, creator_id, url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp, first_seen_on)
     select $1, ('00000000-0000-4000-9000-' || lpad(to_hex(1 + n % ${creators}), 12, '0'))::uuid,
            'https://www.tiktok.com/@creator_' || (1 + n % ${creators}) || '/video/' || (7000000000000000000 + n),
            'tiktok.com/video/' || (7000000000000000000 + n), 'Honest review, part ' || n, date '2026-06-01' + (n % 150)::integer,
            1000 + n % 9000, n % 900, n % 90, 10000 + n % 50000, n % 40, n % 900, '2026-06-01'
       from generate_series(1, ${storedVideos}) n`,
    [clientId],
  );
  await sql.query("commit");
  await sql.query("vacuum (freeze, analyze) public.loyalty_creators");
  await settle(sql);
}

/** Stored videos have been vacuumed and written out long since: what is measured must not pay for what came before it. */
export async function settle(sql: pg.Client): Promise<void> {
  await sql.query("vacuum (freeze, analyze) public.loyalty_videos, public.loyalty_video_snapshots");
  await sql.query("checkpoint");
  await promisify(execFile)("sync").catch(() => undefined);
}

/** Every tenth stored video, in the order in which a portal exports: newest first. `share` of them moved since the last round. */
export async function writeExport(
  bench: ImportBench,
  name: string,
  share: number,
  round: number,
): Promise<string> {
  const file = path.join(bench.folder, name);
  const out = createWriteStream(file);
  out.write("handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\n");
  const step = storedVideos / fileRows;
  let lines: string[] = [];
  for (let row = fileRows; row >= 1; row -= 1) {
    const n = row * step;
    const moved = (row % 100) / 100 < share ? round : round - 1;
    const creator = 1 + (n % creators);
    const posted = new Date(Date.UTC(2026, 5, 1 + (n % 150))).toISOString().slice(0, 10);
    const gmv = ((10_000 + (n % 50_000) + moved * 125) / 100).toFixed(2);
    lines.push(
      `creator_${creator},https://www.tiktok.com/@creator_${creator}/video/${7_000_000_000_000_000_000n + BigInt(n)},"Honest review, part ${n}",${posted},${1000 + (n % 9000) + moved * 7},${(n % 900) + moved},${n % 90},${gmv},${((n % 900) / 100).toFixed(2)}%,${(n % 40) + moved}`,
    );
    if (lines.length === 2000) {
      if (!out.write(`${lines.join("\n")}\n`)) await once(out, "drain");
      lines = [];
    }
  }
  out.end(lines.length > 0 ? `${lines.join("\n")}\n` : "");
  await once(out, "close");
  return file;
}

/** The columns of an export as a portal writes it, and as the reader hands them to the database. */
export const exportColumns =
  "handle text, url text, title text, posted date, views bigint, likes bigint, comments bigint, gmv numeric, ctr text, units bigint";
export const readColumns =
  "handle_key text, url text, url_key text, title text, posted_on date, views bigint, likes bigint, comments bigint, gmv bigint, ctr_bp integer, units bigint";

/** The same export after the reader: keys made, money in minor units, rates in basis points. */
export async function writeRead(bench: ImportBench, file: string): Promise<string> {
  const read = `${file}.read`;
  const out = createWriteStream(read);
  let isFirst = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, handle, url, title, posted, views, likes, comments, gmv, ctr, units] =
      /^([^,]*),([^,]*),("[^"]*"),([^,]*),([^,]*),([^,]*),([^,]*),([^,]*),([^,]*)%,(.*)$/.exec(line) ?? [];
    const text = isFirst
      ? `${readColumns}\n`
      : `${handle},${url},tiktok.com/video/${url?.slice(url.lastIndexOf("/") + 1)},${title},${posted},${views},${likes},${comments},${Math.round(Number(gmv) * 100)},${Math.round(Number(ctr) * 100)},${units}\n`;
    isFirst = false;
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  return read;
}

/** The limit: the same bytes into a table of the same columns without anything, median of three. Seconds. */
export async function bareCopy(bench: ImportBench, file: string, columns: string): Promise<number> {
  await bench.sql.query(`drop table if exists bench_bare`);
  await bench.sql.query(`create table bench_bare (${columns})`);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await bench.sql.query("truncate bench_bare");
    const startedAt = performance.now();
    await pipeline(
      createReadStream(file, { highWaterMark: 256 * 1024 }),
      bench.sql.query(copyFrom("copy bench_bare from stdin (format csv, header)")),
    );
    times.push((performance.now() - startedAt) / 1000);
  }
  return times.toSorted((a, b) => a - b)[1] ?? 0;
}
