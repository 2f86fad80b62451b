-- Loyalty: what rounds of missions have come to, as a set; who reached the goal, and on which day.

-- functions
create function private.loyalty_count_rounds(p_client uuid, p_date date, p_creators uuid[]) returns bigint
language plpgsql set search_path = '' set work_mem = '64MB' as $$
declare
  v_earliest date;
  v_posted date;
  v_has_totals boolean;
  v_windows text := '';
  v_sums text := '';
  v_totals text := '';
  v_adjusted text := '';
  v_figures text := '';
  v_near text := '';
  v_value text := 'case p.kind when ''videos'' then f.videos';
  v_now text;
  v_fell text;
  v_kind record;
  v_is_all text;
  v_span text;
  -- Only then does a window end before tonight.
  v_is_late boolean := exists (select from public.loyalty_mission_progress p
                                where p.client_id = p_client and p.state = 'active' and p.due_on < p_date);
  v_nestloop text := current_setting('enable_nestloop');
  v_count bigint;
begin
  drop table if exists pg_temp.loyalty_windows, pg_temp.loyalty_figures, pg_temp.loyalty_counted;
  -- One active round a kind, so all of a creator's windows fit in one row and her days are read once for all of them.
  for v_kind in
    select k.kind, k.moved, k.total, k.adjusted
      from (values ('sales_amount', 'gmv_delta', 'gmv', 'amount'), ('sales_units', 'units_delta', 'units', 'units'),
                   ('views', 'views_delta', 'views', null), ('likes', 'likes_delta', 'likes', null)) k (kind, moved, total, adjusted)
     where exists (select from public.loyalty_missions m where m.client_id = p_client and m.kind = k.kind and m.state <> 'draft')
  loop
    v_windows := v_windows || format(', min(o.from_on) filter (where o.kind = %1$L) as %1$s_from, min(o.target) filter (where o.kind = %1$L) as %1$s_target',
      v_kind.kind);
    if v_is_late then
      v_windows := v_windows || format(', min(o.to_on) filter (where o.kind = %1$L) as %1$s_to', v_kind.kind);
    end if;
    v_span := format(case when v_is_late then 'between w.%1$s_from and w.%1$s_to' else '>= w.%1$s_from' end, v_kind.kind);
    v_sums := v_sums || format(', sum(s.%2$s) filter (where s.business_date %3$s)::bigint as %1$s,
      sum(s.%2$s) filter (where s.%2$s < 0 and s.business_date %3$s)::bigint as %1$s_fell', v_kind.kind, v_kind.moved, v_span);
    v_totals := v_totals || format(', sum(v.%2$s)::bigint as %1$s', v_kind.kind, v_kind.total);
    if v_kind.adjusted is not null then
      v_adjusted := v_adjusted || format(', sum(a.%2$s) filter (where a.effective_on %3$s)::bigint as %1$s,
        sum(least(a.%2$s, 0)) filter (where a.effective_on %3$s)::bigint as %1$s_fell', v_kind.kind, v_kind.adjusted, v_span);
    end if;
    -- Everything she ever did, while the round is open, is the total of her videos: the same sum, without reading every day there ever was.
    v_is_all := format(case when v_is_late then '(w.%1$s_from = ''-infinity'' and w.%1$s_to = %2$L)' else '(w.%1$s_from = ''-infinity'')' end, v_kind.kind, p_date);
    v_now := format('(coalesce(case when %2$s then t.%1$s else m.%1$s end, 0)%3$s)', v_kind.kind, v_is_all,
      case when v_kind.adjusted is not null then format(' + coalesce(a.%s, 0)', v_kind.kind) end);
    v_fell := format('(case when %2$s then 0 else coalesce(m.%1$s_fell, 0) end%3$s)', v_kind.kind, v_is_all,
      case when v_kind.adjusted is not null then format(' + coalesce(a.%s_fell, 0)', v_kind.kind) end);
    v_figures := v_figures || format(', %2$s as %1$s', v_kind.kind, v_now);
    -- Without what was taken off again on a later day: only then may the goal have been met.
    v_near := v_near || format(', case when %2$s - %3$s >= w.%1$s_target then %1$L end', v_kind.kind, v_now, v_fell);
    v_value := v_value || format(' when %1$L then f.%1$s', v_kind.kind);
  end loop;
  -- Tables and not parts of the query: read once, and the planner then knows how many there are.
  execute format($q$
    create temporary table loyalty_windows on commit drop as
    select n.*
      from (select o.creator_id, min(o.from_on) filter (where o.kind <> 'videos' and not o.is_all) as days_from,
                   bool_or(o.kind <> 'videos' and o.is_all) as has_totals, min(o.from_on) filter (where o.kind = 'videos') as videos_from,
                   max(o.to_on) filter (where o.kind = 'videos') as videos_to, min(o.target) filter (where o.kind = 'videos') as videos_target %3$s
              from (select p.creator_id, p.kind, p.target, case when p.counts_all then '-infinity'::date else p.counts_from_on end as from_on,
                           least(p.due_on, %2$L::date) as to_on, p.counts_all and (p.due_on is null or p.due_on >= %2$L::date) as is_all
                      from public.loyalty_mission_progress p
                     where p.client_id = %1$L::uuid and p.state = 'active' %4$s) o
             group by o.creator_id) n
      join public.loyalty_creators c on c.client_id = %1$L::uuid and c.id = n.creator_id and c.state = 'active'
  $q$, p_client, p_date, v_windows, case when p_creators is null then '' else ' and p.creator_id = any ($1)' end) using p_creators;
  analyze pg_temp.loyalty_windows (creator_id, days_from, has_totals, videos_from);
  select min(w.days_from), min(w.videos_from), coalesce(bool_or(w.has_totals), false)
    into v_earliest, v_posted, v_has_totals from pg_temp.loyalty_windows w;
  -- Everybody's rows are read in order, and not looked up one by one.
  perform set_config('enable_nestloop', case when p_creators is null then 'off' else v_nestloop end, true);
  execute format($q$
    create temporary table loyalty_figures on commit drop as
    select w.creator_id, coalesce(l.posted, 0) as videos, array_remove(array[case when l.posted >= w.videos_target then 'videos' end %10$s], null) as near %8$s
      from pg_temp.loyalty_windows w
      left join (
        select s.creator_id %5$s
          from public.loyalty_video_snapshots s
          join pg_temp.loyalty_windows w on w.creator_id = s.creator_id and w.days_from is not null
         where s.client_id = %1$L::uuid and %3$L::date is not null and s.business_date >= %3$L::date and s.business_date <= %2$L::date
         group by s.creator_id) m on m.creator_id = w.creator_id
      left join (
        select v.creator_id, count(*) as posted
          from public.loyalty_videos v join pg_temp.loyalty_windows w on w.creator_id = v.creator_id
         where v.client_id = %1$L::uuid and v.posted_on >= %4$L::date and v.posted_on between w.videos_from and w.videos_to
         group by v.creator_id) l on l.creator_id = w.creator_id
      left join (
        select v.creator_id %6$s
          from public.loyalty_videos v join pg_temp.loyalty_windows w on w.creator_id = v.creator_id and w.has_totals
         where v.client_id = %1$L::uuid and %9$L::boolean
         group by v.creator_id) t on t.creator_id = w.creator_id
      left join (
        select a.creator_id %7$s
          from public.loyalty_adjustments a join pg_temp.loyalty_windows w on w.creator_id = a.creator_id
         where a.client_id = %1$L::uuid and a.effective_on <= %2$L::date
         group by a.creator_id) a on a.creator_id = w.creator_id
  $q$, p_client, p_date, v_earliest, v_posted, v_sums, v_totals, v_adjusted, v_figures, v_has_totals, v_near);
  drop table pg_temp.loyalty_windows;
  analyze pg_temp.loyalty_figures (creator_id, near);
  v_value := v_value || ' end';
  execute format($q$
    create temporary table loyalty_counted on commit drop as
    select p.id, p.mission_id, p.creator_id, p.kind, p.target, p.start_on, p.due_on, least(p.due_on, %2$L::date) as to_on,
           case when p.counts_all then '-infinity'::date else p.counts_from_on end as from_on, %3$s as value
      from pg_temp.loyalty_figures f
      join public.loyalty_mission_progress p on p.creator_id = f.creator_id and p.kind = any (f.near)
     where f.near <> '{}' and p.client_id = %1$L::uuid and p.state = 'active'
  $q$, p_client, p_date, v_value);
  analyze pg_temp.loyalty_counted (id);
  execute format($q$
    update public.loyalty_mission_progress p set value = %2$s, figures_at = now()
      from pg_temp.loyalty_figures f
     where p.client_id = %1$L::uuid and p.creator_id = f.creator_id and p.state = 'active' and (p.value <> %2$s or p.figures_at is null)
  $q$, p_client, v_value);
  get diagnostics v_count = row_count;
  drop table pg_temp.loyalty_figures;
  perform set_config('enable_nestloop', v_nestloop, true);
  return v_count;
end $$;

-- A goal is reached on the first day on which the running total meets it. That day follows from the rows alone: a missed
-- night, a late file or a refund on a later day does not move it; taking the file back does.
create function private.loyalty_judge_rounds(p_client uuid, p_date date, p_with_marked boolean) returns void
language plpgsql set search_path = '' as $$
begin
  drop table if exists pg_temp.loyalty_judged;
  create temporary table loyalty_judged on commit drop as
  with marked as (
    select d.creator_id, min(d.due_on) as since_on from private.loyalty_dirty_creators d
     where p_with_marked and d.client_id = p_client and d.due_on <= p_date group by d.creator_id
  ), candidates as (
    -- Compared with what was just summed up, never with the column of the night before.
    select n.id, n.mission_id, n.creator_id, n.kind, n.target, n.from_on, n.to_on, n.start_on, n.due_on, 'active' as state, n.value
      from pg_temp.loyalty_counted n
    union all
    select p.id, p.mission_id, p.creator_id, p.kind, p.target, case when p.counts_all then '-infinity' else p.counts_from_on end,
           least(p.due_on, p_date), p.start_on, p.due_on, p.state, p.value
      from public.loyalty_redemptions r
      join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id and p.state = 'completed'
      join marked k on k.creator_id = p.creator_id
     where r.client_id = p_client and r.source = 'mission' and r.state = 'claimable' and not r.is_held
       and (r.withdrawn_at is null or r.withdrawn_reason = 'waiting_for_stock')
    union all
    select p.id, p.mission_id, p.creator_id, p.kind, p.target, case when p.counts_all then '-infinity' else p.counts_from_on end,
           p.due_on, p.start_on, p.due_on, p.state, p.value
      from marked k
      join public.loyalty_mission_progress p on p.client_id = p_client and p.creator_id = k.creator_id and p.state = 'missed'
       and p.due_on >= k.since_on and p.due_on >= p_date - 35
  ), days as (
    select k.id, d.day, sum(d.moved)::bigint as moved
      from candidates k
     cross join lateral (
       select s.business_date as day, case k.kind when 'sales_amount' then s.gmv_delta when 'sales_units' then s.units_delta
                                                  when 'views' then s.views_delta else s.likes_delta end as moved
         from public.loyalty_video_snapshots s
        where k.kind <> 'videos' and s.client_id = p_client and s.creator_id = k.creator_id and s.business_date between k.from_on and k.to_on
       union all
       select a.effective_on, case k.kind when 'sales_amount' then a.amount else a.units end
         from public.loyalty_adjustments a
        where k.kind in ('sales_amount', 'sales_units') and a.client_id = p_client and a.creator_id = k.creator_id
          and a.effective_on between k.from_on and k.to_on
       union all
       select v.posted_on, 1
         from public.loyalty_videos v
        where k.kind = 'videos' and v.client_id = p_client and v.creator_id = k.creator_id and v.posted_on between k.from_on and k.to_on) d
     group by k.id, d.day
  ), running as (
    select d.id, d.day, sum(d.moved) over (partition by d.id order by d.day)::bigint as total from days d
  ), reached as (
    select distinct on (r.id) r.id, r.day, r.total
      from running r join candidates k on k.id = r.id where r.total >= k.target order by r.id, r.day
  ), ended_at as (
    select d.id, sum(d.moved)::bigint as total from days d group by d.id
  )
  select k.id, k.mission_id, k.creator_id, k.kind, k.start_on, k.due_on, k.state, coalesce(r.total, e.total, 0) as value,
         coalesce(r.day, case when k.state = 'active' and k.value >= k.target then k.to_on end) as reached_on
    from candidates k
    left join reached r on r.id = k.id
    left join ended_at e on e.id = k.id;
end $$;

create function private.loyalty_settle_rounds(p_client uuid, p_date date, p_with_marked boolean) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_zone text;
  v_today date;
  v_completed bigint;
  v_reverted bigint;
begin
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  v_today := greatest(p_date, private.local_date(now(), v_zone));
  perform private.loyalty_judge_rounds(p_client, p_date, p_with_marked);
  update public.loyalty_mission_progress p
     set state = 'completed', value = j.value, completed_at = now(), closed_at = null, figures_at = now(),
         completed_on = greatest(j.reached_on, least(j.start_on, v_today))
    from pg_temp.loyalty_judged j
   where p.client_id = p_client and p.id = j.id and p.state in ('active', 'missed') and j.reached_on is not null;
  get diagnostics v_completed = row_count;
  -- Of a reward with a stock or a budget a piece is set aside at the end of the night, first come first served: until then it
  -- waits, so that nobody is shown what another may get.
  insert into public.loyalty_redemptions as r (client_id, creator_id, reward_id, kind, source, mission_progress_id, claim_until,
    withdrawn_at, withdrawn_reason)
  select p_client, j.creator_id, w.id, w.kind, 'mission', j.id, private.local_instant(v_today + w.expires_days, '23:59', v_zone),
         case when c.is_capped then now() end, case when c.is_capped then 'waiting_for_stock' end
    from pg_temp.loyalty_judged j
    join public.loyalty_missions m on m.client_id = p_client and m.id = j.mission_id
    join public.loyalty_rewards w on w.client_id = p_client and w.id = m.reward_id
    join public.loyalty_reward_limits l on l.client_id = p_client and l.reward_id = w.id
   cross join lateral (select l.stock_total is not null or l.budget_total is not null as is_capped) c
   where j.state <> 'completed' and j.reached_on is not null
  on conflict (client_id, mission_progress_id) where mission_progress_id is not null do update
    set withdrawn_at = excluded.withdrawn_at, withdrawn_reason = excluded.withdrawn_reason, claim_until = excluded.claim_until
    where r.state = 'claimable';
  -- Old nights that are counted again are no news.
  if p_date >= v_today - 7 then
    perform private.notify(p_client, 'loyalty.mission-completed', array[c.person_id],
              jsonb_build_object('missionId', m.id, 'mission', m.name, 'reward', w.name, 'claimUntil', r.claim_until),
              'loyalty.mission-completed:' || j.id)
       from pg_temp.loyalty_judged j
       join public.loyalty_creators c on c.client_id = p_client and c.id = j.creator_id
       join public.people p on p.client_id = p_client and p.id = c.person_id and p.user_id is not null and p.state = 'active'
       join public.loyalty_missions m on m.client_id = p_client and m.id = j.mission_id
       join public.loyalty_rewards w on w.client_id = p_client and w.id = m.reward_id
       join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = j.id and r.state = 'claimable'
        and r.withdrawn_at is null
      where j.state <> 'completed' and j.reached_on is not null;
  end if;
  -- Nobody loses what she has claimed. An unclaimed reward whose figures were taken back goes with them.
  update public.loyalty_redemptions r set withdrawn_at = now(), withdrawn_reason = 'figures_undone'
    from pg_temp.loyalty_judged j
   where j.state = 'completed' and j.reached_on is null and r.client_id = p_client and r.mission_progress_id = j.id
     and r.state = 'claimable' and (r.withdrawn_at is null or r.withdrawn_reason = 'waiting_for_stock');
  update public.loyalty_mission_progress p
     set state = s.state, value = j.value, completed_on = null, completed_at = null, figures_at = now(),
         closed_at = case when s.state = 'missed' then now() end
    from pg_temp.loyalty_judged j
   cross join lateral (
     select case when j.due_on < p_date or exists (select from public.loyalty_mission_progress o where o.client_id = p_client
                   and o.creator_id = j.creator_id and o.kind = j.kind and o.state = 'active') then 'missed' else 'active' end as state) s
   where j.state = 'completed' and j.reached_on is null and p.client_id = p_client and p.id = j.id and p.state = 'completed'
     and exists (select from public.loyalty_redemptions r where r.client_id = p_client and r.mission_progress_id = j.id
                    and r.state = 'claimable' and r.withdrawn_at is not null);
  get diagnostics v_reverted = row_count;
  return jsonb_build_object('completed', v_completed, 'reverted', v_reverted);
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_count_rounds(uuid, date, uuid[]), private.loyalty_judge_rounds(uuid, date, boolean),
  private.loyalty_settle_rounds(uuid, date, boolean) from public;

-- comments
comment on function private.loyalty_count_rounds(uuid, date, uuid[]) is 'Counts the active rounds of creators (all, or these), writes the values that moved and leaves what may have met its goal on some day in pg_temp.loyalty_counted. Adjustments dated within a sales round count in it.';
comment on function private.loyalty_judge_rounds(uuid, date, boolean) is 'Fills pg_temp.loyalty_judged: rounds of pg_temp.loyalty_counted that may be done and, of marked creators, finished ones whose rows may have moved, each with the day its goal was reached.';
comment on function private.loyalty_settle_rounds(uuid, date, boolean) is 'Completes rounds whose goal was reached and offers their rewards; takes back completions that were undone and not claimed. Leaves pg_temp.loyalty_judged.';
