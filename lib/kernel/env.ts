import { z } from "zod";
import { isLocalUrl, localSecretProblems } from "./local-secrets";

/** An empty line in an env file means "not set". */
const optional = z
  .string()
  .trim()
  .transform((value) => (value === "" ? undefined : value))
  .optional();
const flag = z
  .enum(["", "0", "1", "true", "false"])
  .optional()
  .transform((value) => value === "1" || value === "true");

/** `business=calendar id`, comma separated. One calendar for several businesses would show each the others' claims. */
function readCalendars(text: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => /^([a-z][a-z0-9-]*)=(\S+)$/.exec(entry)?.slice(1, 3) as [string, string] | undefined);
  const known = entries.filter((entry) => entry !== undefined);
  const isDouble = [0, 1].some((part) => new Set(known.map((entry) => entry[part])).size < known.length);
  if (known.length === entries.length && !isDouble) return new Map(known);
  context.addIssue({
    code: "custom",
    message: "write business=calendar id, each business and calendar once.",
  });
  return z.NEVER;
}

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  NEXT_PUBLIC_APP_URL: z.url({ protocol: /^https?$/ }),
  SUPABASE_URL: z.url({ protocol: /^https?$/ }),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(10),
  SUPABASE_SECRET_KEY: z.string().min(10),
  SUPABASE_JWT_SECRET: optional,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  CRON_SECRET: z.string().min(16),
  ENCRYPTION_KEYS: z.string().min(1),
  RESEND_API_KEY: z.string().min(1),
  RESEND_BASE_URL: optional,
  RESEND_WEBHOOK_SECRET: optional,
  MAIL_FROM: z.string().min(3),
  UPSTASH_REDIS_REST_URL: optional,
  UPSTASH_REDIS_REST_TOKEN: optional,
  PAYPAL_CLIENT_ID: optional,
  PAYPAL_CLIENT_SECRET: optional,
  PAYPAL_BASE_URL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.url({ protocol: /^https?$/ }).default("https://api-m.paypal.com"),
  ),
  GOOGLE_CALENDAR_ID: z.string().default("").transform(readCalendars),
  GOOGLE_SERVICE_ACCOUNT_EMAIL: optional,
  GOOGLE_SERVICE_ACCOUNT_KEY: z
    .string()
    .default("")
    // One line with \n in it, as in Google's own file, or the lines themselves.
    .transform((value) => value.replaceAll("\\n", "\n").trim() || undefined)
    .refine(
      (value) =>
        value === undefined || /^-----BEGIN PRIVATE KEY-----\n[^]+\n-----END PRIVATE KEY-----$/.test(value),
      {
        error: "must be the private_key of the service account's JSON file.",
      },
    ),
  GOOGLE_API_BASE_URL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.url({ protocol: /^https?$/ }).optional(),
  ),
  CHROMIUM_PATH: optional,
  CLAMD_URL: optional,
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  PORTICO_HOME: z.string().min(1).default(".portico"),
  TRUST_PROXY: flag,
  SYNC_ALLOW_LOOPBACK: flag,
  RATE_LIMIT_SCALE: z.coerce.number().positive().max(10_000).default(1),
  VERCEL: optional,
  VERCEL_GIT_COMMIT_SHA: optional,
});

export interface Env {
  nodeEnv: "development" | "production" | "test";
  isProduction: boolean;
  /** The Supabase in use is the local stack; only then are local secrets, scaled limits and seeds accepted. */
  isLocal: boolean;
  appUrl: string;
  supabaseUrl: string;
  supabasePublishableKey: string;
  supabaseSecretKey: string;
  supabaseJwtSecret: string | undefined;
  databaseUrl: string;
  cronSecret: string;
  encryptionKeys: string;
  resendApiKey: string;
  resendBaseUrl: string | undefined;
  /** Without it the mail provider's webhooks are refused. */
  resendWebhookSecret: string | undefined;
  mailFrom: string;
  upstashUrl: string | undefined;
  upstashToken: string | undefined;
  /** Without both keys payouts are paid by hand from a list. */
  paypalClientId: string | undefined;
  paypalClientSecret: string | undefined;
  paypalBaseUrl: string;
  /** The calendar of each business that has one, by its slug. Empty means off. */
  googleCalendars: ReadonlyMap<string, string>;
  googleServiceAccountEmail: string | undefined;
  /** PEM. */
  googleServiceAccountKey: string | undefined;
  googleApiBaseUrl: string | undefined;
  chromiumPath: string | undefined;
  clamdUrl: string | undefined;
  logLevel: z.infer<typeof variables>["LOG_LEVEL"];
  porticoHome: string;
  trustProxy: boolean;
  /** The nightly download may reach a server on this machine: for tests. */
  syncAllowLoopback: boolean;
  rateLimitScale: number;
  onVercel: boolean;
  version: string;
}

export class EnvError extends Error {
  override readonly name = "EnvError";
}

