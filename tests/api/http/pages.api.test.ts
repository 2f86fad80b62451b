import { describe, expect, it } from "vitest";
import { appUrl, call, cookieOf, signIn } from "./world";

const html = async (path: string) => {
  const response = await fetch(`${appUrl}${path}`, { redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const nonceIn = (policy: string | null) =>
  /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy ?? "")?.[1];

describe("a page", () => {
  it("runs only scripts with this answer's nonce", async () => {
    const { headers, text } = await html("/api/docs");
    const nonce = nonceIn(headers.get("content-security-policy"));
    expect(nonce).toBeDefined();
    const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    const inline = [...text.matchAll(/<style\b[^>]*>/g)].map(([tag]) => tag);
    expect(inline.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(text.split("<script")[0]).not.toMatch(/ style="| on[a-z]+="/);
  });

  it("gets another nonce each time, and no unsafe word in its policy", async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await html("/api/docs")).headers.get("content-security-policy")),
    );
    expect(nonceIn(policies[0]!)).not.toBe(nonceIn(policies[1]!));
    expect(policies[0]).not.toMatch(/unsafe-(inline|eval)/);
    expect(policies[0]).toContain("frame-ancestors 'none'");
  });

  it("cannot be given a nonce by a caller", async () => {
    const response = await fetch(`${appUrl}/api/docs`, {
      headers: { "x-nonce": "chosen", "content-security-policy": "script-src 'nonce-chosen'" },
    });
    expect(await response.text()).not.toContain('nonce="chosen"');
  });

  it("carries the headers that are the same everywhere", async () => {
    for (const path of ["/api/docs", "/api/health", "/no-such-business"]) {
      const { headers } = await html(path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("referrer-policy"), path).toBe("strict-origin-when-cross-origin");
      expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(headers.get("permissions-policy"), path).toContain("camera=()");
      expect(headers.get("x-powered-by"), path).toBeNull();
    }
  });
});

describe("the API document", () => {
  it("is OpenAPI 3.1 and lists what the app itself calls", async () => {
    const response = await fetch(`${appUrl}/api/openapi.json`);
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security: unknown }>>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/api/{client}/people"]?.get).toMatchObject({
      summary: "List people",
      security: [{ bearer: [] }, { session: [] }],
    });
    expect(Object.keys(document.paths).filter((path) => path.includes("["))).toEqual([]);
  });

  it("can be browsed and searched without script", async () => {
    const { status, text } = await html("/api/docs");
    expect(status).toBe(200);
    expect(text).toContain("/api/{client}/people");
    const found = (await html("/api/docs?q=health")).text;
    expect(found).not.toContain("/api/{client}/people/export");
    expect((await html("/api/docs?q=%3Cscript%3Ealert(1)%3C/script%3E")).text).not.toContain(
      "<script>alert(1)",
    );
  });

  it("holds for somebody signed out: every business path refuses", async () => {
    const { paths } = (await (await fetch(`${appUrl}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { security: unknown[] }>>;
    };
    const closed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => !JSON.stringify(security).startsWith("[{}"))
        .map(([method]) => ({
          path: path
            .replace("{client}", "glow")
            .replace(/\{[^}]+\}/g, "00000000-0000-7000-8000-000000000000"),
          method,
        })),
    );
    expect(closed.length).toBeGreaterThan(5);
    for (const { path, method } of closed) {
      const reply = await call(path, {
        method: method.toUpperCase(),
        ...(method === "get" ? {} : { body: {} }),
      });
      // A part of the path may be a word and not an id; then there is nothing to find either.
      expect([401, 404], `${method} ${path}`).toContain(reply.status);
    }
  });
});

describe("a list", () => {
  const cursor = (at: string) =>
    Buffer.from(JSON.stringify({ at, id: "00000000-0000-4000-8000-000000000001" })).toString("base64url");

  it.each([
    ...["audit", "people", "emails", "emails/blocked", "jobs", "loyalty/creators", "loyalty/imports"],
    ...["loyalty/holds", "loyalty/missions", "loyalty/rewards", "loyalty/redemptions", "loyalty/payouts"],
  ])("of %s opens from its beginning for a link whose cursor is none", async (list) => {
    const cookie = cookieOf(await signIn("owner@glow.test"));
    for (const after of ["x", cursor("yesterday"), cursor('2026-01-01",and(')]) {
      const answer = await fetch(`${appUrl}/glow/admin/${list}?after=${after}`, { headers: { cookie } });
      expect(answer.status, after).toBe(200);
      await answer.body?.cancel();
    }
  });

  it("refuses such a cursor at the API, and breaks nothing", async () => {
    const { access_token: token } = await signIn("owner@glow.test");
    for (const path of ["audit", "email", "email/blocked", "jobs", "notifications", "loyalty/sync-runs"])
      for (const at of ["yesterday", '2026-01-01",and(', "2026-13-99T00:00:00Z"])
        expect((await call(`/api/glow/${path}?cursor=${cursor(at)}`, { token })).status, path).toBe(422);
  });
});
