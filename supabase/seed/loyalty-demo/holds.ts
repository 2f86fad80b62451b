import type { Client } from "pg";

interface Business {
  clientId: string;
  lastDay: string;
}

/** One hold that waits, one that was released and one that was upheld. Safe to run again. */
export async function seedHolds(sql: Client, { clientId, lastDay }: Business): Promise<void> {
  await sql.query(
    `with c as (select handle_key, id from public.loyalty_creators where client_id = $1),
     planned (handle, other, reason, evidence, days) as (values
       ('oskar.tv', null, 'by_hand', 'Sales tripled in a night without a new video.', 1),
       ('rubyc', 'hbeauty', 'same_address', 'Both had gifts sent to the same address.', 12),
       ('dami.k', 'elif.g', 'same_device', 'Both claimed, and both signed in on the same device.', 30)
     ), opened as (
       insert into public.loyalty_holds (client_id, creator_id, other_creator_id, reason, evidence, opened_at, opened_by)
       select $1, a.id, b.id, p.reason, p.evidence, $2::date - p.days + time '15:00', null
         from planned p join c a on a.handle_key = p.handle left join c b on b.handle_key = p.other
        where not exists (select from public.loyalty_holds h where h.client_id = $1 and h.reason = p.reason)
       returning id
     )
     select private.loyalty_mark_held($1, array(select id from c where handle_key = 'oskar.tv')) from opened limit 1`,
    [clientId, lastDay],
  );
  await sql.query(
    `update public.loyalty_holds h
        set state = case h.reason when 'same_address' then 'released' else 'upheld' end, resolved_at = h.opened_at + interval '5 hours',
            resolution_note = case h.reason when 'same_address' then 'Flatmates. Both have videos of their own.' else 'One person with two accounts.' end,
            resolved_by = (select p.user_id from public.people p
                             join public.person_roles r on r.client_id = p.client_id and r.person_id = p.id and r.role_id = 'owner'
                            where p.client_id = $1 and p.user_id is not null limit 1)
      where h.client_id = $1 and h.state = 'open' and h.other_creator_id is not null and h.opened_at < $2::date - 5`,
    [clientId, lastDay],
  );
  await sql.query(
    "select private.loyalty_mark_held($1, array(select creator_id from public.loyalty_holds where client_id = $1 and state = 'open'))",
    [clientId],
  );
}
