import { createHash } from "node:crypto";
import type { Client } from "pg";

interface Place {
  clientId: string;
  slug: string;
  /** The last night, as YYYY-MM-DD. */
  lastDay: string;
}

interface DemoRun {
  name: string;
  /** Nights before the last one; -1 is today. */
  ago: number;
  /** Minutes after six in the evening of that night, or before now. */
  at: number;
  /** How many known videos it names; what becomes of their figures is an SQL expression of n, the row's number. */
  rows: number;
  views?: string;
  likes?: string;
  gmv?: string;
  /** Rows of its own, besides. */
  more?: readonly Partial<Line>[];
  rejected?: readonly [reason: string, column: string, raw: string][];
  then: "undone" | "saved" | "skipped" | "cancelled" | "failed" | "waits";
}

interface Line {
  handle: string;
  key: string;
  title: string;
  views: number;
  gmv: number;
}

/** One of each end a file can come to, in the order in which they came. */
const runs: readonly DemoRun[] = [
  { name: "glow-export.csv", ago: 6, at: 4, rows: 0, then: "failed" },
  { name: "glow-draft.csv", ago: 3, at: 9, rows: 40, views: "v.views + 2 * n", then: "cancelled" },
  {
    // Cents were read as dollars: some creators rose to tiers they never reached, until it was undone.
    name: "glow-videos.csv",
    ago: 0,
    at: -22,
    rows: 30,
    gmv: "case when n <= 5 then v.gmv * 100 else v.gmv end",
    more: [{ handle: "test.account", key: "test.account/7900001", title: "Test", views: 3, gmv: 100 }],
    then: "undone",
  },
  {
    name: "glow-videos-mended.csv",
    ago: 0,
    at: 13,
    rows: 220,
    views: "v.views + case when n <= 60 then 3 + n else 0 end",
    likes: "v.likes + case when n <= 60 then 1 else 0 end",
    more: [
      { handle: "a.new.face", key: "a.new.face/7900002", title: "Hello from Porto", views: 40, gmv: 0 },
      {
        handle: "vik.grant",
        key: "vik.grant/7900003",
        title: "Shelf tour with rose serum",
        views: 120,
        gmv: 0,
      },
      {
        handle: "vik.grant",
        key: "vik.grant/7900003",
        title: "Shelf tour with rose serum",
        views: 124,
        gmv: 0,
      },
    ],
    rejected: [
      ["dateImpossible", "post_date", "31/11/2026"],
      ["numberUnreadable", "views", "12k"],
    ],
    then: "saved",
  },
  { name: "glow-videos-mended.csv", ago: 0, at: 16, rows: 0, then: "skipped" },
  {
    name: "glow-last-month.csv",
    ago: -1,
    at: -50,
    rows: 90,
    gmv: "v.gmv / 3",
    views: "v.views / 2",
    then: "waits",
  },
  { name: "glow-today.csv", ago: -1, at: -20, rows: 120, views: "v.views + n", then: "waits" },
];

/** Imports in every state in which one can be found, taken there by the functions that do it in life. */
export async function seedRuns(sql: Client, { clientId, slug, lastDay }: Place): Promise<void> {
  const known = await sql.query("select from public.loyalty_sync_runs where client_id = $1 limit 1", [
    clientId,
  ]);
  if (known.rowCount) return;
  const night = await sql.query<{ summary: unknown }>(
    "select last_summary as summary from public.loyalty_nights where client_id = $1",
    [clientId],
  );
  await actAs(sql, clientId, `owner@${slug}.test`);
  for (const run of runs) {
    const id = await receive(sql, clientId, lastDay, run);
    await read(sql, clientId, lastDay, id, run);
    await follow(sql, clientId, id, run);
  }
  await actAs(sql, clientId, null);
  await tellTheTime(sql, clientId, lastDay, night.rows[0]?.summary);
}

