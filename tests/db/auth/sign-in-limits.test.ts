import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

interface Gate {
  outcome: "go" | "locked" | "slowed";
  waitMs?: number;
  retryAfter?: number;
}
const begin = (account: string, ip: string, pass: string | null = null) =>
  db.asSystem(async (client) => {
    const { rows } = await client.query<{ gate: Gate }>(
      "select public.auth_begin_sign_in($1, $2, $3) as gate",
      [account, ip, pass],
    );
    return rows[0]!.gate;
  });
const finish = (account: string, ip: string, outcome: "ok" | "failed" | "refused") =>
  db.asSystem((client) =>
    client.query("select public.auth_finish_sign_in($1, $2, $3, '')", [account, ip, outcome]),
  );
const count = (gates: Gate[], outcome: Gate["outcome"]) =>
  gates.filter((gate) => gate.outcome === outcome).length;

describe("who may try a password", () => {
  it("lets exactly five of fifty tries at once through, and locks the rest out for fifteen minutes", async () => {
    const gates = await Promise.all(Array.from({ length: 50 }, () => begin("race", "ip-1")));
    expect(count(gates, "go")).toBe(5);
    expect(count(gates, "locked")).toBe(45);
    const retry = gates.find((gate) => gate.outcome === "locked")!.retryAfter!;
    expect(retry).toBeGreaterThan(880);
    expect(retry).toBeLessThanOrEqual(900);
  });

  it("does not lock the same account at another address", async () => {
    for (let index = 0; index < 5; index += 1) await begin("victim", "attacker");
    expect((await begin("victim", "attacker")).outcome).toBe("locked");
    expect((await begin("victim", "home")).outcome).toBe("go");
  });

  it("forgets the failures of an address that signs in", async () => {
    for (let index = 0; index < 4; index += 1) await begin("forgiven", "home");
    await finish("forgiven", "home", "ok");
    for (let index = 0; index < 4; index += 1) expect((await begin("forgiven", "home")).outcome).toBe("go");
  });

  it("opens again after the lock's fifteen minutes, with five new tries", async () => {
    for (let index = 0; index < 5; index += 1) await begin("later", "home");
    await db.pool.query(
      `update private.auth_locks set locked_until = now() - interval '1 second', last_failure_at = now() - interval '16 minutes' where account_hash = 'later'`,
    );
    const gates: Gate[] = [];
    for (let index = 0; index < 6; index += 1) gates.push(await begin("later", "home"));
    expect(gates.map((gate) => gate.outcome)).toEqual(["go", "go", "go", "go", "go", "locked"]);
  });

  it("takes the count back when the password was never looked at", async () => {
    for (let index = 0; index < 4; index += 1) await begin("outage", "home");
    for (let index = 0; index < 4; index += 1) await finish("outage", "home", "refused");
    for (let index = 0; index < 5; index += 1) expect((await begin("outage", "home")).outcome).toBe("go");
  });

  it("makes guesses from many addresses wait longer and longer, and turns away what would wait over eight seconds", async () => {
    const gates: Gate[] = [];
    for (let index = 0; index < 20; index += 1) gates.push(await begin("spread", `ip-${index}`));
    const waits = gates.filter((gate) => gate.outcome === "go").map((gate) => gate.waitMs!);
    expect(waits.slice(0, 5).every((wait) => wait === 0)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(1_000);
    expect(count(gates, "slowed")).toBeGreaterThan(0);
    // Being turned away costs the person's own address nothing.
    const { rows } = await db.pool.query(
      "select failures from private.auth_locks where account_hash = 'spread' and ip_hash = 'ip-19'",
    );
    expect(rows[0]!.failures).toBe(0);
  });
});

describe("the way out by mail", () => {
  const create = (account: string, token: string) =>
    db.asSystem(
      async (client) =>
        (await client.query("select public.auth_create_unlock($1, 'ip', $2) as ok", [account, token]))
          .rows[0]!.ok as boolean,
    );
  const use = (token: string, pass: string) =>
    db.asSystem(
      async (client) =>
        (await client.query("select public.auth_use_unlock($1, $2, 'ip') as ok", [token, pass])).rows[0]!
          .ok as boolean,
    );

  it("lets the owner's browser past the lock and the slow-down, five times", async () => {
    for (let index = 0; index < 30; index += 1) await begin("locked-owner", `ip-${index % 6}`);
    for (let index = 0; index < 5; index += 1) await begin("locked-owner", "home");
    expect((await begin("locked-owner", "home")).outcome).not.toBe("go");
    expect(await create("locked-owner", "token-1")).toBe(true);
    expect(await use("token-1", "pass-1")).toBe(true);
    for (let index = 0; index < 5; index += 1)
      expect((await begin("locked-owner", "home", "pass-1")).outcome).toBe("go");
    expect((await begin("locked-owner", "home", "pass-1")).outcome).not.toBe("go");
  });

  it("gives the pass to one of fifty who follow the link at once", async () => {
    await create("one-use", "token-2");
    const used = await Promise.all(
      Array.from({ length: 50 }, (_, index) => use("token-2", `pass-2-${index}`)),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
  });

  it("does not open another account, nor work after an hour", async () => {
    await create("mine", "token-3");
    await use("token-3", "pass-3");
    for (let index = 0; index < 5; index += 1) await begin("theirs", "home");
    expect((await begin("theirs", "home", "pass-3")).outcome).toBe("locked");
    await create("old", "token-4");
    await db.pool.query(
      "update private.auth_unlocks set created_at = now() - interval '61 minutes' where token_hash = 'token-4'",
    );
    expect(await use("token-4", "pass-4")).toBe(false);
  });

  it("is mailed once a minute and three times an hour at most", async () => {
    expect(await create("spam", "token-5")).toBe(true);
    expect(await create("spam", "token-6")).toBe(false);
    const age = () =>
      db.pool.query(
        "update private.auth_unlocks set created_at = created_at - interval '2 minutes' where account_hash = 'spam'",
      );
    await age();
    expect(await create("spam", "token-7")).toBe(true);
    await age();
    expect(await create("spam", "token-8")).toBe(true);
    await age();
    expect(await create("spam", "token-9")).toBe(false);
    // Whoever asked for them: while no more are mailed, the last one still lets the owner in.
    await db.pool.query(
      "update private.auth_unlocks set created_at = now() - interval '50 minutes' where token_hash = 'token-8'",
    );
    expect(await use("token-8", "pass-8")).toBe(true);
  });
});

describe("the log of attempts", () => {
  it("cannot be changed, and is closed to everyone but the functions", async () => {
    await expect(db.pool.query("update private.auth_attempts set outcome = 'ok'")).rejects.toMatchObject({
      code: "ST001",
    });
    for (const table of [
      "auth_attempts",
      "auth_locks",
      "auth_slowdowns",
      "auth_unlocks",
      "auth_challenges",
    ]) {
      await expect(
        db.asSystem((client) => client.query(`select * from private.${table}`)),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(
        db.asAnon((client) => client.query(`select * from private.${table}`)),
      ).rejects.toMatchObject({ code: "42501" });
    }
  });

  it("answers no one but the server itself", async () => {
    const user = await db.createUser("curious@example.test");
    const calls = [
      "select public.auth_begin_sign_in('a', 'b')",
      "select public.auth_find_login('glow')",
      "select public.auth_find_home('owner@glow.test')",
      "select public.auth_end_user_sessions(gen_random_uuid())",
      "select public.auth_start_challenge('reset', 'a@b.c', 'x', 'y', 'z')",
    ];
    for (const call of calls) {
      await expect(db.asUser(user, (client) => client.query(call))).rejects.toMatchObject({ code: "42501" });
      await expect(db.asAnon((client) => client.query(call))).rejects.toMatchObject({ code: "42501" });
    }
  });
});
