import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { accessToken, sessionCookie, setEnvironment, userId } from "./environment";

const { readContext, takeRateLimit, once } = vi.hoisted(() => ({
  readContext: vi.fn(),
  takeRateLimit: vi.fn(),
  once: { beginOnce: vi.fn(), finishOnce: vi.fn(), releaseOnce: vi.fn() },
}));
vi.mock("@/lib/db/read-context", () => ({ readContext }));
vi.mock("@/lib/db/guards", () => ({ takeRateLimit, ...once }));

import { conflict } from "@/lib/kernel/errors";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

interface Answer {
  success: boolean;
  data?: unknown;
  error?: { code: string; message: string; details?: { fields?: Record<string, string> } };
  requestId?: string;
}

const handled = vi.fn();
const POST = route(
  {
    summary: "Make a thing",
    tags: ["test"],
    access: { permission: "loyalty.things.write" },
    params: z.object({ client: slugSchema }),
    query: z.object({ dry: z.enum(["0", "1"]).default("0") }),
    body: z.object({ name: z.string().min(2, "Too short.") }),
    response: z.object({ id: z.string(), name: z.string() }),
    status: 201,
    once: true,
  },
  ({ scope, body, query }) => {
    handled(scope.client.slug, body, query);
    if (body.name === "taken") throw conflict("TAKEN", "That name is taken.");
    if (body.name === "broken") throw new Error("column secret_column does not exist");
    return { id: "1", name: body.name, secret: "internal" };
  },
);

interface Call {
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
  query?: string;
  client?: string;
  token?: string | null;
}

