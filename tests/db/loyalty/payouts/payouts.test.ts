import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../../../support/ask";
import { moneyWorld, type MoneyWorld } from "./world";

let world: MoneyWorld;
beforeEach(async () => {
  world = await moneyWorld({ clearing: 0 });
});
afterEach(() => world.db.drop());

const batch = (method = "paypal", creators: string[] | null = null) =>
  world.ask<string>(world.owner, "loyalty_make_batch", { p_method: method, p_creators: creators });
const step = (id: string, name: string) =>
  world.ask<string>(world.owner, "loyalty_step_batch", { p_batch: id, p_step: name });
const mark = (
  id: string,
  name: string,
  more: { payments?: string[]; reference?: string; reason?: string } = {},
) =>
  world.ask<number>(world.owner, "loyalty_step_payments", {
    p_batch: id,
    p_payments: more.payments ?? null,
    p_step: name,
    p_reference: more.reference ?? null,
    p_reason: more.reason ?? null,
  });
const clawBack = (payout: string, amount: number, reason = "The order was returned.") =>
  world.ask<string>(world.owner, "loyalty_claw_back_payout", {
    p_payout: payout,
    p_amount: amount,
    p_reason: reason,
  });
const payments = async () =>
  (
    await world.db.pool.query<{
      id: string;
      batch_id: string;
      creator_id: string;
      amount: number;
      state: string;
    }>(
      "select id, batch_id, creator_id, amount::float8, state from public.loyalty_payments order by created_at, amount",
    )
  ).rows;
const told = async (type: string) =>
  (
    await world.db.pool.query<{ key: string }>(
      "select dedupe_key as key from private.notification_requests where type = $1 order by created_at, dedupe_key",
      [type],
    )
  ).rows.map(({ key }) => key);

async function payee(handle: string, amount: number, method = "paypal") {
  const member = await world.member(handle);
  await world.account(member.userId, handle, method);
  const boost = await world.owed(member.creatorId, amount);
  return { ...member, boost };
}

