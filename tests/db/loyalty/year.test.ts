import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CREATORS, day, liveYear, NIGHTS } from "./year-life";

/**
 * A year, worked out a second time from its files alone: SQL over what each file said of each video and over the
 * adjustments, in tables the product knows nothing of.
 */
let year: Awaited<ReturnType<typeof liveYear>>;
const query: (typeof year)["query"] = (text, values) => year.query(text, values);

beforeAll(async () => {
  year = await liveYear();
  for (const statement of reckoning) await query(statement);
}, 900_000);
afterAll(() => year.world.drop());

/**
 * `told`: what each file moved each video by, against the file before. The past of a video that was older than a month on
 * the night it was first seen belongs to the day it was posted, as does whatever a later file of that night corrects.
 * `moved`: the same by days, as a sum of the night. `booked`: with adjustments, and the step from which on it was known.
 */
const reckoning = [
  `create table told as
   with stepped as (
     select f.*, f.gmv - coalesce(lag(f.gmv) over v, 0) as moved, first_value(f.night) over v as first_night
       from facts f window v as (partition by f.video order by f.step)
   )
   select s.step, s.handle, s.video, s.posted_on, s.night = s.first_night as is_first, o.is_opening,
          case when o.is_opening then s.posted_on else s.night end as night, s.moved as gmv
     from stepped s
    cross join lateral (select s.night = s.first_night and s.posted_on < s.night - 31 as is_opening) o
    where s.moved <> 0`,
  `create table moved as
   select t.handle, t.video, t.posted_on, t.is_first, t.is_opening, t.night, sum(t.gmv)::bigint as gmv
     from told t group by t.handle, t.video, t.posted_on, t.is_first, t.is_opening, t.night`,
  `create table booked as
   select t.handle, t.night, t.step, sum(t.gmv)::bigint as gmv from told t group by t.handle, t.night, t.step
   union all
   select n.handle, n.effective_on, n.step, n.amount from notes n`,
  "create index on moved (handle, night); create index on booked (handle, night); analyze steps, facts, moved, booked",
];

