import type { ClientBase } from "pg";
import { createTranslator } from "next-intl";

import { newId } from "@/lib/kernel/ids";
import email from "@/messages/en/email.json";

import type { MailContent } from "./contract";
import { mailAccent } from "./mail-accent";
import { sealBody } from "./mail-body";
import { renderMail } from "./render-mail";

export interface QueueEmail {
  client: { id: string; name: string; brandColor: string };
  personId: string | null;
  to: string;
  locale: string;
  type: string;
  /** One mail a key and business, however often this is called. */
  dedupeKey: string;
  content: MailContent;
  /** Mails that are not essential carry a way out. */
  unsubscribeUrl: string | null;
}

/**
 * Write a mail into the log and queue it, in the caller's transaction. It is rendered here and sent as it
 * stands: a retry sends the same bytes, as the provider's idempotency key demands.
 */
export async function queueEmail(db: ClientBase, mail: QueueEmail): Promise<boolean> {
  const t = createTranslator({ locale: mail.locale, messages: { email }, namespace: "email.frame" });
  const id = newId();
  const body = await renderMail(mail.content, {
    businessName: mail.client.name,
    locale: mail.locale,
    accent: mailAccent(mail.client.brandColor),
    footer: t("footer", { business: mail.client.name }),
    unsubscribe: mail.unsubscribeUrl ? { label: t("unsubscribe"), url: mail.unsubscribeUrl } : null,
  });
  const result = await db.query<{ is_new: boolean }>(
    "select private.queue_email($1, $2, $3, $4, $5, $6, $7, $8, $9) as is_new",
    [
      mail.client.id,
      id,
      mail.personId,
      mail.type,
      mail.dedupeKey,
      mail.to,
      oneLine(mail.content.subject),
      mail.unsubscribeUrl === null,
      sealBody(mail.client.id, id, { ...body, unsubscribeUrl: mail.unsubscribeUrl }),
    ],
  );
  return result.rows[0]?.is_new ?? false;
}

/** A subject is a header: no line breaks, and not longer than the column. */
function oneLine(subject: string): string {
  return subject.replace(/\s+/g, " ").trim().slice(0, 300);
}
