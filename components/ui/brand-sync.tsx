"use client";

import { useLayoutEffect, useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * The rule of the first paint stays until the script is there. A page drawn by in-app navigation never has it: its
 * nonce would be another request's, and the browser would refuse it and say so.
 */
export function BrandSync({ color, nonce }: { color: string; nonce?: string | undefined }) {
  const isFirstPaint = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--brand", color);
    return () => {
      style.removeProperty("--brand");
    };
  }, [color]);
  if (!isFirstPaint) return null;
  return (
    <style
      nonce={nonce}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: `html:root{--brand:${color}}` }}
    />
  );
}
