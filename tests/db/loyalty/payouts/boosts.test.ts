import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { outcome } from "../../../support/ask";
import { moneyWorld, type MoneyWorld } from "./world";

let world: MoneyWorld;
afterEach(() => world.db.drop());

/** A boost of ten days from 1 March at 5 %; its evening of beginning is 28 February. */
async function running(clearing = 20) {
  world = await moneyWorld({ clearing });
  const noor = await world.member("noor");
  const boost = await world.boost(noor.creatorId, "2026-03-01");
  return { ...noor, boost };
}

describe("a boost", () => {
  it("goes from the chosen evening to the money, each step once and written down", async () => {
    const { boost, creatorId, userId } = await running();
    await world.evening("2026-02-27");
    expect(await world.read(boost)).toMatchObject({ state: "scheduled", redemption: "claimed" });
    await world.evening("2026-02-28");
    expect((await world.read(boost)).state).toBe("active");
    await world.sell(creatorId, "2026-03-02", 1_011);
    await world.evening("2026-03-09");
    expect((await world.read(boost)).state).toBe("active");
    await world.evening("2026-03-10");
    // 1,011 at 5 % are 50.55: rounded half up to 51.
    expect(await world.read(boost)).toMatchObject({
      state: "pending_info",
      redemption: "claimed",
      sales: 1_011,
      earned: 51,
      final_amount: null,
      clears_on: "2026-03-30",
    });
    await world.account(userId);
    expect(await world.read(boost)).toMatchObject({ state: "pending_payout", redemption: "fulfilled" });
    expect(await world.lines(creatorId)).toEqual([]);
    await world.evening("2026-03-30");
    expect(await world.read(boost)).toMatchObject({
      state: "pending_payout",
      final_sales: 1_011,
      final_amount: 51,
    });
    expect(await world.lines(creatorId)).toMatchObject([{ kind: "boost", amount: 51, state: "pending" }]);
    expect(await world.history(boost)).toEqual([
      ">scheduled",
      "scheduled>active",
      "active>expired",
      "expired>pending_info",
      "pending_info>pending_payout",
    ]);
    for (const again of ["2026-03-30", "2026-03-31"])
      expect(await world.evening(again)).toEqual({ started: 0, ended: 0, settled: 0, cleared: 0, owed: 0 });
    expect(await world.mismatches()).toEqual([]);
  });

  it("starts and ends by the clock between two nights, and waits for its last day to be counted", async () => {
    const { boost } = await running();
    const tick = (at: string) =>
      world.one<{ n: number }>("select private.loyalty_advance_due_boosts($1) as n", [at]);
    expect(await tick("2026-02-28T22:59:00Z")).toEqual({ n: 0 });
    expect(await tick("2026-02-28T23:00:00Z")).toEqual({ n: 1 });
    expect((await world.read(boost)).state).toBe("active");
    // Six in the evening of New York, on the other side of the change of clocks.
    expect(await tick("2026-03-10T21:59:00Z")).toEqual({ n: 0 });
    expect(await tick("2026-03-10T22:00:00Z")).toEqual({ n: 1 });
    expect((await world.read(boost)).state).toBe("expired");
    expect(await tick("2026-03-10T22:00:00Z")).toEqual({ n: 0 });
    await world.evening("2026-03-10");
    expect((await world.read(boost)).state).toBe("pending_info");
  });

  it("sets timers for the minute it starts and the minute it ends", async () => {
    const { boost } = await running();
    const { rows } = await world.db.pool.query<{ key: string; at: string }>(
      "select key, to_char(run_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from graphile_worker.jobs where key like '%' || $1 order by run_at",
      [boost],
    );
    expect(rows).toEqual([
      { key: `loyalty.boost-starts:${boost}`, at: "2026-02-28 23:00" },
      { key: `loyalty.boost-ends:${boost}`, at: "2026-03-10 22:00" },
    ]);
  });

  it("steps once however many ask at once", async () => {
    const { boost } = await running();
    await Promise.all(
      Array.from({ length: 30 }, () =>
        world.db.pool.query("select private.loyalty_move_boosts($1, '2026-03-11', '2026-03-10')", [
          world.clientId,
        ]),
      ),
    );
    expect((await world.history(boost)).filter((step) => step === "scheduled>active")).toHaveLength(1);
    expect((await world.read(boost)).state).toBe("pending_info");
  });

  it("is concluded with a sentence when nothing stood", async () => {
    const { boost, creatorId } = await running();
    await world.evening("2026-03-10");
    await world.evening("2026-03-30");
    expect(await world.read(boost)).toMatchObject({
      state: "paid",
      redemption: "concluded",
      final_amount: 0,
    });
    expect(await world.lines(creatorId)).toEqual([]);
    const { note } = await world.one<{ note: string }>(
      "select fulfil_note as note from public.loyalty_redemptions where creator_id = $1",
      [creatorId],
    );
    expect(note).toContain("nothing to pay");
    expect(await world.mismatches()).toEqual([]);
  });
});

