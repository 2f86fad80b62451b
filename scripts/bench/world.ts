import pg from "pg";
import { databaseUrl, stackConfig, testEnv } from "../stack/config";
import { startPostgres } from "../stack/postgres";
import { ensureTemplate } from "../stack/template";

export interface BenchWorld {
  url: string;
  sql: pg.Client;
  close(): Promise<void>;
}

/** A migrated database of its own, dropped at the end. */
export async function benchWorld(name: string): Promise<BenchWorld> {
  const config = stackConfig(testEnv());
  await startPostgres(config);
  const template = await ensureTemplate(config);
  const admin = new pg.Client({ connectionString: databaseUrl(config, "postgres") });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${template}`);
  const url = databaseUrl(config, name);
  const sql = new pg.Client({ connectionString: url });
  await sql.connect();
  return {
    url,
    sql,
    async close() {
      await sql.end();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

export interface BusinessSize {
  slug: string;
  creators: number;
  videos: number;
  /** Days of the past over which the videos' snapshots are spread. */
  days: number;
}

export const LAST_NIGHT = "2026-11-19";

/** Rows made here are right by construction: triggers and reference checks would only cost minutes. */
export async function makeBusiness(sql: pg.Client, size: BusinessSize): Promise<string> {
  const made = await sql.query<{ id: string }>(
    "select private.create_client($1, 'Bench', array['loyalty'], 'America/New_York', 'USD', '#336699') as id",
    [size.slug],
  );
  const client = made.rows[0]?.id ?? "";
  await sql.query("begin");
  await sql.query("set local session_replication_role = replica");
  await sql.query("set local synchronous_commit = off");
  await sql.query(
    `create temporary table bench_creators on commit drop as
     select n, gen_random_uuid() as id, gen_random_uuid() as person_id from generate_series(1, ${size.creators}) n`,
  );
  await sql.query(
    "insert into public.people (id, client_id, display_name) select c.person_id, $1, 'Creator ' || c.n from bench_creators c",
    [client],
  );
  // Periods end on different days, none of them tonight.
  await sql.query(
    `insert into public.loyalty_creators (id, client_id, person_id, handle, handle_key, display_name, search_text, joined_on, tier_id, tier_since,
       anchor_on, period_start, next_check_on)
     select c.id, $1, c.person_id, 'creator_' || c.n, 'creator_' || c.n, 'Creator ' || c.n, 'creator_' || c.n || ' creator ' || c.n,
            d.day, t.id, d.day, d.day, d.day, (d.day + interval '4 months')::date - 1
       from bench_creators c
      cross join lateral (select date '${LAST_NIGHT}' - 10 - c.n % 100 as day) d
       join public.loyalty_tiers t on t.client_id = $1 and t.rank = 1`,
    [client],
  );
  // Few sell much: a creator's share falls with her number.
  await sql.query(
    `create temporary table bench_videos on commit drop as
     select (left(md5('${size.slug}'), 8) || '-0000-4000-8000-' || lpad(to_hex(v.n), 12, '0'))::uuid as id, c.id as creator_id, v.n, date '${LAST_NIGHT}' - (v.n % ${size.days})::integer as day,
            (1000 + (v.n::bigint * 7919) % 9000) * (1 + 40 / (1 + c.n % 97)) as gmv, (1 + v.n % 9) as units
       from generate_series(1, ${size.videos}) v (n) join bench_creators c on c.n = 1 + v.n % ${size.creators}`,
  );
  await sql.query(
    `insert into public.loyalty_videos (id, client_id, creator_id, url, url_key, title, posted_on, first_seen_on, views, likes, comments, gmv, units)
     select v.id, $1, v.creator_id, 'https://www.tiktok.com/video/' || v.n, 'tiktok.com/video/' || v.n, 'Honest review, part ' || v.n,
            v.day, v.day, 5000 + v.n % 9000, v.n % 900, v.n % 90, v.gmv, v.units from bench_videos v`,
    [client],
  );
  await sql.query(
    `insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units,
       views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
     select $1, v.id, v.day, v.creator_id, 5000 + v.n % 9000, v.n % 900, v.n % 90, v.gmv, v.units, 5000 + v.n % 9000, v.n % 900, v.n % 90,
            v.gmv, v.units from bench_videos v order by v.day`,
    [client],
  );
  await sql.query(
    `insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason)
     select $1, c.id, 'bonus', 2500, date '${LAST_NIGHT}' - (c.n % 60)::integer, 'Launch week bonus' from bench_creators c where c.n % 10 = 0`,
    [client],
  );
  await sql.query("commit");
  return client;
}

export async function settle(sql: pg.Client): Promise<void> {
  for (const table of [
    "loyalty_creators",
    "loyalty_videos",
    "loyalty_video_snapshots",
    "loyalty_adjustments",
    "loyalty_tier_decisions",
    "loyalty_tier_stints",
    "people",
  ]) {
    await sql.query(`vacuum analyze public.${table}`);
  }
  await sql.query("checkpoint");
}
