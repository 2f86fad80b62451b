import fs from "node:fs";
import path from "node:path";

/* Reads the colour roles out of tokens.css and computes them as a browser would, so that the contrast they promise is
   tested on the file itself and not on a copy of its formulas. */

type Rgb = [r: number, g: number, b: number];
type Oklch = { l: number; c: number; h: number };

const css = fs.readFileSync(path.join(import.meta.dirname, "../../../components/ui/tokens.css"), "utf8");
const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");

export const roles = new Map<string, string>();
for (const [, name, value] of plain.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)) {
  if (name && value && !roles.has(name))
    roles.set(name, value.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")").trim());
}

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

export function fromHex(hex: string): Rgb {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const value = Number.parseInt(full.slice(1), 16);
  return [toLinear((value >> 16) / 255), toLinear(((value >> 8) & 255) / 255), toLinear((value & 255) / 255)];
}

export function toOklch([r, g, b]: Rgb): Oklch {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

function fromOklch({ l, c, h }: Oklch): Rgb {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((v) => Math.min(1, Math.max(0, v))) as Rgb;
}

/** The arguments of a function call, split at its own commas only. */
function split(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const sign of text) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (depth === 0 && separator.test(sign)) {
      if (part.trim()) parts.push(part.trim());
      part = "";
    } else part += sign;
  }
  return [...parts, part.trim()];
}

function number(formula: string, brand: Oklch): number {
  const script = formula.replace(/\bcalc\(/g, "(").replace(/\b(min|max)\(/g, "Math.$1(");
  const run = new Function("l", "c", "h", "clamp", `return ${script};`);
  return run(brand.l, brand.c, brand.h, (low: number, v: number, high: number) =>
    Math.max(low, Math.min(v, high)),
  );
}

export function colorOf(role: string, theme: "light" | "dark", brandHex: string): Rgb {
  let value = roles.get(role) ?? "";
  if (value.startsWith("light-dark("))
    value = split(value.slice(11, -1), /,/)[theme === "light" ? 0 : 1] ?? "";
  if (value.startsWith("#")) return fromHex(value);
  if (value.startsWith("var(--")) return colorOf(value.slice(6, -1), theme, brandHex);
  const brand = toOklch(fromHex(brandHex));
  const derived = value.startsWith("oklch(from var(--brand) ");
  const inner = value.slice(derived ? 24 : 6, -1);
  const [l, c, h] = split(inner, /\s/);
  if (l === undefined || c === undefined || h === undefined)
    throw new Error(`Cannot read --${role}: ${value}`);
  const hue = derived ? number(h, brand) : (Number(h) * Math.PI) / 180;
  return fromOklch({ l: number(l, brand), c: number(c, brand), h: hue });
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
