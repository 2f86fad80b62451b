import { beforeAll, describe, expect, it } from "vitest";
import { call, claimsOf, peopleAtDataApi, signIn, signInAtAuth, sql, type Session } from "./world";

let owner: Session;
let creator: Session;
let stranger: Session;

beforeAll(async () => {
  [owner, creator, stranger] = (await Promise.all(
    ["owner@glow.test", "creator@glow.test", "owner@hearth.test"].map(signIn),
  )) as [Session, Session, Session];
});

describe("the envelope", () => {
  it("carries the data, a request id, the limits, and is kept by nobody", async () => {
    const reply = await call("/api/glow/people", { token: owner.access_token });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ success: true, data: { items: expect.any(Array) as unknown } });
    expect(reply.headers.get("cache-control")).toBe("private, no-store");
    expect(reply.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("names the request in a refusal, so that it can be found in the log", async () => {
    const reply = await call("/api/glow/people");
    expect(reply.body).toMatchObject({
      success: false,
      error: { code: "UNAUTHENTICATED" },
      requestId: reply.headers.get("x-request-id"),
    });
  });

  it("never lets a caller choose the request id that the audit log will say", async () => {
    const reply = await call("/api/glow/people", {
      token: owner.access_token,
      headers: { "x-request-id": "chosen-by-caller" },
    });
    expect(reply.headers.get("x-request-id")).not.toBe("chosen-by-caller");
  });
});

describe("who gets what", () => {
  it.each([
    ["signed out", () => null, "glow", 401],
    ["a member with the permission", () => owner, "glow", 200],
    ["a member without it", () => creator, "glow", 403],
    ["the owner of another business", () => stranger, "glow", 404],
    ["anybody, for a business that is not there", () => owner, "no-such-business", 404],
    ["anybody, for a path that cannot be one", () => owner, "NOT%20A%20SLUG", 404],
  ])("%s", async (_name, who, slug, status) => {
    expect((await call(`/api/${slug}/people`, { token: who()?.access_token ?? null })).status).toBe(status);
  });

  it("answers a stranger exactly as if the business were not there", async () => {
    const answer = async (slug: string) => {
      const { status, body } = await call(`/api/${slug}/people`, { token: stranger.access_token });
      return { status, error: body.error };
    };
    expect(await answer("glow")).toEqual(await answer("no-such-business"));
  });

  it.each(["rubbish", "a.b.c", `${"x".repeat(40)}.${"y".repeat(40)}.${"z".repeat(40)}`])(
    "turns away the token %s",
    async (token) => {
      expect(await call("/api/glow/people", { token })).toMatchObject({
        status: 401,
        body: { error: { code: "INVALID_TOKEN" } },
      });
    },
  );

  it("turns away a token whose claims were changed", async () => {
    const [head, , signature] = owner.access_token.split(".") as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(stranger), sub: claimsOf(owner).sub })).toString(
      "base64url",
    );
    expect((await call("/api/glow/people", { token: `${head}.${forged}.${signature}` })).status).toBe(401);
  });

  it("stops at once when the session was ended, while its token would still hold", async () => {
    const session = await signIn("owner@glow.test");
    const { sub, session_id } = claimsOf(session);
    await sql(
      `insert into public.auth_sessions (session_id, user_id) values ($1, $2)
       on conflict (session_id) do update set ended_at = null`,
      [session_id, sub],
    );
    expect((await call("/api/glow/people", { token: session.access_token })).status).toBe(200);
    await sql("update public.auth_sessions set ended_at = now() where session_id = $1", [session_id]);
    expect((await call("/api/glow/people", { token: session.access_token })).status).toBe(401);
  });

  it("opens nothing with a genuine token that Auth gave out past our door, neither here nor at the Data API", async () => {
    const { access_token: token } = await signInAtAuth("owner@glow.test");
    expect((await call("/api/glow/people", { token })).status).toBe(401);
    expect((await call("/api/me", { token })).status).toBe(401);
    expect(await peopleAtDataApi(token)).toEqual([]);
    expect(await peopleAtDataApi(owner.access_token)).not.toEqual([]);
  });

  it("opens nothing any more once everything was signed out or the person deactivated", async () => {
    const [here, there] = [await signIn("support@glow.test"), await signIn("support@glow.test")];
    expect(await peopleAtDataApi(there.access_token)).not.toEqual([]);
    const { sub } = claimsOf(here);
    await sql("update public.people set state = 'deactivated', deactivated_at = now() where user_id = $1", [
      sub,
    ]);
    try {
      expect(await peopleAtDataApi(there.access_token)).toEqual([]);
      expect((await call("/api/glow/people", { token: there.access_token })).status).toBe(404);
    } finally {
      await sql("update public.people set state = 'active', deactivated_at = null where user_id = $1", [sub]);
    }
    expect(await peopleAtDataApi(there.access_token)).not.toEqual([]);
    const out = await call("/api/auth/sign-out", {
      method: "POST",
      token: here.access_token,
      body: { where: "everywhere" },
    });
    expect(out.status).toBeLessThan(300);
    expect(await peopleAtDataApi(there.access_token)).toEqual([]);
    expect((await call("/api/me", { token: there.access_token })).status).toBe(401);
  });

  it("stops a session that was idle for a day", async () => {
    const session = await signIn("owner@glow.test");
    const { sub, session_id } = claimsOf(session);
    await sql(
      `insert into public.auth_sessions (session_id, user_id, started_at, last_seen_at) values ($1, $2, now() - interval '3 days', now() - interval '25 hours')
       on conflict (session_id) do update set started_at = excluded.started_at, last_seen_at = excluded.last_seen_at`,
      [session_id, sub],
    );
    expect((await call("/api/glow/people", { token: session.access_token })).status).toBe(401);
  });
});

describe("the scheduler's door", () => {
  it.each([undefined, "Bearer wrong-secret-of-16", "Basic local-cron-secret"])(
    "stays shut for %s",
    async (authorization) => {
      const reply = await call("/api/cron/jobs", { headers: authorization ? { authorization } : {} });
      expect(reply).toMatchObject({ status: 401, body: { success: false } });
    },
  );

  it("stays shut for an owner", async () => {
    expect((await call("/api/cron/jobs", { token: owner.access_token })).status).toBe(401);
  });
});
