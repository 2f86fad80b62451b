import "server-only";
import { withClientSql } from "@/lib/db/direct";
import type { CalendarAdapter } from "./calendar-adapter";
import { describeEvent, type Planned } from "./describe-event";

type SyncOutcome = "written" | "cancelled" | "nothing";

/**
 * Brings the calendar of the business to what the claim says now, whatever it said when this was queued. Nothing is
 * locked while the calendar is asked; instead the claim is read once more behind each writing. Of two that write at
 * once, the one whose figures were older finds the newer ones there and writes them too.
 */
export async function syncCalendar(
  clientId: string,
  redemptionId: string,
  calendarOf: (slug: string) => CalendarAdapter | null,
): Promise<SyncOutcome> {
  let outcome: SyncOutcome = "nothing";
  let written = "";
  for (let look = 0; look < 5; look += 1) {
    const planned = await readPlanned(clientId, redemptionId);
    const calendar = planned && calendarOf(planned.slug);
    if (!calendar) return outcome;
    const found = JSON.stringify(planned);
    if (found === written) return outcome;
    if (planned.state === "rejected") {
      await calendar.cancelEvent(redemptionId);
      outcome = "cancelled";
    } else {
      await calendar.upsertEvent(describeEvent(redemptionId, planned));
      outcome = "written";
    }
    written = found;
  }
  throw new Error("The claim kept changing while it was written to the calendar.");
}

async function readPlanned(clientId: string, redemptionId: string): Promise<Planned | null> {
  return withClientSql(clientId, async (sql) => {
    const { rows } = await sql.query<Planned>(
      `select b.slug, b.locale, b.time_zone as "timeZone", r.kind, case r.state when 'rejected' then 'rejected' else 'planned' end as state,
              c.handle, coalesce(r.terms ->> 'name', w.name) as reward, (r.terms ->> 'boostBp')::integer as "boostBp",
              (r.terms ->> 'discountPercent')::integer as "discountPercent", r.scheduled_at as start, r.ends_at as end
         from public.loyalty_redemptions r
         join public.clients b on b.id = r.client_id
         join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
         join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
        where r.client_id = $1 and r.id = $2 and r.kind in ('commission_boost', 'discount') and r.claimed_at is not null`,
      [clientId, redemptionId],
    );
    return rows[0] ?? null;
  });
}
