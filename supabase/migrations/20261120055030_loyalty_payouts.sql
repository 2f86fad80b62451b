-- Loyalty: payouts, a ledger of what creators are owed; payments, what is sent to one of them at once; and batches.

-- tables
create table public.loyalty_payout_batches (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_payout_batches_client_id_fkey references public.clients (id),
  method text not null,
  currency text not null,
  state text not null default 'draft',
  payments_count integer not null default 0,
  total_amount bigint not null default 0,
  provider text,
  provider_reference text,
  provider_message text,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  approved_by uuid,
  approved_at timestamptz,
  exported_at timestamptz,
  sent_at timestamptz,
  settled_at timestamptz,
  cancelled_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint loyalty_payout_batches_client_id_id_key unique (client_id, id),
  constraint loyalty_payout_batches_method_check check (method in ('paypal', 'venmo', 'bank')),
  constraint loyalty_payout_batches_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint loyalty_payout_batches_state_check check (state in ('draft', 'approved', 'sent', 'settled', 'cancelled')),
  constraint loyalty_payout_batches_amounts_check check (payments_count >= 0 and total_amount >= 0),
  constraint loyalty_payout_batches_provider_check check (
    provider in ('by_hand', 'paypal') and (provider = 'paypal' or provider_reference is null)),
  constraint loyalty_payout_batches_approved_check check (
    (state in ('approved', 'sent', 'settled')) = (approved_at is not null) or state = 'cancelled'),
  constraint loyalty_payout_batches_sent_check check (
    (state in ('sent', 'settled')) = (sent_at is not null) and (sent_at is null or provider is not null)),
  constraint loyalty_payout_batches_settled_check check ((state = 'settled') = (settled_at is not null)),
  constraint loyalty_payout_batches_cancelled_check check ((state = 'cancelled') = (cancelled_at is not null))
);

create table public.loyalty_payments (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_payments_client_id_fkey references public.clients (id),
  batch_id uuid not null,
  creator_id uuid not null,
  account_id uuid not null,
  amount bigint not null,
  currency text not null,
  state text not null default 'planned',
  reference text,
  failure_reason text,
  sent_at timestamptz,
  paid_at timestamptz,
  failed_at timestamptz,
  dropped_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_payments_client_id_id_key unique (client_id, id),
  constraint loyalty_payments_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_payments_batch_id_creator_id_key unique (client_id, batch_id, creator_id),
  constraint loyalty_payments_batch_id_fkey foreign key (client_id, batch_id) references public.loyalty_payout_batches (client_id, id),
  constraint loyalty_payments_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_payments_account_id_fkey foreign key (client_id, account_id, creator_id)
    references public.loyalty_payout_accounts (client_id, id, creator_id),
  constraint loyalty_payments_amount_check check (amount > 0),
  constraint loyalty_payments_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint loyalty_payments_state_check check (state in ('planned', 'dropped', 'sent', 'paid', 'failed')),
  constraint loyalty_payments_sent_check check ((state in ('sent', 'paid', 'failed')) = (sent_at is not null)),
  constraint loyalty_payments_paid_check check ((state = 'paid') = (paid_at is not null)),
  constraint loyalty_payments_failed_check check (
    (state = 'failed') = (failed_at is not null) and (state = 'failed') = (failure_reason is not null)),
  constraint loyalty_payments_dropped_check check ((state = 'dropped') = (dropped_at is not null)),
  constraint loyalty_payments_texts_check check (char_length(reference) <= 200 and char_length(failure_reason) between 3 and 300)
);

