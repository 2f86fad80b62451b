import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeenKeys } from "@/lib/programs/loyalty/imports/seen-keys";

const saw = (keys: readonly string[]) => {
  const seen = new SeenKeys();
  for (const key of keys) seen.add(key);
  return seen.mayHaveDoubles;
};

describe("whether a file may name a video twice", () => {
  it("is never denied when it does", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (keys, at) => {
        expect(saw([...keys, keys[at % keys.length]!])).toBe(true);
      }),
    );
  });

  it("is denied for half a million videos of a real export, and seen in the last of them", () => {
    const keys = Array.from(
      { length: 500_000 },
      (_, n) => `tiktok.com/video/${7_000_000_000_000_000_000n + BigInt(n)}`,
    );
    expect(saw(keys)).toBe(false);
    expect(saw([...keys, keys[123_456]!])).toBe(true);
  });
});
