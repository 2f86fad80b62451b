-- Loyalty: the one definition of a creator's figures, as a set. Every pass, preview and check is built on it.

-- functions
create function private.loyalty_build_pass(p_client uuid, p_date date, p_only_targets boolean) returns void
language plpgsql set search_path = '' as $$
declare
  v_mode text;
  v_metric text;
  v_earliest date;
  v_thresholds bigint[];
  v_targets uuid[];
  v_only text := '';
  v_spans text;
  v_nestloop text := current_setting('enable_nestloop');
begin
  select s.tier_mode, s.metric into strict v_mode, v_metric from public.loyalty_settings s where s.client_id = p_client;
  if p_only_targets then
    v_targets := array(select x.creator_id from pg_temp.loyalty_targets x);
    v_only := ' and %1$s = any ($1)';
  end if;
  select array_agg(t.threshold order by t.rank) into v_thresholds
    from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null;
  select min(least(c.period_start, c.prior_period_start)) into v_earliest
    from public.loyalty_creators c where c.client_id = p_client;
  drop table if exists pg_temp.loyalty_pass;
  -- Not a common table expression: read more than once, that would be stored first and keep the sums off parallel workers.
  v_spans := format($q$(
      select c.id as creator_id, least(c.next_check_on, %2$L::date) as to_on,
             -- A second file on the night of a move is judged by the whole period that was closed that night.
             case when c.period_start > %2$L::date then coalesce(c.prior_period_start, c.period_start)
                  else c.period_start end as from_on
        from public.loyalty_creators c where c.client_id = %1$L::uuid %3$s)$q$, p_client, p_date, format(v_only, 'c.id'));
  -- Sets are joined to sets: on the night of a first file, before statistics exist, a nested loop would take minutes.
  perform set_config('enable_nestloop', 'off', true);
  execute format($q$
    create temporary table loyalty_pass on commit drop as
    with periods as (
      select c.id as creator_id, c.tier_id, c.is_pinned, c.tier_since, c.anchor_on, c.period_start, c.prior_period_start,
             c.next_check_on, c.next_check_on <= %2$L::date as is_due, x.to_on, x.from_on
        from public.loyalty_creators c join %11$s x on x.creator_id = c.id
       where c.client_id = %1$L::uuid %4$s
    ), lifetime as (
      select v.creator_id, sum(v.gmv)::bigint as gmv, sum(v.units)::bigint as units, count(*) as videos,
             max(v.posted_on) as last_on, count(*) filter (where v.posted_on between p.from_on and p.to_on) as posted
        from public.loyalty_videos v join %11$s p on p.creator_id = v.creator_id
       where v.client_id = %1$L::uuid %5$s
       group by v.creator_id
    ), moved as (
      select s.creator_id, sum(s.gmv_delta)::bigint as gmv, sum(s.units_delta)::bigint as units,
             sum(s.views_delta)::bigint as views, sum(s.likes_delta)::bigint as likes,
             sum(s.comments_delta)::bigint as comments, count(*) as snapshots
        from public.loyalty_video_snapshots s join %11$s p on p.creator_id = s.creator_id
       where s.client_id = %1$L::uuid and s.business_date >= %3$L::date and s.business_date <= %2$L::date %6$s
         and s.business_date >= p.from_on and s.business_date <= p.to_on
       group by s.creator_id
    ), adjusted as (
      select a.creator_id, sum(a.amount)::bigint as total_amount, sum(a.units)::bigint as total_units,
             coalesce(sum(a.amount) filter (where a.effective_on between p.from_on and p.to_on), 0)::bigint as amount,
             coalesce(sum(a.units) filter (where a.effective_on between p.from_on and p.to_on), 0)::bigint as units,
             coalesce(sum(a.amount) filter (where a.kind = 'refund' and a.effective_on between p.from_on and p.to_on), 0)::bigint as refunds,
             count(*) filter (where a.effective_on between p.from_on and p.to_on) as adjustments
        from public.loyalty_adjustments a join %11$s p on p.creator_id = a.creator_id
       where a.client_id = %1$L::uuid and a.effective_on <= %2$L::date %7$s
       group by a.creator_id
    ), figures as (
      select p.*,
             coalesce(l.gmv, 0) + coalesce(a.total_amount, 0) as total_sales,
             coalesce(l.units, 0) + coalesce(a.total_units, 0) as total_units,
             coalesce(l.videos, 0) as total_videos, l.last_on as last_video_on,
             coalesce(m.gmv, 0) + coalesce(a.amount, 0) as sales, coalesce(m.units, 0) + coalesce(a.units, 0) as units,
             coalesce(m.views, 0) as views, coalesce(m.likes, 0) as likes, coalesce(m.comments, 0) as comments,
             coalesce(m.snapshots, 0) as snapshots, coalesce(l.posted, 0) as videos,
             coalesce(a.adjustments, 0) as adjustments, coalesce(a.refunds, 0) as refunds,
             case %8$L when 'sales' then coalesce(a.amount, 0) else coalesce(a.units, 0) end as period_adjustments,
             case when %9$L = 'lifetime' and %8$L = 'sales' then coalesce(l.gmv, 0)
                  when %9$L = 'lifetime' then coalesce(l.units, 0)
                  when %8$L = 'sales' then coalesce(m.gmv, 0) else coalesce(m.units, 0) end as sales_part,
             case when %9$L = 'lifetime' and %8$L = 'sales' then coalesce(a.total_amount, 0)
                  when %9$L = 'lifetime' then coalesce(a.total_units, 0)
                  when %8$L = 'sales' then coalesce(a.amount, 0) else coalesce(a.units, 0) end as adjustments_part
        from periods p
        left join lifetime l on l.creator_id = p.creator_id
        left join moved m on m.creator_id = p.creator_id
        left join adjusted a on a.creator_id = p.creator_id
    ), ladder as (
      select t.id, t.rank, t.name, t.threshold
        from public.loyalty_tiers t where t.client_id = %1$L::uuid and t.archived_at is null
    )
    select f.*, f.sales_part + f.adjustments_part as value,
           own.rank as own_rank, own.name as own_name, own.threshold as own_threshold,
           met.id as met_id, met.rank as met_rank, met.name as met_name, met.threshold as met_threshold,
           case when f.is_pinned then case when f.is_due and %9$L = 'checkpoint' then 'maintained' end
                when met.rank > own.rank then 'promotion'
                when f.is_due and %9$L = 'checkpoint' and met.rank < own.rank and own.rank > 1 then 'demotion'
                when f.is_due and %9$L = 'checkpoint' then 'maintained' end as rule
      from figures f
      join ladder own on own.id = f.tier_id
      join ladder met on met.rank = greatest(width_bucket(f.sales_part + f.adjustments_part, %10$L::bigint[]), 1)
  $q$, p_client, p_date, coalesce(v_earliest, p_date),
    format(v_only, 'c.id'), format(v_only, 'v.creator_id'), format(v_only, 's.creator_id'),
    format(v_only, 'a.creator_id'), v_metric, v_mode, v_thresholds, v_spans) using v_targets;
  perform set_config('enable_nestloop', v_nestloop, true);
  -- What the next statements join and filter by; the figures are only carried along.
  analyze pg_temp.loyalty_pass (creator_id, rule, is_due, to_on);