describe("a payout", () => {
  it("is owed once, batched, sent and paid; boost and redemption follow, and the owner hears of it", async () => {
    const noor = await payee("noor", 5_000);
    expect(await told("loyalty.payouts-due")).toHaveLength(1);
    const id = await batch();
    expect(await world.lines(noor.creatorId)).toMatchObject([{ amount: 5_000, state: "batched" }]);
    expect(await step(id, "approve")).toBe("approved");
    expect(await step(id, "send")).toBe("sent");
    expect(await world.read(noor.boost)).toMatchObject({ state: "pending_payout", redemption: "fulfilled" });
    expect(await mark(id, "paid", { reference: "PP-1" })).toBe(1);
    expect(await world.lines(noor.creatorId)).toMatchObject([{ state: "paid" }]);
    expect(await world.read(noor.boost)).toMatchObject({ state: "paid", redemption: "concluded" });
    expect(await told("loyalty.payout-paid")).toHaveLength(1);
    const { state } = await world.one<{ state: string }>("select state from public.loyalty_payout_batches");
    expect(state).toBe("settled");
    expect(await world.mismatches()).toEqual([]);
  });

  it("marked paid by mistake is owed again, and the batch opens", async () => {
    const noor = await payee("noor", 5_000);
    const id = await batch();
    await step(id, "approve");
    await step(id, "send");
    await mark(id, "paid");
    expect(await mark(id, "undo")).toBe(1);
    expect(await world.read(noor.boost)).toMatchObject({ state: "pending_payout", redemption: "fulfilled" });
    expect((await payments())[0]?.state).toBe("sent");
    expect(await step(id, "undo_send")).toBe("approved");
    expect(await step(id, "cancel")).toBe("cancelled");
    expect(await world.lines(noor.creatorId)).toMatchObject([{ state: "pending" }]);
    expect(await world.mismatches()).toEqual([]);
  });

  it("that failed says why and goes into the next batch when tried again, once", async () => {
    const noor = await payee("noor", 5_000);
    const id = await batch();
    await step(id, "approve");
    await step(id, "send");
    expect(await outcome(mark(id, "failed"))).toBe("VA001 reason");
    await mark(id, "failed", { reason: "PayPal does not know this address." });
    expect(await told("loyalty.payout-failed")).toHaveLength(1);
    expect(await world.read(noor.boost)).toMatchObject({ state: "pending_payout" });
    expect(await mark(id, "retry")).toBe(1);
    expect(await outcome(mark(id, "retry"))).toBe("ST002 state");
    expect(await outcome(mark(id, "undo"))).toBe("ST002 state");
    const next = await batch();
    expect((await payments()).map(({ state, batch_id }) => [state, batch_id])).toEqual([
      ["failed", id],
      ["planned", next],
    ]);
    expect(await world.mismatches()).toEqual([]);
  });

  it("is in one batch only, however many make one at once", async () => {
    const all = [await payee("noor", 5_000), await payee("lena", 700), await payee("oskar", 90)];
    const made = await Promise.allSettled(Array.from({ length: 50 }, () => batch()));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await payments()).map(({ amount }) => amount)).toEqual([90, 700, 5_000]);
    for (const { creatorId } of all)
      expect(await world.lines(creatorId)).toMatchObject([{ state: "batched" }]);
  });

  it("is marked by one of many people at once, and undone by one", async () => {
    await payee("noor", 5_000);
    const id = await batch();
    await step(id, "approve");
    await step(id, "send");
    const ids = (await payments()).map((payment) => payment.id);
    const paid = await Promise.allSettled(
      Array.from({ length: 20 }, () => mark(id, "paid", { payments: ids })),
    );
    expect(paid.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("waits for its minimum, and for its own method", async () => {
    await world.settings({ payout_minimum: 1_000 });
    const noor = await payee("noor", 999);
    await payee("lena", 5_000, "venmo");
    expect(await outcome(batch())).toBe("ST001 loyalty_payout_batches");
    await world.owed(noor.creatorId, 1, "2026-06-01");
    const id = await batch();
    expect((await payments()).map(({ batch_id, amount }) => [batch_id, amount])).toEqual([[id, 1_000]]);
    await batch("venmo");
    expect((await payments()).map(({ amount }) => amount)).toEqual([1_000, 5_000]);
  });

  it("keeps the amounts and lines it was made of", async () => {
    await payee("noor", 5_000);
    for (const change of ["amount = amount + 1", "boost_id = null", "currency = 'EUR'", "reason = 'x'"])
      expect(await outcome(world.db.pool.query(`update public.loyalty_payouts set ${change}`))).not.toBe(
        "ok",
      );
    expect(await outcome(world.db.pool.query("delete from public.loyalty_payouts"))).toBe("ST001");
    expect(
      await outcome(
        world.db.pool.query(
          "insert into public.loyalty_payouts (client_id, creator_id, kind, boost_id, amount, currency) select client_id, creator_id, kind, boost_id, 9999, currency from public.loyalty_payouts",
        ),
      ),
    ).toBe("VA001 amount");
  });
});

describe("a held claim or a changed account", () => {
  it("keeps money back", async () => {
    const noor = await payee("noor", 5_000);
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where creator_id = $1", [
      noor.creatorId,
    ]);
    expect(await outcome(batch())).toBe("ST001 loyalty_payout_batches");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = false");
    await world.account(noor.userId, "another");
    expect(await outcome(batch())).toBe("ST001 loyalty_payout_batches");
    await world.holdOver();
    expect(await batch()).toBeTruthy();
  });

  it("falls out of a draft when it is approved, and a draft of nobody is cancelled", async () => {
    const noor = await payee("noor", 5_000);
    const lena = await payee("lena", 700);
    const id = await batch();
    await world.account(noor.userId, "another");
    expect(await step(id, "approve")).toBe("approved");
    expect((await payments()).map(({ amount, state }) => [amount, state])).toEqual([
      [700, "planned"],
      [5_000, "dropped"],
    ]);
    expect(await world.lines(noor.creatorId)).toMatchObject([{ state: "pending" }]);
    expect(await world.mismatches()).toEqual([]);
    await step(id, "cancel");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where creator_id = $1", [
      lena.creatorId,
    ]);
    await world.db.pool.query(
      "update public.loyalty_redemptions set is_held = false where creator_id <> $1",
      [lena.creatorId],
    );
    await world.holdOver();
    const next = await batch();
    await world.account(noor.userId, "a third");
    expect(await step(next, "approve")).toBe("cancelled");
    expect(await world.mismatches()).toEqual([]);
  });

  it("does not touch a payment on its way, whose account is kept until it has arrived", async () => {
    const noor = await payee("noor", 5_000);
    const id = await batch();
    await step(id, "approve");
    await step(id, "send");
    await world.account(noor.userId, "another");
    const sealed = async () =>
      (
        await world.db.pool.query<{ kept: boolean }>(
          `select s.account_envelope is not null as kept from public.loyalty_payout_account_secrets s
             join public.loyalty_payout_accounts a on a.id = s.account_id order by a.created_at`,
        )
      ).rows.map(({ kept }) => kept);
    expect(await sealed()).toEqual([true, true]);
    await mark(id, "paid");
    await world.evening("2026-07-01");
    expect(await sealed()).toEqual([false, true]);
  });
});

