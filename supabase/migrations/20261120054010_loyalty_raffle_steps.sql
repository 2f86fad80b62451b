-- Loyalty: raffles until they are drawn: entering, leaving, sealing the list.

-- functions
create function private.loyalty_raffle_standing(p_client uuid, p_raffle uuid, p_creator uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  -- clock_timestamp(): whoever waited for a lock past the end is too late, although her transaction began in time.
  return (
    select case when c.state <> 'active' then 'ARCHIVED'
                when exists (select from public.loyalty_raffle_draws d where d.client_id = m.client_id and d.mission_id = m.id)
                  or m.state in ('ended', 'archived') or m.ends_at <= clock_timestamp() then 'RAFFLE_CLOSED'
                when m.state <> 'published' then 'NOT_AVAILABLE'
                when c.total_videos = 0 and not exists (select from public.loyalty_videos v
                       where v.client_id = c.client_id and v.creator_id = c.id) then 'NOT_RECOGNISED'
                when m.tier_id <> c.tier_id then 'TIER_INELIGIBLE'
                when m.tag is not null and not exists (select from public.loyalty_creator_tags g
                       where g.client_id = c.client_id and g.creator_id = c.id and g.tag = m.tag) then 'TIER_INELIGIBLE' end
      from public.loyalty_missions m
      join public.loyalty_creators c on c.client_id = m.client_id and c.id = p_creator
     where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle');
end $$;

create function private.loyalty_raffle_entry(p_client uuid, p_raffle uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('id', e.id, 'state', e.state, 'entryNo', e.entry_no, 'drawRank', e.draw_rank, 'enteredAt', e.entered_at,
             'claimUntil', coalesce(x.claim_until, e.claim_until), 'redemptionId', x.id, 'redemptionState', x.state,
             'blockedBy', s.reason, 'opensAt', s.opens_at)
      from public.loyalty_raffle_entries e
      left join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
      left join lateral private.loyalty_earned_standing(p_client, p_creator, x.id) s on s.redemption_id = x.id and x.state = 'claimable'
     where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = p_creator);
end $$;

create function private.loyalty_raffle_creator(p_client uuid, p_raffle uuid, p_person uuid) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_creator uuid;
begin
  select c.id into v_creator
    from public.loyalty_creators c
    join public.loyalty_missions m on m.client_id = c.client_id and m.id = p_raffle and m.kind = 'raffle'
   where c.client_id = p_client and c.person_id = p_person and c.id = any (private.my_creators())
     and m.id = any (private.my_missions());
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
  end if;
  return v_creator;
end $$;

create function private.loyalty_enter_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_creator uuid := private.loyalty_raffle_creator(p_client, p_raffle, private.my_person(p_client));
  v_state text;
  v_code text;
begin
  -- One creator's presses come one after the other; different creators do not wait for each other.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.raffle:' || p_raffle || ':' || v_creator, 0));
  perform 1 from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle for share;
  select e.state into v_state from public.loyalty_raffle_entries e
   where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator for update;
  if v_state is null or v_state = 'withdrawn' then
    v_code := private.loyalty_raffle_standing(p_client, p_raffle, v_creator);
    if v_code is not null then
      raise exception using errcode = 'ST001', hint = v_code, message = case v_code
        when 'RAFFLE_CLOSED' then 'Entries for this raffle are closed.'
        when 'NOT_AVAILABLE' then 'This raffle takes no entries at the moment.'
        when 'NOT_RECOGNISED' then 'You can enter once the first of your videos has been counted.'
        when 'ARCHIVED' then 'Your profile is archived. Ask the business to bring it back.'
        else 'This raffle is for another group of creators.' end;
    end if;
    if v_state is null then
      insert into public.loyalty_raffle_entries (client_id, mission_id, creator_id) values (p_client, p_raffle, v_creator);
    else
      update public.loyalty_raffle_entries e set state = 'entered'
       where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator and e.state = 'withdrawn';
    end if;
  end if;
  return private.loyalty_raffle_entry(p_client, p_raffle, v_creator);
end $$;

