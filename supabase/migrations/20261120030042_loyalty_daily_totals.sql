-- Loyalty: what a whole business sold on a day. Pages draw trends from this rollup, never from millions of snapshots.

-- tables
create table public.loyalty_daily_totals (
  client_id uuid not null references public.clients (id),
  business_date date not null,
  sales bigint not null,
  units bigint not null,
  adjustments bigint not null,
  videos bigint not null,
  constraint loyalty_daily_totals_pkey primary key (client_id, business_date)
);

-- functions
create function private.loyalty_roll_up_days(p_client uuid, p_days date[]) returns void
language plpgsql set search_path = '' as $$
begin
  insert into public.loyalty_daily_totals as t (client_id, business_date, sales, units, adjustments, videos)
  select p_client, d.day, coalesce(s.sales, 0) + coalesce(a.amount, 0), coalesce(s.units, 0) + coalesce(a.units, 0),
         coalesce(a.amount, 0), coalesce(s.videos, 0)
    from unnest(p_days) d (day)
    left join (select v.business_date, sum(v.gmv_delta)::bigint as sales, sum(v.units_delta)::bigint as units, count(*) as videos
                 from public.loyalty_video_snapshots v
                where v.client_id = p_client and v.business_date = any (p_days) and not v.is_opening
                group by v.business_date) s on s.business_date = d.day
    left join (select j.effective_on, sum(j.amount)::bigint as amount, sum(j.units)::bigint as units
                 from public.loyalty_adjustments j
                where j.client_id = p_client and j.effective_on = any (p_days) group by j.effective_on) a on a.effective_on = d.day
  on conflict (client_id, business_date) do update
    set sales = excluded.sales, units = excluded.units, adjustments = excluded.adjustments, videos = excluded.videos
    where (t.sales, t.units, t.adjustments, t.videos) is distinct from
          (excluded.sales, excluded.units, excluded.adjustments, excluded.videos);
end $$;

-- rls
alter table public.loyalty_daily_totals enable row level security;
alter table public.loyalty_daily_totals force row level security;
create policy loyalty_daily_totals_select on public.loyalty_daily_totals for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]));

-- grants
revoke all on public.loyalty_daily_totals from anon, authenticated, service_role;
grant select on public.loyalty_daily_totals to authenticated, service_role;
revoke all on function private.loyalty_roll_up_days(uuid, date[]) from public;

-- comments
comment on table public.loyalty_daily_totals is 'Sales of a business by day: movements of videos plus adjustments, without the history of videos first seen late.';
comment on column public.loyalty_daily_totals.videos is 'Videos whose figures moved on that day.';
comment on function private.loyalty_roll_up_days(uuid, date[]) is 'Counts the given days again.';
