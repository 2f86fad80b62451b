import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

interface State {
  outcome: string;
  send?: boolean;
  triesLeft?: number;
  sendsLeft?: number;
}
const ask = (call: string, values: unknown[]) =>
  db.asSystem(
    async (client) =>
      (await client.query<{ state: State }>(`select public.${call} as state`, values)).rows[0]!.state,
  );
const start = (purpose: string, email: string, token: string, ip = "home") =>
  ask("auth_start_challenge($1, $2, $2, $3, $4)", [purpose, email, ip, token]);
const resend = (token: string) => ask("auth_resend_challenge($1)", [token]);
const attempt = (token: string, purpose = "sign-up") => ask("auth_try_challenge($1, $2)", [token, purpose]);
const consume = (token: string) =>
  db.asSystem(
    async (client) =>
      (await client.query("select public.auth_consume_challenge($1, $2) as ok", [token, randomUUID()]))
        .rows[0]!.ok as boolean,
  );
const pass = (token: string, minutes: number) =>
  db.pool.query(
    `update private.auth_challenges set last_sent_at = last_sent_at - $2::interval, expires_at = expires_at - $2::interval,
       created_at = created_at - $2::interval where token_hash = $1`,
    [token, `${minutes} minutes`],
  );

describe("a six-digit code", () => {
  it("may be tried three times, also by fifty tries at once", async () => {
    await start("sign-up", "race@example.test", "race");
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt("race")));
    expect(
      outcomes
        .filter((state) => state.outcome === "go")
        .map((state) => state.triesLeft)
        .sort(),
    ).toEqual([0, 1, 2]);
    expect(outcomes.filter((state) => state.outcome === "spent")).toHaveLength(47);
  });

  it("counts for exactly one of fifty who have it right", async () => {
    await start("sign-up", "winner@example.test", "winner");
    const consumed = await Promise.all(Array.from({ length: 50 }, () => consume("winner")));
    expect(consumed.filter(Boolean)).toHaveLength(1);
    expect((await attempt("winner")).outcome).toBe("used");
  });

  it("is good for five minutes, a reset for fifteen", async () => {
    await start("sign-up", "slow@example.test", "slow");
    await pass("slow", 6);
    expect((await attempt("slow")).outcome).toBe("expired");
    await start("reset", "slower@example.test", "slower");
    await pass("slower", 14);
    expect((await attempt("slower", "reset")).outcome).toBe("go");
    await pass("slower", 2);
    expect((await attempt("slower", "reset")).outcome).toBe("expired");
  });

  it("is sent again after a minute, five times in all, each with three tries", async () => {
    await start("sign-up", "again@example.test", "again");
    expect((await resend("again")).outcome).toBe("early");
    await attempt("again");
    for (let index = 0; index < 4; index += 1) {
      await pass("again", 1);
      expect(await resend("again")).toMatchObject({ outcome: "sent", send: true, sendsLeft: 3 - index });
    }
    expect(await attempt("again")).toMatchObject({ outcome: "go", triesLeft: 2 });
    await pass("again", 1);
    expect((await resend("again")).outcome).toBe("spent");
  });

  it("opens only what it was asked for", async () => {
    await start("sign-up", "purpose@example.test", "purpose");
    expect((await attempt("purpose", "reset")).outcome).toBe("gone");
    expect((await attempt("unknown")).outcome).toBe("gone");
  });
});

describe("asking again", () => {
  it("keeps the tries of the first code when the same person starts over within the minute", async () => {
    await start("sign-up", "over@example.test", "over-1");
    await attempt("over-1");
    expect((await start("sign-up", "over@example.test", "over-2")).send).toBe(false);
    expect((await attempt("over-1")).outcome).toBe("gone");
    expect(await attempt("over-2")).toMatchObject({ outcome: "go", triesLeft: 1 });
  });

  it("gives a stranger within the minute an answer like any other, and no try at the person's code", async () => {
    await start("sign-up", "target@example.test", "owner");
    const state = await start("sign-up", "target@example.test", "stranger", "elsewhere");
    expect(state).toMatchObject({ outcome: "sent", send: false, sendsLeft: 4 });
    for (let index = 0; index < 3; index += 1) expect((await attempt("stranger")).outcome).toBe("decoy");
    expect(await consume("stranger")).toBe(false);
    expect(await attempt("owner")).toMatchObject({ outcome: "go", triesLeft: 2 });
  });

  it("ends the code before, whatever it was for", async () => {
    await start("sign-up", "both@example.test", "both-1");
    await pass("both-1", 2);
    await start("reset", "both@example.test", "both-2", "elsewhere");
    expect((await attempt("both-1")).outcome).toBe("decoy");
    expect((await attempt("both-2", "reset")).outcome).toBe("go");
  });

  it("mails three resets an hour to one address, and says the same after that", async () => {
    const sent: (boolean | undefined)[] = [];
    for (let index = 0; index < 5; index += 1) {
      const state = await start("reset", "hour@example.test", `hour-${index}`, `ip-${index}`);
      expect(state).toMatchObject({ outcome: "sent", sendsLeft: 4 });
      sent.push(state.send);
      await pass(`hour-${index}`, 2);
    }
    expect(sent).toEqual([true, true, true, false, false]);
  });
});
