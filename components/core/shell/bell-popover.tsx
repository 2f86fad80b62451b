"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { createPortal } from "react-dom";
import { Glyph } from "@/components/ui/glyph";
import { check } from "@/components/ui/icon-paths";
import { RequestError, send } from "@/components/ui/request";
import { useToast } from "@/components/ui/toast";
import type { Notification, NotificationPage } from "@/lib/core/notifications/contract";
import { parseTimestamp } from "@/lib/kernel/time";
import { placeBeside } from "./place-beside";

interface BellPopoverProps {
  href: string;
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
  unread: number;
  onUnread: (count: number) => void;
}

const shownAtMost = 6;

/** The newest unread ones beside the bell. Not modal: a press outside, Escape or tabbing out closes it. */
export function BellPopover({ href, opener, onClose, unread, onUnread }: BellPopoverProps) {
  const t = useTranslations("ui.bell");
  const words = useTranslations("ui.form");
  const router = useRouter();
  const toast = useToast();
  const title = useId();
  const box = useRef<HTMLDivElement>(null);
  const [items, setItems] = useState<readonly Notification[] | null>(null);
  const [isLost, setLost] = useState(false);

  useEffect(() => {
    const control = new AbortController();
    send<NotificationPage>(`/api${href}?only=unread&limit=${shownAtMost}`, { signal: control.signal })
      .then((page) => setItems(page.items))
      .catch(() => {
        if (!control.signal.aborted) setLost(true);
      });
    return () => control.abort();
  }, [href]);
  useEffect(() => {
    if (!box.current || !opener.current) return;
    placeBeside(box.current, opener.current);
    box.current.focus();
  }, [opener]);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      const target = event.target as Node;
      // A press on the bell itself is the bell's own.
      if (!box.current?.contains(target) && !opener.current?.contains(target)) onClose();
    };
    document.addEventListener("pointerdown", away);
    window.addEventListener("resize", onClose);
    return () => {
      document.removeEventListener("pointerdown", away);
      window.removeEventListener("resize", onClose);
    };
  }, [onClose, opener]);

  function leave() {
    onClose();
    opener.current?.focus();
  }
  function onKey(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === "Escape") {
      event.stopPropagation();
      return leave();
    }
    if (event.key !== "Tab") return;
    // It hangs at the end of the page: past either edge the way leads back to the bell, not to the end of everything.
    const stops = box.current?.querySelectorAll<HTMLElement>("a[href], button");
    const edge = event.shiftKey ? stops?.[0] : stops?.[stops.length - 1];
    if (document.activeElement !== edge && document.activeElement !== box.current) return;
    if (document.activeElement === box.current && !event.shiftKey) return;
    event.preventDefault();
    leave();
  }
  async function mark(path: string, body: unknown, ids: ReadonlySet<string>, left: number) {
    const before = items;
    setItems(before?.map((one) => (ids.has(one.id) ? { ...one, isRead: true } : one)) ?? null);
    box.current?.focus();
    onUnread(left);
    try {
      await send(`/api${href}${path}`, { method: "POST", body });
      router.refresh();
    } catch (cause) {
      setItems(before);
      onUnread(unread);
      const isViewing = cause instanceof RequestError && cause.code === "viewing";
      toast({ message: isViewing ? words("viewing") : t("failed"), tone: "bad" });
    }
  }
  const markOne = ({ id }: Notification) =>
    mark(`/${id}/read`, undefined, new Set([id]), Math.max(0, unread - 1));
  const waiting = items?.filter(({ isRead }) => !isRead) ?? [];
  const newest = items?.[0];
  return createPortal(
    <div
      ref={box}
      className="popover bellbox"
      role="dialog"
      aria-labelledby={title}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <div className="row">
        <h2 className="h3" id={title}>
          {t("title")}
        </h2>
        {newest && waiting.length > 0 && (
          <button
            type="button"
            className="btn quiet small end"
            onClick={() =>
              void mark("/read-all", { until: newest.createdAt }, new Set(items.map(({ id }) => id)), 0)
            }
          >
            {t("markAll")}
          </button>
        )}
      </div>
      <div aria-live="polite">
        {isLost && <p className="soft">{t("lost")}</p>}
        {!items && !isLost && <p className="muted">{t("loading")}</p>}
        {items?.length === 0 && <p className="soft">{t("none")}</p>}
      </div>
      {items && items.length > 0 && (
        <ul className="list">
          {items.map((item) => (
            <Row
              key={item.id}
              item={item}
              onOpen={() => {
                onClose();
                if (!item.isRead) void markOne(item);
              }}
              onMark={() => void markOne(item)}
            />
          ))}
        </ul>
      )}
      <Link href={href} className="act all" onClick={onClose} prefetch={false}>
        {t("all")}
      </Link>
    </div>,
    document.body,
  );
}

function Row({ item, onOpen, onMark }: { item: Notification; onOpen: () => void; onMark: () => void }) {
  const t = useTranslations("ui.bell");
  const format = useFormatter();
  const { title, body, isRead } = item;
  return (
    <li className="row">
      <Link href={item.href} className="linkrow plain grow" prefetch={false} onClick={onOpen}>
        <span className="grow">
          <span className={isRead ? "block" : "h3 block"}>{title}</span>
          {body && <span className="sm soft block">{body}</span>}
          <time className="sm muted" dateTime={item.createdAt}>
            {format.dateTime(parseTimestamp(item.createdAt), {
              month: "short",
              day: "numeric",
              hour: "numeric",
              minute: "2-digit",
            })}
          </time>
        </span>
      </Link>
      {!isRead && (
        <button
          type="button"
          className="iconbtn"
          aria-label={t("markOne", { title })}
          title={t("markRead")}
          onClick={onMark}
        >
          <Glyph path={check} />
        </button>
      )}
    </li>
  );
}
