import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { MarkAllRead, NotificationList } from "@/components/core/notifications/notification-list";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { bell } from "@/components/ui/icon-paths";
import { MemberTitle } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { listNotifications } from "@/lib/core/notifications/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";
import { notificationTypes } from "@/lib/registry/notifications";

const pageSize = 30;

export async function generateMetadata() {
  return { title: (await getTranslations("notifications"))("title") };
}

export default page(
  {
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(400).optional(), before: z.string().max(400).optional() }),
  },
  async ({ scope, query, context }) => {
    const [t, format] = await Promise.all([getTranslations("notifications"), getFormatter()]);
    const base = `/${scope.client.slug}/notifications`;
    const settings = `/${scope.client.slug}/settings/notifications`;
    const list = await listNotifications(scope, notificationTypes, {
      cursor: query.before ?? query.after,
      direction: query.before ? "previous" : "next",
      limit: pageSize,
    });
    const newest = list.items[0];
    const items = list.items.map((item) => ({
      ...item,
      when: format.dateTime(parseTimestamp(item.createdAt), {
        weekday: "short",
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
      }),
    }));
    return (
      <ClientMessages rooms={["ui", "notifications"]}>
        <MemberTitle title={t("title")} text={t("unreadCount", { count: context.unread })} />
        {newest ? (
          <>
            {context.unread > 0 && (
              <div className="pad pb-2">
                <MarkAllRead slug={scope.client.slug} until={newest.createdAt} />
              </div>
            )}
            <div className="pad">
              <NotificationList slug={scope.client.slug} items={items} />
            </div>
            {(list.previous ?? list.next) && (
              <nav className="pad row between pt-3" aria-label={t("pages")}>
                {list.previous ? (
                  <LinkButton href={`${base}?before=${encodeURIComponent(list.previous)}`}>
                    {t("newer")}
                  </LinkButton>
                ) : (
                  <span />
                )}
                {list.next && (
                  <LinkButton href={`${base}?after=${encodeURIComponent(list.next)}`}>
                    {t("older")}
                  </LinkButton>
                )}
              </nav>
            )}
            <p className="pad pt-4">
              <Link href={settings}>{t("settingsLink")}</Link>
            </p>
          </>
        ) : (
          <EmptyState
            title={t("emptyTitle")}
            path={bell}
            actions={<LinkButton href={settings}>{t("settingsLink")}</LinkButton>}
          >
            {t("empty")}
          </EmptyState>
        )}
      </ClientMessages>
    );
  },
);
