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

  it("writes down once how each round and each offer was born, and nothing for one that was there", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    await world.seen("mia", "2026-06-01");
    await world.mission("Sprint", "2026-06-01");
    await world.mission("Second sprint", "2026-06-01", { display_order: 200 });
    await world.sell(noor, "2026-06-02", 12000);
    await world.live("2026-06-02");
    await world.db.pool.query(
      `insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, tier_id, target, start_on)
       select client_id, mission_id, creator_id, kind, tier_id, target, start_on from public.loyalty_mission_progress
       on conflict do nothing`,
    );
    const { rows } = await world.db.pool.query<{ entity: string; births: string }>(
      `select h.entity, string_agg(h.to_state, ' ' order by h.to_state) as births from public.core_state_history h
        where h.client_id = $1 and h.from_state is null and h.actor = 'system'
          and h.entity in ('loyalty_mission_progress', 'loyalty_redemptions') group by h.entity order by h.entity`,
      [world.clientId],
    );
    expect(rows).toEqual([
      { entity: "loyalty_mission_progress", births: "active active dormant dormant" },
      { entity: "loyalty_redemptions", births: "claimable" },
    ]);
  });

  it("refuses a round or an offer that begins as something no round or offer begins as", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    const mission = await world.mission("Sprint", "2026-06-01");
    const round = (state: string, more: string): Promise<unknown> =>
      world.db.pool.query(
        `insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, tier_id, target, start_on, state, cycle_no,
           started_at, counts_from_on ${more ? ", closed_at" : ""})
         select c.client_id, $1, c.id, 'sales_amount', c.tier_id, 1, n.day, n.state, n.no, n.at, n.day ${more}
           from public.loyalty_creators c
          cross join (values (1, 'active', date '2026-06-01', now()), (2, $3, date '2026-06-01', now())) n (no, state, day, at)
          where c.id = $2`,
        [mission, noor, state],
      );
    await expect(round("missed", ", case when n.no = 2 then now() end")).rejects.toMatchObject({
      code: "ST001",
      message: "This cannot start as missed.",
    });
    expect(await world.states(noor)).toEqual([]);
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
