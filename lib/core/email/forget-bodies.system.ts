import "server-only";

import { sql } from "@/lib/db/direct";

/** The text of a mail is kept no longer than sending it again could need it. */
export async function forgetEmailBodies(): Promise<void> {
  await sql().query("select private.forget_email_bodies()");
}
