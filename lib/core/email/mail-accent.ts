import { contrastRatio } from "@/lib/core/tenancy/contract";

export interface MailAccent {
  /** Button. */
  fill: string;
  onFill: string;
  /** Links on white, and on a dark ground. */
  text: string;
  textOnDark: string;
}

const ink = "#1d1a1f";
const white = "#ffffff";
const darkGround = "#1e1b20";
const readable = 4.5;

/** Mail programs know neither oklch nor custom properties, so the tenant's colour becomes fixed hex values that read. */
export function mailAccent(brand: string): MailAccent {
  const isLight = contrastRatio(brand, white) < readable && contrastRatio(brand, ink) >= readable;
  const fill = isLight
    ? brand
    : mixUntil(brand, "#000000", (color) => contrastRatio(color, white) >= readable);
  return {
    fill,
    onFill: isLight ? ink : white,
    text: mixUntil(brand, "#000000", (color) => contrastRatio(color, white) >= readable),
    textOnDark: mixUntil(brand, white, (color) => contrastRatio(color, darkGround) >= readable),
  };
}

function mixUntil(from: string, towards: string, isEnough: (color: string) => boolean): string {
  for (let part = 0; part <= 100; part += 4) {
    const color = mix(from, towards, part / 100);
    if (isEnough(color)) return color;
  }
  return towards;
}

function mix(from: string, towards: string, part: number): string {
  const channel = (at: number) => {
    const a = Number.parseInt(from.slice(at, at + 2), 16);
    const b = Number.parseInt(towards.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
