-- Who may try a password now. Counted per account and address, slowed down per account, with a way out by mail.
-- Everything is keyed by keyed digests: neither an address nor an e-mail can be read from these tables.

-- tables
create table private.auth_locks (
  account_hash text not null,
  ip_hash text not null,
  failures integer not null default 0 constraint auth_locks_failures_check check (failures between 0 and 5),
  last_failure_at timestamptz not null default now(),
  locked_until timestamptz,
  constraint auth_locks_pkey primary key (account_hash, ip_hash)
);

create table private.auth_slowdowns (
  account_hash text primary key,
  failures integer not null default 0 constraint auth_slowdowns_failures_check check (failures >= 0),
  last_failure_at timestamptz not null default now(),
  next_slot_at timestamptz not null default now()
);

create table private.auth_unlocks (
  id uuid primary key default gen_random_uuid(),
  account_hash text not null,
  token_hash text not null constraint auth_unlocks_token_hash_key unique,
  pass_hash text constraint auth_unlocks_pass_hash_key unique,
  tries integer not null default 0 constraint auth_unlocks_tries_check check (tries between 0 and 5),
  created_at timestamptz not null default now(),
  used_at timestamptz,
  constraint auth_unlocks_used_check check ((used_at is null) = (pass_hash is null))
);

create table private.auth_attempts (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null constraint auth_attempts_kind_check check (kind in ('sign-in', 'send', 'code', 'unlock', 'password', 'e-mail', 'sign-out')),
  account_hash text not null,
  ip_hash text not null default '',
  user_id uuid,
  outcome text not null constraint auth_attempts_outcome_check check (outcome in ('ok', 'failed', 'refused')),
  reason text not null default '' constraint auth_attempts_reason_check check (char_length(reason) <= 60)
);

-- indexes
create index auth_locks_last_failure_at_idx on private.auth_locks (last_failure_at);
create index auth_unlocks_account_hash_idx on private.auth_unlocks (account_hash, created_at);
create index auth_attempts_account_hash_at_idx on private.auth_attempts (account_hash, kind, at);
create index auth_attempts_at_idx on private.auth_attempts (at);

