import { BrandSync } from "./brand-sync";

const hexColor = /^#[0-9a-f]{6}$/i;

/**
 * The business's one colour. A nonce'd rule for the first paint; in-app navigation carries another request's nonce,
 * which the browser would refuse, so a client leaf sets the same property through the style object, which it allows.
 */
export function BrandStyle({ color, nonce }: { color: string; nonce?: string | null }) {
  if (!hexColor.test(color)) return null;
  return (
    <>
      <style
        nonce={nonce ?? undefined}
        suppressHydrationWarning
        dangerouslySetInnerHTML={{ __html: `html:root{--brand:${color}}` }}
      />
      <BrandSync color={color} />
    </>
  );
}