create table public.loyalty_payouts (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_payouts_client_id_fkey references public.clients (id),
  creator_id uuid not null,
  kind text not null,
  boost_id uuid,
  claws_back_id uuid,
  amount bigint not null,
  currency text not null,
  reason text,
  state text not null default 'pending',
  payment_id uuid,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint loyalty_payouts_client_id_id_key unique (client_id, id),
  constraint loyalty_payouts_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_payouts_boost_id_key unique (client_id, boost_id),
  -- One clawback an earning, whatever is clicked twice.
  constraint loyalty_payouts_claws_back_id_key unique (client_id, claws_back_id),
  constraint loyalty_payouts_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_payouts_boost_id_fkey foreign key (client_id, boost_id, creator_id)
    references public.loyalty_boosts (client_id, id, creator_id),
  constraint loyalty_payouts_claws_back_id_fkey foreign key (client_id, claws_back_id, creator_id)
    references public.loyalty_payouts (client_id, id, creator_id),
  constraint loyalty_payouts_payment_id_fkey foreign key (client_id, payment_id, creator_id)
    references public.loyalty_payments (client_id, id, creator_id),
  constraint loyalty_payouts_kind_check check (kind in ('boost', 'clawback')),
  constraint loyalty_payouts_kind_parts_check check (
    case when kind = 'boost' then boost_id is not null and claws_back_id is null and amount > 0 and reason is null
         else boost_id is null and claws_back_id is not null and amount < 0 and char_length(btrim(reason)) between 3 and 300
              and reason is not null end),
  constraint loyalty_payouts_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint loyalty_payouts_state_check check (state in ('pending', 'batched', 'sent', 'paid', 'failed', 'netted')),
  constraint loyalty_payouts_payment_check check ((state in ('batched', 'sent', 'paid', 'failed')) = (payment_id is not null)),
  constraint loyalty_payouts_closed_check check ((state in ('paid', 'netted')) = (closed_at is not null))
);

-- indexes
create index loyalty_payout_batches_state_idx on public.loyalty_payout_batches (client_id, state, created_at, id);
create index loyalty_payments_creator_id_idx on public.loyalty_payments (client_id, creator_id, created_at);
create index loyalty_payments_account_id_idx on public.loyalty_payments (client_id, account_id, creator_id);
create index loyalty_payments_state_idx on public.loyalty_payments (client_id, state, created_at, id);
create index loyalty_payouts_creator_id_idx on public.loyalty_payouts (client_id, creator_id, created_at);
create index loyalty_payouts_boost_id_idx on public.loyalty_payouts (client_id, boost_id, creator_id);
create index loyalty_payouts_claws_back_id_idx on public.loyalty_payouts (client_id, claws_back_id, creator_id);
create index loyalty_payouts_payment_id_idx on public.loyalty_payouts (client_id, payment_id, creator_id);
create index loyalty_payouts_open_idx on public.loyalty_payouts (client_id, creator_id) where state = 'pending';

-- functions
create function private.tg_loyalty_payouts__append_only() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'ST001', message = 'A line of the ledger is never removed. Claw it back with a second one.';
end $$;

create function private.tg_loyalty_payouts__guard() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state <> 'pending' then
    return new; -- No line is born so: the next trigger refuses it.
  elsif new.kind = 'clawback' and not exists (
    select from public.loyalty_payouts p
     where p.client_id = new.client_id and p.id = new.claws_back_id and p.creator_id = new.creator_id and p.kind = 'boost'
       and p.currency = new.currency and p.amount >= -new.amount) then
    raise exception using errcode = 'VA001', detail = 'amount',
      message = 'A clawback takes back one earning of the same creator, at most all of it.';
  elsif new.kind = 'boost' and not exists (
    select from public.loyalty_boosts b
     where b.client_id = new.client_id and b.id = new.boost_id and b.final_amount = new.amount) then
    raise exception using errcode = 'VA001', detail = 'amount', message = 'A boost is paid what it earned, once that is final.';
  end if;
  return new;
end $$;

create function private.tg_loyalty_payments__lead_payouts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.loyalty_payouts p
     set state = case new.state when 'planned' then 'batched' when 'dropped' then 'pending' else new.state end,
         payment_id = case when new.state <> 'dropped' then p.payment_id end,
         closed_at = case when new.state = 'paid' then new.paid_at end
   where p.client_id = new.client_id and p.payment_id = new.id;
  return null;
end $$;

