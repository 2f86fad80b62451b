import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { call, codeIn, freshSignIn, mailsTo } from "../../support/stack";
import {
  address,
  as,
  fail,
  newAccount,
  post,
  strong,
  waitForNewest,
  type Challenge,
  type Tokens,
} from "./world";

describe("a forgotten password", () => {
  it("is replaced by a code, once, and every other place is signed out", async () => {
    const { email, me } = await newAccount();
    const started = await post<Challenge>("/api/auth/forgot", { email });
    expect(started.status).toBe(202);
    const [newest] = await waitForNewest(email, 2);
    const reset = {
      challenge: started.data.challenge,
      code: codeIn(newest!),
      password: "Brighter-morning-8",
      session: "token",
    };
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
    const [known, unknown] = [
      await post<Challenge>("/api/auth/forgot", { email }),
      await post<Challenge>("/api/auth/forgot", { email: nobody }),
    ];
    expect(unknown.status).toBe(known.status);
    expect(Object.keys(unknown.data).sort()).toEqual(Object.keys(known.data).sort());
    const tries = await Promise.all(
      [known, unknown].map(({ data }) =>
        post("/api/auth/reset", {
          challenge: data.challenge,
          code: "000000",
          password: strong,
          session: "token",
        }),
      ),
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
    await fail(address());
    // In turn, and the shortest of each: what else the machine does makes an answer later and never earlier.
    const who = [email, address(), `ghost_${randomUUID().slice(0, 6)}`];
    const shortest = who.map(() => Infinity);
    for (let turn = 0; turn < 4; turn += 1) {
      for (const [at, identifier] of who.entries()) {
        const startedAt = performance.now();
        await fail(identifier);
        shortest[at] = Math.min(shortest[at]!, performance.now() - startedAt);
      }
    }
    expect(Math.max(...shortest) / Math.min(...shortest)).toBeLessThan(1.25);
  });
});
