import { describe, expect, it } from "vitest";
import { minorFromText } from "@/lib/kernel/money";

describe("an amount somebody types", () => {
  it.each([
    ["12", "USD", 1200],
    ["-64.5", "USD", -6450],
    ["−3,20", "EUR", -320],
    ["1 200.00", "USD", 120_000],
    ["1'200", "CHF", 120_000],
    ["500", "JPY", 500],
    ["1.234", "KWD", 1234],
  ])("%s in %s", (text, currency, minor) => {
    expect(minorFromText(text, currency)).toBe(minor);
  });

  it.each([
    ["", "USD"],
    ["ten", "USD"],
    ["1.234", "USD"],
    ["1.5", "JPY"],
    ["1e3", "USD"],
    ["=1+1", "USD"],
  ])("%s in %s is none", (text, currency) => {
    expect(minorFromText(text, currency)).toBeNull();
  });
});
