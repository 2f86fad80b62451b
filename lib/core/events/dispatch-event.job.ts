import { z } from "zod";

import { defineJob, enqueue } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

import type { EventHandler } from "./define-handler";
import type { deliverEventJob } from "./deliver-event.job";

/** Hand one event to its handlers: a delivery row and a job each, in one transaction. Repeating it adds nothing. */
export function dispatchEventJob(
  handlers: readonly EventHandler[],
  deliver: ReturnType<typeof deliverEventJob>,
) {
  return defineJob({
    id: "events.dispatch-event",
    schema: z.object({ clientId: z.uuid(), eventId: z.uuid() }),
    async run({ clientId, eventId }) {
      await withClientSql(clientId, async (db) => {
        const found = await db.query<{ name: string }>(
          "select name from public.core_events where client_id = $1 and id = $2",
          [clientId, eventId],
        );
        const name = found.rows[0]?.name;
        if (name === undefined) return;
        for (const handler of handlers.filter((each) => each.event === name)) {
          const added = await db.query(
            `insert into public.core_event_deliveries (client_id, event_id, handler) values ($1, $2, $3)
             on conflict (client_id, event_id, handler) do nothing`,
            [clientId, eventId, handler.id],
          );
          if (added.rowCount === 1)
            await enqueue(deliver, { clientId, eventId, handler: handler.id }, { db });
        }
      });
    },
  });
}
