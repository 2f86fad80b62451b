import { describe, expect, it } from "vitest";
import {
  challengeStateSchema,
  describeDevice,
  resetSchema,
  signInSchema,
  signUpSchema,
  wayHome,
} from "@/lib/core/auth/contract";
import { addressPrint, fingerprint, ipHint } from "@/lib/core/auth/fingerprint";
import { maskEmail, readIdentifier } from "@/lib/core/auth/identifier";
import { padTo } from "@/lib/core/auth/pad-time";

describe("what a person types to sign in", () => {
  it.each([
    [" Owner@Glow.TEST ", { kind: "e-mail", email: "owner@glow.test" }],
    ["@Ada.Sells_1", { kind: "handle", handle: "ada.sells_1" }],
    ["ada", { kind: "handle", handle: "ada" }],
    ["not a handle", null],
    ["a".repeat(31), null],
    ["<script>", null],
  ])("%j is read as %j", (typed, read) => {
    expect(readIdentifier(typed)).toEqual(read);
  });

  it.each([
    ["ada@example.com", "ad••••@example.com"],
    ["a@example.com", "a••••@example.com"],
    ["very.long.name@example.com", "ve••••@example.com"],
  ])("%s is shown as %s", (email, masked) => expect(maskEmail(email)).toBe(masked));
});

describe("the way home", () => {
  const glow = { slug: "glow", isStaff: false };
  const lumen = { slug: "lumen", isStaff: true };
  it("leads straight in with one business, staff to the admin", () => {
    expect(wayHome([glow])).toBe("/glow/home");
    expect(wayHome([lumen])).toBe("/lumen/admin");
  });
  it("leads to the chooser with several, unless one was asked for", () => {
    expect(wayHome([glow, lumen])).toBe("/businesses");
    expect(wayHome([glow, lumen], "lumen")).toBe("/lumen/admin");
    expect(wayHome([glow, lumen], "hearth")).toBe("/businesses");
  });
  it("leads to help with none", () => {
    expect(wayHome([])).toBe("/businesses");
    expect(wayHome([], "glow")).toBe("/businesses?business=glow");
  });
});

describe("digests", () => {
  it("differ by kind and text and reveal neither", () => {
    expect(fingerprint("account", "a@b.c")).not.toBe(fingerprint("mailbox", "a@b.c"));
    expect(fingerprint("account", "a@b.c")).toBe(fingerprint("account", "a@b.c"));
    expect(fingerprint("account", "a@b.c")).not.toContain("a@b");
  });
  it("count an IPv6 network as one address", () => {
    expect(addressPrint("2001:db8:1:2:aaaa::1")).toBe(addressPrint("2001:db8:1:2:bbbb::9"));
    expect(addressPrint("2001:db8:1:2:aaaa::1")).not.toBe(addressPrint("2001:db8:1:3:aaaa::1"));
    // Shortened, the fourth group as written is the last one of the address.
    expect(addressPrint("2001:db8::5")).toBe(addressPrint("2001:db8::6"));
    expect(addressPrint("2001:db8:0:0:aaaa::1")).toBe(addressPrint("2001:db8::5"));
    expect(ipHint("192.0.2.77")).toBe("192.0.…");
  });
});

describe("what the API takes", () => {
  it("reads a code as it was pasted", () => {
    const body = { code: " 123-456 ", password: "x" };
    expect(resetSchema.parse(body).code).toBe("123456");
    for (const code of ["12345", "1234567", "12345a", ""])
      expect(resetSchema.safeParse({ ...body, code }).success).toBe(false);
  });
  it("insists on the terms and on a whole address", () => {
    const body = { email: "A@Example.com", name: "Ada", password: "x", acceptsTerms: true };
    expect(signUpSchema.parse(body).email).toBe("a@example.com");
    expect(signUpSchema.safeParse({ ...body, acceptsTerms: false }).success).toBe(false);
    expect(signUpSchema.safeParse({ ...body, email: "nope" }).success).toBe(false);
  });
  it("takes an odd business name for none", () => {
    expect(signInSchema.parse({ identifier: "a", password: "b", business: "../etc" }).business).toBeNull();
  });
  it("never answers with the whole address", () => {
    expect(Object.keys(challengeStateSchema.shape)).not.toContain("email");
  });
});

it("names a device well enough to recognise it", () => {
  const agent =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
  expect(describeDevice(agent)).toEqual({ browser: "Safari", system: "iPhone" });
  expect(describeDevice(null)).toEqual({ browser: "", system: "" });
});

it("waits for what is left of the time, and not again", async () => {
  const startedAt = performance.now();
  await padTo(startedAt, 400);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(398);
  const again = performance.now();
  await padTo(startedAt, 400);
  expect(performance.now() - again).toBeLessThan(300);
});
