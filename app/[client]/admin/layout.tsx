import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BlockedNotice } from "@/components/core/email/blocked-notice";
import { AdminShell } from "@/components/core/shell";
import { businessSwitcher } from "@/app/[client]/switcher";
import { readShell } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { adminNavigation } from "@/lib/registry/navigation";
import type { roleIds } from "@/lib/core/people/contract";

export default async function AdminLayout({
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
  const [nav, people] = await Promise.all([getTranslations("nav"), getTranslations("people")]);
  const home = `/${scope.client.slug}`;
  const entries = adminNavigation(scope);
  return (
    <AdminShell
      business={{ name: scope.client.name, logoUrl: scope.client.logoUrl }}
      homeHref={`${home}/admin`}
      navigation={entries.map(({ path, label, icon, section }) => ({
        href: home + path,
        label: nav(label),
        icon,
        ...(section ? { section: nav(section) } : {}),
      }))}
      account={{
        name: viewer.name,
        href: `${home}/settings`,
        ...(viewer.roles[0] ? { role: people(`roles.${viewer.roles[0] as (typeof roleIds)[number]}`) } : {}),
      }}
      notifications={{ href: `${home}/notifications`, unread: context.unread, at: clock.now().getTime() }}
      switcher={await businessSwitcher(context)}
      notice={
        context.mailBlocked && (
          <BlockedNotice
            slug={scope.client.slug}
            business={scope.client.name}
            email={viewer.email}
            reason={context.mailBlocked}
          />
        )
      }
    >
      {children}
    </AdminShell>
  );
}
