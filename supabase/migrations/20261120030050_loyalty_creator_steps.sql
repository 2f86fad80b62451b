-- Loyalty: what a person does to a creator: add, pin, unpin, rename, merge. Each spans rows, so each is one function.

-- functions
create function private.loyalty_wait_for_night(p_client uuid) returns void
-- A night of a large business takes longer than a person waits.
language plpgsql set search_path = '' set lock_timeout = '5s' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
exception when lock_not_available then
  raise exception using errcode = 'ST002', message = 'Tonight''s figures are being counted. Try again in a minute.';
end $$;

create function private.loyalty_decide_by_hand(p_client uuid, p_creator uuid, p_rule text, p_tier uuid, p_reason text) returns void
language plpgsql set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_decision uuid := gen_random_uuid();
  v_at timestamptz;
begin
  select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  insert into public.loyalty_tier_decisions (id, client_id, creator_id, business_date, rule, from_tier_id, to_tier_id, from_name, to_name,
    metric, value, threshold, sales_part, detail, decided_by)
  select v_decision, p_client, p_creator, private.local_date(now(), k.time_zone), p_rule, v_creator.tier_id, t.id, f.name, t.name, s.metric,
         v.value, t.threshold, v.value, jsonb_build_object('reason', p_reason), auth.uid()
    from public.loyalty_tiers t
    join public.loyalty_tiers f on f.client_id = p_client and f.id = v_creator.tier_id
    join public.loyalty_settings s on s.client_id = p_client
    join public.clients k on k.id = p_client
    cross join lateral (select case when s.tier_mode = 'lifetime' and s.metric = 'sales' then v_creator.total_sales
                                    when s.tier_mode = 'lifetime' then v_creator.total_units
                                    when s.metric = 'sales' then v_creator.period_sales else v_creator.period_units end as value) v
   where t.client_id = p_client and t.id = p_tier;
  if v_creator.tier_id <> p_tier or not exists (select 1 from public.loyalty_tier_stints t
       where t.client_id = p_client and t.creator_id = p_creator and t.ended_at is null) then
    update public.loyalty_tier_stints t set ended_at = greatest(t.started_at, now())
     where t.client_id = p_client and t.creator_id = p_creator and t.ended_at is null
    returning t.ended_at into v_at;
    -- Each stay begins where the one before ended, and the first with the tier itself.
    insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
    values (p_client, p_creator, p_tier, v_decision, coalesce(v_at, case when v_creator.tier_id = p_tier then v_creator.tier_since end, now()));
  end if;
  if v_creator.tier_id <> p_tier then
    update public.loyalty_creators c set tier_id = p_tier, tier_since = coalesce(v_at, now())
     where c.client_id = p_client and c.id = p_creator;
    -- What she may claim follows her tier at once, not only tonight.
    perform private.loyalty_renew_offers(p_client, private.local_date(now(), k.time_zone), null, p_creator)
       from public.clients k where k.id = p_client;
  end if;
end $$;

create function private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_key text := private.loyalty_handle_key(p_handle);
  v_email text := lower(nullif(btrim(p_email), ''));
  v_person uuid;
  v_id uuid;
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  if p_tier is not null then
    perform private.loyalty_wait_for_night(p_client);
  end if;
  if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_key)
    or exists (select 1 from public.loyalty_handle_aliases a where a.client_id = p_client and a.handle_key = v_key) then
    raise exception using errcode = 'VA001', message = 'There is a creator with this handle already.', detail = 'handle';
  end if;
  if v_email is not null then
    select p.id into v_person from public.people p where p.client_id = p_client and p.email = v_email and p.state = 'active';
    if v_person is not null and exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person) then
      raise exception using errcode = 'VA001', message = 'Someone with this e-mail is a creator already.', detail = 'email';
    end if;
  end if;
  if v_person is null then
    insert into public.people (client_id, display_name, email)
    values (p_client, coalesce(nullif(btrim(p_name), ''), regexp_replace(btrim(p_handle), '^@+', '')), v_email)
    returning id into v_person;
  end if;
  insert into public.loyalty_creators (client_id, person_id, handle) values (p_client, v_person, p_handle) returning id into v_id;
  -- As for a creator from a file: once her e-mail has claimed the row, she may use the app without anybody giving her a role.
  insert into public.person_roles (client_id, person_id, role_id, granted_by) values (p_client, v_person, 'creator', auth.uid())
  on conflict (client_id, person_id, role_id) do nothing;
  if p_tier is not null then
    perform private.loyalty_pin_tier(p_client, v_id, p_tier, coalesce(nullif(btrim(p_reason), ''), 'Chosen when the creator was added'));
  end if;
  return v_id;
