import { afterEach, describe, expect, it } from "vitest";
import { type MissionsWorld, missionsWorld } from "./missions-world";

let world: MissionsWorld;
afterEach(() => world.db.drop());

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

  it("keep what a refusal began when the refusal is taken back, and begin no second one beside it", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-06-01");
    for (const [at, name] of ["Aa", "Bb", "Cc"].entries())
      await world.mission(name, "2026-06-01", { target: 100, display_order: at });
    await world.sell(noor, "2026-06-02", 100);
    await world.live("2026-06-02");
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = '2026-06-03T12:00:00Z', rejection_reason = 'no stock' where id = $1",
      [offer!.id],
    );
    const begun = ["Aa 1 completed", "Bb 1 active", "Cc 1 dormant"];
    expect(await world.states(noor)).toEqual(begun);
    await world.db.pool.query(
      "select private.loyalty_restore_claim(client_id, r, '2026-06-03T13:00:00Z') from public.loyalty_redemptions r where r.id = $1",
      [offer!.id],
    );
    expect((await world.offers(noor))[0]?.state).toBe("claimed");
    expect(await world.states(noor)).toEqual(begun);
    // Handed over after all: what it had unlocked is under way, so nothing more begins.
    await world.fulfil(offer!.id, "2026-06-04T12:00:00Z");
    expect(await world.states(noor)).toEqual(begun);
    // Done with the second while the first still waits, the third begins when the last of the two is handed over.
    await world.sell(noor, "2026-06-04", 100);
    await world.live("2026-06-04");
    expect(await world.states(noor)).toEqual(["Aa 1 completed", "Bb 1 completed", "Cc 1 dormant"]);
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
