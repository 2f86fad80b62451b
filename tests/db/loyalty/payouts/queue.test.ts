import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { moneyWorld, type MoneyWorld } from "./world";

let world: MoneyWorld;
beforeEach(async () => {
  world = await moneyWorld({ clearing: 0 });
});
afterEach(() => world.db.drop());

interface Item {
  kind: string;
  handle: string;
  payoutState: string | null;
}
const queue = async () => {
  const { items } = await world.ask<{ items: Item[] }>(world.owner, "loyalty_read_work", {});
  return items
    .filter(({ kind }) => kind === "boost_payout")
    .map(({ handle, payoutState }) => `${handle} ${payoutState}`)
    .sort();
};

describe("boosts to pay, in today's work", () => {
  it("are those that can be paid, and say how far their payment is", async () => {
    const settings = (minimum: number) => world.settings({ payout_minimum: minimum });
    await settings(1_000);
    for (const [handle, amount] of [
      ["noor", 5_000],
      ["small", 900],
    ] as const) {
      const { userId, creatorId } = await world.member(handle);
      await world.account(userId, handle);
      await world.owed(creatorId, amount);
    }
    expect(await queue()).toEqual(["noor pending"]);
    await settings(900);
    expect(await queue()).toEqual(["noor pending", "small pending"]);

    const id = await world.ask<string>(world.owner, "loyalty_make_batch", {
      p_method: "paypal",
      p_creators: null,
    });
    expect(await queue()).toEqual(["noor batched", "small batched"]);
    for (const step of ["approve", "send"])
      await world.ask(world.owner, "loyalty_step_batch", { p_batch: id, p_step: step });
    expect(await queue()).toEqual(["noor sent", "small sent"]);
    const mark = (creator: string, step: string) =>
      world.db.pool
        .query<{ id: string }>(
          "select m.id from public.loyalty_payments m join public.loyalty_creators c on c.id = m.creator_id where c.handle = $1",
          [creator],
        )
        .then(({ rows }) =>
          world.ask(world.owner, "loyalty_step_payments", {
            p_batch: id,
            p_payments: [rows[0]!.id],
            p_step: step,
            p_reference: null,
            p_reason: step === "failed" ? "The account is closed." : null,
          }),
        );
    await mark("noor", "paid");
    await mark("small", "failed");
    expect(await queue()).toEqual(["small failed"]);
  });
});
