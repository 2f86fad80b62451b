-- Loyalty: today's work: everything that waits for the business, each with its deadline, and how often it is kept.

-- indexes
-- Kept promises of a month are counted in the index alone.
create index loyalty_redemptions_promised_idx on public.loyalty_redemptions (client_id, due_at) include (fulfilled_at, kind)
  where due_at is not null and state in ('claimed', 'fulfilled', 'concluded');
create index loyalty_redemptions_waiting_idx on public.loyalty_redemptions (client_id, reward_id) where withdrawn_reason = 'waiting_for_stock';
create index loyalty_redemptions_claimed_at_idx on public.loyalty_redemptions (client_id, claimed_at, id) where claimed_at is not null;

-- functions
create function private.loyalty_open_work(p_client uuid, p_now timestamptz)
returns table (kind text, id uuid, redemption_id uuid, creator_id uuid, title text, due_at timestamptz, detail jsonb)
language plpgsql stable set search_path = '' as $$
declare
  v_zone text;
begin
  select c.time_zone into v_zone from public.clients c where c.id = p_client;
  return query
    select case r.kind when 'physical_gift' then 'gift_ship' when 'discount' then 'discount_start' else 'instant' end,
           r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name),
           case r.kind when 'discount' then r.scheduled_at + interval '15 minutes'
             else coalesce(r.due_at, r.claimed_at + make_interval(hours => s.fulfil_hours)) end,
           jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
             'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at, 'size', g.size, 'country', g.country)
      from public.loyalty_redemptions r
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
      join public.loyalty_settings s on s.client_id = r.client_id
      left join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
     where r.client_id = p_client and r.state = 'claimed' and r.kind <> 'commission_boost' and not r.is_held
    union all
    select 'discount_end', r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name), r.ends_at + interval '15 minutes',
           jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
             'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at)
      from public.loyalty_redemptions r
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
     where r.client_id = p_client and r.state = 'fulfilled' and r.kind = 'discount' and not r.is_held and r.ends_at < p_now + interval '24 hours'
    union all
    -- A parcel gets ten days before somebody asks the carrier.
    select 'gift_deliver', r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name), g.shipped_at + interval '10 days',
           jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
             'claimedAt', r.claimed_at, 'carrier', g.carrier, 'trackingNumber', g.tracking_number, 'shippedAt', g.shipped_at, 'size', g.size)
      from public.loyalty_gifts g
      join public.loyalty_redemptions r on r.client_id = g.client_id and r.id = g.redemption_id and r.state = 'fulfilled' and not r.is_held
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
     where g.client_id = p_client and g.shipped_at is not null and g.delivered_at is null
    union all
    select 'boost_payout', b.id, r.id, b.creator_id, coalesce(r.terms ->> 'name', w.name),
           private.local_instant(coalesce(b.clears_on, b.last_on) + 1, '00:00', v_zone),
           jsonb_build_object('state', b.state, 'rewardKind', r.kind, 'source', r.source, 'claimedAt', r.claimed_at,
             'valueAmount', coalesce(b.final_amount, b.earned_amount, 0), 'clearsOn', b.clears_on, 'payoutState', p.state)
      from public.loyalty_boosts b
      join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id and not r.is_held
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
      left join public.loyalty_payouts p on p.client_id = b.client_id and p.boost_id = b.id
      -- What cannot be paid yet, below the minimum or to an account that was just changed, is nobody's work today.
      left join private.loyalty_payables(p_client) o on o.creator_id = p.creator_id and o.currency = p.currency and p.state = 'pending'
     where b.client_id = p_client and b.state = 'pending_payout' and o.obstacle is null
    union all
    select 'raffle_draw', m.id, null, null, m.name, m.ends_at + interval '24 hours',
           jsonb_build_object('state', m.state, 'endsAt', m.ends_at, 'winners', m.winners_count)
      from public.loyalty_missions m
     where m.client_id = p_client and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended') and m.ends_at <= p_now
       and not exists (select from public.loyalty_raffle_draws d
                        where d.client_id = m.client_id and d.mission_id = m.id and d.drawn_at is not null)
       and exists (select from public.loyalty_raffle_entries e
                    where e.client_id = m.client_id and e.mission_id = m.id and e.state <> 'withdrawn')
    union all
    -- Earned, and none is left: the business said so when it set the goal.
    select 'reward_out', w.id, null, null, w.name, min(r.withdrawn_at) + make_interval(hours => s.fulfil_hours),
           jsonb_build_object('state', 'claimable', 'waiting', count(*))
      from public.loyalty_redemptions r
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
      join public.loyalty_settings s on s.client_id = r.client_id
     where r.client_id = p_client and r.state = 'claimable' and r.withdrawn_reason = 'waiting_for_stock'
     group by w.id, w.name, s.fulfil_hours
    union all
    select 'handle_claim', k.id, null, null, '@' || k.handle_key, k.created_at + interval '48 hours',
           jsonb_build_object('state', k.state, 'claimantName', k.claimant_name, 'claimedAt', k.created_at)
      from public.loyalty_handle_claims k
     where k.client_id = p_client and k.state = 'pending';
