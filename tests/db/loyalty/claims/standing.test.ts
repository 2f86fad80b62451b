import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, claimsWorld } from "./claims-world";

let world: ClaimsWorld;
beforeAll(async () => {
  world = await claimsWorld();
});
afterAll(() => world.db.drop());

let serial = 0;
const fresh = (rank = 1) => world.member(`creator${(serial += 1)}`, rank);

describe("what stands between a creator and a reward", () => {
  it("is nothing for a published reward of her tier", async () => {
    const reward = await world.reward({});
    expect(await world.standing(world.noor, reward)).toMatchObject({
      status: "available",
      code: null,
      used: 0,
      quantity: 1,
      window_key: "ever",
    });
  });

  it("is an open claim, until it is concluded", async () => {
    const who = await fresh();
    const reward = await world.reward({ quantity: 2 });
    const claim = await world.claim(who, reward);
    const open = { status: "claimed", code: "ACTIVE_CLAIM_EXISTS", open_redemption_id: claim.id, used: 1 };
    expect(await world.standing(who, reward)).toMatchObject(open);
    await world.step(claim.id, "fulfilled");
    expect(await world.standing(who, reward)).toMatchObject(open);
    await world.step(claim.id, "concluded");
    expect(await world.standing(who, reward)).toMatchObject({
      status: "available",
      open_redemption_id: null,
      used: 1,
    });
  });

  it("is nothing again when a claim was rejected: it never used the limit", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    await world.step((await world.claim(who, reward)).id, "rejected");
    expect(await world.standing(who, reward)).toMatchObject({ status: "available", used: 0 });
  });

  it("is the tier, shown early or not", async () => {
    const who = await fresh(1);
    const gold = await world.reward({ tier_id: world.tier(3) });
    const early = await world.reward({ tier_id: world.tier(3), preview_from_tier_id: world.tier(1) });
    const late = await world.reward({ tier_id: world.tier(3), preview_from_tier_id: world.tier(2) });
    expect(await world.standing(who, gold)).toMatchObject({ status: "locked", code: "TIER_INELIGIBLE" });
    expect(await world.standing(who, early)).toMatchObject({ status: "locked", code: "TIER_INELIGIBLE" });
    const seen = (await world.rewardsSeen(who)).map(({ reward_id }) => reward_id);
    expect(seen).toContain(early);
    expect(seen).not.toContain(gold);
    expect(seen).not.toContain(late);
    await world.move(who.id, 3);
    expect(await world.standing(who, gold)).toMatchObject({ status: "available" });
    // Exactly the tier: higher is not enough.
    await world.move(who.id, 4);
    expect(await world.standing(who, gold)).toMatchObject({ status: "locked", code: "TIER_INELIGIBLE" });
  });

  it("is the tag it is for", async () => {
    const who = await fresh();
    const reward = await world.reward({ tag: "launch" });
    expect(await world.standing(who, reward)).toMatchObject({ status: "locked", code: "NOT_AVAILABLE" });
    await world.db.pool.query(
      "insert into public.loyalty_creator_tags (client_id, creator_id, tag) values ($1, $2, 'launch')",
      [world.clientId, who.id],
    );
    expect(await world.standing(who, reward)).toMatchObject({ status: "available" });
  });

  it("is a first video that nobody has seen yet", async () => {
    const reward = await world.reward({});
    const id = await world.creator("quiet", "2026-06-01");
    const quiet = { id, userId: "" };
    expect(await world.standing(quiet, reward)).toMatchObject({
      status: "unrecognised",
      code: "NOT_RECOGNISED",
    });
    await world.sell(id, "2026-06-02", 0, "quiet-1");
    expect(await world.standing(quiet, reward)).toMatchObject({ status: "available" });
  });

  it.each(["paused", "archived"])("is a %s reward, except for what she has already", async (state) => {
    const [one, two] = [await fresh(), await fresh()];
    const reward = await world.reward({});
    await world.claim(one, reward);
    await world.db.pool.query("update public.loyalty_rewards set state = $2 where id = $1", [reward, state]);
    expect(await world.standing(one, reward)).toMatchObject({ status: "claimed" });
    expect(await world.standing(two, reward)).toMatchObject({ status: "paused", code: "NOT_AVAILABLE" });
  });

  it("is an archived creator", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [
      who.id,
    ]);
    expect(await world.standing(who, reward)).toMatchObject({ status: "locked", code: "NOT_AVAILABLE" });
  });

  it("is stock and budget, judged by what one costs", async () => {
    const [one, two] = [await fresh(), await fresh()];
    const last = await world.reward({}, { stock_total: 1 });
    const dear = await world.reward({}, { unit_cost: 2500, budget_total: 4000 });
    await world.claim(one, last);
    await world.claim(one, dear);
    expect(await world.standing(two, last)).toMatchObject({
      status: "sold_out",
      code: "SOLD_OUT",
      stock_left: 0,
    });
    expect(await world.standing(two, dear)).toMatchObject({ status: "budget_spent", code: "BUDGET_SPENT" });
  });

  it("is a suspicion", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    const { id } = await world.claim(who, reward);
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where id = $1", [id]);
    expect(await world.standing(who, reward)).toMatchObject({ status: "held", code: "ON_HOLD" });
  });

  it("is a boost of another reward, planned or running", async () => {
    const who = await fresh();
    const [first, second] = [
      await world.reward({ kind: "commission_boost" }),
      await world.reward({ kind: "commission_boost" }),
    ];
    await world.claim(who, first, { schedule: { date: "2026-11-24" } }, "2026-11-23T12:00:00Z");
    const standing = await world.standing(who, second, "2026-11-23T12:00:00Z");
    expect(standing).toMatchObject({ status: "limit_reached", code: "ACTIVE_CLAIM_EXISTS" });
    expect(standing.opens_at?.toISOString()).toBe("2026-12-01T23:00:00.000Z");
  });
});

