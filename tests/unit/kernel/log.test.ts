import { describe, expect, it } from "vitest";
import { AppError, isAppError } from "@/lib/kernel/errors";
import { createLog } from "@/lib/kernel/log";
import { securityHeaders } from "@/lib/kernel/security-headers";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = "";
  write(createLog({ level: "info", destination: { write: (line) => void (text += line) } }));
  return text;
}

describe("the log", () => {
  it("is one JSON line with time, level and message", () => {
    const line = JSON.parse(logged((log) => log.info({ requestId: "r1" }, "request"))) as Record<
      string,
      unknown
    >;
    expect(line).toMatchObject({ level: "info", requestId: "r1", msg: "request" });
    expect(line.time).toMatch(/^\d{4}-/);
  });

  it.each([
    "password",
    "token",
    "accessToken",
    "refresh_token",
    "authorization",
    "cookie",
    "email",
    "body",
    "code",
    "set-cookie",
  ])("blacks out %s at every depth that is logged", (key) => {
    const text = logged((log) =>
      log.info({ [key]: "S3CRET", a: { [key]: "S3CRET", b: { [key]: "S3CRET" } } }, "x"),
    );
    expect(text).not.toContain("S3CRET");
    expect(text.match(/\[redacted\]/g)).toHaveLength(3);
  });

  it("keeps of an error its name, message, code and cause, and no row of a table", () => {
    const cause = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (email)=(S3CRET)",
      parameters: ["S3CRET"],
    });
    const text = logged((log) =>
      log.error({ err: new AppError("X", 500, "failed", { secret: "S3CRET" }, { cause }) }, "x"),
    );
    expect(text).not.toContain("S3CRET");
    expect(text).toContain("23505");
  });
});

describe("errors", () => {
  it("are recognised by shape, since two bundles hold two classes", () => {
    class Foreign extends Error {
      override name = "AppError";
      code = "X";
      status = 409;
    }
    expect([isAppError(new Foreign()), isAppError(new Error("x")), isAppError({ name: "AppError" })]).toEqual(
      [true, false, false],
    );
  });
});

describe("security headers", () => {
  it("ask for https only where there is https", () => {
    const names = (https: boolean) => securityHeaders({ https }).map(({ key }) => key);
    expect(names(true)).toContain("Strict-Transport-Security");
    expect(names(false)).not.toContain("Strict-Transport-Security");
    expect(names(false)).toEqual(
      expect.arrayContaining([
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
      ]),
    );
  });
});
