import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcome } from "../../../support/ask";
import { fulfilmentWorld, type FulfilmentWorld } from "./fulfilment-world";

let world: FulfilmentWorld;
beforeAll(async () => {
  world = await fulfilmentWorld();
});
afterAll(() => world.db.drop());

const reason = { reason: "The address does not exist" };
const limits = (rewardId: string) =>
  world.one<{ reserved: number; spent: number }>(
    "select reserved_count as reserved, reserved_amount::int as spent from public.loyalty_reward_limits where reward_id = $1",
    [rewardId],
  );
const rewardOf = (id: string) =>
  world
    .one<{ id: string }>("select reward_id as id from public.loyalty_redemptions where id = $1", [id])
    .then((row) => row.id);
const cap = (rewardId: string, stock: number) =>
  world.db.pool.query("update public.loyalty_reward_limits set stock_total = $2 where reward_id = $1", [
    rewardId,
    stock,
  ]);
async function rejected(kind?: string, more?: Record<string, unknown>): Promise<string> {
  const id = await world.claim(world.noor, kind, more);
  await world.step(id, "reject", reason);
  return id;
}
const tell = async (id: string, state: string) =>
  (
    await world.one<{ told: boolean }>("select private.loyalty_tell_claim($1, $2, $3) as told", [
      world.clientId,
      id,
      state,
    ])
  ).told;

