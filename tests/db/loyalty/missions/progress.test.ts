import { afterEach, describe, expect, it } from "vitest";
import { type MissionsWorld, missionsWorld } from "./missions-world";

let world: MissionsWorld;
afterEach(() => world.db.drop());

describe("a mission", () => {
  it("counts from the day it was published and is done on the night its goal is met", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.sell(noor, "2026-06-01", 9000);
    await world.live("2026-06-01");
    await world.mission("Sprint", "2026-06-02");
    await world.live("2026-06-02");
    expect(await world.rounds(noor)).toMatchObject([
      { state: "active", value: 0, from: "2026-06-02", due: null },
    ]);
    await world.sell(noor, "2026-06-03", 9999);
    await world.live("2026-06-03");
    expect(await world.rounds(noor)).toMatchObject([{ state: "active", value: 9999 }]);
    await world.sell(noor, "2026-06-04", 1);
    expect(await world.live("2026-06-04")).toMatchObject({ completed: 1 });
    expect(await world.rounds(noor)).toMatchObject([
      { state: "completed", value: 10000, done: "2026-06-04" },
    ]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimable" }]);
  });

  it("changes nothing when the night runs again", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sprint", "2026-06-01");
    await world.mission("Posts", "2026-06-01", { kind: "videos", target: 3, is_recurring: true });
    await world.sell(noor, "2026-06-02", 12000);
    await world.live("2026-06-02");
    const before = await world.missionOutcome();
    expect(await world.live("2026-06-02")).toMatchObject({ started: 0, completed: 0, missed: 0, counted: 0 });
    await world.db.pool.query("update public.loyalty_nights set needs_full_pass = true");
    expect(await world.live("2026-06-02")).toMatchObject({ started: 0, completed: 0, missed: 0, counted: 0 });
    expect(await world.missionOutcome()).toEqual(before);
  });
});
