-- Loyalty: rounds of missions begin. One at a time of a kind; the others wait their turn.

-- functions
create function private.loyalty_who_may_start(p_client uuid, p_date date) returns uuid[]
language plpgsql set search_path = '' set work_mem = '64MB' as $$
declare
  v_nestloop text := current_setting('enable_nestloop');
  v_creators uuid[];
begin
  drop table if exists pg_temp.loyalty_waiting;
  perform set_config('enable_nestloop', 'off', true);
  -- Everybody's rounds are read once, side by side. Whoever is left out has none to begin; whoever is kept is looked at closely after.
  create temporary table loyalty_waiting on commit drop as
  with missions as not materialized (
    select m.id, m.tier_id, m.tag, m.is_recurring, m.max_cycles, m.published_at, (m.published_at at time zone k.time_zone)::date as published_on,
           m.reaches_current and m.tag is null as is_for_all,
           m.ends_at is null or ((m.ends_at - interval '1 second') at time zone k.time_zone)::date >= p_date as takes_in
      from public.loyalty_missions m join public.clients k on k.id = m.client_id
     where m.client_id = p_client and m.state = 'published' and m.kind <> 'raffle'
       and coalesce(private.loyalty_pieces_left(p_client, m.reward_id), 1) > 0
  ), stands as (
    select p.creator_id,
           count(*) filter (where m.is_for_all and m.takes_in and p.cycle_no = 1 and m.tier_id is null) as firsts,
           array_agg(m.tier_id) filter (where m.is_for_all and m.takes_in and p.cycle_no = 1 and m.tier_id is not null) as tiers,
           -- A last round that is done and not the last there may be: the next is due.
           count(*) filter (where m.is_recurring and p.state in ('completed', 'missed') and (m.max_cycles is null or p.cycle_no < m.max_cycles))
             - count(*) filter (where m.is_recurring and p.cycle_no > 1 and (m.max_cycles is null or p.cycle_no <= m.max_cycles)) as turns,
           coalesce(bit_or(k.bit) filter (where p.state = 'dormant' and m.id is not null), 0)
             & ~coalesce(bit_or(k.bit) filter (where p.state = 'active'), 0) as kinds
      from public.loyalty_mission_progress p
      left join missions m on m.id = p.mission_id
     cross join lateral (select case p.kind when 'sales_amount' then 1 when 'sales_units' then 2 when 'views' then 4 when 'likes' then 8
                                            else 16 end as bit) k
     where p.client_id = p_client
     group by p.creator_id
  ), found as (
    select c.id
      from public.loyalty_creators c
      left join stands s on s.creator_id = c.id
      left join (select t.id, count(m.id) as firsts from public.loyalty_tiers t
                   left join missions m on m.is_for_all and m.takes_in and (m.tier_id is null or m.tier_id = t.id)
                  where t.client_id = p_client group by t.id) n on n.id = c.tier_id
     where c.client_id = p_client and c.state = 'active'
       and (coalesce(s.firsts, 0) + coalesce(cardinality(array_positions(s.tiers, c.tier_id)), 0) < n.firsts or s.turns > 0 or s.kinds > 0)
    union all
    -- Missions for a group or for newcomers are asked of these alone.
    select c.id
      from missions m
      join public.loyalty_creators c on c.client_id = p_client and c.state = 'active' and (m.tier_id is null or m.tier_id = c.tier_id)
      left join public.loyalty_creator_tags g on g.client_id = p_client and g.creator_id = c.id and g.tag = m.tag
     where not m.is_for_all and m.takes_in
       and case when m.tag is not null then g.tag is not null
                else c.joined_on >= m.published_on or (m.tier_id is not null and c.tier_since >= m.published_at) end
       and not exists (select from public.loyalty_mission_progress p
                        where p.client_id = p_client and p.mission_id = m.id and p.creator_id = c.id)
  )
  select f.id as creator_id
    from (select distinct x.id from found x) f
    join public.loyalty_creators c on c.client_id = p_client and c.id = f.id
   where c.total_videos > 0 or exists (select from public.loyalty_videos v where v.client_id = p_client and v.creator_id = c.id);
  perform set_config('enable_nestloop', v_nestloop, true);
  v_creators := array(select w.creator_id from pg_temp.loyalty_waiting w);
  drop table pg_temp.loyalty_waiting;
  return v_creators;
