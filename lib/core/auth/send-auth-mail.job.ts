import "server-only";
import { createTranslator } from "next-intl";
import { z } from "zod";
import { queueEmail } from "@/lib/core/email/server";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";
import { decrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { formatDateTime } from "@/lib/kernel/time";
import auth from "@/messages/en/auth.json";

interface MailRow {
  kind: "unlock" | "e-mail-changed";
  person_id: string;
  to_address: string;
  envelope: string | null;
  created_at: Date;
  client_name: string;
  brand_color: string;
  locale: string;
  time_zone: string;
}

/** Writes a mail about a login. A link that has run out by then is not sent any more. */
export const sendAuthMailJob = defineJob({
  id: "auth.send-mail",
  schema: z.object({ clientId: z.uuid(), mailId: z.uuid() }),
  run: ({ clientId, mailId }) =>
    withClientSql(clientId, async (sql) => {
      const found = await sql.query<MailRow>(
        `select m.kind, m.person_id, m.to_address, m.envelope, m.created_at, c.name as client_name, c.brand_color,
                coalesce(p.locale, c.locale) as locale, coalesce(p.time_zone, c.time_zone) as time_zone
           from private.auth_mails m
           join public.people p on p.client_id = m.client_id and p.id = m.person_id
           join public.clients c on c.id = m.client_id
          where m.client_id = $1 and m.id = $2
            and (m.kind <> 'unlock' or m.created_at > now() - interval '1 hour')`,
        [clientId, mailId],
      );
      const row = found.rows[0];
      if (!row) return;
      await queueEmail(sql, {
        client: { id: clientId, name: row.client_name, brandColor: row.brand_color },
        personId: row.person_id,
        to: row.to_address,
        locale: row.locale,
        type: `auth.${row.kind}`,
        dedupeKey: `auth-mail:${mailId}`,
        unsubscribeUrl: null,
        content: contentOf(row, clientId, mailId),
      });
      await sql.query("delete from private.auth_mails where client_id = $1 and id = $2", [clientId, mailId]);
    }),
});

function contentOf(row: MailRow, clientId: string, mailId: string) {
  const t = createTranslator({ locale: row.locale, messages: { auth }, namespace: "auth.mail" });
  const at = formatDateTime(row.created_at, { timeZone: row.time_zone, locale: row.locale });
  if (row.kind === "e-mail-changed") {
    return {
      subject: t("emailChanged.subject"),
      preview: t("emailChanged.preview"),
      title: t("emailChanged.title"),
      paragraphs: [t("emailChanged.text", { at, business: row.client_name }), t("notYou")],
    };
  }
  const place = { clientId, table: "auth_mails", column: "envelope", rowId: mailId };
  const token = decrypt(row.envelope ?? "", place);
  return {
    subject: t("unlock.subject"),
    preview: t("unlock.preview"),
    title: t("unlock.title"),
    paragraphs: [t("unlock.text", { business: row.client_name }), t("unlock.notYou")],
    // After the hash: it reaches no server log on the way.
    action: { label: t("unlock.action"), url: `${env.appUrl}/unlock#${token}` },
    note: t("unlock.note"),
  };
}
