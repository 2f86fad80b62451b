import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../support/database";
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
    const nothing = { started: 0, completed: 0, missed: 0, counted: 0, reverted: 0 };
    expect(await world.live("2026-06-02")).toMatchObject(nothing);
    await world.db.pool.query("update public.loyalty_nights set needs_full_pass = true");
    expect(await world.live("2026-06-02")).toMatchObject(nothing);
    expect(await world.missionOutcome()).toEqual(before);
  });

  it.each([
    ["publish", { from: "2026-06-10", value: 0, state: "active" }],
    ["checkpoint", { from: "2026-06-01", value: 7000, state: "active" }],
    ["joining", { from: "2026-06-01", value: 12000, state: "completed" }],
  ])("counts from %s as it says", async (countsFrom, expected) => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.sell(noor, "2026-06-05", 7000);
    // History from before she joined, as a file brings it for an old video: part of everything she ever did.
    await world.db.pool.query(
      `with v as (insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on, gmv)
                  values ($1, $2, 'old', 'old', '2026-01-01', '2026-06-05', 5000) returning id)
       insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units,
         views_delta, likes_delta, comments_delta, gmv_delta, units_delta, is_opening)
       select $1, id, '2026-01-01', $2, 0, 0, 0, 5000, 0, 0, 0, 0, 5000, 0, true from v`,
      [world.clientId, noor],
    );
    await world.live("2026-06-05");
    await world.mission("Sprint", "2026-06-10", { counts_from: countsFrom });
    await world.live("2026-06-10");
    expect(await world.rounds(noor)).toMatchObject([expected]);
  });

  it("counts each kind by its own figure, and sales with their adjustments", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Sales", "2026-06-02");
    for (const kind of ["videos", "views", "likes"])
      await world.mission(kind, "2026-06-02", { kind, target: 1000 });
    await world.sell(noor, "2026-06-03", 4000, "posted");
    await world.db.pool.query(
      "update public.loyalty_video_snapshots set views_delta = 300, likes_delta = 20 where business_date = '2026-06-03'",
    );
    await world.adjust(noor, "2026-06-03", 2500, "bonus");
    await world.adjust(noor, "2026-06-01", 90, "bonus");
    await world.adjust(noor, "2026-06-04", -500, "refund");
    await world.live("2026-06-04");
    expect((await world.rounds(noor)).map(({ mission, value }) => `${mission} ${value}`).sort()).toEqual([
      "Sales 6000",
      "likes 20",
      "videos 1",
      "views 300",
    ]);
  });

  it("counts pieces where the business counts pieces, and offers no goal in money there", async () => {
    world = await missionsWorld();
    await world.settings({ metric: "units" });
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Pieces", "2026-06-01", { kind: "sales_units", target: 7 });
    await world.sell(noor, "2026-06-02", 100, "v", null, 7);
    await world.live("2026-06-02");
    expect(await world.rounds(noor)).toMatchObject([{ state: "completed", value: 7 }]);
    await expect(world.mission("Money", "2026-06-01")).rejects.toMatchObject({
      code: "VA001",
      detail: "kind",
    });
  });

  it("is for its tier and its tag, for active creators of whom a video was seen, and for nobody else", async () => {
    world = await missionsWorld();
    const silver = await world.tier(2);
    await world.mission("Silver", "2026-06-01", { tier_id: silver });
    await world.mission("Tagged", "2026-06-01", { kind: "views", tag: "vip" });
    await world.mission("All", "2026-06-01", { kind: "likes" });
    await world.mission("Draft", null, { kind: "videos" });
    const [plain, tagged, unseen, gone] = [
      await world.seen("plain", "2026-06-01"),
      await world.seen("tagged", "2026-06-01"),
      await world.creator("unseen", "2026-06-01"),
      await world.seen("gone", "2026-06-01"),
    ];
    await world.db.pool.query(
      "insert into public.loyalty_creator_tags (client_id, creator_id, tag, created_at) values ($1, $2, 'vip', '2026-05-01')",
      [world.clientId, tagged],
    );
    await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [gone]);
    await world.live("2026-06-01");
    expect(await world.states(plain)).toEqual(["All 1 active"]);
    expect(await world.states(tagged)).toEqual(["All 1 active", "Tagged 1 active"]);
    expect(await world.states(unseen)).toEqual([]);
    expect(await world.states(gone)).toEqual([]);
    await world.sell(plain, "2026-06-02", 150000);
    await world.live("2026-06-02");
    expect(await world.tierOf(plain)).toBe("Silver");
    // She rose tonight: her new tier's mission is there tonight, and counts from tomorrow like her period.
    expect((await world.rounds(plain)).find(({ mission }) => mission === "Silver")).toMatchObject({
      state: "active",
      value: 0,
      start: "2026-06-03",
      from: "2026-06-03",
    });
  });

  it("reaches only newcomers when it is made so", async () => {
    world = await missionsWorld();
    const early = await world.seen("early", "2026-06-01");
    await world.live("2026-06-01");
    await world.mission("Welcome", "2026-06-05", { reaches_current: false });
    await world.live("2026-06-05");
    const late = await world.seen("late", "2026-06-06");
    await world.live("2026-06-06");
    expect(await world.states(early)).toEqual([]);
    expect(await world.rounds(late)).toMatchObject([
      { mission: "Welcome", state: "active", from: "2026-06-06" },
    ]);
  });
});

