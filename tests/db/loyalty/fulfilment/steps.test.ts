import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carriers, isTrackingNumber } from "../../../../lib/programs/loyalty/fulfilment/carriers";
import { ask, outcome } from "../../../support/ask";
import { fulfilmentWorld, type FulfilmentWorld } from "./fulfilment-world";

let world: FulfilmentWorld;
beforeAll(async () => {
  world = await fulfilmentWorld();
});
afterAll(() => world.db.drop());

const ship = { carrier: "ups", trackingNumber: "1z 999 aa1 01 2345 6784" };

describe("a claim that is fulfilled", () => {
  it("carries who did it, when and the reference, and can be taken back and concluded", async () => {
    const id = await world.claim(world.noor);
    expect(await world.step(id, "fulfil", { from: "claimed", reference: " TX-1 ", note: "sent" })).toEqual({
      id,
      state: "fulfilled",
    });
    const row = () =>
      world.one<Record<string, unknown>>("select * from public.loyalty_redemptions where id = $1", [id]);
    expect(await row()).toMatchObject({
      fulfil_reference: "TX-1",
      fulfil_note: "sent",
      fulfilled_by: world.owner,
    });
    await world.step(id, "undo", { from: "fulfilled" }, world.manager);
    expect(await row()).toMatchObject({
      state: "claimed",
      fulfilled_at: null,
      fulfilled_by: null,
      fulfil_reference: null,
    });
    await world.step(id, "fulfil");
    await world.step(id, "conclude", { from: "fulfilled" });
    expect(await world.stateOf(id)).toBe("concluded");
    await world.step(id, "undo", { from: "concluded" });
    expect(await world.stateOf(id)).toBe("fulfilled");
  });

  it("is refused when the page saw another state, with who changed it", async () => {
    const id = await world.claim(world.noor);
    await world.step(id, "fulfil", {}, world.manager);
    await expect(world.step(id, "fulfil", { from: "claimed" })).rejects.toMatchObject({
      code: "ST002",
      message: "This claim is fulfilled now, by Manager. Look at it again.",
    });
    expect(await outcome(world.step(id, "reject", { reason: "No stock" }))).toBe("ST001");
  });

  it("is not taken back after a day, nor while a newer claim of the same reward is open", async () => {
    const old = await world.claim(world.noor);
    await world.step(old, "fulfil");
    await world.db.pool.query(
      "update public.loyalty_redemptions set fulfilled_at = now() - interval '25 hours' where id = $1",
      [old],
    );
    expect(await outcome(world.step(old, "undo"))).toBe("ST001");
    const rewardId = await world.reward();
    const first = await world.claim(world.noor, "gift_card", { rewardId });
    await world.step(first, "fulfil");
    await world.step(first, "conclude");
    await world.claim(world.noor, "gift_card", { rewardId });
    await expect(world.step(first, "undo")).rejects.toMatchObject({
      code: "ST001",
      message: "She has claimed this reward again since. Fulfil or reject that claim first.",
    });
  });

  it("keeps a code apart, for her and for those who fulfil, and out of the audit log", async () => {
    const id = await world.claim(world.noor);
    await world.step(id, "fulfil", { code: "v1:k:iv:tag:secretcode" });
    const seen = (userId: string) =>
      ask<{ code: string | null }>(world.db, userId, "loyalty_read_redemption", {
        p_client: world.clientId,
        p_redemption: id,
      }).then(
        ({ code }) => (code === null ? 0 : 1),
        () => 0,
      );
    expect(await seen(world.noor.userId)).toBe(1);
    expect(await seen(world.manager)).toBe(1);
    expect(await seen(await world.member("support"))).toBe(0);
    expect(await seen((await world.creator("other")).userId)).toBe(0);
    expect(
      await outcome(
        world.db.asUser(world.owner, (sql) =>
          sql.query("select envelope from public.loyalty_redemption_codes"),
        ),
      ),
    ).toBe("42501");
    const { rows } = await world.db.pool.query(
      "select from public.core_audit_log where coalesce(before::text, '') || coalesce(after::text, '') like '%secretcode%'",
    );
    expect(rows).toHaveLength(0);
    await world.step(id, "undo");
    expect(await seen(world.noor.userId)).toBe(0);
  });
});

