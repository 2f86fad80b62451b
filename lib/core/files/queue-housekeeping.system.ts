import "server-only";

import { sql } from "@/lib/db/direct";

/** Uploads nobody finished and rejected files: one clean-up job for each business that has any. */
export async function queueFileHousekeeping(): Promise<void> {
  await sql().query("select private.queue_file_housekeeping()");
}
