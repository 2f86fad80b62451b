-- Loyalty: one row of rules a business. The nightly pass reads its rules here and nowhere else.

-- tables
create table public.loyalty_settings (
  client_id uuid primary key references public.clients (id),
  metric text not null default 'sales',
  tier_mode text not null default 'checkpoint',
  checkpoint_months integer not null default 4,
  currency text not null,
  sync_time time not null default '18:00',
  sync_time_zone text not null default 'America/New_York',
  fall_guard_percent integer not null default 20,
  unmatched_warn_percent integer not null default 10,
  stale_after_hours integer not null default 24,
  boost_time time not null default '18:00',
  boost_capacity integer not null default 20,
  discount_from time not null default '09:00',
  discount_to time not null default '16:00',
  discount_slot_minutes integer not null default 30,
  discount_capacity integer not null default 4,
  schedule_days_ahead integer not null default 7,
  schedule_weekends boolean not null default false,
  fulfil_hours integer not null default 24,
  clearing_days integer not null default 20,
  payout_minimum bigint not null default 0,
  leaderboard_shown boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_settings_metric_check check (metric in ('sales', 'units')),
  constraint loyalty_settings_tier_mode_check check (tier_mode in ('lifetime', 'checkpoint')),
  constraint loyalty_settings_checkpoint_months_check check (checkpoint_months between 1 and 24),
  constraint loyalty_settings_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint loyalty_settings_fall_guard_percent_check check (fall_guard_percent between 1 and 100),
  constraint loyalty_settings_unmatched_warn_percent_check check (unmatched_warn_percent between 1 and 100),
  constraint loyalty_settings_stale_after_hours_check check (stale_after_hours between 1 and 168),
  constraint loyalty_settings_capacity_check check (boost_capacity between 1 and 1000 and discount_capacity between 1 and 1000),
  constraint loyalty_settings_discount_hours_check check (discount_from < discount_to),
  constraint loyalty_settings_discount_slot_minutes_check check (discount_slot_minutes in (15, 30, 60)),
  constraint loyalty_settings_schedule_days_ahead_check check (schedule_days_ahead between 1 and 30),
  constraint loyalty_settings_fulfil_hours_check check (fulfil_hours between 1 and 168),
  constraint loyalty_settings_clearing_days_check check (clearing_days between 0 and 90),
  constraint loyalty_settings_payout_minimum_check check (payout_minimum between 0 and 100000000)
);

-- What the nightly pass writes about itself lies apart from the rules people change: their audit stays readable.
create table public.loyalty_nights (
  client_id uuid primary key references public.clients (id),
  last_business_date date,
  last_full_pass_on date,
  needs_full_pass boolean not null default true,
  figures_at timestamptz,
  last_run_id uuid,
  last_summary jsonb not null default '{}'
);

-- functions
create function private.tg_loyalty_settings__guard() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.sync_time_zone is distinct from old.sync_time_zone
    and not private.is_time_zone(new.sync_time_zone) then
    raise exception using errcode = 'VA001', message = 'Choose a time zone from the list.', detail = 'syncTimeZone';
  end if;
  -- Thresholds are numbers of the metric: changing it under existing figures would rank everybody by the wrong unit.
  if new.metric is distinct from old.metric or new.currency is distinct from old.currency then
    if exists (select 1 from public.loyalty_videos v where v.client_id = old.client_id)
      or exists (select 1 from public.loyalty_adjustments a where a.client_id = old.client_id) then
      raise exception using errcode = 'VA001',
        message = 'What tiers count cannot change once there are figures.', detail = 'metric';
    end if;
  end if;
  if (new.metric, new.tier_mode) is distinct from (old.metric, old.tier_mode) then
    update public.loyalty_nights n set needs_full_pass = true where n.client_id = new.client_id;
  end if;
  return new;
end $$;

create function private.tg_loyalty_settings__restart_periods() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_today date;
begin
  -- Checks begin with a whole period: nobody is judged tonight for months that were never announced.
  select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = new.client_id;
  update public.loyalty_creators c
     set period_start = v_today, anchor_on = v_today, prior_period_start = null,
         next_check_on = private.loyalty_period_last_day(v_today, v_today, new.checkpoint_months)
   where c.client_id = new.client_id;
  return null;
end $$;

create function private.tg_client_programs__open_loyalty() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.loyalty_settings (client_id, currency)
  select c.id, c.currency from public.clients c where c.id = new.client_id
  on conflict (client_id) do nothing;
  insert into public.loyalty_nights (client_id) values (new.client_id) on conflict (client_id) do nothing;
  -- A first ladder, so that the program works the minute it is turned on; the owner changes it in settings.
  if not exists (select 1 from public.loyalty_tiers t where t.client_id = new.client_id) then
    insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp)
    values (new.client_id, 1, 'Bronze', '#a9744f', 0, 1000),
           (new.client_id, 2, 'Silver', '#8d99a6', 150000, 1200),
           (new.client_id, 3, 'Gold', '#c99a2e', 500000, 1500);
  end if;
  return null;
end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_settings
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_settings
  for each row execute function private.tg__immutable('client_id', 'created_at');
create trigger t25_guard before update on public.loyalty_settings
  for each row execute function private.tg_loyalty_settings__guard();
