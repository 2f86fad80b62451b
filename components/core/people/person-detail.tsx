import { useFormatter, useNow, useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import { KeyValue, List } from "@/components/ui/layout-parts";
import { Badge, type Tone } from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import type { Person, roleIds } from "@/lib/core/people/contract";
import { InviteDialog } from "./invite-dialog";
import { PersonForm } from "./person-form";
import { RoleForm } from "./role-form";

interface PersonDetailProps {
  person: Person;
  business: { slug: string; name: string };
  may: { edit: boolean; roles: boolean; invite: boolean; audit: boolean };
  grantable: string[];
}

const invitationTones: Record<string, Tone> = {
  pending: "info",
  accepted: "ok",
  revoked: "plain",
  expired: "warn",
};

export function PersonDetail({ person, business, may, grantable }: PersonDetailProps) {
  const t = useTranslations("people");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const now = useNow();
  const date = (text: string) => format.dateTime(new Date(text), { dateStyle: "medium" });
  const roleName = (role: string) => t(`roles.${role as (typeof roleIds)[number]}`);
  const roles = grantable.map((value) => ({ value, label: roleName(value) }));
  const api = `/api/${business.slug}/people/${person.id}`;
  const until = format.dateTime(new Date(now.getTime() + 7 * 86_400_000), { dateStyle: "medium" });
  const canInvite = may.invite && !person.hasLogin && person.state === "active";

  return (
    <div className="pad stack gap-6 py-5 max-w-3xl">
      {person.state === "deactivated" && (
        <Notice tone="warn" title={t("deactivatedNotice", { business: business.name })} />
      )}
      {person.isSelf && <Notice tone="info" title={t("selfNotice")} />}

      <section className="stack gap-3" aria-labelledby="details">
        <h2 className="h2" id="details">
          {t("details")}
        </h2>
        <KeyValue
          items={[
            { name: t("email"), value: person.email ?? t("never") },
            { name: t("claimed"), value: person.claimedAt ? date(person.claimedAt) : t("never") },
          ]}
        />
        {may.edit && <PersonForm slug={business.slug} person={person} />}
      </section>

      <section className="stack gap-3" aria-labelledby="roles">
        <h2 className="h2" id="roles">
          {t("rolesTitle")}
        </h2>
        {person.roles.length === 0 && <p className="soft">{t("rolesNone")}</p>}
        <List>
          {person.roles.map((held) => (
            <li className="linkrow" key={held.role}>
              <span className="grow">
                <span className="h3 block">{roleName(held.role)}</span>
                <span className="sm muted block">
                  {held.validUntil
                    ? t("roleUntil", { date: date(held.validUntil) })
                    : t("roleSince", { date: date(held.since) })}
                </span>
              </span>
              {may.roles && (
                <ActionButton
                  label={t("roleTake", { role: roleName(held.role) })}
                  path={`${api}/roles/${held.role}`}
                  method="DELETE"
                  done={t("roleTaken", { role: roleName(held.role) })}
                  variant="danger-quiet"
                  size="small"
                  confirm={{
                    title: t("roleTakeTitle", { role: roleName(held.role) }),
                    text: t("roleTakeText", { name: person.displayName }),
                    keep: t("keep"),
                  }}
                />
              )}
            </li>
          ))}
        </List>
        {may.roles && person.state === "active" && (
          <RoleForm slug={business.slug} personId={person.id} roles={roles} />
        )}
      </section>

      <section className="stack gap-3" aria-labelledby="invitations">
        <h2 className="h2" id="invitations">
          {t("invitationsTitle")}
        </h2>
        {person.invitations.length === 0 && <p className="soft">{t("invitationsNone")}</p>}
        <List>
          {person.invitations.map((invitation) => (
            <li className="linkrow" key={invitation.id}>
              <span className="grow">
                <span className="h3 block">{roleName(invitation.role)}</span>
                <span className="sm muted block">
                  {invitation.email ? `${invitation.email} · ` : ""}
                  {t("invitationUntil", { date: date(invitation.expiresAt) })}
                </span>
              </span>
              <Badge tone={invitationTones[invitation.state]}>
                {t(`invitationStates.${invitation.state}`)}
              </Badge>
              {may.invite && (invitation.state === "pending" || invitation.state === "expired") && (
                <>
                  {invitation.email && (
                    <ActionButton
                      label={t("resend")}
                      path={`/api/${business.slug}/people/invitations/${invitation.id}/resend`}
                      done={t("resent")}
                      size="small"
                    />
                  )}
                  <ActionButton
                    label={t("revoke")}
                    path={`/api/${business.slug}/people/invitations/${invitation.id}/revoke`}
                    done={t("revoked")}
                    size="small"
                    variant="danger-quiet"
                  />
                </>
              )}
            </li>
          ))}
        </List>
        {canInvite && (
          <div>
            <InviteDialog
              slug={business.slug}
              roles={roles}
              person={{ id: person.id, name: person.displayName, email: person.email }}
              trigger={t("invite")}
              until={until}
            />
          </div>
        )}
      </section>

      <section className="row" aria-label={ui("table.actions")}>
        {may.audit && (
          <LinkButton href={`/${business.slug}/admin/audit?person=${person.id}`} size="small">
            {t("historyLink")}
          </LinkButton>
        )}
        {may.edit && !person.isSelf && person.state === "active" && (
          <ActionButton
            label={t("deactivate")}
            path={`${api}/state`}
            body={{ state: "deactivated" }}
            done={t("deactivated", { name: person.displayName })}
            undo={{
              label: t("reactivate"),
              path: `${api}/state`,
              body: { state: "active" },
              done: t("reactivated", { name: person.displayName }),
            }}
            variant="danger-quiet"
            size="small"
            confirm={{
              title: t("deactivateTitle", { name: person.displayName }),
              text: t("deactivateText", { business: business.name }),
              keep: t("keep"),
            }}
          />
        )}
        {may.edit && person.state === "deactivated" && (
          <ActionButton
            label={t("reactivate")}
            path={`${api}/state`}
            body={{ state: "active" }}
            done={t("reactivated", { name: person.displayName })}
            size="small"
          />
        )}
      </section>
    </div>
  );
}