create function private.loyalty_leave_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_creator uuid := private.loyalty_raffle_creator(p_client, p_raffle, private.my_person(p_client));
  v_state text;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.raffle:' || p_raffle || ':' || v_creator, 0));
  perform 1 from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle for share;
  select e.state into v_state from public.loyalty_raffle_entries e
   where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator for update;
  if v_state is null then
    raise exception using errcode = 'TN001', message = 'You have not entered this raffle.';
  elsif v_state <> 'withdrawn' then
    if v_state <> 'entered' or private.loyalty_raffle_standing(p_client, p_raffle, v_creator) is not distinct from 'RAFFLE_CLOSED' then
      raise exception using errcode = 'ST001', hint = 'RAFFLE_CLOSED',
        message = 'Entries for this raffle are closed, so the list stays as it is.';
    end if;
    update public.loyalty_raffle_entries e set state = 'withdrawn'
     where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator and e.state = 'entered';
  end if;
  return private.loyalty_raffle_entry(p_client, p_raffle, v_creator);
end $$;

create function private.loyalty_raffle_list_text(p_client uuid, p_raffle uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select string_agg(e.entry_no || ' ' || e.id || E'\n', '' order by e.entry_no)
                     from public.loyalty_raffle_entries e
                    where e.client_id = p_client and e.mission_id = p_raffle and e.entry_no is not null), '');
end $$;