create trigger t50_restart_periods after update of tier_mode on public.loyalty_settings
  for each row when (old.tier_mode is distinct from new.tier_mode and new.tier_mode = 'checkpoint')
  execute function private.tg_loyalty_settings__restart_periods();
create trigger t80_audit_insert after insert on public.loyalty_settings
  referencing new table as new_rows for each statement execute function private.tg__audit('client_id');
create trigger t80_audit_update after update on public.loyalty_settings
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit('client_id');
create trigger t50_open_loyalty after insert or update of is_enabled on public.client_programs
  for each row when (new.program = 'loyalty' and new.is_enabled)
  execute function private.tg_client_programs__open_loyalty();

-- rls
alter table public.loyalty_settings enable row level security;
alter table public.loyalty_settings force row level security;
create policy loyalty_settings_select on public.loyalty_settings for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[]));
create policy loyalty_settings_update on public.loyalty_settings for update to authenticated
  using (client_id = any ((select private.clients_with('loyalty.settings.write'))::uuid[]))
  with check (client_id = any ((select private.clients_with('loyalty.settings.write'))::uuid[]));
alter table public.loyalty_nights enable row level security;
alter table public.loyalty_nights force row level security;
create policy loyalty_nights_select on public.loyalty_nights for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[]));

-- grants
revoke all on public.loyalty_settings, public.loyalty_nights from anon, authenticated, service_role;
grant select on public.loyalty_settings, public.loyalty_nights to authenticated, service_role;
grant update (metric, tier_mode, checkpoint_months, sync_time, sync_time_zone, fall_guard_percent,
  unmatched_warn_percent, stale_after_hours, boost_time, boost_capacity, discount_from, discount_to, discount_slot_minutes,
  discount_capacity, schedule_days_ahead, schedule_weekends, fulfil_hours, clearing_days, payout_minimum, leaderboard_shown)
  on public.loyalty_settings to authenticated;
revoke all on function private.tg_loyalty_settings__guard(), private.tg_loyalty_settings__restart_periods(),
  private.tg_client_programs__open_loyalty() from public;

-- comments
comment on table public.loyalty_settings is 'The rules of one business''s loyalty program: what counts, when tiers are checked, when the nightly count runs.';
comment on column public.loyalty_settings.metric is 'sales counts minor units of currency, units counts pieces sold. Fixed once there are figures.';
comment on column public.loyalty_settings.tier_mode is 'lifetime: everything ever sold counts and a tier is kept. checkpoint: a period of checkpoint_months counts, and a tier can fall at its end.';
comment on column public.loyalty_settings.checkpoint_months is 'Length of a creator''s period. A change applies from each creator''s next period.';
comment on column public.loyalty_settings.currency is 'Currency of every amount in this program (ISO 4217).';
comment on column public.loyalty_settings.sync_time is 'Wall-clock time of the nightly count in sync_time_zone.';
comment on column public.loyalty_settings.fall_guard_percent is 'A file whose totals are lower than the stored ones by more than this share waits for a person.';
comment on column public.loyalty_settings.unmatched_warn_percent is 'Share of rows without a known creator above which the run warns.';
comment on column public.loyalty_settings.stale_after_hours is 'Figures older than this are called old on every screen that shows them.';
comment on column public.loyalty_settings.boost_time is 'Wall-clock time at which boosts start, in the zone of the business.';
comment on column public.loyalty_settings.boost_capacity is 'Boosts that may start on one day.';
comment on column public.loyalty_settings.discount_from is 'Earliest start of a discount, in the zone of the business.';
comment on column public.loyalty_settings.discount_to is 'Latest start of a discount.';
comment on column public.loyalty_settings.discount_capacity is 'Discounts that may start in one slot of discount_slot_minutes.';
comment on column public.loyalty_settings.schedule_days_ahead is 'How many days ahead a boost or discount may be scheduled, today included as day zero.';
comment on column public.loyalty_settings.fulfil_hours is 'Hours within which an unscheduled claim is promised to be fulfilled.';
comment on column public.loyalty_settings.clearing_days is 'Days after a boost ends before it is paid, so that refunds come off first.';
comment on column public.loyalty_settings.payout_minimum is 'Smallest sum that is paid out; less waits for the next batch.';
comment on table public.loyalty_nights is 'Where the nightly pass of a business stands.';
comment on column public.loyalty_nights.last_business_date is 'Latest night whose figures and tiers are decided. Written by the nightly pass.';
comment on column public.loyalty_nights.last_full_pass_on is 'Night of the last pass over every creator; a week later the next one repeats it.';
comment on column public.loyalty_nights.needs_full_pass is 'Set when a rule changed, so that tonight looks at every creator and not only at those with new figures.';
comment on column public.loyalty_nights.figures_at is 'When a file last brought figures. A night without a file leaves it as it is.';
comment on column public.loyalty_nights.last_summary is 'What the last pass counted and decided.';
comment on function private.tg_loyalty_settings__guard() is 'Keeps the metric and currency under existing figures, and asks for a full pass when rules change.';
comment on function private.tg_loyalty_settings__restart_periods() is 'Gives every creator a whole period when a business turns on checks.';
comment on function private.tg_client_programs__open_loyalty() is 'Gives a business that turns loyalty on its settings and a first ladder.';