end $$;

create function private.loyalty_count_on_time(p_client uuid, p_from timestamptz, p_to timestamptz) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('due', count(*), 'onTime', count(*) filter (where r.fulfilled_at <= r.due_at))
      from public.loyalty_redemptions r
     where r.client_id = p_client and r.due_at >= p_from and r.due_at < p_to and r.due_at is not null
       and r.state in ('claimed', 'fulfilled', 'concluded') and r.kind <> 'commission_boost');
end $$;

create function private.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
  v_kinds text[];
  v_result jsonb;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.read');
  -- Only what the caller could do something about, or at least look at.
  v_kinds := array['instant', 'gift_ship', 'gift_deliver', 'discount_start', 'discount_end']
    || case when private.has_permission(p_client, 'loyalty.payouts.read') then array['boost_payout'] else '{}' end
    || case when private.has_permission(p_client, 'loyalty.raffles.draw') then array['raffle_draw'] else '{}' end
    || case when private.has_permission(p_client, 'loyalty.rewards.write') then array['reward_out'] else '{}' end
    || case when private.has_permission(p_client, 'loyalty.claims.decide') then array['handle_claim'] else '{}' end;
  with work as materialized (
    select w.* from private.loyalty_open_work(p_client, p_now) w where w.kind = any (v_kinds)
  ), page as (
    select w.kind, w.id, w.redemption_id, w.creator_id, w.title, w.due_at, w.detail, c.handle, c.display_name
      from work w
      left join public.loyalty_creators c on c.client_id = p_client and c.id = w.creator_id
     where (p_kinds is null or w.kind = any (p_kinds))
       and case when p_cursor ? 'id' then (w.due_at, w.id) > ((p_cursor ->> 'due')::timestamptz, (p_cursor ->> 'id')::uuid) else true end
     order by w.due_at, w.id limit v_limit + 1
  )
  select jsonb_build_object(
    'items', coalesce((select jsonb_agg(p.item order by p.due_at, p.id) from (
       select x.due_at, x.id, jsonb_build_object('kind', x.kind, 'id', x.id, 'redemptionId', x.redemption_id, 'creatorId', x.creator_id,
         'handle', x.handle, 'name', x.display_name, 'title', x.title, 'dueAt', x.due_at,
         'urgency', case when x.due_at <= p_now then 'overdue' when x.due_at <= p_now + interval '4 hours' then 'soon' else 'later' end)
         || x.detail as item
         from (select y.* from page y order by y.due_at, y.id limit v_limit) x) p), '[]'),
    'hasMore', (select count(*) > v_limit from page),
    'counts', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'open', k.open, 'soon', k.soon, 'overdue', k.overdue) order by k.kind), '[]')
                 from (select w.kind, count(*) as open,
                              count(*) filter (where w.due_at > p_now and w.due_at <= p_now + interval '4 hours') as soon,
                              count(*) filter (where w.due_at <= p_now) as overdue
                         from work w group by w.kind) k),
    'held', (select count(*) from public.loyalty_redemptions r
              where r.client_id = p_client and r.is_held and r.state in ('claimed', 'fulfilled')),
    'onTime', private.loyalty_count_on_time(p_client, p_now - interval '30 days', p_now))
    into v_result;
  return v_result;