describe("a clawback", () => {
  it("takes back one earning once, at most all of it, and is netted before anything else is paid", async () => {
    const noor = await payee("noor", 5_000);
    const id = await batch();
    await step(id, "approve");
    await step(id, "send");
    await mark(id, "paid");
    const [earning] = await world.lines(noor.creatorId);
    const payout = earning?.id ?? "";
    expect(await outcome(clawBack(payout, 5_001))).toBe("VA001 amount");
    expect(await outcome(clawBack(payout, 0))).toBe("VA001 amount");
    expect(await outcome(clawBack(payout, 100, " "))).toBe("VA001 reason");
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => clawBack(payout, 3_000)));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await outcome(clawBack(payout, 1_000))).toBe("ST003");
    expect(await outcome(batch())).toBe("ST001 loyalty_payout_batches");
    await world.owed(noor.creatorId, 2_000, "2026-06-01");
    expect(await outcome(batch())).toBe("ST001 loyalty_payout_batches");
    await world.owed(noor.creatorId, 1_500, "2026-09-01");
    await batch();
    expect((await payments()).map(({ amount }) => amount).sort()).toEqual([500, 5_000].sort());
    expect(await told("loyalty.payout-clawed-back")).toHaveLength(1);
    expect(await world.mismatches()).toEqual([]);
  });

  it("of all that is owed closes both lines without money", async () => {
    const noor = await payee("noor", 5_000);
    const [earning] = await world.lines(noor.creatorId);
    await clawBack(earning?.id ?? "", 5_000);
    expect((await world.lines(noor.creatorId)).map(({ state }) => state)).toEqual(["netted", "netted"]);
    expect(await world.read(noor.boost)).toMatchObject({ state: "paid", redemption: "concluded" });
    expect(await world.mismatches()).toEqual([]);
  });

  it("made while a draft waits takes its creator out of it", async () => {
    const noor = await payee("noor", 5_000);
    await payee("lena", 700);
    const id = await batch();
    const [earning] = await world.lines(noor.creatorId);
    await clawBack(earning?.id ?? "", 4_000);
    expect(await step(id, "approve")).toBe("approved");
    await batch();
    expect((await payments()).filter(({ state }) => state === "planned").map(({ amount }) => amount)).toEqual(
      [700, 1_000],
    );
    expect(await world.mismatches()).toEqual([]);
  });
});

