import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import "./environment";
import { cron } from "@/lib/http/cron";
import { webhook } from "@/lib/http/webhook";
import type { OnceStore } from "@/lib/http/once";

const get = (authorization?: string) =>
  new Request("http://x/", { headers: authorization ? { authorization } : {} });

describe("a cron handler", () => {
  const work = vi.fn(() => Promise.resolve({ done: 2 }));
  const GET = cron("jobs", work);

  it.each([
    undefined,
    "Bearer ",
    "Bearer wrong",
    "unit-cron-secret-16",
    "bearer unit-cron-secret-16",
    "Bearer unit-cron-secret-16 ",
  ])("answers 401 to %j", async (authorization) => {
    // A trailing space is trimmed by HTTP itself, so that one is the right secret.
    const expected = authorization?.trim() === "Bearer unit-cron-secret-16" ? 200 : 401;
    expect((await GET(get(authorization))).status).toBe(expected);
  });

  it("runs for the scheduler and hides what went wrong", async () => {
    const response = await GET(get("Bearer unit-cron-secret-16"));
    expect(await response.json()).toEqual({ success: true, data: { done: 2 } });
    work.mockRejectedValueOnce(new Error("password=hunter2"));
    const failed = await GET(get("Bearer unit-cron-secret-16"));
    expect([failed.status, (await failed.text()).includes("hunter2")]).toEqual([500, false]);
  });
});

describe("a webhook", () => {
  const seen = new Map<string, { status: number; body: unknown } | null>();
  const store: OnceStore = {
    begin: (_scope, key) => {
      const kept = seen.get(key);
      if (kept) return Promise.resolve({ outcome: "replay", ...kept });
      if (kept === null) return Promise.resolve({ outcome: "in_flight" });
      seen.set(key, null);
      return Promise.resolve({ outcome: "started" });
    },
    finish: (_scope, key, status, body) => Promise.resolve(void seen.set(key, { status, body })),
    release: (_scope, key) => Promise.resolve(void seen.delete(key)),
  };
  const sign = (text: string) => createHmac("sha256", "whsec").update(text).digest("hex");
  const work = vi.fn((_event: { id: string; payload: unknown }) => Promise.resolve());
  const POST = webhook<{ n: number }>(
    {
      provider: "test",
      store,
      verify: ({ rawBody, headers }) =>
        headers.get("x-signature") === sign(rawBody)
          ? (JSON.parse(rawBody) as { id: string; payload: { n: number } })
          : null,
    },
    work,
  );
  const deliver = (text: string, signature = sign(text)) =>
    POST(new Request("http://x/", { method: "POST", body: text, headers: { "x-signature": signature } }));
  const event = (id: string) => JSON.stringify({ id, payload: { n: 1 } });

  it("acts once for an event, however often it is delivered", async () => {
    expect((await deliver(event("evt_00000001"))).status).toBe(200);
    expect((await deliver(event("evt_00000001"))).status).toBe(200);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("turns away a signature over anything but the raw body", async () => {
    const text = event("evt_00000002");
    expect((await deliver(text, sign("{}"))).status).toBe(401);
    expect((await deliver(`${text} `, sign(text))).status).toBe(401);
    expect((await deliver("not json", sign("not json"))).status).toBe(401);
  });

  it("answers 500 after a failure and acts on the next delivery", async () => {
    work.mockRejectedValueOnce(new Error("database down"));
    expect((await deliver(event("evt_00000003"))).status).toBe(500);
    expect((await deliver(event("evt_00000003"))).status).toBe(200);
  });
});