describe("a claim that is rejected", () => {
  it("needs a reason she will read", async () => {
    const id = await world.claim(world.noor);
    expect(await outcome(world.step(id, "reject", { reason: " " }))).toBe("VA001 reason");
    await world.step(id, "reject", { reason: "The address does not exist" });
    expect(await world.stateOf(id)).toBe("rejected");
    expect(await outcome(world.step(id, "fulfil"))).toBe("ST001");
  });

  it("cancels a boost that has not started, and refuses one that has", async () => {
    const boost = (id: string) =>
      world.one<{ state: string }>("select state from public.loyalty_boosts where redemption_id = $1", [id]);
    const waiting = await world.claim(world.noor, "commission_boost");
    await world.step(waiting, "reject", { reason: "The budget is gone" });
    expect([await world.stateOf(waiting), (await boost(waiting)).state]).toEqual(["rejected", "cancelled"]);
    const running = await world.claim(world.noor, "commission_boost");
    await world.db.pool.query(
      "update public.loyalty_boosts set state = 'active', activated_at = now() where redemption_id = $1",
      [running],
    );
    expect(await outcome(world.step(running, "reject", { reason: "The budget is gone" }))).toBe("ST001");
    expect(await outcome(world.step(running, "fulfil"))).toBe("ST001");
    expect(await world.stateOf(running)).toBe("claimed");
  });
});

describe("a gift", () => {
  it("is shipped with a tracking number of its carrier, delivered, and both are taken back", async () => {
    const id = await world.claim(world.noor, "physical_gift");
    expect(await outcome(world.step(id, "fulfil"))).toBe("ST001");
    expect(await outcome(world.step(id, "ship", { carrier: "pigeon" }))).toBe("VA001 carrier");
    expect(await outcome(world.step(id, "ship", { carrier: "ups", trackingNumber: "12" }))).toBe(
      "VA001 trackingNumber",
    );
    expect(await outcome(world.step(id, "ship", { carrier: "ups" }))).toBe("VA001 trackingNumber");
    await world.step(id, "ship", ship);
    expect(await world.giftOf(id)).toMatchObject({ carrier: "ups", tracking_number: "1Z999AA10123456784" });
    expect(await world.stateOf(id)).toBe("fulfilled");
    expect(await outcome(world.step(id, "conclude"))).toBe("ST001");
    await world.step(id, "deliver");
    expect(await world.stateOf(id)).toBe("concluded");
    await world.step(id, "undo");
    expect((await world.giftOf(id)).delivered_at).toBeNull();
    await world.step(id, "undo");
    expect(await world.giftOf(id)).toMatchObject({ carrier: null, tracking_number: null, shipped_at: null });
    await world.step(id, "ship", { carrier: "other" });
    expect(await world.stateOf(id)).toBe("fulfilled");
  });

  it("changes its address by her or by those who ship, until it is shipped, and no log keeps the address", async () => {
    const id = await world.claim(world.noor, "physical_gift");
    const address = {
      recipient: "Noor H",
      line1: "2 Harbour Row",
      city: "Kittery",
      postalCode: "03904",
      country: "us",
    };
    const change = (userId: string, more: object = {}) =>
      ask(world.db, userId, "loyalty_change_address", {
        p_client: world.clientId,
        p_redemption: id,
        p_address: JSON.stringify({ ...address, ...more }),
      });
    await change(world.noor.userId);
    await change(world.manager, { line1: "3 Harbour Row" });
    expect(await world.giftOf(id)).toMatchObject({ line1: "3 Harbour Row", country: "US" });
    expect(await outcome(change((await world.creator("nosy")).userId))).toBe("TN001");
    expect(await outcome(change(await world.member("support")))).toBe("TN001");
    expect(await outcome(change(world.noor.userId, { country: "Nowhere" }))).toMatch(/^23514/);
    const { rows } = await world.db.pool.query<{ actor_user_id: string }>(
      "select actor_user_id from public.core_audit_log where table_name = 'loyalty_gifts' order by created_at",
    );
    expect(rows.map((row) => row.actor_user_id)).toEqual([world.noor.userId, world.manager]);
    const kept = await world.db.pool.query(
      "select from public.core_audit_log where after::text like '%Harbour%'",
    );
    expect(kept.rowCount).toBe(0);
    await world.step(id, "ship", ship);
    expect(await outcome(change(world.noor.userId))).toBe("ST001");
  });

  it("is checked by the same shapes in the app and in the database", async () => {
    const samples = [
      "1Z999AA10123456784",
      "T1234567890",
      "123456789",
      "123456789012",
      "12345678901234567890",
      "9400111899223197428490",
      "RA123456789US",
      "RA123456789DE",
      "1234567890",
      "JJD0099999999",
      "GM1234567890123",
      "",
      "AB-12",
      "hello world",
      "1z999aa10123456784",
      "12",
    ];
    for (const carrier of carriers)
      for (const sample of samples) {
        const { is } = await world.one<{ is: boolean }>(
          "select coalesce(private.is_tracking_number($1, $2), false) as is",
          [carrier, sample],
        );
        const typed = sample === sample.toUpperCase() && !/\s/.test(sample);
        if (typed)
          expect([carrier, sample, is]).toEqual([carrier, sample, isTrackingNumber(carrier, sample)]);
      }
  });
});

