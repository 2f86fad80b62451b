-- Loyalty: the report of a span of days: what was given, what it cost, what it moved.

-- functions
create function private.loyalty_report_rewards(p_client uuid, p_from timestamptz, p_to timestamptz) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  -- Issued is what was fulfilled in the span; a boost is issued when its money is owed and costs what is paid.
  return (
    select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'tier', x.tier, 'rank', x.rank, 'count', x.n, 'cost', x.cost)
                              order by x.kind, x.rank), '[]')
      from (select r.kind, t.name as tier, t.rank, count(*) as n,
                   sum(case r.kind when 'commission_boost' then coalesce(b.final_amount, b.earned_amount, 0) else r.cost_amount end)::bigint as cost
              from public.loyalty_redemptions r
              join public.loyalty_tiers t on t.client_id = r.client_id and t.id = r.tier_id
              left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
             where r.client_id = p_client and r.state in ('fulfilled', 'concluded') and r.fulfilled_at >= p_from and r.fulfilled_at < p_to
             group by r.kind, t.id, t.name, t.rank) x);
end $$;

create function private.loyalty_report_uplift(p_client uuid, p_from date, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  -- Sales are the differences between nightly figures: an old video's first appearance is no sale of these days.
  return (
    with boosts as (
      select b.id, b.creator_id, b.first_on, b.last_on, b.days, b.rate_bp
        from public.loyalty_boosts b
       where b.client_id = p_client and b.last_on >= p_from and b.last_on <= p_to
         and b.state in ('expired', 'pending_info', 'pending_payout', 'paid')
    ), measured as (
      select b.id, c.handle, c.display_name, b.first_on, b.last_on, b.days, b.rate_bp,
             coalesce((select sum(s.gmv_delta) from public.loyalty_video_snapshots s
                        where s.client_id = p_client and s.creator_id = b.creator_id and not s.is_opening
                          and s.business_date >= b.first_on and s.business_date <= b.last_on), 0)::bigint as during,
             coalesce((select sum(s.gmv_delta) from public.loyalty_video_snapshots s
                        where s.client_id = p_client and s.creator_id = b.creator_id and not s.is_opening
                          and s.business_date >= b.first_on - 14 and s.business_date < b.first_on), 0)::bigint as before
        from boosts b
        join public.loyalty_creators c on c.client_id = p_client and c.id = b.creator_id
    )
    select jsonb_build_object('boosts', count(*), 'boostDays', coalesce(sum(m.days), 0), 'salesDuring', coalesce(sum(m.during), 0),
             'salesBefore', coalesce(sum(m.before), 0),
             'perDayDuring', case when count(*) > 0 then round(sum(m.during)::numeric / sum(m.days)) end,
             'perDayBefore', case when count(*) > 0 then round(sum(m.before)::numeric / (14 * count(*))) end,
             'rows', coalesce(jsonb_agg(jsonb_build_object('handle', m.handle, 'name', m.display_name, 'firstOn', m.first_on, 'lastOn', m.last_on, 'rateBp', m.rate_bp,
               'perDayDuring', round(m.during::numeric / m.days), 'perDayBefore', round(m.before::numeric / 14)) order by m.last_on, m.handle, m.id)
               filter (where m.id is not null), '[]'))
      from measured m);
end $$;

create function private.loyalty_report_cohorts(p_client uuid, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_last date := date_trunc('month', p_to)::date;
begin
  return (
    with joined as (
      select c.id, date_trunc('month', c.joined_on)::date as cohort
        from public.loyalty_creators c
       where c.client_id = p_client and c.joined_on >= (v_last - interval '6 months')::date and c.joined_on < v_last
    ), sold as (
      select distinct j.cohort, j.id, date_trunc('month', s.business_date)::date as month
        from joined j
        join public.loyalty_video_snapshots s on s.client_id = p_client and s.creator_id = j.id and not s.is_opening and s.gmv_delta > 0
       where s.business_date >= (v_last - interval '6 months')::date and s.business_date <= p_to
    ), months as (
      select g.cohort::date as cohort, k as month_no, (g.cohort + make_interval(months => k))::date as month
        from generate_series(v_last - interval '6 months', v_last - interval '1 month', interval '1 month') g (cohort), generate_series(1, 6) k
    )
    select coalesce(jsonb_agg(jsonb_build_object('month', x.cohort, 'joined', x.joined, 'kept', x.kept) order by x.cohort), '[]')
      from (select m.cohort, (select count(*) from joined j where j.cohort = m.cohort) as joined,
                   jsonb_agg(case when m.month <= v_last then
                     (select count(*) from sold s where s.cohort = m.cohort and s.month = m.month) end order by m.month_no) as kept
              from months m group by m.cohort) x);
end $$;

create function private.loyalty_read_report(p_client uuid, p_from date, p_to date, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_zone text;
  v_from timestamptz;
  v_to timestamptz;
begin
  perform private.require_permission(p_client, 'loyalty.reports.read');
  if p_from is null or p_to is null or p_to < p_from then
    raise exception using errcode = 'VA001', detail = 'to', message = 'The last day comes after the first.';
  end if;
  if p_to - p_from > 400 then
    raise exception using errcode = 'VA001', detail = 'to', message = 'A report covers up to 400 days.';
  end if;
  select c.time_zone into v_zone from public.clients c where c.id = p_client;
  v_from := private.local_instant(p_from, '00:00', v_zone);
  v_to := private.local_instant(p_to + 1, '00:00', v_zone);
  return jsonb_build_object(
    'from', p_from, 'to', p_to,
    'rewards', private.loyalty_report_rewards(p_client, v_from, v_to),
    'claimed', (select count(*) from public.loyalty_redemptions r
                 where r.client_id = p_client and r.claimed_at >= v_from and r.claimed_at < v_to),
    'rejected', (select count(*) from public.loyalty_redemptions r
                  where r.client_id = p_client and r.state = 'rejected' and r.rejected_at >= v_from and r.rejected_at < v_to),
    'budgets', (select coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'budget', l.budget_total, 'spent', l.committed_amount,
                  'reserved', l.reserved_amount, 'left', l.budget_total - l.committed_amount - l.reserved_amount) order by w.name, w.id), '[]')
                  from public.loyalty_reward_limits l
                  join public.loyalty_rewards w on w.client_id = l.client_id and w.id = l.reward_id and w.state in ('published', 'paused')
                 where l.client_id = p_client and l.budget_total is not null),
    'missions', (select coalesce(jsonb_agg(jsonb_build_object('name', x.name, 'kind', x.kind, 'completed', x.completed, 'creators', x.creators)
                                           order by x.completed desc, x.name, x.id), '[]')
                   from (select m.id, m.name, m.kind, count(*) as completed, count(distinct g.creator_id) as creators
                           from public.loyalty_mission_progress g
                           join public.loyalty_missions m on m.client_id = g.client_id and m.id = g.mission_id
                          where g.client_id = p_client and g.state = 'completed' and g.completed_on >= p_from and g.completed_on <= p_to
                          group by m.id, m.name, m.kind) x),
    'movement', (select jsonb_build_object(
                   'risen', count(*) filter (where d.rule <> 'maintained' and t.rank > f.rank),
                   'held', count(*) filter (where d.rule = 'maintained'),
                   'fallen', count(*) filter (where d.rule <> 'maintained' and t.rank < f.rank))
                   from public.loyalty_tier_decisions d
                   join public.loyalty_tiers t on t.client_id = d.client_id and t.id = d.to_tier_id
                   left join public.loyalty_tiers f on f.client_id = d.client_id and f.id = d.from_tier_id
                  where d.client_id = p_client and d.business_date >= p_from and d.business_date <= p_to and d.undone_at is null
                    and d.rule <> 'undone'),
    'uplift', private.loyalty_report_uplift(p_client, p_from, p_to),
    'cohorts', private.loyalty_report_cohorts(p_client, p_to),
    'onTime', private.loyalty_count_on_time(p_client, v_from, least(v_to, p_now)),
    'sales', (select coalesce(sum(d.sales), 0)::bigint from public.loyalty_daily_totals d
               where d.client_id = p_client and d.business_date >= p_from and d.business_date <= p_to));
