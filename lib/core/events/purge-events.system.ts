import "server-only";

import { sql } from "@/lib/db/direct";

/** What happened is told within minutes; for three months it can still be looked up. What waits for a handler stays. */
export async function purgeEvents(): Promise<void> {
  await sql().query("select private.purge_events()");
}
