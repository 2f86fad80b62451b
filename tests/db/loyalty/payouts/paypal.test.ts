import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeSql } from "@/lib/db/direct";
import { resetEnv } from "@/lib/kernel/env";
import { isPayPalOn, payPal } from "@/lib/programs/loyalty/payouts/paypal";
import { openAccount, sealAccount } from "@/lib/programs/loyalty/payouts/seal-account";
import { readBatchOutcomes, sendBatch } from "@/lib/programs/loyalty/payouts/send-batch.system";
import { testEnv } from "../../../../scripts/stack/config";
import { payPalKeys, startFakePayPal, type FakePayPal } from "../../../support/fake-paypal";
import { moneyWorld, type MoneyWorld } from "./world";

let fake: FakePayPal;
let world: MoneyWorld;

const oldKey = `old1:${Buffer.alloc(32, 7).toString("base64")}`;
const newKey = `new1:${Buffer.alloc(32, 9).toString("base64")}`;
const use = (more: Record<string, string> = {}) => {
  Object.assign(process.env, testEnv(), {
    DATABASE_URL: world.db.url,
    LOG_LEVEL: "silent",
    PAYPAL_CLIENT_ID: payPalKeys.id,
    PAYPAL_CLIENT_SECRET: payPalKeys.secret,
    PAYPAL_BASE_URL: fake.url,
    ENCRYPTION_KEYS: oldKey,
    ...more,
  });
  resetEnv();
};

beforeAll(async () => {
  fake = await startFakePayPal();
});
afterAll(() => fake.close());
beforeEach(async () => {
  Object.assign(fake, { batches: [], fails: { left: 0, how: 500 }, refuses: null, outcomes: new Map() });
  world = await moneyWorld({ clearing: 0 });
  use();
});
afterEach(async () => {
  await closeSql();
  await world.db.drop();
});

const send = (id: string) => sendBatch(world.clientId, id, payPal());
const read = (id: string) => readBatchOutcomes(world.clientId, id, payPal());
const step = (id: string, name: string) =>
  world.ask<string>(world.owner, "loyalty_step_batch", { p_batch: id, p_step: name });
const batchOf = (id: string) =>
  world.one<{ state: string; provider: string | null; reference: string | null; message: string | null }>(
    "select state, provider, provider_reference as reference, provider_message as message from public.loyalty_payout_batches where id = $1",
    [id],
  );
const payments = async () =>
  (
    await world.db.pool.query<{ amount: string; state: string; words: string }>(
      "select amount, state, coalesce(failure_reason, reference) as words from public.loyalty_payments order by amount",
    )
  ).rows;

/** Three creators who can be paid, in a batch PayPal is to send. */
async function approved(): Promise<string> {
  for (const [handle, amount] of [
    ["noor", 512],
    ["lena", 70_000],
    ["oskar", 5],
  ] as const) {
    const { userId, creatorId } = await world.member(handle);
    await world.account(userId, handle, "paypal", (id) =>
      sealAccount(world.clientId, id, `${handle}@mail.test`),
    );
    await world.owed(creatorId, amount);
  }
  const id = await world.ask<string>(world.owner, "loyalty_make_batch", { p_method: "paypal" });
  await step(id, "approve");
  await step(id, "send_by_paypal");
  return id;
}

