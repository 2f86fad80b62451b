import { beforeEach, describe, expect, it } from "vitest";
import { appUrl, cookieOf, signIn, type Session } from "./world";

let session: Session;
beforeEach(async () => {
  session = await signIn("owner@glow.test");
});

const aged = (more: Partial<Session> = {}) =>
  cookieOf({ ...session, expires_at: Math.floor(Date.now() / 1000) - 10, ...more });
const visit = async (cookie: string, path = "/api/glow/people") => {
  const response = await fetch(`${appUrl}${path}`, { headers: { cookie }, redirect: "manual" });
  await response.text();
  return { status: response.status, cookies: response.headers.getSetCookie() };
};
/** What a browser would send next: the cookies that were set, without the ones that were taken away. */
const jar = (cookies: string[]) =>
  cookies
    .filter((cookie) => !/Max-Age=0/i.test(cookie))
    .map((cookie) => cookie.split(";")[0]!)
    .join("; ");

describe("the session", () => {
  it("is left alone while its token lives", async () => {
    expect(await visit(cookieOf(session))).toEqual({ status: 200, cookies: [] });
  });

  it("is renewed when its token runs out, within the same request", async () => {
    const { status, cookies } = await visit(aged());
    expect(status).toBe(200);
    const set = cookies.filter((cookie) => cookie.startsWith("portico-session"));
    expect(set.length).toBeGreaterThan(0);
    for (const cookie of set) {
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
      expect(cookie).toMatch(/Path=\//);
    }
    expect(set.some((cookie) => /Max-Age=2592000/.test(cookie))).toBe(true);
    expect(await visit(jar(cookies))).toEqual({ status: 200, cookies: [] });
  });

  it("is renewed once for the requests a page fires together", async () => {
    const cookie = aged();
    const visits = await Promise.all(Array.from({ length: 6 }, () => visit(cookie)));
    expect(visits.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(visits.map(({ cookies }) => jar(cookies))).size).toBe(1);
  });

  it("is cleared when it cannot be renewed, and opens nothing", async () => {
    const { status, cookies } = await visit(aged({ access_token: "x.y.z", refresh_token: "not-a-token" }));
    expect(status).toBe(401);
    expect(jar(cookies)).toBe("");
    expect(cookies.some((cookie) => cookie.startsWith("portico-session") && /Max-Age=0/i.test(cookie))).toBe(
      true,
    );
  });

  it("cannot be forged by claiming a later end", async () => {
    const forged = cookieOf({ ...session, access_token: "x.y.z", expires_at: 9_999_999_999 });
    expect((await visit(forged)).status).toBe(401);
  });

  it("sends someone signed out from a page to sign-in, and back to where they were going", async () => {
    const response = await fetch(`${appUrl}/glow/admin/people?q=mira`, { redirect: "manual" });
    expect(response.status).toBe(307);
    const target = new URL(response.headers.get("location")!, appUrl);
    expect([target.origin, target.pathname]).toEqual([appUrl, "/sign-in"]);
    expect(target.searchParams.get("next")).toBe("/glow/admin/people?q=mira");
  });

  it("shows someone of another business a page that is not there", async () => {
    const stranger = await signIn("owner@hearth.test");
    expect((await visit(cookieOf(stranger), "/glow/admin/people")).status).toBe(404);
    expect((await visit(cookieOf(stranger), "/no-such-business/admin/people")).status).toBe(404);
  });

  it("shows a member without the permission that it is missing", async () => {
    const creator = await signIn("creator@glow.test");
    expect((await visit(cookieOf(creator), "/glow/admin/people")).status).toBe(403);
  });
});
