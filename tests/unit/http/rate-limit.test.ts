import { afterEach, describe, expect, it, vi } from "vitest";
import { setEnvironment, userId } from "./environment";
import { limitPolicies } from "@/lib/http/limits";
import { takeLimits, takeSubjectLimit, type Counter } from "@/lib/http/rate-limit";

afterEach(() => setEnvironment());

const inAMinute = () => Date.now() + 60_000;
const pass: Counter = (_key, limit) =>
  Promise.resolve({ success: true, limit, remaining: limit - 1, reset: inAMinute() });
const down: Counter = () => Promise.reject(new Error("connection refused"));
const caught = async (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { status: number; code: string; headers?: Record<string, string> }) => error,
  );

describe("rate limits", () => {
  it("are those that were promised", () => {
    const quarter = 900;
    expect(limitPolicies["sign-in"]).toMatchObject({
      perPerson: 5,
      windowSeconds: quarter,
      onFailure: "closed",
    });
    expect(limitPolicies.reset).toMatchObject({ perPerson: 3, windowSeconds: 3_600, onFailure: "closed" });
    expect(limitPolicies.write).toMatchObject({ perPerson: 100, windowSeconds: quarter, onFailure: "open" });
    expect(limitPolicies.read).toMatchObject({ perPerson: 300, windowSeconds: quarter, onFailure: "open" });
  });

  it("count the person and the address apart, and report the tighter of the two", async () => {
    const counter = vi.fn(pass);
    const { headers } = await takeLimits({ policy: "write", ip: "10.0.0.1", userId }, counter);
    expect(counter.mock.calls).toEqual([
      ["write:ip:10.0.0.1", 1_000, 900],
      [`write:user:${userId}`, 100, 900],
    ]);
    expect(headers).toMatchObject({
      "RateLimit-Limit": "100",
      "RateLimit-Remaining": "99",
      "RateLimit-Policy": "100;w=900",
    });
    expect(Number(headers["RateLimit-Reset"])).toBeGreaterThan(50);
    expect(headers).not.toHaveProperty("Retry-After");
  });

  it("answer 429 with Retry-After when either is used up", async () => {
    for (const full of ["ip:", "user:"]) {
      const counter: Counter = (key, limit) =>
        Promise.resolve({
          success: !key.includes(full),
          limit,
          remaining: key.includes(full) ? 0 : 5,
          reset: inAMinute(),
        });
      const error = await caught(takeLimits({ policy: "read", ip: "10.0.0.1", userId }, counter));
      expect(error).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
      expect(Number(error!.headers!["Retry-After"])).toBeGreaterThan(0);
      expect(error!.headers!["RateLimit-Remaining"]).toBe("0");
    }
  });

  it("let reads and writes pass when nothing can be counted, but no sign-in", async () => {
    for (const policy of ["read", "write", "public"] as const) {
      expect(await takeLimits({ policy, ip: "10.0.0.1", userId: null }, down)).toEqual({ headers: {} });
    }
    for (const policy of ["sign-in", "reset"] as const) {
      expect(await caught(takeLimits({ policy, ip: "10.0.0.1", userId: null }, down))).toMatchObject({
        status: 503,
      });
      expect(
        await caught(takeSubjectLimit({ policy, ip: "10.0.0.1", subject: "a@b.test" }, down)),
      ).toMatchObject({ status: 503 });
    }
  });

  it("wait two seconds for a count and no longer", async () => {
    const hung: Counter = () => new Promise(() => undefined);
    vi.useFakeTimers();
    try {
      const open = takeLimits({ policy: "public", ip: "10.0.0.1", userId: null }, hung);
      const closed = caught(
        takeSubjectLimit({ policy: "sign-in", ip: "10.0.0.1", subject: "a@b.test" }, hung),
      );
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await open).toEqual({ headers: {} });
      expect(await closed).toMatchObject({ status: 503 });
    } finally {
      vi.useRealTimers();
    }
  });

  it("keep only a digest of what somebody typed, bound to the address, so that nobody can lock out a victim", async () => {
    const counter = vi.fn(pass);
    await takeSubjectLimit({ policy: "sign-in", ip: "10.0.0.1", subject: "mira@portico.test" }, counter);
    await takeSubjectLimit({ policy: "sign-in", ip: "10.0.0.2", subject: "mira@portico.test" }, counter);
    const [one, two] = counter.mock.calls.map(([key]) => key);
    expect(one).toMatch(/^sign-in:subject:[0-9a-f]{64}:10\.0\.0\.1$/);
    expect(one).not.toBe(two);
  });

  it("grow with the scale of a test environment", async () => {
    setEnvironment({ RATE_LIMIT_SCALE: "10" });
    const counter = vi.fn(pass);
    await takeLimits({ policy: "write", ip: "10.0.0.1", userId }, counter);
    expect(counter.mock.calls.map(([, limit]) => limit)).toEqual([10_000, 1_000]);
  });
});
