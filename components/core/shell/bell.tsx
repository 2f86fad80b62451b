"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";

export interface Notifications {
  /** The whole list. */
  href: string;
  unread: number;
  /** When that was counted, so that a later count of our own is told from an older one. */
  at: number;
  /** A mere link: whoever looks as a member is answered by the API as herself, and would be shown her own news. */
  isPlain?: boolean;
}

export interface BellProps extends Notifications {
  className?: string;
  /** The drawing. */
  icon: ReactNode;
  /** Written beside the drawing; without it the name is only spoken. */
  label?: string;
}

const fetchPopover = () => import("./bell-popover");
const BellPopover = lazy(() => fetchPopover().then((module) => ({ default: module.BellPopover })));

const wide = "(min-width: 50.01rem)";
function watchWidth(changed: () => void) {
  const query = window.matchMedia(wide);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** A link to the list; where there is room, the newest of it opens beside the bell instead. */
export function Bell({ href, unread, at, isPlain = false, className = "iconbtn", icon, label }: BellProps) {
  const t = useTranslations("ui");
  const opener = useRef<HTMLAnchorElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [count, setCount] = useLiveCount(isPlain ? null : href, unread, at);
  const isWide = useSyncExternalStore(
    watchWidth,
    () => window.matchMedia(wide).matches,
    () => false,
  );
  const opens = isWide && !isPlain;
  const shown = count > 99 ? "99+" : count;
  const name = count > 0 ? t("notificationsNew", { count }) : t("notifications");
  return (
    <>
      <Link
        ref={opener}
        className={className}
        href={href}
        title={label}
        aria-label={label ? undefined : name}
        aria-haspopup={opens ? "dialog" : undefined}
        aria-expanded={opens ? isOpen : undefined}
        prefetch={false}
        onPointerEnter={() => opens && void fetchPopover()}
        onClick={(event) => {
          if (!opens || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          setOpen(!isOpen);
        }}
      >
        {icon}
        {/* A name that differs from what is written would have to contain it, the number included. */}
        {label && <span aria-hidden="true">{label}</span>}
        {label && <span className="vh">{name}</span>}
        {count > 0 && (
          <span className={label ? "c" : "count"} aria-hidden="true">
            {shown}
          </span>
        )}
      </Link>
      {isOpen && (
        <Suspense fallback={null}>
          <BellPopover
            href={href}
            opener={opener}
            onClose={() => setOpen(false)}
            unread={count}
            onUnread={setCount}
          />
        </Suspense>
      )}
    </>
  );
}

/** The frame is drawn once and kept while one moves about, so the count is asked again with every page. */
function useLiveCount(href: string | null, unread: number, at: number) {
  const pathname = usePathname();
  const counted = useRef(pathname);
  const [live, setLive] = useState<{ at: number; count: number } | null>(null);
  useEffect(() => {
    if (href === null || counted.current === pathname) return;
    counted.current = pathname;
    const control = new AbortController();
    fetch(`/api${href}/unread`, { signal: control.signal, cache: "no-store" })
      .then((answer) => (answer.ok ? (answer.json() as Promise<{ data: { unread: number } }>) : null))
      .then((body) => body && setLive({ at, count: body.data.unread }))
      // Away from the network the last count stands.
      .catch(() => undefined);
    return () => control.abort();
  }, [pathname, href, at]);
  return [live?.at === at ? live.count : unread, (count: number) => setLive({ at, count })] as const;
}
