import { z } from "zod";

import { defineEventHandler } from "@/lib/core/events/server";

import { notify } from "./notify.system";
import { peopleJoined } from "./people-joined.notification";

/** The room of people stands below this one and cannot ask it for a notification: it says what happened instead. */
export const tellInviterHandler = defineEventHandler({
  id: "notifications.tell-inviter",
  event: "people.joined",
  schema: z.object({ personId: z.uuid() }),
  async handle({ personId }, { clientId, eventId, db }) {
    const found = await db.query<{ name: string; inviter: string }>(
      `select p.display_name as name, w.id as inviter
         from public.invitations i
         join public.people p on p.client_id = i.client_id and p.id = i.person_id
         join public.people w on w.client_id = i.client_id and w.user_id = i.invited_by and w.state = 'active'
        where i.client_id = $1 and i.person_id = $2 and i.state = 'accepted'
        order by i.accepted_at desc limit 1`,
      [clientId, personId],
    );
    // Nobody to tell when the business was set up with this person, or the inviter has left.
    const invitation = found.rows[0];
    if (!invitation) return;
    const { name, inviter } = invitation;
    await notify(
      clientId,
      peopleJoined,
      { to: { people: [inviter] }, data: { personId, name }, dedupeKey: `event:${eventId}` },
      db,
    );
  },
});
