import { sql } from "@/lib/db/direct";

/** Called by every tick: a boost whose own timer was lost starts or ends within the hour. Returns how many businesses. */
export async function advanceDueBoosts(): Promise<number> {
  const { rows } = await sql().query<{ moved: number }>(
    "select private.loyalty_advance_due_boosts() as moved",
  );
  return rows[0]?.moved ?? 0;
}
