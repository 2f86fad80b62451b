import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome } from "../../../support/ask";
import { fulfilmentWorld, type FulfilmentWorld } from "./fulfilment-world";

let world: FulfilmentWorld;
beforeAll(async () => {
  world = await fulfilmentWorld();
});
afterAll(() => world.db.drop());

interface Outcome {
  id: string;
  isDone: boolean;
  code: string | null;
  field: string | null;
  message: string | null;
}
const ups = (no: number) => `1Z999AA1012345${String(6000 + no)}`;
const ship = (items: object[], all = false, as = world.owner) =>
  ask<Outcome[]>(world.db, as, "loyalty_ship_gifts", {
    p_client: world.clientId,
    p_items: JSON.stringify(items),
    p_all: all,
  });
const gifts = async (count: number) => {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1)
    ids.push(await world.claim(await world.creator(`g${randomUUID().slice(0, 8)}`), "physical_gift"));
  return ids;
};
const line = (id: string, no: number) => ({ id, from: "claimed", carrier: "ups", trackingNumber: ups(no) });

describe("many gifts", () => {
  it("are shipped each with its own number, and taken back together", async () => {
    const ids = await gifts(3);
    const done = await ship(
      ids.map((id, at) => line(id, at)),
      true,
    );
    expect(done.map(({ isDone }) => isDone)).toEqual([true, true, true]);
    for (const [at, id] of ids.entries())
      expect(await world.giftOf(id)).toMatchObject({ carrier: "ups", tracking_number: ups(at) });
    const back = await ask<Outcome[]>(world.db, world.owner, "loyalty_step_redemptions", {
      p_client: world.clientId,
      p_items: JSON.stringify(ids.map((id) => ({ id, from: "fulfilled" }))),
      p_step: "undo",
      p_detail: "{}",
    });
    expect(back.every(({ isDone }) => isDone)).toBe(true);
    expect(await world.giftOf(ids[0]!)).toMatchObject({ carrier: null, shipped_at: null });
  });

  it("are all kept back while one is wrong, or the good ones are saved", async () => {
    const [good, bad, card] = [...(await gifts(2)), await world.claim(world.noor)] as [
      string,
      string,
      string,
    ];
    const lines = [
      line(good, 1),
      { ...line(bad, 2), trackingNumber: "12" },
      line(card, 3),
      line(randomUUID(), 4),
    ];
    const kept = new Map((await ship(lines, true)).map((one) => [one.id, one]));
    expect(kept.get(good)).toMatchObject({ isDone: false, code: "kept" });
    expect(kept.get(bad)).toMatchObject({ isDone: false, code: "VA001", field: "trackingNumber" });
    expect(kept.get(card)).toMatchObject({ code: "ST001", field: null });
    expect(await world.stateOf(good)).toBe("claimed");
    const saved = new Map((await ship(lines)).map((one) => [one.id, one]));
    expect(saved.get(good)).toMatchObject({ isDone: true });
    expect([await world.stateOf(good), await world.stateOf(bad)]).toEqual(["fulfilled", "claimed"]);
  });

  it("by two people at once are shipped once, in either order of their lists", async () => {
    const ids = await gifts(10);
    const lists = Array.from({ length: 10 }, (_, at) => {
      const items = ids.map((id, no) => line(id, 100 * at + no));
      return ship(at % 2 ? items : items.reverse(), false, at % 2 ? world.owner : world.manager);
    });
    const done = (await Promise.all(lists)).flat().filter(({ isDone }) => isDone);
    expect(done.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it("are refused to whoever does not fulfil, and without a list", async () => {
    expect(await outcome(ship([line(randomUUID(), 1)], false, await world.member("support")))).toMatch(
      /^PM001/,
    );
    expect(await outcome(ship([line(randomUUID(), 1)], false, world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(ship([]))).toBe("VA001 items");
  });
});

describe("the packing list", () => {
  const list = (ids: string[] | null, as = world.owner) =>
    ask<{ redemptionId: string; giftId: string; line1: string }[]>(world.db, as, "loyalty_export_addresses", {
      p_client: world.clientId,
      p_redemptions: ids,
    });

  it("has the gifts that wait, and a line in the log for each address read, by whom", async () => {
    const [one, two, sent] = (await gifts(3)) as [string, string, string];
    await ship([line(sent, 900)]);
    const held = await world.claim(await world.creator("heldgift"), "physical_gift", { is_held: true });
    const found = await list([one, sent, held]);
    expect(found.map(({ redemptionId }) => redemptionId)).toEqual([one]);
    const logged = await world.one<{ n: number }>(
      `select count(*)::int as n from public.core_audit_log
        where table_name = 'loyalty_gifts' and action = 'export' and row_key = $1 and actor_user_id = $2`,
      [found[0]!.giftId, world.owner],
    );
    expect(logged.n).toBe(1);
    const all = (await list(null)).map(({ redemptionId }) => redemptionId);
    expect(all).toEqual(expect.arrayContaining([one, two]));
    expect(all).not.toContain(sent);
  });

  it("is closed to support and to creators", async () => {
    expect(await outcome(list(null, await world.member("support")))).toMatch(/^PM001/);
    expect(await outcome(list(null, world.noor.userId))).toMatch(/^PM001/);
  });
});
