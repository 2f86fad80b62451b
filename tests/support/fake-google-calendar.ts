import { generateKeyPairSync, verify } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Moment {
  dateTime: string;
  timeZone?: string;
}
export interface FakeEvent {
  id: string;
  status: string;
  summary: string;
  description: string;
  start: Moment;
  end: Moment;
  attendees?: unknown[];
  sequence: number;
}

export interface FakeGoogle {
  url: string;
  /** The calendars that were shared with the service account, each with its events, deleted ones included. */
  calendars: Map<string, Map<string, FakeEvent>>;
  /** Every request behind the token's, e.g. `POST 409`. */
  calls: string[];
  tokens: number;
  /** How many of the next calls fail, and how. "lost" does the work and breaks the line before the answer. */
  fails: { left: number; how: 500 | 429 | "quota" | "lost" };
  /** Runs once, before the next call is answered. */
  before: (() => Promise<void>) | null;
  close: () => Promise<void>;
}

type Answer = { status: number | "lost"; body?: unknown };

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const googleAccount = {
  email: "portico@fake-project.iam.gserviceaccount.com",
  key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};
/** The key of somebody else. */
export const strangerKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

/**
 * Google Calendar as its documents describe it: a token for a statement the service account signed, events with ids of
 * our own. The id of a deleted event stays taken: inserting it is a 409, deleting it again a 410, updating it to
 * confirmed brings it back.
 */
export async function startFakeGoogle(): Promise<FakeGoogle> {
  const fake: FakeGoogle = {
    url: "",
    calendars: new Map(),
    calls: [],
    tokens: 0,
    fails: { left: 0, how: 500 },
    before: null,
    close: async () => undefined,
  };
  const server: Server = createServer((request, response) => {
    void answer(fake, request).then(({ status, body }) => {
      if (status === "lost") response.destroy();
      else if (body === undefined) response.writeHead(status).end();
      else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () => new Promise((resolve) => server.close(() => resolve()));
  return fake;
}

async function answer(fake: FakeGoogle, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", fake.url);
  const text = await bodyOf(request);
  if (request.method === "POST" && pathname === "/token") return token(fake, text);
  const before = fake.before;
  fake.before = null;
  await before?.();
  const given = await event(fake, request, pathname, text);
  fake.calls.push(`${request.method} ${given.status}`);
  return given;
}

async function event(
  fake: FakeGoogle,
  request: IncomingMessage,
  pathname: string,
  text: string,
): Promise<Answer> {
  const shown = /^Bearer fake-token-(\d+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (shown === undefined || Number(shown) < 1 || Number(shown) > fake.tokens)
    return refusal(401, "authError", "Invalid Credentials");
  const failing = fake.fails.left > 0;
  if (failing) fake.fails.left -= 1;
  if (failing && fake.fails.how === "quota") return refusal(403, "rateLimitExceeded", "Rate Limit Exceeded");
  if (failing && fake.fails.how === 500) return refusal(500, "backendError", "Backend Error");
  if (failing && fake.fails.how === 429) return refusal(429, "rateLimitExceeded", "Rate Limit Exceeded");
  const [, calendarId, id] =
    /^\/calendar\/v3\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const events = fake.calendars.get(decodeURIComponent(calendarId ?? ""));
  if (!events) return refusal(404, "notFound", "Not Found");
  const done = change(events, request.method ?? "", id, text);
  return failing ? { status: "lost" } : done;
}

function change(
  events: Map<string, FakeEvent>,
  method: string,
  id: string | undefined,
  text: string,
): Answer {
  if (method === "DELETE" && id !== undefined) {
    const known = events.get(id);
    if (!known) return refusal(404, "notFound", "Not Found");
    if (known.status === "cancelled") return refusal(410, "deleted", "Resource has been deleted");
    known.status = "cancelled";
    return { status: 204 };
  }
  const given = JSON.parse(text) as FakeEvent;
  const span = [given.start, given.end].map((moment) => Date.parse(moment.dateTime));
  if (span.some(Number.isNaN)) return refusal(400, "required", "Missing time.");
  if (span[1]! <= span[0]!) return refusal(400, "timeRangeEmpty", "The specified time range is empty.");
  if (method === "POST" && id === undefined) {
    if (!/^[a-v0-9]{5,1024}$/.test(given.id)) return refusal(400, "invalid", "Invalid resource id value.");
    if (events.has(given.id)) return refusal(409, "duplicate", "The requested identifier already exists.");
    events.set(given.id, { ...given, status: given.status ?? "confirmed", sequence: 0 });
    return { status: 200, body: events.get(given.id) };
  }
  const known = id === undefined ? undefined : events.get(id);
  if (method !== "PUT" || !known) return refusal(404, "notFound", "Not Found");
  if (given.sequence !== undefined && given.sequence < known.sequence)
    return refusal(400, "invalid", "Invalid sequence value.");
  Object.assign(known, given, { status: given.status ?? known.status, sequence: known.sequence + 1 });
  return { status: 200, body: known };
}

function token(fake: FakeGoogle, text: string): Answer {
  const form = new URLSearchParams(text);
  const [head = "", body = "", signature = ""] = (form.get("assertion") ?? "").split(".");
  const refused = (error: string): Answer => ({ status: 400, body: { error } });
  if (form.get("grant_type") !== "urn:ietf:params:oauth:grant-type:jwt-bearer")
    return refused("unsupported_grant_type");
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, "base64url").toString() || "{}") as Record<string, unknown>;
  const signed = Buffer.from(`${head}.${body}`);
  if (
    read(head).alg !== "RS256" ||
    !verify("RSA-SHA256", signed, pair.publicKey, Buffer.from(signature, "base64url"))
  )
    return refused("invalid_grant");
  const { iss, aud, scope, iat, exp } = read(body);
  const now = Date.now() / 1000;
  const isFresh =
    Number(iat) <= now + 60 &&
    Number(exp) > now &&
    Number(exp) - Number(iat) <= 3600 &&
    Number(exp) > Number(iat);
  if (iss !== googleAccount.email || aud !== "https://oauth2.googleapis.com/token" || !isFresh)
    return refused("invalid_grant");
  if (scope !== "https://www.googleapis.com/auth/calendar.events") return refused("invalid_scope");
  fake.tokens += 1;
  return {
    status: 200,
    body: { access_token: `fake-token-${fake.tokens}`, token_type: "Bearer", expires_in: 3599 },
  };
}

const refusal = (status: number, reason: string, message: string): Answer => ({
  status,
  body: { error: { code: status, message, errors: [{ domain: "global", reason, message }] } },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