describe("what a boost counts", () => {
  const settled = async (work: (creatorId: string) => Promise<unknown>, until = "2026-03-30") => {
    const { boost, creatorId } = await running();
    await world.evening("2026-02-28");
    await work(creatorId);
    await world.evening("2026-03-10");
    await world.evening(until);
    return world.read(boost);
  };

  it("counts the days of the boost, first and last included, and no other", async () => {
    const { sales } = await settled(async (id) => {
      await world.sell(id, "2026-02-28", 1_000, "old");
      await world.sell(id, "2026-03-01", 200, "old");
      await world.sell(id, "2026-03-10", 30, "old");
      await world.sell(id, "2026-03-11", 4_000, "old");
    });
    expect(sales).toBe(230);
  });

  it("leaves out what a video had sold before it was first seen, unless it was posted under the boost", async () => {
    const { sales } = await settled(async (id) => {
      await world.sell(id, "2026-03-02", 7_000, "seen late");
      await world.db.pool.query(
        "update public.loyalty_videos set posted_on = '2026-02-20' where url = 'seen late'",
      );
      await world.sell(id, "2026-03-03", 500, "seen late");
      await world.sell(id, "2026-03-02", 60, "new");
      await world.db.pool.query(
        "update public.loyalty_videos set posted_on = '2026-02-28' where url = 'new'",
      );
    });
    expect(sales).toBe(560);
  });

  it("takes off refunds and downward corrections dated in it, while they stand, and no bonus adds to it", async () => {
    const { sales } = await settled(async (id) => {
      await world.sell(id, "2026-03-02", 10_000);
      await world.adjust(id, "2026-03-03", 90_000, "bonus");
      await world.adjust(id, "2026-03-03", 90_000, "manual_sale");
      await world.adjust(id, "2026-03-03", 90_000, "correction");
      await world.adjust(id, "2026-03-03", -300, "refund");
      await world.adjust(id, "2026-03-10", -40, "correction");
      await world.adjust(id, "2026-03-11", -5_000, "refund");
      const { id: mistake } = await world.adjust(id, "2026-03-04", -2_000, "refund");
      await world.db.pool.query(
        `insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason, reverses_id)
         values ($1, $2, 'refund', 2000, '2026-03-04', 'a mistake', $3)`,
        [world.clientId, id, mistake],
      );
    });
    expect(sales).toBe(9_660);
  });

  it("takes off what is refunded while it clears, from the video that sold it and no further, and nothing later", async () => {
    const read = await settled(async (id) => {
      await world.sell(id, "2026-03-02", 1_000, "a");
      await world.sell(id, "2026-03-02", 1_000, "b");
      await world.sell(id, "2026-03-12", -300, "a");
      await world.sell(id, "2026-03-20", -5_000, "b");
      await world.sell(id, "2026-03-31", -700, "a");
    }, "2026-04-02");
    expect(read).toMatchObject({ sales: 2_000, earned: 100, final_sales: 700, final_amount: 35 });
  });

  it("follows a file that comes late until clearing ends, and nothing after", async () => {
    const { boost, creatorId } = await running();
    await world.evening("2026-03-10");
    await world.sell(creatorId, "2026-03-05", 2_000);
    expect(await world.mismatches()).toMatchObject([{ what: "boost.settled_sales" }]);
    await world.evening("2026-03-12");
    expect(await world.read(boost)).toMatchObject({ sales: 2_000, earned: 100 });
    expect(await world.mismatches()).toEqual([]);
    await world.evening("2026-03-30");
    await world.sell(creatorId, "2026-03-06", 9_000);
    await world.evening("2026-03-31");
    expect(await world.read(boost)).toMatchObject({ sales: 2_000, final_amount: 100 });
    expect(await world.mismatches()).toEqual([]);
  });

  it.each([
    [9, 0],
    [10, 1],
    [29, 1],
    [30, 2],
    [31, 2],
  ])("rounds half up: %i at five percent is %i", async (sales, earned) => {
    expect((await settled((id) => world.sell(id, "2026-03-02", sales))).final_amount).toBe(earned);
  });
});

