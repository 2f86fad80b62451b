import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { DEMO_PASSWORD } from "../../supabase/seed/core";
import { stackConfig, testEnv } from "../../scripts/stack/config";

const config = stackConfig(testEnv());

export const appUrl = config.app.url;
export const apiUrl = config.api.url;
export const inboxUrl = config.inbox.url;
export const databaseUrl = config.database.url;
export const password = DEMO_PASSWORD;

export interface SignedIn {
  email: string;
  accessToken: string;
  refreshToken: string;
  /** For a `Cookie` header: what the browser would hold. */
  cookie: string;
}

export interface CallOptions {
  method?: string;
  /** Who asks; left out means signed out. */
  as?: SignedIn | null;
  /** Sent as JSON; a string or bytes go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Ask with the cookie, like the web app, instead of with the token. */
  with?: "bearer" | "cookie";
}

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** The envelope's data; undefined when the call failed. */
  data: T;
  error: { code: string; message: string; details?: unknown } | undefined;
}

const signedIn = new Map<string, Promise<SignedIn>>();

/** A session of a seeded person, made once for each test file. */
export function signIn(email: string, secret = DEMO_PASSWORD): Promise<SignedIn> {
  const key = `${email}\n${secret}`;
  const known = signedIn.get(key) ?? freshSignIn(email, secret);
  signedIn.set(key, known);
  return known;
}

/** A session nobody else uses: for tests that end it. */
export async function freshSignIn(email: string, secret = DEMO_PASSWORD): Promise<SignedIn> {
  const answer = await call<{ tokens?: { accessToken: string; refreshToken: string; expiresAt: number } }>(
    "/api/auth/sign-in",
    { body: { identifier: email, password: secret, session: "token" } },
  );
  const tokens = answer.data?.tokens;
  if (!tokens) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text.slice(0, 300)}`);
  const { accessToken, refreshToken, expiresAt } = tokens;
  return { email, accessToken, refreshToken, cookie: sessionCookie(accessToken, refreshToken, expiresAt) };
}

/** One call to the app. Mutations carry the app's own origin, as a browser sends it. */
export async function call<T = unknown>(path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const { as, body, headers = {} } = options;
  const method = options.method ?? (body === undefined ? "GET" : "POST");
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const who: Record<string, string> = !as
    ? {}
    : options.with === "cookie"
      ? { cookie: as.cookie, "sec-fetch-site": "same-origin" }
      : { authorization: `Bearer ${as.accessToken}` };
  const response = await fetch(new URL(path, appUrl), {
    method,
    redirect: "manual",
    headers: {
      accept: "application/json",
      ...(method === "GET" ? {} : { origin: appUrl }),
      ...(body === undefined || raw ? {} : { "content-type": "application/json" }),
      ...who,
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const envelope = readEnvelope<T>(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: envelope.data as T,
    error: envelope.error,
  };
}

export interface InboxMail {
  id: string;
  at: string;
  source: "auth" | "app";
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
}

/** What an address got, newest first. */
export async function mailsTo(address: string): Promise<InboxMail[]> {
  const response = await fetch(`${inboxUrl}/api/messages?to=${encodeURIComponent(address)}`);
  return ((await response.json()) as { messages: InboxMail[] }).messages;
}

/** Waits for a mail to an address, if need be one that fits; mail goes through the queue and takes a moment. */
export async function waitForMail(
  address: string,
  fits: (mail: InboxMail) => boolean = () => true,
  milliseconds = 15_000,
): Promise<InboxMail> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = (await mailsTo(address)).find(fits);
    if (found) return found;
    if (Date.now() > end) throw new Error(`No such mail reached ${address} within ${milliseconds} ms.`);
    await sleep(150);
  }
}

export function codeIn(mail: InboxMail): string {
  const code = /\b(\d{6})\b/.exec(mail.text ?? "")?.[1] ?? /\b(\d{6})\b/.exec(mail.html ?? "")?.[1];
  if (!code) throw new Error(`There is no six-digit code in “${mail.subject}”.`);
  return code;
}

/** Superuser SQL on the running stack's database: for arranging and for looking. */
export async function stackSql<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The session cookie as @supabase/ssr writes it, in chunks when it is long. */
function sessionCookie(accessToken: string, refreshToken: string, expiresAt: number): string {
  const value = {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_at: expiresAt,
    token_type: "bearer",
  };
  const text = `base64-${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
  if (text.length <= 3180) return `portico-session=${text}`;
  const chunks = text.match(/.{1,3180}/g) ?? [];
  return chunks.map((chunk, index) => `portico-session.${index}=${chunk}`).join("; ");
}

function readEnvelope<T>(text: string): { data?: T; error?: Answer["error"] } {
  try {
    const value = JSON.parse(text) as { success?: boolean; data?: T; error?: Answer["error"] };
    return { data: value.data, error: value.error };
  } catch {
    return {};
  }
}
