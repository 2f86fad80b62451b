import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome } from "../../../support/ask";
import { fulfilmentWorld, type FulfilmentWorld } from "./fulfilment-world";

interface Work {
  items: { kind: string; id: string; urgency: string; title: string; dueAt: string; handle: string | null }[];
  counts: { kind: string; open: number; soon: number; overdue: number }[];
  held: number;
  hasMore: boolean;
  onTime: { due: number; onTime: number };
}
const hour = 3_600_000;
const at = (hours: number) => new Date(Date.now() + hours * hour);

let world: FulfilmentWorld;
const ids: Record<string, string> = {};
const work = (as = world.owner, more: object = {}) =>
  ask<Work>(world.db, as, "loyalty_read_work", { p_client: world.clientId, ...more });

beforeAll(async () => {
  world = await fulfilmentWorld();
  const { noor } = world;
  const other = await world.creator("lina.glow");
  ids.late = await world.claim(noor, "gift_card", { due_at: at(-1) });
  ids.soon = await world.claim(noor, "ads_credit", { due_at: at(3) });
  ids.later = await world.claim(other, "experience", { due_at: at(20) });
  ids.gift = await world.claim(other, "physical_gift", { due_at: at(10) });
  ids.shipped = await world.claim(noor, "physical_gift");
  await world.step(ids.shipped, "ship", { carrier: "other" });
  ids.discount = await world.claim(other, "discount", { scheduled_at: at(2), ends_at: at(4) });
  ids.running = await world.claim(noor, "discount", { scheduled_at: at(-2), ends_at: at(1) });
  await world.step(ids.running, "fulfil");
  ids.held = await world.claim(noor, "gift_card", { is_held: true, due_at: at(-5) });
  ids.boost = await world.claim(noor, "commission_boost");
  await world.db.pool.query(
    "insert into public.loyalty_handle_claims (client_id, user_id, email, claimant_name, handle_key, evidence_text) values ($1, $2, 'x@tide.test', 'Xenia', 'xenia', 'I post there')",
    [world.clientId, noor.userId],
  );
});
afterAll(() => world.db.drop());

