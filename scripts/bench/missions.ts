import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { openDataApi } from "./data-api";
import { planFaults, type PlanNode } from "./plans";
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
    await settle(sql);
    const first = await timed(() =>
      sql.query("select private.loyalty_progress_missions($1, $2)", [client, LAST_NIGHT]),
    );
    await settle(sql);
    await sql.query("vacuum analyze public.loyalty_mission_progress");
    const nights = await measure(sql, client, first);
    return [...nights, ...(await page(world.url, sql, client))];
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

async function measure(sql: pg.Client, client: string, first: number): Promise<BenchResult[]> {
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
      `night ${seconds(times.changed)} against sums ${seconds(times.aggregate)} + blind update ${seconds(times.blind)}; ${what}; the first night, which starts them all, ${(first / 1000).toFixed(1)} s`,
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

/** The rows a missions page stands on, under her own row security and without, and its one call. */
const statements = [
  "select * from public.loyalty_missions m where m.client_id = $1 and m.state = 'published'",
  "select * from public.loyalty_mission_progress p where p.client_id = $1 and p.creator_id = $2",
  "select * from public.loyalty_redemptions r where r.client_id = $1 and r.creator_id = $2",
  "select * from public.loyalty_raffle_entries e where e.client_id = $1 and e.creator_id = $2",
];

async function page(url: string, sql: pg.Client, client: string): Promise<BenchResult[]> {
  const { rows } = await sql.query<{ user_id: string; creator_id: string }>(
    `with login as (insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
                    values (gen_random_uuid(), 'authenticated', 'authenticated', 'member@bench.test', now(), now(), now()) returning id),
          chosen as (select c.id, c.person_id from public.loyalty_creators c where c.client_id = $1 and c.handle_key = 'creator_97'),
          bound as (update public.people p set user_id = login.id, claimed_at = now() from login, chosen where p.id = chosen.person_id returning p.id),
          held as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'creator' from bound)
     select login.id as user_id, chosen.id as creator_id from login, chosen, bound`,
    [client],
  );
  const { user_id: user, creator_id: creator } = rows[0]!;
  await sql.query("create role bench_open bypassrls").catch(() => undefined);
  await sql.query("grant authenticated to bench_open");
  await sql.query("analyze");
  const faults: string[] = [];
  const explained = async (role: string): Promise<number> => {
    const sums: number[] = [];
    await sql.query(`set role ${role}`);
    await sql.query(
      "select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)",
      [JSON.stringify({ sub: user, role: "authenticated" }), user],
    );
    for (let round = 0; round < 25; round += 1) {
      let sum = 0;
      for (const text of statements) {
        const found = await sql.query<{
          "QUERY PLAN": { Plan: PlanNode; "Planning Time": number; "Execution Time": number }[];
        }>(
          `explain (analyze, timing off, format json) ${text}`,
          text.includes("$2") ? [client, creator] : [client],
        );
        const plan = found.rows[0]!["QUERY PLAN"][0]!;
        sum += plan["Planning Time"] + plan["Execution Time"];
        if (role === "authenticated" && round === 0) faults.push(...planFaults(plan.Plan));
      }
      sums.push(sum);
    }
    await sql.query("reset role");
    return median(sums);
  };
  const [safe, free] = [await explained("authenticated"), await explained("bench_open")];
  const api = await openDataApi(url);
  try {
    const ask = (role: string) => api.caller(role, user, "loyalty_read_missions", { p_client: client });
    const [secured, open] = [ask("authenticated"), ask("bench_open")];
    if (!isDeepStrictEqual(await secured(), await open()))
      throw new Error("loyalty_read_missions answers differently without row security");
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 160; round += 1)
      for (const [at, call] of [secured, open].entries()) {
        const ms = await timed(call);
        if (round >= 40) times[at as 0 | 1].push(ms);
      }
    // Small tables are read whole whoever asks; only those that grow with creators count.
    const grown = faults.filter((fault) => !/loyalty_missions|loyalty_raffle/.test(fault));
    return [
      atMost(
        "missions.page.exec-and-plan",
        safe / free,
        3.5,
        `${safe.toFixed(2)} ms under row security, ${free.toFixed(2)} ms without`,
      ),
      atMost(
        "missions.page.wall",
        median(times[0]) / median(times[1]),
        1.7,
        `one call to the Data API: ${median(times[0]).toFixed(2)} ms under row security, ${median(times[1]).toFixed(2)} ms without`,
      ),
      atMost(
        "missions.page.plan-faults",
        grown.length,
        0,
        grown.length === 0 ? "no BitmapOr, sequential scan or per-row function" : grown.join("; "),
      ),
    ];
  } finally {
    await api.stop();
  }
}
