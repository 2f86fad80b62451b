-- Loyalty: what went well since a creator last looked. Reading changes nothing; only her own word marks it seen.

-- functions
create function public.loyalty_read_celebrations(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'what', f.what, 'name', f.name, 'kind', f.kind, 'at', f.at,
             'raffleId', f.raffle_id, 'claimUntil', f.claim_until) order by f.what <> 'risen', f.at desc, f.id), '[]')
      from (
        -- The tier she has now, if she rose into it. News of two months ago is none: she may just have her first login.
        select d.id, 'risen' as what, t.name, 'tier' as kind, d.created_at as at, null::uuid as raffle_id, null::timestamptz as claim_until
          from public.loyalty_tier_stints s
          join public.loyalty_tier_decisions d on d.client_id = s.client_id and d.id = s.decision_id
          join public.loyalty_tiers o on o.client_id = d.client_id and o.id = d.from_tier_id
          join public.loyalty_tiers t on t.client_id = d.client_id and t.id = d.to_tier_id
         where s.client_id = p_client and s.creator_id = p_creator and s.ended_at is null and d.undone_at is null and d.seen_at is null
           and d.rule in ('promotion', 'pinned', 'unpinned') and t.rank > o.rank and d.created_at > now() - interval '60 days'
        union all
        (select x.id, 'fulfilled', x.terms ->> 'name', x.kind, x.fulfilled_at as at, null::uuid, null::timestamptz
           from public.loyalty_redemptions x
          where x.client_id = p_client and x.creator_id = p_creator and x.state in ('fulfilled', 'concluded') and x.seen_at is null
         union all
         select e.id, 'won', m.name, 'raffle', x.offered_at, e.mission_id, case when x.state = 'claimable' then x.claim_until end
           from public.loyalty_raffle_entries e
           join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
           join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
          where e.client_id = p_client and e.creator_id = p_creator and e.state = 'won' and e.seen_at is null
            and x.state in ('claimable', 'claimed')
          order by at desc, id limit 20)) f);
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
  v_seen := v_seen + v_more;
  update public.loyalty_tier_decisions d set seen_at = now()
   where d.client_id = p_client and d.creator_id = v_creator and d.id = any (p_ids) and d.seen_at is null
     and d.rule in ('promotion', 'pinned', 'unpinned');
  get diagnostics v_more = row_count;
  return v_seen + v_more;
end $$;

create function public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[]) returns integer
language plpgsql set search_path = '' as $$ begin return private.loyalty_acknowledge_celebrations(p_client, p_ids); end $$;

-- grants
grant execute on function public.loyalty_read_celebrations(uuid, uuid), private.loyalty_acknowledge_celebrations(uuid, uuid[]),
  public.loyalty_acknowledge_celebrations(uuid, uuid[]) to authenticated;

-- comments
comment on function public.loyalty_read_celebrations(uuid, uuid) is 'What was fulfilled or won and not acknowledged yet, newest first, and before it the tier she rose to. Reads only: a prefetch or a second tab loses nothing.';
comment on function private.loyalty_acknowledge_celebrations(uuid, uuid[]) is 'The caller has seen these fulfilments, prizes and tiers. Returns how many were new to her.';
comment on function public.loyalty_acknowledge_celebrations(uuid, uuid[]) is 'The caller has seen these fulfilments, prizes and tiers. Returns how many were new to her.';
