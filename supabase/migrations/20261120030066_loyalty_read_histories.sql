-- Loyalty: lists on a creator's pages, keyset by keyset, and the owner's overview.

-- functions
create function private.loyalty_require_creator(p_client uuid, p_creator uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator) then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
end $$;

create function public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint default null, p_limit integer default 20) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  perform private.loyalty_require_creator(p_client, p_creator);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'seq', d.seq, 'rule', d.rule, 'businessDate', d.business_date, 'from', d.from_name,
             'to', d.to_name, 'metric', d.metric, 'value', d.value, 'threshold', d.threshold, 'periodStart', d.period_start,
             'periodEnd', d.period_end, 'salesPart', d.sales_part, 'adjustmentsPart', d.adjustments_part, 'detail', d.detail - 'before',
             'createdAt', d.created_at, 'isUndone', d.undone_at is not null) order by d.seq desc), '[]')
      from (select * from public.loyalty_tier_decisions t
             where t.client_id = p_client and t.creator_id = p_creator and t.seq < coalesce(p_before, 9223372036854775807)
             order by t.seq desc limit least(greatest(p_limit, 1), 100) + 1) d);
end $$;

create function public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date default null, p_to date default null,
  p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  perform private.loyalty_require_creator(p_client, p_creator);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'url', v.url, 'title', v.title, 'postedOn', v.posted_on, 'views', v.views,
             'likes', v.likes, 'comments', v.comments, 'gmv', v.gmv, 'units', v.units, 'ctrBp', v.ctr_bp, 'firstSeenOn', v.first_seen_on,
             'counted', w.gmv, 'countedUnits', w.units) order by v.posted_on desc, v.id desc), '[]')
      from (select * from public.loyalty_videos t
             where t.client_id = p_client and t.creator_id = p_creator
               and (t.posted_on, t.id) < (coalesce((p_cursor ->> 'v')::date, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
             order by t.posted_on desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) v
     cross join lateral (
       select coalesce(sum(s.gmv_delta), 0)::bigint as gmv, coalesce(sum(s.units_delta), 0)::bigint as units
         from public.loyalty_video_snapshots s
        where s.client_id = p_client and s.video_id = v.id and s.business_date >= coalesce(p_from, '-infinity')
          and s.business_date <= coalesce(p_to, 'infinity')) w);
end $$;

create function public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  perform private.loyalty_require_creator(p_client, p_creator);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'amount', a.amount, 'units', a.units, 'effectiveOn', a.effective_on,
             'reason', a.reason, 'reversesId', a.reverses_id, 'reversedById', r.id, 'createdAt', a.created_at,
             'createdBy', (select p.display_name from public.people p where p.client_id = p_client and p.user_id = a.created_by))
             order by a.effective_on desc, a.id desc), '[]')
      from (select * from public.loyalty_adjustments t
             where t.client_id = p_client and t.creator_id = p_creator
               and (t.effective_on, t.id) < (coalesce((p_cursor ->> 'v')::date, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
             order by t.effective_on desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) a
      left join public.loyalty_adjustments r on r.client_id = p_client and r.reverses_id = a.id);
end $$;

create function private.loyalty_read_admin_home(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_night public.loyalty_nights;
  v_today date;
  v_last date;
begin
  perform private.require_permission(p_client, 'loyalty.creators.read');
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client;
  select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = p_client;
  v_last := coalesce(v_night.last_business_date, v_today);
  return (
    with people as (
      select c.tier_id, count(*) as creators, sum(c.period_sales)::bigint as sales,
             count(*) filter (where c.last_video_on >= v_last - 29) as posted,
             count(*) filter (where v_settings.tier_mode = 'checkpoint' and not c.is_pinned and c.next_check_on <= v_last + 14 and
               case when v_settings.metric = 'sales' then c.period_sales else c.period_units end < t.threshold) as at_risk,
             count(*) filter (where c.last_video_on < v_last - 21 and t.rank > 1) as quiet
        from public.loyalty_creators c join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
       where c.client_id = p_client and c.state = 'active'
       group by c.tier_id
    )
    select jsonb_build_object(
      'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency,
      'figuresAt', v_night.figures_at, 'lastBusinessDate', v_night.last_business_date, 'lastSummary', v_night.last_summary,
      'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
      'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
      'creators', (select coalesce(sum(p.creators), 0) from people p), 'posted30Days', (select coalesce(sum(p.posted), 0) from people p),
      'periodSales', (select coalesce(sum(p.sales), 0) from people p),
      'tiers', (select jsonb_agg(jsonb_build_object('id', t.id, 'rank', t.rank, 'name', t.name, 'color', t.color, 'threshold', t.threshold,
                  'creators', coalesce(p.creators, 0), 'sales', coalesce(p.sales, 0)) order by t.rank)
                  from public.loyalty_tiers t left join people p on p.tier_id = t.id where t.client_id = p_client and t.archived_at is null),
      'needs', jsonb_build_object(
        'claims', (select count(*) from public.loyalty_handle_claims k where k.client_id = p_client and k.state = 'pending'),
        'atRisk', (select coalesce(sum(p.at_risk), 0) from people p), 'quiet', (select coalesce(sum(p.quiet), 0) from people p)),
      'moves', (select coalesce(jsonb_agg(jsonb_build_object('rule', m.rule, 'to', m.to_name, 'creators', m.n) order by m.rule desc, m.n desc), '[]')
                  from (select d.rule, d.to_name, count(*) as n from public.loyalty_tier_decisions d
                         where d.client_id = p_client and d.business_date > v_last - 7 and d.rule in ('promotion', 'demotion')
                           and d.undone_at is null group by d.rule, d.to_name) m),
      'weeks', (select jsonb_agg(jsonb_build_object('from', w.day, 'sales', coalesce(s.sales, 0), 'units', coalesce(s.units, 0)) order by w.day)
                  from (select v_last - 6 - 7 * i as day from generate_series(0, 7) i) w
                  cross join lateral (select sum(t.sales)::bigint as sales, sum(t.units)::bigint as units
                    from public.loyalty_daily_totals t
                   where t.client_id = p_client and t.business_date between w.day and w.day + 6) s)));
end $$;

create function public.loyalty_read_admin_home(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_admin_home(p_client); end $$;

create function public.loyalty_list_claims(p_client uuid, p_state text default 'pending', p_limit integer default 100) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.claims.decide');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'handle', k.handle_key, 'email', k.email, 'name', k.claimant_name, 'state', k.state,
             'evidenceText', k.evidence_text, 'evidenceUrl', k.evidence_url, 'rejectReason', k.reject_reason, 'createdAt', k.created_at,
             'decidedAt', k.decided_at, 'creator', (
               select jsonb_build_object('id', c.id, 'name', c.display_name, 'totalVideos', c.total_videos, 'totalSales', c.total_sales)
                 from public.loyalty_creators c where c.client_id = p_client and c.handle_key = k.handle_key)) order by k.created_at), '[]')
      from (select * from public.loyalty_handle_claims t where t.client_id = p_client and t.state = p_state
             order by t.created_at limit least(greatest(p_limit, 1), 200)) k);
