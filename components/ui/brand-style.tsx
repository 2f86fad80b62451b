import { BrandSync } from "./brand-sync";

const hexColor = /^#[0-9a-f]{6}$/i;

/** The business's one colour: a nonce'd rule for the first paint, then the same property on the style object. */
export function BrandStyle({ color, nonce }: { color: string; nonce?: string | null }) {
  if (!hexColor.test(color)) return null;
  return <BrandSync color={color} nonce={nonce ?? undefined} />;
}
