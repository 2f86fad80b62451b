-- Loyalty: everything a creator's missions page shows, in one call and in the order she sees it.

-- functions
create function private.loyalty_my_mission_rows(p_client uuid, p_creator uuid)
returns table (mission_id uuid, status text, progress_id uuid, redemption_id uuid, cycle_no integer, value bigint, target bigint,
  counts_from_on date, due_on date, starts_on date, completed_on date, claim_until timestamptz, scheduled_at timestamptz,
  reward_ends_at timestamptz, opens_at timestamptz)
language plpgsql stable set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_rank integer;
  v_recognised boolean;
  v_zone text;
  v_today date;
begin
  select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  select t.rank into v_rank from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id;
  select k.time_zone into v_zone from public.clients k where k.id = p_client;
  v_today := private.local_date(now(), v_zone);
  v_recognised := v_creator.total_videos > 0 or exists (select from public.loyalty_videos v
    where v.client_id = p_client and v.creator_id = p_creator);
  return query
  with redeemed as (
    -- What became of an earned reward, in the words of her page; null when nothing more will.
    select r.id, r.mission_progress_id, r.raffle_entry_id, r.claim_until, r.scheduled_at,
           case when r.kind = 'commission_boost' then b.ends_at when r.kind = 'discount' then r.ends_at end as runs_until,
           e.opens_at,
           case when e.reason = 'stock' then 'waiting_for_stock' when r.withdrawn_at is not null then null
                when e.reason = 'boosted' then 'waiting_for_boost'
                when r.state = 'claimable' then 'claimable'
                when r.kind = 'commission_boost' and r.state in ('claimed', 'fulfilled') then
                  case b.state when 'scheduled' then 'scheduled' when 'active' then 'running' when 'pending_info' then 'needs_details'
                               when 'expired' then 'paying' when 'pending_payout' then 'paying' else 'claimed' end
                when r.kind = 'discount' and r.state = 'claimed' and r.scheduled_at > now() then 'scheduled'
                when r.kind = 'discount' and r.state = 'fulfilled' and r.ends_at > now() then 'running'
                when r.state = 'claimed' then 'claimed' end as status
      from public.loyalty_redemptions r
      left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
      left join private.loyalty_earned_standing(p_client, p_creator) e on e.redemption_id = r.id
     where r.client_id = p_client and r.creator_id = p_creator and r.source <> 'tier' and r.state not in ('concluded', 'rejected', 'expired')
  ), missions as (
    select m.*, m.tier_id is null or m.tier_id = v_creator.tier_id as has_tier,
           m.tag is null or exists (select from public.loyalty_creator_tags g
             where g.client_id = p_client and g.creator_id = p_creator and g.tag = m.tag) as has_tag,
           coalesce(early.rank <= v_rank and v_rank < own.rank, false) as is_early,
           m.state = 'published' and coalesce(m.ends_at > now(), true) as is_open
      from public.loyalty_missions m
      left join public.loyalty_tiers own on own.client_id = m.client_id and own.id = m.tier_id
      left join public.loyalty_tiers early on early.client_id = m.client_id and early.id = m.preview_from_tier_id
     where m.client_id = p_client and m.state <> 'draft'
  ), rounds as (
    select distinct on (p.mission_id) p.*, d.id as redeemed_id, d.claim_until, d.scheduled_at, d.runs_until, d.opens_at,
           case p.state when 'active' then 'in_progress' when 'completed' then d.status
             else case when m.state = 'paused' then 'paused' when p.cycle_no > 1 and p.start_on > v_today then 'cooling_down'
                       else 'next_up' end end as status
      from public.loyalty_mission_progress p
      join missions m on m.id = p.mission_id
      left join redeemed d on d.mission_progress_id = p.id
     where p.client_id = p_client and p.creator_id = p_creator and p.kind <> 'raffle'
       and (p.state = 'active' or (p.state = 'completed' and d.status is not null)
            or (p.state = 'dormant' and m.has_tier and m.has_tag and m.state in ('published', 'paused')))
     order by p.mission_id, p.state = 'dormant', p.cycle_no desc
  ), raffles as (
    select m.id as mission_id, e.id as entry_id, d.id as redeemed_id, coalesce(d.claim_until, e.claim_until) as claim_until, d.scheduled_at,
           d.runs_until, d.opens_at,
           case when e.state = 'won' then case d.status when 'claimable' then 'raffle_won' else d.status end
                when e.state = 'alternate' then 'raffle_alternate'
                when e.state = 'entered' then case when w.id is not null or not coalesce(m.ends_at > now(), false) then 'raffle_closed'
                                                   else 'raffle_entered' end
                when (e.state is null or e.state = 'withdrawn') and w.id is null and m.has_tier and m.has_tag and m.ends_at > now() then
                  case when m.state = 'paused' then 'paused' when m.state <> 'published' then null
                       when not v_recognised then 'unrecognised' else 'raffle_open' end end as status
      from missions m
      left join public.loyalty_raffle_entries e on e.client_id = p_client and e.mission_id = m.id and e.creator_id = p_creator
      left join public.loyalty_raffle_draws w on w.client_id = p_client and w.mission_id = m.id
      left join redeemed d on d.raffle_entry_id = e.id
     where m.kind = 'raffle'
  ), waiting as (
    -- Hers, and no round of it yet; or shown early to a lower tier.
    select m.id as mission_id,
           case when m.is_early and m.is_open and m.has_tag then 'locked'
                when not m.has_tier or not m.has_tag or m.kind = 'raffle' then null
                when m.state = 'paused' then 'paused' when not m.is_open then null
                when not v_recognised then 'unrecognised'
                when m.reaches_current or v_creator.joined_on >= private.local_date(m.published_at, v_zone)
                  or (m.tier_id is not null and v_creator.tier_since >= m.published_at) then 'next_up' end as status
      from missions m
     where not exists (select from public.loyalty_mission_progress p
                        where p.client_id = p_client and p.mission_id = m.id and p.creator_id = p_creator)
  )
  select r.mission_id, r.status, r.id, r.redeemed_id, r.cycle_no, r.value, r.target, r.counts_from_on, r.due_on,
         case when r.state = 'dormant' and r.start_on > v_today then r.start_on end, r.completed_on, r.claim_until, r.scheduled_at, r.runs_until,
         r.opens_at
    from rounds r
  union all
  select f.mission_id, f.status, null, f.redeemed_id, null, 0, 0, null, null, null, null, f.claim_until, f.scheduled_at, f.runs_until, f.opens_at
    from raffles f where f.status is not null
  union all
  select w.mission_id, w.status, null, null, null, 0, m.target, null, null, null, null, null, null, null, null
    from waiting w join missions m on m.id = w.mission_id where w.status is not null;
