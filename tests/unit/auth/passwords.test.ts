import { describe, expect, it } from "vitest";
import { authPassword } from "@/lib/core/auth/auth-password";
import { checkNewPassword } from "@/lib/core/auth/check-password";
import { isCommonPassword } from "@/lib/core/auth/common-passwords";
import { unmetRules } from "@/lib/core/auth/password-rules";

describe("the rules of a password", () => {
  it.each([
    ["Portico-demo-1", []],
    ["portico-demo-1", ["upper"]],
    ["Portico-demo-x", ["number"]],
    ["Porticodemo1", ["symbol"]],
    ["Ab-1", ["length"]],
    [`Ab-1${"x".repeat(124)}`, []],
    [`Ab-1${"x".repeat(125)}`, ["length"]],
    ["Ünïcode wörks 1", []],
    ["A1-🙂🙂🙂🙂", ["length"]],
    ["A1-🙂🙂🙂🙂🙂", []],
    ["", ["length", "upper", "number", "symbol"]],
  ])("%s lacks %j", (password, lacks) => {
    expect(unmetRules(password)).toEqual(lacks);
  });
});

describe("common passwords", () => {
  it.each([
    "password",
    "PASSWORD",
    "Password1!",
    "P@ssw0rd",
    "P@ssw0rd!",
    "Qwerty123!",
    "Dragon-1",
    "1qaz2wsx",
    "!Letmein99",
    "Monkey.12",
  ])("knows %s", (password) => expect(isCommonPassword(password)).toBe(true));

  it.each([
    "Portico-demo-1",
    "Quiet-harbour-7",
    "my cat is a Monkey of 3!",
    "Tr0ubling-fox",
    "correct horse Battery 9!",
  ])("lets %s pass", (password) => expect(isCommonPassword(password)).toBe(false));

  it("are refused beside the field", () => {
    expect(() => checkNewPassword("Password1!")).toThrow(
      expect.objectContaining({
        status: 422,
        details: { fields: { password: expect.stringContaining("tried first") as string } },
      }) as Error,
    );
    expect(() => checkNewPassword("short")).toThrow(expect.objectContaining({ status: 422 }) as Error);
    expect(() => checkNewPassword("Quiet-harbour-7")).not.toThrow();
  });
});

describe("what is handed to Auth", () => {
  it("is the password itself while bcrypt can read all of it", () => {
    expect(authPassword("Quiet-harbour-7")).toBe("Quiet-harbour-7");
    expect(authPassword("x".repeat(72))).toBe("x".repeat(72));
  });

  it("is a digest of all of it beyond 72 bytes, not of characters", () => {
    const long = "ü".repeat(37);
    expect(authPassword(long).length).toBeLessThanOrEqual(72);
    expect(authPassword(`${long}a`)).not.toBe(authPassword(`${long}b`));
    expect(authPassword(long)).toBe(authPassword(long));
  });
});