end $$;

create function private.loyalty_apply_pass(p_client uuid, p_date date, p_decide boolean) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_zone text;
  v_count bigint;
begin
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select c.time_zone into strict v_zone from public.clients c where c.id = p_client;
  update public.loyalty_creators c
     set tier_id = n.tier_id, tier_since = n.tier_since, anchor_on = n.anchor_on, period_start = n.period_start,
         prior_period_start = n.prior_period_start, next_check_on = n.next_check_on,
         total_sales = n.total_sales, total_units = n.total_units, total_videos = n.total_videos,
         period_sales = n.sales, period_units = n.units, period_adjustments = n.period_adjustments,
         period_views = n.views, period_likes = n.likes, period_comments = n.comments, period_videos = n.videos,
         last_video_on = n.last_video_on, figures_at = now()
    from (
      select p.creator_id, p.total_sales, p.total_units, p.total_videos, p.last_video_on,
             case when m.moves then p.met_id else p.tier_id end as tier_id,
             case when m.moves then greatest(p.tier_since, private.local_instant(p.to_on, v_settings.sync_time, v_zone))
                  else p.tier_since end as tier_since,
             k.anchor_on, k.period_start,
             case when m.closes then p.from_on else p.prior_period_start end as prior_period_start,
             case when m.closes then private.loyalty_period_last_day(k.anchor_on, k.period_start, v_settings.checkpoint_months)
                  else p.next_check_on end as next_check_on,
             -- Judged by the period that closed tonight, shown by the one that begins tomorrow.
             p.sales * k.shown as sales, p.units * k.shown as units, p.period_adjustments * k.shown as period_adjustments,
             p.views * k.shown as views, p.likes * k.shown as likes, p.comments * k.shown as comments,
             p.videos * k.shown as videos
        from pg_temp.loyalty_pass p
       cross join lateral (
         select p_decide and coalesce(p.rule in ('promotion', 'demotion'), false) as moves,
                p_decide and (p.is_due or (v_settings.tier_mode = 'checkpoint'
                              and coalesce(p.rule in ('promotion', 'demotion'), false))) as closes) m
       cross join lateral (
         select case when m.closes and m.moves and v_settings.tier_mode = 'checkpoint' then p.to_on + 1 else p.anchor_on end as anchor_on,
                case when m.closes then p.to_on + 1 else p.period_start end as period_start,
                case when m.closes or p.period_start > p_date then 0 else 1 end as shown) k
    ) n
   where c.client_id = p_client and c.id = n.creator_id
     and (c.figures_at is null or
         (c.tier_id, c.period_start, c.prior_period_start, c.next_check_on, c.total_sales, c.total_units, c.total_videos,
          c.period_sales, c.period_units, c.period_adjustments, c.period_views, c.period_likes, c.period_comments,
          c.period_videos, c.last_video_on)
         is distinct from
         (n.tier_id, n.period_start, n.prior_period_start, n.next_check_on, n.total_sales, n.total_units, n.total_videos,
          n.sales, n.units, n.period_adjustments, n.views, n.likes, n.comments, n.videos, n.last_video_on));
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function private.loyalty_refresh_figures(p_client uuid) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_today date;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  select private.local_date(now(), c.time_zone) into strict v_today from public.clients c where c.id = p_client;
  drop table if exists pg_temp.loyalty_targets;
  -- The marks stay: tonight decides about the same creators.
  create temporary table loyalty_targets on commit drop as
  select distinct d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_today;
  perform private.loyalty_build_pass(p_client, v_today, true);
  return private.loyalty_apply_pass(p_client, v_today, false);
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_build_pass(uuid, date, boolean), private.loyalty_apply_pass(uuid, date, boolean),
  private.loyalty_refresh_figures(uuid) from public;

-- comments
comment on function private.loyalty_build_pass(uuid, date, boolean) is 'Fills pg_temp.loyalty_pass: figures, met tier and rule of every creator, or of those in pg_temp.loyalty_targets, as of a business date. Changes nothing.';
comment on function private.loyalty_apply_pass(uuid, date, boolean) is 'Writes pg_temp.loyalty_pass to the creators whose row differs; with p_decide also tiers and periods.';
comment on function private.loyalty_refresh_figures(uuid) is 'Brings the figures of marked creators up to date between nights. Decides no tier.';