describe("today's work", () => {
  it("lists everything that waits, least time left first, and nothing that is held or not due", async () => {
    const { items, held, hasMore } = await work();
    expect(items.map(({ kind }) => kind)).toEqual([
      "instant",
      "discount_end",
      "discount_start",
      "instant",
      "gift_ship",
      "instant",
      "handle_claim",
      "gift_deliver",
    ]);
    expect(items[0]).toMatchObject({
      id: ids.late,
      urgency: "overdue",
      title: "A gift card",
      handle: "noor",
    });
    expect(items.map(({ urgency }) => urgency)).toEqual([
      "overdue",
      "soon",
      "soon",
      "soon",
      "later",
      "later",
      "later",
      "later",
    ]);
    expect([held, hasMore]).toEqual([1, false]);
  });

  it("counts each kind, whatever is shown", async () => {
    const { counts, items } = await work(world.owner, { p_kinds: ["instant"] });
    expect(items.map(({ id }) => id)).toEqual([ids.late, ids.soon, ids.later]);
    expect(counts.find(({ kind }) => kind === "instant")).toEqual({
      kind: "instant",
      open: 3,
      soon: 1,
      overdue: 1,
    });
    expect(counts.map(({ kind }) => kind)).toContain("gift_ship");
  });

  it("goes on from where a page ended and shows each once", async () => {
    const all = (await work()).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: object | null = null;
    for (let page = 0; page < 9; page += 1) {
      const { items, hasMore } = await work(world.owner, {
        p_limit: 3,
        ...(cursor ? { p_cursor: JSON.stringify(cursor) } : {}),
      });
      seen.push(...items.map(({ id }) => id));
      const last = items.at(-1)!;
      cursor = { due: last.dueAt, id: last.id };
      if (!hasMore) break;
    }
    expect(seen).toEqual(all);
  });

  it("shows each only what she may do something about", async () => {
    const support = await world.member("support");
    expect((await work(support)).items.map(({ kind }) => kind)).not.toContain("handle_claim");
    expect(await outcome(work(world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(work(await world.db.createUser("nobody@else.test")))).toBe("TN001");
  });

  it("counts what was kept: of the claims promised for the last 30 days, those fulfilled by then", async () => {
    const own = await fulfilmentWorld();
    try {
      const done = async (due: number, fulfilled: number | null, kind = "gift_card") => {
        const id = await own.claim(own.noor, kind, { due_at: at(due), claimed_at: at(due - 24) });
        if (fulfilled !== null)
          await own.db.pool.query(
            "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = $2 where id = $1",
            [id, at(fulfilled)],
          );
        return id;
      };
      await done(-5, -6);
      await done(-5, -5.5);
      await done(-5, -4);
      await done(-2, null);
      await done(-24 * 31, -24 * 31);
      await done(5, -1);
      await own.step(await done(-3, null), "reject", { reason: "Not possible" });
      const read = await ask<Work>(own.db, own.owner, "loyalty_read_work", { p_client: own.clientId });
      expect(read.onTime).toEqual({ due: 4, onTime: 2 });
    } finally {
      await own.db.drop();
    }
  });
});

describe("the list of claims", () => {
  interface List {
    items: { id: string; handle: string; state: string; cursor: { at: string; id: string } }[];
    hasMore: boolean;
    total: number | null;
  }
  const list = (filter: object = {}, more: object = {}, as = world.owner) =>
    ask<List>(world.db, as, "loyalty_list_redemptions", {
      p_client: world.clientId,
      p_filter: JSON.stringify(filter),
      ...more,
    });

  it("is searched by handle or name and filtered by each of its facts", async () => {
    expect((await list()).total).toBe(9);
    expect((await list({ q: "@LINA" })).items.every(({ handle }) => handle === "lina.glow")).toBe(true);
    expect((await list({ q: "%" })).total).toBe(0);
    expect((await list({ held: true })).items.map(({ id }) => id)).toEqual([ids.held]);
    expect((await list({ overdue: true })).items.map(({ id }) => id).sort()).toEqual(
      [ids.held, ids.late].sort(),
    );
    expect((await list({ states: ["fulfilled"] })).total).toBe(2);
    expect((await list({ kinds: ["physical_gift"], sources: ["tier"] })).total).toBe(2);
    expect((await list({ sources: ["raffle"] })).total).toBe(0);
    expect((await list({ creatorId: world.noor.id })).total).toBe(6);
  });

  it("shows offers nobody claimed only to who asks for them", async () => {
    const reward = await world.reward();
    await world.db.pool.query(
      "insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind) values ($1, $2, $3, 'gift_card')",
      [world.clientId, world.noor.id, reward],
    );
    expect((await list()).total).toBe(9);
    expect((await list({ states: ["claimable"] })).total).toBe(1);
    expect((await list({ states: ["claimable", "claimed"] })).total).toBe(8);
  });

  it("goes forward and back through its pages", async () => {
    const all = (await list()).items.map(({ id }) => id);
    const first = await list({}, { p_limit: 4 });
    const second = await list({}, { p_limit: 4, p_cursor: JSON.stringify(first.items.at(-1)!.cursor) });
    const third = await list({}, { p_limit: 4, p_cursor: JSON.stringify(second.items.at(-1)!.cursor) });
    expect([...first.items, ...second.items, ...third.items].map(({ id }) => id)).toEqual(all);
    expect([first.hasMore, second.hasMore, third.hasMore]).toEqual([true, true, false]);
    const back = await list(
      {},
      { p_limit: 4, p_cursor: JSON.stringify({ ...third.items[0]!.cursor, back: true }) },
    );
    expect(back.items.map(({ id }) => id)).toEqual(second.items.map(({ id }) => id));
  });

  it("is for staff of this business", async () => {
    expect(await outcome(list({}, {}, world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(list({}, {}, await world.db.createUser("else@else.test")))).toBe("TN001");
  });
});

describe("one claim", () => {
  const read = (id: string, as: string) =>
    ask<Record<string, unknown>>(world.db, as, "loyalty_read_redemption", {
      p_client: world.clientId,
      p_redemption: id,
    });

  it("is read by staff with who did what, by its creator without names and notes, by nobody else", async () => {
    const id = await world.claim(world.noor, "gift_card");
    await world.step(
      id,
      "fulfil",
      { note: "by phone", reference: "TX-9", code: "v1:k:i:t:c" },
      world.manager,
    );
    const staff = await read(id, world.owner);
    expect(staff).toMatchObject({
      note: "by phone",
      reference: "TX-9",
      code: "v1:k:i:t:c",
      costAmount: 2500,
      isMine: false,
    });
    expect(staff["history"]).toMatchObject([
      { from: null, to: "claimed", by: "system" },
      { from: "claimed", to: "fulfilled", by: "staff", name: "Manager" },
    ]);
    const own = await read(id, world.noor.userId);
    expect(own).toMatchObject({
      note: null,
      costAmount: null,
      reference: "TX-9",
      code: "v1:k:i:t:c",
      isMine: true,
    });
    expect(own["history"]).toMatchObject([{ name: null }, { name: null, by: "staff" }]);
    expect((await read(id, await world.member("support")))["code"]).toBeNull();
    expect((await read(ids.gift!, await world.member("support")))["gift"]).toBeNull();
    expect((await read(ids.gift!, world.owner))["gift"]).toMatchObject({ city: "Portsmouth" });
    expect(await outcome(read(id, (await world.creator("curious")).userId))).toBe("TN001");
  });
});
