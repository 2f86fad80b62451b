import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { call, codeIn, mailsTo, stackSql, waitForMail, type SignedIn } from "../../support/stack";

export interface Challenge {
  challenge: string;
  maskedEmail: string;
  resendAt: string;
  sendsLeft: number;
}
export interface Tokens {
  home: string;
  isNewAccount: boolean;
  tokens?: { accessToken: string; refreshToken: string; expiresAt: number };
}
export const address = () => `auth-${randomUUID().slice(0, 8)}@example.test`;
export const strong = "Quiet-harbour-7";
export const as = (tokens: Tokens["tokens"], email: string): SignedIn => ({ email, cookie: "", ...tokens! });
export const post = <T>(path: string, body: unknown, who?: SignedIn) =>
  call<T>(path, { body, as: who ?? null });
export const startSignUp = (email: string, secret = strong) =>
  post<Challenge>("/api/auth/sign-up", { email, name: "Ada Test", password: secret, acceptsTerms: true });
export const verify = (challenge: string, code: string, secret = strong) =>
  post<Tokens>("/api/auth/verify", { challenge, code, password: secret, name: "Ada Test", session: "token" });
export const fail = (identifier: string) =>
  post("/api/auth/sign-in", { identifier, password: "Not-the-one-1", session: "token" });
/** Lets the clocks of Auth and of our limits pass a minute for one address. */
export const passMinute = async (email: string) => {
  await stackSql(
    "update private.auth_challenges set last_sent_at = last_sent_at - interval '61 seconds' where email = $1",
    [email],
  );
  await stackSql(
    "update auth.users set confirmation_sent_at = confirmation_sent_at - interval '61 seconds', recovery_sent_at = recovery_sent_at - interval '61 seconds' where email = $1",
    [email],
  );
};
export const otherThan = (code: string) => (code === "000000" ? "111111" : "000000");

export async function newAccount(): Promise<{ email: string; me: SignedIn }> {
  const email = address();
  const started = await startSignUp(email);
  const done = await verify(started.data.challenge, codeIn(await waitForMail(email)));
  expect(done.status).toBe(200);
  return { email, me: as(done.data.tokens, email) };
}

export async function waitForNewest(email: string, count: number) {
  await expect
    .poll(async () => (await mailsTo(email)).length, { timeout: 15_000 })
    .toBeGreaterThanOrEqual(count);
  return mailsTo(email);
}
