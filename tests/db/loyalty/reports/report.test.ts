import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome } from "../../../support/ask";
import { type Creator, fulfilmentWorld, type FulfilmentWorld } from "../fulfilment/fulfilment-world";

interface Report {
  rewards: { kind: string; tier: string; rank: number; count: number; cost: number }[];
  claimed: number;
  rejected: number;
  budgets: { name: string; budget: number; spent: number; reserved: number; left: number }[];
  missions: { name: string; completed: number; creators: number }[];
  movement: { risen: number; held: number; fallen: number };
  uplift: {
    boosts: number;
    perDayDuring: number | null;
    perDayBefore: number | null;
    rows: { handle: string; perDayDuring: number; perDayBefore: number }[];
  };
  cohorts: { month: string; joined: number; kept: (number | null)[] }[];
  onTime: { due: number; onTime: number };
  sales: number;
}

const zone = "America/New_York";
const dayMs = 86_400_000;
let world: FulfilmentWorld;
const everybody: Creator[] = [];

/** A small generator of its own: the same numbers on every run. */
let seed = 7;
const chance = (below: number) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed % below;
};
const iso = (date: Date) => date.toISOString().slice(0, 10);
const plus = (day: string, days: number) => iso(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
const localDay = (at: Date) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
const from = "2026-09-01";
const to = "2026-09-30";

const report = (as = world.owner, span: [string, string] = [from, to]) =>
  ask<Report>(world.db, as, "loyalty_read_report", {
    p_client: world.clientId,
    p_from: span[0],
    p_to: span[1],
  });
const raw = async <T extends object>(sql: string): Promise<T[]> =>
  (await world.db.pool.query(sql)).rows as T[];

beforeAll(async () => {
  world = await fulfilmentWorld();
  const { db, clientId } = world;
  const joined = [
    "2026-02-10",
    "2026-03-05",
    "2026-03-31",
    "2026-05-01",
    "2026-05-20",
    "2026-08-15",
    "2026-08-16",
    "2026-09-02",
  ];
  for (const [at, day] of joined.entries()) {
    const creator = await world.creator(`c${at}`, day);
    everybody.push(creator);
    for (let sale = 0; sale < 14; sale += 1) {
      const on = plus("2026-03-01", chance(210));
      if (on >= day) await world.sell(creator.id, on, (chance(9) + 1) * 1000, `v${at}-${chance(3)}`);
    }
    // An old video that appears for the first time brings its past along: no sale of that day.
    await db.pool.query(
      `with v as (insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on, gmv)
         values ($1, $2, $3, $3, '2026-01-01', '2026-09-10', 900000) returning id)
       insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units, views_delta, likes_delta, comments_delta, units_delta, gmv_delta, is_opening)
       select $1, v.id, '2026-09-10', $2, 0, 0, 0, 900000, 0, 0, 0, 0, 0, 900000, true from v`,
      [clientId, creator.id, `opening-${at}`],
    );
  }
  await db.pool.query(
    "update public.loyalty_creators set tier_id = (select id from public.loyalty_tiers where client_id = $1 and rank = 2) where id = any ($2)",
    [clientId, everybody.slice(0, 3).map(({ id }) => id)],
  );

  // Claims around both edges of the month, in the zone of the business.
  const kinds = ["gift_card", "ads_credit", "experience"];
  for (let index = 0; index < 30; index += 1) {
    const who = everybody[chance(everybody.length)]!;
    const at = new Date(Date.parse("2026-08-31T22:00:00Z") + chance(31 * 24) * 3_600_000);
    const fulfilled = new Date(at.getTime() + (chance(30) + 1) * 3_600_000);
    const id = await world.claim(who, kinds[chance(3)]!, {
      claimed_at: at,
      due_at: new Date(at.getTime() + 24 * 3_600_000),
      cost_amount: (chance(5) + 1) * 700,
    });
    const fate = chance(10);
    if (fate < 6)
      await db.pool.query(
        "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = $2 where id = $1",
        [id, fulfilled],
      );
    else if (fate < 8)
      await db.pool.query(
        "update public.loyalty_redemptions set state = 'rejected', rejected_at = $2, rejection_reason = 'Not this time' where id = $1",
        [id, fulfilled],
      );
  }
  // Four boosts: two end in the month, one before it, one still runs.
  for (const [who, first, last, isOver] of [
    [everybody[0]!, "2026-09-03", "2026-09-09", true],
    [everybody[1]!, "2026-08-30", "2026-09-05", true],
    [everybody[2]!, "2026-08-20", "2026-08-26", true],
    [everybody[3]!, "2026-09-24", "2026-09-30", false],
  ] as const) {
    const id = await world.claim(who, "commission_boost", { claimed_at: new Date(`${first}T10:00:00Z`) });
    await db.pool.query(
      `update public.loyalty_boosts set first_on = $2, last_on = $3, starts_at = $2::date::timestamptz, ends_at = $3::date::timestamptz where redemption_id = $1`,
      [id, first, last],
    );
    await db.pool.query(
      "update public.loyalty_boosts set state = 'active', activated_at = starts_at where redemption_id = $1",
      [id],
    );
    if (isOver)
      await db.pool.query(
        "update public.loyalty_boosts set state = 'expired', expired_at = ends_at where redemption_id = $1",
        [id],
      );
  }
  // One of them is owed its money: it counts as issued, with what it earned.
  await db.pool.query(
    `update public.loyalty_boosts set state = 'pending_info', settled_at = '2026-09-20', settled_sales = 123456, earned_amount = (123456 * rate_bp + 5000) / 10000,
       clears_on = '2026-10-10' where creator_id = $1`,
    [everybody[0]!.id],
  );
  await db.pool.query("update public.loyalty_boosts set state = 'pending_payout' where creator_id = $1", [
    everybody[0]!.id,
  ]);
  await db.pool.query(
    `update public.loyalty_redemptions set fulfilled_at = '2026-09-20T12:00:00Z' where creator_id = $1 and kind = 'commission_boost'`,
    [everybody[0]!.id],
  );
  const tiers = await raw<{ id: string; rank: number; name: string }>(
    `select id, rank, name from public.loyalty_tiers where client_id = '${clientId}' order by rank`,
  );
  for (let index = 0; index < 24; index += 1) {
    const [a, b] = [tiers[chance(3)]!, tiers[chance(3)]!];
    const rule = a.rank < b.rank ? "promotion" : a.rank > b.rank ? "demotion" : "maintained";
    await db.pool.query(
      `insert into public.loyalty_tier_decisions (client_id, creator_id, business_date, rule, from_tier_id, from_name, to_tier_id, to_name, metric, value, threshold, undone_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'sales', 0, 0, $9)`,
      [
        clientId,
        everybody[chance(8)]!.id,
        plus("2026-08-25", chance(40)),
        rule,
        a.id,
        a.name,
        b.id,
        b.name,
        chance(6) === 0 ? new Date() : null,
      ],
    );
  }
  const spending = await world.reward("gift_card", { name: "Capped card" });
  await db.pool.query(
    "update public.loyalty_reward_limits set budget_total = 100000, unit_cost = 2500 where reward_id = $1",
    [spending],
  );
  await world.claim(everybody[5]!, "gift_card", { rewardId: spending });
  const paid = await world.claim(everybody[6]!, "gift_card", { rewardId: spending });
  await world.step(paid, "fulfil");
  const days = await raw<{ day: string }>(
    "select distinct business_date::text as day from public.loyalty_video_snapshots",
  );
  await db.pool.query("select private.loyalty_roll_up_days($1, $2::date[])", [
    clientId,
    days.map(({ day }) => day),
  ]);
}, 120_000);
afterAll(() => world.db.drop());

describe("the report of a month", () => {
  it("counts and costs what was issued, by kind and tier, as a count of every row does", async () => {
    const rows = await raw<{
      kind: string;
      tier: string;
      at: Date | null;
      cost: string;
      earned: string | null;
      state: string;
      claimed: Date;
      rejected: Date | null;
    }>(
      `select r.kind, t.name as tier, r.fulfilled_at as at, r.cost_amount as cost, b.earned_amount as earned, r.state, r.claimed_at as claimed, r.rejected_at as rejected
         from public.loyalty_redemptions r join public.loyalty_tiers t on t.id = r.tier_id left join public.loyalty_boosts b on b.redemption_id = r.id`,
    );
    const inMonth = (at: Date | null) => at !== null && localDay(at) >= from && localDay(at) <= to;
    const sums = new Map<string, { count: number; cost: number }>();
    for (const row of rows.filter(({ at }) => inMonth(at))) {
      const sum = sums.get(`${row.kind} ${row.tier}`) ?? { count: 0, cost: 0 };
      sum.count += 1;
      sum.cost += Number(row.kind === "commission_boost" ? (row.earned ?? 0) : row.cost);
      sums.set(`${row.kind} ${row.tier}`, sum);
    }
    const { rewards, claimed, rejected } = await report();
    expect(sums.size).toBeGreaterThan(3);
    expect(
      new Map(rewards.map(({ kind, tier, count, cost }) => [`${kind} ${tier}`, { count, cost }])),
    ).toEqual(sums);
    expect(rewards.find(({ kind }) => kind === "commission_boost")).toMatchObject({ count: 1, cost: 6173 });
    expect(claimed).toBe(rows.filter((row) => inMonth(row.claimed)).length);
    expect(rejected).toBe(rows.filter((row) => inMonth(row.rejected)).length);
    expect(rejected).toBeGreaterThan(0);
  });

  it("says how many promises were kept", async () => {
    const rows = await raw<{ due: Date; at: Date | null; state: string }>(
      "select due_at as due, fulfilled_at as at, state from public.loyalty_redemptions where due_at is not null and state <> 'rejected'",
    );
    const due = rows.filter((row) => localDay(row.due) >= from && localDay(row.due) <= to);
    expect((await report()).onTime).toEqual({
      due: due.length,
      onTime: due.filter(({ at, due: by }) => at !== null && at <= by).length,
    });
  });

  it("counts who rose, held and fell, without what was undone", async () => {
    const rows = await raw<{ day: string; up: number; undone: Date | null }>(
      `select d.business_date::text as day, t.rank - f.rank as up, d.undone_at as undone from public.loyalty_tier_decisions d
         join public.loyalty_tiers t on t.id = d.to_tier_id join public.loyalty_tiers f on f.id = d.from_tier_id`,
    );
    const counted = rows.filter(({ day, undone }) => day >= from && day <= to && undone === null);
    const { movement } = await report();
    expect(movement).toEqual({
      risen: counted.filter(({ up }) => up > 0).length,
      held: counted.filter(({ up }) => up === 0).length,
      fallen: counted.filter(({ up }) => up < 0).length,
    });
    expect(movement.risen * movement.held * movement.fallen).toBeGreaterThan(0);
  });

  it("sets sales a day in boosts that ended beside the 14 days before them", async () => {
    const snaps = await raw<{ who: string; day: string; gmv: string }>(
      "select creator_id as who, business_date::text as day, gmv_delta as gmv from public.loyalty_video_snapshots where not is_opening",
    );
    const sum = (who: string, a: string, b: string) =>
      snaps
        .filter((s) => s.who === who && s.day >= a && s.day <= b)
        .reduce((total, { gmv }) => total + Number(gmv), 0);
    const ended = [
      [everybody[0]!.id, "2026-09-03", "2026-09-09"],
      [everybody[1]!.id, "2026-08-30", "2026-09-05"],
    ] as const;
    const during = ended.reduce((total, [who, a, b]) => total + sum(who, a, b), 0);
    const before = ended.reduce((total, [who, a]) => total + sum(who, plus(a, -14), plus(a, -1)), 0);
    const { uplift } = await report();
    expect(uplift).toMatchObject({
      boosts: 2,
      perDayDuring: Math.round(during / 14),
      perDayBefore: Math.round(before / 28),
    });
    expect(uplift.rows.map(({ handle }) => handle)).toEqual(["c1", "c0"]);
    expect((await report(world.owner, ["2026-01-01", "2026-01-31"])).uplift).toMatchObject({
      boosts: 0,
      perDayDuring: null,
      rows: [],
    });
  });

  it("counts how many of each month's newcomers sold in the months after", async () => {
    const creators = await raw<{ id: string; month: string }>(
      "select id, to_char(joined_on, 'YYYY-MM') as month from public.loyalty_creators",
    );
    const sold = await raw<{ who: string; month: string }>(
      `select distinct creator_id as who, to_char(business_date, 'YYYY-MM') as month from public.loyalty_video_snapshots
        where not is_opening and gmv_delta > 0 and business_date <= '${to}'`,
    );
    const months = ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"];
    const after = (month: string, k: number) => {
      const date = new Date(`${month}-15T00:00:00Z`);
      date.setUTCMonth(date.getUTCMonth() + k);
      return iso(date).slice(0, 7);
    };
    const { cohorts } = await report();
    expect(cohorts).toEqual(
      months.map((month) => {
        const joined = creators.filter((creator) => creator.month === month).map(({ id }) => id);
        return {
          month: `${month}-01`,
          joined: joined.length,
          kept: [1, 2, 3, 4, 5, 6].map((k) =>
            after(month, k) > "2026-09"
              ? null
              : joined.filter((who) => sold.some((s) => s.who === who && s.month === after(month, k))).length,
          ),
        };
      }),
    );
    expect(cohorts.some(({ kept }) => kept.some((count) => count !== null && count > 0))).toBe(true);
  });

  it("adds up sales, and says what is left of each budget", async () => {
    const { sales, budgets } = await report();
    const [counted] = await raw<{ sum: string }>(
      `select sum(gmv_delta) as sum from public.loyalty_video_snapshots where not is_opening and business_date between '${from}' and '${to}'`,
    );
    expect(sales).toBe(Number(counted!.sum));
    expect(budgets).toEqual([
      { name: "Capped card", budget: 100000, spent: 2500, reserved: 2500, left: 95000 },
    ]);
  });

  it("is for who may see reports, and for a span that makes sense", async () => {
    expect(await outcome(report(world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(report(await world.member("support")))).toMatch(/^PM001/);
    expect(await outcome(report(await world.db.createUser("no@else.test")))).toBe("TN001");
    expect(await outcome(report(world.manager))).toBe("ok");
    expect(await outcome(report(world.owner, [to, from]))).toBe("VA001 to");
    expect(await outcome(report(world.owner, ["2024-01-01", "2026-01-01"]))).toBe("VA001 to");
  });
});

describe("reports by mail", () => {
  const send = (now: string) =>
    world.one<{ n: number }>("select private.loyalty_send_reports($1) as n", [now]).then(({ n }) => n);
  const sent = () =>
    raw<{ key: string; people: string[]; data: { from: string; to: string } }>(
      "select dedupe_key as key, people, data from private.notification_requests where type = 'loyalty.report-ready' order by created_at, dedupe_key",
    );
  const save = (weekly: string[], monthly: string[], as = world.owner) =>
    ask<{ personId: string; weekly: boolean; monthly: boolean }[]>(
      world.db,
      as,
      "loyalty_save_report_mails",
      {
        p_client: world.clientId,
        p_weekly: weekly,
        p_monthly: monthly,
      },
    );
  const personOf = async (userId: string) =>
    (await world.one<{ id: string }>("select id from public.people where user_id = $1", [userId])).id;

  it("go once a week and month, on the morning after, to those who may still see them", async () => {
    const [owner, manager] = [await personOf(world.owner), await personOf(world.manager)];
    const saved = await save([owner], [owner, manager]);
    expect(saved.find(({ personId }) => personId === manager)).toMatchObject({
      weekly: false,
      monthly: true,
    });
    // Wednesday the 30th, then the first of October before and after seven in New York.
    expect(await send("2026-09-30T12:00:00Z")).toBe(2);
    expect(await send("2026-10-01T10:30:00Z")).toBe(0);
    expect(await send("2026-10-01T11:30:00Z")).toBe(1);
    expect(await send("2026-10-01T11:31:00Z")).toBe(0);
    expect(await send("2026-10-05T10:59:00Z")).toBe(0);
    expect(await send("2026-10-05T11:00:00Z")).toBe(1);
    const all = await sent();
    expect(all.map(({ key }) => key).sort()).toEqual(
      ["monthly:2026-08-01", "weekly:2026-09-21", "monthly:2026-09-01", "weekly:2026-09-28"].sort(),
    );
    expect(all.find(({ key }) => key === "monthly:2026-09-01")).toMatchObject({
      data: { from: "2026-09-01", to: "2026-09-30" },
    });
    expect(all.find(({ key }) => key === "weekly:2026-09-28")?.people).toEqual([owner]);
    await world.db.pool.query("delete from public.person_roles where person_id = $1", [manager]);
    await send("2026-11-02T15:00:00Z");
    expect((await sent()).find(({ key }) => key === "monthly:2026-10-01")?.people).toEqual([owner]);
  });

  it("are arranged by who may see reports, for those who may", async () => {
    const creator = await personOf(world.noor.userId);
    expect(await outcome(save([creator], []))).toBe("VA001 people");
    expect(await outcome(save([], [], world.noor.userId))).toMatch(/^PM001/);
    const nobody = await save([], []);
    expect(nobody.every(({ weekly, monthly }) => !weekly && !monthly)).toBe(true);
  });
});