end $$;

create function private.loyalty_read_missions(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_night public.loyalty_nights;
  v_creator public.loyalty_creators;
  v_value bigint;
  v_zone text;
begin
  if not p_client = any (private.my_clients('loyalty')) then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select n.* into v_night from public.loyalty_nights n where n.client_id = p_client;
  select k.time_zone into v_zone from public.clients k where k.id = p_client;
  -- The rewards of missions are closed to creators by their own policy, as their terms are the business's: read here, with the mission.
  select c.* into v_creator from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
  v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                  when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                  when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
  return jsonb_build_object(
    'currency', v_settings.currency, 'metric', v_settings.metric, 'timeZone', v_zone, 'figuresAt', v_night.figures_at,
    'lastBusinessDate', v_night.last_business_date,
    -- What a claim promises is said where she claims.
    'fulfilHours', v_settings.fulfil_hours, 'clearingDays', v_settings.clearing_days,
    'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
    'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
    'creator', case when v_creator.id is not null then (
      select jsonb_build_object('id', v_creator.id, 'handle', v_creator.handle, 'tierId', t.id, 'tierName', t.name,
               'commissionBp', t.commission_bp,
               'isRecognised', v_creator.total_videos > 0 or exists (select from public.loyalty_videos v
                 where v.client_id = p_client and v.creator_id = v_creator.id))
        from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id) end,
    'finished', case when v_creator.id is null then 0 else (select count(*) from private.loyalty_finished_rounds(p_client, v_creator.id)) end,
    'items', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', m.id, 'kind', m.kind, 'name', m.name, 'description', m.description, 'status', x.status, 'progressId', x.progress_id,
               'redemptionId', x.redemption_id, 'isRecurring', m.is_recurring, 'cycleNo', x.cycle_no, 'target', x.target, 'value', x.value,
               'countsFrom', m.counts_from, 'countsFromOn', x.counts_from_on, 'dueOn', x.due_on, 'startsOn', x.starts_on,
               'completedOn', x.completed_on, 'claimUntil', x.claim_until, 'scheduledAt', x.scheduled_at, 'rewardEndsAt', x.reward_ends_at,
               'opensAt', x.opens_at,
               'tier', case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name, 'rank', t.rank,
                 'missing', case when o.rank >= t.rank then 0 else greatest(t.threshold - v_value, 0) end) end,
               'reward', jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'description', r.description,
                 'instructions', r.instructions, 'valueAmount', r.value_amount, 'boostBp', r.boost_bp, 'boostDays', r.boost_days, 'discountPercent', r.discount_percent,
                 'discountMinutes', r.discount_minutes, 'requiresSize', r.requires_size, 'sizes', r.sizes, 'version', r.version,
                 'left', case when g.pieces > 0 then g.pieces when g.pieces <= 0 then 0 end),
               'raffle', case when m.kind = 'raffle' then jsonb_build_object('endsAt', m.ends_at, 'winnersCount', m.winners_count,
                 'claimDays', m.claim_days,
                 'entries', (select count(*) from public.loyalty_raffle_entries e
                              where e.client_id = p_client and e.mission_id = m.id and e.state <> 'withdrawn'),
                 'isSealed', exists (select from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = m.id)) end)
               order by b.band, case x.status when 'in_progress' then b.is_near end desc nulls last,
                 case x.status when 'in_progress' then b.kind_rank end, case when x.status = 'in_progress' then b.share end desc nulls last,
                 coalesce(x.claim_until, m.ends_at) nulls last, m.display_order, m.id), '[]')
        from private.loyalty_my_mission_rows(p_client, v_creator.id) x
        join public.loyalty_missions m on m.client_id = p_client and m.id = x.mission_id
        join public.loyalty_rewards r on r.client_id = p_client and r.id = m.reward_id
        join public.loyalty_tiers o on o.client_id = p_client and o.id = v_creator.tier_id
        left join public.loyalty_tiers t on t.client_id = p_client and t.id = m.tier_id
       cross join lateral (select private.loyalty_pieces_left(p_client, r.id) as pieces) g
       cross join lateral (
         select array_position(array['claimable', 'raffle_won', 'needs_details', 'waiting_for_boost', 'waiting_for_stock', 'raffle_open', 'in_progress', 'raffle_entered',
                  'raffle_closed', 'raffle_alternate', 'running', 'scheduled', 'paying', 'claimed', 'next_up', 'cooling_down', 'paused',
                  'locked', 'unrecognised'], x.status) as band,
                array_position(array['sales_amount', 'sales_units', 'videos', 'likes', 'views'], m.kind) as kind_rank,
                x.value::double precision / greatest(x.target, 1) as share,
                -- Nearly there, or nearly over.
                x.value * 5 >= x.target * 4 or coalesce(x.due_on <= private.local_date(now(), v_zone) + 3, false) as is_near) b));
