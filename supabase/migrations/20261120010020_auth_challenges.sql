-- Six-digit codes: how often one is sent, how often it may be tried, and that it counts once.
-- Supabase Auth makes and checks the code; what it leaves open (tries, sends, five minutes) is decided here.

-- tables
create table private.auth_challenges (
  id uuid primary key default gen_random_uuid(),
  purpose text not null constraint auth_challenges_purpose_check check (purpose in ('sign-up', 'reset', 'email-change')),
  email text not null constraint auth_challenges_email_check check (char_length(email) between 3 and 254),
  email_hash text not null,
  ip_hash text not null,
  user_id uuid,
  token_hash text not null constraint auth_challenges_token_hash_key unique,
  is_live boolean not null,
  attempts integer not null default 0 constraint auth_challenges_attempts_check check (attempts between 0 and 3),
  sends integer not null default 1 constraint auth_challenges_sends_check check (sends between 1 and 5),
  last_sent_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  consumed_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);

-- indexes
create unique index auth_challenges_email_hash_live_key on private.auth_challenges (email_hash) where is_live and consumed_at is null;
create index auth_challenges_created_at_idx on private.auth_challenges (created_at);

-- functions
create function private.auth_code_lifetime(p_purpose text) returns interval
language plpgsql immutable set search_path = '' as $$
begin return case p_purpose when 'reset' then interval '15 minutes' else interval '5 minutes' end; end $$;

create function private.auth_take_send(p_purpose text, p_email_hash text, p_ip text) returns boolean
language plpgsql set search_path = '' as $$
declare
  v_limit integer := case p_purpose when 'reset' then 3 else 10 end;
begin
  if (select count(*) from private.auth_attempts a
      where a.account_hash = p_email_hash and a.kind = 'send' and a.outcome = 'ok' and a.reason = p_purpose
        and a.at > clock_timestamp() - interval '1 hour') >= v_limit then
    perform private.auth_log('send', p_email_hash, p_ip, null, 'refused', p_purpose);
    return false;
  end if;
  perform private.auth_log('send', p_email_hash, p_ip, null, 'ok', p_purpose);
  return true;
end $$;

