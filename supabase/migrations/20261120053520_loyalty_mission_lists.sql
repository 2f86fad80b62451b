-- Loyalty: missions as their owner sees them, and what a mission would reach before it is published.

-- functions
-- What asks for something comes first, then the order creators see, then the order they were made in.
create function private.loyalty_mission_rank(p_state text) returns integer
language sql immutable parallel safe set search_path = '' as $$
  select array_position(array['published', 'paused', 'draft', 'ended', 'archived'], p_state)
$$;

create function private.loyalty_mission_rows(p_client uuid, p_missions uuid[]) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_zone text;
begin
  select k.time_zone into v_zone from public.clients k where k.id = p_client;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'name', m.name, 'description', m.description, 'target', m.target,
             'rewardId', m.reward_id, 'rewardName', w.name, 'rewardKind', w.kind, 'tierId', m.tier_id, 'tierName', t.name, 'tag', m.tag,
             'previewFromTierId', m.preview_from_tier_id, 'countsFrom', m.counts_from, 'reachesCurrent', m.reaches_current,
             'isRecurring', m.is_recurring,
             'cooldownDays', m.cooldown_days, 'maxCycles', m.max_cycles, 'daysToFinish', m.days_to_finish, 'endsAt', m.ends_at,
             'endsLocal', to_char(m.ends_at at time zone v_zone, 'YYYY-MM-DD"T"HH24:MI'), 'winnersCount', m.winners_count,
             'alternatesCount', m.alternates_count, 'claimDays', m.claim_days, 'displayOrder', m.display_order, 'state', m.state,
             'version', m.version, 'publishedAt', m.published_at, 'updatedAt', m.updated_at,
             'reached', case when m.kind = 'raffle' then e.entered else p.reached end, 'dormant', p.dormant, 'active', p.active,
             'completed', case when m.kind = 'raffle' then e.won else p.completed end, 'missed', p.missed, 'cost', c.cost,
             'left', private.loyalty_pieces_left(p_client, m.reward_id), 'waiting', s.waiting)
             order by private.loyalty_mission_rank(m.state), m.display_order, m.created_at, m.id), '[]')
      from public.loyalty_missions m
      join public.loyalty_rewards w on w.client_id = m.client_id and w.id = m.reward_id
      left join public.loyalty_tiers t on t.client_id = m.client_id and t.id = m.tier_id
     cross join lateral (
       select count(distinct g.creator_id) as reached, count(*) filter (where g.state = 'dormant') as dormant,
              count(*) filter (where g.state = 'active') as active, count(*) filter (where g.state = 'completed') as completed,
              count(*) filter (where g.state = 'missed') as missed
         from public.loyalty_mission_progress g where g.client_id = p_client and g.mission_id = m.id) p
     cross join lateral (
       -- Earned after the last piece was given out.
       select count(*) as waiting
         from public.loyalty_redemptions r
         join public.loyalty_mission_progress g on g.client_id = r.client_id and g.id = r.mission_progress_id and g.mission_id = m.id
        where r.client_id = p_client and r.reward_id = m.reward_id and r.state = 'claimable' and r.withdrawn_reason = 'waiting_for_stock') s
     cross join lateral (
       select count(*) filter (where n.state <> 'withdrawn') as entered, count(*) filter (where n.state = 'won') as won
         from public.loyalty_raffle_entries n where n.client_id = p_client and n.mission_id = m.id) e
     cross join lateral (
       select coalesce(sum(case when r.kind = 'commission_boost' then coalesce(b.final_amount, b.earned_amount, 0) else r.cost_amount end), 0)::bigint as cost
         from public.loyalty_redemptions r
         left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
        where r.client_id = p_client and r.reward_id = m.reward_id and r.state in ('claimed', 'fulfilled', 'concluded')
          and case r.source when 'mission' then exists (select from public.loyalty_mission_progress g
                              where g.client_id = p_client and g.id = r.mission_progress_id and g.mission_id = m.id)
                            when 'raffle' then exists (select from public.loyalty_raffle_entries n
                              where n.client_id = p_client and n.id = r.raffle_entry_id and n.mission_id = m.id) end) c
     where m.client_id = p_client and m.id = any (p_missions));
end $$;