-- A boost is paid when its line of the ledger is closed, and owed again when that is taken back.
create function private.tg_loyalty_payouts__lead_boost() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state in ('paid', 'netted') then
    update public.loyalty_boosts b set state = 'paid', paid_at = new.closed_at
     where b.client_id = new.client_id and b.id = new.boost_id and b.state = 'pending_payout';
  elsif old.state in ('paid', 'netted') then
    update public.loyalty_boosts b set state = 'pending_payout', paid_at = null
     where b.client_id = new.client_id and b.id = new.boost_id and b.state = 'paid';
  end if;
  return null;
end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_payout_batches for each row execute function private.tg__stamp();
create trigger t10_stamp before update on public.loyalty_payments for each row execute function private.tg__stamp();
create trigger t10_stamp before update on public.loyalty_payouts for each row execute function private.tg__stamp();
create trigger t20_append_only before delete on public.loyalty_payouts
  for each row execute function private.tg_loyalty_payouts__append_only();
create trigger t20_immutable before update on public.loyalty_payout_batches
  for each row execute function private.tg__immutable('id', 'client_id', 'method', 'currency', 'created_by', 'created_at');
create trigger t20_immutable before update on public.loyalty_payments
  for each row execute function private.tg__immutable('id', 'client_id', 'batch_id', 'creator_id', 'account_id', 'amount', 'currency', 'created_at');
create trigger t20_immutable before update on public.loyalty_payouts
  for each row execute function private.tg__immutable('id', 'client_id', 'creator_id', 'kind', 'boost_id', 'claws_back_id', 'amount',
    'currency', 'reason', 'created_by', 'created_at');
create trigger t25_guard before insert on public.loyalty_payouts
  for each row execute function private.tg_loyalty_payouts__guard();
create trigger t30_transition before insert or update of state on public.loyalty_payout_batches
  for each row execute function private.tg__guard_transition('loyalty_payout_batches', 'state');
create trigger t30_transition before insert or update of state on public.loyalty_payments
  for each row execute function private.tg__guard_transition('loyalty_payments', 'state');
create trigger t30_transition before insert or update of state on public.loyalty_payouts
  for each row execute function private.tg__guard_transition('loyalty_payouts', 'state');
create trigger t50_lead_payouts after update of state on public.loyalty_payments
  for each row when (old.state is distinct from new.state) execute function private.tg_loyalty_payments__lead_payouts();
create trigger t50_lead_boost after update of state on public.loyalty_payouts
  for each row when (new.boost_id is not null and old.state is distinct from new.state)
  execute function private.tg_loyalty_payouts__lead_boost();
create trigger t80_audit_insert after insert on public.loyalty_payout_batches
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_payout_batches
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_payments
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_insert after insert on public.loyalty_payouts
  referencing new table as new_rows for each statement execute function private.tg__audit();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_payout_batches', null, 'draft', null),
  ('loyalty_payout_batches', 'draft', 'approved', null),
  ('loyalty_payout_batches', 'draft', 'cancelled', null),
  ('loyalty_payout_batches', 'approved', 'sent', null),
  ('loyalty_payout_batches', 'approved', 'cancelled', null),
  ('loyalty_payout_batches', 'sent', 'approved', null),
  ('loyalty_payout_batches', 'sent', 'settled', null),
  ('loyalty_payout_batches', 'settled', 'sent', null),
  ('loyalty_payments', null, 'planned', null),
  ('loyalty_payments', 'planned', 'dropped', null),
  ('loyalty_payments', 'planned', 'sent', null),
  ('loyalty_payments', 'sent', 'planned', null),
  ('loyalty_payments', 'sent', 'paid', null),
  ('loyalty_payments', 'sent', 'failed', null),
  ('loyalty_payments', 'paid', 'sent', null),
  ('loyalty_payments', 'failed', 'sent', null),
  ('loyalty_payouts', null, 'pending', null),
  ('loyalty_payouts', 'pending', 'batched', null),
  ('loyalty_payouts', 'pending', 'netted', null),
  ('loyalty_payouts', 'batched', 'pending', null),
  ('loyalty_payouts', 'batched', 'sent', null),
  ('loyalty_payouts', 'sent', 'batched', null),
  ('loyalty_payouts', 'sent', 'paid', null),
  ('loyalty_payouts', 'sent', 'failed', null),
  ('loyalty_payouts', 'paid', 'sent', null),
  ('loyalty_payouts', 'failed', 'sent', null),
  ('loyalty_payouts', 'failed', 'pending', null);