end $$;

create function private.loyalty_start_rounds(p_client uuid, p_date date, p_creators uuid[]) returns uuid[]
language plpgsql set search_path = '' set work_mem = '64MB' as $$
declare
  v_zone text;
  v_who uuid[] := p_creators;
  v_only text;
  v_creators uuid[];
  v_people bigint := cardinality(p_creators);
  v_nestloop text := current_setting('enable_nestloop');
begin
  if v_who is null then
    v_who := private.loyalty_who_may_start(p_client, p_date);
    if cardinality(v_who) = 0 then
      return null;
    end if;
    select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
    if cardinality(v_who) * 3 > v_people then
      v_who := null;
    else
      v_people := cardinality(v_who);
    end if;
  end if;
  v_only := case when v_who is null then '' else ' and %s = any ($1)' end;
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  drop table if exists pg_temp.loyalty_starts, pg_temp.loyalty_open_missions;
  -- A table and not a part of the query: the planner then knows how few there are.
  create temporary table loyalty_open_missions on commit drop as
  select m.*, (m.published_at at time zone v_zone)::date as published_on,
         -- A mission that ends at midnight has the day before as its last.
         ((m.ends_at - interval '1 second') at time zone v_zone)::date as ends_on
    from public.loyalty_missions m
   where m.client_id = p_client and m.state = 'published' and m.kind <> 'raffle'
     -- Nobody begins to work for what is given out already.
     and coalesce(private.loyalty_pieces_left(p_client, m.reward_id), 1) > 0;
  analyze pg_temp.loyalty_open_missions (id, kind, tier_id, tag, is_recurring);
  perform set_config('enable_nestloop', case when v_people > 500 then 'off' else v_nestloop end, true);
  execute format($q$
    create temporary table loyalty_starts on commit drop as
    with missions as (
      select * from pg_temp.loyalty_open_missions
    ), busy as materialized (
      select p.creator_id, p.kind from public.loyalty_mission_progress p
       where p.client_id = %1$L::uuid and p.state = 'active' %4$s
      union all
      -- The next of a kind waits until the reward of the last one was handed over, or is out of reach.
      select p.creator_id, p.kind
        from public.loyalty_redemptions r
        join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id and p.state = 'completed'
       where r.client_id = %1$L::uuid and r.source = 'mission' and r.state in ('claimable', 'claimed') %5$s
         -- Whoever waits for the next piece does not stand still meanwhile.
         and r.withdrawn_reason is distinct from 'waiting_for_stock'
    ), pairs as materialized (
      select m.id as mission_id, c.id as creator_id, null::uuid as progress_id, 1 as cycle_no, null::date as not_before
        from missions m
        join public.loyalty_creators c on c.client_id = m.client_id and c.state = 'active' and (m.tier_id is null or c.tier_id = m.tier_id)
       where (m.ends_on is null or m.ends_on >= %2$L::date) %6$s
         and not exists (select from public.loyalty_mission_progress p
                          where p.client_id = %1$L::uuid and p.mission_id = m.id and p.creator_id = c.id)
      union all
      select m.id, p.creator_id, null, p.cycle_no + 1,
             coalesce(p.completed_on, p.due_on, (p.closed_at at time zone %3$L)::date) + m.cooldown_days + 1
        from missions m
        join public.loyalty_mission_progress p on p.client_id = m.client_id and p.mission_id = m.id and p.state in ('completed', 'missed')
       where m.is_recurring and (m.max_cycles is null or p.cycle_no < m.max_cycles) %4$s
         and not exists (select from public.loyalty_mission_progress n where n.client_id = p.client_id and n.mission_id = p.mission_id
                            and n.creator_id = p.creator_id and n.cycle_no = p.cycle_no + 1)
      union all
      select m.id, p.creator_id, p.id, p.cycle_no, p.start_on
        from missions m
        join public.loyalty_mission_progress p on p.client_id = m.client_id and p.mission_id = m.id and p.state = 'dormant'
       where not exists (select from busy b where b.creator_id = p.creator_id and b.kind = p.kind) %4$s
    ), able as (
      select x.*, m.kind, m.target, m.display_order, m.counts_from, m.days_to_finish, m.ends_on, c.tier_id, c.period_start, c.joined_on,
             -- When she came into the group, from the data: a night that was missed puts nobody's start off.
             greatest(m.published_on, c.joined_on, (g.created_at at time zone %3$L)::date,
                      case when m.tier_id is not null and (c.tier_since at time zone %3$L)::date > c.joined_on
                           then (c.tier_since at time zone %3$L)::date + 1 end) as reached_on
        from pairs x
        join missions m on m.id = x.mission_id
        join public.loyalty_creators c on c.client_id = %1$L::uuid and c.id = x.creator_id and c.state = 'active'
         and (m.tier_id is null or c.tier_id = m.tier_id)
        left join public.loyalty_creator_tags g on g.client_id = %1$L::uuid and g.creator_id = c.id and g.tag = m.tag
       where (m.tag is null or g.tag is not null)
         and (m.reaches_current or x.cycle_no > 1 or c.joined_on >= m.published_on or g.created_at >= m.published_at
              or (m.tier_id is not null and c.tier_since >= m.published_at))
         -- Whoever no video was ever seen of may look at missions and takes part in none.
         and (c.total_videos > 0 or exists (select from public.loyalty_videos v
                                             where v.client_id = c.client_id and v.creator_id = c.id))
    ), placed as (
      select a.*, b.creator_id is null and coalesce(a.not_before <= %2$L::date + 1, true) as is_free
        from able a
        left join (select distinct y.creator_id, y.kind from busy y) b on b.creator_id = a.creator_id and b.kind = a.kind
    ), picked as (
      -- Each mission once before any comes again.
      select p.*, p.is_free and 1 = row_number() over (partition by p.creator_id, p.kind, p.is_free
                                                       order by p.cycle_no, p.display_order, p.mission_id) as is_next
        from placed p
    )
    select p.*, greatest(p.reached_on, p.not_before) as start_on from picked p
  $q$, p_client, p_date, v_zone, format(v_only, 'p.creator_id'), format(v_only, 'r.creator_id'), format(v_only, 'c.id')) using v_who;
  perform set_config('enable_nestloop', v_nestloop, true);
  analyze pg_temp.loyalty_starts (creator_id, is_next);
  -- The day the last one of the kind was out of the way. Asked of those who begin one only: nights have few, a first one has many.
  update pg_temp.loyalty_starts s set start_on = greatest(s.start_on, f.freed_on)
    from (select n.creator_id, n.kind,
                 max(case when o.state = 'missed' then coalesce(o.due_on, (o.closed_at at time zone v_zone)::date) + 1
                          else (coalesce(r.fulfilled_at, r.rejected_at, r.expired_at) at time zone v_zone)::date end) as freed_on
            from pg_temp.loyalty_starts n
            join public.loyalty_mission_progress o on o.client_id = p_client and o.creator_id = n.creator_id and o.kind = n.kind
             and o.state in ('completed', 'missed')
            left join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = o.id
           where n.is_next group by n.creator_id, n.kind) f
   where s.is_next and s.creator_id = f.creator_id and s.kind = f.kind;
  -- Whoever could not begin for longer than nights are caught up (archived, paused, not seen yet) begins tomorrow.
  update pg_temp.loyalty_starts s set start_on = p_date + 1 where s.is_next and s.start_on < p_date - 6;
  delete from pg_temp.loyalty_starts s where s.ends_on < s.start_on;

  insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, cycle_no, state, tier_id, target, start_on,
    counts_from_on, counts_all, due_on, started_at)
  select p_client, s.mission_id, s.creator_id, s.kind, s.cycle_no, case when s.is_next then 'active' else 'dormant' end, s.tier_id,
         s.target, s.start_on, b.counts_from_on, b.counts_all, b.due_on, case when s.is_next then clock_timestamp() end
    from pg_temp.loyalty_starts s
   cross join lateral private.loyalty_round_bounds(s.is_next, s.cycle_no, s.counts_from, s.start_on, s.period_start, s.joined_on,
                                                   s.days_to_finish, s.ends_on) b
   where s.progress_id is null
  on conflict do nothing;
  update public.loyalty_mission_progress p
     set state = 'active', tier_id = s.tier_id, target = s.target, start_on = s.start_on, counts_from_on = b.counts_from_on,
         counts_all = b.counts_all, due_on = b.due_on, started_at = clock_timestamp()
    from pg_temp.loyalty_starts s
   cross join lateral private.loyalty_round_bounds(true, s.cycle_no, s.counts_from, s.start_on, s.period_start, s.joined_on,
                                                   s.days_to_finish, s.ends_on) b
   where s.is_next and p.client_id = p_client and p.id = s.progress_id and p.state = 'dormant';
  select array_agg(distinct s.creator_id) into v_creators from pg_temp.loyalty_starts s where s.is_next;
  drop table pg_temp.loyalty_starts, pg_temp.loyalty_open_missions;
  return v_creators;
