import { describe, expect, it } from "vitest";
import { nextSort, parseSort, sortText, toggled, withQuery } from "@/components/ui/query";

describe("withQuery", () => {
  it("keeps other state and goes back to the first page when a filter changes", () => {
    expect(withQuery("/p", { q: "noor", after: "c1", tier: ["gold"] }, { tier: ["gold", "silver"] })).toBe(
      "/p?q=noor&tier=gold&tier=silver",
    );
  });

  it("replaces one cursor by the other when a page is turned", () => {
    expect(withQuery("/p", { q: "a", after: "c1" }, { before: "c2" })).toBe("/p?q=a&before=c2");
  });

  it("takes out what is null, empty or missing", () => {
    expect(withQuery("/p", { q: "x", tier: "gold" }, { q: "", tier: null })).toBe("/p");
  });

  it("escapes what a person typed", () => {
    expect(withQuery("/p", {}, { q: "a&b=c" })).toBe("/p?q=a%26b%3Dc");
  });
});

describe("toggled", () => {
  it("adds a missing value and removes a present one", () => {
    expect(toggled({}, "tier", "gold")).toEqual(["gold"]);
    expect(toggled({ tier: "gold" }, "tier", "silver")).toEqual(["gold", "silver"]);
    expect(toggled({ tier: ["gold", "silver"] }, "tier", "gold")).toEqual(["silver"]);
  });
});

describe("sorting", () => {
  const fallback = { by: "name", direction: "ascending" } as const;

  it("reads a leading minus as descending and refuses unknown columns", () => {
    expect(parseSort("-sales", ["sales"], fallback)).toEqual({ by: "sales", direction: "descending" });
    expect(parseSort("password", ["sales"], fallback)).toEqual(fallback);
    expect(parseSort(undefined, ["sales"], fallback)).toEqual(fallback);
  });

  it("starts a column in its own first direction and turns it on the next press", () => {
    const first = nextSort(fallback, "sales", "descending");
    expect(sortText(first)).toBe("-sales");
    expect(sortText(nextSort(first, "sales", "descending"))).toBe("sales");
  });
});
