import { z } from "zod";

import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

import type { EventHandler } from "./define-handler";

/** Run one handler for one event. The row lock makes two workers take turns; the second finds it done. */
export function deliverEventJob(handlers: readonly EventHandler[]) {
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  if (byId.size !== handlers.length) throw new Error("Two event handlers have the same id.");

  return defineJob({
    id: "events.deliver-event",
    schema: z.object({ clientId: z.uuid(), eventId: z.uuid(), handler: z.string() }),
    async run({ clientId, eventId, handler: handlerId }, { log }) {
      const handler = byId.get(handlerId);
      if (!handler) throw new Error(`No event handler is named "${handlerId}".`);
      await withClientSql(clientId, async (db) => {
        const found = await db.query<{ payload: unknown; created_at: Date }>(
          `select e.payload, e.created_at
           from public.core_event_deliveries d
           join public.core_events e on e.client_id = d.client_id and e.id = d.event_id
           where d.client_id = $1 and d.event_id = $2 and d.handler = $3 and d.state = 'pending'
           for update of d`,
          [clientId, eventId, handlerId],
        );
        const event = found.rows[0];
        if (!event) return;
        await handler.start(event.payload, { clientId, eventId, occurredAt: event.created_at, db, log });
        await db.query(
          `update public.core_event_deliveries set state = 'done', done_at = now()
           where client_id = $1 and event_id = $2 and handler = $3`,
          [clientId, eventId, handlerId],
        );
      });
    },
  });
}
