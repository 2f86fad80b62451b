import pg from "pg";
import { testEnv } from "../../../scripts/stack/config";

const env = testEnv();
export const appUrl = env.NEXT_PUBLIC_APP_URL!;

export interface Envelope {
  success: boolean;
  data?: unknown;
  error?: { code: string; message: string; details?: { fields?: Record<string, string> } };
  requestId?: string;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: Envelope;
}

export interface Call {
  method?: string;
  token?: string | null;
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

/** As another client of the API would call: no browser, no cookie, a person's token. */
export async function call(
  path: string,
  { method = "GET", token = null, body, text, headers = {} }: Call = {},
): Promise<Reply> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${appUrl}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const raw = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: raw.startsWith("{") ? (JSON.parse(raw) as Envelope) : { success: false },
  };
}

export interface Session {
  access_token: string;
  refresh_token: string;
  expires_at: number;
  user: { id: string };
}

/** A session as our own door makes it: recorded, so that it opens something and can be ended. */
export async function signIn(email: string): Promise<Session> {
  const session = await signInAtAuth(email);
  const { sub, session_id } = claimsOf(session);
  await sql(
    "insert into public.auth_sessions (session_id, user_id) values ($1, $2) on conflict (session_id) do nothing",
    [session_id, sub],
  );
  return session;
}

/** A genuine token from Supabase Auth itself, past our door. */
export async function signInAtAuth(email: string): Promise<Session> {
  const response = await fetch(`${env.SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY!, "content-type": "application/json" },
    body: JSON.stringify({ email, password: "Portico-demo-1" }),
  });
  if (!response.ok)
    throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  return (await response.json()) as Session;
}

export function cookieOf(session: Session): string {
  return `portico-session=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
}

export function claimsOf(session: Session): { sub: string; session_id: string } {
  return JSON.parse(Buffer.from(session.access_token.split(".")[1]!, "base64url").toString("utf8")) as {
    sub: string;
    session_id: string;
  };
}

export async function sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(env.DATABASE_URL!);
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The people a token may read when it is used against the Data API itself. */
export async function peopleAtDataApi(token: string): Promise<unknown[]> {
  const response = await fetch(`${env.SUPABASE_URL}/rest/v1/people?select=id`, {
    headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY!, authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`The Data API answered ${response.status} ${await response.text()}`);
  return (await response.json()) as unknown[];
}