end $$;

create function private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  -- Before her row, as the night takes them: both end one stay in a tier and begin the next.
  perform private.loyalty_wait_for_night(p_client);
  -- Not for update: rows that only name her (offers, decisions) may be written meanwhile.
  perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for no key update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  if not exists (select 1 from public.loyalty_tiers t where t.client_id = p_client and t.id = p_tier and t.archived_at is null) then
    raise exception using errcode = 'VA001', message = 'Choose a tier of the ladder.', detail = 'tierId';
  end if;
  if char_length(btrim(coalesce(p_reason, ''))) < 3 then
    raise exception using errcode = 'VA001', message = 'Say why this tier is fixed by hand.', detail = 'reason';
  end if;
  perform private.loyalty_decide_by_hand(p_client, p_creator, 'pinned', p_tier, btrim(p_reason));
  update public.loyalty_creators c set is_pinned = true, pinned_tier_id = p_tier, pinned_reason = btrim(p_reason)
   where c.client_id = p_client and c.id = p_creator;
end $$;

create function private.loyalty_unpin_tier(p_client uuid, p_creator uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_tier uuid;
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  perform private.loyalty_wait_for_night(p_client);
  update public.loyalty_creators c set is_pinned = false, pinned_tier_id = null, pinned_reason = null
   where c.client_id = p_client and c.id = p_creator and c.is_pinned returning c.tier_id into v_tier;
  if not found then
    raise exception using errcode = 'ST003', message = 'This tier is not fixed by hand.';
  end if;
  perform private.loyalty_decide_by_hand(p_client, p_creator, 'unpinned', v_tier, null);
  -- From tonight she is judged like everybody.
  insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
  select p_client, p_creator, private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client
  on conflict do nothing;
end $$;

create function private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_key text := private.loyalty_handle_key(p_handle);
  v_creator public.loyalty_creators;
  v_other public.loyalty_creators;
  v_moved bigint := 0;
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  -- The nightly pass and a rename never interleave: totals move between two creators here.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  if v_key !~ '^[a-z0-9_.]{1,30}$' then
    raise exception using errcode = 'VA001', message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
  end if;
  if v_creator.handle = regexp_replace(btrim(p_handle), '^@+', '') then
    raise exception using errcode = 'ST003', message = 'This is her handle already.';
  end if;
  select c.* into v_other from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_key and c.id <> p_creator for update;
  if found then
    if exists (select 1 from public.people p where p.client_id = p_client and p.id = v_other.person_id and p.user_id is not null) then
      raise exception using errcode = 'VA001', message = 'This handle belongs to a creator with a login of her own.', detail = 'handle';
    end if;
    -- The file met the new name first and made a second creator of it. Everything it counted comes over.
    update public.loyalty_videos v set creator_id = p_creator where v.client_id = p_client and v.creator_id = v_other.id;
    get diagnostics v_moved = row_count;
    update public.loyalty_video_snapshots s set creator_id = p_creator where s.client_id = p_client and s.creator_id = v_other.id;
    perform set_config('portico.loyalty_merge', v_other.id::text, true);
    update public.loyalty_adjustments a set creator_id = p_creator where a.client_id = p_client and a.creator_id = v_other.id;
    perform set_config('portico.loyalty_merge', '', true);
    update public.loyalty_handle_aliases a set creator_id = p_creator where a.client_id = p_client and a.creator_id = v_other.id;
    delete from private.loyalty_dirty_creators d where d.client_id = p_client and d.creator_id = v_other.id;
    update public.loyalty_creators c
       set state = 'archived', handle = left('merged_' || replace(v_other.id::text, '-', ''), 30),
           total_sales = 0, total_units = 0, total_videos = 0, period_sales = 0, period_units = 0, period_adjustments = 0,
           period_views = 0, period_likes = 0, period_comments = 0, period_videos = 0
     where c.client_id = p_client and c.id = v_other.id;
  end if;
  delete from public.loyalty_handle_aliases a where a.client_id = p_client and a.handle_key = v_key and a.creator_id = p_creator;
  update public.loyalty_creators c set handle = p_handle where c.client_id = p_client and c.id = p_creator;
  if p_keep_alias and v_creator.handle_key <> v_key then
    insert into public.loyalty_handle_aliases (client_id, handle_key, creator_id, created_by)
    values (p_client, v_creator.handle_key, p_creator, auth.uid()) on conflict (client_id, handle_key) do nothing;
  end if;
  insert into public.loyalty_handle_changes (client_id, creator_id, old_handle, new_handle, merged_creator_id, videos_moved, confirmed_by)
  values (p_client, p_creator, v_creator.handle, regexp_replace(btrim(p_handle), '^@+', ''), v_other.id, v_moved, auth.uid());
  if v_other.id is not null then
    perform private.loyalty_mark_dirty(p_client, array[p_creator], (select private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client));
    perform private.add_job('loyalty.refresh-figures', jsonb_build_object('clientId', p_client), 'loyalty.refresh-figures:' || p_client);
  end if;
  return v_other.id;
end $$;

create function private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  update public.loyalty_creators c set state = p_state where c.client_id = p_client and c.id = p_creator and c.state <> p_state;
  if not found then
    if exists (select from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator) then
      raise exception using errcode = 'ST003', message = 'This creator is ' || p_state || ' already.';
    end if;
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
end $$;

create function public.loyalty_add_creator(p_client uuid, p_handle text, p_name text default null, p_email text default null,
  p_tier uuid default null, p_reason text default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_add_creator(p_client, p_handle, p_name, p_email, p_tier, p_reason); end $$;
create function public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_pin_tier(p_client, p_creator, p_tier, p_reason); end $$;
create function public.loyalty_unpin_tier(p_client uuid, p_creator uuid) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_unpin_tier(p_client, p_creator); end $$;
create function public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean default true) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_rename_creator(p_client, p_creator, p_handle, p_keep_alias); end $$;
create function public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_set_creator_state(p_client, p_creator, p_state); end $$;

-- grants
revoke all on function private.loyalty_wait_for_night(uuid), private.loyalty_decide_by_hand(uuid, uuid, text, uuid, text) from public;
grant execute on function private.loyalty_add_creator(uuid, text, text, text, uuid, text), public.loyalty_add_creator(uuid, text, text, text, uuid, text) to authenticated;
grant execute on function private.loyalty_pin_tier(uuid, uuid, uuid, text), public.loyalty_pin_tier(uuid, uuid, uuid, text) to authenticated;
grant execute on function private.loyalty_unpin_tier(uuid, uuid), public.loyalty_unpin_tier(uuid, uuid) to authenticated;
grant execute on function private.loyalty_rename_creator(uuid, uuid, text, boolean), public.loyalty_rename_creator(uuid, uuid, text, boolean) to authenticated;
grant execute on function private.loyalty_set_creator_state(uuid, uuid, text), public.loyalty_set_creator_state(uuid, uuid, text) to authenticated;

-- comments
comment on function private.loyalty_wait_for_night(uuid) is 'Keeps the nightly pass of a business out until the transaction ends; refuses after five seconds while one is under way. Taken before a creator is locked.';
comment on function private.loyalty_decide_by_hand(uuid, uuid, text, uuid, text) is 'Writes the decision and the stint of a step a person took.';
comment on function private.loyalty_add_creator(uuid, text, text, text, uuid, text) is 'Adds a creator by hand, with a fixed tier if one is given; a later file finds her by her handle.';
comment on function public.loyalty_add_creator(uuid, text, text, text, uuid, text) is 'Adds a creator by hand, with a fixed tier if one is given; a later file finds her by her handle.';
comment on function private.loyalty_pin_tier(uuid, uuid, uuid, text) is 'Fixes a tier by hand: neither the nightly pass nor a file changes it.';
comment on function public.loyalty_pin_tier(uuid, uuid, uuid, text) is 'Fixes a tier by hand: neither the nightly pass nor a file changes it.';
comment on function private.loyalty_unpin_tier(uuid, uuid) is 'Lets the nightly pass judge a creator again.';
comment on function public.loyalty_unpin_tier(uuid, uuid) is 'Lets the nightly pass judge a creator again.';
comment on function private.loyalty_rename_creator(uuid, uuid, text, boolean) is 'Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.';
comment on function public.loyalty_rename_creator(uuid, uuid, text, boolean) is 'Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.';
comment on function private.loyalty_set_creator_state(uuid, uuid, text) is 'Archives a creator or brings her back.';
comment on function public.loyalty_set_creator_state(uuid, uuid, text) is 'Archives a creator or brings her back.';
