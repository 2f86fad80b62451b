import "server-only";
import { createTranslator } from "next-intl";
import { z } from "zod";
import { queueEmail } from "@/lib/core/email/server";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";
import { decrypt } from "@/lib/kernel/crypto";
import { formatDate } from "@/lib/kernel/time";
import people from "@/messages/en/people.json";
import { invitationAad, invitationLink } from "./invitation-token";
import type { roleIds } from "./person.schema";

interface InvitationRow {
  state: string;
  email: string | null;
  role_id: string;
  person_id: string;
  expires_at: Date;
  sent_count: number;
  token_hash: string;
  token_envelope: string;
  client_name: string;
  brand_color: string;
  locale: string;
  time_zone: string;
  inviter: string | null;
}

/** Mails the newest link of an invitation. One that was accepted or taken back meanwhile is left alone. */
export const sendInvitationJob = defineJob({
  id: "people.send-invitation",
  schema: z.object({ clientId: z.uuid(), invitationId: z.uuid() }),
  run: ({ clientId, invitationId }) =>
    withClientSql(clientId, async (sql) => {
      const found = await sql.query<InvitationRow>(
        `select i.state, i.email, i.role_id, i.person_id, i.expires_at, i.sent_count, s.token_hash, s.token_envelope,
                c.name as client_name, c.brand_color, coalesce(p.locale, c.locale) as locale, c.time_zone,
                (select q.display_name from public.people q where q.client_id = i.client_id and q.user_id = i.invited_by) as inviter
           from public.invitations i
           join private.invitation_secrets s on s.invitation_id = i.id
           join public.people p on p.client_id = i.client_id and p.id = i.person_id
           join public.clients c on c.id = i.client_id
          where i.client_id = $1 and i.id = $2`,
        [clientId, invitationId],
      );
      const row = found.rows[0];
      if (!row || row.state !== "pending" || row.email === null) return;
      const t = createTranslator({ locale: row.locale, messages: { people }, namespace: "people" });
      const role = t(`roles.${row.role_id as (typeof roleIds)[number]}`);
      const until = formatDate(row.expires_at, {
        timeZone: row.time_zone,
        locale: row.locale,
        style: "long",
      });
      await queueEmail(sql, {
        client: { id: clientId, name: row.client_name, brandColor: row.brand_color },
        personId: row.person_id,
        to: row.email,
        locale: row.locale,
        type: "people.invited",
        dedupeKey: `invitation:${invitationId}:${row.sent_count}`,
        unsubscribeUrl: null,
        content: {
          subject: t("mail.subject", { business: row.client_name }),
          preview: t("mail.preview", { role }),
          title: t("invitation.title", { business: row.client_name }),
          paragraphs: [
            row.inviter
              ? t("mail.textFrom", { name: row.inviter, business: row.client_name, role })
              : t("mail.text", { business: row.client_name, role }),
          ],
          action: {
            label: t("invitation.accept", { business: row.client_name }),
            url: invitationLink(decrypt(row.token_envelope, invitationAad(clientId, row.token_hash))),
          },
          note: t("mail.note", { date: until }),
        },
      });
    }),
});
