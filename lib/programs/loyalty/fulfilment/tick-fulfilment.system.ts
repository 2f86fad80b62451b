import { sql } from "@/lib/db/direct";
import { log } from "@/lib/kernel/log";

/** Beside every drain: concludes what is over and reminds of what is due, at most one digest an hour a business. */
export async function tickFulfilment(): Promise<void> {
  const { rows } = await sql().query<{ summary: { reminded: number; concluded: number } }>(
    "select private.loyalty_tick_fulfilment() as summary",
  );
  const summary = rows[0]?.summary;
  if (summary && (summary.reminded > 0 || summary.concluded > 0)) log.info(summary, "claims looked at");
}
