import type pg from "pg";
import { LAST_NIGHT, makeBusiness, settle } from "./world";

export interface About {
  client: string;
  creator: string;
  owner: string;
  member: string;
  tier: string;
  edge: { v: string; id: string };
}

/** The business that is measured among others, so that its rows lie between theirs. */
export async function fill(sql: pg.Client): Promise<About> {
  for (let at = 0; at < 40; at += 1)
    await sql.query("select private.create_client($1, 'Bench', array['loyalty'], 'UTC', 'USD', '#336699')", [
      `small-${at}`,
    ]);
  const other = await makeBusiness(sql, { slug: "other", creators: 20_000, videos: 200_000, days: 110 });
  const client = await makeBusiness(sql, { slug: "bench", creators: 10_000, videos: 200_000, days: 110 });
  await settle(sql);
  for (const id of [other, client])
    await sql.query("select private.loyalty_recalculate($1, $2, null)", [id, LAST_NIGHT]);
  const person = async (role: string, name: string): Promise<{ user: string; person: string }> => {
    const { rows } = await sql.query<{ user_id: string; id: string }>(
      `with login as (insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
                      values (gen_random_uuid(), 'authenticated', 'authenticated', $3, now(), now(), now()) returning id),
            made as (insert into public.people (client_id, user_id, claimed_at, display_name) select $1, id, now(), $2 from login returning id, user_id),
            held as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, $4 from made)
       select id, user_id from made`,
      [client, name, `${role}@bench.test`, role],
    );
    return { user: rows[0]?.user_id ?? "", person: rows[0]?.id ?? "" };
  };
  const owner = await person("owner", "Owner");
  const member = await person("creator", "Member");
  const { rows } = await sql.query<{ id: string }>(
    "update public.loyalty_creators set person_id = $2 where client_id = $1 and handle_key = 'creator_97' returning id",
    [client, member.person],
  );
  await sql.query("create role bench_open bypassrls").catch(() => undefined);
  await sql.query("grant authenticated to bench_open");
  await settle(sql);
  await sql.query("analyze");
  const edge = await sql.query<{ v: string; id: string; tier_id: string }>(
    `select c.period_sales as v, c.id, c.tier_id from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id
      where c.client_id = $1 and t.rank = 1 order by c.period_sales desc, c.id desc offset 2000 limit 1`,
    [client],
  );
  const row = edge.rows[0]!;
  return {
    client,
    creator: rows[0]?.id ?? "",
    owner: owner.user,
    member: member.user,
    tier: row.tier_id,
    edge: { v: row.v, id: row.id },
  };
}