describe("missions of one kind", () => {
  it("come one at a time, in their order; the next starts when the reward is fulfilled", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Second", "2026-06-01", { display_order: 2 });
    await world.mission("First", "2026-06-01", { display_order: 1, target: 5000 });
    await world.mission("Views", "2026-06-01", { kind: "views", display_order: 3 });
    await world.live("2026-06-01");
    expect(await world.states(noor)).toEqual(["First 1 active", "Second 1 dormant", "Views 1 active"]);
    await world.sell(noor, "2026-06-02", 5000);
    await world.live("2026-06-02");
    await world.live("2026-06-03");
    expect((await world.states(noor))[1]).toBe("Second 1 dormant");
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await world.live("2026-06-04");
    expect((await world.states(noor))[1]).toBe("Second 1 dormant");
    await world.fulfil(offer!.id, "2026-06-05T15:00:00Z");
    expect((await world.rounds(noor))[1]).toMatchObject({
      mission: "Second",
      state: "active",
      value: 0,
      start: "2026-06-05",
      from: "2026-06-05",
    });
  });

  it("go on when the reward is refused, lapses, or the round is missed", async () => {
    world = await missionsWorld();
    const refused = await world.seen("refused", "2026-06-01");
    const lapsed = await world.seen("lapsed", "2026-06-01");
    const missed = await world.seen("missed", "2026-06-01");
    await world.mission("Aa", "2026-06-01", { target: 100, days_to_finish: 3 });
    await world.mission("Bb", "2026-06-01", { display_order: 200 });
    for (const one of [refused, lapsed]) await world.sell(one, "2026-06-02", 100);
    await world.live("2026-06-02");
    const [toRefuse] = await world.offers(refused);
    await world.claim(toRefuse!.id);
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = '2026-06-03T12:00:00Z', rejection_reason = 'no stock' where id = $1",
      [toRefuse!.id],
    );
    expect(await world.states(refused)).toEqual(["Aa 1 completed", "Bb 1 active"]);
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'expired', expired_at = '2026-06-03T12:00:00Z' where creator_id = $1",
      [lapsed],
    );
    await world.live("2026-06-03");
    expect(await world.states(lapsed)).toEqual(["Aa 1 completed", "Bb 1 active"]);
    expect(await world.states(missed)).toEqual(["Aa 1 active", "Bb 1 dormant"]);
    await world.live("2026-06-04");
    expect(await world.states(missed)).toEqual(["Aa 1 missed", "Bb 1 active"]);
    expect((await world.rounds(missed))[1]).toMatchObject({ start: "2026-06-04" });
  });

  it("are unlocked by a job when a night holds the lock", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Aa", "2026-06-01", { target: 100 });
    await world.mission("Bb", "2026-06-01", { display_order: 200 });
    await world.sell(noor, "2026-06-02", 100);
    await world.live("2026-06-02");
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    const night = await world.db.pool.connect();
    try {
      await night.query("begin");
      await night.query("select pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || $1, 0))", [
        world.clientId,
      ]);
      await world.fulfil(offer!.id, "2026-06-03T12:00:00Z");
      expect(await world.states(noor)).toEqual(["Aa 1 completed", "Bb 1 dormant"]);
    } finally {
      await night.query("rollback");
      night.release();
    }
    const { rows } = await world.db.pool.query<{ task: string }>(
      "select task_identifier as task from graphile_worker.jobs where key = 'loyalty.unlock-missions:' || $1",
      [noor],
    );
    expect(rows).toEqual([{ task: "loyalty.unlock-missions" }]);
    await world.db.pool.query("select private.loyalty_unlock_missions($1, $2)", [world.clientId, noor]);
    expect(await world.states(noor)).toEqual(["Aa 1 completed", "Bb 1 active"]);
  });
});