create function private.loyalty_seal_list(p_client uuid, p_raffle uuid, p_seed text default null) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_mission public.loyalty_missions;
  v_seed text := coalesce(p_seed, encode(sha256(
    -- gen_random_uuid() draws from the server's cryptographic source, 122 bits each; no extension is needed for it.
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'));
  v_draw uuid;
  v_count integer;
begin
  -- Waits for everybody who is entering this moment; whoever comes after finds the list closed.
  select m.* into v_mission from public.loyalty_missions m
   where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended') for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
  end if;
  select d.id into v_draw from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle;
  if found then
    return v_draw;
  end if;
  if v_mission.ends_at > clock_timestamp() then
    raise exception using errcode = 'ST001', message = 'This raffle is still open. Its list can be sealed once it has ended.';
  end if;
  -- Whoever was archived meanwhile could not claim: she leaves the list before it has numbers.
  update public.loyalty_raffle_entries e set state = 'withdrawn'
    from public.loyalty_creators c
   where e.client_id = p_client and e.mission_id = p_raffle and e.state = 'entered'
     and c.client_id = e.client_id and c.id = e.creator_id and c.state <> 'active';
  -- Ordered by a random id: neither coming early nor a name gives a place.
  update public.loyalty_raffle_entries e set entry_no = n.entry_no
    from (select x.id, row_number() over (order by x.id) as entry_no from public.loyalty_raffle_entries x
           where x.client_id = p_client and x.mission_id = p_raffle and x.state = 'entered') n
   where e.client_id = p_client and e.id = n.id;
  get diagnostics v_count = row_count;
  insert into public.loyalty_raffle_draws (client_id, mission_id, sealed_at, entries_count, entries_hash, commitment, winners_count,
    alternates_count, claim_days)
  values (p_client, p_raffle, now(), v_count,
    encode(sha256(convert_to(private.loyalty_raffle_list_text(p_client, p_raffle), 'UTF8')), 'hex'),
    encode(sha256(convert_to(v_seed, 'UTF8')), 'hex'), v_mission.winners_count, v_mission.alternates_count, v_mission.claim_days)
  returning id into v_draw;
  insert into private.loyalty_raffle_seeds (client_id, draw_id, seed) values (p_client, v_draw, v_seed);
  update public.loyalty_missions m set state = 'ended'
   where m.client_id = p_client and m.id = p_raffle and m.state in ('published', 'paused');
  perform private.notify_permitted(p_client, 'loyalty.raffle-ready', 'loyalty.raffles.draw',
    jsonb_build_object('raffleId', p_raffle, 'name', v_mission.name, 'entries', v_count), 'raffle-ready:' || p_raffle);
  return v_draw;
end $$;

create function private.loyalty_seal_raffle(p_client uuid, p_raffle uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.raffles.draw');
  return private.loyalty_seal_list(p_client, p_raffle);
end $$;

create function private.tg_loyalty_missions__keep_sealed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.loyalty_raffle_draws d where d.client_id = new.client_id and d.mission_id = new.id
              and (new.state <> 'archived' or d.drawn_at is null)) then
    raise exception using errcode = 'ST002', message = case when new.state = 'archived'
      then 'Draw this raffle before you archive it.' else 'The list of this raffle is sealed, so its terms stay as they are.' end;
  end if;
  return new;
end $$;

create function private.tg_loyalty_missions__schedule_raffle() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.add_job('loyalty.advance-raffles', jsonb_build_object('clientId', new.client_id), 'loyalty.raffle:' || new.id, new.ends_at);
  return null;
end $$;

create function public.loyalty_enter_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_enter_raffle(p_client, p_raffle); end $$;
create function public.loyalty_leave_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_leave_raffle(p_client, p_raffle); end $$;
create function public.loyalty_seal_raffle(p_client uuid, p_raffle uuid) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_seal_raffle(p_client, p_raffle); end $$;

-- triggers
create trigger t35_keep_sealed before update on public.loyalty_missions
  for each row when (old.kind = 'raffle' and ((new.state = 'archived' and old.state <> 'archived')
    or (old.ends_at, old.winners_count, old.alternates_count, old.claim_days, old.reward_id, old.tier_id, old.tag)
       is distinct from (new.ends_at, new.winners_count, new.alternates_count, new.claim_days, new.reward_id, new.tier_id, new.tag)))
  execute function private.tg_loyalty_missions__keep_sealed();
create trigger t90_schedule_raffle after insert or update of state, ends_at on public.loyalty_missions
  for each row when (new.kind = 'raffle' and new.state in ('published', 'paused'))
  execute function private.tg_loyalty_missions__schedule_raffle();

-- grants
revoke all on function private.loyalty_raffle_standing(uuid, uuid, uuid), private.loyalty_raffle_entry(uuid, uuid, uuid),
  private.loyalty_raffle_creator(uuid, uuid, uuid), private.loyalty_raffle_list_text(uuid, uuid), private.loyalty_seal_list(uuid, uuid, text),
  private.tg_loyalty_missions__keep_sealed(), private.tg_loyalty_missions__schedule_raffle() from public;
grant execute on function private.loyalty_enter_raffle(uuid, uuid), public.loyalty_enter_raffle(uuid, uuid),
  private.loyalty_leave_raffle(uuid, uuid), public.loyalty_leave_raffle(uuid, uuid),
  private.loyalty_seal_raffle(uuid, uuid), public.loyalty_seal_raffle(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_raffle_standing(uuid, uuid, uuid) is 'Why a creator may not enter a raffle now, as a code; null when she may.';
comment on function private.loyalty_raffle_entry(uuid, uuid, uuid) is 'A creator''s entry in a raffle, as her pages show it.';
comment on function private.loyalty_raffle_creator(uuid, uuid, uuid) is 'The creator of the calling person, if she may see the raffle.';
comment on function private.loyalty_enter_raffle(uuid, uuid) is 'Enters the caller in a raffle; again after leaving. Repeating it changes nothing.';
comment on function public.loyalty_enter_raffle(uuid, uuid) is 'Enters the caller in a raffle; again after leaving. Repeating it changes nothing.';
comment on function private.loyalty_leave_raffle(uuid, uuid) is 'Takes the caller out of a raffle while it is open.';
comment on function public.loyalty_leave_raffle(uuid, uuid) is 'Takes the caller out of a raffle while it is open.';
comment on function private.loyalty_raffle_list_text(uuid, uuid) is 'The sealed list as it is hashed: number, blank, entry id and a line feed for each entry. Names nobody.';
comment on function private.loyalty_seal_list(uuid, uuid, text) is 'Numbers the entries of an ended raffle, publishes their hash and the hash of a secret seed. A seed of one''s own is for tests and demo data.';
comment on function private.loyalty_seal_raffle(uuid, uuid) is 'Seals the list of an ended raffle before the job does.';
comment on function public.loyalty_seal_raffle(uuid, uuid) is 'Seals the list of an ended raffle before the job does.';
comment on function private.tg_loyalty_missions__keep_sealed() is 'Keeps the terms of a sealed raffle, and a raffle until it is drawn.';
comment on function private.tg_loyalty_missions__schedule_raffle() is 'Puts the sealing of a raffle on the queue for the moment it ends.';