/** The one list of what the app reads from its environment. Throws one message that names every problem. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = variables.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(
      sentence(parsed.error.issues.map((found) => `${found.path.join(".")}: ${found.message}`)),
    );
  }
  const value = parsed.data;
  const isProduction = value.NODE_ENV === "production";
  const isLocal = isLocalUrl(value.SUPABASE_URL);
  const problems: string[] = [];
  if ((value.UPSTASH_REDIS_REST_URL === undefined) !== (value.UPSTASH_REDIS_REST_TOKEN === undefined)) {
    problems.push("UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN: set both, or neither.");
  }
  if ((value.PAYPAL_CLIENT_ID === undefined) !== (value.PAYPAL_CLIENT_SECRET === undefined)) {
    problems.push("PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET: set both, or neither.");
  }
  const google = [
    value.GOOGLE_CALENDAR_ID.size > 0,
    value.GOOGLE_SERVICE_ACCOUNT_EMAIL !== undefined,
    value.GOOGLE_SERVICE_ACCOUNT_KEY !== undefined,
  ];
  if (new Set(google).size > 1) {
    problems.push(
      "GOOGLE_CALENDAR_ID, GOOGLE_SERVICE_ACCOUNT_EMAIL and GOOGLE_SERVICE_ACCOUNT_KEY: set all three, or none.",
    );
  }
  if (isProduction && !isLocal) problems.push(...hostedProblems(value));
  if (problems.length > 0) throw new EnvError(sentence(problems));
  return {
    nodeEnv: value.NODE_ENV,
    isProduction,
    isLocal,
    appUrl: new URL(value.NEXT_PUBLIC_APP_URL).origin,
    supabaseUrl: value.SUPABASE_URL.replace(/\/+$/, ""),
    supabasePublishableKey: value.SUPABASE_PUBLISHABLE_KEY,
    supabaseSecretKey: value.SUPABASE_SECRET_KEY,
    supabaseJwtSecret: value.SUPABASE_JWT_SECRET,
    databaseUrl: value.DATABASE_URL,
    cronSecret: value.CRON_SECRET,
    encryptionKeys: value.ENCRYPTION_KEYS,
    resendApiKey: value.RESEND_API_KEY,
    resendBaseUrl: value.RESEND_BASE_URL,
    resendWebhookSecret: value.RESEND_WEBHOOK_SECRET,
    mailFrom: value.MAIL_FROM,
    upstashUrl: value.UPSTASH_REDIS_REST_URL,
    upstashToken: value.UPSTASH_REDIS_REST_TOKEN,
    paypalClientId: value.PAYPAL_CLIENT_ID,
    paypalClientSecret: value.PAYPAL_CLIENT_SECRET,
    paypalBaseUrl: value.PAYPAL_BASE_URL,
    googleCalendars: value.GOOGLE_CALENDAR_ID,
    googleServiceAccountEmail: value.GOOGLE_SERVICE_ACCOUNT_EMAIL,
    googleServiceAccountKey: value.GOOGLE_SERVICE_ACCOUNT_KEY,
    googleApiBaseUrl: value.GOOGLE_API_BASE_URL,
    chromiumPath: value.CHROMIUM_PATH,
    clamdUrl: value.CLAMD_URL,
    logLevel: value.LOG_LEVEL,
    porticoHome: value.PORTICO_HOME,
    trustProxy: value.TRUST_PROXY,
    syncAllowLoopback: value.SYNC_ALLOW_LOOPBACK,
    rateLimitScale: value.RATE_LIMIT_SCALE,
    onVercel: value.VERCEL === "1",
    version: value.VERCEL_GIT_COMMIT_SHA?.slice(0, 12) ?? "local",
  };
}

function hostedProblems(value: z.infer<typeof variables>): string[] {
  const problems = localSecretProblems(value);
  if (!value.NEXT_PUBLIC_APP_URL.startsWith("https://")) {
    problems.push("NEXT_PUBLIC_APP_URL: must be the https:// address people open; session cookies need it.");
  }
  if (value.SYNC_ALLOW_LOOPBACK) {
    problems.push(
      "SYNC_ALLOW_LOOPBACK: remove it; it lets the nightly download reach this machine and is for tests only.",
    );
  }
  if (value.RATE_LIMIT_SCALE !== 1) {
    problems.push("RATE_LIMIT_SCALE: remove it; it loosens the rate limits and is for tests only.");
  }
  return problems;
}

function sentence(problems: string[]): string {
  const list = problems.map((problem) => `  - ${problem}`).join("\n");
  return `Portico cannot start with this environment:\n${list}\nEvery variable is explained in .env.example.`;
}

let cached: Env | null = null;

/** Parsed at the first read, so that a build needs no secrets and a test may set its own first. */
export const env: Env = new Proxy({} as Env, {
  get(_target, key: string) {
    cached ??= parseEnv(process.env);
    return cached[key as keyof Env];
  },
});

/** Tests: forget what was parsed. */
export function resetEnv(): void {
  cached = null;
}

/** Apart from `env`, because a log line must also work while the rest is being found wrong. */
export function readLogLevel(): Env["logLevel"] {
  const parsed = variables.shape.LOG_LEVEL.safeParse(process.env["LOG_LEVEL"]);
  return parsed.success ? parsed.data : "info";
}