describe("a payout account", () => {
  it("is replaced by a new one that waits two days, and given again changes nothing", async () => {
    const { userId } = await world.member("noor");
    const first = await world.account(userId, "one");
    expect(first.heldUntil).toBeNull();
    expect((await world.account(userId, "one")).id).toBe(first.id);
    const second = await world.account(userId, "two");
    expect(Date.parse(second.heldUntil ?? "") - Date.now()).toBeGreaterThan(47 * 3_600_000);
    expect(await told("loyalty.payout-account-changed")).toHaveLength(2);
    await world.evening("2026-03-01");
    const { rows } = await world.db.pool.query<{ id: string }>(
      "select account_id as id from public.loyalty_payout_account_secrets where account_envelope is not null",
    );
    expect(rows).toEqual([{ id: second.id }]);
  });

  it("is current once, however many are given at once", async () => {
    const { userId } = await world.member("noor");
    await Promise.all(Array.from({ length: 20 }, (_, at) => world.account(userId, `number ${at}`)));
    const { n } = await world.one<{ n: string }>(
      "select count(*) as n from public.loyalty_payout_accounts where replaced_at is null",
    );
    expect(n).toBe("1");
  });

  it("is shown with a reason that is written down, to those who may, and to nobody of another business", async () => {
    const { userId } = await world.member("noor");
    const { id } = await world.account(userId);
    const reveal = (who: string, reason = "She asked where it went.") =>
      world.ask<{ sealed: string }>(who, "loyalty_reveal_payout_account", {
        p_account: id,
        p_reason: reason,
      });
    expect(await outcome(reveal(world.owner, " "))).toBe("VA001 reason");
    expect(await reveal(world.owner)).toMatchObject({ sealed: "v1:k1:aaaa:bbbb:cccc" });
    expect(await outcome(reveal(userId))).toBe("PM001 loyalty.payouts.reveal");
    expect(await outcome(reveal(await world.db.createUser("stranger@else.test")))).toMatch(/^PM001|^TN001/);
    const { rows } = await world.db.pool.query<{ reason: string; seen: string }>(
      `select r.reason, (select l.action from public.core_audit_log l where l.row_key = r.account_id::text and l.action = 'read') as seen
         from public.loyalty_account_reveals r`,
    );
    expect(rows).toEqual([{ reason: "She asked where it went.", seen: "read" }]);
  });

  it("of two creators is found without opening either", async () => {
    const [noor, lena, oskar] = [
      await world.member("noor"),
      await world.member("lena"),
      await world.member("oskar"),
    ];
    await world.account(noor.userId, "same");
    await world.account(lena.userId, "same");
    await world.account(oskar.userId, "other");
    const { rows } = await world.db.pool.query<{ creator_id: string; other_creator_id: string }>(
      "select creator_id, other_creator_id from public.loyalty_holds where reason = 'same_account'",
    );
    expect(rows.map((row) => [row.creator_id, row.other_creator_id].sort())).toEqual([
      [noor.creatorId, lena.creatorId].sort(),
    ]);
  });

  it("is asked for at once, after three days and after seven, and no more once it is there", async () => {
    const { userId, creatorId } = await world.member("noor");
    await world.owed(creatorId, 5_000);
    const boost = (await world.one<{ id: string }>("select id from public.loyalty_boosts")).id;
    const after = (days: number) =>
      world.db.pool.query("select private.loyalty_move_boosts($1, now() + make_interval(days => $2), null)", [
        world.clientId,
        days,
      ]);
    for (const days of [0, 1, 3, 4, 7, 9]) await after(days);
    const keys = [`boost:${boost}`, `boost:${boost}:3`, `boost:${boost}:7`];
    expect(await told("loyalty.boost-details-needed")).toEqual(keys);
    await world.account(userId);
    await after(10);
    expect(await told("loyalty.boost-details-needed")).toEqual(keys);
  });
});
