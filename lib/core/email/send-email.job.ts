import { z } from "zod";

import { defineJob } from "@/lib/core/jobs/server";
import { sql, withClientSql } from "@/lib/db/direct";
import { env } from "@/lib/kernel/env";

import { openBody, type MailBody } from "./mail-body";
import { sendMail, type SendOutcome } from "./resend";
import { senderOf } from "./sender";

interface Row {
  type: string;
  to_address: string;
  subject: string;
  sends: number;
  envelope: string | null;
  business: string;
  is_suppressed: boolean;
}

/**
 * Send one queued mail. Nothing is held open while the provider answers; if the process dies after the
 * provider took the mail, the retry carries the same key and the provider answers with the first one.
 */
export const sendEmailJob = defineJob({
  id: "email.send",
  schema: z.object({ clientId: z.uuid(), emailId: z.uuid() }),
  async run({ clientId, emailId }, { log, isLastAttempt }) {
    const row = await take(clientId, emailId);
    if (!row) return;
    if (row.is_suppressed) {
      await settle(clientId, emailId, { kind: "refused", code: "suppressed" });
      return;
    }
    if (row.envelope === null) {
      await settle(clientId, emailId, { kind: "refused", code: "body_forgotten" });
      return;
    }

    const body = readBody(clientId, emailId, row.envelope);
    if (!body) {
      // A key that was taken out of the ring: trying again now cannot help, sending again later can.
      log.error({ emailId }, "the text of a mail could not be decrypted");
      await settle(clientId, emailId, { kind: "refused", code: "body_unreadable" });
      return;
    }
    const outcome = await sendMail({
      from: senderOf(row.business, env.mailFrom),
      to: row.to_address,
      subject: row.subject,
      html: body.html,
      text: body.text,
      headers: body.unsubscribeUrl
        ? {
            "List-Unsubscribe": `<${body.unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }
        : {},
      tags: [
        { name: "client", value: clientId },
        { name: "email", value: emailId },
      ],
      idempotencyKey: row.sends === 1 ? `${row.type}/${emailId}` : `${row.type}/${emailId}.${row.sends}`,
    });

    if (outcome.kind === "unavailable" && !isLastAttempt) {
      throw new Error(`the mail provider is not available (${outcome.code})`);
    }
    await settle(clientId, emailId, outcome);
    // The log of mails shows it and staff can send it again, so the job itself need not be kept as dead.
    if (outcome.kind !== "sent") log.error({ emailId, code: outcome.code }, "mail could not be sent");
  },
});

function readBody(clientId: string, emailId: string, envelope: string): MailBody | null {
  try {
    return openBody(clientId, emailId, envelope);
  } catch {
    return null;
  }
}

async function take(clientId: string, emailId: string): Promise<Row | null> {
  const result = await sql().query<Row>(
    `update public.core_emails e set attempts = e.attempts + 1
     from public.clients c
     where e.client_id = $1 and e.id = $2 and e.state = 'queued' and c.id = e.client_id
     returning e.type, e.to_address, e.subject, e.sends, c.name as business,
       (select b.envelope from private.email_bodies b where b.email_id = e.id) as envelope,
       private.email_is_suppressed(e.client_id, e.to_address) as is_suppressed`,
    [clientId, emailId],
  );
  return result.rows[0] ?? null;
}

/** Compare-and-set: a webhook may have moved the mail on already. */
async function settle(clientId: string, emailId: string, outcome: SendOutcome): Promise<void> {
  await withClientSql(
    clientId,
    async (db) => {
      if (outcome.kind === "sent") {
        await db.query(
          `update public.core_emails set state = 'sent', sent_at = now(), provider_id = $3, error_code = null
           where client_id = $1 and id = $2 and state = 'queued'`,
          [clientId, emailId, outcome.providerId],
        );
      } else {
        await db.query(
          `update public.core_emails set state = 'failed', settled_at = now(), error_code = $3
           where client_id = $1 and id = $2 and state = 'queued'`,
          [clientId, emailId, outcome.code.slice(0, 80)],
        );
      }
    },
    { actor: "job:email.send" },
  );
}
