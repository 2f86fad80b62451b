import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { moneyWorld, type MoneyWorld } from "./world";

let world: MoneyWorld;
beforeEach(async () => {
  world = await moneyWorld({ clearing: 0 });
});
afterEach(() => world.db.drop());

/** One creator who is owed fifty, in a batch. */
async function batched() {
  const { userId, creatorId } = await world.member("noor");
  await world.account(userId, "noor");
  await world.owed(creatorId, 5_000);
  await world.ask(world.owner, "loyalty_make_batch", { p_method: "paypal", p_creators: null });
}
const told = async () =>
  (
    await world.db.pool.query<{ key: string }>(
      "select dedupe_key as key from private.notification_requests where type = 'loyalty.money-mismatch'",
    )
  ).rows;

describe("the nightly proof", () => {
  it("names a stored sum that is not what its rows say", async () => {
    await batched();
    expect(await world.mismatches()).toEqual([]);
    await world.db.pool.query("update public.loyalty_payout_batches set total_amount = 4999");
    await world.db.pool.query(
      "alter table public.loyalty_payments disable trigger t20_immutable; update public.loyalty_payments set amount = 4998",
    );
    expect(await world.mismatches()).toMatchObject([
      { what: "payment.amount", stored: "4998", computed: "5000" },
      { what: "batch.total_amount", stored: "4999", computed: "4998" },
    ]);
  });

  it("tells those who pay of each once, and again when it was mended and came back", async () => {
    await batched();
    const { id } = await world.one<{ id: string }>("select id from public.loyalty_payout_batches");
    const total = (amount: number) =>
      world.db.pool.query("update public.loyalty_payout_batches set total_amount = $1", [amount]);
    const night = async () =>
      (
        await world.one<{ it: { mismatches: number } }>(
          "select private.loyalty_advance_boosts($1, current_date) as it",
          [world.clientId],
        )
      ).it.mismatches;
    expect([await night(), await told()]).toEqual([0, []]);
    await total(4_999);
    expect([await night(), await night()]).toEqual([1, 1]);
    expect(await told()).toHaveLength(1);
    const { data, permission } = await world.one<{ data: unknown; permission: string }>(
      "select data, permission from private.notification_requests where type = 'loyalty.money-mismatch'",
    );
    expect(permission).toBe("loyalty.payouts.write");
    expect(data).toEqual({
      count: 1,
      currency: "USD",
      items: [{ what: "batch.total_amount", rowId: id, stored: 4_999, computed: 5_000 }],
    });
    const list = () =>
      world.ask<{ findings: unknown[] }>(world.owner, "loyalty_list_money", {
        p_view: "due",
        p_cursor: null,
        p_limit: 10,
      });
    expect((await list()).findings).toMatchObject([{ what: "batch.total_amount", rowId: id }]);
    // Another wrong sum is another mismatch.
    await total(4_998);
    expect([await night(), (await told()).length]).toEqual([1, 2]);
    await total(5_000);
    expect([await night(), (await list()).findings]).toEqual([0, []]);
    await total(4_999);
    await night();
    expect(await told()).toHaveLength(3);
  });

  it("tells once when nights run at the same time", async () => {
    await batched();
    await world.db.pool.query("update public.loyalty_payout_batches set total_amount = 4999");
    await Promise.all(
      Array.from({ length: 8 }, () =>
        world.db.pool.query("select private.loyalty_note_mismatches($1)", [world.clientId]),
      ),
    );
    expect(await told()).toHaveLength(1);
  });
});
