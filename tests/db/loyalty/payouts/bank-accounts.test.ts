import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../../../support/ask";
import { moneyWorld, type MoneyWorld } from "./world";

let world: MoneyWorld;
beforeEach(async () => {
  world = await moneyWorld({ clearing: 0 });
});
afterEach(() => world.db.drop());

const batch = (method: string) =>
  world.ask<string>(world.owner, "loyalty_make_batch", { p_method: method, p_creators: null });
const rewardOf = async (boost: string) =>
  (
    await world.one<{ id: string }>(
      "select r.reward_id as id from public.loyalty_boosts b join public.loyalty_redemptions r on r.id = b.redemption_id where b.id = $1",
      [boost],
    )
  ).id;
const paidIn = async (id: string) =>
  (
    await world.db.pool.query<{ creator_id: string }>(
      "select creator_id from public.loyalty_payments where batch_id = $1 and state = 'planned'",
      [id],
    )
  ).rows.map((row) => row.creator_id);

describe("a bank account", () => {
  it("is paid in a batch of its own, and left out of the others", async () => {
    const [noor, lena] = [await world.member("noor"), await world.member("lena")];
    await world.account(noor.userId, "iban of noor", "bank", undefined, "noor and her bank");
    await world.account(lena.userId, "lena", "paypal");
    for (const { creatorId } of [noor, lena]) await world.owed(creatorId, 5_000);
    expect(await paidIn(await batch("paypal"))).toEqual([lena.creatorId]);
    expect(await paidIn(await batch("bank"))).toEqual([noor.creatorId]);
    expect(await outcome(batch("cheque"))).toBe("VA001 method");
  });

  it("is never sent by PayPal", async () => {
    const noor = await world.member("noor");
    await world.account(noor.userId, "iban of noor", "bank");
    await world.owed(noor.creatorId, 5_000);
    const id = await batch("bank");
    const step = (name: string) =>
      world.ask<string>(world.owner, "loyalty_step_batch", { p_batch: id, p_step: name });
    await step("approve");
    expect(await outcome(step("send_by_paypal"))).toBe("ST001 state");
    expect(await step("send")).toBe("sent");
  });

  it("given again is the same; under another holder it is a change that holds money", async () => {
    const { userId } = await world.member("noor");
    const give = (holder: string) => world.account(userId, "one iban", "bank", undefined, holder);
    const first = await give("Noor Haddad");
    expect((await give("Noor Haddad")).id).toBe(first.id);
    const second = await give("Noor Haddad-Lund");
    expect(second.id).not.toBe(first.id);
    expect(second.heldUntil).not.toBeNull();
  });

  it("of two creators holds both, whoever is named as its holder", async () => {
    const [noor, lena] = [await world.member("noor"), await world.member("lena")];
    await world.account(noor.userId, "one iban", "bank", undefined, "Noor Haddad");
    await world.account(lena.userId, "one iban", "bank", undefined, "Lena Mora");
    const { rows } = await world.db.pool.query<{ reason: string }>("select reason from public.loyalty_holds");
    expect(rows).toEqual([{ reason: "same_account" }]);
  });
});

describe("the payout details of one boost", () => {
  it("move it on while it waits for them, and are the account of the others too", async () => {
    const noor = await world.member("noor");
    const boost = await world.owed(noor.creatorId, 5_000);
    expect(await world.read(boost)).toMatchObject({ state: "pending_info" });
    const reward = await rewardOf(boost);
    const given = await world.details(noor.userId, reward, "noor");
    expect(given.boost).toMatchObject({ id: boost, state: "pending_payout", earned: 5_000 });
    expect(await world.lines(noor.creatorId)).toMatchObject([{ amount: 5_000, state: "pending" }]);
    expect((await world.account(noor.userId, "noor")).id).toBe(given.account.id);
  });

  it("sent twice change nothing; others are refused once it does not wait", async () => {
    const noor = await world.member("noor");
    const reward = await rewardOf(await world.owed(noor.creatorId, 5_000));
    const first = await world.details(noor.userId, reward, "noor");
    expect((await world.details(noor.userId, reward, "noor")).account.id).toBe(first.account.id);
    await expect(world.details(noor.userId, reward, "somebody else")).rejects.toMatchObject({
      code: "ST001",
      hint: "DETAILS_NOT_NEEDED",
    });
    await batch("paypal");
    const { count } = await world.one<{ count: number }>(
      "select count(*)::int as count from public.loyalty_payout_accounts",
    );
    expect(count).toBe(1);
  });

  it("given by many at once are one account", async () => {
    const noor = await world.member("noor");
    const reward = await rewardOf(await world.owed(noor.creatorId, 5_000));
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => world.details(noor.userId, reward, `account ${at}`)),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { count } = await world.one<{ count: number }>(
      "select count(*)::int as count from public.loyalty_payout_accounts",
    );
    expect(count).toBe(1);
  });

  it("are refused for a boost that runs, that is another creator's, or that is none", async () => {
    const [noor, lena] = [await world.member("noor"), await world.member("lena")];
    const running = await rewardOf(await world.boost(noor.creatorId, "2099-03-01"));
    const hers = await rewardOf(await world.owed(lena.creatorId, 5_000));
    await expect(world.details(noor.userId, running, "noor")).rejects.toMatchObject({
      code: "ST001",
      hint: "DETAILS_NOT_NEEDED",
    });
    await expect(world.details(noor.userId, hers, "noor")).rejects.toMatchObject({ code: "TN001" });
    await expect(world.details(noor.userId, crypto.randomUUID(), "noor")).rejects.toMatchObject({
      code: "TN001",
    });
    await expect(world.details(world.owner, hers, "noor")).rejects.toMatchObject({ code: "TN001" });
  });
});