end $$;

create function private.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_redemption uuid;
begin
  perform private.require_permission(p_client, 'loyalty.app.use');
  if not p_mission = any (private.my_missions()) then
    raise exception using errcode = 'TN001', message = 'We could not find this mission.';
  end if;
  -- The one that waits; else the last one claimed, so that a second click is answered like the first.
  select r.id into v_redemption
    from public.loyalty_redemptions r
    left join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id
    left join public.loyalty_raffle_entries e on e.client_id = r.client_id and e.id = r.raffle_entry_id
   where r.client_id = p_client and r.creator_id = any (private.my_creators()) and p_mission in (p.mission_id, e.mission_id)
   order by r.state = 'claimable' and r.withdrawn_at is null desc, r.claimed_at desc nulls last, r.offered_at desc limit 1;
  if not found then
    raise exception using errcode = 'ST001', hint = 'NOT_AVAILABLE', message = 'This mission is not done yet, so there is nothing to claim.';
  end if;
  return private.loyalty_claim_redemption(p_client, v_redemption, p_details);
end $$;

create function public.loyalty_list_rounds(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  -- Under the caller's own row security: her own rounds, or everybody's for staff.
  perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'missionId', m.id, 'name', m.name, 'kind', m.kind, 'state', p.state,
             'cycleNo', p.cycle_no, 'isRecurring', m.is_recurring, 'tierId', p.tier_id, 'value', p.value, 'target', p.target,
             'startOn', p.start_on, 'countsFromOn', p.counts_from_on, 'countsAll', p.counts_all, 'dueOn', p.due_on,
             'completedOn', p.completed_on, 'figuresAt', p.figures_at, 'redemptionId', r.id, 'redemptionState', r.state)
             order by array_position(array['active', 'completed', 'dormant', 'missed'], p.state), m.display_order, p.start_on desc, p.id), '[]')
      from (select * from public.loyalty_mission_progress g
             where g.client_id = p_client and g.creator_id = p_creator order by g.start_on desc limit 200) p
      join public.loyalty_missions m on m.client_id = p_client and m.id = p.mission_id
      left join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = p.id);
end $$;

create function public.loyalty_read_missions(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_missions(p_client); end $$;
create function public.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb) returns jsonb
language plpgsql set search_path = '' as $$
begin return private.loyalty_claim_mission(p_client, p_mission, p_details); end $$;

-- grants
revoke all on function private.loyalty_my_mission_rows(uuid, uuid) from public;
grant execute on function private.loyalty_read_missions(uuid), public.loyalty_read_missions(uuid) to authenticated;
grant execute on function private.loyalty_claim_mission(uuid, uuid, jsonb), public.loyalty_claim_mission(uuid, uuid, jsonb) to authenticated;
grant execute on function public.loyalty_list_rounds(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_my_mission_rows(uuid, uuid) is 'Where a creator stands in each mission she sees: one row a mission. Checks nobody: for checked functions.';
comment on function private.loyalty_read_missions(uuid) is 'All of the signed-in creator''s missions page, most urgent first. creator is null for a person who is none.';
comment on function public.loyalty_read_missions(uuid) is 'All of the signed-in creator''s missions page, most urgent first. creator is null for a person who is none.';
comment on function private.loyalty_claim_mission(uuid, uuid, jsonb) is 'Claims what the caller earned in a mission or raffle: the reward that waits, else the last one claimed.';
comment on function public.loyalty_claim_mission(uuid, uuid, jsonb) is 'Claims what the caller earned in a mission or raffle. Sending it again answers the same.';
comment on function public.loyalty_list_rounds(uuid, uuid) is 'Rounds of a creator the caller may read, the latest 200.';
