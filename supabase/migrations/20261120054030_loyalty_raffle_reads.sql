-- Loyalty: what creators and staff see of raffles.

-- functions
create function private.loyalty_read_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_mission public.loyalty_missions;
  v_creator uuid;
  v_is_staff boolean := private.has_permission(p_client, 'loyalty.missions.read');
begin
  -- The prize is a reward made for missions, which its own policy shows to staff only: so it is read here, with its raffle.
  select m.* into v_mission from public.loyalty_missions m
   where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle' and (v_is_staff or m.id = any (private.my_missions()));
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
  end if;
  select c.id into v_creator from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client);
  return (
    select jsonb_build_object(
      'id', v_mission.id, 'name', v_mission.name, 'description', v_mission.description, 'endsAt', v_mission.ends_at,
      'phase', private.loyalty_raffle_phase(v_mission.state, v_mission.ends_at, d.sealed_at, d.drawn_at),
      'winnersCount', coalesce(d.winners_count, v_mission.winners_count),
      'alternatesCount', coalesce(d.alternates_count, v_mission.alternates_count),
      'claimDays', coalesce(d.claim_days, v_mission.claim_days), 'timeZone', k.time_zone, 'currency', s.currency,
      'tierName', t.name, 'isForTag', v_mission.tag is not null,
      'prize', jsonb_build_object('rewardId', r.id, 'version', r.version, 'name', r.name, 'kind', r.kind, 'description', r.description,
        'valueAmount', r.value_amount, 'boostBp', r.boost_bp, 'boostDays', r.boost_days, 'discountPercent', r.discount_percent,
        'discountMinutes', r.discount_minutes, 'sizes', to_jsonb(r.sizes), 'instructions', r.instructions),
      'fulfilHours', s.fulfil_hours, 'clearingDays', s.clearing_days,
      'entered', (select count(*)::integer from public.loyalty_raffle_entries e
                   where e.client_id = p_client and e.mission_id = p_raffle and e.state <> 'withdrawn'),
      'blockedBy', case when v_creator is not null then private.loyalty_raffle_standing(p_client, p_raffle, v_creator) end,
      'isCreator', v_creator is not null,
      'entry', case when v_creator is not null then private.loyalty_raffle_entry(p_client, p_raffle, v_creator) end,
      'draw', private.loyalty_raffle_result(p_client, p_raffle))
      from public.clients k
      join public.loyalty_settings s on s.client_id = k.id
      join public.loyalty_rewards r on r.client_id = k.id and r.id = v_mission.reward_id
      left join public.loyalty_tiers t on t.client_id = k.id and t.id = v_mission.tier_id
      left join public.loyalty_raffle_draws d on d.client_id = k.id and d.mission_id = v_mission.id
     where k.id = p_client);
end $$;

create function private.loyalty_raffle_phase(p_state text, p_ends_at timestamptz, p_sealed_at timestamptz, p_drawn_at timestamptz) returns text
language sql stable set search_path = '' as $$
  select case when p_drawn_at is not null then 'drawn' when p_sealed_at is not null then 'sealed'
              when p_state = 'draft' then 'draft' when p_state = 'archived' then 'archived'
              when p_state = 'ended' or p_ends_at <= now() then 'closed'
              when p_state = 'paused' then 'paused' else 'open' end
$$;

create function private.loyalty_read_raffle_list(p_client uuid, p_raffle uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle'
                  and (private.has_permission(p_client, 'loyalty.missions.read') or m.id = any (private.my_missions()))) then
    raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
  end if;
  if not exists (select from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle) then
    raise exception using errcode = 'ST001', message = 'The list is published when it is sealed, once the raffle has ended.';
  end if;
  return private.loyalty_raffle_list_text(p_client, p_raffle);
end $$;

create function private.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.missions.read');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'endsAt', m.ends_at, 'winnersCount', m.winners_count,
             'phase', private.loyalty_raffle_phase(m.state, m.ends_at, d.sealed_at, d.drawn_at), 'prize', r.name,
             'entered', (select count(*)::integer from public.loyalty_raffle_entries e
                          where e.client_id = m.client_id and e.mission_id = m.id and e.state <> 'withdrawn'),
             'drawnAt', d.drawn_at) order by m.ends_at desc, m.id desc), '[]')
      from (select x.* from public.loyalty_missions x
             where x.client_id = p_client and x.kind = 'raffle'
               and (p_cursor is null or (x.ends_at, x.id) < ((p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid))
             order by x.ends_at desc, x.id desc limit least(p_limit, 200)) m
      join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
      left join public.loyalty_raffle_draws d on d.client_id = m.client_id and d.mission_id = m.id);
