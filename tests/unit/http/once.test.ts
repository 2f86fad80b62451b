import { describe, expect, it, vi } from "vitest";
import "./environment";
import { canonicalJson, isFinal, once, type OnceStore } from "@/lib/http/once";

function memoryStore(): OnceStore & {
  kept: Map<string, { hash: string; answer?: { status: number; body: unknown } }>;
} {
  const kept = new Map<string, { hash: string; answer?: { status: number; body: unknown } }>();
  return {
    kept,
    begin: (scope, key, hash) => {
      const row = kept.get(scope + key);
      if (!row) {
        kept.set(scope + key, { hash });
        return Promise.resolve({ outcome: "started" });
      }
      if (row.hash !== hash) return Promise.resolve({ outcome: "mismatch" });
      return Promise.resolve(row.answer ? { outcome: "replay", ...row.answer } : { outcome: "in_flight" });
    },
    finish: (scope, key, status, body) => {
      kept.get(scope + key)!.answer = { status, body };
      return Promise.resolve();
    },
    release: (scope, key) => Promise.resolve(void kept.delete(scope + key)),
  };
}

const request = {
  key: "key-0001",
  owner: "glow user-1",
  method: "POST",
  path: "/api/glow/x",
  body: { a: 1, b: 2 },
};
const made = (id: number) => ({ status: 201, body: { success: true, data: { id } } });

describe("doing a thing once", () => {
  it("replays the first answer to the same request", async () => {
    const store = memoryStore();
    let calls = 0;
    const run = () => Promise.resolve(made(++calls));
    const first = await once(request, run, store);
    const second = await once({ ...request, body: { b: 2, a: 1 } }, run, store);
    expect([first, second]).toEqual([
      { ...made(1), isReplay: false },
      { ...made(1), isReplay: true },
    ]);
    expect(calls).toBe(1);
  });

  it("refuses the key with another body", async () => {
    const store = memoryStore();
    await once(request, () => Promise.resolve(made(1)), store);
    await expect(
      once({ ...request, body: { a: 2 } }, () => Promise.resolve(made(2)), store),
    ).rejects.toMatchObject({ status: 422, code: "IDEMPOTENCY_MISMATCH" });
  });

  it("answers 409 to a second one while the first still runs", async () => {
    const store = memoryStore();
    let finish!: (value: { status: number; body: unknown }) => void;
    const first = once(request, () => new Promise((resolve) => (finish = resolve)), store);
    await vi.waitFor(() => expect(finish).toBeTypeOf("function"));
    await expect(once(request, () => Promise.resolve(made(2)), store)).rejects.toMatchObject({
      status: 409,
      code: "IN_FLIGHT",
    });
    finish(made(1));
    expect(await first).toMatchObject({ status: 201 });
  });

  it("is a key of its own for another person, path or method", async () => {
    const store = memoryStore();
    let calls = 0;
    const run = () => Promise.resolve(made(++calls));
    for (const other of [{}, { owner: "glow user-2" }, { path: "/api/glow/y" }, { method: "PATCH" }]) {
      expect(await once({ ...request, ...other }, run, store)).toMatchObject({ isReplay: false });
    }
    expect(calls).toBe(4);
  });

  it("keeps a refusal but gives the key back after a failure of ours", async () => {
    const store = memoryStore();
    const refused = { status: 422, body: { success: false } };
    await once(request, () => Promise.resolve(refused), store);
    expect(await once(request, () => Promise.resolve(made(1)), store)).toEqual({
      ...refused,
      isReplay: true,
    });

    const other = { ...request, key: "key-0002" };
    await expect(once(other, () => Promise.reject(new Error("lost")), store)).rejects.toThrow("lost");
    expect(await once(other, () => Promise.resolve(made(2)), store)).toMatchObject({
      status: 201,
      isReplay: false,
    });
  });

  it("keeps no answer that a moment later could be another", () => {
    expect([200, 201, 204, 400, 403, 404, 422].map(isFinal)).not.toContain(false);
    expect([401, 409, 429, 500, 503].map(isFinal)).not.toContain(true);
  });

  it("still tells of the success when it cannot be remembered", async () => {
    const store = { ...memoryStore(), finish: () => Promise.reject(new Error("down")) };
    expect(await once(request, () => Promise.resolve(made(1)), store)).toMatchObject({ status: 201 });
  });

  it("runs without a key, and refuses a key that is none", async () => {
    const store = memoryStore();
    expect(await once({ ...request, key: null }, () => Promise.resolve(made(1)), store)).toMatchObject({
      status: 201,
    });
    expect(store.kept.size).toBe(0);
    for (const key of ["short", "with space in it", "a".repeat(201)]) {
      await expect(once({ ...request, key }, () => Promise.resolve(made(1)), store)).rejects.toMatchObject({
        status: 422,
      });
    }
  });

  it("writes equal values as equal text", () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: "x" })).toBe('{"a":"x","b":[1,{"d":null}]}');
    expect(canonicalJson(undefined)).toBe("null");
  });
});
