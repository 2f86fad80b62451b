-- Loyalty: where a creator's money goes. The account itself is sealed by the app and lies where no person reads it;
-- beside it stands a hint of it. An account never changes: a new one takes its place, and money waits two days for it.

-- tables
create table public.loyalty_payout_accounts (
  id uuid primary key,
  client_id uuid not null constraint loyalty_payout_accounts_client_id_fkey references public.clients (id),
  creator_id uuid not null,
  method text not null,
  hint text not null,
  held_until timestamptz,
  replaced_at timestamptz,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  constraint loyalty_payout_accounts_client_id_id_key unique (client_id, id),
  constraint loyalty_payout_accounts_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_payout_accounts_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id),
  constraint loyalty_payout_accounts_method_check check (method in ('paypal', 'venmo', 'bank')),
  constraint loyalty_payout_accounts_hint_check check (char_length(hint) between 2 and 80)
);

create table public.loyalty_payout_account_secrets (
  account_id uuid primary key,
  client_id uuid not null,
  account_envelope text,
  fingerprint_hash text not null,
  details_hash text,
  updated_at timestamptz not null default now(),
  constraint loyalty_payout_account_secrets_account_id_fkey foreign key (client_id, account_id)
    references public.loyalty_payout_accounts (client_id, id) on delete cascade,
  constraint loyalty_payout_account_secrets_account_envelope_check check (account_envelope ~ '^v[0-9]+:[^:]+:[^:]+:[^:]+:[^:]+$'),
  constraint loyalty_payout_account_secrets_fingerprint_hash_check check (fingerprint_hash ~ '^[A-Za-z0-9_-]{43}$'),
  constraint loyalty_payout_account_secrets_details_hash_check check (details_hash ~ '^[A-Za-z0-9_-]{43}$')
);

create table public.loyalty_account_reveals (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_account_reveals_client_id_fkey references public.clients (id),
  account_id uuid not null,
  reason text not null,
  revealed_by uuid not null default auth.uid(),
  created_at timestamptz not null default now(),
  constraint loyalty_account_reveals_account_id_fkey foreign key (client_id, account_id)
    references public.loyalty_payout_accounts (client_id, id),
  constraint loyalty_account_reveals_reason_check check (char_length(btrim(reason)) between 3 and 300)
);

-- indexes
create unique index loyalty_payout_accounts_current_key on public.loyalty_payout_accounts (client_id, creator_id) where replaced_at is null;
create index loyalty_payout_accounts_creator_id_idx on public.loyalty_payout_accounts (client_id, creator_id, created_at);
create index loyalty_payout_account_secrets_account_id_idx on public.loyalty_payout_account_secrets (client_id, account_id);
create index loyalty_payout_account_secrets_fingerprint_idx on public.loyalty_payout_account_secrets (client_id, fingerprint_hash);
create index loyalty_account_reveals_account_id_idx on public.loyalty_account_reveals (client_id, account_id, created_at);

-- functions
create function private.require_payee(p_client uuid) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid;
begin
  if not (p_client = any (private.my_clients('loyalty'))) then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select c.id into v_id from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.state = 'active';
  if not found then
    raise exception using errcode = 'TN001', message = 'You are not connected to a handle yet.';
  end if;
  return v_id;
end $$;

create function private.loyalty_is_payout_account(
  p_client uuid, p_creator uuid, p_method text, p_fingerprint text, p_details text
) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (
    select from public.loyalty_payout_accounts a
      join public.loyalty_payout_account_secrets s on s.client_id = a.client_id and s.account_id = a.id
     where a.client_id = p_client and a.creator_id = p_creator and a.replaced_at is null and a.method = p_method
       and s.fingerprint_hash = p_fingerprint and s.details_hash is not distinct from p_details);
end $$;

