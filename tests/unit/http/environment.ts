import { createHmac } from "node:crypto";
import { resetEnv } from "@/lib/kernel/env";

export const jwtSecret = "unit-test-secret-of-more-than-32-characters";

const values = {
  NEXT_PUBLIC_APP_URL: "http://localhost:3000",
  SUPABASE_URL: "http://127.0.0.1:54321",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_unit",
  SUPABASE_SECRET_KEY: "sb_secret_unit",
  SUPABASE_JWT_SECRET: jwtSecret,
  DATABASE_URL: "postgres://unit:unit@127.0.0.1:1/unit",
  CRON_SECRET: "unit-cron-secret-16",
  ENCRYPTION_KEYS: `unit:${Buffer.alloc(32, 9).toString("base64")}`,
  RESEND_API_KEY: "re_unit",
  MAIL_FROM: "Portico <hello@portico.test>",
  LOG_LEVEL: "silent",
};

export function setEnvironment(more: Record<string, string | undefined> = {}): void {
  const all: Record<string, string | undefined> = {
    TRUST_PROXY: "",
    VERCEL: "",
    RATE_LIMIT_SCALE: "1",
    ...values,
    ...more,
  };
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  resetEnv();
}

setEnvironment();

export const userId = "11111111-1111-4111-8111-111111111111";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function accessToken(
  claims: Record<string, unknown> = {},
  secret = jwtSecret,
  header: Record<string, unknown> = {},
): string {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  const input = `${part({ alg: "HS256", typ: "JWT", ...header })}.${part({ sub: userId, role: "authenticated", exp, session_id: "s1", ...claims })}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

export function sessionCookie(token: string): string {
  const session = {
    access_token: token,
    refresh_token: "refresh",
    expires_at: Math.floor(Date.now() / 1000) + 3_600,
  };
  return `portico-session=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
}
