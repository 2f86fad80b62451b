import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { appUrl, call, claimsOf, cookieOf, signIn, sql, type Session } from "./world";

let owner: Session;
let personId: string;
const roles = () => `/api/glow/people/${personId}/roles`;
const state = () => `/api/glow/people/${personId}/state`;

beforeAll(async () => {
  owner = await signIn("owner@glow.test");
  const [row] = await sql<{ id: string }>(
    `select p.id from public.people p join public.clients c on c.id = p.client_id
     where c.slug = 'glow' and p.email = 'support@glow.test'`,
  );
  personId = row!.id;
});

describe("a body", () => {
  const post = (more: object) => call(state(), { method: "POST", token: owner.access_token, ...more });

  it.each<[string, object, number]>([
    ["that is no JSON", { text: "{" }, 400],
    ["that is missing", { headers: { "content-type": "application/json" } }, 400],
    [
      "of another type",
      { text: "state=active", headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
    ],
    ["that is too large", { body: { state: "active", more: "x".repeat(400_000) } }, 413],
    ["with a wrong value", { body: { state: "sideways" } }, 422],
  ])("%s is refused", async (_name, more, status) => {
    expect(await post(more)).toMatchObject({ status, body: { success: false } });
  });

  it("names the field that needs another look", async () => {
    const reply = await post({ body: { state: "sideways" } });
    expect(Object.keys(reply.body.error!.details!.fields!)).toEqual(["state"]);
  });
});

describe("where a change comes from", () => {
  const change = (headers: Record<string, string>) =>
    call(state(), {
      method: "POST",
      body: { state: "active" },
      headers: { cookie: cookieOf(owner), ...headers },
    });

  it.each<[string, Record<string, string>]>([
    ["no origin at all", {}],
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["a sister domain", { origin: appUrl, "sec-fetch-site": "same-site" }],
    ["a name that only begins like ours", { origin: `${appUrl}.evil.example` }],
  ])("refuses the cookie from %s", async (_name, headers) => {
    expect(await change(headers)).toMatchObject({ status: 403, body: { error: { code: "CROSS_ORIGIN" } } });
  });

  it("takes the cookie from our own pages", async () => {
    const reply = await change({ origin: appUrl, "sec-fetch-site": "same-origin" });
    expect(reply.body.error?.code).not.toBe("CROSS_ORIGIN");
    expect([200, 409]).toContain(reply.status);
  });

  it("takes the cookie for reading, and its chunks", async () => {
    const cookie = cookieOf(owner);
    expect((await call("/api/glow/people", { headers: { cookie } })).status).toBe(200);
    const value = cookie.slice("portico-session=".length);
    const chunks = `portico-session.0=${value.slice(0, 500)}; portico-session.1=${value.slice(500)}`;
    expect((await call("/api/glow/people", { headers: { cookie: chunks } })).status).toBe(200);
  });
});

describe("an Idempotency-Key", () => {
  const give = (key: string, role: string) =>
    call(roles(), {
      method: "POST",
      token: owner.access_token,
      body: { role },
      headers: { "idempotency-key": key },
    });
  const take = (role: string) => call(`${roles()}/${role}`, { method: "DELETE", token: owner.access_token });
  const granted = async (role: string) =>
    (
      await sql<{ n: number }>(
        "select count(*)::int n from public.person_roles where person_id = $1 and role_id = $2",
        [personId, role],
      )
    )[0]!.n;

  it("replays the first answer, refuses another body, and acts once", async () => {
    await take("manager");
    const key = randomUUID();
    const first = await give(key, "manager");
    expect(first.status).toBe(200);
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    await take("manager");
    const again = await give(key, "manager");
    expect([again.status, again.headers.get("idempotency-replayed"), again.body]).toEqual([
      200,
      "true",
      first.body,
    ]);
    expect(await granted("manager")).toBe(0);
    expect(await give(key, "support")).toMatchObject({
      status: 422,
      body: { error: { code: "IDEMPOTENCY_MISMATCH" } },
    });
  });

  it("lets one of ten at once do the work", async () => {
    await take("manager");
    const key = randomUUID();
    const replies = await Promise.all(Array.from({ length: 10 }, () => give(key, "manager")));
    const acted = replies.filter(
      ({ status, headers }) => status === 200 && headers.get("idempotency-replayed") === null,
    );
    expect(acted).toHaveLength(1);
    expect(replies.filter(({ status, body }) => status === 409 && body.error?.code !== "IN_FLIGHT")).toEqual(
      [],
    );
    expect(new Set(replies.map(({ status }) => status))).not.toContain(500);
    expect(await granted("manager")).toBe(1);
    await take("manager");
  });

  it("is another key in another person's hands", async () => {
    const key = randomUUID();
    const admin = await signIn("admin@glow.test");
    await give(key, "manager");
    const other = await call(roles(), {
      method: "POST",
      token: admin.access_token,
      body: { role: "manager" },
      headers: { "idempotency-key": key },
    });
    expect(other.headers.get("idempotency-replayed")).toBeNull();
    await take("manager");
  });

  it("must be one", async () => {
    expect((await give("short", "manager")).status).toBe(422);
  });
});

describe("limits", () => {
  it("count down for the person and say when they begin anew", async () => {
    const read = async () => {
      const { headers } = await call("/api/glow/people", { token: owner.access_token });
      return Object.fromEntries(
        ["limit", "remaining", "reset", "policy"].map((name) => [name, headers.get(`ratelimit-${name}`)]),
      );
    };
    const [first, second] = [await read(), await read()];
    expect(Number(second.remaining)).toBeLessThan(Number(first.remaining));
    expect(first.policy).toBe(`${first.limit};w=900`);
    expect(Number(first.reset)).toBeGreaterThan(0);
    expect(Number(first.reset)).toBeLessThanOrEqual(900);
  });

  it("answer 429 with Retry-After when they are used up, for this person only", async () => {
    const session = await signIn("manager@glow.test");
    const key = `read:user:${claimsOf(session).sub}`;
    await call("/api/glow/people", { token: session.access_token });
    await sql("update private.rate_windows set hits = 10000000 where key = $1", [key]);
    const reply = await call("/api/glow/people", { token: session.access_token });
    expect(reply).toMatchObject({ status: 429, body: { error: { code: "TOO_MANY_REQUESTS" } } });
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(reply.headers.get("ratelimit-remaining")).toBe("0");
    expect((await call("/api/glow/people", { token: owner.access_token })).status).toBe(200);
    await sql("delete from private.rate_windows where key = $1", [key]);
  });

  it("cannot be dodged by claiming another address", async () => {
    for (const [name, value] of [
      ["x-forwarded-for", "6.6.6.6"],
      ["x-real-ip", "7.7.7.7"],
      ["x-portico-peer", "8.8.8.8"],
      ["forwarded", "for=9.9.9.9"],
    ] as const) {
      await call("/api/glow/people", { token: owner.access_token, headers: { [name]: value } });
    }
    const rows = await sql<{ key: string }>(
      "select distinct key from private.rate_windows where key ~ ':ip:([6-9]\\.|unknown)'",
    );
    expect(rows).toEqual([]);
  });
});
