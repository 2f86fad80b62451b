import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { call, codeIn, freshSignIn, mailsTo, password, stackSql, waitForMail, type SignedIn } from "../../support/stack";

interface Challenge {
  challenge: string;
  maskedEmail: string;
  resendAt: string;
  sendsLeft: number;
}
interface Tokens {
  home: string;
  isNewAccount: boolean;
  tokens?: { accessToken: string; refreshToken: string; expiresAt: number };
}
const address = () => `auth-${randomUUID().slice(0, 8)}@example.test`;
const strong = "Quiet-harbour-7";
const as = (tokens: Tokens["tokens"], email: string): SignedIn => ({ email, cookie: "", ...tokens! });
const post = <T>(path: string, body: unknown, who?: SignedIn) => call<T>(path, { body, as: who ?? null });
const startSignUp = (email: string, secret = strong) =>
  post<Challenge>("/api/auth/sign-up", { email, name: "Ada Test", password: secret, acceptsTerms: true });
const verify = (challenge: string, code: string, secret = strong) =>
  post<Tokens>("/api/auth/verify", { challenge, code, password: secret, name: "Ada Test", session: "token" });
const fail = (identifier: string) => post("/api/auth/sign-in", { identifier, password: "Not-the-one-1", session: "token" });
/** Lets the clocks of Auth and of our limits pass a minute for one address. */
const passMinute = async (email: string) => {
  await stackSql("update private.auth_challenges set last_sent_at = last_sent_at - interval '61 seconds' where email = $1", [email]);
  await stackSql(
    "update auth.users set confirmation_sent_at = confirmation_sent_at - interval '61 seconds', recovery_sent_at = recovery_sent_at - interval '61 seconds' where email = $1",
    [email],
  );
};
const otherThan = (code: string) => (code === "000000" ? "111111" : "000000");

async function newAccount(): Promise<{ email: string; me: SignedIn }> {
  const email = address();
  const started = await startSignUp(email);
  const done = await verify(started.data.challenge, codeIn(await waitForMail(email)));
  expect(done.status).toBe(200);
  return { email, me: as(done.data.tokens, email) };
}

