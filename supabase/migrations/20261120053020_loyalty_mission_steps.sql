-- Loyalty: how the business makes, changes, publishes, pauses and ends a mission.

-- functions
create function private.loyalty_read_wall_clock(p_text text, p_zone text, p_field text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  if p_text is null then
    return null;
  elsif p_text !~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$' then
    raise exception using errcode = 'VA001', detail = p_field, message = 'Choose a day and a time.';
  end if;
  return private.local_instant(split_part(p_text, 'T', 1)::date, split_part(p_text, 'T', 2)::time, p_zone);
exception when datetime_field_overflow or invalid_datetime_format then
  raise exception using errcode = 'VA001', detail = p_field, message = 'There is no such day or time.';
end $$;

-- The mission, locked after the nightly pass and before anything else.
create function private.loyalty_require_mission(p_client uuid, p_mission uuid) returns public.loyalty_missions
language plpgsql set search_path = '' as $$
declare
  v_mission public.loyalty_missions;
begin
  perform private.require_permission(p_client, 'loyalty.missions.write');
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  select m.* into v_mission from public.loyalty_missions m where m.client_id = p_client and m.id = p_mission for no key update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this mission.';
  end if;
  return v_mission;
end $$;

-- What a creator was promised when her round began stays as it was published.
create function private.loyalty_check_fixed(p_was public.loyalty_missions, p_is public.loyalty_missions) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_field text;
begin
  select f.field into v_field
    from (values ('kind', p_was.kind = p_is.kind), ('rewardId', p_was.reward_id = p_is.reward_id),
                 ('tierId', p_was.tier_id is not distinct from p_is.tier_id), ('tag', p_was.tag is not distinct from p_is.tag),
                 ('countsFrom', p_was.counts_from = p_is.counts_from), ('reachesCurrent', p_was.reaches_current = p_is.reaches_current),
                 ('isRecurring', p_was.is_recurring = p_is.is_recurring),
                 ('daysToFinish', p_was.days_to_finish is not distinct from p_is.days_to_finish),
                 ('winnersCount', p_was.winners_count is not distinct from p_is.winners_count),
                 ('claimDays', p_was.claim_days is not distinct from p_is.claim_days)) f (field, is_same)
   where p_was.state <> 'draft' and not f.is_same limit 1;
  if found then
    raise exception using errcode = 'VA001', detail = v_field,
      message = 'This is fixed since the mission was published. End the mission and make a copy to change it.';
  end if;
end $$;

create function private.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_was public.loyalty_missions;
  v_is public.loyalty_missions;
  v_zone text;
begin
  perform private.require_permission(p_client, 'loyalty.missions.write');
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  if p_mission is not null then
    v_was := private.loyalty_require_mission(p_client, p_mission);
    if v_was.version is distinct from coalesce((p_body ->> 'version')::integer, v_was.version) then
      raise exception using errcode = 'ST002',
        message = 'This mission was changed meanwhile, in another tab or by someone else. Load it again to see what changed; nothing of yours was saved.';
    elsif v_was.state in ('ended', 'archived') then
      raise exception using errcode = 'ST001', message = 'This mission is over. Make a copy of it to use it again.';
    elsif v_was.kind <> p_body ->> 'kind' then
      raise exception using errcode = 'VA001', detail = 'kind', message = 'What kind of mission it is cannot change. Make a new one instead.';
    end if;
  end if;
  v_is := jsonb_populate_record(v_was, jsonb_build_object(
    'kind', p_body ->> 'kind', 'name', btrim(p_body ->> 'name'), 'description', btrim(coalesce(p_body ->> 'description', '')),
    'target', coalesce((p_body ->> 'target')::bigint, 0), 'reward_id', nullif(p_body ->> 'rewardId', ''),
    'tier_id', nullif(p_body ->> 'tierId', ''), 'tag', nullif(p_body ->> 'tag', ''),
    'preview_from_tier_id', nullif(p_body ->> 'previewFromTierId', ''), 'counts_from', coalesce(p_body ->> 'countsFrom', 'publish'),
    'reaches_current', coalesce((p_body ->> 'reachesCurrent')::boolean, true),
    'is_recurring', coalesce((p_body ->> 'isRecurring')::boolean, false), 'cooldown_days', coalesce((p_body ->> 'cooldownDays')::integer, 0),
    'max_cycles', (p_body ->> 'maxCycles')::integer, 'days_to_finish', (p_body ->> 'daysToFinish')::integer,
    'winners_count', (p_body ->> 'winnersCount')::integer, 'alternates_count', coalesce((p_body ->> 'alternatesCount')::integer, 0),
    'claim_days', (p_body ->> 'claimDays')::integer, 'display_order', coalesce((p_body ->> 'displayOrder')::integer, 100)));
  v_is.ends_at := private.loyalty_read_wall_clock(nullif(p_body ->> 'ends', ''), v_zone, 'ends');
  if exists (select from unnest(array[v_is.tier_id, v_is.preview_from_tier_id]) w (id)
              where w.id is not null and not exists (select from public.loyalty_tiers t
                where t.client_id = p_client and t.id = w.id and (t.archived_at is null or t.id in (v_was.tier_id, v_was.preview_from_tier_id)))) then
    raise exception using errcode = 'VA001', detail = 'tierId', message = 'This tier is no longer on the ladder. Choose another one.';
  elsif v_is.ends_at <= now() and v_is.ends_at is distinct from v_was.ends_at then
    raise exception using errcode = 'VA001', detail = 'ends', message = 'Choose a moment that is still to come.';
  end if;
  if p_mission is null then
    insert into public.loyalty_missions (client_id, kind, name, description, target, reward_id, tier_id, tag, preview_from_tier_id, counts_from,
      reaches_current, is_recurring, cooldown_days, max_cycles, days_to_finish, ends_at, winners_count, alternates_count, claim_days, display_order)
    values (p_client, v_is.kind, v_is.name, v_is.description, v_is.target, v_is.reward_id, v_is.tier_id, v_is.tag, v_is.preview_from_tier_id,
      v_is.counts_from, v_is.reaches_current, v_is.is_recurring, v_is.cooldown_days, v_is.max_cycles, v_is.days_to_finish, v_is.ends_at,
      v_is.winners_count, v_is.alternates_count, v_is.claim_days, v_is.display_order)
    returning id into v_is.id;
    return v_is.id;
  end if;
  perform private.loyalty_check_fixed(v_was, v_is);
  update public.loyalty_missions m
     set name = v_is.name, description = v_is.description, target = v_is.target, reward_id = v_is.reward_id, tier_id = v_is.tier_id,
         tag = v_is.tag, preview_from_tier_id = v_is.preview_from_tier_id, counts_from = v_is.counts_from,
         reaches_current = v_is.reaches_current, is_recurring = v_is.is_recurring, cooldown_days = v_is.cooldown_days,
         max_cycles = v_is.max_cycles, days_to_finish = v_is.days_to_finish, ends_at = v_is.ends_at, winners_count = v_is.winners_count,
         alternates_count = v_is.alternates_count, claim_days = v_is.claim_days, display_order = v_is.display_order, version = m.version + 1
   where m.client_id = p_client and m.id = p_mission;
  if v_is.ends_at is distinct from v_was.ends_at then
    update public.loyalty_mission_progress p
       set due_on = greatest(p.start_on, least(p.start_on + v_is.days_to_finish - 1,
                                               private.local_date(v_is.ends_at - interval '1 second', v_zone)))
     where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active';
  end if;
  return p_mission;
end $$;

create function private.loyalty_publish_checks(p_mission public.loyalty_missions) returns void
language plpgsql stable set search_path = '' as $$
begin
  -- Held until the end, so that the reward is not archived in the same second.
  if (select r.state from public.loyalty_rewards r where r.client_id = p_mission.client_id and r.id = p_mission.reward_id) <> 'published' then
    raise exception using errcode = 'VA001', detail = 'rewardId', message = 'Its reward is not published. Publish the reward first.';
  elsif exists (select from public.loyalty_tiers t
                 where t.client_id = p_mission.client_id and t.id = p_mission.tier_id and t.archived_at is not null) then
    raise exception using errcode = 'VA001', detail = 'tierId', message = 'Its tier is no longer on the ladder. Choose another one first.';
  elsif coalesce(private.loyalty_pieces_left(p_mission.client_id, p_mission.reward_id) < coalesce(p_mission.winners_count, 1), false) then
    raise exception using errcode = 'VA001', detail = 'rewardId', message = case p_mission.kind when 'raffle'
      then 'Its reward has fewer pieces left than the raffle has winners. Raise its stock or budget first.'
      else 'Its reward is given out: none are left. Raise its stock or budget first.' end;
  elsif p_mission.ends_at <= now() then
    raise exception using errcode = 'VA001', detail = 'ends', message = 'Its end has passed. Choose a later one first.';
  end if;
end $$;

create function private.loyalty_start_soon(p_client uuid) returns void
language plpgsql set search_path = '' as $$
begin
  -- A request has seconds; what reaches very many is started by a job right after.
  if (select count(*) from (select from public.loyalty_creators c where c.client_id = p_client limit 2001) x) > 2000 then
    perform private.add_job('loyalty.unlock-missions', jsonb_build_object('clientId', p_client), 'loyalty.unlock-missions:' || p_client);
  else
    perform private.loyalty_unlock_missions(p_client, null);
  end if;
end $$;

create function private.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_mission public.loyalty_missions;
  v_to text := case p_step when 'publish' then 'published' when 'pause' then 'paused' when 'resume' then 'published'
                           when 'end' then 'ended' when 'archive' then 'archived' end;
  v_last date;
begin
  v_mission := private.loyalty_require_mission(p_client, p_mission);
  if v_to is null then
    raise exception using errcode = 'VA001', detail = 'step', message = 'A mission is published, paused, resumed, ended or archived.';
  elsif v_mission.state = v_to then
    raise exception using errcode = 'ST003', message = 'This mission is ' || v_to || ' already.';
  elsif (p_step = 'publish' and v_mission.state <> 'draft') or (p_step = 'resume' and v_mission.state <> 'paused') then
    raise exception using errcode = 'ST001', message = format('This mission is %s and cannot be %s.', v_mission.state,
      case p_step when 'publish' then 'published' else 'resumed' end);
  end if;
  if v_to = 'published' then
    perform 1 from public.loyalty_rewards r where r.client_id = p_client and r.id = v_mission.reward_id for share;
    perform private.loyalty_publish_checks(v_mission);
  end if;
  if p_step = 'end' and v_mission.kind = 'raffle' and v_mission.state in ('published', 'paused') then
    -- Entries close now; the list is sealed and drawn as if this had been the hour from the start.
    if v_mission.ends_at <= now() then
      raise exception using errcode = 'ST003', message = 'This raffle has ended already.';
    end if;
    update public.loyalty_missions m set ends_at = now() where m.client_id = p_client and m.id = p_mission;
    return;
  end if;
  update public.loyalty_missions m
     set state = v_to, published_at = case when p_step = 'publish' then now() else m.published_at end
   where m.client_id = p_client and m.id = p_mission and m.state = v_mission.state;
  if p_step = 'end' then
    select n.last_business_date into v_last from public.loyalty_nights n where n.client_id = p_client;
    update public.loyalty_mission_progress p
       set state = 'missed', closed_at = now(), due_on = greatest(p.start_on, least(p.due_on, v_last))
     where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active' and p.due_on is not null;
    update public.loyalty_mission_progress p set state = 'missed', closed_at = now()
     where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active';
    delete from public.loyalty_mission_progress p where p.client_id = p_client and p.mission_id = p_mission and p.state = 'dormant';
  end if;
  -- The missions of this kind that waited behind it begin as well.
  if v_to in ('published', 'ended') and v_mission.kind <> 'raffle' then
    perform private.loyalty_start_soon(p_client);
  end if;
end $$;

create function public.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_save_mission(p_client, p_mission, p_body); end $$;
create function public.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_step_mission(p_client, p_mission, p_step); end $$;

-- grants
revoke all on function private.loyalty_read_wall_clock(text, text, text), private.loyalty_require_mission(uuid, uuid),
  private.loyalty_check_fixed(public.loyalty_missions, public.loyalty_missions), private.loyalty_publish_checks(public.loyalty_missions),
  private.loyalty_start_soon(uuid) from public;
grant execute on function private.loyalty_save_mission(uuid, uuid, jsonb), public.loyalty_save_mission(uuid, uuid, jsonb) to authenticated;
grant execute on function private.loyalty_step_mission(uuid, uuid, text), public.loyalty_step_mission(uuid, uuid, text) to authenticated;

-- comments
comment on function private.loyalty_read_wall_clock(text, text, text) is 'The instant of a day and time as a form writes them, 2026-12-18T18:00, in a zone.';
comment on function private.loyalty_require_mission(uuid, uuid) is 'The mission, locked, for somebody who may change it.';
comment on function private.loyalty_check_fixed(public.loyalty_missions, public.loyalty_missions) is 'Refuses to change what a published mission promised.';
comment on function private.loyalty_publish_checks(public.loyalty_missions) is 'Says what stands in the way of publishing.';
comment on function private.loyalty_start_soon(uuid) is 'Starts what creators may start now: at once, or by a job where they are very many.';
comment on function private.loyalty_save_mission(uuid, uuid, jsonb) is 'Makes a mission (p_mission null) or changes one. Of a published one only words, goal of later rounds, end, order and rounds change. Answers its id.';
comment on function public.loyalty_save_mission(uuid, uuid, jsonb) is 'Makes a mission (p_mission null) or changes one. Of a published one only words, goal of later rounds, end, order and rounds change. Answers its id.';
comment on function private.loyalty_step_mission(uuid, uuid, text) is 'Publishes, pauses, resumes, ends or archives a mission. Paused: nobody new starts, who is at it may finish. Ended: open rounds close without a reward.';
comment on function public.loyalty_step_mission(uuid, uuid, text) is 'Publishes, pauses, resumes, ends or archives a mission. Paused: nobody new starts, who is at it may finish. Ended: open rounds close without a reward.';
