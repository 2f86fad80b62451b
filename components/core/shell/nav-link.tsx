"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { currentHref } from "./navigation";

/** Only this leaf knows where we are; the words and drawings inside come from the server. */
export function NavLink({
  href,
  among,
  title,
  className,
  children,
}: {
  href: string;
  among: readonly string[];
  title?: string;
  className?: string;
  children: ReactNode;
}) {
  const current = currentHref(usePathname(), among) === href;
  return (
    <Link href={href} title={title} className={className} aria-current={current ? "page" : undefined}>
      {children}
    </Link>
  );
}
