import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;
let owner: string;
let reward: string;
let ana: string;
let bea: string;
let count = 0;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  owner = glow.members.owner.userId;
  reward = await one(
    `insert into public.loyalty_rewards (client_id, kind, name, frequency, quantity, value_amount) values ($1, 'gift_card', 'Gift card', 'unlimited', null, 2500) returning id`,
    [glow.id],
  );
});
afterAll(() => db.drop());

beforeEach(async () => {
  [ana, bea] = [await creator(), await creator()];
});

const one = async (sql: string, values: unknown[]): Promise<string> =>
  (await rows<{ id: string }>(db, sql, values))[0]!.id;
async function creator(userId: string | null = null): Promise<string> {
  const person = await one(
    "insert into public.people (client_id, display_name, user_id, claimed_at) values ($1, 'Someone', $2, case when $2::uuid is not null then now() end) returning id",
    [glow.id, userId],
  );
  return one(
    "insert into public.loyalty_creators (client_id, person_id, handle) values ($1, $2, $3) returning id",
    [glow.id, person, `held${(count += 1)}`],
  );
}
const claim = (creatorId: string) =>
  one(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, state, claimed_at, terms, reward_version, tier_id, value_amount)
     select $1, c.id, $3, 'gift_card', 'claimed', now(), '{"name": "Gift card"}', 1, c.tier_id, 2500
       from public.loyalty_creators c where c.id = $2 returning id`,
    [glow.id, creatorId, reward],
  );
const gift = async (creatorId: string, line1: string, postalCode = "1000") => {
  const redemption = await claim(creatorId);
  await db.pool.query(
    `insert into public.loyalty_gifts (client_id, redemption_id, creator_id, recipient, line1, city, postal_code, country)
     values ($1, $2, $3, 'A Person', $4, 'Lyon', $5, 'FR')`,
    [glow.id, redemption, creatorId, line1, postalCode],
  );
  return redemption;
};
const account = async (creatorId: string, fingerprint: string) => {
  const id = randomUUID();
  await db.pool.query(
    `with given as (insert into public.loyalty_payout_accounts (id, client_id, creator_id, method, hint) values ($1, $2, $3, 'paypal', 'a…e@mail.test'))
     select 1`,
    [id, glow.id, creatorId],
  );
  await db.pool.query(
    "insert into public.loyalty_payout_account_secrets (account_id, client_id, account_envelope, fingerprint_hash) values ($1, $2, 'v1:k:a:b:c', $3)",
    [id, glow.id, fingerprint.padEnd(43, "x")],
  );
};
const isHeld = async (redemption: string) =>
  (
    await rows<{ is_held: boolean }>(db, "select is_held from public.loyalty_redemptions where id = $1", [
      redemption,
    ])
  )[0]?.is_held;
const holds = (creatorId: string) =>
  rows<{ id: string; reason: string; state: string }>(
    db,
    "select id, reason, state from public.loyalty_holds where $1 in (creator_id, other_creator_id) order by opened_at",
    [creatorId],
  );
const resolve = (hold: string, decision: string, reject: string[] = [], as = owner) =>
  ask<{ rejected: number }>(db, as, "loyalty_resolve_hold", {
    p_client: glow.id,
    p_hold: hold,
    p_decision: decision,
    p_note: "Looked into it",
    p_reject: reject,
  });

describe("what two creators share", () => {
  it("an address, however it is spelled, holds the claims of both", async () => {
    const [first, second] = [
      await gift(ana, "12 Rue du Lac, Apt. 4"),
      await gift(bea, "12 rue du lac apt 4", "10 00"),
    ];
    expect(await holds(ana)).toMatchObject([{ reason: "same_address", state: "open" }]);
    expect([await isHeld(first), await isHeld(second)]).toEqual([true, true]);
  });

  it("an address in another street holds nothing", async () => {
    await gift(ana, "14 Rue du Lac");
    await gift(bea, "15 Rue du Lac");
    expect(await holds(ana)).toEqual([]);
  });

  it("a payout account holds both; a different one does not", async () => {
    await account(ana, "one");
    await account(bea, "two");
    expect(await holds(bea)).toEqual([]);
    const third = await creator();
    await account(third, "one");
    expect(await holds(third)).toMatchObject([{ reason: "same_account", state: "open" }]);
    expect(await holds(ana)).toHaveLength(1);
  });

  it("a device holds both once both have claimed, whichever comes last", async () => {
    const [annUser, benUser] = [
      await db.createUser(`${randomUUID()}@x.test`),
      await db.createUser(`${randomUUID()}@x.test`),
    ];
    const [ann, ben] = [await creator(annUser), await creator(benUser)];
    const device = randomUUID().replaceAll("-", "").repeat(2);
    const signIn = (user: string) =>
      db.asSystem((client) =>
        client.query("select public.auth_record_session($1, $2, '10.0', 'Firefox', $3)", [
          randomUUID(),
          user,
          device,
        ]),
      );
    await signIn(annUser);
    await claim(ann);
    await signIn(benUser);
    expect(await holds(ben)).toEqual([]);
    const late = await claim(ben);
    expect(await holds(ben)).toMatchObject([{ reason: "same_device", state: "open" }]);
    expect(await isHeld(late)).toBe(true);
  });
});

describe("a hold", () => {
  it("also holds what is claimed while it is open, and tells those who resolve it once", async () => {
    await account(ana, "three");
    await account(bea, "three");
    expect(await isHeld(await claim(bea))).toBe(true);
    const [hold] = await holds(bea);
    expect(
      await rows(
        db,
        "select permission, data ->> 'reason' as reason from private.notification_requests where dedupe_key = $1",
        [`hold:${hold!.id}`],
      ),
    ).toEqual([{ permission: "loyalty.holds.resolve", reason: "same_account" }]);
  });

  it("that is released lets the claims go on, and does not open again for the same pair and reason", async () => {
    const first = await gift(ana, "1 Quai Nord");
    await gift(bea, "1 Quai Nord");
    const [hold] = await holds(ana);
    await resolve(hold!.id, "release");
    expect(await isHeld(first)).toBe(false);
    await db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'Done' where creator_id = $1",
      [bea],
    );
    await gift(bea, "1 Quai Nord");
    expect((await holds(ana)).map(({ state }) => state)).toEqual(["released"]);
    expect(await outcome(resolve(hold!.id, "release"))).toMatch(/^ST003/);
  });

  it("that is upheld rejects the open claims of the named creator only", async () => {
    const first = await gift(ana, "2 Quai Nord");
    const second = await gift(bea, "2 Quai Nord");
    const [hold] = await holds(ana);
    expect(await outcome(resolve(hold!.id, "uphold"))).toBe("VA001 reject");
    expect(await outcome(resolve(hold!.id, "uphold", [await creator()]))).toBe("VA001 reject");
    expect(await resolve(hold!.id, "uphold", [bea])).toEqual({ rejected: 1 });
    const states = await rows<{ id: string; state: string; rejection_reason: string | null }>(
      db,
      "select id, state, rejection_reason from public.loyalty_redemptions where id = any ($1)",
      [[first, second]],
    );
    expect(Object.fromEntries(states.map((row) => [row.id, [row.state, row.rejection_reason]]))).toEqual({
      [first]: ["claimed", null],
      [second]: ["rejected", "Looked into it"],
    });
    expect(await isHeld(first)).toBe(false);
  });

  it("stays while another one about the same creator is open", async () => {
    const first = await gift(ana, "3 Quai Nord");
    await gift(bea, "3 Quai Nord");
    await ask(db, owner, "loyalty_hold_creator", {
      p_client: glow.id,
      p_creator: ana,
      p_reason: "Odd sales",
    });
    const [pair] = (await holds(ana)).filter(({ reason }) => reason === "same_address");
    await resolve(pair!.id, "release");
    expect(await isHeld(first)).toBe(true);
    expect(
      await outcome(
        ask(db, owner, "loyalty_hold_creator", { p_client: glow.id, p_creator: ana, p_reason: "Again" }),
      ),
    ).toMatch(/^ST003/);
  });

  it("is opened, seen and resolved by those with the permission alone", async () => {
    await gift(ana, "4 Quai Nord");
    await gift(bea, "4 Quai Nord");
    const [hold] = await holds(ana);
    for (const low of [
      glow.members.manager.userId,
      glow.members.support.userId,
      glow.members.creator.userId,
    ]) {
      expect(await outcome(resolve(hold!.id, "release", [], low))).toMatch(/^PM001/);
      expect(await outcome(ask(db, low, "loyalty_list_holds", { p_client: glow.id }))).toMatch(/^PM001/);
    }
    const list = await ask<{ id: string; creators: unknown[] }[]>(db, owner, "loyalty_list_holds", {
      p_client: glow.id,
    });
    expect(list.find(({ id }) => id === hold!.id)?.creators).toHaveLength(2);
  });
});
