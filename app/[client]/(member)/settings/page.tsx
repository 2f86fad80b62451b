import { cookies } from "next/headers";
import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmailForm } from "@/components/core/auth/email-form";
import { PasswordForm } from "@/components/core/auth/password-form";
import { ProfileForm } from "@/components/core/auth/profile-form";
import { SessionList } from "@/components/core/auth/session-list";
import { SignOutButton } from "@/components/core/auth/sign-out-button";
import { ClientMessages } from "@/components/ui/client-messages";
import { List, ListRow, Section } from "@/components/ui/layout-parts";
import { MemberTitle } from "@/components/ui/page-header";
import { themeFrom } from "@/components/ui/theme";
import { ThemeSwitch } from "@/components/ui/theme-switch";
import { describeDevice } from "@/lib/core/auth/contract";
import { listSessions } from "@/lib/core/auth/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { unauthenticated } from "@/lib/kernel/errors";

const regions = ["en-US", "en-GB", "en-CA", "en-AU", "en-IE", "en-IN", "en-NZ", "en-ZA"] as const;

export async function generateMetadata() {
  return { title: (await getTranslations("auth.settings"))("title") };
}

export default page(
  { access: "signed-in", params: z.object({ client: slugSchema }) },
  async ({ scope, viewer, context }) => {
    if (!viewer || scope.accessToken === null) throw unauthenticated();
    const [t, names, format, store, sessions] = await Promise.all([
      getTranslations("auth.settings"),
      getTranslations("auth.regions"),
      getFormatter(),
      cookies(),
      listSessions(scope.accessToken),
    ]);
    const base = `/${scope.client.slug}`;
    const when = (moment: string) =>
      format.dateTime(new Date(moment), { dateStyle: "medium", timeStyle: "short" });
    const rows = sessions.map((session) => {
      const { browser, system } = describeDevice(session.userAgent);
      return {
        id: session.id,
        device:
          browser && system ? t("device", { browser, system }) : browser || system || t("unknownDevice"),
        detail: session.isCurrent
          ? `${t("thisDevice")} · ${t("started", { when: when(session.startedAt) })}`
          : [t("seen", { when: when(session.lastSeenAt) }), session.ipHint].filter(Boolean).join(" · "),
        isCurrent: session.isCurrent,
      };
    });
    const zones = [...new Set([viewer.timeZone, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
    const known: readonly string[] = regions;
    return (
      <ClientMessages rooms={["ui", "auth"]}>
        <MemberTitle title={t("title")} text={viewer.email} />
        <Section title={t("profile")} id="profile">
          <ProfileForm
            name={viewer.name}
            timeZone={viewer.timeZone}
            locale={known.includes(viewer.locale) ? viewer.locale : "en-US"}
            zones={zones}
            regions={regions.map((value) => ({ value, label: names(value) }))}
          />
        </Section>
        <Section title={t("look")} id="look">
          <ThemeSwitch current={themeFrom(store.get("theme")?.value)} />
        </Section>
        <Section title={t("more")} id="more">
          <List>
            <ListRow
              href={`${base}/settings/notifications`}
              title={t("notifications")}
              text={t("notificationsText")}
            />
            {context.businesses.length > 1 && <ListRow href="/businesses" title={t("businesses")} external />}
          </List>
        </Section>
        <Section title={t("email")} id="email">
          <EmailForm email={viewer.email} />
        </Section>
        <Section title={t("password")} id="password">
          <PasswordForm email={viewer.email} />
        </Section>
        <Section title={t("sessions")} id="sessions">
          <SessionList sessions={rows} />
        </Section>
        <Section title={t("leave")} id="leave">
          <div className="stack">
            <SignOutButton label={t("signOut")} />
            <SignOutButton label={t("signOutAll")} where="everywhere" variant="danger-quiet" />
          </div>
        </Section>
      </ClientMessages>
    );
  },
);
