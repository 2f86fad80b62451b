-- Loyalty: changing the ladder, and seeing what a change would do before it is saved.

-- functions
create function private.loyalty_read_ladder(p_tiers jsonb) returns table (id uuid, rank integer, name text, color text, threshold bigint,
  commission_bp integer, benefits text)
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(p_tiers) <> 'array' or jsonb_array_length(p_tiers) not between 3 and 6 then
    raise exception using errcode = 'VA001', message = 'A ladder has three to six tiers.', detail = 'tiers';
  end if;
  return query
  select (t.value ->> 'id')::uuid, t.ordinality::integer, btrim(t.value ->> 'name'), lower(coalesce(t.value ->> 'color', '#8d99a6')),
         (t.value ->> 'threshold')::bigint, coalesce((t.value ->> 'commissionBp')::integer, 0), coalesce(t.value ->> 'benefits', '')
    from jsonb_array_elements(p_tiers) with ordinality t;
end $$;

create function private.loyalty_check_ladder(p_tiers jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_bad record;
begin
  select l.rank, l.threshold, l.below, l.name, l.twice into v_bad
    from (select r.rank, r.threshold, r.name, lag(r.threshold) over (order by r.rank) as below,
                 count(*) over (partition by lower(r.name)) > 1 as twice
            from private.loyalty_read_ladder(p_tiers) r) l
   where l.threshold is null or (l.rank = 1 and l.threshold <> 0) or l.threshold <= l.below or coalesce(l.name, '') = '' or l.twice
   order by l.rank limit 1;
  if not found then
    return;
  end if;
  raise exception using errcode = 'VA001',
    detail = format('tiers.%s.%s', v_bad.rank - 1, case when coalesce(v_bad.name, '') = '' or v_bad.twice then 'name' else 'threshold' end),
    message = case when coalesce(v_bad.name, '') = '' then 'Give the tier a name.' when v_bad.twice then 'Two tiers have this name.'
                   when v_bad.rank = 1 then 'The first tier starts at zero.' else 'Each tier must start higher than the one below it.' end;
end $$;

create function private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
begin
  perform private.require_permission(p_client, 'loyalty.tiers.write');
  perform private.loyalty_check_ladder(p_tiers);
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  return (
    with wanted as (
      select l.*, case when l.rank = 1 then -9223372036854775808 else l.threshold end as low,
             coalesce(lead(l.threshold) over (order by l.rank), 9223372036854775807) as high
        from private.loyalty_read_ladder(p_tiers) l
    ), present as (
      select t.id, t.rank, t.name, t.threshold, case when t.rank = 1 then -9223372036854775808 else t.threshold end as low,
             coalesce(lead(t.threshold) over (order by t.rank), 9223372036854775807) as high,
             -- A tier that leaves the ladder hands its people to the highest one that asks no more.
             coalesce((select w.rank from wanted w where w.id = t.id),
                      (select max(w.rank) from wanted w where w.threshold <= t.threshold)) as rank_after
        from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null
    ), judged as (
      select c.id, c.handle, c.display_name, f.value, p.rank, p.name as from_name, p.rank_after, c.next_check_on, c.is_pinned,
             old.rank as met_before, new.rank as met_after
        from public.loyalty_creators c
        join present p on p.id = c.tier_id
       cross join lateral (select case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then c.total_sales
                                       when v_settings.tier_mode = 'lifetime' then c.total_units
                                       when v_settings.metric = 'sales' then c.period_sales else c.period_units end as value) f
        join present old on f.value >= old.low and f.value < old.high
        join wanted new on f.value >= new.low and f.value < new.high
       where c.client_id = p_client and c.state = 'active'
    ), moved as (
      select j.*, case when j.is_pinned then j.rank_after
                       when j.met_after > j.rank_after then j.met_after
                       -- Only who would have kept the tier and now would not is a consequence of the change.
                       when v_settings.tier_mode = 'checkpoint' and j.met_before >= j.rank and j.met_after < j.rank_after then j.met_after
                       else j.rank_after end as rank_then
        from judged j
    )
    select jsonb_build_object(
      'tierMode', v_settings.tier_mode, 'metric', v_settings.metric,
      'creators', (select count(*) from moved),
      'rises', (select count(*) from moved m where m.rank_then > m.rank_after),
      'falls', (select count(*) from moved m where m.rank_then < m.rank_after),
      'tiers', (select jsonb_agg(jsonb_build_object('id', w.id, 'rank', w.rank, 'name', w.name, 'threshold', w.threshold,
                  'before', (select count(*) from moved m where m.rank_after = w.rank),
                  'after', (select count(*) from moved m where m.rank_then = w.rank)) order by w.rank) from wanted w),
      'rising', (select coalesce(jsonb_agg(x.line), '[]') from (
         select jsonb_build_object('creatorId', m.id, 'handle', m.handle, 'name', m.display_name, 'value', m.value, 'from', m.from_name,
                                   'to', w.name, 'when', 'tonight') as line
           from moved m join wanted w on w.rank = m.rank_then where m.rank_then > m.rank_after order by m.value desc, m.id limit 50) x),
      'falling', (select coalesce(jsonb_agg(x.line), '[]') from (
         select jsonb_build_object('creatorId', m.id, 'handle', m.handle, 'name', m.display_name, 'value', m.value, 'from', m.from_name,
                                   'to', w.name, 'when', m.next_check_on) as line
           from moved m join wanted w on w.rank = m.rank_then where m.rank_then < m.rank_after
          order by m.next_check_on, m.value, m.id limit 50) x)));
end $$;

create function private.loyalty_save_tiers(p_client uuid, p_tiers jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_gone record;
  v_creator record;
begin
  perform private.require_permission(p_client, 'loyalty.tiers.write');
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  perform private.loyalty_check_ladder(p_tiers);
  if exists (select 1 from private.loyalty_read_ladder(p_tiers) l where l.id is not null and not exists (
       select 1 from public.loyalty_tiers t where t.client_id = p_client and t.id = l.id and t.archived_at is null)) then
    raise exception using errcode = 'ST002', message = 'The ladder was changed meanwhile. Load it again.';
  end if;
  -- Out of the way first: ranks are unique among tiers in use, and a new one may take the place of an old one.
  update public.loyalty_tiers t set archived_at = now()
   where t.client_id = p_client and t.archived_at is null;
  update public.loyalty_tiers t
     set archived_at = null, rank = l.rank, name = l.name, color = l.color, threshold = l.threshold,
         commission_bp = l.commission_bp, benefits = l.benefits
    from private.loyalty_read_ladder(p_tiers) l
   where t.client_id = p_client and t.id = l.id;
  insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp, benefits)
  select p_client, l.rank, l.name, l.color, l.threshold, l.commission_bp, l.benefits
    from private.loyalty_read_ladder(p_tiers) l where l.id is null;
  for v_gone in
    select t.id, (select a.id from public.loyalty_tiers a where a.client_id = p_client and a.archived_at is null
                     and a.threshold <= t.threshold order by a.rank desc limit 1) as heir
      from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is not null
       and exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.tier_id = t.id)
  loop
    for v_creator in select c.id from public.loyalty_creators c where c.client_id = p_client and c.tier_id = v_gone.id for update loop
      perform private.loyalty_decide_by_hand(p_client, v_creator.id, 'settings', v_gone.heir, null);
    end loop;
    update public.loyalty_creators c set pinned_tier_id = v_gone.heir where c.client_id = p_client and c.pinned_tier_id = v_gone.id;
  end loop;
  -- Lower thresholds lift people tonight; higher ones wait for each creator's own check.
  update public.loyalty_nights n set needs_full_pass = true where n.client_id = p_client;
