-- Loyalty: the nightly progress of missions, as a set, and what starts when a reward was handed over.

-- tables
create table private.loyalty_mission_digests (
  client_id uuid primary key constraint loyalty_mission_digests_client_id_fkey references public.clients (id),
  told_until timestamptz not null
);

-- functions
create function private.loyalty_open_rounds(p_client uuid, p_date date, p_creators uuid[]) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_creators uuid[] := p_creators;
  v_people bigint;
  v_settled jsonb;
  v_started bigint := 0;
  v_completed bigint := 0;
  v_missed bigint := 0;
begin
  select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
  -- Nights were missed and a short round began and ended meanwhile: the one after it begins as well.
  loop
    v_creators := private.loyalty_start_rounds(p_client, p_date, v_creators);
    exit when v_creators is null;
    v_started := v_started + cardinality(v_creators);
    perform private.loyalty_count_rounds(p_client, p_date, case when cardinality(v_creators) * 3 <= v_people then v_creators end);
    v_settled := private.loyalty_settle_rounds(p_client, p_date, false);
    v_completed := v_completed + (v_settled ->> 'completed')::bigint;
    v_creators := private.loyalty_close_rounds(p_client, p_date);
    v_missed := v_missed + coalesce(cardinality(v_creators), 0);
    -- What is done or closed by now may make way for the next.
    v_creators := v_creators || array(select j.creator_id from pg_temp.loyalty_judged j where j.reached_on is not null);
    exit when coalesce(cardinality(v_creators), 0) = 0;
  end loop;
  return jsonb_build_object('started', v_started, 'completed', v_completed, 'missed', v_missed);
end $$;

create function private.loyalty_tell_new_missions(p_client uuid, p_date date) returns void
language plpgsql set search_path = '' as $$
declare
  v_zone text;
  v_since timestamptz;
begin
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  select d.told_until into v_since from private.loyalty_mission_digests d where d.client_id = p_client for update;
  insert into private.loyalty_mission_digests as d (client_id, told_until) values (p_client, clock_timestamp())
  on conflict (client_id) do update set told_until = excluded.told_until;
  if p_date < private.local_date(now(), v_zone) - 7 then
    return;
  end if;
  -- One request for all who were given the same missions: a thousand creators are a few rows.
  perform private.notify(p_client, 'loyalty.new-missions', array_agg(n.person_id),
            jsonb_build_object('count', cardinality(n.missions), 'names', n.names),
            'loyalty.new-missions:' || p_date || ':' || md5(n.missions::text || coalesce(v_since::text, '')))
     from (select c.person_id, array_agg(m.id order by m.display_order, m.id) as missions,
                  (array_agg(m.name order by m.display_order, m.id))[1:3] as names
             from public.people p
             join public.loyalty_creators c on c.client_id = p.client_id and c.person_id = p.id and c.state = 'active'
             join public.loyalty_mission_progress g on g.client_id = c.client_id and g.creator_id = c.id and g.state = 'active'
              and g.started_at > coalesce(v_since, now() - interval '1 day')
             join public.loyalty_missions m on m.client_id = g.client_id and m.id = g.mission_id
            where p.client_id = p_client and p.user_id is not null and p.state = 'active'
            group by c.person_id) n
    group by n.missions, n.names;
end $$;

