-- Loyalty: commission boosts, from the chosen evening to the money. One a redemption, kept in step with it.

-- tables
create table public.loyalty_boosts (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_boosts_client_id_fkey references public.clients (id),
  redemption_id uuid not null,
  creator_id uuid not null,
  state text not null default 'scheduled',
  rate_bp integer not null,
  days integer not null,
  tier_commission_bp integer not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  first_on date not null,
  last_on date not null,
  clears_on date,
  settled_sales bigint,
  earned_amount bigint,
  final_sales bigint,
  final_amount bigint,
  activated_at timestamptz,
  expired_at timestamptz,
  settled_at timestamptz,
  cleared_at timestamptz,
  paid_at timestamptz,
  cancelled_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint loyalty_boosts_client_id_id_key unique (client_id, id),
  constraint loyalty_boosts_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_boosts_redemption_id_key unique (client_id, redemption_id, creator_id),
  constraint loyalty_boosts_redemption_id_fkey foreign key (client_id, redemption_id, creator_id)
    references public.loyalty_redemptions (client_id, id, creator_id),
  constraint loyalty_boosts_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_boosts_state_check check (
    state in ('scheduled', 'active', 'expired', 'pending_info', 'pending_payout', 'paid', 'cancelled')),
  constraint loyalty_boosts_rate_bp_check check (rate_bp between 1 and 10000 and tier_commission_bp between 0 and 10000),
  constraint loyalty_boosts_days_check check (days between 1 and 90),
  constraint loyalty_boosts_span_check check (ends_at > starts_at and last_on = first_on + days - 1),
  constraint loyalty_boosts_activated_check check (
    (state in ('active', 'expired', 'pending_info', 'pending_payout', 'paid')) = (activated_at is not null)),
  constraint loyalty_boosts_expired_check check (
    (state in ('expired', 'pending_info', 'pending_payout', 'paid')) = (expired_at is not null)),
  constraint loyalty_boosts_settled_check check (
    (state in ('pending_info', 'pending_payout', 'paid')) = (settled_at is not null)
    and (settled_at is null) = (settled_sales is null) and (settled_at is null) = (earned_amount is null)
    and (settled_at is null) = (clears_on is null) and (settled_sales is null or settled_sales >= 0)),
  constraint loyalty_boosts_cleared_check check (
    (cleared_at is null) = (final_sales is null) and (cleared_at is null) = (final_amount is null)
    and (cleared_at is null or settled_at is not null)),
  constraint loyalty_boosts_paid_check check ((state = 'paid') = (paid_at is not null) and (paid_at is null or cleared_at is not null)),
  constraint loyalty_boosts_cancelled_check check ((state = 'cancelled') = (cancelled_at is not null)),
  -- Whatever later functions do, nobody is paid more than the locked rate on what was sold.
  constraint loyalty_boosts_earned_amount_check check (earned_amount = (settled_sales * rate_bp + 5000) / 10000),
  constraint loyalty_boosts_final_amount_check check (
    final_sales between 0 and settled_sales and final_amount = (final_sales * rate_bp + 5000) / 10000)
);

-- indexes
create index loyalty_boosts_creator_id_idx on public.loyalty_boosts (client_id, creator_id, starts_at);
create index loyalty_boosts_starts_at_idx on public.loyalty_boosts (starts_at) where state = 'scheduled';
create index loyalty_boosts_ends_at_idx on public.loyalty_boosts (ends_at) where state in ('active', 'expired');
create index loyalty_boosts_state_idx on public.loyalty_boosts (client_id, state, starts_at);

-- triggers
create trigger t10_stamp before update on public.loyalty_boosts for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_boosts
  for each row execute function private.tg__immutable('id', 'client_id', 'redemption_id', 'rate_bp', 'days', 'tier_commission_bp');
create trigger t30_transition before insert or update of state on public.loyalty_boosts
  for each row execute function private.tg__guard_transition('loyalty_boosts', 'state');
create trigger t80_audit_update after update on public.loyalty_boosts
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_boosts', null, 'scheduled', null),
  ('loyalty_boosts', 'scheduled', 'active', null),
  ('loyalty_boosts', 'scheduled', 'cancelled', null),
  -- A rejection that is taken back before the boost would have begun.
  ('loyalty_boosts', 'cancelled', 'scheduled', null),
  ('loyalty_boosts', 'active', 'expired', null),
  ('loyalty_boosts', 'expired', 'pending_info', null),
  ('loyalty_boosts', 'pending_info', 'pending_payout', null),
  ('loyalty_boosts', 'pending_payout', 'paid', null),
  ('loyalty_boosts', 'paid', 'pending_payout', null);

-- rls
alter table public.loyalty_boosts enable row level security;
alter table public.loyalty_boosts force row level security;
create policy loyalty_boosts_select on public.loyalty_boosts for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.redemptions.read'))::uuid[]) end);

-- grants: written by listed functions and the nightly run only
revoke all on public.loyalty_boosts from anon, authenticated, service_role;
grant select on public.loyalty_boosts to authenticated, service_role;

-- comments
comment on table public.loyalty_boosts is 'Extra commission for some days. Its history is in core_state_history; its redemption follows its state by trigger.';
comment on column public.loyalty_boosts.rate_bp is 'Extra commission locked at the claim, hundredths of a percent.';
comment on column public.loyalty_boosts.tier_commission_bp is 'Commission of her tier at the claim, for the record.';
comment on column public.loyalty_boosts.first_on is 'First business date whose sales count: the day after starts_at, whose evening file closes the day before.';
comment on column public.loyalty_boosts.last_on is 'Last business date whose sales count.';
comment on column public.loyalty_boosts.clears_on is 'First date on which it may be paid: refunds until then have been taken off.';
comment on column public.loyalty_boosts.settled_sales is 'Sales of first_on to last_on as of the latest count before clears_on, minor units. Adjustments never raise it.';
comment on column public.loyalty_boosts.earned_amount is 'settled_sales at rate_bp, rounded half up to the minor unit.';
comment on column public.loyalty_boosts.final_sales is 'settled_sales less what was refunded until clears_on. Never changes again: later refunds are clawed back.';
comment on column public.loyalty_boosts.final_amount is 'What is paid: final_sales at rate_bp, rounded half up; never more than earned_amount.';
