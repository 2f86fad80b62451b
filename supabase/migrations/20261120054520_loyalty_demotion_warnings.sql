-- Loyalty: who would lose her tier at the coming check, told 30, 7 and 3 days before.

-- functions
create function private.loyalty_find_falls(p_client uuid, p_date date, p_creator uuid default null)
returns table (creator_id uuid, person_id uuid, period_start date, check_on date, days_left integer, metric text, currency text,
  value bigint, shortfall bigint, tier_name text, to_name text, commission_bp integer, to_commission_bp integer, rewards jsonb)
language sql stable set search_path = '' as $$
  select c.id, c.person_id, c.period_start, c.next_check_on, c.next_check_on - p_date, s.metric, s.currency, v.value,
         own.threshold - v.value, own.name, met.name, own.commission_bp, met.commission_bp,
         coalesce((select jsonb_agg(r.name order by r.display_order, r.id)
                     from (select x.* from public.loyalty_rewards x
                            where x.client_id = c.client_id and x.tier_id = c.tier_id and x.state = 'published' and x.offer = 'tier'
                              and x.tag is null
                            order by x.display_order, x.id limit 5) r), '[]')
    from public.loyalty_settings s
    join public.loyalty_creators c on c.client_id = s.client_id
    join public.loyalty_tiers own on own.client_id = c.client_id and own.id = c.tier_id
    cross join lateral (select case when s.metric = 'sales' then c.period_sales else c.period_units end as value) v
    cross join lateral (select t.name, t.commission_bp from public.loyalty_tiers t
                         where t.client_id = c.client_id and t.archived_at is null and (t.threshold <= v.value or t.rank = 1)
                         order by t.rank desc limit 1) met
   where s.client_id = p_client and s.tier_mode = 'checkpoint' and (p_creator is null or c.id = p_creator)
     and c.state = 'active' and not c.is_pinned and own.rank > 1 and v.value < own.threshold
     and c.period_start <= p_date and c.next_check_on > p_date and c.next_check_on <= p_date + 30
$$;

create function private.loyalty_warn_demotions(p_client uuid, p_date date) returns integer
language plpgsql set search_path = '' as $$
declare
  v_date date;
  v_count integer;
begin
  -- Figures stand as of the latest night, also when a file for an earlier one came in.
  select greatest(p_date, n.last_business_date) into v_date from public.loyalty_nights n where n.client_id = p_client;
  select count(*) into v_count
    from (
      select private.notify(p_client, 'loyalty.demotion-warning', array[f.person_id], jsonb_build_object(
               'checkOn', f.check_on, 'daysLeft', f.days_left, 'tier', f.tier_name, 'toTier', f.to_name, 'metric', f.metric,
               'currency', f.currency, 'shortfall', f.shortfall, 'commissionBp', f.commission_bp,
               'toCommissionBp', f.to_commission_bp, 'rewards', f.rewards),
               -- One a creator, period and step. A night that was missed is made up for by the next.
               'demotion:' || f.creator_id || ':' || f.check_on || ':' || case when f.days_left <= 3 then 3 when f.days_left <= 7 then 7 else 30 end)
        from private.loyalty_find_falls(p_client, v_date) f
        join public.people p on p.client_id = p_client and p.id = f.person_id and p.user_id is not null and p.state = 'active'
       -- In a short period everybody is far from her tier a month before: a warning would say nothing.
       where f.days_left <= 7 or f.check_on - f.period_start >= 60
      offset 0) told;
  return v_count;
end $$;

create function public.loyalty_read_warning(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('checkOn', f.check_on, 'daysLeft', f.days_left, 'metric', f.metric, 'currency', f.currency,
             'shortfall', f.shortfall, 'tier', f.tier_name, 'toTier', f.to_name, 'commissionBp', f.commission_bp,
             'toCommissionBp', f.to_commission_bp, 'rewards', f.rewards)
      from public.loyalty_nights n
      cross join lateral private.loyalty_find_falls(p_client, n.last_business_date, p_creator) f
     where n.client_id = p_client and p_creator is not null and (f.days_left <= 7 or f.check_on - f.period_start >= 60));
end $$;

-- grants
revoke all on function private.loyalty_warn_demotions(uuid, date), private.loyalty_find_falls(uuid, date, uuid) from public;
grant execute on function private.loyalty_find_falls(uuid, date, uuid), public.loyalty_read_warning(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_find_falls(uuid, date, uuid) is 'Creators within 30 days of a check who would fall with the figures of a business date, with what is missing and what they would lose. The one definition for mails and for home; reads under the caller''s own policies.';
comment on function private.loyalty_warn_demotions(uuid, date) is 'Tells creators with a login, 30, 7 and 3 days before their check, what is missing to keep the tier. Repeating it tells nobody twice. Returns how many are in danger.';
comment on function public.loyalty_read_warning(uuid, uuid) is 'What a creator is missing to keep her tier at the coming check; null while she is safe or it is far away.';
