import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { raffleWorld, type Person, type RaffleWorld } from "../raffles/world";

interface Warning {
  checkOn: string;
  daysLeft: number;
  tier: string;
  toTier: string;
  shortfall: number;
  commissionBp: number;
  toCommissionBp: number;
  rewards: string[];
}

let world: RaffleWorld;
let noor: Person;
const check = "2026-10-31";

beforeAll(async () => {
  world = await raffleWorld();
  noor = await world.member({ name: "noor" });
  const [, silver] = await world.rows<{ id: string }>(
    "select id from public.loyalty_tiers where client_id = $1 order by rank",
    [world.clientId],
  );
  await world.db.pool.query(
    `with made as (insert into public.loyalty_rewards (client_id, kind, name, tier_id, value_amount, quantity)
       values ($1, 'gift_card', '$25 gift card', $2, 2500, 1) returning id)
     select id from made`,
    [world.clientId, silver?.id],
  );
  await world.db.pool.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where name = '$25 gift card'",
  );
});
afterAll(() => world.db.drop());

/** Silver (1,500.00), four months, 1,100.00 sold so far. */
async function stand(patch: Record<string, unknown> = {}) {
  await world.db.pool.query(
    "delete from private.notification_requests where type = 'loyalty.demotion-warning'",
  );
  await world.db.pool.query(
    "update public.loyalty_settings set tier_mode = 'checkpoint' where client_id = $1",
    [world.clientId],
  );
  const all = {
    state: "active",
    is_pinned: false,
    pinned_tier_id: null,
    pinned_reason: null,
    anchor_on: "2026-07-01",
    period_start: "2026-07-01",
    next_check_on: check,
    period_sales: 110_000,
    ...patch,
  };
  const names = Object.keys(all);
  await world.db.pool.query(
    `update public.loyalty_creators c set ${names.map((name, at) => `${name} = $${at + 2}`).join(", ")},
       tier_id = (select t.id from public.loyalty_tiers t where t.client_id = c.client_id and t.name = 'Silver') where c.id = $1`,
    [noor.creatorId, ...Object.values(all)],
  );
}
const night = (day: string) =>
  world.db.pool.query("select private.loyalty_warn_demotions($1, $2)", [world.clientId, day]);
const told = async () =>
  (await world.notices("loyalty.demotion-warning")).map(({ data }) => data as unknown as Warning);

beforeEach(() => stand());

describe("warnings before a check", () => {
  it("come 30, 7 and 3 days before it, once each, with what is missing and what would be lost", async () => {
    for (const day of [
      "2026-09-15",
      "2026-09-30",
      "2026-10-01",
      "2026-10-02",
      "2026-10-23",
      "2026-10-24",
      "2026-10-25",
      "2026-10-28",
      "2026-10-30",
    ]) {
      await night(day);
      await night(day);
    }
    const warnings = await told();
    expect(warnings.map(({ daysLeft }) => daysLeft)).toEqual([30, 7, 3]);
    expect(warnings[0]).toEqual({
      checkOn: check,
      daysLeft: 30,
      tier: "Silver",
      toTier: "Bronze",
      metric: "sales",
      currency: "USD",
      shortfall: 40_000,
      commissionBp: 1200,
      toCommissionBp: 1000,
      rewards: ["$25 gift card"],
    });
  });

  it("are made up for after nights that were missed", async () => {
    await night("2026-10-05");
    await night("2026-10-26");
    expect((await told()).map(({ daysLeft }) => daysLeft)).toEqual([26, 5]);
  });

  it("do not come while she is safe, and come when a refund takes her below", async () => {
    await stand({ period_sales: 150_000 });
    await night("2026-10-01");
    expect(await told()).toEqual([]);
    await stand({ period_sales: 149_999 });
    await night("2026-10-10");
    expect((await told()).map(({ shortfall }) => shortfall)).toEqual([1]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["archived", { state: "archived" }],
    ["in a new period", { period_start: "2026-11-01", next_check_on: "2027-02-28" }],
    ["in a short period that has just begun", { anchor_on: "2026-10-01", period_start: "2026-10-01" }],
  ])("do not come to who is %s", async (_name, patch) => {
    await stand(patch);
    await night("2026-10-05");
    expect(await told()).toEqual([]);
  });

  it("do not come with a fixed tier, in the entry tier, or where tiers are for life", async () => {
    await world.db.pool.query(
      "update public.loyalty_creators set is_pinned = true, pinned_tier_id = tier_id, pinned_reason = 'Partner' where id = $1",
      [noor.creatorId],
    );
    await night("2026-10-01");
    await stand();
    await world.db.pool.query(
      "update public.loyalty_creators c set tier_id = (select id from public.loyalty_tiers where client_id = c.client_id and rank = 1) where id = $1",
      [noor.creatorId],
    );
    await night("2026-10-01");
    await stand();
    await world.settings({ tier_mode: "lifetime" });
    await night("2026-10-01");
    expect(await told()).toEqual([]);
  });

  it("are part of every night, at its end", async () => {
    await world.db.pool.query("select private.loyalty_run_stages($1, '2026-10-24', null)", [world.clientId]);
    expect((await told()).length).toBeLessThanOrEqual(1);
    const { body } = await world.one<{ body: string }>(
      "select prosrc as body from pg_proc where proname = 'loyalty_run_stages'",
    );
    expect(body.indexOf("loyalty_warn_demotions")).toBeGreaterThan(body.indexOf("loyalty_advance_raffles"));
  });

  it("are the same on her home, and hers alone", async () => {
    await world.db.pool.query(
      "update public.loyalty_nights set last_business_date = '2026-10-20' where client_id = $1",
      [world.clientId],
    );
    const read = (userId: string) =>
      world.call<Warning | null>(userId, "loyalty_read_warning", [noor.creatorId]);
    expect(await read(noor.userId)).toMatchObject({
      shortfall: 40_000,
      daysLeft: 11,
      rewards: ["$25 gift card"],
    });
    const lena = await world.member({ name: "lena" });
    expect(await read(lena.userId)).toBeNull();
    await stand({ period_sales: 160_000 });
    expect(await read(noor.userId)).toBeNull();
  });
});
