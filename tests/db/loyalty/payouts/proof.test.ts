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

  it("names a lifetime total that is not what videos and adjustments add up to", async () => {
    const { creatorId } = await world.member("noor");
    await world.sell(creatorId, "2026-03-01", 5_000, "v1");
    await world.db.pool.query(
      "insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, reason, effective_on) values ($1, $2, 'bonus', 700, 'A fair', '2026-03-02')",
      [world.clientId, creatorId],
    );
    const found = async () => {
      await world.db.pool.query("select private.loyalty_run_stages($1, '2026-03-03', null)", [world.clientId]);
      const { rows } = await world.db.pool.query(
        "select row_id, stored::float8, computed::float8 from public.loyalty_money_findings where gone_at is null and what = 'creator.total_sales'",
      );
      return rows as unknown[];
    };
    expect(await found()).toEqual([]);
    // A write past the pass: nobody marked her, so no night would have counted her until the weekly one.
    await world.db.pool.query("update public.loyalty_videos set gmv = gmv + 1");
    expect(await found()).toEqual([{ row_id: creatorId, stored: 5_700, computed: 5_701 }]);
    await world.db.pool.query("select private.loyalty_mark_dirty($1, array[$2::uuid], '2026-03-03')", [
      world.clientId,
      creatorId,
    ]);
    expect(await found()).toEqual([]);
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