-- rls
alter table public.loyalty_payout_batches enable row level security;
alter table public.loyalty_payout_batches force row level security;
alter table public.loyalty_payments enable row level security;
alter table public.loyalty_payments force row level security;
alter table public.loyalty_payouts enable row level security;
alter table public.loyalty_payouts force row level security;
create policy loyalty_payout_batches_select on public.loyalty_payout_batches for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.payouts.read'))::uuid[]));
create policy loyalty_payments_select on public.loyalty_payments for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.payouts.read'))::uuid[]) end);
create policy loyalty_payouts_select on public.loyalty_payouts for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.payouts.read'))::uuid[]) end);

-- grants: written by listed functions and jobs only
revoke all on public.loyalty_payout_batches, public.loyalty_payments, public.loyalty_payouts from anon, authenticated, service_role;
grant select on public.loyalty_payout_batches, public.loyalty_payments, public.loyalty_payouts to authenticated, service_role;
revoke all on function private.tg_loyalty_payouts__append_only(), private.tg_loyalty_payouts__guard(),
  private.tg_loyalty_payments__lead_payouts(), private.tg_loyalty_payouts__lead_boost() from public;

-- comments
comment on table public.loyalty_payouts is 'The ledger of money owed to creators: a line a boost, and negative lines that take back. Amounts never change; only the state moves.';
comment on column public.loyalty_payouts.amount is 'Minor units; negative for a clawback.';
comment on column public.loyalty_payouts.claws_back_id is 'The earning a clawback takes back, in part or whole. Once each.';
comment on column public.loyalty_payouts.state is 'netted: closed without money, because a clawback balanced it.';
comment on column public.loyalty_payouts.payment_id is 'The payment it is part of; none while it waits.';
comment on column public.loyalty_payouts.closed_at is 'When it was paid or netted.';
comment on table public.loyalty_payments is 'What one creator is sent in one batch: the sum of her lines in it. Its lines follow its state.';
comment on column public.loyalty_payments.account_id is 'The account it goes to, which a later change of account does not touch.';
comment on column public.loyalty_payments.reference is 'What the bank or provider calls it.';
comment on column public.loyalty_payments.failure_reason is 'Why it failed, in words she reads.';
comment on column public.loyalty_payments.state is 'dropped: taken out of the batch before anything was sent.';
comment on table public.loyalty_payout_batches is 'Payments made together: one method, one currency. The row''s id is the provider''s idempotency key.';
comment on column public.loyalty_payout_batches.total_amount is 'Sum of its payments that were not dropped; checked against them every night.';
comment on column public.loyalty_payout_batches.provider is 'by_hand: a person pays from the list. paypal: the app sends it.';
comment on column public.loyalty_payout_batches.provider_reference is 'The provider''s own id of the batch.';
comment on column public.loyalty_payout_batches.provider_message is 'What the provider said last when it refused.';
comment on column public.loyalty_payout_batches.exported_at is 'When its list with accounts was last downloaded.';
comment on function private.tg_loyalty_payouts__append_only() is 'Refuses every deletion.';
comment on function private.tg_loyalty_payouts__guard() is 'Holds an earning to its boost''s final amount and a clawback to its earning.';
comment on function private.tg_loyalty_payments__lead_payouts() is 'Carries a payment''s step to its lines of the ledger.';
comment on function private.tg_loyalty_payouts__lead_boost() is 'Marks a boost paid when its line is closed, and owed again when that is undone.';
