import { sql } from "@/lib/db/direct";
import { log } from "@/lib/kernel/log";

/** Beside every drain: tells who asked for it that a week or month is over, once each. */
export async function sendReports(): Promise<void> {
  const { rows } = await sql().query<{ sent: number }>("select private.loyalty_send_reports() as sent");
  const sent = rows[0]?.sent ?? 0;
  if (sent > 0) log.info({ sent }, "reports announced");
}