create function private.auth_challenge_state(p_row private.auth_challenges, p_send boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('outcome', 'sent', 'send', p_send, 'email', p_row.email, 'purpose', p_row.purpose,
    'resendAt', p_row.last_sent_at + interval '60 seconds', 'expiresAt', p_row.expires_at, 'sendsLeft', 5 - p_row.sends);
end $$;

create function private.auth_start_challenge(
  p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz;
  v_live private.auth_challenges;
  v_row private.auth_challenges;
  v_is_fresh boolean;
  v_send boolean := false;
  v_is_live boolean := false;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_challenge:' || p_email_hash, 0));
  v_now := clock_timestamp();
  select * into v_live from private.auth_challenges c
  where c.email_hash = p_email_hash and c.is_live and c.consumed_at is null for update;
  v_is_fresh := found and v_live.last_sent_at > v_now - interval '60 seconds';
  if v_is_fresh and v_live.ip_hash = p_ip and v_live.purpose = p_purpose then
    -- The same person starting over within the minute: the code already mailed goes on counting, tries included.
    update private.auth_challenges c set token_hash = p_token_hash where c.id = v_live.id returning * into v_row;
    return private.auth_challenge_state(v_row, false);
  end if;
  -- Somebody else within the minute, or too many mails: an answer like any other, a row that no code opens, no mail.
  if not v_is_fresh then
    v_send := private.auth_take_send(p_purpose, p_email_hash, p_ip);
    v_is_live := v_send;
  end if;
  if v_is_live then
    update private.auth_challenges c set is_live = false where c.email_hash = p_email_hash and c.is_live and c.consumed_at is null;
  end if;
  insert into private.auth_challenges (purpose, email, email_hash, ip_hash, user_id, token_hash, is_live, last_sent_at, expires_at)
  values (p_purpose, p_email, p_email_hash, p_ip, p_user, p_token_hash, v_is_live, v_now, v_now + private.auth_code_lifetime(p_purpose))
  returning * into v_row;
  return private.auth_challenge_state(v_row, v_send);
end $$;

create function private.auth_resend_challenge(p_token_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row private.auth_challenges;
  v_now timestamptz;
  v_send boolean;
begin
  select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash;
  if not found then
    return jsonb_build_object('outcome', 'gone');
  end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_challenge:' || v_row.email_hash, 0));
  select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash for update;
  v_now := clock_timestamp();
  if not found or v_row.consumed_at is not null or v_row.created_at < v_now - interval '1 hour' then
    return jsonb_build_object('outcome', 'gone');
  end if;
  if v_row.sends >= 5 then
    return private.auth_challenge_state(v_row, false) || jsonb_build_object('outcome', 'spent');
  end if;
  if v_row.last_sent_at > v_now - interval '60 seconds' then
    return private.auth_challenge_state(v_row, false) || jsonb_build_object('outcome', 'early');
  end if;
  v_send := private.auth_take_send(v_row.purpose, v_row.email_hash, v_row.ip_hash);
  if v_send then
    update private.auth_challenges c set is_live = false
    where c.email_hash = v_row.email_hash and c.id <> v_row.id and c.is_live and c.consumed_at is null;
  end if;
  -- A new code has three tries of its own.
  update private.auth_challenges c set sends = c.sends + 1, last_sent_at = v_now, is_live = v_send,
    attempts = case when v_send then 0 else c.attempts end, expires_at = v_now + private.auth_code_lifetime(c.purpose)
  where c.id = v_row.id returning * into v_row;
  return private.auth_challenge_state(v_row, v_send);
end $$;

create function private.auth_try_challenge(p_token_hash text, p_purpose text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row private.auth_challenges;
begin
  select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash and c.purpose = p_purpose for update;
  if not found then
    return jsonb_build_object('outcome', 'gone');
  end if;
  if v_row.consumed_at is not null then
    return jsonb_build_object('outcome', 'used');
  end if;
  if v_row.expires_at <= clock_timestamp() then
    return jsonb_build_object('outcome', 'expired');
  end if;
  if v_row.attempts >= 3 then
    perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, v_row.user_id, 'refused', p_purpose);
    return jsonb_build_object('outcome', 'spent');
  end if;
  update private.auth_challenges c set attempts = c.attempts + 1 where c.id = v_row.id returning * into v_row;
  perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, v_row.user_id, 'failed', p_purpose);
  return jsonb_build_object('outcome', case when v_row.is_live then 'go' else 'decoy' end, 'triesLeft', 3 - v_row.attempts,
    'email', v_row.email, 'userId', v_row.user_id, 'startedAt', v_row.created_at);
end $$;

create function private.auth_consume_challenge(p_token_hash text, p_user uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row private.auth_challenges;
begin
  update private.auth_challenges c set consumed_at = clock_timestamp()
  where c.token_hash = p_token_hash and c.consumed_at is null and c.is_live returning * into v_row;
  if not found then
    return false;
  end if;
  perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, p_user, 'ok', v_row.purpose);
  return true;
end $$;

create function private.auth_purge() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_count integer;
begin
  delete from private.auth_challenges c where c.created_at < now() - interval '2 hours';
  delete from private.auth_locks l where l.last_failure_at < now() - interval '1 day';
  delete from private.auth_slowdowns s where s.last_failure_at < now() - interval '1 day';
  delete from private.auth_unlocks u where u.created_at < now() - interval '1 day';
  delete from public.auth_sessions s where coalesce(s.ended_at, s.last_seen_at) < now() - interval '60 days';
  delete from private.auth_attempts a where a.at < now() - interval '90 days';
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function public.auth_start_challenge(
  p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid default null
) returns jsonb
language plpgsql set search_path = '' as $$
begin return private.auth_start_challenge(p_purpose, p_email, p_email_hash, p_ip, p_token_hash, p_user); end $$;
create function public.auth_resend_challenge(p_token_hash text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.auth_resend_challenge(p_token_hash); end $$;
create function public.auth_try_challenge(p_token_hash text, p_purpose text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.auth_try_challenge(p_token_hash, p_purpose); end $$;
create function public.auth_consume_challenge(p_token_hash text, p_user uuid) returns boolean
language plpgsql set search_path = '' as $$ begin return private.auth_consume_challenge(p_token_hash, p_user); end $$;
create function public.auth_purge() returns integer
language plpgsql set search_path = '' as $$ begin return private.auth_purge(); end $$;

-- grants
revoke all on private.auth_challenges from anon, authenticated, service_role;
grant execute on function
  private.auth_start_challenge(text, text, text, text, text, uuid), public.auth_start_challenge(text, text, text, text, text, uuid),
  private.auth_resend_challenge(text), public.auth_resend_challenge(text),
  private.auth_try_challenge(text, text), public.auth_try_challenge(text, text),
  private.auth_consume_challenge(text, uuid), public.auth_consume_challenge(text, uuid),
  private.auth_purge(), public.auth_purge()
  to service_role;

-- comments
comment on table private.auth_challenges is 'Open requests for a code, kept two hours. At most one a mailbox is live: a new code ends the one before.';
comment on column private.auth_challenges.email is 'Where the code went; needed to check it. Gone with the row.';
comment on column private.auth_challenges.token_hash is 'Digest of what the asking browser holds: nobody else can spend its tries.';
comment on column private.auth_challenges.is_live is 'False for one that was replaced, or that never had a mail and only looks like the others.';
comment on function private.auth_code_lifetime(text) is 'Five minutes for a code, fifteen for a reset.';
comment on function private.auth_take_send(text, text, text) is 'Counts a mail to this mailbox: three resets or ten codes an hour.';
comment on function private.auth_challenge_state(private.auth_challenges, boolean) is 'What the asking browser is told.';
comment on function private.auth_start_challenge(text, text, text, text, text, uuid) is 'Opens a request for a code; says the same whether or not a mail goes out.';
comment on function private.auth_resend_challenge(text) is 'Another code: after 60 seconds, five at most.';
comment on function private.auth_try_challenge(text, text) is 'Takes one of three tries before the code is looked at.';
comment on function private.auth_consume_challenge(text, uuid) is 'True for the one caller whose right code counts.';
comment on function private.auth_purge() is 'Forgets what is past its keeping time.';
comment on function public.auth_start_challenge(text, text, text, text, text, uuid) is 'See private.auth_start_challenge.';
comment on function public.auth_resend_challenge(text) is 'See private.auth_resend_challenge.';
comment on function public.auth_try_challenge(text, text) is 'See private.auth_try_challenge.';
comment on function public.auth_consume_challenge(text, uuid) is 'See private.auth_consume_challenge.';
comment on function public.auth_purge() is 'See private.auth_purge.';