async function receive(sql: Client, clientId: string, lastDay: string, run: DemoRun): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into public.loyalty_sync_runs (client_id, source, business_date, file_name, file_bytes, creates_creators, created_by, created_at)
     select $1, 'upload', $2::date - $3::integer, $4, 2400 + 130 * $5::integer, true, private.my_person($1),
            case when $3::integer < 0 then now() + make_interval(mins => $6)
                 else private.local_instant($2::date - $3::integer, '18:00', k.time_zone) + make_interval(mins => $6) end
       from public.clients k where k.id = $1 returning id`,
    [clientId, lastDay, run.ago, run.name, run.rows, run.at],
  );
  return rows[0]!.id;
}

/** What the reader of files does with each row, for rows that are made here; comparing and counting is the product's. */
async function read(sql: Client, clientId: string, lastDay: string, id: string, run: DemoRun): Promise<void> {
  await sql.query(
    "update public.loyalty_sync_runs set state = 'reading', started_at = clock_timestamp() where client_id = $1 and id = $2",
    [clientId, id],
  );
  if (run.rows === 0) return;
  await sql.query("drop table if exists pg_temp.loyalty_import_part");
  await sql.query("select private.loyalty_open_part()");
  await sql.query(
    `insert into pg_temp.loyalty_import_part
     select n + 1, c.handle, c.handle_key, v.url, v.url_key, v.title, v.posted_on, ${run.views ?? "v.views"}, ${run.likes ?? "v.likes"},
            v.comments, ${run.gmv ?? "v.gmv"}, v.units, v.ctr_bp
       from (select o.*, row_number() over (order by w.total_sales > 30000, md5(o.url_key)) as n
               from public.loyalty_videos o join public.loyalty_creators w on w.client_id = o.client_id and w.id = o.creator_id
               join public.people p on p.client_id = w.client_id and p.id = w.person_id and p.user_id is null
              where o.client_id = $1 and w.state = 'active' and o.views > 0
                -- What the last night wrote of a video stays as it was written.
                and not exists (select from public.loyalty_video_snapshots s where s.client_id = $1 and s.video_id = o.id and s.business_date = $2)) v
       join public.loyalty_creators c on c.client_id = $1 and c.id = v.creator_id
      where n <= $3`,
    [clientId, lastDay, run.rows],
  );
  await sql.query(
    `insert into pg_temp.loyalty_import_part
     select $2::integer + 1 + x.n, x.handle, lower(x.handle), 'https://www.tiktok.com/@' || x.key, 'tiktok.com/@' || x.key, x.title, $3::date - 2,
            x.views, 2, 0, x.gmv, case when x.gmv > 0 then 1 else 0 end, null
       from rows from (jsonb_to_recordset($1) as (handle text, key text, title text, views bigint, gmv bigint)) with ordinality
            as x (handle, key, title, views, gmv, n)`,
    [JSON.stringify(run.more ?? []), run.rows, lastDay],
  );
  await sql.query(
    `insert into public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)
     select $1, $2, 'rejected', $3::integer + 20 + x.n, x.value ->> 0, x.value ->> 1, x.value ->> 2, 'vik.grant', 'https://www.tiktok.com/@vik.grant/79000' || x.n
       from jsonb_array_elements($4) with ordinality x (value, n)`,
    [clientId, id, run.rows, JSON.stringify(run.rejected ?? [])],
  );
  await sql.query("select private.loyalty_compare_part($1, $2)", [clientId, id]);
  const rejected = run.rejected?.length ?? 0;
  await sql.query(
    "update public.loyalty_sync_runs set bytes_read = file_bytes, rows_read = $3, rows_rejected = $4 where client_id = $1 and id = $2",
    [clientId, id, run.rows + (run.more?.length ?? 0) + rejected, rejected],
  );
}

async function follow(sql: Client, clientId: string, id: string, run: DemoRun): Promise<void> {
  const step = (name: string, more = "") =>
    sql.query(`select private.loyalty_${name}($1, $2${more})`, [clientId, id]);
  if (run.then === "failed") {
    await sql.query(
      `update public.loyalty_sync_runs set state = 'failed', finished_at = now(), error_code = 'HEADER_DRIFT',
         error_message = 'The columns of this file are not the ones we know. Missing: units_sold. Not known: orders.', error_details = '{"missing":["units_sold"],"doubled":[],"renamed":[],"unknown":["orders"]}'
        where client_id = $1 and id = $2`,
      [clientId, id],
    );
    return;
  }
  await sql.query("update public.loyalty_sync_runs set sha256 = $3 where client_id = $1 and id = $2", [
    clientId,
    id,
    createHash("sha256").update(`${clientId} ${run.name}`).digest("hex"),
  ]);
  if (run.then === "skipped") {
    await sql.query(
      `update public.loyalty_sync_runs r set state = 'skipped', finished_at = now(), repeats_run_id = o.id
         from public.loyalty_sync_runs o
        where r.client_id = $1 and r.id = $2 and o.client_id = $1 and o.sha256 = r.sha256 and o.state = 'saved'`,
      [clientId, id],
    );
    return;
  }
  await step("check_run", ", true");
  await sql.query(
    `update public.loyalty_sync_runs r
        set state = case when r.checks @> '[{"stops": true}]' then 'needs_confirmation' else 'checked' end
      where r.client_id = $1 and r.id = $2`,
    [clientId, id],
  );
  if (run.then === "cancelled") await step("cancel_run");
  if (run.then === "waits" || run.then === "cancelled") return;
  await step("request_save", `, ${run.then === "undone"}, false`);
  await step("save_run");
  await step("count_run");
  if (run.then === "saved") return;
  await step("request_undo");
  await step("undo_run");
}

/** All of it ran now; it happened in the minutes after each file. What the night decided is told as before, how old it is later. */
async function tellTheTime(sql: Client, clientId: string, lastDay: string, summary: unknown): Promise<void> {
  await sql.query(
    `update public.loyalty_sync_runs r
        set started_at = r.created_at + interval '3 seconds', checked_at = r.created_at + (r.checked_at - r.checked_at) + interval '15 seconds',
            applied_at = r.created_at + (r.applied_at - r.applied_at) + interval '70 seconds',
            saved_at = r.created_at + (r.saved_at - r.saved_at) + interval '80 seconds',
            undone_at = r.created_at + (r.undone_at - r.undone_at) + interval '8 minutes',
            finished_at = r.created_at + (r.finished_at - r.finished_at) + case when r.state = 'undone' then interval '8 minutes' else interval '80 seconds' end
      where r.client_id = $1`,
    [clientId],
  );
  await sql.query(
    "update public.loyalty_nights set figures_at = null, last_business_date = $2::date, last_summary = $3 where client_id = $1",
    [clientId, lastDay, summary],
  );
}

async function actAs(sql: Client, clientId: string, email: string | null): Promise<void> {
  await sql.query(
    `select set_config('request.jwt.claims', case when u.id is null then '' else jsonb_build_object('sub', u.id, 'role', 'authenticated')::text end, true),
            set_config('request.jwt.claim.sub', coalesce(u.id::text, ''), true)
       from (select (select p.user_id from public.people p where p.client_id = $1 and p.email = $2) as id) u`,
    [clientId, email],
  );
}
