import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv, importWorld, type ImportWorld, videoLine } from "./support";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.drop());

const latest = async (now: string) =>
  (
    await world.db.pool.query("select private.loyalty_last_due_night($1, $2)::text as night", [
      world.glow.id,
      now,
    ])
  ).rows[0].night as string;
const due = async (now: string) =>
  (
    await world.db.pool.query(
      "select business_date::text as night from private.loyalty_due_nights($1) where client_id = $2",
      [now, world.glow.id],
    )
  ).rows.map((row) => row.night as string);

describe("when a night is due", () => {
  it("asks the wall clock of New York, in winter, in summer and on both days on which clocks change", async () => {
    expect(await latest("2026-01-15T22:59:00Z")).toBe("2026-01-14");
    expect(await latest("2026-01-15T23:00:00Z")).toBe("2026-01-15");
    expect(await latest("2026-07-15T21:59:00Z")).toBe("2026-07-14");
    expect(await latest("2026-07-15T22:00:00Z")).toBe("2026-07-15");
    // March 8 has 23 hours, November 1 has 25: each has exactly one 18:00.
    expect(await latest("2026-03-07T23:00:00Z")).toBe("2026-03-07");
    expect(await latest("2026-03-08T21:59:00Z")).toBe("2026-03-07");
    expect(await latest("2026-03-08T22:00:00Z")).toBe("2026-03-08");
    expect(await latest("2026-10-31T22:00:00Z")).toBe("2026-10-31");
    expect(await latest("2026-11-01T22:59:00Z")).toBe("2026-10-31");
    expect(await latest("2026-11-01T23:00:00Z")).toBe("2026-11-01");
  });

  it("is each day once over a whole year of hourly ticks", async () => {
    const { rows } = await world.db.pool.query(
      `select count(distinct n) as nights, count(distinct t) filter (where n is distinct from p) as changes
         from (select t, private.loyalty_last_due_night($1, t) as n, private.loyalty_last_due_night($1, t - interval '1 hour') as p
                 from generate_series('2026-01-01T00:00:00Z'::timestamptz, '2026-12-31T23:00:00Z', interval '1 hour') t) x`,
      [world.glow.id],
    );
    expect(rows[0]).toEqual({ nights: "366", changes: "365" });
  });

  it("starts with the latest night, catches up missed ones in order and goes back a week at most", async () => {
    expect(await due("2026-11-10T23:30:00Z")).toEqual(["2026-11-10"]);
    await world.db.pool.query(
      "select private.loyalty_finish_stage($1, '2026-11-10', 'notify', 'done', '{}')",
      [world.glow.id],
    );
    expect(await due("2026-11-11T01:00:00Z")).toEqual([]);
    expect(await due("2026-11-13T23:30:00Z")).toEqual(["2026-11-11", "2026-11-12", "2026-11-13"]);
    expect(await due("2026-12-25T23:30:00Z")).toHaveLength(7);
    await world.db.pool.query("delete from public.loyalty_sync_stages");
  });
});

describe("a tick", () => {
  it("claims a night once, however many ticks come at once", async () => {
    const ticks = await Promise.all(
      Array.from({ length: 12 }, () =>
        world.db.pool.query("select private.loyalty_start_due_nights('2026-11-12T23:30:00Z') as summary"),
      ),
    );
    const started = ticks.map((tick) => (tick.rows[0].summary as { started: number }).started);
    expect(started.reduce((sum, each) => sum + each, 0)).toBe(1);
    const { rows } = await world.db.pool.query(
      "select key from graphile_worker.jobs where key like 'loyalty-night:%'",
    );
    expect(rows).toHaveLength(1);
  });

  it("leaves businesses with the program turned off alone", async () => {
    const off = await world.business("off");
    await world.db.pool.query(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [off.id],
    );
    const { rows } = await world.db.pool.query(
      "select * from private.loyalty_due_nights('2026-11-12T23:30:00Z') where client_id = $1",
      [off.id],
    );
    expect(rows).toEqual([]);
  });
});

describe("a night", () => {
  it("goes through its stages in order, once, also when it is run again", async () => {
    const { runNight, stages } = await import("@/lib/programs/loyalty/sync/run-night.system");
    const { startDueNights } = await import("@/lib/programs/loyalty/sync/start-due-nights.system");
    await world.importFile(csv(videoLine("mira", 1, { gmv: 99 })));
    await world.db.pool.query("delete from public.loyalty_sync_stages");
    expect(await startDueNights()).toMatchObject({ due: 1, started: 1 });
    const night = await latest(new Date().toISOString());
    expect(await runNight(world.glow.id, night, world.context())).toBe("done");
    const ledger = async () =>
      (
        await world.db.pool.query(
          "select stage, outcome, attempts, finished_at from public.loyalty_sync_stages where client_id = $1 order by finished_at, stage",
          [world.glow.id],
        )
      ).rows;
    const first = await ledger();
    expect(first.map((row) => row.stage as string).toSorted()).toEqual([...stages].toSorted());
    expect(first.find((row) => row.stage === "ingest")).toMatchObject({ outcome: "skipped" });
    await runNight(world.glow.id, night, world.context());
    expect(await ledger()).toEqual(first);
    expect(await startDueNights()).toEqual({ due: 0, started: 0 });
  });
});

