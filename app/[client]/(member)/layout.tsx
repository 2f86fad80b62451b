import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { businessSwitcher } from "@/app/[client]/switcher";
import { BlockedNotice } from "@/components/core/email/blocked-notice";
import { ViewBanner } from "@/components/core/people/view-banner";
import { MemberShell } from "@/components/core/shell";
import { ClientMessages } from "@/components/ui/client-messages";
import { readShell } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { memberNavigation } from "@/lib/registry/navigation";

export default async function MemberLayout({
  params,
  children,
}: {
  params: Promise<{ client: string }>;
  children: ReactNode;
}) {
  const slug = slugSchema.safeParse((await params).client);
  const context = await readShell(slug.success ? slug.data : null);
  const { scope, viewer } = context;
  // Nobody to draw a frame for: the page below answers with sign-in, not found or no permission.
  if (!scope || !viewer || viewer.personId === null) return children;
  const [nav, format] = await Promise.all([getTranslations("nav"), getFormatter()]);
  const home = `/${scope.client.slug}`;
  return (
    <MemberShell
      business={{ name: scope.client.name, logoUrl: scope.client.logoUrl }}
      homeHref={`${home}/home`}
      tabs={memberNavigation(scope).map(({ path, label, icon }) => ({
        href: home + path,
        label: nav(label),
        icon,
      }))}
      account={{ name: viewer.name, href: `${home}/settings` }}
      notifications={{
        href: `${home}/notifications`,
        unread: context.unread,
        at: clock.now().getTime(),
        isPlain: context.view !== null,
      }}
      switcher={await businessSwitcher(context)}
      notice={
        context.view ? (
          <ClientMessages rooms={["ui", "people"]}>
            <ViewBanner
              slug={scope.client.slug}
              name={context.view.name}
              until={format.dateTime(new Date(context.view.expiresAt), { timeStyle: "short" })}
            />
          </ClientMessages>
        ) : (
          context.mailBlocked && (
            <BlockedNotice
              slug={scope.client.slug}
              business={scope.client.name}
              email={viewer.email}
              reason={context.mailBlocked}
            />
          )
        )
      }
      drawnAt={format.dateTime(clock.now(), { dateStyle: "medium", timeStyle: "short" })}
    >
      {children}
    </MemberShell>
  );
}
