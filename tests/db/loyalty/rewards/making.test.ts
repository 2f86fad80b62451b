import { afterEach, describe, expect, it } from "vitest";
import { giftCard, rewardsWorld, type RewardsWorld } from "./world";

let world: RewardsWorld;
afterEach(() => world.db.drop());

/** What a claim does to the caps, without a claim. */
const use = (id: string, reserved: number, committed: number) =>
  world.db.pool.query(
    "update public.loyalty_reward_limits set reserved_count = $2, committed_count = $3 where reward_id = $1",
    [id, reserved, committed],
  );

describe("a reward as its owner makes it", () => {
  it("begins as a draft whose default limit agrees with itself, and is seen by no creator", async () => {
    world = await rewardsWorld();
    const { user } = await world.member("noor");
    const bare = await world.one<{ frequency: string; quantity: number }>(
      `insert into public.loyalty_rewards (client_id, kind, name, value_amount) values ($1, 'gift_card', 'Bare', 100)
       returning frequency, quantity`,
      [world.clientId],
    );
    expect(bare).toEqual({ frequency: "one_time", quantity: 1 });
    const id = await world.save(giftCard);
    expect((await world.read(id)).state).toBe("draft");
    expect((await world.mine(user)).rewards).toEqual([]);
  });

  it("is made by those who may, and by no one else", async () => {
    world = await rewardsWorld();
    const support = (await world.person("support", "sam")).user;
    const { user } = await world.member("noor");
    const id = await world.save(giftCard);
    for (const as of [support, user]) {
      await expect(world.save(giftCard, { as })).rejects.toMatchObject({ code: "PM001" });
      await expect(world.save(giftCard, { as, id })).rejects.toMatchObject({ code: "PM001" });
      await expect(world.step(id, "publish", { as })).rejects.toMatchObject({ code: "PM001" });
    }
    const stranger = await world.db.createUser("stranger@elsewhere.test");
    await expect(world.save(giftCard, { as: stranger })).rejects.toMatchObject({ code: "TN001" });
    await expect(world.read(id, user)).rejects.toMatchObject({ code: "PM001" });
    expect((await world.read(id, support)).name).toBe("$25 gift card");
  });

  it("refuses the second of two edits begun on the same revision, and keeps the first", async () => {
    world = await rewardsWorld();
    const id = await world.save(giftCard);
    const { revision } = await world.read(id);
    await world.save({ ...giftCard, name: "First tab" }, { id, revision });
    await expect(world.save({ ...giftCard, name: "Second tab" }, { id, revision })).rejects.toMatchObject({
      code: "ST002",
    });
    expect((await world.read(id)).name).toBe("First tab");
    // Both at once: one waits for the other and then sees that it is late.
    const now = (await world.read(id)).revision;
    const answers = await Promise.allSettled(
      ["A tab", "B tab", "C tab"].map((name) => world.save({ ...giftCard, name }, { id, revision: now })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("counts a version for changed terms and none for a changed cap", async () => {
    world = await rewardsWorld();
    const id = await world.save(giftCard);
    const before = await world.read(id);
    await world.save({ ...giftCard, stockTotal: 10 }, { id });
    expect((await world.read(id)).version).toBe(before.version);
    await world.save({ ...giftCard, stockTotal: 10, valueAmount: 3000, unitCost: 3000 }, { id });
    expect((await world.read(id)).version).toBe(before.version + 1);
  });

  it("never lowers a cap below what is claimed, also while claims are being made", async () => {
    world = await rewardsWorld();
    const id = await world.save({ ...giftCard, stockTotal: 20, budgetTotal: 50_000 });
    await use(id, 3, 4);
    await expect(world.save({ ...giftCard, stockTotal: 6 }, { id })).rejects.toThrow(
      "7 are claimed already (3 waiting, 4 fulfilled)",
    );
    await world.db.pool.query(
      "update public.loyalty_reward_limits set reserved_amount = 9000 where reward_id = $1",
      [id],
    );
    await expect(
      world.save({ ...giftCard, stockTotal: 20, budgetTotal: 8999 }, { id }),
    ).rejects.toMatchObject({
      code: "VA001",
      detail: "budgetTotal",
    });
    await world.save({ ...giftCard, stockTotal: 7, budgetTotal: 9000 }, { id });
    // A claim takes a piece and is not committed yet: the edit waits for it instead of reading the old count.
    await world.save({ ...giftCard, stockTotal: 20 }, { id });
    const claim = await world.db.pool.connect();
    await claim.query("begin");
    await claim.query("update public.loyalty_reward_limits set reserved_count = 15 where reward_id = $1", [
      id,
    ]);
    const edit = world.save({ ...giftCard, stockTotal: 7 }, { id }).catch((error: Error) => error.message);
    await new Promise((done) => setTimeout(done, 150));
    await claim.query("commit");
    claim.release();
    expect(await edit).toContain("19 are claimed already");
  });

  it.each([
    ["a budget without a cost", { budgetTotal: 1000, unitCost: 0 }, "unitCost"],
    ["a code on a gift card", { couponCode: "GLOW20" }, "couponCode"],
    ["a tier of nowhere", { tierId: "7b0f5f37-0000-4000-8000-000000000000" }, "tierId"],
    ["the same size twice", { kind: "physical_gift", sizes: ["M", "m"] }, "sizes"],
    [
      "a budget on a boost",
      { kind: "commission_boost", boostBp: 500, boostDays: 30, valueAmount: 0, budgetTotal: 1000 },
      "budgetTotal",
    ],
    [
      "a discount without a code",
      { kind: "discount", discountPercent: 20, discountMinutes: 60, valueAmount: 0, couponCode: null },
      "couponCode",
    ],
  ])("refuses %s and says where", async (_what, patch, detail) => {
    world = await rewardsWorld();
    await expect(world.save({ ...giftCard, ...patch })).rejects.toMatchObject({ code: "VA001", detail });
  });

  it("keeps the early showing below the tier, and drops it with the tier", async () => {
    world = await rewardsWorld();
    const { Silver, Gold } = await world.tiers();
    await expect(world.save({ ...giftCard, tierId: Silver, previewFromTierId: Gold })).rejects.toMatchObject({
      code: "VA001",
      detail: "previewFromTierId",
    });
    const id = await world.save({ ...giftCard, tierId: Gold, previewFromTierId: Silver });
    await expect(world.save({ ...giftCard, previewFromTierId: Silver }, { id })).rejects.toMatchObject({
      code: "23514",
    });
  });

  it("keeps its kind", async () => {
    world = await rewardsWorld();
    const id = await world.save(giftCard);
    await expect(world.save({ ...giftCard, kind: "ads_credit" }, { id })).rejects.toMatchObject({
      code: "VA001",
    });
  });

  it("is copied with its caps and without its claims", async () => {
    world = await rewardsWorld();
    const id = await world.published({ ...giftCard, stockTotal: 20, budgetTotal: 90_000 });
    await use(id, 2, 3);
    const copy = await world.call<string>(
      world.owner,
      "select public.loyalty_duplicate_reward($1, $2) as it",
      [id],
    );
    expect(await world.read(copy)).toMatchObject({
      name: "$25 gift card (copy)",
      state: "draft",
      limits: { stockTotal: 20, budgetTotal: 90_000, reservedCount: 0, committedCount: 0 },
    });
  });
});

describe("the steps of a reward", () => {
  it("publish, pause, resume and archive, each once", async () => {
    world = await rewardsWorld();
    const id = await world.save(giftCard);
    await expect(world.step(id, "resume")).rejects.toMatchObject({ code: "ST001" });
    expect((await world.step(id, "publish")).state).toBe("published");
    await expect(world.step(id, "publish")).rejects.toMatchObject({ code: "ST003" });
    expect((await world.step(id, "pause")).state).toBe("paused");
    expect((await world.step(id, "resume")).state).toBe("published");
    expect((await world.step(id, "archive")).state).toBe("archived");
    await expect(world.save(giftCard, { id })).rejects.toMatchObject({ code: "ST001" });
    await expect(world.step(id, "nonsense")).rejects.toMatchObject({ code: "VA001" });
  });

  it("cannot end what an open mission pays", async () => {
    world = await rewardsWorld();
    const id = await world.published({ ...giftCard, offer: "mission" });
    await world.db.pool.query(
      "insert into public.loyalty_missions (client_id, kind, name, target, reward_id) values ($1, 'videos', 'Ten videos', 10, $2)",
      [world.clientId, id],
    );
    await world.db.pool.query("update public.loyalty_missions set state = 'published', published_at = now()");
    await expect(world.step(id, "archive")).rejects.toThrow("One open mission pays this reward");
  });

  it("say before publishing exactly who gets an offer, and afterwards they have one", async () => {
    world = await rewardsWorld();
    const { Silver, Gold } = await world.tiers();
    for (const name of ["ada", "bea"]) await world.member(name, { tier: "Gold" });
    await world.member("cleo", { tier: "Gold", isSeen: false });
    await world.member("dora", { tier: "Silver" });
    await world.member("edda", { tier: "Bronze" });
    const id = await world.save({ ...giftCard, tierId: Gold, previewFromTierId: Silver });
    const reach = await world.call<Record<string, number>>(
      world.owner,
      "select public.loyalty_preview_reward($1, $2, null, $3, $4) as it",
      [Gold, Silver, id],
    );
    expect(reach).toEqual({ reached: 2, unrecognised: 1, early: 1, openOffers: 0, openClaims: 0 });
    expect((await world.step(id, "publish")).openOffers).toBe(2);
    expect((await world.step(id, "pause")).openOffers).toBe(0);
    expect((await world.step(id, "resume")).openOffers).toBe(2);
    expect((await world.step(id, "archive")).openOffers).toBe(0);
  });
});
