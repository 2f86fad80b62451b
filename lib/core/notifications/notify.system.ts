import "server-only";

import type { ClientBase } from "pg";

import { sql } from "@/lib/db/direct";

import type { NotificationType } from "./define-notification";

export interface Notify {
  to: { people: string[] } | { permission: string };
  data: Record<string, unknown>;
  /** Told once a type and key: name the fact, not the moment ("decision:<id>"). */
  dedupeKey: string;
}

/** For jobs. From SQL, inside the transaction of the change, call `private.notify` or `private.notify_permitted`. */
export async function notify(
  clientId: string,
  type: NotificationType,
  { to, data, dedupeKey }: Notify,
  db?: ClientBase,
): Promise<void> {
  type.check(data);
  await (db ?? sql()).query("select private.request_notification($1, $2, $3::uuid[], $4, $5::jsonb, $6)", [
    clientId,
    type.id,
    "people" in to ? to.people : [],
    "permission" in to ? to.permission : null,
    JSON.stringify(data),
    dedupeKey,
  ]);
}