describe("a boost and its redemption", () => {
  it("stay together when the redemption is rejected before the boost begins", async () => {
    const { boost } = await running();
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'not this time' where kind = 'commission_boost'",
    );
    expect(await world.read(boost)).toMatchObject({ state: "cancelled", redemption: "rejected" });
    expect(await world.evening("2026-03-30")).toMatchObject({ started: 0 });
  });

  it("stay together when the boost is cancelled", async () => {
    const { boost } = await running();
    await world.db.pool.query(
      "update public.loyalty_boosts set state = 'cancelled', cancelled_at = now() where id = $1",
      [boost],
    );
    expect(await world.read(boost)).toMatchObject({ state: "cancelled", redemption: "rejected" });
  });

  it.each([
    ["rejected", "state = 'rejected', rejected_at = now(), rejection_reason = 'too late'"],
    ["fulfilled", "state = 'fulfilled', fulfilled_at = now()"],
  ])("cannot be parted once it runs: %s", async (_name, change) => {
    const { boost } = await running();
    await world.evening("2026-02-28");
    expect(
      await outcome(
        world.db.pool.query(
          `update public.loyalty_redemptions set ${change} where kind = 'commission_boost'`,
        ),
      ),
    ).toBe("ST001 loyalty_boosts");
    expect(await world.read(boost)).toMatchObject({ state: "active", redemption: "claimed" });
  });
});

describe("whatever happens", () => {
  it("nobody is paid more than the rate on what her videos sold in the days of the boost, and the same rows give the same sum", async () => {
    world = await moneyWorld();
    const videos = ["a", "b", "c"];
    let serial = 0;
    const date = (offset: number) =>
      new Date(Date.UTC(2026, 1, 20) + offset * 86_400_000).toISOString().slice(0, 10);
    const act = fc.oneof(
      fc.record({
        kind: fc.constant("sell" as const),
        day: fc.integer({ min: 0, max: 45 }),
        video: fc.constantFrom(...videos),
        amount: fc.integer({ min: -4_000, max: 9_000 }),
      }),
      fc.record({
        kind: fc.constantFrom(
          "bonus" as const,
          "manual_sale" as const,
          "correction" as const,
          "refund" as const,
        ),
        day: fc.integer({ min: 0, max: 45 }),
        amount: fc.integer({ min: 1, max: 5_000 }),
        down: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("night" as const), day: fc.integer({ min: 0, max: 45 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 25 }),
        fc.integer({ min: 1, max: 9_999 }),
        async (acts, rate) => {
          const { creatorId } = await world.member(`c${(serial += 1)}`);
          const boost = await world.boost(creatorId, "2026-03-01", 10, rate);
          const moved = new Map<string, number>();
          for (const step of acts) {
            const day = date(step.day);
            if (step.kind === "sell") {
              await world.sell(creatorId, day, step.amount, step.video);
              const inside = day >= "2026-03-01" && day <= "2026-03-10";
              if (inside) moved.set(step.video, (moved.get(step.video) ?? 0) + step.amount);
            } else if (step.kind === "night") {
              await world.one(
                "select private.loyalty_move_boosts($1, private.local_instant($2, '18:05', 'America/New_York'), null)",
                [world.clientId, day],
              );
            } else {
              const down = step.kind === "refund" || (step.kind === "correction" && step.down);
              await world.adjust(creatorId, day, down ? -step.amount : step.amount, step.kind);
            }
          }
          await world.evening("2026-03-30");
          const read = await world.read(boost);
          const most = [...moved.values()].reduce((sum, value) => sum + Math.max(0, value), 0);
          expect(read.sales).toBeLessThanOrEqual(most);
          expect(read.final_sales).toBeLessThanOrEqual(read.sales ?? 0);
          expect(read.final_amount).toBeLessThanOrEqual(Math.floor((most * rate + 5_000) / 10_000));
          expect(await world.mismatches()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
