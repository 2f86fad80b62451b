import { beforeAll, describe, expect, it } from "vitest";
import { appUrl, call, signIn, type Session } from "../http/world";

let manager: Session;
let owner: Session;
let stranger: Session;

beforeAll(async () => {
  [manager, owner, stranger] = (await Promise.all(
    ["manager@glow.test", "owner@glow.test", "owner@hearth.test"].map(signIn),
  )) as [Session, Session, Session];
});

describe("a body that means harm", () => {
  it.each([
    ["nothing", ""],
    ["half of an object", '{"handle":'],
    ["a null byte", "\u0000"],
    ["a number beyond numbers", "1e400"],
    ["a list nested 20,000 deep", "[".repeat(20_000) + "]".repeat(20_000)],
    ["a prototype", '{"__proto__":{"role":"owner"}}'],
    ["a key given twice", '{"handle":"a","handle":"b\\u0000"}'],
    ["half a character", '{"handle":"\\ud800"}'],
    ["a null byte inside a text", '{"handle":"a\\u0000b","displayName":"a\\u0000b"}'],
    ["more than fits", JSON.stringify({ handle: "x".repeat(300_000) })],
  ])("is refused and breaks nothing: %s", async (_name, text) => {
    const reply = await call("/api/glow/loyalty/creators", {
      method: "POST",
      token: manager.access_token,
      text,
    });
    expect([400, 413, 415, 422]).toContain(reply.status);
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|\.ts:\d|violates|syntax error/);
  });

  it.each([
    "%00",
    "A%00B",
    "%E2%80%AE",
    "NaN",
    "-1",
    "x".repeat(4_000),
    "),client_id.eq.x,(",
    "*",
    "%25_%5C",
  ])("finds nothing and breaks nothing as a search: %s", async (text) => {
    for (const path of ["people", "loyalty/creators"]) {
      const reply = await call(`/api/glow/${path}?q=${text}`, { token: manager.access_token });
      expect([200, 422]).toContain(reply.status);
    }
  });
});

describe("an address that is written oddly", () => {
  it.each([
    "/api/GLOW/people",
    "/api/glow%2fpeople",
    "/API/glow/people",
    "/api/glow/people;x",
    "/api/glow/people%00",
    "/api/%ff/audit",
    "/api/glow/people/%ff",
    "/api/glow/people/%zz",
    "/%ff",
    "/glow/admin/people/%E0%A4%A",
    "/invitation/%ff",
  ])("%s leads nowhere", async (path) =>
    expect((await call(path, { token: owner.access_token })).status).toBe(404),
  );

  it.each(["/api/glow/%2e%2e/hearth/people", "/api/hearth/%2e%2e/glow/../hearth/people"])(
    "%s is judged as what it comes to",
    async (path) => expect((await call(path, { token: owner.access_token })).status).toBe(404),
  );

  it("is a page with the content policy, also when it ends like a file", async () => {
    const response = await fetch(`${appUrl}/invitation/x.txt`, { redirect: "manual" });
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

it("keeps one person's key from opening another's answer", async () => {
  const headers = { "idempotency-key": `shared-${crypto.randomUUID()}` };
  const send = (slug: string, session: Session) =>
    call(`/api/${slug}/people/invitations`, {
      method: "POST",
      token: session.access_token,
      headers,
      body: { role: "support", email: `${crypto.randomUUID()}@elsewhere.test`, displayName: "Somebody" },
    });
  const replies = [await send("glow", owner), await send("glow", manager), await send("hearth", stranger)];
  expect(replies.map((reply) => reply.headers.get("idempotency-replayed"))).toEqual([null, null, null]);
  expect(new Set(replies.map((reply) => (reply.body.data as { id?: string } | undefined)?.id)).size).toBe(3);
});