create function private.loyalty_save_payout_account(
  p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text, p_details text
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_creator uuid := private.require_payee(p_client);
  v_old public.loyalty_payout_accounts;
  v_is_change boolean;
begin
  if p_id is null or p_sealed is null or p_fingerprint is null then
    raise exception using errcode = 'VA001', message = 'Enter where your money goes.', detail = 'account';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select a.* into v_old from public.loyalty_payout_accounts a
   where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null for update;
  v_is_change := found;
  if private.loyalty_is_payout_account(p_client, v_creator, p_method, p_fingerprint, p_details) then
    -- The same account once more: nothing changes, so nothing is held.
    return jsonb_build_object('id', v_old.id, 'method', v_old.method, 'hint', v_old.hint, 'heldUntil', v_old.held_until);
  end if;
  update public.loyalty_payout_accounts a set replaced_at = now()
   where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null;
  insert into public.loyalty_payout_accounts (id, client_id, creator_id, method, hint, held_until)
  -- Whoever takes over a login changes the account first. Two days are time to read the mail about it.
  values (p_id, p_client, v_creator, p_method, p_hint, case when v_is_change then now() + interval '48 hours' end);
  insert into public.loyalty_payout_account_secrets (account_id, client_id, account_envelope, fingerprint_hash, details_hash)
  values (p_id, p_client, p_sealed, p_fingerprint, p_details);
  perform private.notify(p_client, 'loyalty.payout-account-changed', private.loyalty_boost_person(p_client, v_creator),
    jsonb_build_object('accountId', p_id, 'method', p_method, 'hint', p_hint, 'isChange', v_is_change), 'account:' || p_id);
  perform private.loyalty_move_boosts(p_client, now(), null);
  return (select jsonb_build_object('id', a.id, 'method', a.method, 'hint', a.hint, 'heldUntil', a.held_until)
            from public.loyalty_payout_accounts a where a.id = p_id);
end $$;

-- The details of one boost, asked for while it waits for them. They become the creator's account like any other.
create function private.loyalty_give_boost_details(
  p_client uuid, p_reward uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text, p_details text
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_creator uuid := private.require_payee(p_client);
  v_boost public.loyalty_boosts;
  v_account jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select b.* into v_boost
    from public.loyalty_boosts b
    join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
   where b.client_id = p_client and b.creator_id = v_creator and r.reward_id = p_reward
   order by b.state = 'pending_info' desc, b.starts_at desc, b.id limit 1 for update of b;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find a boost of yours with this reward.';
  end if;
  -- Sent twice, the second one finds what the first one did.
  if v_boost.state <> 'pending_info' and not (v_boost.state = 'pending_payout'
    and private.loyalty_is_payout_account(p_client, v_creator, p_method, p_fingerprint, p_details)) then
    raise exception using errcode = 'ST001', hint = 'DETAILS_NOT_NEEDED', message = 'This boost does not wait for payout details.';
  end if;
  v_account := private.loyalty_save_payout_account(p_client, p_id, p_method, p_hint, p_sealed, p_fingerprint, p_details);
  return (
    select jsonb_build_object('account', v_account, 'boost', jsonb_build_object('id', b.id, 'redemptionId', b.redemption_id, 'state', b.state,
             'earned', coalesce(b.final_amount, b.earned_amount), 'isFinal', b.cleared_at is not null, 'clearsOn', b.clears_on))
      from public.loyalty_boosts b where b.client_id = p_client and b.id = v_boost.id);
end $$;

-- A former account that no payment on its way needs is forgotten; its digest stays, so that it is known again.
create function private.loyalty_forget_accounts(p_client uuid) returns void
language plpgsql set search_path = '' as $$
begin
  update public.loyalty_payout_account_secrets s set account_envelope = null
    from public.loyalty_payout_accounts a
   where a.client_id = p_client and a.replaced_at is not null and s.client_id = p_client and s.account_id = a.id
     and s.account_envelope is not null
     and not exists (select from public.loyalty_payments m
                      where m.client_id = p_client and m.account_id = a.id and m.state in ('planned', 'sent'));
end $$;

create function private.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_answer jsonb;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.reveal');
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
    raise exception using errcode = 'VA001', message = 'Say why you need to see it, in up to 300 letters.', detail = 'reason';
  end if;
  select jsonb_build_object('id', a.id, 'method', a.method, 'sealed', s.account_envelope) into v_answer
    from public.loyalty_payout_accounts a
    join public.loyalty_payout_account_secrets s on s.client_id = a.client_id and s.account_id = a.id
   where a.client_id = p_client and a.id = p_account and s.account_envelope is not null;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this account.';
  end if;
  insert into public.loyalty_account_reveals (client_id, account_id, reason) values (p_client, p_account, btrim(p_reason));
  perform private.log_access(p_client, 'loyalty_payout_accounts', p_account::text, 'read');
  return v_answer;
end $$;

-- Compare and set: of two readers who found an old key, one writes, and neither overwrites a newer envelope.
create function private.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.payouts.reveal');
  update public.loyalty_payout_account_secrets s set account_envelope = p_sealed
   where s.client_id = p_client and s.account_id = p_account and s.account_envelope = p_old;
end $$;

create function public.loyalty_save_payout_account(
  p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text, p_details text default null
) returns jsonb
language plpgsql set search_path = '' as $$
begin return private.loyalty_save_payout_account(p_client, p_id, p_method, p_hint, p_sealed, p_fingerprint, p_details); end $$;
create function public.loyalty_give_boost_details(
  p_client uuid, p_reward uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text, p_details text default null
) returns jsonb
language plpgsql set search_path = '' as $$
begin return private.loyalty_give_boost_details(p_client, p_reward, p_id, p_method, p_hint, p_sealed, p_fingerprint, p_details); end $$;
create function public.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_reveal_payout_account(p_client, p_account, p_reason); end $$;
create function public.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_reseal_payout_account(p_client, p_account, p_old, p_sealed); end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_payout_account_secrets for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_payout_accounts
  for each row execute function private.tg__immutable('id', 'client_id', 'creator_id', 'method', 'hint', 'held_until', 'created_by', 'created_at');
create trigger t80_audit_insert after insert on public.loyalty_payout_accounts
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_payout_accounts
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- rls
alter table public.loyalty_payout_accounts enable row level security;
alter table public.loyalty_payout_accounts force row level security;
alter table public.loyalty_payout_account_secrets enable row level security;
alter table public.loyalty_payout_account_secrets force row level security;
alter table public.loyalty_account_reveals enable row level security;
alter table public.loyalty_account_reveals force row level security;
create policy loyalty_payout_accounts_select on public.loyalty_payout_accounts for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.payouts.read'))::uuid[]) end);
create policy loyalty_account_reveals_select on public.loyalty_account_reveals for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.payouts.reveal'))::uuid[]));

-- grants: secrets have none; a function hands the envelope to whoever may open it, and writes down why
revoke all on public.loyalty_payout_accounts, public.loyalty_payout_account_secrets, public.loyalty_account_reveals
  from anon, authenticated, service_role;
grant select on public.loyalty_payout_accounts, public.loyalty_account_reveals to authenticated, service_role;
revoke all on function private.require_payee(uuid), private.loyalty_is_payout_account(uuid, uuid, text, text, text),
  private.loyalty_forget_accounts(uuid) from public;
grant execute on function private.loyalty_save_payout_account(uuid, uuid, text, text, text, text, text),
  public.loyalty_save_payout_account(uuid, uuid, text, text, text, text, text),
  private.loyalty_give_boost_details(uuid, uuid, uuid, text, text, text, text, text),
  public.loyalty_give_boost_details(uuid, uuid, uuid, text, text, text, text, text),
  private.loyalty_reveal_payout_account(uuid, uuid, text), public.loyalty_reveal_payout_account(uuid, uuid, text),
  private.loyalty_reseal_payout_account(uuid, uuid, text, text), public.loyalty_reseal_payout_account(uuid, uuid, text, text) to authenticated;

-- comments
comment on table public.loyalty_payout_accounts is 'Accounts creators gave for their money, the current one and former ones. Holds a hint only.';
comment on column public.loyalty_payout_accounts.id is 'Made by the app, because the account is sealed for this row before the row is there.';
comment on column public.loyalty_payout_accounts.hint is 'What may be shown of it, such as n•••@gmail.com or DE •••• 3000.';
comment on column public.loyalty_payout_accounts.held_until is 'No money goes to a changed account before this.';
comment on column public.loyalty_payout_accounts.replaced_at is 'When another took its place; the sealed account is then forgotten as soon as no payment needs it.';
comment on table public.loyalty_payout_account_secrets is 'Sealed accounts, apart from their rows and read by nobody directly.';
comment on column public.loyalty_payout_account_secrets.account_envelope is 'AES-256-GCM envelope, bound to business, table, column and row. Null once it was replaced and is needed no more.';
comment on column public.loyalty_payout_account_secrets.fingerprint_hash is 'Keyed digest of the normalised account: the same account of two creators is found without opening either.';
comment on column public.loyalty_payout_account_secrets.details_hash is 'Keyed digest of all that was given with a bank account, its holder included: tells whether anything changed. Null where the account is all there is.';
comment on table public.loyalty_account_reveals is 'Who looked at an account in full, and why. Written by the function that shows it.';
comment on function private.require_payee(uuid) is 'The caller''s own creator in a business; refuses whoever is none.';
comment on function private.loyalty_is_payout_account(uuid, uuid, text, text, text) is 'Whether a creator''s current account is this one, to the last detail.';
comment on function private.loyalty_save_payout_account(uuid, uuid, text, text, text, text, text) is 'Puts an account in the place of the caller''s former one, holds money for two days if there was one, and mails her.';
comment on function public.loyalty_save_payout_account(uuid, uuid, text, text, text, text, text) is 'Stores where the caller''s own money goes, sealed by the app.';
comment on function private.loyalty_give_boost_details(uuid, uuid, uuid, text, text, text, text, text) is 'Stores the caller''s account for a boost that waits for it, and moves the boost on.';
comment on function public.loyalty_give_boost_details(uuid, uuid, uuid, text, text, text, text, text) is 'Gives the payout details a boost of the caller''s waits for, sealed by the app.';
comment on function private.loyalty_forget_accounts(uuid) is 'Forgets sealed accounts that were replaced and that no payment needs.';
comment on function private.loyalty_reveal_payout_account(uuid, uuid, text) is 'Hands out a sealed account and writes down who asked and why.';
comment on function public.loyalty_reveal_payout_account(uuid, uuid, text) is 'Hands out a sealed account with a reason (loyalty.payouts.reveal).';
comment on function private.loyalty_reseal_payout_account(uuid, uuid, text, text) is 'Stores an account sealed anew, if it is still the one that was read.';
comment on function public.loyalty_reseal_payout_account(uuid, uuid, text, text) is 'Stores an account sealed with the current key (loyalty.payouts.reveal).';
