import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { InviteDialog } from "@/components/core/people/invite-dialog";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { withQuery } from "@/components/ui/query";
import { SearchField } from "@/components/ui/search-field";
import { EmptyState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tabs";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { roleIds } from "@/lib/core/people/contract";
import { grantableRoles, listPeople } from "@/lib/core/people/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { parseTimestamp } from "@/lib/kernel/time";

const pageSize = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("people"))("title") };
}

export default page(
  {
    access: { permission: "people.people.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      q: z.string().trim().max(100).optional(),
      role: z.enum(roleIds).optional(),
      state: z.enum(["active", "deactivated"]).optional(),
      who: z.enum(["team", "everyone"]).default("team"),
      after: z.string().max(1000).optional(),
      before: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, nav, format] = await Promise.all([
      getTranslations("people"),
      getTranslations("nav"),
      getFormatter(),
    ]);
    // Files bring thousands of people without a login; the ones an owner comes for are those she works with.
    const isTeam = query.who === "team" && !query.q && !query.role;
    const people = await listPeople(scope, {
      q: query.q,
      role: query.role,
      state: query.state,
      team: isTeam,
      cursor: query.after ?? query.before,
      direction: query.before ? "previous" : "next",
      limit: pageSize,
    });
    const base = `/${scope.client.slug}/admin/people`;
    const isFiltered = Boolean(query.q || query.role || query.state);
    const roleName = (role: string) => t(`roles.${role as (typeof roleIds)[number]}`);
    const roles = grantableRoles(scope).map((value) => ({ value, label: roleName(value) }));
    const until = format.dateTime(new Date(clock.now().getTime() + 7 * 86_400_000), { dateStyle: "medium" });
    const exportHref = withQuery(
      `/api/${scope.client.slug}/people/export`,
      {},
      {
        q: query.q ?? null,
        role: query.role ?? null,
        state: query.state ?? null,
        team: isTeam ? "true" : null,
      },
    );
    return (
      <ClientMessages rooms={["ui", "people"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("business") }]}
          actions={
            <>
              <LinkButton href={exportHref} external size="small" download>
                {t("exportCsv")}
              </LinkButton>
              {scope.can("people.invitations.write") && (
                <InviteDialog
                  slug={scope.client.slug}
                  roles={roles}
                  trigger={t("invite")}
                  until={until}
                  primary
                />
              )}
            </>
          }
        />
        <Work>
          <Toolbar label={t("title")}>
            <SearchField placeholder={t("search")} label={t("search")} />
            <TabLinks
              label={t("title")}
              look="segments"
              tabs={(["team", "everyone"] as const).map((id) => ({
                label: t(`who.${id}`),
                href: withQuery(base, {}, { who: id === "team" ? null : id }),
                current: isTeam === (id === "team"),
              }))}
            />
            <FilterChips
              pathname={base}
              query={query}
              or=""
              filters={[
                {
                  key: "role",
                  label: t("filterRole", { role: "" }).trim(),
                  options: roleIds.map((value) => ({ value, label: roleName(value) })),
                },
                {
                  key: "state",
                  label: t("filterState", { state: "" }).trim(),
                  options: (["active", "deactivated"] as const).map((value) => ({
                    value,
                    label: t(`states.${value}`),
                  })),
                },
              ]}
            />
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={t("caption", { business: scope.client.name })}
            rows={people.items}
            rowKey={(person) => person.id}
            rowName={(person) => person.displayName}
            rowHref={(person) => `${base}/${person.id}`}
            empty={
              isFiltered ? (
                <EmptyState
                  title={t("noMatchTitle")}
                  actions={
                    <LinkButton href={base} size="small">
                      {t("clearFilters")}
                    </LinkButton>
                  }
                >
                  {t("noMatchText")}
                </EmptyState>
              ) : (
                <EmptyState title={t("emptyTitle")}>{t("emptyText")}</EmptyState>
              )
            }
            columns={[
              {
                id: "name",
                header: t("columns.name"),
                primary: true,
                cell: (person) => (
                  <>
                    {person.displayName} {person.email && <span className="muted">{person.email}</span>}
                  </>
                ),
              },
              {
                id: "roles",
                header: t("columns.roles"),
                cell: (person) => person.roles.map((held) => roleName(held.role)).join(", "),
              },
              {
                id: "login",
                header: t("columns.login"),
                phone: "value",
                cell: (person) =>
                  person.state === "deactivated" ? (
                    <Badge>{t("states.deactivated")}</Badge>
                  ) : person.hasLogin ? (
                    t("hasLogin")
                  ) : person.invitation ? (
                    <Badge tone={person.invitation.isExpired ? "warn" : "info"}>
                      {person.invitation.isExpired
                        ? t("inviteExpired")
                        : t("invited", { role: roleName(person.invitation.role) })}
                    </Badge>
                  ) : (
                    <span className="muted">{t("noLogin")}</span>
                  ),
              },
              {
                id: "since",
                header: t("columns.since"),
                phone: "hide",
                cell: (person) => format.dateTime(parseTimestamp(person.createdAt), { dateStyle: "medium" }),
              },
            ]}
          />
          <Pager
            summary={`${t("order")} ${t("range", { count: people.items.length })}`}
            next={people.next}
            previous={people.previous}
            size={pageSize}
            pathname={base}
            query={query}
          />
        </Work>
      </ClientMessages>
    );
  },
);
