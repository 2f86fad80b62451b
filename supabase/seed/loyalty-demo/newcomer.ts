import type { Client } from "pg";

/** A creator with a login no video was ever seen of: she may look at missions and rewards and take part in none. */
export async function seedNewcomer(
  sql: Client,
  { clientId, slug, lastDay }: { clientId: string; slug: string; lastDay: string },
): Promise<void> {
  await sql.query(
    `insert into public.loyalty_creators (client_id, person_id, handle, joined_on)
     select p.client_id, p.id, 'nia.newly', $3::date - 2 from public.people p
      where p.client_id = $1 and p.email = $2
        and not exists (select from public.loyalty_creators c where c.client_id = p.client_id and c.person_id = p.id)`,
    [clientId, `newcomer@${slug}.test`, lastDay],
  );
}