end $$;

create function private.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
  v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
  v_filter jsonb := coalesce(p_filter, '{}');
  v_states text[] := case when jsonb_typeof(v_filter -> 'states') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'states')) end;
  v_kinds text[] := case when jsonb_typeof(v_filter -> 'kinds') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'kinds')) end;
  v_sources text[] := case when jsonb_typeof(v_filter -> 'sources') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'sources')) end;
  v_found uuid[];
  -- An offer nobody claimed has no claim to be sorted by; only who asks for offers walks the slower order.
  v_offers boolean := v_states && array['claimable', 'expired'];
  v_column text := case when v_offers then 'coalesce(r.claimed_at, r.offered_at)' else 'r.claimed_at' end;
  v_where text;
  v_text text;
  v_items jsonb;
  v_count integer;
  v_total bigint;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.read');
  v_text := lower(regexp_replace(btrim(coalesce(v_filter ->> 'q', '')), '^@+', ''));
  if v_text <> '' then
    v_text := replace(replace(replace(v_text, '\', '\\'), '%', '\%'), '_', '\_');
    v_found := coalesce((select array_agg(f.id) from (
      select c.id from public.loyalty_creators c where c.client_id = p_client and c.search_text like '%' || v_text || '%' limit 1000) f), '{}');
  end if;
  v_where := concat_ws(' and ', 'r.client_id = $1', 'r.withdrawn_at is null',
    case when not coalesce(v_offers, false) then 'r.claimed_at is not null' end,
    case when v_states is not null then 'r.state = any ($2)' end,
    case when v_kinds is not null then 'r.kind = any ($3)' end,
    case when v_sources is not null then 'r.source = any ($4)' end,
    case when v_found is not null then 'r.creator_id = any ($5)' end,
    case when v_filter ? 'creatorId' and jsonb_typeof(v_filter -> 'creatorId') = 'string' then 'r.creator_id = ($8 ->> ''creatorId'')::uuid' end,
    case when (v_filter ->> 'held')::boolean then 'r.is_held' end,
    case when (v_filter ->> 'overdue')::boolean then 'r.state = ''claimed'' and r.due_at <= now()' end);
  execute format($q$
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'creatorId', x.creator_id, 'handle', c.handle, 'name', c.display_name,
             'title', coalesce(x.terms ->> 'name', w.name), 'kind', x.kind, 'source', x.source, 'state', x.state, 'isHeld', x.is_held,
             'offeredAt', x.offered_at, 'claimedAt', x.claimed_at, 'dueAt', x.due_at, 'scheduledAt', x.scheduled_at, 'endsAt', x.ends_at,
             'fulfilledAt', x.fulfilled_at, 'valueAmount', x.value_amount, 'costAmount', x.cost_amount,
             'isShipped', g.shipped_at is not null, 'trackingNumber', g.tracking_number,
             'cursor', jsonb_build_object('at', x.at, 'id', x.id)) order by x.at %2$s, x.id %2$s), '[]'), count(*)
      from (select r.*, %1$s as at from public.loyalty_redemptions r
             where %3$s %4$s order by %1$s %2$s, r.id %2$s limit $6) x
      join public.loyalty_creators c on c.client_id = x.client_id and c.id = x.creator_id
      join public.loyalty_rewards w on w.client_id = x.client_id and w.id = x.reward_id
      left join public.loyalty_gifts g on g.client_id = x.client_id and g.redemption_id = x.id
  $q$, v_column, case when v_back then 'asc' else 'desc' end, v_where,
    case when p_cursor ? 'id' then format('and (%s, r.id) %s (($7 ->> ''at'')::timestamptz, ($7 ->> ''id'')::uuid)', v_column,
                                          case when v_back then '>' else '<' end) end)
    into v_items, v_count
    using p_client, v_states, v_kinds, v_sources, v_found, v_limit + 1, p_cursor, v_filter;
  if p_with_count then
    execute format('select count(*) from public.loyalty_redemptions r where %s', v_where)
      into v_total using p_client, v_states, v_kinds, v_sources, v_found, v_limit, p_cursor, v_filter;
  end if;
  return jsonb_build_object(
    'items', case when v_back then (select coalesce(jsonb_agg(i.value order by i.ordinality desc), '[]')
                                      from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit)
                  else (select coalesce(jsonb_agg(i.value order by i.ordinality), '[]')
                          from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit) end,
    'hasMore', v_count > v_limit, 'total', v_total);