end $$;

create function private.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.missions.read');
  -- An empty list would say that there is one.
  if not exists (select from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle') then
    raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'creatorId', c.id, 'handle', c.handle, 'name', c.display_name,
             'tierName', t.name, 'tierColor', t.color, 'state', e.state, 'entryNo', e.entry_no, 'drawRank', e.draw_rank,
             'enteredAt', e.entered_at, 'claimUntil', coalesce(x.claim_until, e.claim_until), 'redrawReason', e.redraw_reason,
             'redemptionId', x.id, 'redemptionState', x.state, 'isHeld', coalesce(x.is_held, false), 'place', e.place)
             order by e.place, e.entered_at, e.id), '[]')
      from (select y.* from (
              -- Ranks once drawn, numbers once sealed, those who left at the end, the rest as they came.
              select z.*, coalesce(z.draw_rank, z.entry_no, case when z.state = 'withdrawn' then 2000000001 else 2000000000 end) as place
                from public.loyalty_raffle_entries z
               where z.client_id = p_client and z.mission_id = p_raffle) y
             where p_cursor is null or (y.place, y.entered_at, y.id) >
               ((p_cursor ->> 'place')::integer, (p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid)
             order by y.place, y.entered_at, y.id limit least(p_limit, 200)) e
      join public.loyalty_creators c on c.client_id = e.client_id and c.id = e.creator_id
      join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
      left join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id);
end $$;

create function public.loyalty_read_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_raffle(p_client, p_raffle); end $$;
create function public.loyalty_read_raffle_list(p_client uuid, p_raffle uuid) returns text
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_raffle_list(p_client, p_raffle); end $$;
create function public.loyalty_list_raffles(p_client uuid, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_raffles(p_client, p_cursor, p_limit); end $$;
create function public.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.loyalty_list_raffle_entries(p_client, p_raffle, p_cursor, p_limit); end $$;

-- grants
revoke all on function private.loyalty_raffle_phase(text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function private.loyalty_read_raffle(uuid, uuid), public.loyalty_read_raffle(uuid, uuid),
  private.loyalty_read_raffle_list(uuid, uuid), public.loyalty_read_raffle_list(uuid, uuid),
  private.loyalty_list_raffles(uuid, jsonb, integer), public.loyalty_list_raffles(uuid, jsonb, integer),
  private.loyalty_list_raffle_entries(uuid, uuid, jsonb, integer), public.loyalty_list_raffle_entries(uuid, uuid, jsonb, integer) to authenticated;

-- comments
comment on function private.loyalty_raffle_phase(text, timestamptz, timestamptz, timestamptz) is 'draft, open, paused, closed (over and not sealed yet), sealed, drawn or archived.';
comment on function private.loyalty_read_raffle(uuid, uuid) is 'A raffle with its prize, the caller''s entry and all that is published of its draw.';
comment on function public.loyalty_read_raffle(uuid, uuid) is 'A raffle with its prize, the caller''s entry and all that is published of its draw.';
comment on function private.loyalty_read_raffle_list(uuid, uuid) is 'The sealed list, byte for byte as it was hashed.';
comment on function public.loyalty_read_raffle_list(uuid, uuid) is 'The sealed list, byte for byte as it was hashed.';
comment on function private.loyalty_list_raffles(uuid, jsonb, integer) is 'A keyset page of raffles, the latest end first.';
comment on function public.loyalty_list_raffles(uuid, jsonb, integer) is 'A keyset page of raffles, the latest end first.';
comment on function private.loyalty_list_raffle_entries(uuid, uuid, jsonb, integer) is 'A keyset page of a raffle''s entries with their creators and prizes, by rank, number or time.';
comment on function public.loyalty_list_raffle_entries(uuid, uuid, jsonb, integer) is 'A keyset page of a raffle''s entries with their creators and prizes, by rank, number or time.';
