import { describe, expect, it } from "vitest";
import { z } from "zod";
import { valuesFrom } from "@/components/ui/form-values";
import { initials } from "@/components/ui/initials";
import { checkValues } from "@/components/ui/schema";
import { themeFrom } from "@/components/ui/theme";
import { fileSize } from "@/components/ui/upload";

function control(
  name: string,
  type: string,
  value: string,
  more: { checked?: boolean; disabled?: boolean; kind?: string } = {},
) {
  return { name, type, value, checked: false, disabled: false, kind: undefined, ...more };
}

describe("valuesFrom", () => {
  it("makes a lone checkbox a boolean and several a list", () => {
    expect(
      valuesFrom([
        control("keep", "checkbox", "on", { checked: true }),
        control("role", "checkbox", "admin", { checked: true }),
        control("role", "checkbox", "support"),
      ]),
    ).toEqual({ keep: true, role: ["admin"] });
  });

  it("keeps a list a list when it has one box or none is ticked", () => {
    expect(valuesFrom([control("tier", "checkbox", "gold", { kind: "list" })])).toEqual({ tier: [] });
  });

  it("sends numbers as numbers and an empty number as null", () => {
    expect(
      valuesFrom([
        control("units", "number", "12"),
        control("rate", "text", "1.5", { kind: "number" }),
        control("none", "number", " "),
      ]),
    ).toEqual({ units: 12, rate: 1.5, none: null });
  });

  it("takes the chosen radio, and null when none is chosen", () => {
    expect(
      valuesFrom([
        control("pay", "radio", "paypal"),
        control("pay", "radio", "venmo", { checked: true }),
        control("size", "radio", "m"),
      ]),
    ).toEqual({ pay: "venmo", size: null });
  });

  it("leaves out what is disabled, unnamed, a button or a file", () => {
    expect(
      valuesFrom([
        control("a", "text", "x", { disabled: true }),
        control("", "text", "x"),
        control("go", "submit", "x"),
        control("f", "file", "x"),
      ]),
    ).toEqual({});
  });
});

describe("checkValues", () => {
  const schema = z.object({
    email: z.email("Not an address"),
    tiers: z.array(z.object({ name: z.string().min(1, "Name it") })),
  });

  it("names the field by its path and keeps the first sentence", async () => {
    expect(await checkValues(schema, { email: "x", tiers: [{ name: "" }] })).toEqual({
      email: "Not an address",
      "tiers.0.name": "Name it",
    });
  });

  it("finds nothing in good values", async () => {
    expect(await checkValues(schema, { email: "a@b.test", tiers: [] })).toEqual({});
  });
});

it("takes initials from the first and last word", () => {
  expect(initials("Noor Haddad")).toBe("NH");
  expect(initials("  ana maria de souza ")).toBe("AS");
  expect(initials("oskar.tv")).toBe("O");
  expect(initials("")).toBe("");
});

it("says sizes as file managers do", () => {
  expect(fileSize(0)).toBe("0 bytes");
  expect(fileSize(999_000)).toBe("999 kB");
  expect(fileSize(6_500_000)).toBe("6.5 MB");
});

it("falls back to the device's theme", () => {
  expect(themeFrom("dark")).toBe("dark");
  expect(themeFrom("'; drop")).toBe("system");
  expect(themeFrom(undefined)).toBe("system");
});
