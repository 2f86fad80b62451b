import { sql } from "@/lib/db/direct";

interface TickSummary {
  /** Nights that are due and not finished, missed ones included. */
  due: number;
  /** Of these, the ones this tick was the first to claim. */
  started: number;
}

/** Called by every tick. Two ticks at once see the same nights; the ledger lets one of them claim each. */
export async function startDueNights(): Promise<TickSummary> {
  const { rows } = await sql().query<{ summary: TickSummary }>(
    "select private.loyalty_start_due_nights() as summary",
  );
  return rows[0]?.summary ?? { due: 0, started: 0 };
}