-- functions
create function private.auth_log(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into private.auth_attempts (kind, account_hash, ip_hash, user_id, outcome, reason)
  values (p_kind, p_account, coalesce(p_ip, ''), p_user, p_outcome, coalesce(p_reason, ''));
end $$;

create function private.auth_begin_sign_in(p_account text, p_ip text, p_pass text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_lock private.auth_locks;
  v_slow private.auth_slowdowns;
  v_now timestamptz;
  v_slot timestamptz;
  v_failures integer;
  v_total integer;
begin
  -- A browser that was let in by the mailed link stands beside the queue, with five tries of its own.
  if p_pass is not null then
    update private.auth_unlocks u set tries = u.tries + 1
    where u.pass_hash = p_pass and u.account_hash = p_account and u.tries < 5
      and u.used_at > clock_timestamp() - interval '15 minutes';
    if found then
      return jsonb_build_object('outcome', 'go', 'waitMs', 0);
    end if;
  end if;
  insert into private.auth_locks (account_hash, ip_hash) values (p_account, p_ip) on conflict do nothing;
  insert into private.auth_slowdowns (account_hash) values (p_account) on conflict do nothing;
  select * into v_lock from private.auth_locks l where l.account_hash = p_account and l.ip_hash = p_ip for update;
  select * into v_slow from private.auth_slowdowns s where s.account_hash = p_account for update;
  v_now := clock_timestamp();
  if v_lock.locked_until > v_now then
    perform private.auth_log('sign-in', p_account, p_ip, null, 'refused', 'locked');
    return jsonb_build_object('outcome', 'locked', 'retryAfter', ceil(extract(epoch from v_lock.locked_until - v_now)));
  end if;
  v_slot := greatest(v_now, v_slow.next_slot_at);
  if v_slot > v_now + interval '8 seconds' then
    perform private.auth_log('sign-in', p_account, p_ip, null, 'refused', 'slowed');
    return jsonb_build_object('outcome', 'slowed', 'retryAfter', ceil(extract(epoch from v_slot - v_now)));
  end if;
  -- Counted as a failure before it is tried, and forgiven when it succeeds: fifty tries at once are still five.
  v_failures := 1 + case when v_lock.locked_until is not null or v_lock.last_failure_at < v_now - interval '15 minutes' then 0
                         else v_lock.failures end;
  v_total := 1 + case when v_slow.last_failure_at < v_now - interval '1 hour' then 0 else v_slow.failures end;
  update private.auth_locks l set failures = v_failures, last_failure_at = v_now,
    locked_until = case when v_failures >= 5 then v_now + interval '15 minutes' end
  where l.account_hash = p_account and l.ip_hash = p_ip;
  update private.auth_slowdowns s set failures = v_total, last_failure_at = v_now,
    next_slot_at = v_slot + case when v_total <= 5 then interval '0'
                                 else make_interval(secs => least(0.25 * power(2, least(v_total, 20) - 6), 4)) end
  where s.account_hash = p_account;
  return jsonb_build_object('outcome', 'go', 'waitMs', ceil(extract(epoch from v_slot - v_now) * 1000));
end $$;

create function private.auth_finish_sign_in(p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_own integer;
begin
  if p_outcome = 'ok' then
    delete from private.auth_locks l where l.account_hash = p_account and l.ip_hash = p_ip returning l.failures into v_own;
    -- Only this address's own failures are forgiven: a stranger elsewhere stays slow.
    update private.auth_slowdowns s set failures = greatest(s.failures - coalesce(v_own, 0), 0),
      next_slot_at = case when s.failures <= coalesce(v_own, 0) then clock_timestamp() else s.next_slot_at end
    where s.account_hash = p_account;
  elsif p_outcome = 'refused' then
    -- Nothing was tried, because the auth server was not there: take the reserved failure back.
    update private.auth_locks l set failures = greatest(l.failures - 1, 0), locked_until = null
    where l.account_hash = p_account and l.ip_hash = p_ip;
    update private.auth_slowdowns s set failures = greatest(s.failures - 1, 0) where s.account_hash = p_account;
  end if;
  perform private.auth_log('sign-in', p_account, p_ip, p_user, p_outcome, p_reason);
end $$;

create function private.auth_create_unlock(p_account text, p_ip text, p_token_hash text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_unlock:' || p_account, 0));
  if (select count(*) >= 3 or max(u.created_at) > clock_timestamp() - interval '60 seconds'
      from private.auth_unlocks u where u.account_hash = p_account and u.created_at > clock_timestamp() - interval '1 hour') then
    perform private.auth_log('unlock', p_account, p_ip, null, 'refused', 'too often');
    return false;
  end if;
  insert into private.auth_unlocks (account_hash, token_hash) values (p_account, p_token_hash);
  perform private.auth_log('unlock', p_account, p_ip, null, 'ok', 'link');
  return true;
end $$;

create function private.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_account text;
begin
  -- As long as the hour in which three are mailed: a stranger who asks for all three leaves the owner one that works.
  update private.auth_unlocks u set used_at = clock_timestamp(), pass_hash = p_pass_hash
  where u.token_hash = p_token_hash and u.used_at is null and u.created_at > clock_timestamp() - interval '1 hour'
  returning u.account_hash into v_account;
  perform private.auth_log('unlock', coalesce(v_account, ''), p_ip, null, case when v_account is null then 'failed' else 'ok' end, 'used');
  return v_account is not null;
end $$;

create function private.auth_note(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin perform private.auth_log(p_kind, p_account, p_ip, p_user, p_outcome, p_reason); end $$;

create function public.auth_begin_sign_in(p_account text, p_ip text, p_pass text default null) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.auth_begin_sign_in(p_account, p_ip, p_pass); end $$;
create function public.auth_finish_sign_in(p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid default null) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_finish_sign_in(p_account, p_ip, p_user, p_outcome, p_reason); end $$;
create function public.auth_create_unlock(p_account text, p_ip text, p_token_hash text) returns boolean
language plpgsql set search_path = '' as $$ begin return private.auth_create_unlock(p_account, p_ip, p_token_hash); end $$;
create function public.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text) returns boolean
language plpgsql set search_path = '' as $$ begin return private.auth_use_unlock(p_token_hash, p_pass_hash, p_ip); end $$;
create function public.auth_note(p_kind text, p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid default null) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_note(p_kind, p_account, p_ip, p_user, p_outcome, p_reason); end $$;

-- triggers: the log is only ever added to; old lines go by the retention job alone
create trigger t20_immutable before update on private.auth_attempts
  for each row execute function private.tg__immutable('id', 'at', 'kind', 'account_hash', 'ip_hash', 'user_id', 'outcome', 'reason');

-- grants
revoke all on private.auth_locks, private.auth_slowdowns, private.auth_unlocks, private.auth_attempts
  from anon, authenticated, service_role;
grant usage on schema private to service_role;
grant execute on function
  private.auth_begin_sign_in(text, text, text), public.auth_begin_sign_in(text, text, text),
  private.auth_finish_sign_in(text, text, uuid, text, text), public.auth_finish_sign_in(text, text, text, text, uuid),
  private.auth_create_unlock(text, text, text), public.auth_create_unlock(text, text, text),
  private.auth_use_unlock(text, text, text), public.auth_use_unlock(text, text, text),
  private.auth_note(text, text, text, uuid, text, text), public.auth_note(text, text, text, text, text, uuid)
  to service_role;

-- comments
comment on table private.auth_locks is 'Failed sign-ins of one account from one address; the fifth locks the pair for 15 minutes.';
comment on table private.auth_slowdowns is 'Failed sign-ins of one account from everywhere: each further try waits for its slot, nobody is shut out.';
comment on column private.auth_slowdowns.next_slot_at is 'When the next try of this account may run.';
comment on table private.auth_unlocks is 'One-use links mailed to the owner of an account; using one lets that browser past lock and slow-down.';
comment on column private.auth_unlocks.pass_hash is 'Digest of the cookie the link was exchanged for; good for 15 minutes and five tries.';
comment on table private.auth_attempts is 'Append-only log of everything tried at the door: digests only, kept 90 days.';
comment on function private.auth_log(text, text, text, uuid, text, text) is 'One line in the log of attempts.';
comment on function private.auth_begin_sign_in(text, text, text) is 'May this account be tried from this address now, and after how long a wait? Counts the try as failed.';
comment on function private.auth_finish_sign_in(text, text, uuid, text, text) is 'How the try ended: ok forgives this address, refused takes the count back, failed leaves it.';
comment on function private.auth_create_unlock(text, text, text) is 'Keeps a mailed way out: at most 3 an hour an account, a minute apart.';
comment on function private.auth_use_unlock(text, text, text) is 'Exchanges the mailed link for a pass, once, within an hour.';
comment on function private.auth_note(text, text, text, uuid, text, text) is 'Adds one line to the log of attempts.';
comment on function public.auth_begin_sign_in(text, text, text) is 'See private.auth_begin_sign_in.';
comment on function public.auth_finish_sign_in(text, text, text, text, uuid) is 'See private.auth_finish_sign_in.';
comment on function public.auth_create_unlock(text, text, text) is 'See private.auth_create_unlock.';
comment on function public.auth_use_unlock(text, text, text) is 'See private.auth_use_unlock.';
comment on function public.auth_note(text, text, text, text, text, uuid) is 'See private.auth_note.';
