import type { Log } from "@/lib/kernel/log";
import type { PoolClient } from "pg";
import type { z } from "zod";

export interface EventContext {
  clientId: string;
  eventId: string;
  /** When the change behind the event was committed. */
  occurredAt: Date;
  /** The delivery's own transaction: what is written here commits together with "delivered". */
  db: PoolClient;
  log: Log;
}

export interface EventHandler {
  id: string;
  event: string;
  start: (payload: unknown, context: EventContext) => Promise<void>;
}

/**
 * A handler may be called more than once for one event (the process can die after the work and before the
 * commit), so whatever it does outside `context.db` must be keyed by the event's id.
 */
export function defineEventHandler<P>(definition: {
  id: string;
  event: string;
  schema: z.ZodType<P>;
  handle: (payload: P, context: EventContext) => Promise<void>;
}): EventHandler {
  const { id, event, schema, handle } = definition;
  return {
    id,
    event,
    async start(payload, context) {
      const parsed = schema.safeParse(payload);
      if (!parsed.success) {
        const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "(payload)");
        throw new Error(`${id}: ${event} has no valid payload at ${fields.join(", ")}`);
      }
      await handle(parsed.data, context);
    },
  };
}
