import "server-only";
import { sql } from "@/lib/db/direct";

/** Housekeeping of the HTTP layer, which has no hours of its own: forgets counted windows that are over and answers older than a day. */
export async function purgeGuards(): Promise<void> {
  await sql().query("select private.core_purge_guards()");
}
