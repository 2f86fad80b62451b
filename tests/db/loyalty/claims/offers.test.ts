import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ClaimsWorld, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
beforeEach(async () => {
  world = await claimsWorld();
});
afterEach(() => world.db.drop());

const monday = "2026-11-16T23:00:00Z";
const states = async (reward: string, who = world.noor) =>
  (await world.redemptions(who, reward)).map(
    ({ state, withdrawn_reason }) => state + (withdrawn_reason ? ` ${withdrawn_reason}` : ""),
  );

describe("offers", () => {
  it("open for the tier of a new reward, once, and change nothing when the night repeats", async () => {
    const silver = await world.member("silver", 2);
    const reward = await world.reward({ tier_id: world.tier(2) });
    const all = await world.reward({});
    expect(await world.renew({ now: monday })).toMatchObject({ opened: 3, told: 2 });
    expect(await states(reward, silver)).toEqual(["claimable"]);
    expect(await states(reward)).toEqual([]);
    expect(await states(all)).toEqual(["claimable"]);
    expect(await world.renew({ now: monday })).toEqual({
      opened: 0,
      revived: 0,
      withdrawn: 0,
      expired: 0,
      told: 0,
    });
  });

  it("are for creators whose first video was seen, active, and with the tag", async () => {
    await world.creator("quiet", "2026-06-01");
    const gone = await world.member("gone");
    await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [
      gone.id,
    ]);
    const reward = await world.reward({});
    const tagged = await world.reward({ tag: "launch" });
    expect(await world.renew({ now: monday })).toMatchObject({ opened: 1 });
    expect(await states(reward)).toEqual(["claimable"]);
    await world.db.pool.query(
      "insert into public.loyalty_creator_tags (client_id, creator_id, tag) values ($1, $2, 'launch')",
      [world.clientId, world.noor.id],
    );
    expect(await world.renew({ now: monday, reward: tagged })).toMatchObject({ opened: 1 });
    await world.db.pool.query("delete from public.loyalty_creator_tags");
    expect(await world.renew({ now: monday })).toMatchObject({ withdrawn: 1 });
    expect(await states(tagged)).toEqual(["claimable reward_changed"]);
  });

  it("go with a demotion, saying from where to where, and come back with her return, the same ones", async () => {
    const silver = await world.member("silver", 2);
    const reward = await world.reward({ tier_id: world.tier(2) });
    await world.renew({ now: monday });
    const [offer] = await world.redemptions(silver, reward);
    await world.move(silver.id, 1);
    expect(await world.renew({ now: monday })).toMatchObject({ withdrawn: 1, opened: 0 });
    expect(await states(reward, silver)).toEqual(["claimable tier_change_2_to_1"]);
    expect(await codeOf(world.claim(silver, reward))).toBe("TIER_INELIGIBLE");
    await world.move(silver.id, 2);
    expect(await world.renew({ now: monday })).toMatchObject({ revived: 1, opened: 0 });
    expect((await world.redemptions(silver, reward)).map(({ id, state }) => [id, state])).toEqual([
      [offer?.id, "claimable"],
    ]);
  });

  it("may be claimed the minute she is back, before the night revives them", async () => {
    const silver = await world.member("silver", 2);
    const reward = await world.reward({ tier_id: world.tier(2) });
    await world.renew({ now: monday });
    await world.move(silver.id, 1);
    await world.renew({ now: monday });
    await world.move(silver.id, 2);
    const [offer] = await world.redemptions(silver, reward);
    expect(await world.claim(silver, reward)).toMatchObject({ id: offer?.id, state: "claimed" });
    expect(await states(reward, silver)).toEqual(["claimed"]);
  });

  it("never touch a claim: what she claimed before a demotion stays hers", async () => {
    const silver = await world.member("silver", 2);
    const reward = await world.reward({ tier_id: world.tier(2) });
    await world.claim(silver, reward);
    await world.move(silver.id, 1);
    await world.renew({ now: monday });
    expect(await states(reward, silver)).toEqual(["claimed"]);
  });

  it("come back with a fresh limit where it is counted by the stay, and not where it is for ever", async () => {
    const silver = await world.member("silver", 2);
    const credit = await world.reward({ kind: "ads_credit", tier_id: world.tier(2) });
    const card = await world.reward({ kind: "gift_card", tier_id: world.tier(2) });
    for (const reward of [credit, card]) {
      const { id } = await world.claim(silver, reward);
      await world.step(id, "fulfilled");
      await world.step(id, "concluded");
    }
    expect(await world.renew({ now: monday })).toMatchObject({ opened: 0 });
    await world.move(silver.id, 1);
    await world.move(silver.id, 2);
    expect(await world.renew({ now: monday })).toMatchObject({ opened: 1 });
    expect((await states(credit, silver)).sort()).toEqual(["claimable", "concluded"]);
    expect(await states(card, silver)).toEqual(["concluded"]);
  });

  it("open again with the next week and not before", async () => {
    const reward = await world.reward({ frequency: "weekly" });
    const { id } = await world.claim(world.noor, reward, {}, monday);
    await world.step(id, "fulfilled");
    await world.step(id, "concluded");
    expect(await world.renew({ now: "2026-11-22T23:00:00Z" })).toMatchObject({ opened: 0 });
    expect(await world.renew({ now: "2026-11-23T23:00:00Z" })).toMatchObject({ opened: 1 });
    expect(await states(reward)).toEqual(["concluded", "claimable"]);
  });

  it("wait for an open claim, then open", async () => {
    const reward = await world.reward({ frequency: "unlimited" });
    const { id } = await world.claim(world.noor, reward);
    expect(await world.renew()).toMatchObject({ opened: 0 });
    await world.step(id, "rejected");
    expect(await world.renew()).toMatchObject({ opened: 1 });
  });

  it("lapse at their date, free their week only with the next one, and leave the others alone", async () => {
    const short = await world.reward({ frequency: "weekly", expires_days: 1 });
    const long = await world.reward({ frequency: "weekly" });
    await world.renew({ now: monday });
    expect(await world.renew({ now: "2026-11-17T22:59:59Z" })).toMatchObject({ expired: 0 });
    expect(await world.renew({ now: "2026-11-17T23:00:00Z" })).toMatchObject({ expired: 1, opened: 0 });
    expect(await world.renew({ now: "2026-11-21T23:00:00Z" })).toMatchObject({ opened: 0 });
    expect(await world.renew({ now: "2026-11-23T23:00:00Z" })).toMatchObject({ opened: 1 });
    expect(await states(short)).toEqual(["expired", "claimable"]);
    expect(await states(long)).toEqual(["claimable"]);
  });

  it("of a mission lapse too; those of a raffle are left to the raffle", async () => {
    const reward = await world.reward({});
    await world.earn(world.noor, reward, "2026-11-17T00:00:00Z");
    expect(await world.renew({ now: "2026-11-17T00:00:00Z" })).toMatchObject({ expired: 1 });
    expect((await states(reward)).sort()).toEqual(["claimable", "expired"]);
  });

  it.each(["paused", "archived"])("close with a %s reward and open again with it", async (state) => {
    const reward = await world.reward({});
    await world.renew({ now: monday });
    await world.db.pool.query("update public.loyalty_rewards set state = $2 where id = $1", [reward, state]);
    expect(await world.renew({ now: monday, reward })).toMatchObject({ withdrawn: 1 });
    expect(await states(reward)).toEqual([`claimable ${state}`]);
    if (state === "archived") return;
    await world.db.pool.query("update public.loyalty_rewards set state = 'published' where id = $1", [
      reward,
    ]);
    expect(await world.renew({ now: monday, reward })).toMatchObject({ revived: 1 });
    expect(await states(reward)).toEqual(["claimable"]);
  });

  it("follow a tier chosen by hand at once", async () => {
    const owner = await world.db.createUser("owner@tide.test");
    await world.db.pool.query(
      `with made as (insert into public.people (client_id, display_name, user_id, claimed_at) values ($1, 'Owner', $2, now()) returning id)
       insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from made`,
      [world.clientId, owner],
    );
    const bronze = await world.reward({ tier_id: world.tier(1) });
    const gold = await world.reward({ tier_id: world.tier(3) });
    await world.renew();
    await world.db.asUser(owner, (db) =>
      db.query("select public.loyalty_pin_tier($1, $2, $3, 'A good year')", [
        world.clientId,
        world.noor.id,
        world.tier(3),
      ]),
    );
    expect(await states(bronze)).toEqual(["claimable tier_change_1_to_3"]);
    expect(await states(gold)).toEqual(["claimable"]);
  });

  it("are not opened for what is sold out", async () => {
    const reward = await world.reward({}, { stock_total: 0 });
    expect(await world.renew()).toMatchObject({ opened: 0 });
    await world.db.pool.query("update public.loyalty_reward_limits set stock_total = 1");
    expect(await world.renew()).toMatchObject({ opened: 1 });
    expect(await states(reward)).toEqual(["claimable"]);
  });

  it("are told once a person and day, in one notification, and only to people with a login", async () => {
    await world.sell(await world.creator("nologin", "2026-06-01"), "2026-06-01", 1, "nologin-1");
    for (const name of ["Alpha", "Beta", "Gamma", "Delta"]) await world.reward({ name });
    await world.renew({ now: monday });
    await world.reward({ name: "Late" });
    expect(await world.renew({ now: monday })).toMatchObject({ opened: 1, told: 0 });
    const told = await world.db.pool.query<{ people: string[]; data: unknown }>(
      "select people, data from private.notification_requests where type = 'loyalty.reward-offered'",
    );
    expect(told.rows).toHaveLength(1);
    expect(told.rows[0]).toMatchObject({ data: { count: 4, names: ["Alpha", "Beta", "Delta"] } });
    expect(told.rows[0]?.people).toHaveLength(1);
    await world.reward({ name: "Tomorrow" });
    expect(await world.renew({ now: "2026-11-17T23:00:00Z" })).toMatchObject({ told: 1 });
  });

  it("of one business are no other's business", async () => {
    const { id } = await world.one<{ id: string }>(
      "select private.create_client('ebb', 'Ebb', '{loyalty}', 'America/New_York', 'USD', '#226688') as id",
    );
    await world.reward({});
    await world.db.pool.query("select private.loyalty_renew_offers($1, '2026-11-16')", [id]);
    expect(await world.redemptions(world.noor)).toEqual([]);
  });
});
