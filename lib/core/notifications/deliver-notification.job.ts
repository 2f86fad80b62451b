import type { PoolClient } from "pg";
import { z } from "zod";

import { queueEmail } from "@/lib/core/email/server";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";
import { env } from "@/lib/kernel/env";

import type { NotificationType } from "./define-notification";
import { unsubscribeToken, unsubscribeUrl } from "./unsubscribe-token";
import { wordsFor } from "./words";

interface Request {
  type: string;
  people: string[];
  permission: string | null;
  data: unknown;
  dedupe_key: string;
  name: string;
  slug: string;
  brand_color: string;
}

interface Recipient {
  id: string;
  email: string | null;
  has_login: boolean;
  locale: string;
  time_zone: string;
  in_app: boolean;
  by_email: boolean;
}

/**
 * Write one request out: a row and a mail to each person, by the type's rules and the person's choices, all
 * in one transaction. Rows and mails are unique by key, so a repeat adds nothing.
 */
export function deliverNotificationJob(types: ReadonlyMap<string, NotificationType>) {
  return defineJob({
    id: "notifications.deliver",
    schema: z.object({ clientId: z.uuid(), requestId: z.uuid() }),
    async run({ clientId, requestId }, { log }) {
      await withClientSql(
        clientId,
        async (db) => {
          const request = await takeRequest(db, clientId, requestId);
          if (!request) return;
          const type = types.get(request.type);
          if (!type) throw new Error(`No notification type is named "${request.type}".`);
          const recipients = await findRecipients(db, clientId, request);
          for (const recipient of recipients) await tell(db, clientId, request, type, recipient);
          await db.query("update private.notification_requests set delivered_at = now() where id = $1", [
            requestId,
          ]);
          log.info({ type: type.id, people: recipients.length }, "notification delivered");
        },
        { actor: "job:notifications.deliver" },
      );
    },
  });
}

async function takeRequest(db: PoolClient, clientId: string, requestId: string): Promise<Request | null> {
  const found = await db.query<Request>(
    `select r.type, r.people, r.permission, r.data, r.dedupe_key, c.name, c.slug, c.brand_color
     from private.notification_requests r
     join public.clients c on c.id = r.client_id
     where r.client_id = $1 and r.id = $2 and r.delivered_at is null
     for update of r`,
    [clientId, requestId],
  );
  return found.rows[0] ?? null;
}

/**
 * Active people only, and none while the type's program is off: what one cannot open, one is not told about.
 * Mail goes to the address a person proved to hold; what the business wrote down is for those without a login.
 */
async function findRecipients(db: PoolClient, clientId: string, request: Request): Promise<Recipient[]> {
  const found = await db.query<Recipient>(
    `select p.id, coalesce(u.email, p.email) as email, p.user_id is not null as has_login, coalesce(p.locale, c.locale) as locale,
       coalesce(p.time_zone, c.time_zone) as time_zone, coalesce(f.in_app, true) as in_app, coalesce(f.email, true) as by_email
     from public.people p
     join public.clients c on c.id = p.client_id
     left join auth.users u on u.id = p.user_id and u.email_confirmed_at is not null
     left join public.core_notification_preferences f on f.client_id = p.client_id and f.person_id = p.id and f.type = $3
     where p.client_id = $1 and p.state = 'active'
       and (p.id = any ($2::uuid[]) or ($4::text is not null and p.id in (select private.people_permitted($1, $4))))
       and not exists (select from public.client_programs cp
         where cp.client_id = $1 and cp.program = split_part($3, '.', 1) and not cp.is_enabled)
     order by p.id`,
    [clientId, request.people, request.type, request.permission],
  );
  return found.rows;
}

async function tell(
  db: PoolClient,
  clientId: string,
  request: Request,
  type: NotificationType,
  person: Recipient,
): Promise<void> {
  if (type.hasInApp && (type.isEssential || person.in_app)) {
    await db.query(
      `insert into public.core_notifications (client_id, person_id, type, dedupe_key, data) values ($1, $2, $3, $4, $5)
       on conflict (client_id, person_id, type, dedupe_key) do nothing`,
      [clientId, person.id, type.id, request.dedupe_key, JSON.stringify(request.data)],
    );
  }

  // Someone without a login never agreed to hear from us: only what they need to get in reaches them.
  const isWanted = type.isEssential || (person.by_email && person.has_login);
  if (!type.hasEmail || !isWanted || person.email === null) return;
  const words = wordsFor(
    type.id,
    { locale: person.locale, timeZone: person.time_zone },
    { name: request.name, slug: request.slug },
  );
  const mail = type.email(request.data, words);
  await queueEmail(db, {
    client: { id: clientId, name: request.name, brandColor: request.brand_color },
    personId: person.id,
    to: person.email,
    locale: person.locale,
    type: type.id,
    dedupeKey: `${type.id}:${request.dedupe_key}:${person.id}`,
    content: {
      ...mail,
      action: mail.action && linked(mail.action, `${env.appUrl}/${request.slug}${type.link(request.data)}`),
    },
    unsubscribeUrl: type.isEssential
      ? null
      : unsubscribeUrl(request.slug, unsubscribeToken(clientId, person.id, type.id)),
  });
}

function linked(action: { label: string; url?: string }, fallback: string): { label: string; url: string } {
  return { label: action.label, url: action.url ?? fallback };
}
