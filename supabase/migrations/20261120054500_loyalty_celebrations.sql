-- Loyalty: what went well since a creator last looked. Reading changes nothing; only her own word marks it seen.

-- functions
create function public.loyalty_read_celebrations(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'what', f.what, 'name', f.name, 'kind', f.kind, 'at', f.at,
             'raffleId', f.raffle_id, 'claimUntil', f.claim_until) order by f.at desc, f.id), '[]')
      from (
        select x.id, 'fulfilled' as what, x.terms ->> 'name' as name, x.kind, x.fulfilled_at as at, null::uuid as raffle_id,
               null::timestamptz as claim_until
          from public.loyalty_redemptions x
         where x.client_id = p_client and x.creator_id = p_creator and x.state in ('fulfilled', 'concluded') and x.seen_at is null
        union all
        select e.id, 'won', m.name, 'raffle', x.offered_at, e.mission_id, case when x.state = 'claimable' then x.claim_until end
          from public.loyalty_raffle_entries e
          join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
          join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
         where e.client_id = p_client and e.creator_id = p_creator and e.state = 'won' and e.seen_at is null
           and x.state in ('claimable', 'claimed')
         order by at desc, id limit 20) f);
end $$;

create function private.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_creator uuid;
  v_seen integer;
  v_more integer;
begin
  select c.id into v_creator from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  update public.loyalty_redemptions x set seen_at = now()
   where x.client_id = p_client and x.creator_id = v_creator and x.id = any (p_ids) and x.state in ('fulfilled', 'concluded')
     and x.seen_at is null;
  get diagnostics v_seen = row_count;
  update public.loyalty_raffle_entries e set seen_at = now()
   where e.client_id = p_client and e.creator_id = v_creator and e.id = any (p_ids) and e.state = 'won' and e.seen_at is null;
  get diagnostics v_more = row_count;
  return v_seen + v_more;
end $$;

create function public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[]) returns integer
language plpgsql set search_path = '' as $$ begin return private.loyalty_acknowledge_celebrations(p_client, p_ids); end $$;

-- grants
grant execute on function public.loyalty_read_celebrations(uuid, uuid), private.loyalty_acknowledge_celebrations(uuid, uuid[]),
  public.loyalty_acknowledge_celebrations(uuid, uuid[]) to authenticated;

-- comments
comment on function public.loyalty_read_celebrations(uuid, uuid) is 'What was fulfilled or won and not acknowledged yet, newest first. Reads only: a prefetch or a second tab loses nothing.';
comment on function private.loyalty_acknowledge_celebrations(uuid, uuid[]) is 'The caller has seen these fulfilments and prizes. Returns how many were new to her.';
comment on function public.loyalty_acknowledge_celebrations(uuid, uuid[]) is 'The caller has seen these fulfilments and prizes. Returns how many were new to her.';
