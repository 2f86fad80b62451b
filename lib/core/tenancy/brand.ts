export interface BrandCheck {
  /** WCAG contrast of the colour with white and with ink, 1 to 21. */
  onWhite: number;
  onInk: number;
  /** The hue is so near to the red of errors that people may mistake one for the other. */
  looksLikeError: boolean;
  /** On a white page the colour itself is too faint for bars and lines; a darker one is used there. */
  isFaintOnWhite: boolean;
}

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function luminance(hex: string): number {
  const [r, g, b] = rgb(hex);
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function hue(hex: string): { degrees: number; saturation: number } {
  const [r, g, b] = rgb(hex);
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const span = max - min;
  if (span === 0) return { degrees: 0, saturation: 0 };
  const sector = max === r ? ((g - b) / span + 6) % 6 : max === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { degrees: sector * 60, saturation: span / max };
}

/** What an owner should know about a colour before she saves it. The derived roles keep their contrast for any colour. */
export function checkBrand(hex: string): BrandCheck {
  const { degrees, saturation } = hue(hex);
  const onWhite = contrastRatio(hex, "#ffffff");
  return {
    onWhite,
    onInk: contrastRatio(hex, "#1d1a1f"),
    looksLikeError: saturation > 0.6 && (degrees < 14 || degrees > 352) && onWhite > 2.5,
    isFaintOnWhite: onWhite < 3,
  };
}
