import { z } from "zod";

import { requireViewer, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, toPage } from "@/lib/kernel/paging";

import type { Notification, NotificationListQuery, NotificationPage } from "./contract";
import type { NotificationType } from "./define-notification";
import { wordsFor } from "./words";

interface Row {
  id: string;
  type: string;
  data: unknown;
  read_at: string | null;
  created_at: string;
}

const cursorSchema = z.object({ at: cursorInstant, id: z.uuid() });

/** The viewer's own notifications, newest first, in their words and zone. */
export async function listNotifications(
  scope: TenantScope,
  types: ReadonlyMap<string, NotificationType>,
  query: NotificationListQuery,
): Promise<NotificationPage> {
  const viewer = requireViewer(scope);
  const direction = query.direction ?? "next";
  const isForward = direction === "next";
  let request = scope
    .table("core_notifications")
    .select("id, type, data, read_at, created_at")
    .eq("person_id", viewer.personId)
    .order("created_at", { ascending: !isForward })
    .order("id", { ascending: !isForward })
    .limit(query.limit + 1);
  if (query.only === "unread") request = request.is("read_at", null);
  if (query.cursor) {
    const { at, id } = decodeCursor(query.cursor, cursorSchema);
    const side = isForward ? "lt" : "gt";
    request = request.or(`created_at.${side}."${at}",and(created_at.eq."${at}",id.${side}.${id})`);
  }
  const rows = unwrap(await request) as unknown as Row[];
  const page = toPage(
    rows,
    { limit: query.limit, direction, hasCursor: query.cursor !== undefined },
    (row) => ({
      at: row.created_at,
      id: row.id,
    }),
  );

  // A type that was taken out of the house leaves rows nobody can word any more: they are passed over.
  const items = page.items.flatMap((row): Notification[] => {
    const type = types.get(row.type);
    if (!type?.hasInApp) return [];
    const words = wordsFor(type.id, viewer, { name: scope.client.name, slug: scope.client.slug });
    return [
      {
        id: row.id,
        type: row.type,
        ...type.inApp(row.data, words),
        href: `/${scope.client.slug}${type.link(row.data)}`,
        createdAt: row.created_at,
        isRead: row.read_at !== null,
      },
    ];
  });
  return { ...page, items };
}