describe("PayPal", () => {
  it("is off without keys", () => {
    expect(isPayPalOn()).toBe(true);
    use({ PAYPAL_CLIENT_ID: "", PAYPAL_CLIENT_SECRET: "" });
    expect(isPayPalOn()).toBe(false);
    expect(() => use({ PAYPAL_CLIENT_SECRET: "" }) ?? isPayPalOn()).toThrow(/set both, or neither/);
  });

  it("sends a batch under its own id, amounts with two decimals, and marks what became of each", async () => {
    const id = await approved();
    expect(await send(id)).toBe("sent");
    expect(fake.batches[0]).toMatchObject({
      sender_batch_id: id,
      items: [
        { payout_item: { receiver: "lena@mail.test", amount: { value: "700.00", currency: "USD" } } },
        { payout_item: { receiver: "noor@mail.test", amount: { value: "5.12" } } },
        { payout_item: { receiver: "oskar@mail.test", amount: { value: "0.05" } } },
      ],
    });
    expect(await batchOf(id)).toMatchObject({ state: "sent", provider: "paypal", reference: "FAKEBATCH1" });
    fake.outcomes.set("noor@mail.test", { status: "FAILED", message: "Receiver is unregistered." });
    fake.outcomes.set("oskar@mail.test", { status: "UNCLAIMED" });
    expect(await read(id)).toBe(1);
    expect(await payments()).toEqual([
      { amount: "5", state: "sent", words: null },
      { amount: "512", state: "failed", words: "Receiver is unregistered." },
      { amount: "70000", state: "paid", words: "FAKEITEM1N0" },
    ]);
    fake.outcomes.set("oskar@mail.test", { status: "RETURNED" });
    expect(await read(id)).toBe(0);
    expect(await batchOf(id)).toMatchObject({ state: "settled" });
    expect((await payments())[0]).toMatchObject({ state: "failed", words: "PayPal says: returned." });
    expect(await world.mismatches()).toEqual([]);
  });

  it("is asked again after a broken answer, and pays once", async () => {
    const id = await approved();
    for (const how of [500, 429, "lost"] as const) {
      fake.fails = { left: 1, how };
      await expect(send(id)).rejects.toThrow();
      expect(await batchOf(id)).toMatchObject({ state: "approved", provider: "paypal" });
    }
    expect(await send(id)).toBe("sent");
    expect(fake.batches).toHaveLength(1);
    expect(await batchOf(id)).toMatchObject({ state: "sent", reference: "FAKEBATCH1" });
    // The worker died after this; its successor has only the outcomes left to ask for.
    expect(await send(id)).toBe("sent");
    expect(fake.batches).toHaveLength(1);
  });

  it("is one batch however many workers send it at once", async () => {
    const id = await approved();
    const all = await Promise.all(Array.from({ length: 10 }, () => send(id)));
    expect(new Set(all)).toEqual(new Set(["sent"]));
    expect(fake.batches).toHaveLength(1);
  });

  it("that refuses says why, and the batch can be paid by hand", async () => {
    const id = await approved();
    await expect(step(id, "cancel")).rejects.toMatchObject({ code: "ST001" });
    fake.refuses = { name: "INSUFFICIENT_FUNDS", message: "Sender does not have sufficient funds." };
    expect(await send(id)).toBe("refused");
    expect(await batchOf(id)).toEqual({
      state: "approved",
      provider: null,
      reference: null,
      message: "INSUFFICIENT_FUNDS: Sender does not have sufficient funds.",
    });
    expect(await step(id, "send")).toBe("sent");
  });

  it("is not asked once it may have forgotten the batch", async () => {
    const id = await approved();
    await world.db.pool.query(
      "update public.loyalty_payout_batches set approved_at = now() - interval '26 days'",
    );
    expect(await send(id)).toBe("refused");
    expect(fake.batches).toHaveLength(0);
    expect((await batchOf(id)).message).toContain("make a new one");
  });

  it("gets accounts sealed with a former key, and they are sealed anew with the current one", async () => {
    const id = await approved();
    use({ ENCRYPTION_KEYS: `${newKey},${oldKey}` });
    expect(await send(id)).toBe("sent");
    const { rows } = await world.db.pool.query<{ id: string; sealed: string }>(
      "select account_id as id, account_envelope as sealed from public.loyalty_payout_account_secrets",
    );
    expect(rows.every(({ sealed }) => sealed.startsWith("v1:new1:"))).toBe(true);
    use({ ENCRYPTION_KEYS: newKey });
    expect(rows.map((row) => openAccount(world.clientId, row.id, row.sealed).account).sort()).toEqual([
      "lena@mail.test",
      "noor@mail.test",
      "oskar@mail.test",
    ]);
  });

  it("cannot be given an account that was moved to another row", async () => {
    const id = await approved();
    await world.db.pool.query(
      `with one as (select account_id, account_envelope from public.loyalty_payout_account_secrets order by account_id limit 1)
       update public.loyalty_payout_account_secrets s set account_envelope = one.account_envelope from one where s.account_id <> one.account_id`,
    );
    await expect(send(id)).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
    expect(fake.batches).toHaveLength(0);
  });
});
