import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmailViews } from "@/components/core/email/email-views";
import { LinkButton } from "@/components/ui/button";
import { ActionButton } from "@/components/ui/action-button";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { EmptyState } from "@/components/ui/states";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { emailStates, type Email } from "@/lib/core/email/contract";
import { listEmails } from "@/lib/core/email/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { parseTimestamp } from "@/lib/kernel/time";

const tones = { queued: "plain", sent: "plain", delivered: "ok", bounced: "bad", failed: "bad" } as const;
const knownErrors = [
  "suppressed",
  "body_forgotten",
  "body_unreadable",
  "bounced_for_good",
  "bounced_for_now",
  "provider_failed",
] as const;

export async function generateMetadata() {
  return { title: (await getTranslations("email"))("log.title") };
}

export default page(
  {
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      state: z.enum(emailStates).optional(),
      after: z.string().max(400).optional(),
      before: z.string().max(400).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, format] = await Promise.all([
      getTranslations("email.log"),
      getTranslations("nav"),
      getFormatter(),
    ]);
    const base = `/${scope.client.slug}/admin/emails`;
    const list = await listEmails(scope, {
      state: query.state,
      cursor: query.before ?? query.after,
      direction: query.before ? "previous" : "next",
    });
    const reason = (code: string) => {
      const known = knownErrors.find((one) => one === code);
      return known ? t(`errors.${known}`) : t("errors.other", { code });
    };
    return (
      <>
        <PageHeader title={t("title")} crumbs={[{ label: nav("business") }]} />
        <Work>
          <EmailViews base={base} current="log" />
          <Toolbar label={t("title")}>
            <FilterChips
              pathname={base}
              query={query}
              or=""
              filters={[
                {
                  key: "state",
                  label: t("filterLabel"),
                  options: emailStates.map((value) => ({ value, label: t(`states.${value}`) })),
                },
              ]}
            />
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={t("lead")}
            rows={list.items}
            rowKey={(email) => email.id}
            rowName={(email) => `${email.subject}, ${email.to}`}
            roomy
            empty={
              query.state ? (
                <EmptyState
                  title={t("emptyFilteredTitle")}
                  actions={
                    <LinkButton href={base} size="small">
                      {t("all")}
                    </LinkButton>
                  }
                >
                  {t("emptyFiltered")}
                </EmptyState>
              ) : (
                <EmptyState title={t("emptyTitle")}>{t("empty")}</EmptyState>
              )
            }
            columns={[
              {
                id: "subject",
                header: t("columns.subject"),
                primary: true,
                cell: (email: Email) => email.subject,
              },
              { id: "to", header: t("columns.to"), cell: (email: Email) => email.to },
              {
                id: "state",
                header: t("columns.state"),
                phone: "value",
                cell: (email: Email) => (
                  <>
                    <Badge tone={tones[email.state]}>{t(`states.${email.state}`)}</Badge>
                    {email.hasComplaint && <Badge tone="warn">{t("complaint")}</Badge>}
                    {email.errorCode && <span className="sm muted block">{reason(email.errorCode)}</span>}
                  </>
                ),
              },
              {
                id: "createdAt",
                header: t("columns.createdAt"),
                cell: (email: Email) =>
                  format.dateTime(parseTimestamp(email.createdAt), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  }),
              },
              {
                id: "attempts",
                header: t("columns.attempts"),
                numeric: true,
                phone: "labelled",
                cell: (email: Email) => email.attempts,
              },
              {
                id: "action",
                header: t("columns.action"),
                cell: (email: Email) =>
                  email.state === "failed" ? (
                    <ActionButton
                      size="small"
                      label={t("send")}
                      spoken={t("sendLabel", { to: email.to })}
                      path={`/api/${scope.client.slug}/email/${email.id}/resend`}
                      done={t("queuedAgain")}
                    />
                  ) : null,
              },
            ]}
          />
          <Pager
            summary={t("count", { count: list.items.length })}
            next={list.next}
            previous={list.previous}
            size={50}
            pathname={base}
            query={query}
          />
        </Work>
      </>
    );
  },
);
