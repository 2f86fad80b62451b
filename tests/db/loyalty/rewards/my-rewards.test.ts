import { afterEach, describe, expect, it } from "vitest";
import { giftCard, rewardsWorld, type RewardsWorld } from "./world";

let world: RewardsWorld;
afterEach(() => world.db.drop());

const claim = (user: string, reward: string) =>
  world.call<{ id: string }>(user, "select public.loyalty_claim_reward($1, $2, '{}') as it", [reward]);
const statusOf = async (user: string, reward: string) =>
  (await world.mine(user)).rewards.find(({ id }) => id === reward)?.status;
const history = (user: string, cursor: unknown = null, limit = 20) =>
  world.call<{ items: { id: string; name: string; state: string }[]; next: unknown }>(
    user,
    "select public.loyalty_list_reward_history($1, $2, $3) as it",
    [cursor === null ? null : JSON.stringify(cursor), limit],
  );

describe("a creator's rewards", () => {
  it("say of each where she stands, with the rows that used a limit", async () => {
    world = await rewardsWorld();
    const { Silver, Bronze } = await world.tiers();
    const { user } = await world.member("noor");
    const card = await world.published({ ...giftCard, frequency: "monthly" });
    const early = await world.published({
      ...giftCard,
      name: "Silver card",
      tierId: Silver,
      previewFromTierId: Bronze,
    });
    await world.published({ ...giftCard, name: "Hidden card", tierId: Silver });
    const gone = await world.published({ ...giftCard, name: "Last one", stockTotal: 0 });
    const page = await world.mine(user);
    expect(page.rewards.map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        [card, "available"],
        [early, "locked"],
        [gone, "sold_out"],
      ]),
    );
    expect(page.rewards).toHaveLength(3);
    const { id } = await claim(user, card);
    expect(await statusOf(user, card)).toBe("claimed");
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = now() where id = $1",
      [id],
    );
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'concluded', concluded_at = now() where id = $1",
      [id],
    );
    const after = (await world.mine(user)).rewards.find((reward) => reward.id === card);
    expect(after).toMatchObject({ status: "limit_reached", claims: [{ id }] });
  });

  it("tell how many are left only when few are, and nothing of costs, caps and codes", async () => {
    world = await rewardsWorld();
    const { user } = await world.member("noor");
    const many = await world.published({ ...giftCard, stockTotal: 5000, budgetTotal: 987_654_321 });
    const few = await world.published({ ...giftCard, name: "Few", stockTotal: 3 });
    const endless = await world.published({ ...giftCard, name: "Endless" });
    const page = await world.mine(user);
    const left = (id: string) => page.rewards.find((reward) => reward.id === id)?.stockLeft;
    expect([left(many), left(few), left(endless)]).toEqual([null, 3, null]);
    expect(JSON.stringify(page)).not.toMatch(/987654321|unitCost|unit_cost|budget/);
  });

  it("are hers alone: another creator, staff and a stranger read nothing of them", async () => {
    world = await rewardsWorld();
    const noor = await world.member("noor");
    const lena = await world.member("lena");
    const card = await world.published(giftCard);
    const { id } = await claim(noor.user, card);
    expect((await world.mine(lena.user)).redemptions).toEqual([]);
    expect((await world.mine(world.owner)).creator).toBeNull();
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'Sent twice' where id = $1",
      [id],
    );
    expect((await history(noor.user)).items).toHaveLength(1);
    expect((await history(lena.user)).items).toEqual([]);
    const stranger = await world.db.createUser("stranger@elsewhere.test");
    await expect(world.mine(stranger)).rejects.toMatchObject({ code: "TN001" });
    await expect(history(stranger)).rejects.toMatchObject({ code: "TN001" });
  });

  it("keep the name and worth a claim was made under, whatever is edited afterwards", async () => {
    world = await rewardsWorld();
    const { user } = await world.member("noor");
    const card = await world.published(giftCard);
    await claim(user, card);
    await world.save({ ...giftCard, name: "$5 gift card", valueAmount: 500, unitCost: 500 }, { id: card });
    const [mine] = (await world.mine(user)).redemptions;
    expect(mine).toMatchObject({ name: "$25 gift card", valueAmount: 2500 });
    expect((await world.mine(user)).rewards[0]).toMatchObject({ name: "$5 gift card" });
  });

  it("keep the buyers' code of a discount from everybody who has not claimed it", async () => {
    world = await rewardsWorld();
    const { user } = await world.member("noor");
    await world.published({
      ...giftCard,
      kind: "discount",
      valueAmount: 0,
      unitCost: 0,
      name: "20% off",
      discountPercent: 20,
      discountMinutes: 60,
      couponCode: "GLOW20",
    });
    expect(JSON.stringify(await world.mine(user))).not.toContain("GLOW20");
    const discount = (await world.mine(user)).rewards[0]!.id;
    const slots = await world.call<{
      days: { date: string; slots: { time: string; reason: string | null }[] }[];
    }>(user, "select public.loyalty_read_slots($1, 'discount') as it");
    const day = slots.days.find((one) => one.slots.some(({ reason }) => reason === null))!;
    const time = day.slots.find(({ reason }) => reason === null)!.time;
    await world.call(user, "select public.loyalty_claim_reward($1, $2, $3) as it", [
      discount,
      JSON.stringify({ schedule: { date: day.date, time } }),
    ]);
    // Another code for claims to come: hers stays the one she was promised.
    await world.db.pool.query("update public.loyalty_reward_limits set coupon_code = 'OTHER'");
    expect((await world.mine(user)).redemptions).toMatchObject([{ couponCode: "GLOW20" }]);
    const rows = await world.db.asUser(user, (sql) =>
      sql.query("select * from public.loyalty_reward_limits"),
    );
    expect(rows.rowCount).toBe(0);
  });
});