end $$;

create function private.loyalty_round_bounds(p_is_next boolean, p_cycle integer, p_counts_from text, p_start date, p_period_start date,
  p_joined_on date, p_days integer, p_ends_on date) returns table (counts_from_on date, counts_all boolean, due_on date)
language sql immutable parallel safe set search_path = '' as $$
  -- Only a first round looks back: a later one would be done by what the first was done by.
  select case when not p_is_next then null when p_cycle > 1 then p_start
              when p_counts_from = 'checkpoint' then least(p_period_start, p_start)
              when p_counts_from = 'joining' then least(p_joined_on, p_start) else p_start end,
         p_is_next and p_cycle = 1 and p_counts_from = 'joining',
         case when p_is_next then least(p_start + p_days - 1, p_ends_on) end
$$;

create function private.loyalty_close_rounds(p_client uuid, p_date date) returns uuid[]
language plpgsql set search_path = '' as $$
declare
  v_zone text;
  v_creators uuid[];
begin
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  -- The night after the last day, so that a second file of that day still counts.
  with closed as (
    update public.loyalty_mission_progress p set state = 'missed', closed_at = now()
     where p.client_id = p_client and p.state = 'active' and p.due_on < p_date
    returning p.creator_id
  )
  select array_agg(distinct c.creator_id) into v_creators from closed c;
  -- Raffles end when their list is sealed.
  update public.loyalty_missions m set state = 'ended'
   where m.client_id = p_client and m.state in ('published', 'paused') and m.kind <> 'raffle'
     and private.local_date(m.ends_at - interval '1 second', v_zone) < p_date;
  -- What never began was not missed.
  delete from public.loyalty_mission_progress p using public.loyalty_missions m
   where p.client_id = p_client and p.state = 'dormant' and m.client_id = p_client and m.id = p.mission_id and m.state in ('ended', 'archived');
  return v_creators;
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_who_may_start(uuid, date), private.loyalty_start_rounds(uuid, date, uuid[]), private.loyalty_close_rounds(uuid, date),
  private.loyalty_round_bounds(boolean, integer, text, date, date, date, integer, date) from public;

-- comments
comment on function private.loyalty_who_may_start(uuid, date) is 'Creators who may have a round to begin as of a business date: everyone who has, and few more. Spares the night from looking at everybody closely.';
comment on function private.loyalty_start_rounds(uuid, date, uuid[]) is 'Gives creators (all, or these) the rounds that are due as of a business date: the first of a kind begins, the others wait. Answers who began one.';
comment on function private.loyalty_round_bounds(boolean, integer, text, date, date, date, integer, date) is 'From when a round counts, whether everything ever does, and until when.';
comment on function private.loyalty_close_rounds(uuid, date) is 'Closes rounds whose last day has passed and ends missions whose end has. Answers whose rounds were closed.';
