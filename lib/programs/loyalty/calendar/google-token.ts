import "server-only";
import { sign } from "node:crypto";
import { clock } from "@/lib/kernel/clock";

const audience = "https://oauth2.googleapis.com/token";
const scope = "https://www.googleapis.com/auth/calendar.events";
const lifeSeconds = 600;

/** What a service account proves itself with: a signed statement, exchanged for a token at Google. */
export function signedAssertion(account: { email: string; key: string }): string {
  const now = Math.floor(clock.now().getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = part({ alg: "RS256", typ: "JWT" });
  const body = part({ iss: account.email, scope, aud: audience, iat: now, exp: now + lifeSeconds });
  const signature = sign("RSA-SHA256", Buffer.from(`${head}.${body}`), account.key);
  return `${head}.${body}.${signature.toString("base64url")}`;
}

export const tokenAddress = (base: string | undefined): URL =>
  base === undefined ? new URL(audience) : new URL("/token", base);
