import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { csv, importWorld, type ImportWorld, videoLine } from "./support";

/**
 * A video older than a month, named for the first time: its past is booked on the day it was posted. Whatever a later file
 * of the same night corrects belongs there as well, so the figures are those of a night on which only that file had come.
 */
let world: ImportWorld;
const worlds: ImportWorld[] = [];
const night = "2026-11-20";
const posted = "2026-03-02";

beforeEach(async () => {
  world = await importWorld();
  worlds.push(world);
  await world.db.pool.query("update public.loyalty_settings set fall_guard_percent = 100");
});
afterAll(async () => {
  for (const each of worlds) await each.drop();
});

/** An old video and one of this week; both are new to us. */
const file = (gmv: string, more: { date?: string; fresh?: string; views?: number } = {}) =>
  csv(
    videoLine("mira", 9, { gmv, date: more.date ?? posted, views: more.views ?? 100, units: 3 }),
    videoLine("mira", 1, { gmv: more.fresh ?? "10.00", date: "2026-11-18" }),
  );
const snapshots = async () =>
  (await world.figures()).snapshots.map((row) => [
    String(row["url_key"]).slice(-5),
    row["business_date"],
    Number(row["gmv"]),
    Number(row["gmv_delta"]),
    row["is_opening"],
  ]);
const runs = async () =>
  (
    await world.db.pool.query(
      "select video_id, business_date::text, run_id from public.loyalty_video_snapshots order by 1, 2",
    )
  ).rows as unknown[];
const all = async () => ({ ...(await world.figures()), runs: await runs() });
const bring = (text: string, on = night) => world.importFile(text, { business_date: on });

/** Two files, then back to the first, to nothing, and forward to the second alone. */
async function thereAndBack(first: string, second: string): Promise<unknown[]> {
  const one = await bring(first);
  const after = await all();
  const two = await bring(second);
  const both = await world.figures();
  const booked = await snapshots();
  expect(await world.undo(two.id)).toMatchObject({ state: "undone" });
  expect(await all()).toEqual(after);
  expect(await world.undo(one.id)).toMatchObject({ state: "undone" });
  expect(await world.figures()).toEqual({ videos: [], snapshots: [], creators: [] });
  await bring(second);
  expect(await world.figures()).toEqual(both);
  return booked;
}

describe("a corrected file on the night an old video is first seen", () => {
  it("books a correction upward on the day the video was posted", async () => {
    expect(await thereAndBack(file("318.84"), file("323.74", { fresh: "12.00", views: 140 }))).toEqual([
      ["70001", night, 1200, 1200, false],
      ["70009", posted, 32374, 32374, true],
    ]);
  });

  it("books a correction downward there, too, down to nothing", async () => {
    expect(await thereAndBack(file("500.00"), file("0.00"))).toEqual([
      ["70001", night, 1000, 1000, false],
      ["70009", posted, 0, 0, true],
    ]);
  });

  it("keeps the correction out of the period that began when she joined", async () => {
    await bring(file("500.00"));
    await bring(file("620.00", { fresh: "12.00" }));
    expect((await world.figures()).creators).toMatchObject([{ total_sales: "63200", period_sales: "1200" }]);
    const { rows } = await world.db.pool.query(
      "select business_date::text, sales from public.loyalty_daily_totals",
    );
    expect(rows).toEqual([{ business_date: night, sales: "1200" }]);
  });

  it("takes three files of one night and gives them back one by one", async () => {
    const one = await bring(file("500.00"));
    const first = await all();
    const two = await bring(file("480.00"));
    const second = await all();
    const three = await bring(file("510.00", { fresh: "11.00" }));
    expect(await snapshots()).toEqual([
      ["70001", night, 1100, 1100, false],
      ["70009", posted, 51000, 51000, true],
    ]);
    await world.undo(three.id);
    expect(await all()).toEqual(second);
    await world.undo(two.id);
    expect(await all()).toEqual(first);
    await world.undo(one.id);
    expect(await runs()).toEqual([]);
  });

  it("does nothing for the same file twice", async () => {
    await bring(file("500.00"));
    const second = await bring(file("480.00"));
    const before = await all();
    const again = await world.check(file("480.00"), { business_date: night });
    expect(again).toMatchObject({ state: "skipped", repeats_run_id: second.id });
    await world.step("retry_run", again.id);
    await world.processRun(world.glow.id, again.id, world.context(), world.fileOf(file("480.00")));
    expect(await world.save(again.id)).toMatchObject({ state: "saved", rows_changed: "0" });
    expect(await all()).toEqual(before);
  });

  it("books the next night as movement of that night again", async () => {
    await bring(file("500.00"));
    await bring(file("480.00"));
    await bring(file("490.00"), "2026-11-21");
    expect((await snapshots()).slice(1)).toEqual([
      ["70009", posted, 48000, 48000, true],
      ["70009", "2026-11-21", 49000, 1000, false],
    ]);
  });
});

describe("a corrected posting date on that night", () => {
  it("moves the opening to the corrected day", async () => {
    expect(await thereAndBack(file("500.00"), file("520.00", { date: "2026-04-05" }))).toEqual([
      ["70001", night, 1000, 1000, false],
      ["70009", "2026-04-05", 52000, 52000, true],
    ]);
  });

  it("makes movement of the night of it when the video turns out to be of this month", async () => {
    expect(await thereAndBack(file("500.00"), file("500.00", { date: "2026-11-02" }))).toEqual([
      ["70001", night, 1000, 1000, false],
      ["70009", night, 50000, 50000, false],
    ]);
  });

  it("makes an opening of it when the video turns out to be old", async () => {
    expect(await thereAndBack(file("500.00", { date: "2026-11-02" }), file("505.00"))).toEqual([
      ["70001", night, 1000, 1000, false],
      ["70009", posted, 50500, 50500, true],
    ]);
  });

  it("leaves the opening where it is when the date is corrected on a later night", async () => {
    await bring(file("500.00"));
    await bring(file("510.00", { date: "2026-04-05" }), "2026-11-21");
    expect((await snapshots()).slice(1)).toEqual([
      ["70009", posted, 50000, 50000, true],
      ["70009", "2026-11-21", 51000, 1000, false],
    ]);
  });
});