create function private.loyalty_list_missions(
  p_client uuid, p_states text[], p_tiers uuid[], p_every_tier boolean, p_search text, p_cursor jsonb, p_limit integer
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_states text[] := coalesce(p_states, array['published', 'paused', 'draft', 'ended']);
  v_any_tier boolean := p_tiers is null and not coalesce(p_every_tier, false);
  v_text text := nullif(lower(btrim(p_search)), '');
  v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
  v_limit integer := least(greatest(p_limit, 1), 200);
  v_found uuid[];
begin
  perform private.require_permission(p_client, 'loyalty.missions.read');
  if v_back then
    v_found := array(
      select m.id from public.loyalty_missions m
       where m.client_id = p_client and m.state = any (v_states) and (v_text is null or position(v_text in lower(m.name)) > 0)
         and (v_any_tier or m.tier_id = any (p_tiers) or (p_every_tier and m.tier_id is null))
         and (private.loyalty_mission_rank(m.state), m.display_order, m.created_at, m.id)
           < ((p_cursor ->> 'rank')::integer, (p_cursor ->> 'order')::integer, (p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid)
       order by private.loyalty_mission_rank(m.state) desc, m.display_order desc, m.created_at desc, m.id desc limit v_limit + 1);
  else
    v_found := array(
      select m.id from public.loyalty_missions m
       where m.client_id = p_client and m.state = any (v_states) and (v_text is null or position(v_text in lower(m.name)) > 0)
         and (v_any_tier or m.tier_id = any (p_tiers) or (p_every_tier and m.tier_id is null))
         and (p_cursor is null or (private.loyalty_mission_rank(m.state), m.display_order, m.created_at, m.id)
           > ((p_cursor ->> 'rank')::integer, (p_cursor ->> 'order')::integer, (p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid))
       order by private.loyalty_mission_rank(m.state), m.display_order, m.created_at, m.id limit v_limit + 1);
  end if;
  return jsonb_build_object(
    'items', private.loyalty_mission_rows(p_client, v_found[1:v_limit]),
    'hasMore', cardinality(v_found) > v_limit,
    -- Where this page begins and ends, whichever way it was walked.
    'cursors', (select coalesce(jsonb_agg(jsonb_build_object('rank', private.loyalty_mission_rank(m.state), 'order', m.display_order,
                         'at', m.created_at, 'id', m.id) order by private.loyalty_mission_rank(m.state), m.display_order, m.created_at, m.id), '[]')
                  from public.loyalty_missions m
                 where m.client_id = p_client and m.id in (v_found[1], v_found[least(cardinality(v_found), v_limit)])),
    'total', (select count(*) from public.loyalty_missions m
               where m.client_id = p_client and m.state = any (v_states) and (v_text is null or position(v_text in lower(m.name)) > 0)
                 and (v_any_tier or m.tier_id = any (p_tiers) or (p_every_tier and m.tier_id is null))));
end $$;

create function private.loyalty_read_mission(p_client uuid, p_mission uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.missions.read');
  return private.loyalty_mission_rows(p_client, array[p_mission]) -> 0;
end $$;

create function private.loyalty_preview_mission(p_client uuid, p_body jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_kind text := p_body ->> 'kind';
  v_target bigint := (p_body ->> 'target')::bigint;
  v_tier uuid := nullif(p_body ->> 'tierId', '')::uuid;
  v_tag text := nullif(p_body ->> 'tag', '');
  v_from text := coalesce(p_body ->> 'countsFrom', 'publish');
  v_reward uuid := nullif(p_body ->> 'rewardId', '')::uuid;
  -- As long as a creator would have, and a month where nothing limits her.
  v_days integer := least(greatest(coalesce((p_body ->> 'daysToFinish')::integer, 30), 1), 90);
  v_last date;
begin
  perform private.require_permission(p_client, 'loyalty.missions.read');
  if v_kind is null or v_kind not in ('sales_amount', 'sales_units', 'videos', 'views', 'likes', 'raffle') then
    raise exception using errcode = 'VA001', message = 'Choose a kind.', detail = 'kind';
  end if;
  select coalesce(n.last_business_date, private.local_date(now(), k.time_zone)) into v_last
    from public.clients k left join public.loyalty_nights n on n.client_id = k.id where k.id = p_client;
  return (
    with people as (
      -- Whoever no video was ever seen of may look at missions and takes part in none.
      select c.* from public.loyalty_creators c
       where c.client_id = p_client and c.state = 'active' and c.total_videos > 0 and (v_tier is null or c.tier_id = v_tier)
         and (v_tag is null or exists (select from public.loyalty_creator_tags g
                where g.client_id = p_client and g.creator_id = c.id and g.tag = v_tag))
    ), moved as (
      -- As rounds are counted: what videos brought on each day, and for sales what was entered by hand.
      select d.creator_id, sum(d.value)::bigint as value
        from (select s.creator_id, sum(case v_kind when 'sales_amount' then s.gmv_delta when 'sales_units' then s.units_delta
                                                   when 'views' then s.views_delta else s.likes_delta end) as value
                from public.loyalty_video_snapshots s
               where s.client_id = p_client and v_kind not in ('videos', 'raffle') and v_from = 'publish'
                 and s.business_date > v_last - v_days and s.business_date <= v_last
               group by s.creator_id
              union all
              select a.creator_id, case v_kind when 'sales_amount' then a.amount else a.units end
                from public.loyalty_adjustments a
               where a.client_id = p_client and v_kind in ('sales_amount', 'sales_units') and v_from = 'publish'
                 and a.effective_on > v_last - v_days and a.effective_on <= v_last) d
       group by d.creator_id
    ), seen as (
      select v.creator_id, case v_kind when 'videos' then count(*) when 'views' then sum(v.views) else sum(v.likes) end::bigint as value
        from public.loyalty_videos v
       where v.client_id = p_client and case when v_kind = 'videos' then v_from = 'publish' and v.posted_on > v_last - v_days and v.posted_on <= v_last
                                             else v_kind in ('views', 'likes') and v_from = 'joining' end
       group by v.creator_id
    ), judged as (
      select c.id, case when v_from = 'checkpoint' then case v_kind when 'sales_amount' then c.period_sales when 'sales_units' then c.period_units
                          when 'videos' then c.period_videos when 'views' then c.period_views else c.period_likes end
                        when v_from = 'joining' and v_kind = 'sales_amount' then c.total_sales
                        when v_from = 'joining' and v_kind = 'sales_units' then c.total_units
                        when v_from = 'joining' and v_kind = 'videos' then c.total_videos
                        else coalesce(m.value, s.value, 0) end as value
        from people c left join moved m on m.creator_id = c.id left join seen s on s.creator_id = c.id
    ), counted as (
      select count(*) as recipients, count(*) filter (where j.value >= v_target) as done,
             percentile_disc(0.5) within group (order by j.value) as median from judged j
    )
    select jsonb_build_object('recipients', n.recipients,
      'wouldHaveCompleted', case when v_kind <> 'raffle' and v_target > 0 then n.done end,
      'basis', case when v_kind = 'raffle' then null when v_from = 'publish' then 'window' when v_from = 'checkpoint' then 'period' else 'ever' end,
      'windowFrom', case when v_kind <> 'raffle' and v_from = 'publish' then v_last - v_days + 1 end,
      'windowTo', case when v_kind <> 'raffle' then v_last end,
      'median', case when v_kind <> 'raffle' then n.median end,
      'cost', (select case when r.kind = 'commission_boost' then null
                           else coalesce(nullif(l.unit_cost, 0), r.value_amount) * case when v_kind = 'raffle'
                                then least(coalesce((p_body ->> 'winnersCount')::integer, 1), n.recipients) when v_target > 0 then n.done end end
                 from public.loyalty_rewards r join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
                where r.client_id = p_client and r.id = v_reward))
      from counted n);
end $$;

create function public.loyalty_list_missions(
  p_client uuid, p_states text[] default null, p_tiers uuid[] default null, p_every_tier boolean default false,
  p_search text default null, p_cursor jsonb default null, p_limit integer default 50
) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.loyalty_list_missions(p_client, p_states, p_tiers, p_every_tier, p_search, p_cursor, p_limit); end $$;
create function public.loyalty_read_mission(p_client uuid, p_mission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_mission(p_client, p_mission); end $$;
create function public.loyalty_preview_mission(p_client uuid, p_body jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_preview_mission(p_client, p_body); end $$;

-- grants
revoke all on function private.loyalty_mission_rank(text), private.loyalty_mission_rows(uuid, uuid[]) from public;
grant execute on function private.loyalty_list_missions(uuid, text[], uuid[], boolean, text, jsonb, integer),
  public.loyalty_list_missions(uuid, text[], uuid[], boolean, text, jsonb, integer) to authenticated;
grant execute on function private.loyalty_read_mission(uuid, uuid), public.loyalty_read_mission(uuid, uuid) to authenticated;
grant execute on function private.loyalty_preview_mission(uuid, jsonb), public.loyalty_preview_mission(uuid, jsonb) to authenticated;

-- comments
comment on function private.loyalty_mission_rank(text) is 'Where missions of a state stand in the owner''s list.';
comment on function private.loyalty_mission_rows(uuid, uuid[]) is 'Missions with what came of them, in the order of the owner''s list.';
comment on function private.loyalty_list_missions(uuid, text[], uuid[], boolean, text, jsonb, integer) is 'A keyset page of missions with how many they reached and what they cost. Archived ones only when asked for.';
comment on function public.loyalty_list_missions(uuid, text[], uuid[], boolean, text, jsonb, integer) is 'A keyset page of missions with how many they reached and what they cost. Archived ones only when asked for.';
comment on function private.loyalty_read_mission(uuid, uuid) is 'One mission with what came of it; null when there is none.';
comment on function public.loyalty_read_mission(uuid, uuid) is 'One mission as its owner reads it (loyalty.missions.read).';
comment on function private.loyalty_preview_mission(uuid, jsonb) is 'Who a mission as typed would reach now, and how many would have met its goal on past figures. Saves nothing.';
comment on function public.loyalty_preview_mission(uuid, jsonb) is 'Who a mission as typed would reach now, and how many would have met its goal on past figures. Saves nothing.';