describe("signing up", () => {
  it("mails a code, and the code with the password opens the account", async () => {
    const email = address();
    const started = await startSignUp(email);
    expect(started.status).toBe(202);
    expect(started.data.maskedEmail).toMatch(/^au••••@example\.test$/);
    const code = codeIn(await waitForMail(email));
    const wrong = await verify(started.data.challenge, otherThan(code));
    expect(wrong.status).toBe(422);
    expect(wrong.error?.details).toMatchObject({ fields: { code: "This code does not fit. 2 tries are left." } });
    const done = await verify(started.data.challenge, code);
    expect(done.data).toMatchObject({ home: "/businesses", isNewAccount: true });
    expect((await verify(started.data.challenge, code)).error?.code).toBe("CODE_USED");
    expect((await freshSignIn(email, strong)).accessToken).toBeTruthy();
    const terms = await stackSql("select version from private.auth_terms_acceptances t join auth.users u on u.id = t.user_id where u.email = $1", [email]);
    expect(terms).toHaveLength(1);
  });

  it("gives a stranger who typed somebody's address first no password of theirs", async () => {
    const email = address();
    await startSignUp(email, "Stranger-knows-1");
    await waitForMail(email);
    await passMinute(email);
    const owner = await startSignUp(email, "Owner-chooses-2");
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(owner.data.challenge, codeIn(newest!), "Owner-chooses-2")).status).toBe(200);
    expect((await post("/api/auth/sign-in", { identifier: email, password: "Stranger-knows-1", session: "token" })).status).toBe(401);
    expect((await freshSignIn(email, "Owner-chooses-2")).accessToken).toBeTruthy();
  });

  it("says the same to an address that has an account, lets its owner in, and keeps its password", async () => {
    const { email } = await newAccount();
    await passMinute(email);
    const again = await startSignUp(email, "Another-secret-9");
    const fresh = await startSignUp(address(), "Another-secret-9");
    expect(again.status).toBe(fresh.status);
    expect(Object.keys(again.data).sort()).toEqual(Object.keys(fresh.data).sort());
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(again.data.challenge, codeIn(newest!), "Another-secret-9")).data).toMatchObject({ isNewAccount: false });
    expect((await freshSignIn(email, strong)).accessToken).toBeTruthy();
    expect((await post("/api/auth/sign-in", { identifier: email, password: "Another-secret-9", session: "token" })).status).toBe(401);
  });

  it("takes three tries of a code, then only a new one", async () => {
    const email = address();
    const { data } = await startSignUp(email);
    const code = codeIn(await waitForMail(email));
    for (let index = 0; index < 3; index += 1) expect((await verify(data.challenge, otherThan(code))).status).toBe(422);
    expect((await verify(data.challenge, code)).error?.code).toBe("CODE_SPENT");
    const early = await post("/api/auth/resend", { challenge: data.challenge });
    expect(early.error?.code).toBe("TOO_SOON");
    await passMinute(email);
    const again = await post<Challenge>("/api/auth/resend", { challenge: data.challenge });
    expect(again.data.sendsLeft).toBe(3);
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(data.challenge, codeIn(newest!))).status).toBe(200);
  });

  it("lets one of many right codes at once through", async () => {
    const email = address();
    const { data } = await startSignUp(email);
    const code = codeIn(await waitForMail(email));
    const answers = await Promise.all(Array.from({ length: 12 }, () => verify(data.challenge, code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it.each([
    ["short", "Ab1!"],
    ["without a capital", "quiet-harbour-7"],
    ["without a number", "Quiet-harbour-x"],
    ["without a symbol", "Quietharbour77"],
    ["among the commonest", "P@ssw0rd!"],
    ["too long", `A1!${"x".repeat(130)}`],
  ])("refuses a password that is %s", async (_name, secret) => {
    const answer = await startSignUp(address(), secret);
    expect(answer.status).toBe(422);
    expect(answer.error?.details).toHaveProperty("fields.password");
  });

  it("takes all 128 characters of a passphrase seriously", async () => {
    const email = address();
    const long = `Aa1! ${"ü".repeat(122)}`;
    const { data } = await startSignUp(email, `${long}x`);
    expect((await verify(data.challenge, codeIn(await waitForMail(email)), `${long}x`)).status).toBe(200);
    expect((await freshSignIn(email, `${long}x`)).accessToken).toBeTruthy();
    expect((await post("/api/auth/sign-in", { identifier: email, password: `${long}y`, session: "token" })).status).toBe(401);
  });
});

describe("a forgotten password", () => {
  it("is replaced by a code, once, and every other place is signed out", async () => {
    const { email, me } = await newAccount();
    const started = await post<Challenge>("/api/auth/forgot", { email });
    expect(started.status).toBe(202);
    const [newest] = await waitForNewest(email, 2);
    const reset = { challenge: started.data.challenge, code: codeIn(newest!), password: "Brighter-morning-8", session: "token" };
    const done = await post<Tokens>("/api/auth/reset", reset);
    expect(done.status).toBe(200);
    expect((await post("/api/auth/reset", reset)).error?.code).toBe("CODE_USED");
    expect((await call("/api/me", { as: me })).status).toBe(401);
    expect((await call("/api/me", { as: as(done.data.tokens, email) })).status).toBe(200);
    expect((await fail(email)).status).toBe(401);
    expect((await freshSignIn(email, "Brighter-morning-8")).accessToken).toBeTruthy();
  });

  it("answers an unknown address alike, and mails nothing", async () => {
    const { email } = await newAccount();
    const nobody = address();
    const [known, unknown] = [await post<Challenge>("/api/auth/forgot", { email }), await post<Challenge>("/api/auth/forgot", { email: nobody })];
    expect(unknown.status).toBe(known.status);
    expect(Object.keys(unknown.data).sort()).toEqual(Object.keys(known.data).sort());
    const tries = await Promise.all(
      [known, unknown].map(({ data }) => post("/api/auth/reset", { challenge: data.challenge, code: "000000", password: strong, session: "token" })),
    );
    expect(tries[0]!.error).toEqual(tries[1]!.error);
    await waitForNewest(email, 2);
    expect(await mailsTo(nobody)).toHaveLength(0);
  });
});

describe("wrong passwords", () => {
  it("lock account and address at the fifth, whether or not the account exists", async () => {
    const { email } = await newAccount();
    for (const identifier of [email, address(), `ghost_${randomUUID().slice(0, 6)}`]) {
      const codes: string[] = [];
      for (let index = 0; index < 6; index += 1) codes.push((await fail(identifier)).error!.code);
      expect(codes).toEqual([...Array.from({ length: 5 }, () => "WRONG_SIGN_IN"), "LOCKED"]);
    }
    const right = await post("/api/auth/sign-in", { identifier: email, password: strong, session: "token" });
    expect(right.status).toBe(429);
    expect(right.error?.details).toMatchObject({ unlock: true });
  });

  it("take as long for an account that exists as for one that does not", async () => {
    const { email } = await newAccount();
    const time = async (identifier: string) => {
      const times: number[] = [];
      for (let index = 0; index < 4; index += 1) {
        const startedAt = performance.now();
        await fail(identifier);
        times.push(performance.now() - startedAt);
      }
      return times.sort((a, b) => a - b)[1]!;
    };
    await fail(address());
    const known = await time(email);
    const unknown = await time(address());
    const handle = await time(`ghost_${randomUUID().slice(0, 6)}`);
    expect(Math.max(known, unknown, handle) / Math.min(known, unknown, handle)).toBeLessThan(1.25);
  });
});

describe("one's own login", () => {
  it("changes its password with the current one and signs out the other devices", async () => {
    const { email, me } = await newAccount();
    const other = await freshSignIn(email, strong);
    const wrong = await post("/api/me/password", { currentPassword: "Not-mine-at-1", password: "Deeper-water-3" }, me);
    expect(wrong.error?.details).toHaveProperty("fields.currentPassword");
    expect((await post("/api/me/password", { currentPassword: strong, password: "Deeper-water-3" }, me)).status).toBe(200);
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
    expect((await post("/api/me/email/confirm", { challenge: started.data.challenge, code }, thief.me)).status).toBe(410);
    expect((await post("/api/me/email/confirm", { challenge: started.data.challenge, code }, me)).data).toEqual({ email: next });
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
    expect((await call(`/api/me/sessions/${there.id}`, { method: "DELETE", as: stranger.me })).status).toBe(404);
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
    const out = await call("/api/auth/sign-out", { body: {}, headers: { cookie, "sec-fetch-site": "same-origin" } });
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

async function waitForNewest(email: string, count: number) {
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
  return mailsTo(email);
}
