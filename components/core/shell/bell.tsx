import Link from "next/link";
import { useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/glyph";
import { bell } from "@/components/ui/icon-paths";

export function Bell({
  href,
  unread,
  className = "iconbtn",
}: {
  href: string;
  unread: number;
  className?: string;
}) {
  const t = useTranslations("ui");
  return (
    <Link
      className={className}
      href={href}
      aria-label={unread > 0 ? t("notificationsNew", { count: unread }) : t("notifications")}
      prefetch={false}
    >
      <Glyph path={bell} />
      {unread > 0 && (
        <span className="count" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  );
}
