import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fulfilmentWorld, type FulfilmentWorld } from "./fulfilment-world";

const hour = 3_600_000;
const minute = 60_000;
let world: FulfilmentWorld;
beforeAll(async () => {
  world = await fulfilmentWorld();
});
afterAll(() => world.db.drop());

/** The top of an hour, so that minutes added to it stay within it. */
const base = new Date(Math.ceil(Date.now() / hour) * hour);
const at = (hours: number, minutes = 0) => new Date(base.getTime() + hours * hour + minutes * minute);

const tick = (now: Date) =>
  world
    .one<{ s: { reminded: number; concluded: number } }>("select private.loyalty_tick_fulfilment($1) as s", [
      now,
    ])
    .then(({ s }) => s);
const digests = async () =>
  (
    await world.db.pool.query<{
      dedupe_key: string;
      data: { overdue: number; soon: number; items: unknown[] };
    }>(
      "select dedupe_key, data from private.notification_requests where type = 'loyalty.work-due' order by created_at, dedupe_key",
    )
  ).rows;
const told = async (id: string) =>
  (
    await world.db.pool.query<{ type: string }>(
      "select type from private.notification_requests where data ->> 'redemptionId' = $1 order by created_at",
      [id],
    )
  ).rows.map(({ type }) => type);
const jobs = async (id: string) =>
  (
    await world.db.pool.query<{ state: string; waits: boolean }>(
      `select j.payload ->> 'state' as state, q.run_at > now() + interval '1 minute' as waits
         from graphile_worker._private_jobs j join graphile_worker.jobs q on q.id = j.id
        where j.payload ->> 'redemptionId' = $1 order by j.id`,
      [id],
    )
  ).rows;

describe("the digest of claims that are due", () => {
  it("names each claim once when it is due soon and once when it is late, one digest an hour", async () => {
    const first = await world.claim(world.noor, "gift_card", { due_at: at(4, 30) });
    expect((await tick(at(0))).reminded).toBe(0);
    expect((await tick(at(0, 31))).reminded).toBe(1);
    expect((await tick(at(0, 32))).reminded).toBe(0);
    await world.claim(world.noor, "ads_credit", { due_at: at(4, 40) });
    expect((await tick(at(0, 50))).reminded).toBe(0);
    expect((await tick(at(1, 0))).reminded).toBe(1);
    expect((await tick(at(4, 45))).reminded).toBe(2);
    expect((await tick(at(5, 45))).reminded).toBe(0);
    const sent = await digests();
    expect(sent.map(({ data }) => [data.overdue, data.soon, data.items.length])).toEqual([
      [0, 1, 1],
      [0, 2, 2],
      [2, 0, 2],
    ]);
    expect(JSON.stringify(sent)).not.toContain(first);
    const { permission } = await world.one<{ permission: string }>(
      "select permission from private.notification_requests where type = 'loyalty.work-due' limit 1",
    );
    expect(permission).toBe("loyalty.redemptions.fulfil");
  });

  it("says nothing of held claims, nor while the program is off, and two ticks at once are one", async () => {
    await world.claim(world.noor, "gift_card", { due_at: at(9), is_held: true });
    expect((await tick(at(10))).reminded).toBe(0);
    const id = await world.claim(world.noor, "gift_card", { due_at: at(11) });
    await world.db.pool.query("update public.client_programs set is_enabled = false where client_id = $1", [
      world.clientId,
    ]);
    expect((await tick(at(12))).reminded).toBe(0);
    await world.db.pool.query("update public.client_programs set is_enabled = true where client_id = $1", [
      world.clientId,
    ]);
    const before = (await digests()).length;
    await Promise.all([tick(at(12)), tick(at(12)), tick(at(12))]);
    expect((await digests()).length).toBe(before + 1);
    await world.step(id, "fulfil");
  });
});

describe("what is over", () => {
  it("is concluded a day after it was fulfilled, a discount at its end, a gift only when it arrived", async () => {
    const card = await world.claim(world.noor, "gift_card");
    const gift = await world.claim(world.noor, "physical_gift");
    const fresh = await world.claim(world.noor, "gift_card");
    const held = await world.claim(world.noor, "gift_card");
    const discount = await world.claim(world.noor, "discount", {
      scheduled_at: new Date(Date.now() - hour),
      ends_at: new Date(Date.now() + 48 * hour),
    });
    for (const id of [card, fresh, held, discount]) await world.step(id, "fulfil");
    await world.step(gift, "ship", { carrier: "other" });
    await world.db.pool.query(
      "update public.loyalty_redemptions set fulfilled_at = now() - interval '25 hours' where id = any ($1)",
      [[card, gift, held, discount]],
    );
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where id = $1", [held]);
    await tick(new Date());
    const states = await Promise.all([card, gift, fresh, held, discount].map((id) => world.stateOf(id)));
    expect(states).toEqual(["concluded", "fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
    await tick(new Date(Date.now() + 49 * hour));
    expect(await world.stateOf(discount)).toBe("concluded");
    expect(await world.stateOf(gift)).toBe("fulfilled");
  });
});

describe("a word to the creator", () => {
  const tell = (id: string, state: string) =>
    world
      .one<{ told: boolean }>("select private.loyalty_tell_claim($1, $2, $3) as told", [
        world.clientId,
        id,
        state,
      ])
      .then((row) => row.told);

  it("is queued with the claim, and with its fulfilment after two minutes to take it back", async () => {
    const id = await world.claim(world.noor);
    await world.step(id, "fulfil");
    expect(await jobs(id)).toEqual([
      { state: "claimed", waits: false },
      { state: "fulfilled", waits: true },
    ]);
    await world.step(id, "undo");
    expect(await tell(id, "fulfilled")).toBe(false);
    expect(await told(id)).toEqual([]);
    await world.step(id, "fulfil", { code: "v1:k:i:t:SECRET", reference: "TX" });
    await tell(id, "claimed");
    await tell(id, "fulfilled");
    await tell(id, "fulfilled");
    expect(await told(id)).toEqual(["loyalty.reward-claimed", "loyalty.reward-fulfilled"]);
    const { rows } = await world.db.pool.query<{ data: Record<string, unknown> }>(
      "select data from private.notification_requests where data ->> 'redemptionId' = $1 and type = 'loyalty.reward-fulfilled'",
      [id],
    );
    expect(rows[0]?.data).toMatchObject({ hasCode: true, reference: "TX" });
    expect(JSON.stringify(rows)).not.toContain("SECRET");
  });

  it("says a gift was shipped and why a claim was not accepted; a boost is told by its own room", async () => {
    const gift = await world.claim(world.noor, "physical_gift");
    await world.step(gift, "ship", { carrier: "usps", trackingNumber: "9400111899223197428490" });
    await tell(gift, "fulfilled");
    expect(await told(gift)).toEqual(["loyalty.gift-shipped"]);
    const other = await world.claim(world.noor);
    await world.step(other, "reject", { reason: "Out of stock" });
    await tell(other, "rejected");
    expect(await told(other)).toEqual(["loyalty.reward-rejected"]);
    const kept = await world.db.pool.query(
      "select from private.notification_requests where data::text like '%Quay%'",
    );
    expect(kept.rowCount).toBe(0);
  });
});