create function private.loyalty_progress_missions(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_night public.loyalty_nights;
  v_date date;
  v_marked uuid[];
  v_people bigint;
  v_counted bigint;
  v_settled jsonb;
  v_missed bigint;
  v_opened jsonb;
begin
  -- The same lock as the count of tiers: one after the other, and a second run finds nothing left to do.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client;
  -- A late file for an earlier night changes figures; rounds are judged as of the latest night.
  v_date := greatest(p_date, v_night.last_business_date);
  select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
  -- As for tiers: past a third all are read in order, and once a week everybody is counted again.
  if not (v_night.needs_full_pass or v_night.last_full_pass_on is null or v_date - v_night.last_full_pass_on >= 7) then
    v_marked := array(
      select d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date
      union
      select p.creator_id from public.loyalty_mission_progress p
       where p.client_id = p_client and p.state = 'active' and p.figures_at is null);
  end if;
  v_counted := private.loyalty_count_rounds(p_client, v_date, case when cardinality(v_marked) * 3 <= v_people then v_marked end);
  v_settled := private.loyalty_settle_rounds(p_client, v_date, true);
  v_missed := coalesce(cardinality(private.loyalty_close_rounds(p_client, v_date)), 0);
  v_opened := private.loyalty_open_rounds(p_client, v_date, null);
  drop table if exists pg_temp.loyalty_counted, pg_temp.loyalty_judged;
  return jsonb_build_object('businessDate', v_date, 'counted', v_counted, 'started', v_opened -> 'started',
    'completed', (v_settled ->> 'completed')::bigint + (v_opened ->> 'completed')::bigint, 'reverted', v_settled -> 'reverted',
    'missed', v_missed + (v_opened ->> 'missed')::bigint);
end $$;

create function private.loyalty_follow_tiers(p_client uuid, p_date date) returns void
language plpgsql set search_path = '' as $$
declare
  v_date date;
  v_moved uuid[];
begin
  select greatest(p_date, n.last_business_date) into v_date from public.loyalty_nights n where n.client_id = p_client;
  -- Whoever came into another tier tonight finds its missions tonight; they count from tomorrow, like her new period.
  select array_agg(distinct d.creator_id) into v_moved from public.loyalty_tier_decisions d
   where d.client_id = p_client and d.business_date = v_date and d.rule in ('promotion', 'demotion') and d.undone_at is null;
  if v_moved is not null then
    perform private.loyalty_open_rounds(p_client, v_date, v_moved);
    drop table if exists pg_temp.loyalty_counted, pg_temp.loyalty_judged;
  end if;
  perform private.loyalty_tell_new_missions(p_client, v_date);
end $$;

create function private.loyalty_unlock_missions(p_client uuid, p_creator uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  perform private.loyalty_open_rounds(p_client,
    (select coalesce(n.last_business_date, private.local_date(now(), k.time_zone))
       from public.clients k left join public.loyalty_nights n on n.client_id = k.id where k.id = p_client),
    case when p_creator is not null then array[p_creator] end);
end $$;

create function private.tg_loyalty_redemptions__unlock_missions() returns trigger
language plpgsql set search_path = '' as $$
begin
  -- Whoever fulfils does not wait for a night that is being counted, nor make it wait for her: then a job does it after.
  if pg_try_advisory_xact_lock(hashtextextended('loyalty.pass:' || new.client_id, 0)) then
    perform private.loyalty_unlock_missions(new.client_id, new.creator_id);
  else
    perform private.add_job('loyalty.unlock-missions', jsonb_build_object('clientId', new.client_id, 'creatorId', new.creator_id),
                            'loyalty.unlock-missions:' || new.creator_id);
  end if;
  return null;
end $$;

-- triggers
create trigger t50_unlock_missions after update of state on public.loyalty_redemptions
  for each row when (new.source = 'mission' and new.state in ('fulfilled', 'rejected') and old.state = 'claimed')
  execute function private.tg_loyalty_redemptions__unlock_missions();

-- grants: for the owner's connection only
revoke all on private.loyalty_mission_digests from anon, authenticated, service_role;
revoke all on function private.loyalty_open_rounds(uuid, date, uuid[]), private.loyalty_tell_new_missions(uuid, date),
  private.loyalty_progress_missions(uuid, date), private.loyalty_follow_tiers(uuid, date), private.loyalty_unlock_missions(uuid, uuid),
  private.tg_loyalty_redemptions__unlock_missions() from public;

-- comments
comment on table private.loyalty_mission_digests is 'Up to when creators of a business were told of missions that began for them.';
comment on function private.loyalty_open_rounds(uuid, date, uuid[]) is 'Starts rounds that are due for creators (all, or these) and counts, completes and closes what began.';
comment on function private.loyalty_tell_new_missions(uuid, date) is 'Tells creators with a login which missions began for them since the last night, all in one message.';
comment on function private.loyalty_progress_missions(uuid, date) is 'Starts, moves, completes and closes missions of a business as of a business date. Repeating it changes nothing.';
comment on function private.loyalty_follow_tiers(uuid, date) is 'After tiers were decided: starts the missions of whoever moved, and tells creators what began for them.';
comment on function private.loyalty_unlock_missions(uuid, uuid) is 'Starts what a creator (or everybody) may start now, between nights.';
comment on function private.tg_loyalty_redemptions__unlock_missions() is 'When the reward of a mission was handed over or refused, the next mission of its kind starts.';
