export interface GlyphProps {
  path: string;
  size?: "xs" | "s" | "m" | "l";
  /** Only for an icon that stands alone; otherwise the word beside it speaks. */
  label?: string;
  className?: string;
}

/** One stroke drawing, 20 px unless told; see icon-paths.ts. */
export function Glyph({ path, size = "m", label, className }: GlyphProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`i ${size === "m" ? "" : size} ${className ?? ""}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={path} />
    </svg>
  );
}