end $$;

create function private.loyalty_read_report_mails(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.reports.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.display_name,
             'weekly', exists (select from public.loyalty_report_mails m
                                where m.client_id = p_client and m.person_id = p.id and m.cadence = 'weekly'),
             'monthly', exists (select from public.loyalty_report_mails m
                                 where m.client_id = p_client and m.person_id = p.id and m.cadence = 'monthly')) order by p.display_name, p.id), '[]')
            from public.people p
           where p.client_id = p_client and p.id in (select private.people_permitted(p_client, 'loyalty.reports.read')));
end $$;

create function private.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.reports.read');
  if exists (select from unnest(p_weekly || p_monthly) x
              where x not in (select private.people_permitted(p_client, 'loyalty.reports.read'))) then
    raise exception using errcode = 'VA001', detail = 'people', message = 'Choose people who may see reports.';
  end if;
  delete from public.loyalty_report_mails m
   where m.client_id = p_client and not (m.person_id = any (case m.cadence when 'weekly' then p_weekly else p_monthly end));
  insert into public.loyalty_report_mails (client_id, cadence, person_id)
  select p_client, 'weekly', x from unnest(p_weekly) x union select p_client, 'monthly', x from unnest(p_monthly) x
  on conflict do nothing;
  return private.loyalty_read_report_mails(p_client);
