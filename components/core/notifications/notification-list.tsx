"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { check } from "@/components/ui/icon-paths";
import { Badge } from "@/components/ui/marks";
import { send } from "@/components/ui/request";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { Notification } from "@/lib/core/notifications/contract";

interface ListedNotification extends Notification {
  when: string;
}

/** Reading is marked at once and told to the server beside it: a failure brings the mark back. */
export function NotificationList({ slug, items }: { slug: string; items: readonly ListedNotification[] }) {
  const t = useTranslations("notifications");
  const router = useRouter();
  const toast = useToast();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());

  async function markRead(id: string, isLeaving: boolean) {
    setRead((before) => new Set(before).add(id));
    try {
      await send(`/api/${slug}/notifications/${id}/read`, { method: "POST" });
      // The bell counts in the layout; a page that is being left is drawn anew anyway.
      if (!isLeaving) router.refresh();
    } catch {
      setRead((before) => new Set([...before].filter((one) => one !== id)));
      if (!isLeaving) toast({ message: t("failed"), tone: "bad" });
    }
  }

  return (
    <ul className="list">
      {items.map((item) => {
        const isRead = item.isRead || read.has(item.id);
        return (
          <li key={item.id} className="row gap-2">
            <Link
              href={item.href}
              className="linkrow plain grow"
              prefetch={false}
              onClick={() => {
                if (!isRead) void markRead(item.id, true);
              }}
            >
              <span className="grow">
                <span className={isRead ? "block" : "h3 block"}>{item.title}</span>
                {item.body && <span className="sm soft block">{item.body}</span>}
                <span className="sm muted row gap-2">
                  {!isRead && <Badge tone="accent">{t("unread")}</Badge>}
                  <time dateTime={item.createdAt}>{item.when}</time>
                </span>
              </span>
            </Link>
            {!isRead && (
              <button
                type="button"
                className="iconbtn"
                aria-label={t("markReadLabel", { title: item.title })}
                title={t("markRead")}
                onClick={() => void markRead(item.id, false)}
              >
                <Glyph path={check} />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function MarkAllRead({ slug, until }: { slug: string; until: string }) {
  const t = useTranslations("notifications");
  const router = useRouter();
  const toast = useToast();
  const { send: post, sending } = useSend();
  return (
    <Button
      busy={sending}
      onClick={() => {
        void post(`/api/${slug}/notifications/read-all`, { until }).then((done) => {
          if (done) router.refresh();
          else toast({ message: t("failed"), tone: "bad" });
        });
      }}
    >
      {t("markAll")}
    </Button>
  );
}