end $$;

create function private.loyalty_read_redemption(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_creator public.loyalty_creators;
  v_mine boolean;
  v_fulfils boolean := private.has_permission(p_client, 'loyalty.redemptions.fulfil');
begin
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
  v_mine := v_row.creator_id = any (private.my_creators());
  if not found or not (v_mine or private.has_permission(p_client, 'loyalty.redemptions.read')) then
    raise exception using errcode = 'TN001', message = 'We could not find this claim.';
  end if;
  select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = v_row.creator_id;
  return jsonb_build_object(
    'id', v_row.id, 'creatorId', v_row.creator_id, 'handle', v_creator.handle, 'name', v_creator.display_name, 'rewardId', v_row.reward_id,
    'title', coalesce(v_row.terms ->> 'name', (select w.name from public.loyalty_rewards w where w.client_id = p_client and w.id = v_row.reward_id)),
    'kind', v_row.kind, 'source', v_row.source, 'state', v_row.state, 'isHeld', v_row.is_held, 'isMine', v_mine,
    'offeredAt', v_row.offered_at, 'claimUntil', v_row.claim_until, 'claimedAt', v_row.claimed_at, 'dueAt', v_row.due_at,
    'scheduledAt', v_row.scheduled_at, 'endsAt', v_row.ends_at, 'fulfilledAt', v_row.fulfilled_at, 'concludedAt', v_row.concluded_at,
    'rejectedAt', v_row.rejected_at, 'rejectionReason', v_row.rejection_reason,
    'movedFrom', v_row.moved_from, 'movedAt', v_row.moved_at, 'moveReason', v_row.move_reason,
    'movedBy', case when not v_mine then (select p.display_name from public.people p where p.client_id = p_client and p.user_id = v_row.moved_by) end,
    'reference', v_row.fulfil_reference,
    -- What staff wrote for each other is theirs.
    'note', case when not v_mine then v_row.fulfil_note end,
    'costAmount', case when not v_mine then v_row.cost_amount end, 'valueAmount', v_row.value_amount,
    'terms', v_row.terms, 'rewardVersion', v_row.reward_version,
    'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_client and t.id = v_row.tier_id),
    'missionName', (select m.name from public.loyalty_missions m where m.client_id = p_client and m.id = coalesce(
        (select g.mission_id from public.loyalty_mission_progress g where g.client_id = p_client and g.id = v_row.mission_progress_id),
        (select e.mission_id from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = v_row.raffle_entry_id))),
    'code', case when v_mine or v_fulfils then (select k.envelope from public.loyalty_redemption_codes k
                                                 where k.client_id = p_client and k.redemption_id = p_redemption) end,
    'coupon', case when v_row.kind = 'discount' and (v_fulfils or (v_mine and v_row.state in ('fulfilled', 'concluded')))
                   then (select l.coupon_code from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = v_row.reward_id) end,
    'gift', case when v_mine or v_fulfils then (
       select jsonb_build_object('size', g.size, 'recipient', g.recipient, 'line1', g.line1, 'line2', g.line2, 'city', g.city, 'region', g.region,
                'postalCode', g.postal_code, 'country', g.country, 'phone', g.phone, 'carrier', g.carrier, 'trackingNumber', g.tracking_number,
                'shippedAt', g.shipped_at, 'deliveredAt', g.delivered_at)
         from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = p_redemption) end,
    'boost', (select jsonb_build_object('id', b.id, 'state', b.state, 'rateBp', b.rate_bp, 'days', b.days, 'firstOn', b.first_on, 'lastOn', b.last_on,
                'clearsOn', b.clears_on, 'finalAmount', b.final_amount, 'earnedAmount', b.earned_amount)
                from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('from', h.from_state, 'to', h.to_state, 'at', h.created_at, 'actor', h.actor,
                  'by', case when h.actor_user_id = auth.uid() then 'you' when v_creator.person_id = p.id then 'creator'
                             when h.actor_user_id is not null then 'staff' else 'system' end,
                  'name', case when not v_mine then p.display_name end) order by h.created_at, h.id), '[]')
                  from public.core_state_history h
                  left join public.people p on p.client_id = h.client_id and p.user_id = h.actor_user_id
                 where h.client_id = p_client and h.entity = 'loyalty_redemptions' and h.row_id = p_redemption));
