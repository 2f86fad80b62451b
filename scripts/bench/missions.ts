import type pg from "pg";
import { missionsPage } from "./missions-page";
import { atMost, type BenchResult, median, timed } from "./result";
import { LAST_NIGHT, benchWorld, makeBusiness, settle } from "./world";

const [creators, videos, rounds] = [100_000, 2_000_000, 3];
const published = "2026-09-20";

/** Name, kind and goal of six missions for everybody: four that count at once, two that wait behind them. */
const missions = [
  ["Sales Sprint", "sales_amount", 100_000_000_000],
  ["Fan Favorite", "likes", 100_000_000_000],
  ["Road to Viral", "views", 100_000_000_000],
  ["Lights, Camera", "videos", 100_000],
  ["Second sprint", "sales_amount", 100_000_000_000],
  ["Second views", "views", 100_000_000_000],
] as const;

/** The sums these missions are about and nothing else: what no implementation can avoid. */
const aggregate = `
  select count(*) from (
    select s.creator_id, sum(s.gmv_delta), sum(s.views_delta), sum(s.likes_delta)
      from public.loyalty_video_snapshots s join public.loyalty_creators c on c.id = s.creator_id
     where s.client_id = $1 and c.client_id = $1 and s.business_date >= $3::date and s.business_date <= $2::date
     group by s.creator_id offset 0) a
  union all
  select count(*) from (
    select v.creator_id, count(*) filter (where v.posted_on between $3::date and $2::date)
      from public.loyalty_videos v join public.loyalty_creators c on c.id = v.creator_id
     where v.client_id = $1 and c.client_id = $1 group by v.creator_id offset 0) b
  union all
  select count(*) from (
    select a.creator_id, sum(a.amount) from public.loyalty_adjustments a join public.loyalty_creators c on c.id = a.creator_id
     where a.client_id = $1 and c.client_id = $1 and a.effective_on between $3::date and $2::date group by a.creator_id offset 0) d`;

export async function benchMissions(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_missions");
  try {
    const { sql } = world;
    const client = await makeBusiness(sql, { slug: "bench", creators, videos, days: 110 });
    await settle(sql);
    await sql.query("select private.loyalty_recalculate($1, $2, null)", [client, LAST_NIGHT]);
    await makeMissions(sql, client);
    await startRounds(sql, client);
    await settle(sql);
    await sql.query("vacuum analyze public.loyalty_mission_progress");
    const nights = await measure(sql, client);
    return [...nights, ...(await missionsPage(world.url, sql, client))];
  } finally {
    await world.close();
  }
}

async function makeMissions(sql: pg.Client, client: string): Promise<void> {
  await sql.query(
    `with made as (
       insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, frequency, quantity)
       values ($1, 'mission', 'gift_card', 'Gift card', 2500, 'unlimited', null) returning id
     )
     insert into public.loyalty_missions (client_id, kind, name, target, reward_id, display_order)
     select $1, x.kind, x.name, x.target, made.id, x.place
       from made, jsonb_to_recordset($2) as x (kind text, name text, target bigint, place integer)`,
    [client, JSON.stringify(missions.map(([name, kind, target], place) => ({ name, kind, target, place })))],
  );
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where client_id = $1",
    [client],
  );
  await sql.query(
    `update public.loyalty_missions set state = 'published', published_at = $2::date + time '12:00' where client_id = $1`,
    [client, published],
  );
}

/** Rounds as the night after publication left them, without the history that each birth writes. */
async function startRounds(sql: pg.Client, client: string): Promise<void> {
  await sql.query("begin");
  await sql.query("set local session_replication_role = replica");
  await sql.query(
    `insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, state, tier_id, target, start_on, counts_from_on, started_at)
     select $1, m.id, c.id, m.kind, case when m.display_order < 4 then 'active' else 'dormant' end, c.tier_id, m.target, d.day,
            case when m.display_order < 4 then d.day end, case when m.display_order < 4 then now() end
       from public.loyalty_creators c join public.loyalty_missions m on m.client_id = c.client_id
      cross join lateral (select greatest(c.joined_on, $2::date) as day) d
      where c.client_id = $1`,
    [client, published],
  );
  await sql.query("commit");
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
    return sql.query("select private.loyalty_progress_missions($1, $2)", [client, LAST_NIGHT]);
  };
  for (let round = 0; round < rounds; round += 1) {
    times.aggregate.push(await timed(() => sql.query(aggregate, [client, LAST_NIGHT, published])));
    await sql.query(
      "create temporary table bench_blind as select id, value + 1 as value from public.loyalty_mission_progress where client_id = $1 and state = 'active'",
      [client],
    );
    await sql.query("analyze bench_blind");
    times.blind.push(
      await timed(() =>
        sql.query(
          `update public.loyalty_mission_progress p set value = b.value, figures_at = now() from bench_blind b
            where p.client_id = $1 and p.id = b.id`,
          [client],
        ),
      ),
    );
    await sql.query("drop table bench_blind");
    await sql.query("vacuum analyze public.loyalty_mission_progress");
    // After the blind update every value is wrong, so this night writes every open round.
    times.changed.push(await timed(night(true)));
    await sql.query("vacuum analyze public.loyalty_mission_progress");
    times.same.push(await timed(night(true)));
    times.quiet.push(await timed(night(false)));
    await sql.query(
      `insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
       select $1::uuid, c.id, $2::date from public.loyalty_creators c where c.client_id = $1 order by c.handle_key limit 5000`,
      [client, LAST_NIGHT],
    );
    times.some.push(await timed(night(false)));
    await sql.query("delete from private.loyalty_dirty_creators");
  }
  const at = median;
  const seconds = (list: number[]): string => `${(at(list) / 1000).toFixed(2)} s`;
  const base = at(times.aggregate);
  const { rows } = await sql.query<{ state: string; n: string }>(
    "select state, count(*) as n from public.loyalty_mission_progress where client_id = $1 group by 1 order by 1",
    [client],
  );
  const what = rows.map(({ state, n }) => `${n} ${state}`).join(", ");
  return [
    atMost(
      "missions.every-round-changed",
      at(times.changed) / (base + at(times.blind)),
      2,
      `night ${seconds(times.changed)} against sums ${seconds(times.aggregate)} + blind update ${seconds(times.blind)}; ${what}`,
    ),
    atMost(
      "missions.weekly-recount-nothing-changed",
      at(times.same) / base,
      4,
      `${seconds(times.same)} against the same sums alone, ${seconds(times.aggregate)}`,
    ),
    atMost(
      "missions.quiet-night",
      at(times.quiet) / base,
      1.5,
      `marked creators only, ${seconds(times.quiet)}`,
    ),
    atMost(
      "missions.5000-changed",
      at(times.some) / base,
      1.5,
      `marked creators only, ${seconds(times.some)}`,
    ),
  ];
}
