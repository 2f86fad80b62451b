"use client";

import { useLayoutEffect } from "react";

export function BrandSync({ color }: { color: string }) {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--brand", color);
    return () => {
      style.removeProperty("--brand");
    };
  }, [color]);
  return null;
}
