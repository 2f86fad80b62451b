import type pg from "pg";
import { atMost, type BenchResult, median, timed } from "./result";
import { LAST_NIGHT, benchWorld, makeBusiness, settle } from "./world";

const creators = 100_000;
const videos = 2_000_000;
const rounds = 3;

/** The sums every pass needs over videos, snapshots and adjustments, and nothing else: what no implementation of these figures can avoid. */
const aggregate = `
  select count(*) from (
    select v.creator_id, sum(v.gmv), sum(v.units), count(*), max(v.posted_on),
           count(*) filter (where v.posted_on between c.period_start and $2::date)
      from public.loyalty_videos v join public.loyalty_creators c on c.id = v.creator_id
     where v.client_id = $1 and c.client_id = $1 group by v.creator_id offset 0) a
  union all
  select count(*) from (
    select s.creator_id, sum(s.gmv_delta), sum(s.units_delta), sum(s.views_delta), sum(s.likes_delta), sum(s.comments_delta), count(*)
      from public.loyalty_video_snapshots s join public.loyalty_creators c on c.id = s.creator_id
     where s.client_id = $1 and c.client_id = $1 and s.business_date >= c.period_start and s.business_date <= $2::date
     group by s.creator_id offset 0) b
  union all
  select count(*) from (
    select a.creator_id, sum(a.amount), sum(a.units), sum(a.amount) filter (where a.effective_on between c.period_start and $2::date),
           sum(a.units) filter (where a.effective_on between c.period_start and $2::date),
           sum(a.amount) filter (where a.kind = 'refund' and a.effective_on between c.period_start and $2::date),
           count(*) filter (where a.effective_on between c.period_start and $2::date)
      from public.loyalty_adjustments a join public.loyalty_creators c on c.id = a.creator_id
     where a.client_id = $1 and c.client_id = $1 and a.effective_on <= $2::date
     group by a.creator_id offset 0) d`;

export async function benchTiers(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_tiers");
  try {
    const { sql } = world;
    const client = await makeBusiness(sql, { slug: "bench", creators, videos, days: 110 });
    await settle(sql);
    // The first night enters everybody and moves many; the nights measured are ordinary ones after it.
    await sql.query("select private.loyalty_recalculate($1, $2, null)", [client, LAST_NIGHT]);
    await settle(sql);
    return await measure(sql, client);
  } finally {
    await world.close();
  }
}

async function measure(sql: pg.Client, client: string): Promise<BenchResult[]> {
  const times = {
    aggregate: [] as number[],
    blind: [] as number[],
    changed: [] as number[],
    same: [] as number[],
    quiet: [] as number[],
    some: [] as number[],
  };
  const night = (full: boolean) => async () => {
    await sql.query(
      "update public.loyalty_nights set needs_full_pass = $2, last_full_pass_on = $3 where client_id = $1",
      [client, full, LAST_NIGHT],
    );
    return sql.query("select private.loyalty_recalculate($1, $2, null)", [client, LAST_NIGHT]);
  };
  for (let round = 0; round < rounds; round += 1) {
    times.aggregate.push(await timed(() => sql.query(aggregate, [client, LAST_NIGHT])));
    await sql.query(
      "create temporary table bench_blind as select id, total_sales + 1 as sales from public.loyalty_creators where client_id = $1",
      [client],
    );
    await sql.query("analyze bench_blind");
    times.blind.push(
      await timed(() =>
        sql.query(
          `update public.loyalty_creators c
              set total_sales = b.sales, total_units = total_units + 1, total_videos = total_videos, period_sales = period_sales + 1,
                  period_units = period_units + 1, period_adjustments = period_adjustments, period_views = period_views, period_likes = period_likes,
                  period_comments = period_comments, period_videos = period_videos, last_video_on = last_video_on, figures_at = now()
             from bench_blind b where c.id = b.id`,
        ),
      ),
    );
    await sql.query("drop table bench_blind");
    await settle(sql);
    // After the blind update every creator's figures are wrong, so this pass writes every row.
    times.changed.push(await timed(night(true)));
    await settle(sql);
    times.same.push(await timed(night(true)));
    times.quiet.push(await timed(night(false)));
    await sql.query(
      `with picked as (select c.id from public.loyalty_creators c where c.client_id = $1 order by c.handle_key limit 5000),
            moved as (update public.loyalty_videos v set gmv = v.gmv + 1 from picked p where v.client_id = $1 and v.creator_id = p.id
                        and v.id = (select x.id from public.loyalty_videos x where x.client_id = $1 and x.creator_id = p.id limit 1))
       insert into private.loyalty_dirty_creators (client_id, creator_id, due_on) select $1::uuid, p.id, $2::date from picked p`,
      [client, LAST_NIGHT],
    );
    times.some.push(await timed(night(false)));
    await settle(sql);
  }
  const at = (list: number[]): number => median(list);
  const seconds = (list: number[]): string => `${(at(list) / 1000).toFixed(2)} s`;
  const base = at(times.aggregate);
  const both = `aggregate ${seconds(times.aggregate)} + blind update ${seconds(times.blind)}`;
  return [
    atMost(
      "tiers.every-creator-changed",
      at(times.changed) / (base + at(times.blind)),
      2,
      `pass ${seconds(times.changed)} against ${both}; ${creators} creators, ${videos} videos`,
    ),
    atMost(
      // Not a night that changed nothing but the weekly recount of everybody; the limit is our own.
      "tiers.weekly-recount-nothing-changed",
      at(times.same) / base,
      4,
      `once a week everybody is counted again: ${seconds(times.same)} against the same sums alone, ${seconds(times.aggregate)}`,
    ),
    atMost(
      "tiers.quiet-night",
      at(times.quiet) / base,
      1.5,
      `as it runs: marked creators only, ${seconds(times.quiet)}`,
    ),
    atMost("tiers.5000-changed", at(times.some) / base, 1, `marked creators only, ${seconds(times.some)}`),
  ];
}
