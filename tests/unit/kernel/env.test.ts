import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "@/lib/kernel/env";

const example = Object.fromEntries(
  readFileSync(".env.example", "utf8")
    .split("\n")
    .filter((line) => /^[A-Z_]+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

const hosted = {
  NODE_ENV: "production",
  NEXT_PUBLIC_APP_URL: "https://portico.example",
  SUPABASE_URL: "https://abcdefgh.supabase.co",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_aaaaaaaaaaaaaaaa",
  SUPABASE_SECRET_KEY: "sb_secret_aaaaaaaaaaaaaaaa",
  DATABASE_URL: "postgres://postgres.abc:long-secret@pooler.supabase.com:5432/postgres",
  CRON_SECRET: "f3n0wefoiwneofiwnefoin",
  ENCRYPTION_KEYS: `prod1:${Buffer.alloc(32, 7).toString("base64")}`,
  RESEND_API_KEY: "re_abcdefgh",
  MAIL_FROM: "Portico <hello@portico.example>",
};

const messageOf = (source: Record<string, string | undefined>): string => {
  try {
    parseEnv(source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as Error).message;
  }
  return "";
};

describe("the environment", () => {
  it("accepts the local values as they stand, in development and in a production build", () => {
    for (const NODE_ENV of ["development", "production", "test"]) {
      expect(parseEnv({ ...example, NODE_ENV })).toMatchObject({
        isLocal: true,
        appUrl: "http://localhost:3000",
        supabaseUrl: "http://127.0.0.1:54321",
        upstashUrl: undefined,
        rateLimitScale: 1,
        trustProxy: false,
      });
    }
  });

  it("accepts a hosted environment", () => {
    expect(parseEnv(hosted)).toMatchObject({
      isProduction: true,
      isLocal: false,
      supabaseJwtSecret: undefined,
    });
  });

  it.each([
    "SUPABASE_PUBLISHABLE_KEY",
    "SUPABASE_SECRET_KEY",
    "SUPABASE_JWT_SECRET",
    "CRON_SECRET",
    "ENCRYPTION_KEYS",
    "RESEND_API_KEY",
    "RESEND_WEBHOOK_SECRET",
    "RESEND_BASE_URL",
    "DATABASE_URL",
  ])("refuses the local %s in production on a hosted Supabase, and says what to set", (name) => {
    const message = messageOf({ ...hosted, [name]: example[name] });
    expect(message).toMatch(new RegExp(`- ${name}: .*(set|leave it out)`));
    expect(message.match(/\n {2}- /g)).toHaveLength(1);
  });

  it("refuses a local key anywhere in the ring, also under another name", () => {
    const local = example.ENCRYPTION_KEYS!.split(":")[1];
    expect(messageOf({ ...hosted, ENCRYPTION_KEYS: `${hosted.ENCRYPTION_KEYS},old:${local}` })).toContain(
      "ENCRYPTION_KEYS",
    );
  });

  it("refuses plain http and loosened limits where the world can reach it", () => {
    expect(messageOf({ ...hosted, NEXT_PUBLIC_APP_URL: "http://portico.example" })).toContain("https://");
    expect(messageOf({ ...hosted, RATE_LIMIT_SCALE: "50" })).toContain("RATE_LIMIT_SCALE");
  });

  it("names every missing variable at once", () => {
    const message = messageOf({});
    for (const name of [
      "NEXT_PUBLIC_APP_URL",
      "SUPABASE_URL",
      "DATABASE_URL",
      "CRON_SECRET",
      "ENCRYPTION_KEYS",
    ]) {
      expect(message).toContain(`- ${name}:`);
    }
  });

  it("never repeats a secret in its message", () => {
    const message = messageOf({
      ...hosted,
      DATABASE_URL: "not-a-url-but-secret",
      CRON_SECRET: "short-secret",
    });
    expect(message).not.toMatch(/not-a-url-but-secret|short-secret/);
  });

  it("wants all three Google values or none, one calendar a business, and the key as Google writes it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----";
    const google = {
      GOOGLE_CALENDAR_ID: "glow=glow@group.calendar.google.com, tide=tide#1@group.calendar.google.com",
      GOOGLE_SERVICE_ACCOUNT_EMAIL: "portico@project.iam.gserviceaccount.com",
      GOOGLE_SERVICE_ACCOUNT_KEY: `${key.replaceAll("\n", "\\n")}\\n`,
    };
    const set = parseEnv({ ...hosted, ...google });
    expect(set.googleServiceAccountKey).toBe(key);
    expect([...set.googleCalendars]).toEqual([
      ["glow", "glow@group.calendar.google.com"],
      ["tide", "tide#1@group.calendar.google.com"],
    ]);
    expect(parseEnv({ ...example, GOOGLE_API_BASE_URL: "" })).toMatchObject({
      googleCalendars: new Map(),
      googleServiceAccountKey: undefined,
      googleApiBaseUrl: undefined,
    });
    for (const name of Object.keys(google))
      expect(messageOf({ ...hosted, ...google, [name]: "" })).toContain("set all three, or none");
    for (const wrong of [
      "glow@group.calendar.google.com",
      "glow=",
      "glow=a,glow=b",
      "glow=a,tide=a",
      "Glow=a",
    ])
      expect(messageOf({ ...hosted, ...google, GOOGLE_CALENDAR_ID: wrong }), wrong).toContain(
        "GOOGLE_CALENDAR_ID: write business=calendar id",
      );
    const message = messageOf({ ...hosted, ...google, GOOGLE_SERVICE_ACCOUNT_KEY: "half-a-secret-key" });
    expect(message).toContain("GOOGLE_SERVICE_ACCOUNT_KEY: must be the private_key");
    expect(message).not.toContain("half-a-secret");
  });

  it("wants both Upstash values or neither", () => {
    expect(messageOf({ ...example, UPSTASH_REDIS_REST_URL: "https://x.upstash.io" })).toContain(
      "set both, or neither",
    );
  });
});
