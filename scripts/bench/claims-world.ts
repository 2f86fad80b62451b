import type pg from "pg";

/** Kinds of the rewards that a bench's creators have claimed before; the state follows from the place in this list. */
const kinds = ["gift_card", "ads_credit", "gift_card", "gift_card", "ads_credit"];

/**
 * A business that has given rewards for a while: of each of five rewards every creator has an offer or a claim. Most are concluded,
 * two in a hundred wait for the business, one in a hundred is fulfilled and not yet concluded.
 */
export async function fillClaims(sql: pg.Client, client: string): Promise<void> {
  await sql.query(
    `insert into public.loyalty_rewards (client_id, kind, name, value_amount, frequency, quantity, display_order)
     select $1, x.kind, 'Reward ' || x.n, 2500, 'monthly', 2, x.n from unnest($2::text[]) with ordinality x (kind, n)`,
    [client, kinds],
  );
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where client_id = $1 and offer = 'tier' and state = 'draft'",
    [client],
  );
  await sql.query("begin");
  // Right by construction, like the rest of a bench's world: history and reference checks would only cost minutes.
  await sql.query("set local session_replication_role = replica");
  await sql.query("set local synchronous_commit = off");
  await sql.query(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, state, offered_at, offer_window, claim_until,
       tier_id, terms, reward_version, value_amount, cost_amount, claimed_at, due_at, fulfilled_at, concluded_at, expired_at)
     select $1, c.id, r.id, r.kind, 'tier', s.state, d.at, 'month:2026-10', case when not s.is_claim then d.at + interval '30 days' end,
            c.tier_id, case when s.is_claim then jsonb_build_object('name', r.name, 'kind', r.kind) else '{}' end,
            case when s.is_claim then 1 end, 2500, case when s.is_claim then 2500 else 0 end, case when s.is_claim then d.at end,
            case when s.is_claim then d.at + interval '2 days' end,
            case when s.state in ('fulfilled', 'concluded') then d.at + interval '1 day' end,
            case when s.state = 'concluded' then d.at + interval '3 days' end, case when s.state = 'expired' then d.at + interval '30 days' end
       from (select x.*, row_number() over (order by x.id) as n from public.loyalty_creators x where x.client_id = $1) c
       join public.loyalty_rewards r on r.client_id = c.client_id and r.offer = 'tier'
      cross join lateral (select now() - make_interval(days => (c.n % 45)::integer, hours => r.display_order) as at) d
      cross join lateral (select case when r.display_order = 5 then 'expired' when r.display_order = 4 then 'claimable'
                                      when r.display_order = 3 and c.n % 50 = 0 then 'claimed'
                                      when r.display_order = 2 and c.n % 100 = 0 then 'fulfilled' else 'concluded' end as state) t
      cross join lateral (select t.state, t.state in ('claimed', 'fulfilled', 'concluded') as is_claim) s`,
    [client],
  );
  // What triggers would have counted along the way.
  await sql.query(
    `update public.loyalty_reward_limits l set reserved_count = n.reserved, committed_count = n.committed, reserved_amount = n.reserved * 2500,
            committed_amount = n.committed * 2500
       from (select r.reward_id, count(*) filter (where r.state = 'claimed') as reserved,
                    count(*) filter (where r.state in ('fulfilled', 'concluded')) as committed
               from public.loyalty_redemptions r where r.client_id = $1 group by r.reward_id) n
      where l.client_id = $1 and l.reward_id = n.reward_id`,
    [client],
  );
  await sql.query("commit");
  await sql.query("vacuum analyze public.loyalty_redemptions");
  await sql.query("analyze public.loyalty_rewards, public.loyalty_reward_limits");
}

/** One creator of the business signs in: her creator's id and her user's. */
export async function signIn(
  sql: pg.Client,
  client: string,
  handle: string,
): Promise<{ creator: string; user: string }> {
  const { rows } = await sql.query<{ creator: string; user: string }>(
    `with login as (insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
                    values (gen_random_uuid(), 'authenticated', 'authenticated', $2 || '@bench.test', now(), now(), now()) returning id),
          chosen as (select c.id, c.person_id from public.loyalty_creators c where c.client_id = $1 and c.handle_key = $2),
          bound as (update public.people p set user_id = login.id, claimed_at = now() from login, chosen where p.id = chosen.person_id returning p.id),
          held as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'creator' from bound)
     select chosen.id as creator, login.id as user from login, chosen, bound`,
    [client, handle],
  );
  return rows[0]!;
}

/** An owner of the business with a login; answers her user's id. */
export async function makeOwner(sql: pg.Client, client: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `with login as (insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
                    values (gen_random_uuid(), 'authenticated', 'authenticated', 'owner@bench.test', now(), now(), now()) returning id),
          made as (insert into public.people (client_id, user_id, claimed_at, display_name) select $1, id, now(), 'Owner' from login returning id),
          held as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from made)
     select login.id from login, made`,
    [client],
  );
  return rows[0]!.id;
}
