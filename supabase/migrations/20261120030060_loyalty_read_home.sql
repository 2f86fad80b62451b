-- Loyalty: everything a creator's home shows, in one call, under her own row security.

-- functions
create function public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  -- Weeks are counted off from the period; a young period is preceded by weeks before it, so there is a shape to see.
  v_weeks integer := greatest(p_last - p_period_start, -1) / 7 + case when p_last >= p_period_start then 1 else 0 end;
  v_from date := p_period_start - 7 * greatest(8 - v_weeks, 0);
begin
  v_from := greatest(v_from, p_period_start + 7 * (v_weeks - 26));
  return (
    select coalesce(jsonb_agg(jsonb_build_object('from', w.day, 'sales', coalesce(t.sales, 0), 'units', coalesce(t.units, 0),
             'isInPeriod', w.day >= p_period_start, 'isOpen', w.day + 6 > p_last) order by w.day), '[]')
      from (select v_from + 7 * i as day from generate_series(0, (p_last - v_from) / 7) i) w
      left join (
        select m.bucket, sum(m.sales)::bigint as sales, sum(m.units)::bigint as units
          from (select (s.business_date - v_from) / 7 as bucket, s.gmv_delta as sales, s.units_delta as units
                  from public.loyalty_video_snapshots s
                 where s.client_id = p_client and s.creator_id = p_creator and s.business_date >= v_from and s.business_date <= p_last
                   and not s.is_opening
                union all
                select (a.effective_on - v_from) / 7, a.amount, a.units
                  from public.loyalty_adjustments a
                 where a.client_id = p_client and a.creator_id = p_creator and a.effective_on >= v_from and a.effective_on <= p_last) m
         group by m.bucket) t on t.bucket = (w.day - v_from) / 7);
end $$;

create function public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date) returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(sum(a.amount), 0)::bigint from public.loyalty_adjustments a
           where a.client_id = p_client and a.creator_id = p_creator and a.kind = 'refund'
             and a.effective_on >= p_from and a.effective_on <= p_to);
end $$;

create function public.loyalty_read_decision(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('id', d.id, 'rule', d.rule, 'businessDate', d.business_date, 'from', d.from_name, 'to', d.to_name,
             'metric', d.metric, 'value', d.value, 'threshold', d.threshold, 'periodStart', d.period_start, 'periodEnd', d.period_end,
             'salesPart', d.sales_part, 'adjustmentsPart', d.adjustments_part, 'detail', d.detail - 'before', 'createdAt', d.created_at,
             'isUndone', d.undone_at is not null)
      from public.loyalty_tier_decisions d
     where d.client_id = p_client and d.creator_id = p_creator and d.undone_at is null
     order by d.seq desc limit 1);
end $$;

create function public.loyalty_read_home(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_settings public.loyalty_settings;
  v_night public.loyalty_nights;
  v_last date;
  v_value bigint;
  v_zone text;
begin
  select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select n.* into v_night from public.loyalty_nights n where n.client_id = p_client;
  select k.time_zone into v_zone from public.clients k where k.id = p_client;
  select c.* into v_creator from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = (select private.my_person(p_client));
  v_last := coalesce(v_night.last_business_date, private.local_date(now(), v_zone));
  v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                  when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                  when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
  return jsonb_build_object(
    'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency, 'timeZone', v_zone,
    'leaderboardShown', v_settings.leaderboard_shown, 'figuresAt', v_night.figures_at, 'lastBusinessDate', v_night.last_business_date,
    'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
    'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
    'ladder', (select jsonb_agg(jsonb_build_object('id', t.id, 'rank', t.rank, 'name', t.name, 'color', t.color, 'threshold', t.threshold,
                 'commissionBp', t.commission_bp, 'benefits', t.benefits) order by t.rank)
                 from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null),
    'creator', case when v_creator.id is not null then jsonb_build_object(
      'id', v_creator.id, 'handle', v_creator.handle, 'name', v_creator.display_name, 'state', v_creator.state,
      'tierId', v_creator.tier_id, 'tierSince', v_creator.tier_since, 'isPinned', v_creator.is_pinned,
      'value', v_value, 'periodStart', v_creator.period_start, 'periodEndsOn', v_creator.next_check_on,
      'totalSales', v_creator.total_sales, 'totalUnits', v_creator.total_units, 'totalVideos', v_creator.total_videos,
      'lastVideoOn', v_creator.last_video_on,
      'period', jsonb_build_object('sales', v_creator.period_sales, 'units', v_creator.period_units,
        'adjustments', v_creator.period_adjustments, 'views', v_creator.period_views, 'likes', v_creator.period_likes,
        'comments', v_creator.period_comments, 'videos', v_creator.period_videos,
        'refunds', public.loyalty_read_refunds(p_client, v_creator.id, v_creator.period_start, v_last)),
      'decision', public.loyalty_read_decision(p_client, v_creator.id),
      'weeks', public.loyalty_read_weeks(p_client, v_creator.id, v_creator.period_start, v_last)) end,
    'celebrations', case when v_creator.id is not null then public.loyalty_read_celebrations(p_client, v_creator.id) end,
    'warning', case when v_creator.id is not null then public.loyalty_read_warning(p_client, v_creator.id) end,
    'missions', case when v_creator.id is not null then public.loyalty_read_missions(p_client) end,
    'rewards', case when v_creator.id is not null then public.loyalty_read_rewards(p_client) end);
end $$;

create function private.loyalty_next_count_at(p_time time, p_zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_today date := private.local_date(now(), p_zone);
begin
  return case when private.local_instant(v_today, p_time, p_zone) > now() then private.local_instant(v_today, p_time, p_zone)
              else private.local_instant(v_today + 1, p_time, p_zone) end;
end $$;

-- grants
grant execute on function public.loyalty_read_weeks(uuid, uuid, date, date) to authenticated;
grant execute on function public.loyalty_read_refunds(uuid, uuid, date, date) to authenticated;
grant execute on function public.loyalty_read_decision(uuid, uuid) to authenticated;
grant execute on function public.loyalty_read_home(uuid) to authenticated;
grant execute on function private.loyalty_next_count_at(time, text) to authenticated;

-- comments
comment on function public.loyalty_read_weeks(uuid, uuid, date, date) is 'Sales of a creator week by week, weeks counted off from her period: at least eight, at most 26.';
comment on function public.loyalty_read_refunds(uuid, uuid, date, date) is 'Refunds entered by hand in a span of days.';
comment on function public.loyalty_read_decision(uuid, uuid) is 'The latest decision about a creator that still stands.';
comment on function public.loyalty_read_home(uuid) is 'All of the signed-in creator''s home. creator is null for a person who is none.';
comment on function private.loyalty_next_count_at(time, text) is 'The next time the nightly count is due.';
