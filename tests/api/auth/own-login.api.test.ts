import { describe, expect, it } from "vitest";
import { call, codeIn, freshSignIn, password, waitForMail } from "../../support/stack";
import { address, fail, newAccount, post, strong, type Challenge } from "./world";

describe("one's own login", () => {
  it("changes its password with the current one and signs out the other devices", async () => {
    const { email, me } = await newAccount();
    const other = await freshSignIn(email, strong);
    const wrong = await post(
      "/api/me/password",
      { currentPassword: "Not-mine-at-1", password: "Deeper-water-3" },
      me,
    );
    expect(wrong.error?.details).toHaveProperty("fields.currentPassword");
    expect(
      (await post("/api/me/password", { currentPassword: strong, password: "Deeper-water-3" }, me)).status,
    ).toBe(200);
    expect((await call("/api/me", { as: other })).status).toBe(401);
    expect((await call("/api/me", { as: me })).status).toBe(200);
  });

  it("changes its e-mail only with the code mailed to the new address", async () => {
    const { email, me } = await newAccount();
    const next = address();
    const started = await post<Challenge>("/api/me/email", { currentPassword: strong, email: next }, me);
    expect(started.status).toBe(202);
    const code = codeIn(await waitForMail(next));
    const thief = await newAccount();
    expect(
      (await post("/api/me/email/confirm", { challenge: started.data.challenge, code }, thief.me)).status,
    ).toBe(410);
    expect(
      (await post("/api/me/email/confirm", { challenge: started.data.challenge, code }, me)).data,
    ).toEqual({ email: next });
    expect((await fail(email)).status).toBe(401);
    expect((await freshSignIn(next, strong)).accessToken).toBeTruthy();
  });

  it("lists its devices, ends one, and ends them all", async () => {
    const { email, me } = await newAccount();
    const second = await freshSignIn(email, strong);
    const list = await call<{ items: { id: string; isCurrent: boolean }[] }>("/api/me/sessions", { as: me });
    expect(list.data.items).toHaveLength(2);
    const there = list.data.items.find((item) => !item.isCurrent)!;
    expect((await call(`/api/me/sessions/${there.id}`, { method: "DELETE", as: me })).status).toBe(200);
    expect((await call("/api/me", { as: second })).status).toBe(401);
    const third = await freshSignIn(email, strong);
    expect((await post("/api/auth/sign-out", { where: "everywhere" }, me)).status).toBe(200);
    for (const session of [me, third]) expect((await call("/api/me", { as: session })).status).toBe(401);
    const stranger = await newAccount();
    expect((await call(`/api/me/sessions/${there.id}`, { method: "DELETE", as: stranger.me })).status).toBe(
      404,
    );
  });
});

describe("cookies", () => {
  it("are HttpOnly, Lax and 30 days at most; signing out takes them away", async () => {
    const answer = await call("/api/auth/sign-in", { body: { identifier: "support@glow.test", password } });
    expect(answer.data).toEqual({ home: "/glow/admin", isNewAccount: false });
    const set = answer.headers.getSetCookie().filter((cookie) => cookie.startsWith("portico-session"));
    expect(set.length).toBeGreaterThan(0);
    for (const cookie of set) {
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=lax/i);
      expect(Number(/Max-Age=(\d+)/i.exec(cookie)?.[1])).toBeLessThanOrEqual(30 * 24 * 60 * 60);
    }
    const cookie = set.map((line) => line.split(";")[0]).join("; ");
    const out = await call("/api/auth/sign-out", {
      body: {},
      headers: { cookie, "sec-fetch-site": "same-origin" },
    });
    expect(out.headers.getSetCookie().some((line) => /^portico-session[^;]*=;/.test(line))).toBe(true);
    expect((await call("/api/me", { headers: { cookie } })).status).toBe(401);
  });

  it("are not given to another site's form", async () => {
    const answer = await call("/api/auth/sign-in", {
      body: { identifier: "support@glow.test", password },
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toHaveLength(0);
  });
});
