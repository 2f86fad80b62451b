-- Loyalty: the nightly pass. Set-based; the same date and data give the same rows however often it runs.

-- functions
create function private.loyalty_record_decisions(p_client uuid, p_run uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_zone text;
begin
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select c.time_zone into strict v_zone from public.clients c where c.id = p_client;
  drop table if exists pg_temp.loyalty_decided;
  create temporary table loyalty_decided on commit drop as
  select gen_random_uuid() as decision_id, 1 as step, greatest(p.tier_since, private.local_instant(p.to_on, v_settings.sync_time, v_zone)) as at, p.*
    from pg_temp.loyalty_pass p where p.rule is not null
  union all
  -- First sight of a creator: she enters her tier before tonight's figures move her.
  select gen_random_uuid(), 0, p.tier_since, p.creator_id, p.tier_id, p.is_pinned, p.tier_since, p.anchor_on, p.period_start,
         p.prior_period_start, p.next_check_on, p.is_due, p.to_on, p.from_on, p.total_sales, p.total_units, p.total_videos,
         p.last_video_on, p.sales, p.units, p.views, p.likes, p.comments, p.snapshots, p.videos, p.adjustments, p.refunds,
         p.period_adjustments, 0, 0, 0, p.own_rank, p.own_name, p.own_threshold, p.tier_id, p.own_rank, p.own_name,
         p.own_threshold, 'entry'
    from pg_temp.loyalty_pass p
   where not exists (select 1 from public.loyalty_tier_stints t
                      where t.client_id = p_client and t.creator_id = p.creator_id and t.ended_at is null);

  insert into public.loyalty_tier_decisions (id, client_id, creator_id, run_id, business_date, rule, from_tier_id, to_tier_id,
    from_name, to_name, metric, value, threshold, period_start, period_end, sales_part, adjustments_part, detail)
  select d.decision_id, p_client, d.creator_id, p_run, d.to_on, d.rule,
         case when d.step = 1 then d.tier_id end,
         case when d.rule in ('promotion', 'demotion') then d.met_id else d.tier_id end,
         case when d.step = 1 then d.own_name end,
         case when d.rule in ('promotion', 'demotion') then d.met_name else d.own_name end,
         v_settings.metric, d.value,
         case when d.rule in ('promotion', 'demotion') then d.met_threshold else d.own_threshold end,
         case when v_settings.tier_mode = 'checkpoint' then least(d.from_on, d.to_on) end,
         case when v_settings.tier_mode = 'checkpoint' then d.to_on + 1 end,
         d.sales_part, d.adjustments_part,
         jsonb_strip_nulls(jsonb_build_object(
           'mode', v_settings.tier_mode, 'snapshots', d.snapshots, 'videos', d.videos, 'adjustments', d.adjustments,
           'refunds', case when v_settings.metric = 'sales' then d.refunds end,
           'required', d.own_threshold, 'isCheck', d.is_due, 'isPinned', d.is_pinned, 'isExempt', d.own_rank = 1,
           'adjustmentIds', case when d.adjustments > 0 and d.step = 1 then (
              select jsonb_agg(a.id order by a.effective_on, a.id) from public.loyalty_adjustments a
               where a.client_id = p_client and a.creator_id = d.creator_id and a.effective_on between d.from_on and d.to_on) end,
           'before', case when d.step = 1 then jsonb_build_object('tierId', d.tier_id, 'tierSince', d.tier_since, 'anchorOn', d.anchor_on,
              'periodStart', d.period_start, 'priorPeriodStart', d.prior_period_start, 'nextCheckOn', d.next_check_on) end))
    from pg_temp.loyalty_decided d
   order by d.creator_id, d.step;

  insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
  select p_client, d.creator_id, d.tier_id, d.decision_id, d.at from pg_temp.loyalty_decided d where d.step = 0;

  update public.loyalty_tier_stints t set ended_at = greatest(t.started_at, d.at)
    from pg_temp.loyalty_decided d
   where d.rule in ('promotion', 'demotion') and t.client_id = p_client and t.creator_id = d.creator_id and t.ended_at is null;
  insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
  select p_client, d.creator_id, d.met_id, d.decision_id, d.at
    from pg_temp.loyalty_decided d where d.rule in ('promotion', 'demotion');

  insert into public.loyalty_tier_checkpoints (client_id, creator_id, decision_id, period_start, period_end, outcome, metric,
    value, required, tier_before_id, tier_after_id)
  select p_client, d.creator_id, d.decision_id, d.from_on, d.to_on + 1,
         case when d.rule = 'promotion' then 'promoted' when d.rule = 'demotion' then 'demoted'
              when d.own_rank = 1 then 'exempt' else 'maintained' end,
         v_settings.metric, d.value, d.own_threshold, d.tier_id,
         case when d.rule = 'maintained' then d.tier_id else d.met_id end
    from pg_temp.loyalty_decided d
   where d.step = 1 and d.is_due and v_settings.tier_mode = 'checkpoint'
  on conflict (client_id, creator_id, period_end, undone_at) do nothing;
end $$;

create function private.loyalty_recalculate(p_client uuid, p_business_date date, p_run uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_night public.loyalty_nights;
  v_date date;
  v_full boolean;
  v_people bigint;
  v_dirty bigint;
  v_first bigint;
  v_updated bigint := 0;
  v_rules jsonb := '{}';
  v_again bigint;
  v_nestloop text := current_setting('enable_nestloop');
begin
  -- One pass a business at a time; the second sees what the first wrote and finds nothing left to do.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client for update;
  -- A late file for an earlier night changes figures; tiers are decided as of the latest night.
  v_date := greatest(p_business_date, v_night.last_business_date);

  drop table if exists pg_temp.loyalty_targets;
  create temporary table loyalty_targets on commit drop as
  select d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date
  union
  select c.id from public.loyalty_creators c where c.client_id = p_client and c.next_check_on <= v_date
  union
  select c.id from public.loyalty_creators c where c.client_id = p_client and c.figures_at is null;
  get diagnostics v_dirty = row_count;
  analyze pg_temp.loyalty_targets;
  select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
  -- Past a third, reading everything in order is cheaper than looking each up. Once a week everything is counted again anyway.
  v_full := v_night.needs_full_pass or v_night.last_full_pass_on is null
    or v_date - v_night.last_full_pass_on >= 7 or v_dirty * 3 > v_people;
  v_first := case when v_full then v_people else v_dirty end;

  if v_first > 0 then
    -- As in the pass itself: many rows are joined as sets, whatever the statistics say so far.
    perform set_config('enable_nestloop', case when v_first > 500 then 'off' else v_nestloop end, true);
    perform private.loyalty_build_pass(p_client, v_date, not v_full);
    loop
      perform private.loyalty_record_decisions(p_client, p_run);
      v_updated := v_updated + private.loyalty_apply_pass(p_client, v_date, true);
      select coalesce(jsonb_object_agg(t.rule, t.n + coalesce((v_rules ->> t.rule)::bigint, 0)), '{}') || '{}'
        into v_rules
        from (select r.rule, count(d.rule) as n
                from (values ('entry'), ('promotion'), ('maintained'), ('demotion')) r (rule)
                left join pg_temp.loyalty_decided d on d.rule = r.rule group by r.rule) t;
      -- Nights were missed and a period closed before today: the next one has begun, so it is judged as well.
      drop table pg_temp.loyalty_targets;
      create temporary table loyalty_targets on commit drop as
      select p.creator_id from pg_temp.loyalty_pass p where p.is_due and p.to_on < v_date;
      get diagnostics v_again = row_count;
      exit when v_again = 0;
      analyze pg_temp.loyalty_targets;
      perform private.loyalty_build_pass(p_client, v_date, true);
    end loop;
    perform set_config('enable_nestloop', v_nestloop, true);
  end if;

  perform private.loyalty_roll_up_days(p_client, array(
    select v_date union select p_business_date
    union select d.due_on from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date));
  delete from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date;
  update public.loyalty_nights n
     set last_business_date = v_date, needs_full_pass = false,
         last_full_pass_on = case when v_full then v_date else n.last_full_pass_on end,
         figures_at = case when p_run is not null then now() else n.figures_at end,
         last_run_id = coalesce(p_run, n.last_run_id),
         last_summary = jsonb_build_object('pass', case when v_full then 'full' else 'changed' end, 'businessDate', v_date,
           'creators', v_first, 'updated', v_updated, 'entered', coalesce(v_rules -> 'entry', '0'),
           'promoted', coalesce(v_rules -> 'promotion', '0'), 'maintained', coalesce(v_rules -> 'maintained', '0'),
           'demoted', coalesce(v_rules -> 'demotion', '0'))
   where n.client_id = p_client
  returning n.last_summary into v_rules;
  drop table if exists pg_temp.loyalty_pass, pg_temp.loyalty_targets, pg_temp.loyalty_decided;
  return v_rules;
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_record_decisions(uuid, uuid), private.loyalty_recalculate(uuid, date, uuid) from public;

-- comments
comment on function private.loyalty_record_decisions(uuid, uuid) is 'Writes decisions, stints and checkpoints of pg_temp.loyalty_pass.';
comment on function private.loyalty_recalculate(uuid, date, uuid) is 'The nightly pass of a business: figures, promotions, checks. p_run is null on a night without a file. Repeating it changes nothing.';