end $$;

-- grants
grant execute on function private.loyalty_require_creator(uuid, uuid) to authenticated;
grant execute on function public.loyalty_list_decisions(uuid, uuid, bigint, integer) to authenticated;
grant execute on function public.loyalty_list_videos(uuid, uuid, date, date, jsonb, integer) to authenticated;
grant execute on function public.loyalty_list_adjustments(uuid, uuid, jsonb, integer) to authenticated;
grant execute on function public.loyalty_list_claims(uuid, text, integer) to authenticated;
grant execute on function private.loyalty_read_admin_home(uuid), public.loyalty_read_admin_home(uuid) to authenticated;

-- comments
comment on function private.loyalty_require_creator(uuid, uuid) is 'Raises TN001 for a creator the caller may not see: an empty list would say that there is one.';
comment on function public.loyalty_list_decisions(uuid, uuid, bigint, integer) is 'Decisions about a creator, latest first, one more than asked for when there are more.';
comment on function public.loyalty_list_videos(uuid, uuid, date, date, jsonb, integer) is 'Videos of a creator, latest first, with what each brought in a span of days.';
comment on function public.loyalty_list_adjustments(uuid, uuid, jsonb, integer) is 'Adjustments of a creator, latest first.';
comment on function public.loyalty_list_claims(uuid, text, integer) is 'Requests for handles in one state, oldest first, with the creator a file made of the handle.';
comment on function private.loyalty_read_admin_home(uuid) is 'The owner''s overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.';
comment on function public.loyalty_read_admin_home(uuid) is 'The owner''s overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.';
