"use client";

import { useEffect, useRef, type ReactNode } from "react";

export interface DropDownProps {
  label: ReactNode;
  className?: string;
  /** Spoken name when the label is a drawing. */
  name?: string;
  /** Hangs from the right edge. */
  end?: boolean;
  children: ReactNode;
}

/** A disclosure that floats: links and forms inside, usable before and without script. Esc and a press outside close it. */
export function DropDown({ label, className, name, end, children }: DropDownProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const box = details.current;
      if (!box?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        if (box.contains(document.activeElement)) box.querySelector("summary")?.focus();
      } else if (box.contains(event.target as Node)) return;
      box.open = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  return (
    <details ref={details} className={`drop ${end ? "end-side" : ""}`}>
      <summary className={className} aria-label={name}>
        {label}
      </summary>
      <div className="popover">{children}</div>
    </details>
  );
}
