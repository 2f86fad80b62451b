import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, type Member, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
let crowd: Member[];
const MANY = 50;

beforeAll(async () => {
  world = await claimsWorld();
  crowd = await Promise.all(Array.from({ length: MANY }, (_, n) => world.member(`crowd${n}`)));
  // Every claim below finds its connection open: they meet in the database and not in a queue before it.
  await Promise.all(Array.from({ length: MANY }, () => world.db.pool.query("select pg_sleep(0.2)")));
});
afterAll(() => world.db.drop());

const tally = (codes: string[]): Record<string, number> =>
  codes.reduce<Record<string, number>>(
    (counts, code) => ({ ...counts, [code]: (counts[code] ?? 0) + 1 }),
    {},
  );
const claimedCount = async (reward: string): Promise<number> =>
  (
    await world.one<{ n: number }>(
      "select count(*)::integer as n from public.loyalty_redemptions where reward_id = $1 and state = 'claimed'",
      [reward],
    )
  ).n;
const nextMonday = "2026-11-30";
const now = "2026-11-25T12:00:00Z";

describe("claims at the same moment", () => {
  it("make one redemption of one creator's fifty clicks, and all are answered with it", async () => {
    const reward = await world.reward(
      { quantity: 3, frequency: "weekly" },
      { stock_total: 40, unit_cost: 7 },
    );
    const answers = await Promise.all(
      Array.from({ length: MANY }, () => world.claimSigned(world.noor, reward)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(await world.redemptions(world.noor, reward)).toHaveLength(1);
    expect(await world.limits(reward)).toMatchObject({ reserved_count: 1, reserved_amount: 7 });
  });

  it("take up the one open offer and leave no second", async () => {
    const reward = await world.reward({});
    await world.renew({ reward });
    const [offer] = await world.redemptions(world.noor, reward);
    const answers = await Promise.all(Array.from({ length: MANY }, () => world.claim(world.noor, reward)));
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([offer?.id]));
    expect(await world.redemptions(world.noor, reward)).toHaveLength(1);
  });

  it("of different days make one boost and refuse the other days", async () => {
    const reward = await world.reward({ kind: "commission_boost", frequency: "unlimited" });
    // Not the Monday whose places another test counts.
    const days = ["2026-11-25", "2026-11-26", "2026-11-27", "2026-12-01", "2026-12-02"];
    const codes = await Promise.all(
      Array.from({ length: MANY }, (_, n) =>
        codeOf(world.claim(world.noor, reward, { schedule: { date: days[n % days.length] } }, now)),
      ),
    );
    expect(tally(codes)).toEqual({
      none: MANY / days.length,
      ACTIVE_CLAIM_EXISTS: MANY - MANY / days.length,
    });
    expect(await claimedCount(reward)).toBe(1);
  });

  it("of fifty creators sell the last piece once", async () => {
    const reward = await world.reward({}, { stock_total: 1 });
    const codes = await Promise.all(crowd.map((who) => codeOf(world.claimSigned(who, reward))));
    expect(tally(codes)).toEqual({ none: 1, SOLD_OUT: MANY - 1 });
    expect(await world.limits(reward)).toMatchObject({ reserved_count: 1, committed_count: 0 });
    expect(await claimedCount(reward)).toBe(1);
  });

  it("stop at the budget to the cent", async () => {
    const reward = await world.reward({}, { unit_cost: 300, budget_total: 2000 });
    const codes = await Promise.all(crowd.map((who) => codeOf(world.claim(who, reward))));
    expect(tally(codes)).toEqual({ none: 6, BUDGET_SPENT: MANY - 6 });
    expect(await world.limits(reward)).toMatchObject({ reserved_count: 6, reserved_amount: 1800 });
  });

  it("fill a day and a slot to their places and no further", async () => {
    await world.settings({ boost_capacity: 4, discount_capacity: 3 });
    const boost = await world.reward({ kind: "commission_boost" });
    const discount = await world.reward({ kind: "discount" });
    const boosts = await Promise.all(
      crowd.map((who) => codeOf(world.claim(who, boost, { schedule: { date: nextMonday } }, now))),
    );
    expect(tally(boosts)).toEqual({ none: 4, SLOT_FULL: MANY - 4 });
    const slot = { schedule: { date: nextMonday, time: "10:30" } };
    const discounts = await Promise.all(crowd.map((who) => codeOf(world.claim(who, discount, slot, now))));
    expect(tally(discounts)).toEqual({ none: 3, SLOT_FULL: MANY - 3 });
  });

  it("never plan two discounts of one creator over each other", async () => {
    await world.settings({ discount_capacity: 50 });
    const rewards = await Promise.all(
      Array.from({ length: 12 }, () => world.reward({ kind: "discount", discount_minutes: 90 })),
    );
    const who = crowd[0] as Member;
    // Half an hour apart, an hour and a half long: of twelve in a row at most four fit.
    const codes = await Promise.all(
      rewards.map((reward, n) => {
        const minutes = 9 * 60 + n * 30;
        const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
        return codeOf(world.claim(who, reward, { schedule: { date: "2026-12-01", time } }, now));
      }),
    );
    const made = tally(codes);
    expect(made.none).toBeGreaterThanOrEqual(3);
    expect(made.none).toBeLessThanOrEqual(4);
    expect(made.INVALID_TIME_SLOT).toBe(12 - (made.none ?? 0));
  });
});

describe("a claim in the second of a promotion, an edit or a pin", () => {
  it("waits for the others and never in a circle; the terms are of one version, the tier is the reward's", async () => {
    const own = await claimsWorld({ slug: "ebb" });
    try {
      await own.settings({ checkpoint_months: 1 });
      const people = await Promise.all(Array.from({ length: 24 }, (_, n) => own.member(`racer${n}`, 1)));
      const rewards = await Promise.all(
        [1, 2].map((rank) =>
          own.reward(
            { tier_id: own.tier(rank), frequency: "unlimited", name: "Version 1", instructions: "Version 1" },
            { stock_total: 60, unit_cost: 1, budget_total: 60 },
          ),
        ),
      );
      // As the builder's steps do it: offers, the reward, its limits.
      const edit = async (reward: string, version: number) => {
        const client = await own.db.pool.connect();
        try {
          await client.query("begin");
          await client.query("select private.loyalty_lock_offers($1)", [own.clientId]);
          await client.query("select from public.loyalty_rewards where id = $1 for no key update", [reward]);
          await client.query("select from public.loyalty_reward_limits where reward_id = $1 for update", [
            reward,
          ]);
          await client.query("update public.loyalty_rewards set name = $2, instructions = $2 where id = $1", [
            reward,
            `Version ${version}`,
          ]);
          await client.query("select private.loyalty_renew_offers($1, now()::date, $2)", [
            own.clientId,
            reward,
          ]);
          await client.query("commit");
        } catch (error) {
          await client.query("rollback");
          throw error;
        } finally {
          client.release();
        }
      };
      const fulfil = async () => {
        const { rows } = await own.db.pool.query<{ id: string }>(
          "select id from public.loyalty_redemptions where state = 'claimed' order by random() limit 5",
        );
        for (const { id } of rows) {
          await own.step(id, "fulfilled");
          await own.step(id, "concluded");
        }
      };
      const codes: string[] = [];
      for (let round = 0; round < 5; round += 1) {
        const day = `2026-07-${String(round + 2).padStart(2, "0")}`;
        // Half of them pass the threshold tonight, those of the round before fall back by a correction.
        for (const [n, who] of people.entries())
          if (n % 2 === round % 2) await own.sell(who.id, day, 200_000, `racer${n}-1`);
        const night = own.one("select private.loyalty_run_stages($1, $2, null)", [own.clientId, day]);
        const others = [
          night,
          edit(rewards[0] as string, round + 2),
          edit(rewards[1] as string, round + 2),
          fulfil(),
          own.move(people[0]!.id, 1 + (round % 2)).then(() => own.renew({ creator: people[0]!.id })),
        ];
        const claims = people.flatMap((who) => rewards.map((reward) => codeOf(own.claim(who, reward))));
        await Promise.all(others);
        codes.push(...(await Promise.all(claims)));
      }
      // Repeats answer the first claim; nothing else went wrong, and above all nothing was a deadlock.
      expect(
        Object.keys(tally(codes)).filter((code) => !["none", "TIER_INELIGIBLE", "SOLD_OUT"].includes(code)),
      ).toEqual([]);
      expect(tally(codes).none).toBeGreaterThan(20);
      const { rows } = await own.db.pool.query<{ wrong: number }>(
        `select count(*)::integer as wrong from public.loyalty_redemptions r join public.loyalty_rewards w on w.id = r.reward_id
          where r.claimed_at is not null
            and (r.terms ->> 'name' <> r.terms ->> 'instructions' or r.terms ->> 'name' <> 'Version ' || r.reward_version or r.tier_id <> w.tier_id)`,
      );
      expect(rows[0]?.wrong).toBe(0);
      await own.one("select private.loyalty_run_stages($1, '2026-07-09', null)", [own.clientId]);
      const { rows: offers } = await own.db.pool.query<{ wrong: number }>(
        `select count(*)::integer as wrong from public.loyalty_redemptions r
           join public.loyalty_rewards w on w.id = r.reward_id join public.loyalty_creators c on c.id = r.creator_id
          where r.state = 'claimable' and (r.withdrawn_at is null) <> (w.tier_id = c.tier_id and not exists (
            select from public.loyalty_redemptions o where o.creator_id = c.id and o.reward_id = w.id and o.state in ('claimed', 'fulfilled')))`,
      );
      expect(offers[0]?.wrong).toBe(0);
      const { rows: counts } = await own.db.pool.query<{ wrong: number }>(
        `select count(*)::integer as wrong from public.loyalty_reward_limits l
          where l.reserved_count <> (select count(*) from public.loyalty_redemptions r where r.reward_id = l.reward_id and r.state = 'claimed')
             or l.committed_count <> (select count(*) from public.loyalty_redemptions r
                                       where r.reward_id = l.reward_id and r.state in ('fulfilled', 'concluded'))`,
      );
      expect(counts[0]?.wrong).toBe(0);
    } finally {
      await own.db.drop();
    }
  }, 120_000);
});