describe("a rejection that is taken back", () => {
  it("stands as it was claimed, with its stock and budget reserved again", async () => {
    const id = await rejected();
    const rewardId = await rewardOf(id);
    expect(await limits(rewardId)).toEqual({ reserved: 0, spent: 0 });
    expect(await world.step(id, "undo", { from: "rejected" })).toEqual({ id, state: "claimed" });
    expect(await limits(rewardId)).toEqual({ reserved: 1, spent: 2500 });
    expect(
      await world.one("select rejected_at, rejection_reason from public.loyalty_redemptions where id = $1", [
        id,
      ]),
    ).toEqual({ rejected_at: null, rejection_reason: null });
    await world.step(id, "fulfil");
    expect(await world.stateOf(id)).toBe("fulfilled");
  });

  it("is refused after a day, and once what it had reserved is used, with what is missing", async () => {
    const old = await rejected();
    await world.db.pool.query(
      "update public.loyalty_redemptions set rejected_at = now() - interval '25 hours' where id = $1",
      [old],
    );
    expect(await outcome(world.step(old, "undo"))).toBe("ST001");
    const gone = await rejected();
    await cap(await rewardOf(gone), 1);
    await world.claim(await world.creator("quick"), "gift_card", { rewardId: await rewardOf(gone) });
    await expect(world.step(gone, "undo")).rejects.toMatchObject({
      code: "QT002",
      hint: "SOLD_OUT",
      message: "What it had reserved is used by now: none are left, or the budget is spent. Raise it first.",
    });
    expect(await world.stateOf(gone)).toBe("rejected");
    await cap(await rewardOf(gone), 2);
    await world.step(gone, "undo");
    expect(await limits(await rewardOf(gone))).toMatchObject({ reserved: 2 });
  });

  it("is refused while she has the reward again, and once her limit is used; an offer opened meanwhile waits", async () => {
    const again = await rejected();
    const open = await world.claim(world.noor, "gift_card", { rewardId: await rewardOf(again) });
    await expect(world.step(again, "undo")).rejects.toMatchObject({
      code: "ST001",
      hint: "ACTIVE_CLAIM_EXISTS",
    });
    expect(await world.stateOf(open)).toBe("claimed");
    const once = await world.reward("gift_card", { frequency: "one_time", quantity: 1 });
    const used = await rejected("gift_card", { rewardId: once, window_key: "ever", slot_no: 1 });
    const second = await world.claim(world.noor, "gift_card", {
      rewardId: once,
      window_key: "ever",
      slot_no: 1,
    });
    await world.step(second, "fulfil");
    await world.step(second, "conclude");
    await expect(world.step(used, "undo")).rejects.toMatchObject({ code: "QT002", hint: "LIMIT_REACHED" });
    const offered = await rejected();
    await world.db.pool.query(
      `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind) values ($1, $2, $3, 'gift_card')`,
      [world.clientId, world.noor.id, await rewardOf(offered)],
    );
    await world.step(offered, "undo");
    expect(
      await world.one(
        "select withdrawn_reason from public.loyalty_redemptions where reward_id = $1 and state = 'claimable'",
        [await rewardOf(offered)],
      ),
    ).toEqual({ withdrawn_reason: "limit_reached" });
  });

  it("brings a boost back into its evening, unless that is over, full or another boost of hers is planned", async () => {
    const later = {
      scheduled_at: new Date(Date.now() + 86_400_000),
      ends_at: new Date(Date.now() + 8 * 86_400_000),
    };
    const boost = await rejected("commission_boost", later);
    const stateOf = (id: string) =>
      world.one<{ state: string }>("select state from public.loyalty_boosts where redemption_id = $1", [id]);
    expect((await stateOf(boost)).state).toBe("cancelled");
    const another = await world.claim(world.noor, "commission_boost", later);
    await expect(world.step(boost, "undo")).rejects.toMatchObject({
      code: "ST001",
      hint: "ACTIVE_CLAIM_EXISTS",
    });
    expect((await stateOf(boost)).state).toBe("cancelled");
    await world.step(another, "reject", reason);
    await world.db.pool.query("update public.loyalty_settings set boost_capacity = 1 where client_id = $1", [
      world.clientId,
    ]);
    const theirs = await world.claim(await world.creator("full"), "commission_boost", later);
    await expect(world.step(boost, "undo")).rejects.toMatchObject({ code: "QT002", hint: "SLOT_FULL" });
    await world.step(theirs, "reject", reason);
    await world.step(boost, "undo");
    expect((await stateOf(boost)).state).toBe("scheduled");
    expect(
      await world.one("select state, calendar_sequence from public.loyalty_redemptions where id = $1", [
        boost,
      ]),
    ).toEqual({ state: "claimed", calendar_sequence: 2 });
    const over = await rejected("discount");
    await expect(world.step(over, "undo")).rejects.toMatchObject({ code: "ST001", hint: "INVALID_SCHEDULE" });
  });

  it("leaves what a hold rejected to those who resolve holds, and is on hold with its creator", async () => {
    const cleo = await world.creator("cleo");
    const id = await world.claim(cleo);
    const ask = (as: string, name: string, values: unknown[]) =>
      world.db.asUser(as, (db) =>
        db.query<{ id: string }>(
          `select public.${name}(${values.map((_, at) => `$${at + 1}`).join(", ")}) as id`,
          values,
        ),
      );
    const hold = (await ask(world.owner, "loyalty_hold_creator", [world.clientId, cleo.id, "Looks made up"]))
      .rows[0];
    await ask(world.owner, "loyalty_resolve_hold", [world.clientId, hold?.id, "uphold", "It was", [cleo.id]]);
    expect(await world.stateOf(id)).toBe("rejected");
    expect(await outcome(world.step(id, "undo", {}, world.manager))).toBe("PM001");
    await ask(world.owner, "loyalty_hold_creator", [world.clientId, cleo.id, "Once more"]);
    await world.step(id, "undo", {}, world.owner);
    expect(
      await world.one("select state, is_held from public.loyalty_redemptions where id = $1", [id]),
    ).toEqual({
      state: "claimed",
      is_held: true,
    });
  });

  it("of fifty at once is done once", async () => {
    const id = await rejected();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        outcome(world.step(id, "undo", { from: "rejected" }, at % 2 ? world.owner : world.manager)),
      ),
    );
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "ST002")).toHaveLength(49);
    expect(await limits(await rewardOf(id))).toMatchObject({ reserved: 1 });
  });
});

describe("what she hears of it", () => {
  const heard = async (id: string) =>
    (
      await world.db.pool.query<{ type: string }>(
        "select type from private.notification_requests where data ->> 'redemptionId' = $1 order by created_at, type",
        [id],
      )
    ).rows.map(({ type }) => type.replace("loyalty.", ""));

  it("is nothing when it was taken back within two minutes", async () => {
    const id = await rejected();
    await world.step(id, "undo");
    expect([await tell(id, "rejected"), await tell(id, "restored")]).toEqual([false, false]);
    expect(await heard(id)).toEqual([]);
  });

  it("is that it stands again when she was told, once for each time", async () => {
    const id = await rejected();
    expect(await tell(id, "rejected")).toBe(true);
    await world.step(id, "undo");
    expect(await tell(id, "restored")).toBe(true);
    await tell(id, "restored");
    expect(await heard(id)).toEqual(["reward-rejected", "reward-restored"]);
    await world.step(id, "reject", reason);
    await world.db.pool.query(
      "update public.loyalty_redemptions set rejected_at = rejected_at + interval '1 minute' where id = $1",
      [id],
    );
    await tell(id, "rejected");
    expect(await heard(id)).toEqual(["reward-rejected", "reward-restored", "reward-rejected"]);
  });
});