describe("how old the figures are", () => {
  it("is told to creators too, but not to strangers", async () => {
    const read = (userId: string) =>
      world.db.asUser(
        userId,
        async (sql) =>
          (await sql.query("select public.loyalty_read_data_state($1) as state", [world.glow.id])).rows[0]
            .state as { isStale: boolean },
      );
    expect(await read(world.glow.userId)).toMatchObject({ isStale: false, staleAfterHours: 24 });
    await world.db.pool.query(
      "update public.loyalty_sync_runs set saved_at = saved_at - interval '25 hours' where state = 'saved'",
    );
    expect(await read(world.glow.userId)).toMatchObject({ isStale: true });
    const stranger = await world.business("stranger");
    await expect(read(stranger.userId)).rejects.toMatchObject({ code: "TN001" });
  });
});

describe("the first night of a business", () => {
  it("warns by mail when nobody in its file is known yet", async () => {
    const { deliverNotificationJob } = await import("@/lib/core/notifications/server");
    const { notificationTypes } = await import("@/lib/registry/notifications");
    const fresh = await world.business("fresh");
    const id = await world.newRun({ source: "https", is_unattended: true }, fresh.id);
    const file = world.fileOf(csv(videoLine("mira", 1), videoLine("noor", 2)));
    await world.processRun(fresh.id, id, world.context(), file);
    expect(await world.run(id, fresh.id)).toMatchObject({ state: "saved", rows_unmatched: "2" });
    const asked = await world.db.pool.query<{ id: string; data: object }>(
      "select id, data from private.notification_requests where client_id = $1 and type = 'loyalty.sync-warning'",
      [fresh.id],
    );
    expect(asked.rows).toMatchObject([{ data: { kind: "unmatched", unmatched: 2, total: 2 } }]);
    await deliverNotificationJob(notificationTypes).run(
      { clientId: fresh.id, requestId: asked.rows[0]!.id },
      world.context(),
    );
    const { rows } = await world.db.pool.query(
      "select type, to_address, subject from public.core_emails where client_id = $1",
      [fresh.id],
    );
    expect(rows).toEqual([
      {
        type: "loyalty.sync-warning",
        to_address: "owner@fresh.test",
        subject: expect.stringContaining("Business fresh") as string,
      },
    ]);
  });
});

describe("a night whose file has changed its ways", () => {
  it("warns when days can no longer be read, and names how many rows are missing", async () => {
    const odd = await world.business("odd");
    const lines = [1, 2, 3].map((n) => videoLine("mira", n));
    lines.push(...[4, 5, 6, 7].map((n) => videoLine("mira", n).replace(/\d{4}-\d{2}-\d{2}/, "someday")));
    const id = await world.newRun({ source: "https", is_unattended: true }, odd.id);
    await world.processRun(odd.id, id, world.context(), world.fileOf(csv(...lines)));
    expect(await world.run(id, odd.id)).toMatchObject({ state: "saved", rows_rejected: "4" });
    const asked = await world.db.pool.query(
      "select data from private.notification_requests where client_id = $1 and type = 'loyalty.sync-warning' order by data ->> 'kind'",
      [odd.id],
    );
    expect(asked.rows).toMatchObject([
      { data: { kind: "rejected", rejected: 4, total: 7 } },
      { data: { kind: "unmatched", unmatched: 3, total: 7 } },
    ]);
  });

  it("fails and says so when there are column names and not one row, or amounts beyond counting", async () => {
    const empty = await world.business("empty");
    const id = await world.newRun({ source: "https", is_unattended: true }, empty.id);
    await world.processRun(empty.id, id, world.context(), world.fileOf(csv()));
    expect(await world.run(id, empty.id)).toMatchObject({ state: "failed", error_code: "EMPTY_FILE" });
    const asked = await world.db.pool.query(
      "select type, data from private.notification_requests where client_id = $1",
      [empty.id],
    );
    expect(asked.rows).toMatchObject([
      {
        type: "loyalty.sync-failed",
        data: { message: expect.stringContaining("not one row") as string },
      },
    ]);
    // Each amount fits the database, their sum would not: a file of nonsense must end with reasons, not with our failure.
    const huge = Array.from({ length: 1_100 }, (_, n) => videoLine("mira", n, { gmv: 89_999_999_999_999 }));
    const run = await world.check(csv(...huge), {}, empty.id);
    expect(run).toMatchObject({ state: "checked", rows_rejected: "1100" });
  });
});
