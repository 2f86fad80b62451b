import Link from "next/link";
import type { ReactNode } from "react";

interface TabLink {
  href: string;
  label: ReactNode;
  count?: number;
  current?: boolean;
}

/** Tabs that are addresses: each is a page of its own, Back works, nothing waits for script. */
export function TabLinks({
  label,
  tabs,
  look = "line",
}: {
  label: string;
  tabs: readonly TabLink[];
  look?: "line" | "segments";
}) {
  return (
    <nav className={look === "line" ? "utabs" : "seg"} aria-label={label}>
      {tabs.map(({ href, label: text, count, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? "page" : undefined}
          scroll={false}
          prefetch={false}
        >
          {text}
          {count !== undefined && <span className="num">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
