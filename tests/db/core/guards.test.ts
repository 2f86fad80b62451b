import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askSystem, outcome } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

interface Window {
  success: boolean;
  limit: number;
  remaining: number;
  reset: number;
}
const take = (key: string, limit: number, seconds = 3600) =>
  askSystem<Window>(db, "core_take_rate_limit", { p_key: key, p_limit: limit, p_window_seconds: seconds });
const begin = (key: string, hash = "h") =>
  askSystem<{ outcome: string; status?: number; body?: unknown }>(db, "core_begin_once", {
    p_scope: "s",
    p_key: key,
    p_hash: hash,
  });

describe("a rate window", () => {
  it("counts down, then refuses, and says when it opens again", async () => {
    const seen = [];
    for (let at = 0; at < 4; at += 1) seen.push(await take("down", 3));
    expect(seen.map(({ success, remaining }) => [success, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(seen[3]?.reset).toBeGreaterThan(Date.now());
    expect(seen[3]?.reset).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it("lets exactly as many through as it has places, when fifty come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => take("rush", 10)));
    expect(answers.filter(({ success }) => success)).toHaveLength(10);
  });

  it("does not punish who was refused: refusals are not counted", async () => {
    for (let at = 0; at < 30; at += 1) await take("patient", 2);
    const { rows } = await db.pool.query("select hits from private.rate_windows where key = 'patient'");
    expect(rows).toEqual([{ hits: 2 }]);
  });

  it("slides: the window before weighs by what is left of it", async () => {
    // An hour long window, moved so that its first half has just passed.
    await db.pool.query(`insert into private.rate_windows (key, window_start, hits, expires_at)
      select 'slide', to_timestamp(floor(extract(epoch from clock_timestamp()) / 1e8) * 1e8 - 1e8), 100, now() + interval '1 day'`);
    const { rows } = await db.pool.query<{ left: number }>(
      "select 1 - (extract(epoch from clock_timestamp())::numeric % 100000000) / 100000000 as left",
    );
    const { remaining } = await take("slide", 1000, 100_000_000);
    expect(remaining).toBe(1000 - Math.floor(Number(rows[0]?.left) * 100) - 1);
  });

  it("keeps keys apart, and is closed to people", async () => {
    expect((await take("one", 1)).success).toBe(true);
    expect((await take("two", 1)).success).toBe(true);
    const userId = await db.createUser("limits@elsewhere.test");
    expect(
      await outcome(
        db.asUser(userId, (client) => client.query("select public.core_take_rate_limit('x', 1, 60)")),
      ),
    ).toMatch(/^42501/);
    expect(
      await outcome(db.asAnon((client) => client.query("select public.core_take_rate_limit('x', 1, 60)"))),
    ).toMatch(/^42501/);
  });
});

describe("an idempotency key", () => {
  it("starts once, is in flight meanwhile, and replays the answer after", async () => {
    expect(await begin("a")).toEqual({ outcome: "started" });
    expect(await begin("a")).toEqual({ outcome: "in_flight" });
    await askSystem(db, "core_finish_once", {
      p_scope: "s",
      p_key: "a",
      p_status: 201,
      p_body: JSON.stringify({ id: 7 }),
    });
    expect(await begin("a")).toEqual({ outcome: "replay", status: 201, body: { id: 7 } });
  });

  it("refuses another request under the same key, in flight or done", async () => {
    await begin("b");
    expect(await begin("b", "other")).toEqual({ outcome: "mismatch" });
    await askSystem(db, "core_finish_once", { p_scope: "s", p_key: "b", p_status: 200, p_body: "{}" });
    expect(await begin("b", "other")).toEqual({ outcome: "mismatch" });
  });

  it("is given back by a failure, so that a retry acts", async () => {
    await begin("c");
    await askSystem(db, "core_release_once", { p_scope: "s", p_key: "c" });
    expect(await begin("c")).toEqual({ outcome: "started" });
  });

  it("keeps a finished answer even from a late release or a second finish", async () => {
    await begin("d");
    await askSystem(db, "core_finish_once", {
      p_scope: "s",
      p_key: "d",
      p_status: 200,
      p_body: JSON.stringify("first"),
    });
    await askSystem(db, "core_finish_once", {
      p_scope: "s",
      p_key: "d",
      p_status: 500,
      p_body: JSON.stringify("second"),
    });
    await askSystem(db, "core_release_once", { p_scope: "s", p_key: "d" });
    expect(await begin("d")).toEqual({ outcome: "replay", status: 200, body: "first" });
  });

  it("starts exactly one of fifty that come at the same moment", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => begin("rush")));
    expect(answers.filter(({ outcome: each }) => each === "started")).toHaveLength(1);
    expect(answers.filter(({ outcome: each }) => each === "in_flight")).toHaveLength(49);
  });

  it("is never a mismatch while others release and begin it again", async () => {
    const seen: string[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let at = 0; at < 10; at += 1) {
          const answer = await begin("churn");
          seen.push(answer.outcome);
          if (answer.outcome === "started")
            await askSystem(db, "core_release_once", { p_scope: "s", p_key: "churn" });
        }
      }),
    );
    expect([...new Set(seen)].filter((each) => each !== "started" && each !== "in_flight")).toEqual([]);
  });

  it("is free again when its holder died two minutes ago, or after a day", async () => {
    await begin("dead");
    await db.pool.query(
      "update private.once_requests set locked_until = now() - interval '1 second' where key = 'dead'",
    );
    expect(await begin("dead")).toEqual({ outcome: "started" });
    await askSystem(db, "core_finish_once", { p_scope: "s", p_key: "dead", p_status: 200, p_body: "{}" });
    await db.pool.query(
      "update private.once_requests set expires_at = now() - interval '1 second' where key = 'dead'",
    );
    expect(await begin("dead", "new")).toEqual({ outcome: "started" });
  });

  it("belongs to its scope: another person's same key is another key", async () => {
    await begin("mine");
    expect(
      await askSystem(db, "core_begin_once", { p_scope: "someone else", p_key: "mine", p_hash: "x" }),
    ).toEqual({ outcome: "started" });
  });
});

describe("upkeep", () => {
  it("forgets what is over and keeps what is not", async () => {
    await take("over", 5);
    await take("fresh", 5);
    await begin("over");
    await begin("fresh");
    await db.pool.query(
      "update private.rate_windows set expires_at = now() - interval '1 second' where key = 'over'",
    );
    await db.pool.query(
      "update private.once_requests set expires_at = now() - interval '1 second' where key = 'over'",
    );
    await db.pool.query("select private.core_purge_guards()");
    const left = await db.pool.query<{ key: string }>(
      "select key from private.rate_windows where key in ('over', 'fresh') union all select key from private.once_requests where key in ('over', 'fresh')",
    );
    expect(left.rows.map(({ key }) => key)).toEqual(["fresh", "fresh"]);
  });
});