end $$;

create function public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_preview_tiers(p_client, p_tiers); end $$;
create function public.loyalty_save_tiers(p_client uuid, p_tiers jsonb) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_save_tiers(p_client, p_tiers); end $$;

-- grants
revoke all on function private.loyalty_read_ladder(jsonb) from public;
revoke all on function private.loyalty_check_ladder(jsonb) from public;
grant execute on function private.loyalty_preview_tiers(uuid, jsonb), public.loyalty_preview_tiers(uuid, jsonb) to authenticated;
grant execute on function private.loyalty_save_tiers(uuid, jsonb), public.loyalty_save_tiers(uuid, jsonb) to authenticated;

-- comments
comment on function private.loyalty_read_ladder(jsonb) is 'The rows of a ladder as the page sends it; order is rank.';
comment on function private.loyalty_check_ladder(jsonb) is 'Says in words what is wrong with a ladder, and where.';
comment on function private.loyalty_preview_tiers(uuid, jsonb) is 'Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.';
comment on function public.loyalty_preview_tiers(uuid, jsonb) is 'Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.';
comment on function private.loyalty_save_tiers(uuid, jsonb) is 'Saves a ladder. Lower thresholds count from tonight, higher ones from each creator''s next check.';
comment on function public.loyalty_save_tiers(uuid, jsonb) is 'Saves a ladder. Lower thresholds count from tonight, higher ones from each creator''s next check.';