describe("a mission that repeats", () => {
  const weekly = { kind: "videos", target: 1, is_recurring: true, cooldown_days: 2 };

  it("begins its next round after the pause, as another cycle that counts from its own start", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Weekly", "2026-06-02", { ...weekly, counts_from: "joining", max_cycles: 2 });
    await world.live("2026-06-02");
    // All she ever posted counts in the first round only.
    expect(await world.rounds(noor)).toMatchObject([
      { cycle: 1, state: "completed", done: "2026-06-02" },
      { cycle: 2, state: "dormant", start: "2026-06-05" },
    ]);
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await world.fulfil(offer!.id, "2026-06-03T12:00:00Z");
    expect(await world.states(noor)).toEqual(["Weekly 1 completed", "Weekly 2 dormant"]);
    await world.live("2026-06-04");
    expect((await world.rounds(noor))[1]).toMatchObject({ state: "active", value: 0, from: "2026-06-05" });
    await world.sell(noor, "2026-06-06", 1, "new");
    await world.live("2026-06-06");
    expect((await world.rounds(noor))[1]).toMatchObject({ state: "completed", done: "2026-06-06" });
    const second = (await world.offers(noor))[1];
    await world.claim(second!.id);
    await world.fulfil(second!.id, "2026-06-07T12:00:00Z");
    for (const day of ["2026-06-10", "2026-06-20"]) await world.live(day);
    expect(await world.states(noor)).toEqual(["Weekly 1 completed", "Weekly 2 completed"]);
  });

  it("catches up with rounds that began and ended while nights were missed", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Weekly", "2026-06-02", {
      ...weekly,
      cooldown_days: 0,
      target: 5,
      days_to_finish: 2,
    });
    await world.live("2026-06-02");
    await world.live("2026-06-07");
    expect(
      (await world.rounds(noor)).map(({ cycle, state, start, due }) => [cycle, state, start, due]),
    ).toEqual([
      [1, "missed", "2026-06-02", "2026-06-03"],
      [2, "missed", "2026-06-04", "2026-06-05"],
      [3, "active", "2026-06-06", "2026-06-07"],
    ]);
  });

  it("lets every mission of its kind have its turn before it comes again", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.mission("Aa", "2026-06-02", { ...weekly, cooldown_days: 0, days_to_finish: 1, target: 9 });
    await world.mission("Bb", "2026-06-02", {
      kind: "videos",
      target: 9,
      days_to_finish: 1,
      display_order: 200,
    });
    for (const day of ["02", "03", "04"]) await world.live(`2026-06-${day}`);
    expect(await world.states(noor)).toEqual(["Aa 1 missed", "Aa 2 active", "Bb 1 missed"]);
  });
});

describe("a deadline", () => {
  it("counts its last day, closes the night after, and pays nothing", async () => {
    world = await missionsWorld();
    const [just, late] = [await world.seen("just", "2026-06-01"), await world.seen("late", "2026-06-01")];
    await world.mission("Sprint", "2026-06-01", { days_to_finish: 3 });
    await world.live("2026-06-01");
    await world.sell(just, "2026-06-03", 10000);
    await world.sell(late, "2026-06-04", 10000);
    await world.live("2026-06-03");
    expect(await world.states(late)).toEqual(["Sprint 1 active"]);
    await world.live("2026-06-04");
    expect(await world.rounds(just)).toMatchObject([{ state: "completed", due: "2026-06-03" }]);
    expect(await world.rounds(late)).toMatchObject([{ state: "missed", value: 0 }]);
    expect(await world.offers(late)).toEqual([]);
  });

  it.each([
    ["America/New_York", "2026-11-01", "18:00", "2026-11-01"],
    ["America/New_York", "2026-11-02", "00:00", "2026-11-01"],
    ["Pacific/Auckland", "2026-09-27", "00:30", "2026-09-27"],
  ])("of a mission in %s that ends on %s at %s is the day before midnight", async (zone, day, time, due) => {
    world = await missionsWorld({ zone });
    const noor = await world.seen("noor", "2026-06-01");
    const { at } = await world.one<{ at: string }>("select private.local_instant($1, $2, $3)::text as at", [
      day,
      time,
      zone,
    ]);
    await world.mission("Sprint", "2026-06-01", { ends_at: at });
    await world.live("2026-06-01");
    expect(await world.rounds(noor)).toMatchObject([{ due }]);
    const state = async () =>
      (await world.one<{ state: string }>("select state from public.loyalty_missions")).state;
    await world.live(due);
    expect(await state()).toBe("published");
    const next = new Date(Date.parse(`${due}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    await world.live(next);
    expect([await state(), ...(await world.states(noor))]).toEqual(["ended", "Sprint 1 missed"]);
  });
});

describe("a tier that falls", () => {
  it("leaves a round in progress as it began; a later edit of the goal does too", async () => {
    world = await missionsWorld();
    const silver = await world.tier(2);
    const noor = await world.seen("noor", "2026-03-01");
    await world.sell(noor, "2026-03-01", 150000);
    await world.live("2026-03-01");
    const mission = await world.mission("Silver", "2026-03-02", { tier_id: silver, target: 500 });
    await world.mission("Later", "2026-03-02", { tier_id: silver, display_order: 200 });
    await world.live("2026-03-02");
    await world.db.pool.query("update public.loyalty_creators set tier_id = $2 where id = $1", [
      noor,
      await world.tier(1),
    ]);
    await world.db.pool.query("update public.loyalty_missions set target = 900 where id = $1", [mission]);
    await world.sell(noor, "2026-03-03", 500);
    await world.live("2026-03-03");
    expect(await world.states(noor)).toEqual(["Silver 1 completed", "Later 1 dormant"]);
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await world.fulfil(offer!.id, "2026-03-04T12:00:00Z");
    // What had not begun waits until she is back.
    expect(await world.states(noor)).toEqual(["Silver 1 completed", "Later 1 dormant"]);
    await expect(
      world.db.pool.query("update public.loyalty_mission_progress set target = 1 where state = 'completed'"),
    ).rejects.toMatchObject({ code: "ST001" });
  });
});

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
