-- Loyalty: taking back what a pass decided from a file that was wrong.

-- functions
create function private.loyalty_undo_decisions(p_client uuid, p_run uuid) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  drop table if exists pg_temp.loyalty_undone;
  -- A later decision by a person or another night stands on its own: those creators keep their tier.
  create temporary table loyalty_undone on commit drop as
  select distinct on (d.creator_id) d.*
    from public.loyalty_tier_decisions d
   where d.client_id = p_client and d.run_id = p_run and d.rule <> 'entry' and d.undone_at is null
     and not exists (select 1 from public.loyalty_tier_decisions n
                      where n.client_id = d.client_id and n.creator_id = d.creator_id and n.seq > d.seq
                        and n.run_id is distinct from p_run and n.undone_at is null and n.rule <> 'undone')
   order by d.creator_id, d.seq;
  get diagnostics v_count = row_count;

  insert into public.loyalty_tier_decisions (client_id, creator_id, run_id, business_date, rule, from_tier_id, to_tier_id, from_name,
    to_name, metric, value, threshold, period_start, period_end, sales_part, adjustments_part, detail, undone_at)
  select p_client, u.creator_id, null, u.business_date, 'undone', c.tier_id, back.id, now_in.name, back.name, u.metric, u.value, back.threshold,
         u.period_start, u.period_end, u.sales_part, u.adjustments_part, jsonb_build_object('undoneRunId', p_run), null
    from pg_temp.loyalty_undone u
    join public.loyalty_creators c on c.client_id = p_client and c.id = u.creator_id
    join public.loyalty_tiers now_in on now_in.client_id = p_client and now_in.id = c.tier_id
    join public.loyalty_tiers back on back.client_id = p_client and back.id = (u.detail -> 'before' ->> 'tierId')::uuid;

  update public.loyalty_creators c
     set tier_id = case when c.is_pinned then c.tier_id else (u.detail -> 'before' ->> 'tierId')::uuid end,
         tier_since = (u.detail -> 'before' ->> 'tierSince')::timestamptz,
         anchor_on = (u.detail -> 'before' ->> 'anchorOn')::date,
         period_start = (u.detail -> 'before' ->> 'periodStart')::date,
         prior_period_start = (u.detail -> 'before' ->> 'priorPeriodStart')::date,
         next_check_on = (u.detail -> 'before' ->> 'nextCheckOn')::date
    from pg_temp.loyalty_undone u
   where c.client_id = p_client and c.id = u.creator_id;

  -- Stints that never should have been go; the one before them was never left.
  delete from public.loyalty_tier_stints t
   using public.loyalty_tier_decisions d, pg_temp.loyalty_undone u
   where t.client_id = p_client and d.client_id = p_client and d.id = t.decision_id
     and d.creator_id = u.creator_id and d.run_id = p_run and d.rule <> 'entry';
  update public.loyalty_tier_stints t set ended_at = null
    from (select distinct on (s.creator_id) s.id from public.loyalty_tier_stints s
            join pg_temp.loyalty_undone u on u.creator_id = s.creator_id
           where s.client_id = p_client order by s.creator_id, s.started_at desc, s.ended_at desc nulls first) last
   where t.client_id = p_client and t.id = last.id and t.ended_at is not null;

  update public.loyalty_tier_checkpoints k set undone_at = now()
    from public.loyalty_tier_decisions d join pg_temp.loyalty_undone u on u.creator_id = d.creator_id
   where d.client_id = p_client and d.run_id = p_run and k.client_id = p_client and k.decision_id = d.id;
  update public.loyalty_tier_decisions d set undone_at = now()
    from pg_temp.loyalty_undone u
   where d.client_id = p_client and d.creator_id = u.creator_id and d.run_id = p_run and d.rule <> 'entry' and d.undone_at is null;

  perform private.loyalty_mark_dirty(p_client, (select array_agg(u.creator_id) from pg_temp.loyalty_undone u),
                                     (select n.last_business_date from public.loyalty_nights n where n.client_id = p_client))
    where v_count > 0;
  drop table pg_temp.loyalty_undone;
  return v_count;
end $$;

create function private.loyalty_notify_decisions(p_client uuid, p_run uuid, p_business_date date) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  -- Once a decision, however often the stage runs; only people with a login can read it.
  select count(*) into v_count from (
    select private.notify(p_client, 'loyalty.tier-changed', array[c.person_id],
             jsonb_build_object('decisionId', d.id, 'fromTier', d.from_name, 'toTier', d.to_name, 'isRise', d.rule = 'promotion',
                                'commissionBp', t.commission_bp), 'loyalty.tier-changed:' || d.id)
      from public.loyalty_tier_decisions d
      join public.loyalty_creators c on c.client_id = d.client_id and c.id = d.creator_id
      join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.user_id is not null and p.state = 'active'
      join public.loyalty_tiers t on t.client_id = d.client_id and t.id = d.to_tier_id
     where d.client_id = p_client and d.business_date = p_business_date and d.run_id is not distinct from p_run
       and d.rule in ('promotion', 'demotion') and d.undone_at is null offset 0) n;
  return v_count;
end $$;

create function private.loyalty_check_totals(p_client uuid) returns table (creator_id uuid, stored bigint, derived bigint)
language sql stable set search_path = '' as $$
  -- Sets joined to sets: for a large business, a sum looked up for each creator costs ten times as much.
  select c.id, c.total_sales, (coalesce(v.gmv, 0) + coalesce(a.amount, 0))::bigint
    from public.loyalty_creators c
    left join (select x.creator_id, sum(x.gmv) as gmv from public.loyalty_videos x where x.client_id = p_client group by x.creator_id) v
      on v.creator_id = c.id
    left join (select x.creator_id, sum(x.amount) as amount from public.loyalty_adjustments x
                where x.client_id = p_client
                  and x.effective_on <= (select n.last_business_date from public.loyalty_nights n where n.client_id = p_client)
                group by x.creator_id) a
      on a.creator_id = c.id
   where c.client_id = p_client and c.figures_at is not null and c.total_sales <> coalesce(v.gmv, 0) + coalesce(a.amount, 0)
     and not exists (select 1 from private.loyalty_dirty_creators m where m.client_id = p_client and m.creator_id = c.id)
$$;

-- grants
revoke all on function private.loyalty_undo_decisions(uuid, uuid), private.loyalty_notify_decisions(uuid, uuid, date), private.loyalty_check_totals(uuid) from public;

-- comments
comment on function private.loyalty_undo_decisions(uuid, uuid) is 'Takes back every promotion and check a run decided and nothing decided since; the creators are counted again by the next pass.';
comment on function private.loyalty_check_totals(uuid) is 'Creators whose stored total is not what their rows say, as far as they were counted: new ones and those marked for the next pass are left out. No row, every night.';
comment on function private.loyalty_notify_decisions(uuid, uuid, date) is 'Tells creators with a login that a night moved them to another tier. Each decision is told once.';
