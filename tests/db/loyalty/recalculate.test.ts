import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { type LoyaltyWorld, loyaltyWorld } from "./world";

let world: LoyaltyWorld;
afterEach(() => world.db.drop());

describe("the nightly pass", () => {
  it("lets a new creator enter and moves her up the night she passes a threshold", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-01", 100000);
    await world.night("2026-06-01");
    expect(await world.tierOf(noor)).toBe("Bronze");
    await world.sell(noor, "2026-06-02", 50000);
    await world.night("2026-06-02");
    expect(await world.decisions(noor)).toMatchObject([
      { rule: "entry", to_name: "Bronze", from_name: null },
      {
        rule: "promotion",
        from_name: "Bronze",
        to_name: "Silver",
        value: 150000,
        threshold: 150000,
        period_start: "2026-06-01",
        period_end: "2026-06-03",
        business_date: "2026-06-02",
      },
    ]);
    expect(await world.periodOf(noor)).toEqual({
      start: "2026-06-03",
      check: "2026-10-02",
      sales: "0",
      total: "150000",
    });
  });

  it("skips tiers when the figures reach further", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-05", 1600000);
    await world.night("2026-06-05");
    expect((await world.decisions(noor)).map((d) => `${d.rule} ${d.to_name}`)).toEqual([
      "entry Bronze",
      "promotion Platinum",
    ]);
  });

  it("changes nothing when it runs twice for one night", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-02", 200000);
    await world.night("2026-06-02");
    const before = await world.outcome();
    expect(await world.night("2026-06-02")).toMatchObject({ promoted: 0, entered: 0, updated: 0 });
    await world.db.pool.query("update public.loyalty_nights set needs_full_pass = true");
    expect(await world.night("2026-06-02")).toMatchObject({ pass: "full", promoted: 0, updated: 0 });
    expect(await world.outcome()).toEqual(before);
  });

  it("judges a second file of the same night by the whole period", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-02", 200000);
    await world.night("2026-06-02");
    await world.sell(noor, "2026-06-02", 400000);
    await world.night("2026-06-02");
    expect((await world.decisions(noor)).map((d) => `${d.to_name} ${d.value}`)).toEqual([
      "Bronze 0",
      "Silver 200000",
      "Gold 600000",
    ]);
    expect(await world.periodOf(noor)).toMatchObject({ start: "2026-06-03", sales: "0", total: "600000" });
  });

  it("demotes at the check and not before", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.sell(noor, "2026-03-10", 600000);
    await world.night("2026-03-10");
    expect(await world.tierOf(noor)).toBe("Gold");
    await world.sell(noor, "2026-03-20", 160000);
    await world.night("2026-03-20");
    for (const day of ["2026-04-01", "2026-04-09"]) await world.night(day, null);
    expect(await world.tierOf(noor)).toBe("Gold");
    await world.night("2026-04-10", null);
    expect(await world.tierOf(noor)).toBe("Silver");
    expect((await world.decisions(noor)).at(-1)).toMatchObject({
      rule: "demotion",
      from_name: "Gold",
      to_name: "Silver",
      value: 160000,
      threshold: 150000,
      period_start: "2026-03-11",
      period_end: "2026-04-11",
    });
    expect(await world.checkpoints(noor)).toEqual(["2026-03-11 2026-04-11 demoted"]);
  });

  it("records a check that keeps the tier, and exempts the entry tier", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const silver = await world.creator("silver", "2026-03-01");
    const bronze = await world.creator("bronze", "2026-03-05");
    await world.sell(silver, "2026-03-01", 150000);
    await world.sell(bronze, "2026-03-05", 100);
    await world.night("2026-03-05");
    await world.sell(silver, "2026-03-20", 150000, "v2");
    for (const day of ["2026-03-20", "2026-04-04", "2026-04-05", "2026-04-06"]) await world.night(day);
    expect(await world.checkpoints(silver)).toEqual(["2026-03-06 2026-04-06 maintained"]);
    expect(await world.checkpoints(bronze)).toEqual(["2026-03-05 2026-04-05 exempt"]);
    expect(await world.tierOf(bronze)).toBe("Bronze");
    expect(await world.periodOf(silver)).toMatchObject({
      start: "2026-04-06",
      check: "2026-05-05",
      sales: "0",
    });
  });

  it("promotes at a check when its last day brings the figure", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.night("2026-03-01");
    await world.sell(noor, "2026-03-31", 500000);
    await world.night("2026-03-31");
    expect(await world.checkpoints(noor)).toEqual(["2026-03-01 2026-04-01 promoted"]);
    expect(await world.tierOf(noor)).toBe("Gold");
  });

  it("clamps month ends without drifting", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2027-01-31");
    const checks: string[] = [];
    for (const day of ["2027-01-31", "2027-02-27", "2027-03-30", "2027-04-29", "2027-05-30"]) {
      await world.night(day, null);
      checks.push((await world.periodOf(noor)).check);
    }
    expect(checks).toEqual(["2027-02-27", "2027-03-30", "2027-04-29", "2027-05-30", "2027-06-29"]);
  });

  it("keeps its hour on both days the clocks change", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 12 });
    const spring = await world.creator("spring", "2026-03-08");
    const autumn = await world.creator("autumn", "2026-11-01");
    await world.sell(spring, "2026-03-08", 150000);
    await world.night("2026-03-08");
    await world.sell(autumn, "2026-11-01", 150000);
    await world.night("2026-11-01");
    const rows = await world.db.pool.query<{ at: Date }>(
      "select tier_since as at from public.loyalty_creators order by handle",
    );
    expect(rows.rows.map((row) => row.at.toISOString())).toEqual([
      "2026-11-01T23:00:00.000Z",
      "2026-03-08T22:00:00.000Z",
    ]);
  });

  it("counts an adjustment in its own period only", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.sell(noor, "2026-03-01", 150000);
    await world.night("2026-03-01");
    await world.adjust(noor, "2026-03-15", 160000, "manual_sale");
    for (const day of ["2026-03-15", "2026-04-01"]) await world.night(day, null);
    expect((await world.decisions(noor)).at(-1)).toMatchObject({
      rule: "maintained",
      value: 160000,
      sales_part: 0,
      adjustments_part: 160000,
    });
    await world.adjust(noor, "2026-03-20", -100000, "refund");
    for (const day of ["2026-04-02", "2026-05-01"]) await world.night(day, null);
    expect((await world.decisions(noor)).at(-1)).toMatchObject({
      rule: "demotion",
      value: 0,
      adjustments_part: 0,
    });
    expect(await world.periodOf(noor)).toMatchObject({ total: "210000" });
  });

  it("waits for an adjustment's day when an earlier night is caught up", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.adjust(noor, "2026-06-03", 150000, "bonus");
    await world.night("2026-06-02");
    expect(await world.tierOf(noor)).toBe("Bronze");
    await world.night("2026-06-03");
    expect(await world.tierOf(noor)).toBe("Silver");
  });

  it("counts an old video that still sells", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.sell(noor, "2026-03-02", 10000, "evergreen");
    await world.night("2026-03-02");
    await world.night("2026-03-31", null);
    await world.sell(noor, "2026-04-10", 150000, "evergreen");
    await world.night("2026-04-10");
    expect((await world.decisions(noor)).at(-1)).toMatchObject({
      rule: "promotion",
      value: 150000,
      period_start: "2026-04-01",
    });
  });

  it("never changes a pinned tier, and lets it go after unpinning", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.night("2026-03-01");
    await world.db.pool.query(
      `update public.loyalty_creators set is_pinned = true, pinned_reason = 'ambassador', tier_id = t.id, pinned_tier_id = t.id
         from public.loyalty_tiers t where t.client_id = loyalty_creators.client_id and t.name = 'Gold'`,
    );
    await world.sell(noor, "2026-03-05", 2000000);
    await world.night("2026-03-05");
    await world.night("2026-03-31", null);
    expect(await world.tierOf(noor)).toBe("Gold");
    expect(await world.checkpoints(noor)).toEqual(["2026-03-01 2026-04-01 maintained"]);
  });

  it("gives the same result when missed nights are caught up in order", async () => {
    const days = Array.from({ length: 70 }, (_, day) =>
      new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10),
    );
    const run = async (punctual: boolean): Promise<unknown> => {
      world = await loyaltyWorld();
      await world.settings({ checkpoint_months: 1 });
      const noor = await world.creator("noor", "2026-03-01");
      const missed: string[] = [];
      for (const [index, day] of days.entries()) {
        if (index % 9 === 0) await world.sell(noor, day, 40000 + index * 1500, `v${index % 3}`);
        if (!punctual && index % 7 < 3) {
          missed.push(day);
          continue;
        }
        for (const late of missed.splice(0)) await world.night(late);
        await world.night(day);
      }
      return world.outcome();
    };
    const punctual = await run(true);
    await world.db.drop();
    expect(await run(false)).toEqual(punctual);
  });

  it("judges each closed period when one late night spans several", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-01-01");
    await world.sell(noor, "2026-01-01", 600000);
    await world.night("2026-01-01");
    await world.night("2026-04-15", null);
    expect(await world.checkpoints(noor)).toEqual([
      "2026-01-02 2026-02-02 demoted",
      "2026-02-02 2026-03-02 exempt",
      "2026-03-02 2026-04-02 exempt",
    ]);
  });

  it("takes figures back when a later file corrects them, and waits for the check to demote", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-01", 160000);
    await world.night("2026-06-01");
    await world.sell(noor, "2026-06-02", -150000);
    await world.night("2026-06-02");
    expect(await world.tierOf(noor)).toBe("Silver");
    expect(await world.periodOf(noor)).toMatchObject({ sales: "-150000", total: "10000" });
  });

  it("keeps a tier for good when everything ever sold counts", async () => {
    world = await loyaltyWorld();
    await world.settings({ tier_mode: "lifetime", checkpoint_months: 1 });
    const noor = await world.creator("noor", "2026-03-01");
    await world.sell(noor, "2026-03-01", 100000);
    await world.night("2026-03-01");
    await world.sell(noor, "2026-05-01", 60000);
    await world.night("2026-05-01");
    expect(await world.tierOf(noor)).toBe("Silver");
    await world.adjust(noor, "2026-05-02", -100000, "refund");
    for (const day of ["2026-05-02", "2026-06-30", "2026-07-30"]) await world.night(day, null);
    expect(await world.tierOf(noor)).toBe("Silver");
    expect(await world.checkpoints(noor)).toEqual([]);
    expect((await world.decisions(noor)).at(-1)).toMatchObject({
      rule: "promotion",
      value: 160000,
      period_start: null,
    });
  });

  it("gives one result when two passes run at once", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-02", 200000);
    const run = randomUUID();
    const results = await Promise.all([1, 2, 3].map(() => world.night("2026-06-02", run)));
    expect(results.map((result) => result.promoted).sort()).toEqual([0, 0, 1]);
    expect(await world.decisions(noor)).toHaveLength(2);
  });

  it("looks only at marked creators on a quiet night", async () => {
    world = await loyaltyWorld();
    const ids = await Promise.all(
      ["a", "b", "c", "d", "e"].map((handle) => world.creator(handle, "2026-06-01")),
    );
    await world.night("2026-06-01");
    await world.sell(ids[0] as string, "2026-06-02", 10);
    expect(await world.night("2026-06-02")).toMatchObject({ pass: "changed", creators: 1, updated: 1 });
    expect(await world.night("2026-06-03", null)).toMatchObject({ pass: "changed", creators: 0, updated: 0 });
  });
});