describe("a discount", () => {
  it("is turned on from a quarter of an hour before its time", async () => {
    const early = await world.claim(world.noor, "discount", {
      scheduled_at: new Date(Date.now() + 3_600_000),
      ends_at: new Date(Date.now() + 3_660_000),
    });
    expect(await outcome(world.step(early, "fulfil"))).toBe("ST001");
    const now = await world.claim(await world.creator("now"), "discount");
    await world.step(now, "fulfil");
    expect(await world.stateOf(now)).toBe("fulfilled");
  });
});

describe("who may take a step", () => {
  it("is who holds the permission, of this business, and not about her own claim", async () => {
    const id = await world.claim(world.noor);
    expect(await outcome(world.step(id, "fulfil", {}, world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(world.step(id, "fulfil", {}, await world.member("support")))).toMatch(/^PM001/);
    expect(await outcome(world.step(id, "fulfil", {}, await world.db.createUser("stranger@else.test")))).toBe(
      "TN001",
    );
    expect(await outcome(world.step(randomUUID(), "fulfil"))).toBe("TN001");
    expect(await outcome(world.step(id, "dance"))).toBe("VA001 step");
    const double = await world.creator("double");
    await world.db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) select client_id, person_id, 'manager' from public.loyalty_creators where id = $1",
      [double.id],
    );
    const own = await world.claim(double);
    expect(await outcome(world.step(own, "fulfil", {}, double.userId))).toBe("PM001");
    await world.step(own, "fulfil");
  });

  it("waits for a hold, whatever the step", async () => {
    const id = await world.claim(world.noor, "gift_card", { is_held: true });
    for (const step of ["fulfil", "reject", "undo"])
      expect(await outcome(world.step(id, step, { reason: "A reason" }))).toBe("ST001");
    expect(await world.stateOf(id)).toBe("claimed");
  });

  it("is one person when two fulfil at once, and stock moves once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await world.claim(world.noor);
      const results = await Promise.all(
        [world.owner, world.manager, world.owner, world.manager].map((who) =>
          outcome(world.step(id, "fulfil", { from: "claimed" }, who)),
        ),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
      expect(results.filter((result) => result === "ST002")).toHaveLength(3);
      const { steps } = await world.one<{ steps: string }>(
        "select count(*) as steps from public.core_state_history where row_id = $1 and to_state = 'fulfilled'",
        [id],
      );
      expect(steps).toBe("1");
    }
  });
});

describe("many at once", () => {
  const many = (
    items: { id: string; from?: string }[],
    step: string,
    detail: object = {},
    as = world.owner,
  ) =>
    ask<{ id: string; isDone: boolean; code: string | null; message: string | null }[]>(
      world.db,
      as,
      "loyalty_step_redemptions",
      {
        p_client: world.clientId,
        p_items: JSON.stringify(items),
        p_step: step,
        p_detail: JSON.stringify(detail),
      },
    );

  it("each has its own outcome, and what is refused says why", async () => {
    const good = await world.claim(world.noor);
    const held = await world.claim(world.noor, "gift_card", { is_held: true });
    const gift = await world.claim(world.noor, "physical_gift");
    const gone = randomUUID();
    const outcomes = await many(
      [good, held, gift, gone].map((id) => ({ id, from: "claimed" })),
      "fulfil",
    );
    const of = (id: string) => outcomes.find((each) => each.id === id);
    expect(outcomes).toHaveLength(4);
    expect(of(good)).toMatchObject({ isDone: true, message: null });
    expect(of(held)).toMatchObject({
      isDone: false,
      code: "ST001",
      message: "This claim is on hold. Resolve the hold first.",
    });
    expect(of(gift)).toMatchObject({ isDone: false, message: "Ship this gift with its carrier instead." });
    expect(of(gone)).toMatchObject({ isDone: false, code: "TN001" });
    expect([await world.stateOf(good), await world.stateOf(gift)]).toEqual(["fulfilled", "claimed"]);
    // A refused row left nothing behind.
    const left = await world.one<{ n: string }>(
      "select count(*) as n from public.core_state_history where row_id = $1",
      [gift],
    );
    expect(left.n).toBe("1");
  });

  it("is refused as a whole without the permission, for none and for too many", async () => {
    const id = await world.claim(world.noor);
    expect(await outcome(many([{ id }], "fulfil", {}, world.noor.userId))).toMatch(/^PM001/);
    expect(await outcome(many([], "fulfil"))).toBe("VA001 items");
    expect(
      await outcome(
        many(
          Array.from({ length: 201 }, () => ({ id })),
          "fulfil",
        ),
      ),
    ).toBe("VA001 items");
  });

  it("runs beside another with the same list: every claim is fulfilled once", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => world.claim(world.noor)));
    const items = ids.map((id) => ({ id, from: "claimed" }));
    const [one, two] = await Promise.all([
      many(items, "fulfil"),
      many(items.toReversed(), "fulfil", {}, world.manager),
    ]);
    for (const id of ids)
      expect([one, two].filter((list) => list.find((each) => each.id === id)?.isDone)).toHaveLength(1);
  });
});