describe("a year, worked out a second time from its files", () => {
  it("is a year worth the name", async () => {
    const [seen] = await query<Record<string, number>>(
      `select (select count(*) from public.loyalty_creators)::integer as creators,
              (select count(*) from public.loyalty_tier_decisions where rule = 'promotion')::integer as promotions,
              (select count(*) from public.loyalty_tier_decisions where rule = 'demotion')::integer as demotions,
              (select count(*) from public.loyalty_tier_checkpoints)::integer as checks,
              (select count(*) from public.loyalty_mission_progress where state = 'completed')::integer as completions,
              (select count(*) from public.loyalty_boosts)::integer as boosts,
              (select count(*) from public.loyalty_adjustments where kind = 'refund')::integer as refunds`,
    );
    expect(year.saved).toBeGreaterThan(350);
    expect([year.corrected, year.late]).toEqual([8, 6]);
    expect(seen!["creators"]).toBe(CREATORS);
    for (const [name, least] of Object.entries({
      promotions: 30,
      demotions: 10,
      checks: 900,
      completions: 200,
      boosts: 40,
      refunds: 20,
    }))
      expect(seen![name], name).toBeGreaterThan(least);
  });

  it("has every creator's lifetime sales, units and videos to the row", async () => {
    expect(
      await query(
        `with theirs as (
           select l.handle, sum(l.gmv) as gmv, sum(l.units) as units, count(*) as videos
             from facts l where l.step = (select max(f.step) from facts f) group by l.handle)
         select c.handle_key, c.total_sales, c.total_units, c.total_videos
           from public.loyalty_creators c
           left join theirs t on t.handle = c.handle_key
          where (c.total_sales, c.total_units, c.total_videos) is distinct from
                (coalesce(t.gmv, 0) + coalesce((select sum(n.amount) from notes n where n.handle = c.handle_key), 0),
                 coalesce(t.units, 0), coalesce(t.videos, 0))`,
      ),
    ).toEqual([]);
  });

  it("has every creator's open period to the row", async () => {
    expect(
      await query(
        `select c.handle_key, c.period_start::text, c.period_sales, coalesce(sum(b.gmv), 0)::bigint as counted
           from public.loyalty_creators c
           left join booked b on b.handle = c.handle_key and b.night >= c.period_start and b.night <= $1
          group by c.id having c.period_sales <> coalesce(sum(b.gmv), 0)`,
        [day(NIGHTS - 1)],
      ),
    ).toEqual([]);
  });

  it("judged every rise, every fall and every check by the sales of its period, and by the right threshold", async () => {
    // By what was known when it was decided: a night's second file, and adjustments written since, are left out.
    const [judged] = await query<{ decisions: number; wrong: unknown }>(
      `with judged as (
         select d.rule, c.handle_key, d.business_date::text, d.value, b.counted, d.to_name, t.rank, m.met
           from public.loyalty_tier_decisions d
           join public.loyalty_creators c on c.id = d.creator_id
           join public.loyalty_tiers t on t.id = d.to_tier_id
           join steps s on s.run_id = d.run_id or d.run_id is null and s.run_id is null and s.night = d.business_date
          cross join lateral (
            select coalesce(sum(x.gmv), 0)::bigint as counted from booked x
             where x.handle = c.handle_key and x.night >= d.period_start and x.night < d.period_end and x.step <= s.step) b
          cross join lateral (
            select max(l.rank) as met from public.loyalty_tiers l
             where l.client_id = d.client_id and l.archived_at is null and l.threshold <= greatest(b.counted, 0)) m
          where d.rule in ('promotion', 'demotion', 'maintained'))
       select (select count(*) from judged)::integer as decisions,
              (select jsonb_agg(j) from judged j where j.value <> j.counted or j.rank <> j.met) as wrong`,
    );
    expect(judged!.wrong).toBeNull();
    const [all] = await query<{ n: number }>(
      "select count(*)::integer as n from public.loyalty_tier_decisions where rule in ('promotion', 'demotion', 'maintained')",
    );
    expect(judged!.decisions).toBe(all!.n);
    expect(all!.n).toBeGreaterThan(900);
  });

  it("promoted nobody late: on no night was a creator above the next threshold and still below it", async () => {
    expect(
      await query(
        `with periods as (
           select d.creator_id, c.handle_key, d.period_start, d.period_end, d.from_tier_id
             from public.loyalty_tier_decisions d join public.loyalty_creators c on c.id = d.creator_id
            where d.rule in ('promotion', 'demotion', 'maintained')),
         sums as (
           select p.handle_key, p.from_tier_id, p.period_end, x.night,
                  sum(sum(x.gmv)) over (partition by p.creator_id, p.period_start, p.period_end order by x.night) as value
             from periods p
             join booked x on x.handle = p.handle_key and x.night >= p.period_start and x.night < p.period_end - 1
            where not exists (select from public.loyalty_adjustments a where a.creator_id = p.creator_id)
            group by p.creator_id, p.handle_key, p.period_start, p.period_end, p.from_tier_id, x.night)
         select s.handle_key, s.night::text, s.value
           from sums s
           join public.loyalty_tiers own on own.id = s.from_tier_id
           join public.loyalty_tiers next on next.client_id = $1 and next.rank = own.rank + 1
          where s.value >= next.threshold
            and exists (select from facts f where f.handle = s.handle_key and f.night <= s.night)
            and not exists (select from moved m where m.handle = s.handle_key and m.is_opening)
          limit 5`,
        [year.world.glow.id],
      ),
    ).toEqual([]);
  });

  it("lets nobody fall but at a check, and leaves no gap or overlap between stays in a tier", async () => {
    expect(
      await query(
        `select d.id from public.loyalty_tier_decisions d where d.rule = 'demotion'
          and not exists (select from public.loyalty_tier_checkpoints k where k.decision_id = d.id and k.outcome = 'demoted')`,
      ),
    ).toEqual([]);
    expect(
      await query(
        `select s.creator_id from (
           select s.creator_id, s.started_at, s.ended_at, lead(s.started_at) over (partition by s.creator_id order by s.started_at, s.ended_at nulls last) as next
             from public.loyalty_tier_stints s) s
          where s.next is distinct from s.ended_at`,
      ),
    ).toEqual([]);
  });

  it("completed every mission on the night its goal was reached, not a day late, and counts the open ones right", async () => {
    expect(
      await query(
        `with rounds as (
           select p.*, c.handle_key from public.loyalty_mission_progress p join public.loyalty_creators c on c.id = p.creator_id
            where p.state in ('active', 'completed') and p.kind = 'sales_amount'
              and not exists (select from public.loyalty_adjustments a where a.creator_id = p.creator_id)
              and not exists (select from moved m where m.handle = c.handle_key and m.is_opening)),
         counted as (
           select r.id, r.state, r.target, r.value, r.completed_on, r.counts_from_on,
                  coalesce(sum(m.gmv) filter (where m.night <= coalesce(r.completed_on, $1)), 0) as reached,
                  coalesce(sum(m.gmv) filter (where m.night < r.completed_on), 0) as before
             from rounds r
             left join moved m on m.handle = r.handle_key and m.night >= r.counts_from_on
            group by r.id, r.state, r.target, r.value, r.completed_on, r.counts_from_on)
         select * from counted c
          where case when c.state = 'completed' then c.reached < c.target or c.before >= c.target
                     else c.reached <> c.value or c.reached >= c.target end
          limit 5`,
        [day(NIGHTS - 1)],
      ),
    ).toEqual([]);
  });

  it("settled every boost at what its days sold, taken back sales off, and never above", async () => {
    const rows = await query<{
      settled_sales: string;
      counted: string;
      earned_amount: string;
      amount: string;
    }>(
      `with per_video as (
         select b.id, b.settled_sales, b.earned_amount, b.final_amount, b.rate_bp, m.video,
                coalesce(sum(m.gmv) filter (where m.night <= b.last_on), 0) as sold,
                coalesce(sum(least(m.gmv, 0)) filter (where m.night > b.last_on), 0) as taken
           from public.loyalty_boosts b
           join public.loyalty_creators c on c.id = b.creator_id
           left join moved m on m.handle = c.handle_key and not m.is_opening and m.night >= b.first_on and m.night <= coalesce(b.clears_on, b.last_on)
            and (not m.is_first or m.posted_on >= b.first_on - 1)
          where b.final_amount is not null
            and not exists (select from public.loyalty_adjustments a where a.creator_id = b.creator_id
                             and a.effective_on between b.first_on and b.last_on)
          group by b.id, m.video)
       select p.id, p.settled_sales::text, p.earned_amount::text, p.final_amount::text,
              sum(greatest(0, p.sold))::text as sold, sum(greatest(0, p.sold + p.taken))::text as stood, p.rate_bp
         from per_video p group by p.id, p.settled_sales, p.earned_amount, p.final_amount, p.rate_bp`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows as unknown as Record<string, string>[]) {
      const half = (sales: string) => (BigInt(sales) * BigInt(row["rate_bp"]!) + 5_000n) / 10_000n;
      expect(BigInt(row["settled_sales"]!), row["id"]).toBeLessThanOrEqual(BigInt(row["sold"]!));
      expect(BigInt(row["final_amount"]!), row["id"]).toBe(half(row["stood"]!));
      expect(BigInt(row["earned_amount"]!), row["id"]).toBeLessThanOrEqual(half(row["sold"]!));
    }
  });

  it("changes nothing when the last night is run again", async () => {
    const state = () =>
      query(
        `select (select md5(string_agg(md5(c::text), '' order by c.id)) from (select id, tier_id, total_sales, period_sales, period_start from public.loyalty_creators) c) as creators,
                (select count(*) from public.loyalty_tier_decisions) as decisions, (select count(*) from public.loyalty_redemptions) as redemptions,
                (select md5(string_agg(md5(p::text), '' order by p.id)) from (select id, state, value from public.loyalty_mission_progress) p) as rounds,
                (select md5(string_agg(b.id || b.state || coalesce(b.final_amount, 0), '' order by b.id)) from public.loyalty_boosts b) as boosts`,
      );
    const before = await state();
    await query("select private.loyalty_run_stages($1, $2, null)", [year.world.glow.id, day(NIGHTS - 1)]);
    expect(await state()).toEqual(before);
  });
});