describe("the reward history", () => {
  it("pages by the key: every line once, latest first, also when several ended at the same instant", async () => {
    world = await rewardsWorld();
    const { user, id } = await world.member("noor");
    const cards = [];
    for (let n = 0; n < 7; n += 1) cards.push(await world.published({ ...giftCard, name: `Card ${n}` }));
    await world.db.pool.query(
      `update public.loyalty_redemptions set state = 'expired', expired_at = '2026-11-10 12:00+00'::timestamptz
        + case when reward_id = any ($2::uuid[]) then interval '1 day' else interval '0' end where creator_id = $1`,
      [id, cards.slice(0, 2)],
    );
    const seen: string[] = [];
    let cursor: unknown = null;
    do {
      const page = await history(user, cursor, 2);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    } while (cursor !== null);
    expect([...seen].sort()).toEqual(cards.map((_, n) => `Card ${n}`));
    expect(seen.slice(0, 2).sort()).toEqual(["Card 0", "Card 1"]);
  });

  it("names what a demotion closed, of a tier she can no longer see", async () => {
    world = await rewardsWorld();
    const { Gold, Bronze } = await world.tiers();
    const { user, id } = await world.member("noor", { tier: "Gold" });
    await world.published({ ...giftCard, name: "Gold card", tierId: Gold });
    await world.db.pool.query("update public.loyalty_creators set tier_id = $2 where id = $1", [id, Bronze]);
    await world.db.pool.query("select private.loyalty_renew_offers($1, current_date)", [world.clientId]);
    const { items } = await history(user);
    expect(items).toMatchObject([{ name: "Gold card", withdrawnReason: "tier_change_3_to_1" }]);
    // Back again: the same offer is open, and the history has nothing to tell of it.
    await world.db.pool.query("update public.loyalty_creators set tier_id = $2 where id = $1", [id, Gold]);
    await world.db.pool.query("select private.loyalty_renew_offers($1, current_date)", [world.clientId]);
    expect((await history(user)).items).toEqual([]);
    expect((await world.mine(user)).rewards).toMatchObject([{ status: "available" }]);
  });
});

describe("the rewards of each tier", () => {
  it("are those at and below hers, for everybody, and shown early", async () => {
    world = await rewardsWorld();
    const { Bronze, Silver, Gold, Platinum } = await world.tiers();
    const { user } = await world.member("noor", { tier: "Silver" });
    for (const [name, tierId, previewFromTierId] of [
      ["all", null, null],
      ["bronze", Bronze, null],
      ["silver", Silver, null],
      ["gold hidden", Gold, null],
      ["platinum early", Platinum, Silver],
      ["platinum for gold", Platinum, Gold],
    ])
      await world.published({ ...giftCard, name: name!, tierId, previewFromTierId });
    await world.save({ ...giftCard, name: "a draft" });
    const rows = await world.call<{ name: string; isPreview: boolean }[]>(
      user,
      "select public.loyalty_read_tier_rewards($1) as it",
    );
    expect(rows.map(({ name, isPreview }) => `${name}${isPreview ? " *" : ""}`).sort()).toEqual([
      "all",
      "bronze",
      "platinum early *",
      "silver",
    ]);
  });
});

describe("the time of a claim", () => {
  it("is read by its creator and by staff, and by no other creator", async () => {
    world = await rewardsWorld();
    const noor = await world.member("noor");
    const lena = await world.member("lena");
    const boost = await world.published({
      ...giftCard,
      kind: "commission_boost",
      name: "5% boost",
      valueAmount: 0,
      unitCost: 0,
      boostBp: 500,
      boostDays: 30,
    });
    const slots = await world.call<{ days: { date: string; reason: string | null }[] }>(
      noor.user,
      "select public.loyalty_read_slots($1, 'commission_boost') as it",
    );
    const date = slots.days.find(({ reason }) => reason === null)!.date;
    const { id } = await world.call<{ id: string }>(
      noor.user,
      "select public.loyalty_claim_reward($1, $2, $3) as it",
      [boost, JSON.stringify({ schedule: { date } })],
    );
    const event = (as: string) =>
      world.call<{ sequence: number; scheduledAt: string } | null>(
        as,
        "select public.loyalty_read_redemption_event($1, $2) as it",
        [id],
      );
    expect(await event(noor.user)).toMatchObject({ name: "5% boost", sequence: 0 });
    expect(await event(world.owner)).toMatchObject({ name: "5% boost" });
    expect(await event(lena.user)).toBeNull();
  });
});