end $$;

create function private.loyalty_send_reports(p_now timestamptz default now()) returns integer
language plpgsql set search_path = '' as $$
declare
  v_due record;
  v_sent integer := 0;
begin
  -- A report goes out on the morning after its week or month: by then the last evening's figures are in.
  for v_due in
    select m.client_id, m.cadence, array_agg(m.person_id order by m.person_id) as people,
           case m.cadence when 'weekly' then d.monday - 7 else (d.first - interval '1 month')::date end as first_on,
           case m.cadence when 'weekly' then d.monday - 1 else d.first - 1 end as last_on
      from public.loyalty_report_mails m
      join public.clients c on c.id = m.client_id
      join public.client_programs cp on cp.client_id = m.client_id and cp.program = 'loyalty' and cp.is_enabled
      cross join lateral (
        select date_trunc('week', (p_now - interval '7 hours') at time zone c.time_zone)::date as monday,
               date_trunc('month', (p_now - interval '7 hours') at time zone c.time_zone)::date as first) d
     where m.person_id in (select private.people_permitted(m.client_id, 'loyalty.reports.read'))
     group by m.client_id, m.cadence, d.monday, d.first
     order by m.client_id, m.cadence
  loop
    if not exists (select from private.notification_requests q where q.client_id = v_due.client_id and q.type = 'loyalty.report-ready'
                    and q.dedupe_key = v_due.cadence || ':' || v_due.first_on) then
      perform private.notify(v_due.client_id, 'loyalty.report-ready', v_due.people,
        jsonb_build_object('cadence', v_due.cadence, 'from', v_due.first_on, 'to', v_due.last_on), v_due.cadence || ':' || v_due.first_on);
      v_sent := v_sent + 1;
    end if;
  end loop;
  return v_sent;
end $$;

create function public.loyalty_read_report(p_client uuid, p_from date, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_report(p_client, p_from, p_to, now()); end $$;
create function public.loyalty_read_report_mails(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_report_mails(p_client); end $$;
create function public.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[]) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_save_report_mails(p_client, p_weekly, p_monthly); end $$;

-- grants
revoke all on function private.loyalty_report_rewards(uuid, timestamptz, timestamptz), private.loyalty_report_uplift(uuid, date, date),
  private.loyalty_report_cohorts(uuid, date), private.loyalty_send_reports(timestamptz) from public;
grant execute on function private.loyalty_read_report(uuid, date, date, timestamptz), public.loyalty_read_report(uuid, date, date),
  private.loyalty_read_report_mails(uuid), public.loyalty_read_report_mails(uuid),
  private.loyalty_save_report_mails(uuid, uuid[], uuid[]), public.loyalty_save_report_mails(uuid, uuid[], uuid[]) to authenticated;

-- comments
comment on function private.loyalty_report_rewards(uuid, timestamptz, timestamptz) is 'Rewards fulfilled in a span by kind and tier, with what they cost.';
comment on function private.loyalty_report_uplift(uuid, date, date) is 'Sales a day in boosts that ended in a span, beside the 14 days before each.';
comment on function private.loyalty_report_cohorts(uuid, date) is 'Of the creators who joined in each of six months, how many sold in each of the six months after; null for months to come.';
comment on function private.loyalty_read_report(uuid, date, date, timestamptz) is 'The report of days in the zone of the business, as of a moment.';
comment on function private.loyalty_read_report_mails(uuid) is 'Everybody who may see reports, and who gets which by mail.';
comment on function private.loyalty_save_report_mails(uuid, uuid[], uuid[]) is 'Says who gets the weekly and the monthly report by mail.';
comment on function private.loyalty_send_reports(timestamptz) is 'Tells who asked for it that a week or month is over, once each. Safe to call at any time.';
comment on function public.loyalty_read_report(uuid, date, date) is 'The report of days in the zone of the business.';
comment on function public.loyalty_read_report_mails(uuid) is 'Everybody who may see reports, and who gets which by mail.';
comment on function public.loyalty_save_report_mails(uuid, uuid[], uuid[]) is 'Says who gets the weekly and the monthly report by mail.';
