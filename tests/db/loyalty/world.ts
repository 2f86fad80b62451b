import { randomUUID } from "node:crypto";
import { type TestDatabase, freshDatabase } from "../../support/database";

export interface Decision {
  rule: string;
  business_date: string;
  from_name: string | null;
  to_name: string;
  value: number;
  threshold: number;
  sales_part: number;
  adjustments_part: number;
  period_start: string | null;
  period_end: string | null;
}

/** One business with the ladder Bronze 0, Silver 1,500, Gold 5,000, Platinum 15,000 and helpers that speak in days. */
export async function loyaltyWorld(options: { zone?: string; slug?: string; database?: TestDatabase } = {}) {
  const db = options.database ?? (await freshDatabase());
  const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
    (await db.pool.query(text, values)).rows[0] as T;
  const { id: clientId } = await one<{ id: string }>(
    "select private.create_client($1, 'Tide Goods', '{loyalty}', $2, 'USD', '#226688') as id",
    [options.slug ?? "tide", options.zone ?? "America/New_York"],
  );
  await db.pool.query(
    `with kept as (update public.loyalty_tiers set threshold = case rank when 1 then 0 when 2 then 150000 else 500000 end where client_id = $1)
     insert into public.loyalty_tiers (client_id, rank, name, threshold) values ($1, 4, 'Platinum', 1500000)`,
    [clientId],
  );

  return {
    db,
    clientId,
    one,
    /** One statement: columns that are checked together change together. */
    settings: (patch: Record<string, unknown>) =>
      db.pool.query(
        `update public.loyalty_settings set ${Object.keys(patch)
          .map((column, at) => `${column} = $${at + 2}`)
          .join(", ")} where client_id = $1`,
        [clientId, ...Object.values(patch)],
      ),
    async creator(handle: string, joinedOn: string): Promise<string> {
      const person = await one<{ id: string }>(
        "insert into public.people (client_id, display_name) values ($1, $2) returning id",
        [clientId, handle],
      );
      const row = await one<{ id: string }>(
        "insert into public.loyalty_creators (client_id, person_id, handle, joined_on) values ($1, $2, $3, $4) returning id",
        [clientId, person.id, handle, joinedOn],
      );
      return row.id;
    },
    /** What a file does: the video's figure moves by `gmv` on that day. */
    async sell(
      creatorId: string,
      day: string,
      gmv: number,
      video = "v1",
      run: string | null = null,
      units = 1,
    ): Promise<void> {
      const row = await one<{ id: string; gmv: string; units: string }>(
        `insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on, gmv, units, last_run_id)
         values ($1, $2::uuid, $3, $2::text || $3, $4, $4, $5, $6, $7)
         on conflict (client_id, url_key) do update set gmv = public.loyalty_videos.gmv + excluded.gmv,
           units = public.loyalty_videos.units + excluded.units
         returning id, gmv, units`,
        [clientId, creatorId, video, day, gmv, units, run],
      );
      await db.pool.query(
        `insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments, gmv, units,
           views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
         values ($1, $2, $3, $4, $5, 0, 0, 0, $6, $7, 0, 0, 0, $8, $9)
         on conflict (client_id, video_id, business_date) do update set gmv = excluded.gmv, units = excluded.units,
           gmv_delta = public.loyalty_video_snapshots.gmv_delta + excluded.gmv_delta,
           units_delta = public.loyalty_video_snapshots.units_delta + excluded.units_delta`,
        [clientId, row.id, day, creatorId, run, row.gmv, row.units, gmv, units],
      );
      await db.pool.query("select private.loyalty_mark_dirty($1, array[$2::uuid], $3)", [
        clientId,
        creatorId,
        day,
      ]);
    },
    adjust: (creatorId: string, day: string, amount: number, kind = "correction") =>
      one<{ id: string }>(
        `insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason)
         values ($1, $2, $3, $4, $5, 'a reason') returning id`,
        [clientId, creatorId, kind, amount, day],
      ),
    async night(day: string, run: string | null = randomUUID()): Promise<Record<string, number>> {
      const row = await one<{ summary: Record<string, number> }>(
        "select private.loyalty_recalculate($1, $2, $3) as summary",
        [clientId, day, run],
      );
      return row.summary;
    },
    async tierOf(creatorId: string): Promise<string> {
      const row = await one<{ name: string }>(
        "select t.name from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id where c.id = $1",
        [creatorId],
      );
      return row.name;
    },
    periodOf: (creatorId: string) =>
      one<{ start: string; check: string; sales: string; total: string }>(
        `select period_start::text as start, next_check_on::text as check, period_sales as sales, total_sales as total
           from public.loyalty_creators where id = $1`,
        [creatorId],
      ),
    async decisions(creatorId: string): Promise<Decision[]> {
      const { rows } = await db.pool.query(
        `select rule, business_date::text, from_name, to_name, value::float8, threshold::float8, sales_part::float8, adjustments_part::float8,
                period_start::text, period_end::text
           from public.loyalty_tier_decisions where creator_id = $1 order by seq`,
        [creatorId],
      );
      return rows as Decision[];
    },
    async checkpoints(creatorId: string): Promise<string[]> {
      const { rows } = await db.pool.query<{ line: string }>(
        `select period_start || ' ' || period_end || ' ' || outcome as line from public.loyalty_tier_checkpoints
          where creator_id = $1 and undone_at is null order by period_end`,
        [creatorId],
      );
      return rows.map((row) => row.line);
    },
    /** Everything the pass decided and wrote, without ids and clocks: two worlds with the same data must agree. */
    async outcome(): Promise<unknown> {
      return (
        await one<{ all: unknown }>(
          `select jsonb_build_object(
             'creators', (select jsonb_agg(jsonb_build_array(c.handle, t.name, c.tier_since, c.period_start, c.next_check_on, c.total_sales,
                c.period_sales, c.period_adjustments, c.total_units) order by c.handle)
                from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id where c.client_id = $1),
             'decisions', (select jsonb_agg(jsonb_build_array(c.handle, d.rule, d.business_date, d.from_name, d.to_name, d.value, d.threshold,
                d.period_start, d.period_end) order by c.handle, d.seq)
                from public.loyalty_tier_decisions d join public.loyalty_creators c on c.id = d.creator_id where d.client_id = $1),
             'stints', (select jsonb_agg(jsonb_build_array(c.handle, t.name, s.started_at, s.ended_at) order by c.handle, s.started_at, t.rank)
                from public.loyalty_tier_stints s join public.loyalty_creators c on c.id = s.creator_id
                join public.loyalty_tiers t on t.id = s.tier_id where s.client_id = $1)) as all`,
          [clientId],
        )
      ).all;
    },
  };
}

export type LoyaltyWorld = Awaited<ReturnType<typeof loyaltyWorld>>;