describe("limits and their windows", () => {
  const claimAndConclude = async (
    who: Awaited<ReturnType<typeof fresh>>,
    reward: string,
    now: string,
    details: object = {},
  ) => {
    const { id } = await world.claim(who, reward, details, now);
    await world.step(id, "fulfilled");
    await world.step(id, "concluded");
  };

  it.each(["gift_card", "experience"])(
    "counts a %s once and for ever, whatever tier follows",
    async (kind) => {
      const who = await fresh(1);
      const reward = await world.reward({ kind });
      await claimAndConclude(who, reward, "2026-11-16T12:00:00Z");
      const spent = { status: "limit_reached", code: "LIMIT_REACHED", opens_at: null, window_key: "ever" };
      expect(await world.standing(who, reward)).toMatchObject(spent);
      await world.move(who.id, 2);
      await world.move(who.id, 1);
      expect(await world.standing(who, reward, "2030-01-01T00:00:00Z")).toMatchObject(spent);
    },
  );

  it("counts ads credit once a stay in the tier: after leaving and coming back it opens again", async () => {
    const who = await fresh(2);
    const reward = await world.reward({ kind: "ads_credit", tier_id: world.tier(2) });
    await claimAndConclude(who, reward, "2026-11-16T12:00:00Z");
    expect(await world.standing(who, reward)).toMatchObject({ status: "limit_reached", opens_at: null });
    await world.move(who.id, 1);
    await world.move(who.id, 2);
    expect(await world.standing(who, reward)).toMatchObject({ status: "available", used: 0 });
    await claimAndConclude(who, reward, "2026-11-18T12:00:00Z");
    expect(await world.standing(who, reward)).toMatchObject({ status: "limit_reached" });
  });

  it("counts a claim in the stay it fell into, also before her first night and after one was undone", async () => {
    const id = await world.creator("early", "2026-06-01");
    const early = { id, userId: "" };
    await world.sell(id, "2026-06-01", 100, "early-1");
    const reward = await world.reward({ kind: "ads_credit" });
    await claimAndConclude(early, reward, "2026-06-01T12:00:00Z");
    await world.night("2026-06-01");
    expect(await world.standing(early, reward)).toMatchObject({ status: "limit_reached", used: 1 });

    const who = await fresh(1);
    const silver = await world.reward({ kind: "ads_credit", tier_id: world.tier(2) });
    await world.move(who.id, 2, "2026-11-16T10:00:00Z");
    await claimAndConclude(who, silver, "2026-11-16T12:00:00Z");
    // The night that promoted her was undone, and the file that came instead promotes her again.
    await world.db.pool.query(
      `with gone as (delete from public.loyalty_tier_stints where creator_id = $1 and tier_id = $2 returning creator_id)
       update public.loyalty_tier_stints s set ended_at = null from gone where s.creator_id = gone.creator_id and s.tier_id <> $2`,
      [who.id, world.tier(2)],
    );
    await world.move(who.id, 2, "2026-11-17T10:00:00Z");
    expect(await world.standing(who, silver)).toMatchObject({ status: "limit_reached", used: 1 });
    await world.move(who.id, 1, "2026-11-18T10:00:00Z");
    await world.move(who.id, 2, "2026-11-19T10:00:00Z");
    expect(await world.standing(who, silver)).toMatchObject({ status: "available", used: 0 });
  });

  it("counts weeks from Monday to Sunday of the business", async () => {
    const who = await fresh();
    const reward = await world.reward({ frequency: "weekly", quantity: 2 });
    // Sunday 22 November, 23:30 in New York: 04:30 on Monday elsewhere.
    await claimAndConclude(who, reward, "2026-11-23T04:30:00Z");
    await claimAndConclude(who, reward, "2026-11-23T04:40:00Z");
    const sunday = await world.standing(who, reward, "2026-11-23T04:50:00Z");
    expect(sunday).toMatchObject({ status: "limit_reached", window_key: "week:2026-11-16", used: 2 });
    expect(sunday.opens_at?.toISOString()).toBe("2026-11-23T05:00:00.000Z");
    expect(await world.standing(who, reward, "2026-11-23T05:00:00Z")).toMatchObject({
      status: "available",
      window_key: "week:2026-11-23",
      used: 0,
    });
  });

  it("counts calendar months of the business", async () => {
    const who = await fresh();
    const reward = await world.reward({ frequency: "monthly", quantity: 1 });
    await claimAndConclude(who, reward, "2026-12-01T04:59:00Z");
    const november = await world.standing(who, reward, "2026-12-01T04:59:30Z");
    expect(november).toMatchObject({ status: "limit_reached", window_key: "month:2026-11" });
    expect(november.opens_at?.toISOString()).toBe("2026-12-01T05:00:00.000Z");
    expect(await world.standing(who, reward, "2026-12-01T05:00:00Z")).toMatchObject({ status: "available" });
  });

  it("counts nothing where there is no limit, but one claim is open at a time", async () => {
    const who = await fresh();
    const reward = await world.reward({ frequency: "unlimited" });
    for (let n = 0; n < 12; n += 1) await claimAndConclude(who, reward, "2026-11-16T12:00:00Z");
    expect(await world.standing(who, reward)).toMatchObject({ status: "available", quantity: null });
  });

  it("never counts what a mission gave her", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    const earned = await world.earn(who, reward);
    await world.claimEarned(earned);
    expect(await world.standing(who, reward)).toMatchObject({ status: "available", used: 0 });
  });

  it("is an offer she let lapse, until the next window", async () => {
    const who = await fresh();
    const reward = await world.reward({ frequency: "weekly", expires_days: 2 });
    await world.renew({ now: "2026-11-16T23:00:00Z", reward });
    expect(await world.standing(who, reward, "2026-11-18T22:59:00Z")).toMatchObject({ status: "available" });
    const late = await world.standing(who, reward, "2026-11-18T23:00:00Z");
    expect(late).toMatchObject({ status: "limit_reached", code: "NOT_AVAILABLE", used: 0 });
    expect(late.opens_at?.toISOString()).toBe("2026-11-23T05:00:00.000Z");
    await world.renew({ now: "2026-11-18T23:30:00Z", reward });
    expect(await world.standing(who, reward, "2026-11-19T00:00:00Z")).toMatchObject({
      code: "NOT_AVAILABLE",
    });
    expect(await world.standing(who, reward, "2026-11-23T05:00:00Z")).toMatchObject({ status: "available" });
  });
});
