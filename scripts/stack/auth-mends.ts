import { createHash, randomInt, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { EmailDriver } from "@supabase/lite";
import type { Sql } from "postgres";
import { AUTH, authTemplates } from "./auth-settings";

type Handle = (request: Request) => Promise<Response>;

interface User {
  id: string;
  email: string;
  email_change: string | null;
  confirmed: boolean;
  /** Seconds since the last mail of this kind. */
  since: number | null;
}

interface Setting {
  sql: Sql;
  email: EmailDriver;
  siteUrl: string;
}

/**
 * Where the embedded Auth falls short of the hosted one, as the app meets it:
 * - it never sends a code again; hosted does after a minute;
 * - it answers 429 to a sign-up with a known address; hosted answers as if the address were new;
 * - it does not know `type: "email"` in a check of a code, which hosted recommends.
 */
export function mendAuth(handle: Handle, setting: Setting): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !/^\/auth\/v1\/(resend|signup|verify)$/.test(pathname))
      return handle(request);
    const text = await request.text();
    const pass = (body = text) =>
      handle(new Request(request.url, { method: "POST", headers: withoutLength(request.headers), body }));
    const body = readJson(text);
    if (!body) return pass();
    if (pathname.endsWith("/resend")) return resend(body, setting, pass);
    if (pathname.endsWith("/signup")) return signUp(body, setting, pass);
    return verify(body, setting, pass);
  };
}

async function resend(body: Body, setting: Setting, pass: () => Promise<Response>): Promise<Response> {
  const kind = body.type === "email_change" ? "email_change" : body.type === "signup" ? "confirmation" : null;
  const email = String(body.email ?? "").toLowerCase();
  if (!kind || !email) return pass();
  const user = await find(setting.sql, email, kind);
  if (!user || (kind === "confirmation" ? user.confirmed : !user.email_change)) return Response.json({});
  return (await sendCode(user, kind, setting)) ?? Response.json({ message_id: null });
}

async function signUp(body: Body, setting: Setting, pass: () => Promise<Response>): Promise<Response> {
  const email = String(body.email ?? "").toLowerCase();
  const user = email && body.password ? await find(setting.sql, email, "confirmation") : undefined;
  if (!user) return pass();
  if (!user.confirmed) {
    const refused = await sendCode(user, "confirmation", setting);
    if (refused) return refused;
  }
  const now = new Date().toISOString();
  return Response.json({
    id: user.confirmed ? randomUUID() : user.id,
    aud: "authenticated",
    role: user.confirmed ? "" : "authenticated",
    email,
    phone: "",
    confirmation_sent_at: now,
    app_metadata: { provider: "email", providers: ["email"] },
    user_metadata: body.data ?? {},
    identities: [],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  });
}

/** `email` stands for whichever code the person was last sent: to confirm the address, or to sign in. */
async function verify(
  body: Body,
  setting: Setting,
  pass: (body?: string) => Promise<Response>,
): Promise<Response> {
  if (body.type !== "email") return pass();
  const user =
    typeof body.email === "string"
      ? await find(setting.sql, body.email.toLowerCase(), "confirmation")
      : undefined;
  const first = user && !user.confirmed ? "signup" : "magiclink";
  const answer = await pass(JSON.stringify({ ...body, type: first }));
  if (answer.ok || body.email) return answer;
  return pass(JSON.stringify({ ...body, type: "signup" }));
}

async function find(
  sql: Sql,
  email: string,
  kind: "confirmation" | "email_change",
): Promise<User | undefined> {
  const column = kind === "confirmation" ? "confirmation_sent_at" : "email_change_sent_at";
  const [user] = await sql<User[]>`
    select id, email, email_change, confirmed_at is not null as confirmed,
           extract(epoch from now() - ${sql(column)})::float8 as since
    from auth.users where lower(email) = ${email} or (${kind === "email_change"} and lower(email_change) = ${email}) limit 1`;
  return user;
}

/** Sends a fresh code, or answers that the last one is too recent. */
async function sendCode(
  user: User,
  kind: "confirmation" | "email_change",
  setting: Setting,
): Promise<Response | null> {
  const wait = AUTH.resendSeconds - (user.since ?? Number.POSITIVE_INFINITY);
  if (wait > 0) {
    const msg = `For security purposes, you can only request this after ${Math.ceil(wait)} seconds.`;
    return Response.json({ code: 429, error_code: "over_email_send_rate_limit", msg }, { status: 429 });
  }
  const { sql, email, siteUrl } = setting;
  const to = kind === "confirmation" ? user.email : (user.email_change ?? user.email);
  const code = String(randomInt(10 ** AUTH.otpLength)).padStart(AUTH.otpLength, "0");
  const hash = createHash("sha256")
    .update(to.toLowerCase() + code)
    .digest("hex");
  const change =
    kind === "confirmation"
      ? { confirmation_token: hash, confirmation_sent_at: new Date().toISOString() }
      : { email_change_token_new: hash, email_change_sent_at: new Date().toISOString() };
  await sql`update auth.users set ${sql(change)} where id = ${user.id}`;
  const template = authTemplates()[kind];
  const values: Record<string, string> = {
    Token: code,
    TokenHash: hash,
    SiteURL: siteUrl,
    Email: user.email,
    NewEmail: to,
    ConfirmationURL: siteUrl,
  };
  const fill = (source: string) =>
    source.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_all, name: string) => values[name] ?? "");
  const html = template.content_path ? fill(await readFile(template.content_path, "utf8")) : `<p>${code}</p>`;
  await email.send({ to, subject: fill(template.subject), html, text: `Your code is ${code}` });
  return null;
}

type Body = Record<string, unknown>;

function readJson(text: string): Body | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : null;
  } catch {
    return null;
  }
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("content-length");
  return kept;
}