async function call({
  body = { name: "ok" },
  text,
  headers = {},
  query = "",
  client = "glow",
  token = accessToken(),
}: Call = {}) {
  const request = new NextRequest(`http://localhost:3000/api/${client}/things${query}`, {
    method: "POST",
    body: text ?? JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  const response = await POST(request, { params: Promise.resolve({ client }) });
  return { response, status: response.status, answer: (await response.json()) as Answer };
}

beforeEach(() => {
  setEnvironment();
  vi.resetAllMocks();
  takeRateLimit.mockImplementation((_key: string, limit: number) =>
    Promise.resolve({ success: true, limit, remaining: limit - 1, reset: Date.now() + 60_000 }),
  );
  const held = new Set(["loyalty.things.write"]);
  readContext.mockImplementation(
    ({ slug, accessToken: token }: { slug: string; accessToken: string | null }) => {
      const viewer = token ? { userId, personId: "p1", permissions: held } : null;
      const scope =
        slug === "glow"
          ? { client: { slug, programs: ["loyalty"] }, viewer, can: (one: string) => held.has(one) }
          : null;
      return Promise.resolve({ user: viewer, viewer, scope, unread: 0, businesses: [] });
    },
  );
});

describe("a route", () => {
  it("answers in the envelope, with its limits, a request id and no caching", async () => {
    const { response, status, answer } = await call();
    expect(status).toBe(201);
    expect(answer).toEqual({ success: true, data: { id: "1", name: "ok" } });
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("ratelimit-limit")).toBe("100");
    expect(response.headers.get("ratelimit-remaining")).toBe("99");
    expect(handled).toHaveBeenCalledWith("glow", { name: "ok" }, { dry: "0" });
  });

  it("lets no field out that is not in the contract", async () => {
    expect(JSON.stringify((await call()).answer)).not.toContain("internal");
  });

  it.each<[string, Call, number, string]>([
    ["nobody is signed in", { token: null }, 401, "UNAUTHENTICATED"],
    ["the token is not ours", { token: accessToken({}, "x".repeat(40)) }, 401, "INVALID_TOKEN"],
    [
      "the header is no Bearer",
      { token: null, headers: { authorization: "Basic abc" } },
      401,
      "INVALID_TOKEN",
    ],
    ["the business is another's", { client: "hearth" }, 404, "NOT_FOUND"],
    ["the path cannot be a business", { client: "Not A Slug" }, 404, "NOT_FOUND"],
    ["the body is no JSON", { text: "{" }, 400, "BAD_JSON"],
    [
      "the body is a form",
      { headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    ["the body is huge", { body: { name: "a".repeat(300_000) } }, 413, "BODY_TOO_LARGE"],
    ["a value does not fit", { body: { name: "x" } }, 422, "INVALID"],
    ["the query does not fit", { query: "?dry=maybe" }, 422, "INVALID"],
    ["the state does not fit", { body: { name: "taken" } }, 409, "TAKEN"],
  ])("when %s", async (_name, input, status, code) => {
    const result = await call(input);
    expect([result.status, result.answer.error?.code]).toEqual([status, code]);
    expect(result.answer).toMatchObject({
      success: false,
      requestId: result.response.headers.get("x-request-id"),
    });
    expect(handled).toHaveBeenCalledTimes(code === "TAKEN" ? 1 : 0);
  });

  it("names the field that needs another look", async () => {
    expect((await call({ body: { name: "x" } })).answer.error?.details).toEqual({
      fields: { name: "Too short." },
    });
  });

  it("says nothing of what broke", async () => {
    const { status, answer } = await call({ body: { name: "broken" } });
    expect(status).toBe(500);
    expect(answer.error?.code).toBe("INTERNAL");
    expect(JSON.stringify(answer)).not.toContain("secret_column");
  });

  it("checks the permission before it reads the body", async () => {
    readContext.mockResolvedValue({
      user: {},
      viewer: { userId, personId: "p1" },
      scope: { client: { slug: "glow", programs: ["loyalty"] }, can: () => false },
    });
    expect(await call({ text: "{" })).toMatchObject({ status: 403 });
  });

  it("counts before it turns anybody away, and stops at the limit", async () => {
    await call({ token: null });
    expect(takeRateLimit).toHaveBeenCalledTimes(1);
    takeRateLimit.mockResolvedValue({ success: false, limit: 100, remaining: 0, reset: Date.now() + 5_000 });
    const { status, response } = await call();
    expect([
      status,
      response.headers.get("retry-after"),
      response.headers.get("ratelimit-remaining"),
    ]).toEqual([429, "5", "0"]);
    expect(readContext).not.toHaveBeenCalled();
  });

  it("takes the session cookie from our own pages only", async () => {
    const cookie = sessionCookie(accessToken());
    expect(await call({ token: null, headers: { cookie } })).toMatchObject({ status: 403 });
    expect(await call({ token: null, headers: { cookie, origin: "https://evil.example" } })).toMatchObject({
      status: 403,
    });
    expect(await call({ token: null, headers: { cookie, origin: "http://localhost:3000" } })).toMatchObject({
      status: 201,
    });
  });

  it("does not fall back to the cookie when the token is bad", async () => {
    const cookie = sessionCookie(accessToken());
    expect(
      await call({ token: "rubbish", headers: { cookie, origin: "https://evil.example" } }),
    ).toMatchObject({ status: 401 });
  });

  it("claims the idempotency key, replays a stored answer and skips the work", async () => {
    once.beginOnce.mockResolvedValue({ outcome: "started" });
    once.finishOnce.mockResolvedValue(undefined);
    await call({ headers: { "idempotency-key": "intent-0001" } });
    expect(once.finishOnce).toHaveBeenCalledWith(expect.any(String), "intent-0001", 201, {
      success: true,
      data: { id: "1", name: "ok" },
    });
    once.beginOnce.mockResolvedValue({
      outcome: "replay",
      status: 201,
      body: { success: true, data: { id: "1", name: "ok" } },
    });
    const replay = await call({ headers: { "idempotency-key": "intent-0001" } });
    expect(replay.response.headers.get("idempotency-replayed")).toBe("true");
    expect([replay.status, handled.mock.calls.length]).toEqual([201, 1]);
  });

  it("gives the key back when the work broke", async () => {
    once.beginOnce.mockResolvedValue({ outcome: "started" });
    once.releaseOnce.mockResolvedValue(undefined);
    expect(
      await call({ body: { name: "broken" }, headers: { "idempotency-key": "intent-0002" } }),
    ).toMatchObject({ status: 500 });
    expect(once.releaseOnce).toHaveBeenCalledOnce();
    expect(once.finishOnce).not.toHaveBeenCalled();
  });

  it("says what it is, for the API document", () => {
    expect(POST.definition).toMatchObject({
      summary: "Make a thing",
      access: { permission: "loyalty.things.write" },
    });
  });
});
