import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../support/database";
import { type MissionsWorld, missionsWorld } from "./missions-world";

let world: MissionsWorld;
afterEach(() => world.db.drop());

describe("nights that were missed and files that came late", () => {
  /** The same days, lived in different ways, must end alike. */
  async function story(how: "each night" | "one night" | "late file"): Promise<unknown> {
    const here = await missionsWorld({ database: world.db, slug: how.replace(" ", "-") });
    const [noor, pia] = [await here.seen("noor", "2026-06-01"), await here.seen("pia", "2026-06-01")];
    await here.mission("Sprint", "2026-06-01", { days_to_finish: 6 });
    await here.mission("Posts", "2026-06-01", { kind: "videos", target: 2 });
    await here.live("2026-06-01");
    const days: Record<string, () => Promise<unknown>> = {
      "2026-06-02": () => here.sell(noor, "2026-06-02", 8000),
      // Reached on the third, taken below the goal again on the fourth: reached is reached.
      "2026-06-03": () => here.sell(noor, "2026-06-03", 3000, "v2"),
      "2026-06-04": () => here.sell(noor, "2026-06-04", -4000),
      "2026-06-05": () => here.sell(pia, "2026-06-05", 9999, "p1"),
    };
    if (how === "late file") {
      for (const day of ["2026-06-02", "2026-06-04", "2026-06-05"]) await days[day]!();
      await here.live("2026-06-05");
      await days["2026-06-03"]!();
      await here.live("2026-06-03");
    } else
      for (const [day, happen] of Object.entries(days)) {
        await happen();
        if (how === "each night") await here.live(day);
      }
    await here.live("2026-06-07");
    return here.missionOutcome();
  }

  it("end as if every night had been on time", async () => {
    world = await missionsWorld({ slug: "keeper" });
    const onTime = await story("each night");
    expect(await story("one night")).toEqual(onTime);
    expect(await story("late file")).toEqual(onTime);
    expect(JSON.stringify(onTime)).toContain('"completed",11000');
  });

  it("complete a round that was closed before its last file came", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sprint", "2026-06-01", { days_to_finish: 2 });
    await world.live("2026-06-01");
    await world.live("2026-06-04");
    expect(await world.states(noor)).toEqual(["Sprint 1 missed"]);
    await world.sell(noor, "2026-06-02", 10000);
    await world.live("2026-06-02");
    expect(await world.rounds(noor)).toMatchObject([{ state: "completed", done: "2026-06-02" }]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimable" }]);
  });
});

describe("figures that are taken back", () => {
  const takeBack = (creator: string, day: string) =>
    world.db.pool.query(
      "with gone as (delete from public.loyalty_video_snapshots where creator_id = $2 and business_date = $3) select private.loyalty_mark_dirty($1, array[$2::uuid], $3)",
      [world.clientId, creator, day],
    );

  it("take an unclaimed completion with them, and give it back when the file is saved again", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sprint", "2026-06-01");
    await world.sell(noor, "2026-06-02", 4000);
    await world.live("2026-06-02");
    await world.sell(noor, "2026-06-03", 6000);
    await world.live("2026-06-03");
    await takeBack(noor, "2026-06-03");
    expect(await world.live("2026-06-03")).toMatchObject({ reverted: 1 });
    expect(await world.rounds(noor)).toMatchObject([{ state: "active", value: 4000, done: null }]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimable", withdrawn: "figures_undone" }]);
    await world.sell(noor, "2026-06-03", 6000);
    await world.live("2026-06-03");
    expect(await world.rounds(noor)).toMatchObject([{ state: "completed", done: "2026-06-03" }]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimable", withdrawn: null }]);
  });

  it("leave a claimed one alone", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sprint", "2026-06-01");
    await world.sell(noor, "2026-06-03", 10000);
    await world.live("2026-06-03");
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await takeBack(noor, "2026-06-03");
    expect(await world.live("2026-06-03")).toMatchObject({ reverted: 0 });
    expect(await world.states(noor)).toEqual(["Sprint 1 completed"]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimed", withdrawn: null }]);
  });

  it("do not undo what a refund of a later day took away", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sprint", "2026-06-01");
    await world.sell(noor, "2026-06-03", 10000);
    await world.live("2026-06-03");
    await world.sell(noor, "2026-06-04", -5000);
    await world.adjust(noor, "2026-06-04", -100, "refund");
    expect(await world.live("2026-06-04")).toMatchObject({ reverted: 0 });
    expect(await world.states(noor)).toEqual(["Sprint 1 completed"]);
  });
});

describe("two businesses", () => {
  it("never count for each other", async () => {
    const database = await freshDatabase();
    world = await missionsWorld({ database, slug: "one" });
    const other = await missionsWorld({ database, slug: "two" });
    const [here, there] = [await world.seen("noor", "2026-06-01"), await other.seen("noor", "2026-06-01")];
    await world.mission("Sprint", "2026-06-01");
    await other.mission("Theirs", "2026-06-01");
    await world.live("2026-06-01");
    expect(await other.states(there)).toEqual([]);
    await other.sell(there, "2026-06-02", 20000);
    await world.live("2026-06-02");
    expect(await world.states(here)).toEqual(["Sprint 1 active"]);
    await other.live("2026-06-02");
    expect(await other.states(there)).toEqual(["Theirs 1 completed"]);
    expect(await world.offers(here)).toEqual([]);
  });
});

describe("what creators are told", () => {
  it("is that a mission is done, once, and which missions began, all in one message", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    const user = await world.db.createUser(`noor-${randomUUID()}@tide.test`);
    await world.db.pool.query(
      "update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c where c.id = $1 and p.id = c.person_id",
      [noor, user],
    );
    const { today } = await world.one<{ today: string }>(
      "select private.local_date(now(), 'America/New_York')::text as today",
    );
    await world.mission("Aa", today, { target: 100 });
    await world.mission("Bb", today, { kind: "views" });
    await world.mission("Waits", today, { display_order: 300 });
    await world.sell(noor, today, 100);
    await world.live(today);
    await world.live(today);
    const { rows } = await world.db.pool.query<{ type: string; data: Record<string, unknown> }>(
      "select type, data from private.notification_requests where type like 'loyalty.%mission%' order by type",
    );
    expect(rows).toMatchObject([
      { type: "loyalty.mission-completed", data: { mission: "Aa", reward: "Gift card" } },
      { type: "loyalty.new-missions", data: { count: 1, names: ["Bb"] } },
    ]);
  });
});
