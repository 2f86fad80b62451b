import { afterEach, describe, expect, it, vi } from "vitest";
import { fieldsOf, isOwnPath, openEnvelope, RequestError, send } from "@/components/ui/request";

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown) {
  const fetched = vi.fn<typeof fetch>(async () => Response.json(body, { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("send", () => {
  it("posts JSON to our own origin with an Idempotency-Key and opens the envelope", async () => {
    const fetched = answer(200, { success: true, data: { id: "1" } });
    expect(await send("/api/x", { body: { a: 1 }, idempotencyKey: "key-1" })).toEqual({ id: "1" });
    const [path, init] = fetched.mock.calls[0] ?? [];
    expect(path).toBe("/api/x");
    expect(init).toMatchObject({ method: "POST", credentials: "same-origin", body: '{"a":1}' });
    expect(init?.headers).toMatchObject({ "idempotency-key": "key-1", "content-type": "application/json" });
  });

  it("reads without a key and without a body", async () => {
    const fetched = answer(200, { success: true, data: [] });
    await send("/api/x");
    expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({ accept: "application/json" });
  });

  it("refuses addresses that could leave this origin before anything is sent", async () => {
    const fetched = answer(200, { success: true });
    for (const path of ["//evil.test/x", "https://evil.test", "/\\evil.test", "api/x"]) {
      expect(isOwnPath(path)).toBe(false);
      await expect(send(path)).rejects.toThrow(RequestError);
    }
    expect(fetched).not.toHaveBeenCalled();
  });

  it("carries the fields, the code and the reference of a refusal", async () => {
    const error = {
      code: "invalid",
      message: "Check the fields",
      details: { fields: { email: "Not an address" } },
    };
    answer(422, { success: false, error, requestId: "r-1" });
    const refused = await send("/api/x", { body: {} }).catch((cause: unknown) => cause);
    expect(refused).toBeInstanceOf(RequestError);
    expect(refused).toMatchObject({ code: "invalid", status: 422, requestId: "r-1" });
    expect((refused as RequestError).fields).toEqual({ email: "Not an address" });
  });

  it("calls a broken connection offline", async () => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("failed")));
    await expect(send("/api/x", { body: {} })).rejects.toMatchObject({ code: "offline", status: 0 });
  });
});

describe("openEnvelope", () => {
  it("does not take a page for an answer", () => {
    expect(() => openEnvelope(502, null)).toThrow(RequestError);
    expect(() => openEnvelope(200, "<html>")).toThrow(RequestError);
  });

  it("accepts an empty answer", () => {
    expect(openEnvelope(204, null)).toBeUndefined();
  });
});

it("reads no fields from details of another shape", () => {
  expect(fieldsOf(undefined)).toEqual({});
  expect(fieldsOf({ fields: null })).toEqual({});
});
