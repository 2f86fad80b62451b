import { describe, expect, it } from "vitest";
import { colorOf, contrast, fromHex, roles } from "./tokens";

const hex = (value: number) => Math.round(value).toString(16).padStart(2, "0");
function hsl(h: number, s: number, l: number): string {
  const f = (n: number) => {
    const k = (n + h / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return `#${hex(f(0))}${hex(f(8))}${hex(f(4))}`;
}

const brands = [
  "#ffffff",
  "#000000",
  "#111111",
  "#808080",
  "#c0c0c0",
  "#ff0000",
  "#00ff00",
  "#0000ff",
  "#ffff00",
];
for (const hue of Array.from({ length: 24 }, (_, index) => index * 15)) {
  for (const [s, l] of [
    [0.9, 0.5],
    [0.6, 0.3],
    [0.5, 0.7],
    [1, 0.85],
    [0.8, 0.15],
    [0.3, 0.55],
  ] as const) {
    brands.push(hsl(hue, s, l));
  }
}

/** [ink, ground, least contrast], as the reference of the look states them. */
const grounds = ["canvas", "surface", "sunken", "raised"];
const soft = ["ok-soft", "warn-soft", "bad-soft", "info-soft", "accent-soft"];
const pairs: Array<[string, string, number]> = [
  ...grounds.map((ground): [string, string, number] => ["ink", ground, 7]),
  ["ink-2", "surface", 7],
  ...[...grounds, ...soft].map((ground): [string, string, number] => ["ink-3", ground, 4.5]),
  ...["line-strong", "focus"].map((mark): [string, string, number] => [mark, "surface", 3]),
  ["on-accent", "accent-fill", 4.5],
  ...["surface", "canvas", "sunken", "accent-soft"].map((on): [string, string, number] => [
    "accent-text",
    on,
    4.5,
  ]),
  ...["surface", "sunken"].map((on): [string, string, number] => ["accent-mark", on, 3]),
  ...["ok", "warn", "bad", "info"].flatMap((tone): Array<[string, string, number]> => [
    [`${tone}-text`, `${tone}-soft`, 4.5],
    [`${tone}-text`, "surface", 4.5],
  ]),
  ["on-bad", "bad-fill", 4.5],
];

describe("contrast of the colour roles", () => {
  it("knows what contrast is", () => {
    expect(contrast(fromHex("#000000"), fromHex("#ffffff"))).toBeCloseTo(21, 5);
    expect(contrast(fromHex("#777777"), fromHex("#ffffff"))).toBeCloseTo(4.478, 2);
    expect(roles.size).toBeGreaterThan(40);
  });

  for (const theme of ["light", "dark"] as const) {
    it(`holds for every brand in the ${theme} theme`, () => {
      const failures: string[] = [];
      for (const brand of brands) {
        for (const [ink, ground, least] of pairs) {
          const found = contrast(colorOf(ink, theme, brand), colorOf(ground, theme, brand));
          if (found < least - 0.005)
            failures.push(`${brand}: ${ink} on ${ground} is ${found.toFixed(2)}, not ${least}`);
        }
      }
      expect(failures).toEqual([]);
    });
  }
});
