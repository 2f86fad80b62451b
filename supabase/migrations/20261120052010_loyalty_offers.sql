-- Loyalty: offers: who may claim what, kept right every night, when a reward is published and when a tier is chosen by hand.

-- functions
create function private.loyalty_lock_offers(p_client uuid) returns void
language plpgsql set search_path = '' as $$
begin
  -- Before a reward is locked and after creators are: whoever decides offers of a business does it one after the other.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.offers:' || p_client, 0));
end $$;

create function private.loyalty_build_offers(p_client uuid, p_reward uuid, p_creator uuid, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_zone text;
  v_count bigint;
  v_nestloop text := current_setting('enable_nestloop');
begin
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  drop table if exists pg_temp.loyalty_due_offers;
  -- Sets are joined to sets: before statistics exist, a loop over all stays for each creator would take minutes.
  perform set_config('enable_nestloop', case when p_creator is null then 'off' else v_nestloop end, true);
  create temporary table loyalty_due_offers on commit drop as
  with rewards as materialized (
    select r.id, r.kind, r.name, r.tier_id, r.tag, r.expires_days, r.quantity, r.display_order,
           private.loyalty_window_key(r.frequency, r.kind, null, private.local_date(p_now, v_zone)) as key,
           l.stock_total - l.reserved_count - l.committed_count as left_over
      from public.loyalty_rewards r
      join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
     where r.client_id = p_client and r.offer = 'tier' and r.state = 'published' and (p_reward is null or r.id = p_reward)
  ), stays as materialized (
    select x.id, x.creator_id, x.tier_id, x.ended_at from public.loyalty_tier_stints x
     where x.client_id = p_client and (p_creator is null or x.creator_id = p_creator)
  ), creators as materialized (
    select c.id, c.person_id, c.tier_id, s.id as stint_id, coalesce(s.id::text, 'first') as stint, e.left_at
      from public.loyalty_creators c
      left join stays s on s.creator_id = c.id and s.ended_at is null
      left join (select x.creator_id, x.tier_id, max(x.ended_at) as left_at from stays x
                  where x.ended_at is not null group by x.creator_id, x.tier_id) e on e.creator_id = c.id and e.tier_id = c.tier_id
     where c.client_id = p_client and c.state = 'active' and (p_creator is null or c.id = p_creator)
       and (c.total_videos > 0 or (p_creator is not null and exists (select from public.loyalty_videos v
              where v.client_id = p_client and v.creator_id = c.id)))
  ), due as materialized (
    select c.id as creator_id, c.person_id, c.tier_id, c.stint_id, c.left_at, r.id as reward_id, r.kind, r.name, r.expires_days,
           r.quantity, r.display_order, r.left_over,
           case r.key when 'stint:first' then 'stint:' || c.stint else r.key end as key,
           case when r.key is null or r.key = 'stint:first' then 'stint:' || c.stint else r.key end as offer_window
      from creators c
      join rewards r on (r.tier_id is null or r.tier_id = c.tier_id)
       and (r.tag is null or exists (select from public.loyalty_creator_tags g
              where g.client_id = p_client and g.creator_id = c.id and g.tag = r.tag))
  )
  select d.*, coalesce(u.is_open, false) as is_open, coalesce(u.times >= d.quantity, false) as is_used_up
    from due d
    left join (
      -- As private.loyalty_reward_standing counts it, for many at once.
      select x.creator_id, x.reward_id, bool_or(x.state in ('claimed', 'fulfilled')) as is_open,
             count(*) filter (where x.window_key = x.key or (x.key like 'stint:%' and x.window_key like 'stint:%' and x.tier_id = x.own_tier_id
               and x.claimed_at >= coalesce(x.left_at, '-infinity') and x.stint_gone)) as times
        from (select r.creator_id, r.reward_id, r.state, r.window_key, r.tier_id, r.claimed_at, d.key, d.tier_id as own_tier_id,
                     d.left_at, s.id is null as stint_gone
                from public.loyalty_redemptions r
                join due d on d.creator_id = r.creator_id and d.reward_id = r.reward_id
                left join stays s on s.id = r.tier_stint_id
               where r.client_id = p_client and r.source = 'tier' and r.state in ('claimed', 'fulfilled', 'concluded')) x
       group by x.creator_id, x.reward_id) u on u.creator_id = d.creator_id and u.reward_id = d.reward_id;
  get diagnostics v_count = row_count;
  perform set_config('enable_nestloop', v_nestloop, true);
  analyze pg_temp.loyalty_due_offers;
  return v_count;
end $$;

create function private.loyalty_tell_offers(p_client uuid, p_date date) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_people bigint;
begin
  -- One notification a person and day, whatever the number of rewards; people who are told the same share a request.
  with news as (
    select p.id as person_id, count(*) as offers,
           (array_agg(d.name order by d.display_order, d.name))[1:3] as names
      from pg_temp.loyalty_new_offers n
      join pg_temp.loyalty_due_offers d on d.creator_id = n.creator_id and d.reward_id = n.reward_id
      join public.people p on p.client_id = p_client and p.id = d.person_id and p.user_id is not null and p.state = 'active'
     where not exists (select from private.notification_requests q
                        where q.client_id = p_client and q.type = 'loyalty.reward-offered'
                          and q.dedupe_key like 'offers:' || p_date || ':%' and p.id = any (q.people))
     group by p.id
  ), told as (
    select n.offers, n.names, array_agg(n.person_id) as people from news n group by n.offers, n.names
  ), sent as (
    select cardinality(t.people) as people,
           private.notify(p_client, 'loyalty.reward-offered', t.people, jsonb_build_object('count', t.offers, 'names', t.names),
             'offers:' || p_date || ':' || md5(t.offers || array_to_string(t.names, ',') || (select min(x::text) from unnest(t.people) x)))
      from told t offset 0
  )
  select coalesce(sum(s.people), 0) into v_people from sent s;
  return v_people;
end $$;

create function private.loyalty_renew_offers(p_client uuid, p_date date, p_reward uuid default null, p_creator uuid default null,
  p_now timestamptz default now()) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_due bigint;
  v_withdrawn bigint;
  v_expired bigint;
  v_revived bigint;
  v_opened bigint;
  v_nestloop text := current_setting('enable_nestloop');
begin
  if p_creator is null then
    perform private.loyalty_lock_offers(p_client);
  end if;
  v_due := private.loyalty_build_offers(p_client, p_reward, p_creator, p_now);
  -- As above: many rows are joined as sets.
  perform set_config('enable_nestloop', case when v_due > 500 then 'off' else v_nestloop end, true);
  drop table if exists pg_temp.loyalty_new_offers;
  create temporary table loyalty_new_offers (creator_id uuid, reward_id uuid) on commit drop;

  -- An open offer she may not claim any more is taken away, with the reason. A claim never is.
  update public.loyalty_redemptions r
     set withdrawn_at = p_now,
         withdrawn_reason = case when w.state in ('paused', 'archived') then w.state
                                 when c.state <> 'active' then 'archived'
                                 when r.tier_id <> c.tier_id and w.tier_id <> c.tier_id then 'tier_change_' || was.rank || '_to_' || own.rank
                                 when exists (select from pg_temp.loyalty_due_offers d
                                               where d.creator_id = r.creator_id and d.reward_id = r.reward_id) then 'limit_reached'
                                 else 'reward_changed' end
    from public.loyalty_rewards w, public.loyalty_creators c, public.loyalty_tiers was, public.loyalty_tiers own
   where r.client_id = p_client and r.source = 'tier' and r.state = 'claimable' and r.withdrawn_at is null
     and (p_reward is null or r.reward_id = p_reward) and (p_creator is null or r.creator_id = p_creator)
     and w.client_id = p_client and w.id = r.reward_id and c.client_id = p_client and c.id = r.creator_id
     and was.client_id = p_client and was.id = r.tier_id and own.client_id = p_client and own.id = c.tier_id
     -- Opened in the moment of a claim, or left by a limit that was lowered: it waits until she may claim again.
     and not exists (select from pg_temp.loyalty_due_offers d where d.creator_id = r.creator_id and d.reward_id = r.reward_id
                        and not d.is_open and not d.is_used_up);
  get diagnostics v_withdrawn = row_count;

  -- She is back: the same offer opens again, never a second one. Another window gives it its days anew.
  with back as (
    update public.loyalty_redemptions r
       set withdrawn_at = null, withdrawn_reason = null, tier_id = d.tier_id, tier_stint_id = d.stint_id, offer_window = d.offer_window,
           claim_until = case when r.offer_window is distinct from d.offer_window then p_now + make_interval(days => d.expires_days)
                              else r.claim_until end
      from pg_temp.loyalty_due_offers d
     where r.client_id = p_client and r.source = 'tier' and r.state = 'claimable' and r.withdrawn_at is not null
       and d.creator_id = r.creator_id and d.reward_id = r.reward_id and not d.is_open and not d.is_used_up
       and (r.claim_until is null or r.claim_until > p_now or r.offer_window is distinct from d.offer_window)
    returning r.creator_id, r.reward_id)
  insert into pg_temp.loyalty_new_offers select b.creator_id, b.reward_id from back b;
  get diagnostics v_revived = row_count;

  update public.loyalty_redemptions r set state = 'expired', expired_at = p_now, withdrawn_at = null, withdrawn_reason = null
   where r.client_id = p_client and r.state = 'claimable' and r.claim_until <= p_now and not r.is_held
     -- A raffle gives an unclaimed prize to the next in line: its own stage closes it.
     and r.source <> 'raffle' and r.withdrawn_at is null
     and (p_reward is null or r.reward_id = p_reward) and (p_creator is null or r.creator_id = p_creator);
  get diagnostics v_expired = row_count;

  with opened as (
    insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, state, offered_at, offer_window, claim_until,
      tier_id, tier_stint_id)
    select p_client, d.creator_id, d.reward_id, d.kind, 'tier', 'claimable', p_now, d.offer_window,
           p_now + make_interval(days => d.expires_days), d.tier_id, d.stint_id
      from pg_temp.loyalty_due_offers d
     where not d.is_open and not d.is_used_up and d.left_over is distinct from 0
       and not exists (select from public.loyalty_redemptions r
                        where r.client_id = p_client and r.creator_id = d.creator_id and r.reward_id = d.reward_id and r.source = 'tier'
                          and (r.state = 'claimable' or (r.state = 'expired' and r.offer_window = d.offer_window)))
     order by d.creator_id, d.reward_id
    on conflict (client_id, creator_id, reward_id) where source = 'tier' and state = 'claimable' do nothing
    returning creator_id, reward_id)
  insert into pg_temp.loyalty_new_offers select o.creator_id, o.reward_id from opened o;
  get diagnostics v_opened = row_count;
  perform set_config('enable_nestloop', v_nestloop, true);

  return jsonb_build_object('opened', v_opened, 'revived', v_revived, 'withdrawn', v_withdrawn, 'expired', v_expired,
    'told', case when v_opened + v_revived > 0 then private.loyalty_tell_offers(p_client, p_date) else 0 end);
end $$;

-- grants: for the owner's connection, and inside functions that have checked who asks
revoke all on function private.loyalty_lock_offers(uuid), private.loyalty_build_offers(uuid, uuid, uuid, timestamptz),
  private.loyalty_tell_offers(uuid, date), private.loyalty_renew_offers(uuid, date, uuid, uuid, timestamptz) from public;

-- comments
comment on function private.loyalty_lock_offers(uuid) is 'Waits until nobody else decides offers of this business. Taken after creators and before rewards.';
comment on function private.loyalty_build_offers(uuid, uuid, uuid, timestamptz) is 'Fills pg_temp.loyalty_due_offers: each creator with each reward she may have now, and what she has used of it. Changes nothing.';
comment on function private.loyalty_tell_offers(uuid, date) is 'Tells creators with a login what pg_temp.loyalty_new_offers opened for them, once a day each.';
comment on function private.loyalty_renew_offers(uuid, date, uuid, uuid, timestamptz) is 'Opens, withdraws, revives and expires offers: of a business, of one reward (when it is published, changed, paused) or of one creator (when a person chose her tier). Repeating it changes nothing.';
