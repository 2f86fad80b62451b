import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { address, type ClaimsWorld, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
beforeAll(async () => {
  world = await claimsWorld();
});
afterAll(() => world.db.drop());

let serial = 0;
const fresh = (rank = 1) => world.member(`creator${(serial += 1)}`, rank);
const now = "2026-11-23T15:00:00Z"; // A Monday, 10:00 in New York.

describe("a claim", () => {
  it("keeps the terms of the moment: a later edit, demotion or pause changes nothing", async () => {
    const who = await fresh(2);
    const reward = await world.reward(
      { tier_id: world.tier(2), name: "Card of 25", instructions: "By mail", frequency: "monthly" },
      { unit_cost: 2400 },
    );
    const claim = await world.claim(who, reward, {}, now);
    expect(claim).toMatchObject({
      state: "claimed",
      name: "Card of 25",
      instructions: "By mail",
      valueAmount: 2500,
      currency: "USD",
      isRepeat: false,
      dueAt: "2026-11-24T15:00:00+00:00",
    });
    await world.db.pool.query(
      "update public.loyalty_rewards set name = 'Card of 5', value_amount = 500, state = 'paused' where id = $1",
      [reward],
    );
    await world.move(who.id, 1);
    await world.renew();
    const [row] = await world.redemptions(who, reward);
    expect(row).toMatchObject({
      id: claim.id,
      state: "claimed",
      withdrawn_reason: null,
      reward_version: 1,
      terms: { name: "Card of 25", valueAmount: 2500, tierName: "Silver", tierRank: 2 },
      window_key: "month:2026-11",
      slot_no: 1,
    });
  });

  it("is answered with the first when it is the same, and refused when it is another", async () => {
    const who = await fresh();
    const gift = await world.reward({
      kind: "physical_gift",
      requires_size: true,
      sizes: ["S", "M"],
      frequency: "weekly",
      quantity: 3,
    });
    const first = await world.claim(who, gift, { size: "M", shipping: address });
    const again = await world.claim(who, gift, {
      shipping: { ...address, line1: " 1 Quay Street " },
      size: "M",
    });
    expect(again).toMatchObject({ id: first.id, isRepeat: true, size: "M" });
    for (const other of [
      { size: "S", shipping: address },
      { size: "M", shipping: { ...address, line1: "2 Quay Street" } },
      {},
    ])
      expect(await codeOf(world.claim(who, gift, other))).toBe("ACTIVE_CLAIM_EXISTS");
    // Sizes of the reward may change under an open claim: her second click is still her first claim.
    await world.db.pool.query("update public.loyalty_rewards set sizes = '{L}' where id = $1", [gift]);
    expect(await world.claim(who, gift, { size: "M", shipping: address })).toMatchObject({ id: first.id });
    expect(await world.redemptions(who, gift)).toHaveLength(1);
  });

  it("takes the places of a window one by one and frees that of a rejected claim", async () => {
    const who = await fresh();
    const reward = await world.reward({ frequency: "weekly", quantity: 2 });
    const first = await world.claim(who, reward, {}, now);
    await world.step(first.id, "fulfilled");
    expect(await codeOf(world.claim(who, reward, { other: 1 }, now))).toBe("none");
    await world.step(first.id, "concluded");
    const second = await world.claim(who, reward, {}, now);
    await world.step(second.id, "rejected");
    const third = await world.claim(who, reward, {}, now);
    expect((await world.redemptions(who, reward)).map(({ state, slot_no }) => `${state} ${slot_no}`)).toEqual(
      expect.arrayContaining(["concluded 1", "rejected 2", "claimed 2"]),
    );
    await world.step(third.id, "fulfilled");
    await world.step(third.id, "concluded");
    expect(await codeOf(world.claim(who, reward, {}, now))).toBe("LIMIT_REACHED");
    expect(await codeOf(world.claim(who, reward, {}, "2026-11-30T05:00:00Z"))).toBe("none");
  });

  it("reserves, commits and gives back stock and budget, whoever moves it", async () => {
    const [one, two] = [await fresh(), await fresh()];
    const reward = await world.reward({}, { stock_total: 2, unit_cost: 100, budget_total: 200 });
    const first = await world.claim(one, reward);
    const second = await world.claim(two, reward);
    expect(await world.limits(reward)).toEqual({
      reserved_count: 2,
      committed_count: 0,
      reserved_amount: 200,
      committed_amount: 0,
    });
    await world.step(first.id, "fulfilled");
    await world.step(second.id, "rejected");
    expect(await world.limits(reward)).toEqual({
      reserved_count: 0,
      committed_count: 1,
      reserved_amount: 0,
      committed_amount: 100,
    });
    // Taking a step back moves it back; concluding moves nothing.
    await world.step(first.id, "concluded");
    await world.step(first.id, "fulfilled");
    await world.step(first.id, "claimed");
    expect(await world.limits(reward)).toMatchObject({ reserved_count: 1, committed_count: 0 });
  });

  it("of a boost reserves a piece and no budget: it costs what it pays out", async () => {
    const who = await fresh();
    const reward = await world.reward({ kind: "commission_boost" }, { stock_total: 5, unit_cost: 100 });
    await world.claim(who, reward, { schedule: { date: "2026-11-24" } }, now);
    expect(await world.limits(reward)).toMatchObject({ reserved_count: 1, reserved_amount: 0 });
  });

  it("writes the gift with its address, and refuses what is missing with the field it belongs to", async () => {
    const who = await fresh();
    const gift = await world.reward({ kind: "physical_gift", requires_size: true, sizes: ["S", "M"] });
    expect(await codeOf(world.claim(who, gift, { shipping: address }))).toBe("SIZE_REQUIRED");
    expect(await codeOf(world.claim(who, gift, { shipping: address, size: "XL" }))).toBe("SIZE_INVALID");
    expect(await codeOf(world.claim(who, gift, { size: "M" }))).toBe("SHIPPING_INFO_REQUIRED");
    for (const wrong of [
      { recipient: "" },
      { line1: "x" },
      { city: " " },
      { postalCode: "1" },
      { country: "Utopia" },
      { phone: "1" },
    ])
      expect(
        await codeOf(world.claim(who, gift, { size: "M", shipping: { ...address, ...wrong } })),
        JSON.stringify(wrong),
      ).toBe("SHIPPING_INFO_REQUIRED");
    const { id } = await world.claim(who, gift, { size: "M", shipping: { ...address, country: "us" } });
    expect(
      await world.one(
        "select size, recipient, country, creator_id from public.loyalty_gifts where redemption_id = $1",
        [id],
      ),
    ).toEqual({ size: "M", recipient: "Noor Haddad", country: "US", creator_id: who.id });
  });

  it("says why it is refused with the code of its standing", async () => {
    const who = await fresh(1);
    const gold = await world.reward({ tier_id: world.tier(3) });
    const paused = await world.reward({});
    await world.db.pool.query("update public.loyalty_rewards set state = 'paused' where id = $1", [paused]);
    const gone = await world.reward({}, { stock_total: 0 });
    const spent = await world.reward({}, { unit_cost: 10, budget_total: 9 });
    const quiet = { id: await world.creator("quietly", "2026-06-01"), userId: "" };
    expect(await codeOf(world.claim(who, gold))).toBe("TIER_INELIGIBLE");
    expect(await codeOf(world.claim(who, paused))).toBe("NOT_AVAILABLE");
    expect(await codeOf(world.claim(who, gone))).toBe("SOLD_OUT");
    expect(await codeOf(world.claim(who, spent))).toBe("BUDGET_SPENT");
    expect(await codeOf(world.claim(quiet, await world.reward({})))).toBe("NOT_RECOGNISED");
    expect(await codeOf(world.claim(who, await world.reward({ state: "draft" })))).toBe("NOT_FOUND");
    expect(await world.redemptions(who)).toEqual([]);
  });

  it("is nobody's but the caller's, in no other business, and not of somebody who is no creator", async () => {
    const reward = await world.reward({});
    const other = await claimsWorld({ slug: "ebb" });
    try {
      const foreign = await other.reward({});
      expect(await codeOf(world.claimSigned(world.noor, foreign))).toBe("NOT_FOUND");
      expect(
        await codeOf(
          world.as(world.noor, (db) =>
            db.query("select public.loyalty_claim_reward($1, $2)", [other.clientId, foreign]),
          ),
        ),
      ).toBe("NOT_FOUND");
      const earned = await world.earn(await fresh(), reward);
      expect(
        await codeOf(
          world.as(world.noor, (db) =>
            db.query("select public.loyalty_claim_redemption($1, $2)", [world.clientId, earned]),
          ),
        ),
      ).toBe("NOT_FOUND");
    } finally {
      await other.db.drop();
    }
  });

  it("survives anything that is sent as details", async () => {
    const who = await fresh();
    const boost = await world.reward({ kind: "commission_boost" });
    const gift = await world.reward({ kind: "physical_gift" });
    for (const details of [
      null,
      [],
      "x",
      1,
      { schedule: [] },
      { schedule: { date: 5 } },
      { schedule: { date: {} } },
    ])
      expect(await codeOf(world.claim(who, boost, details as object)), JSON.stringify(details)).toMatch(
        /^(SCHEDULING_REQUIRED|INVALID_SCHEDULE)$/,
      );
    for (const details of [null, { shipping: 5 }, { shipping: [] }, { shipping: { recipient: {} } }])
      expect(await codeOf(world.claim(who, gift, details as object)), JSON.stringify(details)).toBe(
        "SHIPPING_INFO_REQUIRED",
      );
  });
});

describe("what a mission gave", () => {
  it("is claimed whatever the tier and the limit, and the same claim again is the first", async () => {
    const who = await fresh(1);
    const reward = await world.reward({ tier_id: world.tier(3) });
    const earned = await world.earn(who, reward);
    const first = await world.claimEarned(earned);
    expect(first).toMatchObject({ id: earned, state: "claimed", isRepeat: false });
    expect(await world.claimEarned(earned)).toMatchObject({ id: earned, isRepeat: true });
    const [row] = await world.redemptions(who, reward);
    expect(row).toMatchObject({ window_key: null, slot_no: null });
  });

  it("does not stand in the way of an offer of the tier", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    const earned = await world.earn(who, reward);
    const own = await world.claim(who, reward);
    expect((await world.claimEarned(earned)).id).not.toBe(own.id);
    expect((await world.redemptions(who, reward)).filter(({ state }) => state === "claimed")).toHaveLength(2);
  });

  it("lapses at its date and not before, and is refused on hold", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    const earned = await world.earn(who, reward, "2026-11-24T00:00:00Z");
    expect(await codeOf(world.claimEarned(earned, {}, "2026-11-24T00:00:00Z"))).toBe("NOT_AVAILABLE");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where id = $1", [earned]);
    expect(await codeOf(world.claimEarned(earned, {}, "2026-11-23T23:00:00Z"))).toBe("ON_HOLD");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = false where id = $1", [
      earned,
    ]);
    expect(await codeOf(world.claimEarned(earned, {}, "2026-11-23T23:59:59Z"))).toBe("none");
  });

  it("still takes of the stock, and says so when there is none", async () => {
    const who = await fresh();
    const reward = await world.reward({}, { stock_total: 0 });
    const earned = await world.earn(who, reward);
    expect(await codeOf(world.claimEarned(earned))).toBe("SOLD_OUT");
    expect((await world.redemptions(who, reward))[0]?.state).toBe("claimable");
  });
});