end $$;

create function public.loyalty_read_work(p_client uuid, p_kinds text[] default null, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_work(p_client, p_kinds, p_cursor, p_limit, now()); end $$;
create function public.loyalty_list_redemptions(p_client uuid, p_filter jsonb default '{}', p_cursor jsonb default null, p_limit integer default 50,
  p_with_count boolean default true) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_redemptions(p_client, p_filter, p_cursor, p_limit, p_with_count); end $$;
create function public.loyalty_read_redemption(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_redemption(p_client, p_redemption); end $$;

-- grants
revoke all on function private.loyalty_open_work(uuid, timestamptz), private.loyalty_count_on_time(uuid, timestamptz, timestamptz) from public;
grant execute on function private.loyalty_read_work(uuid, text[], jsonb, integer, timestamptz), public.loyalty_read_work(uuid, text[], jsonb, integer),
  private.loyalty_list_redemptions(uuid, jsonb, jsonb, integer, boolean), public.loyalty_list_redemptions(uuid, jsonb, jsonb, integer, boolean),
  private.loyalty_read_redemption(uuid, uuid), public.loyalty_read_redemption(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_open_work(uuid, timestamptz) is 'Everything of a business that waits for a person, with the moment it has to be done by. Held claims wait for their hold.';
comment on function private.loyalty_count_on_time(uuid, timestamptz, timestamptz) is 'Of the claims promised for a span of time: how many there were and how many were fulfilled by then.';
comment on function private.loyalty_read_work(uuid, text[], jsonb, integer, timestamptz) is 'A keyset page of the open work by time left as of a moment, with counts a kind and the share kept on time in 30 days.';
comment on function private.loyalty_list_redemptions(uuid, jsonb, jsonb, integer, boolean) is 'A keyset page of claims, newest first. Filter: q, states, kinds, sources, held, overdue, creatorId.';
comment on function private.loyalty_read_redemption(uuid, uuid) is 'One claim with its terms, gift, boost and history: for staff, or its creator.';
comment on function public.loyalty_read_work(uuid, text[], jsonb, integer) is 'A keyset page of the open work by time left, with counts a kind and the share kept on time in 30 days.';
comment on function public.loyalty_list_redemptions(uuid, jsonb, jsonb, integer, boolean) is 'A keyset page of claims, newest first. Filter: q, states, kinds, sources, held, overdue, creatorId.';
comment on function public.loyalty_read_redemption(uuid, uuid) is 'One claim with its terms, gift, boost and history: for staff, or its creator.';
