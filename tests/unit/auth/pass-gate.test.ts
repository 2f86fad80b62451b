import { beforeEach, describe, expect, it, vi } from "vitest";

const { beginSignIn, finishSignIn, sessionByPassword, readDoorCookie } = vi.hoisted(() => ({
  beginSignIn: vi.fn(),
  finishSignIn: vi.fn(),
  sessionByPassword: vi.fn(),
  readDoorCookie: vi.fn(),
}));
vi.mock("@/lib/core/auth/sign-in-limits.system", () => ({ beginSignIn, finishSignIn }));
vi.mock("@/lib/core/auth/auth-api", () => ({ sessionByPassword }));
vi.mock("@/lib/core/auth/door-cookies", () => ({ readDoorCookie }));

import { tryPassword } from "@/lib/core/auth/pass-gate";
import { setEnvironment } from "../http/environment";

const noor = { email: "noor@glow.test", print: "print-of-noor" };
const from = { ip: "203.0.113.9", requestId: "r", userAgent: null };
const ends = () =>
  finishSignIn.mock.calls.map(([print, , end]) => ({ print: print as string, ...(end as object) }));

beforeEach(() => {
  vi.resetAllMocks();
  setEnvironment();
  readDoorCookie.mockResolvedValue(null);
  beginSignIn.mockResolvedValue({ outcome: "go", waitMs: 0 });
});

describe("one try of a password", () => {
  it("answers with the session of the right one, and counts it as such", async () => {
    sessionByPassword.mockResolvedValue({ userId: "u1" });
    expect(await tryPassword(noor, "right", from)).toEqual({ userId: "u1" });
    expect(ends()).toEqual([{ print: noor.print, userId: "u1", outcome: "ok", reason: "" }]);
  });

  it("answers with nothing for a wrong one, which counts", async () => {
    sessionByPassword.mockResolvedValue(null);
    expect(await tryPassword(noor, "wrong", from)).toBeNull();
    expect(ends()).toMatchObject([{ userId: null, outcome: "failed", reason: "wrong" }]);
  });

  it("asks the auth server for an account that does not exist as well: both take as long", async () => {
    sessionByPassword.mockResolvedValue(null);
    await tryPassword({ email: null, print: "print-of-nobody" }, "any", from);
    expect(sessionByPassword).toHaveBeenCalledWith("nobody@portico.invalid", "any");
    expect(ends()).toMatchObject([{ print: "print-of-nobody", outcome: "failed" }]);
  });

  it("does not count against anybody that the auth server failed", async () => {
    sessionByPassword.mockRejectedValue(new Error("no answer"));
    await expect(tryPassword(noor, "right", from)).rejects.toThrow("no answer");
    expect(ends()).toMatchObject([{ outcome: "refused", reason: "auth server" }]);
  });

  it.each([
    ["locked", 1_800, "LOCKED", "in 30 minutes"],
    ["locked", 91, "LOCKED", "in 2 minutes"],
    ["slowed", 12.2, "SLOWED", "in 13 seconds"],
  ] as const)(
    "says of an account that is %s for %d s when to come back",
    async (outcome, retryAfter, code, when) => {
      beginSignIn.mockResolvedValue({ outcome, retryAfter });
      await expect(tryPassword(noor, "right", from)).rejects.toMatchObject({
        code,
        status: 429,
        message: expect.stringContaining(when) as string,
        headers: { "Retry-After": String(Math.ceil(retryAfter)) },
      });
      expect(sessionByPassword).not.toHaveBeenCalled();
    },
  );

  it("shows the gate the digest of a pass the browser holds, never the pass", async () => {
    readDoorCookie.mockResolvedValue("a-pass-from-a-mail");
    sessionByPassword.mockResolvedValue(null);
    await tryPassword(noor, "wrong", from);
    const [print, , pass] = beginSignIn.mock.calls[0]! as string[];
    expect(print).toBe(noor.print);
    expect(pass).toEqual(expect.any(String));
    expect(pass).not.toContain("a-pass");
  });
});
