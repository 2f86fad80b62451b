-- What the HTTP layer needs before it knows anybody: counted windows and remembered answers.
-- Only the server's own key reaches these.

-- tables
create unlogged table private.rate_windows (
  key text not null,
  window_start timestamptz not null,
  hits integer not null default 0,
  expires_at timestamptz not null,
  constraint rate_windows_pkey primary key (key, window_start)
);
create index rate_windows_expires_at_idx on private.rate_windows (expires_at);

create table private.once_requests (
  scope text not null,
  key text not null,
  request_hash text not null,
  status integer,
  body jsonb,
  locked_until timestamptz not null default now() + interval '2 minutes',
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint once_requests_pkey primary key (scope, key)
);
create index once_requests_expires_at_idx on private.once_requests (expires_at);

-- functions
create function private.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz := clock_timestamp();
  v_width double precision := p_window_seconds;
  v_start timestamptz := to_timestamp(floor(extract(epoch from v_now) / v_width) * v_width);
  v_elapsed double precision := extract(epoch from v_now - v_start);
  v_previous integer;
  v_hits integer;
  v_used integer;
begin
  -- Count first, then judge: two calls at once cannot both see the last free place.
  insert into private.rate_windows as w (key, window_start, hits, expires_at)
  values (p_key, v_start, 1, v_start + make_interval(secs => v_width * 2))
  on conflict (key, window_start) do update set hits = w.hits + 1
  returning w.hits into v_hits;
  select w.hits into v_previous from private.rate_windows w
  where w.key = p_key and w.window_start = v_start - make_interval(secs => v_width);
  v_used := floor(coalesce(v_previous, 0) * (1 - v_elapsed / v_width))::integer + v_hits;
  if v_used > p_limit then
    update private.rate_windows w set hits = w.hits - 1 where w.key = p_key and w.window_start = v_start;
  end if;
  if random() < 0.01 then
    delete from private.rate_windows w where w.expires_at < v_now;
  end if;
  return jsonb_build_object('success', v_used <= p_limit, 'limit', p_limit, 'remaining', greatest(p_limit - v_used, 0),
    'reset', floor(extract(epoch from v_start + make_interval(secs => v_width)) * 1000));
end $$;

create function private.core_begin_once(p_scope text, p_key text, p_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row private.once_requests;
begin
  delete from private.once_requests o
  where o.scope = p_scope and o.key = p_key and (o.expires_at < now() or (o.status is null and o.locked_until < now()));
  insert into private.once_requests (scope, key, request_hash) values (p_scope, p_key, p_hash)
  on conflict (scope, key) do nothing;
  if found then
    return jsonb_build_object('outcome', 'started');
  end if;
  select * into v_row from private.once_requests o where o.scope = p_scope and o.key = p_key;
  return case
    -- Given back between the two statements: whoever held it has just failed, so the caller may try again.
    when v_row.key is null then jsonb_build_object('outcome', 'in_flight')
    when v_row.request_hash is distinct from p_hash then jsonb_build_object('outcome', 'mismatch')
    when v_row.status is null then jsonb_build_object('outcome', 'in_flight')
    else jsonb_build_object('outcome', 'replay', 'status', v_row.status, 'body', v_row.body) end;
end $$;

create function private.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update private.once_requests o set status = p_status, body = p_body where o.scope = p_scope and o.key = p_key and o.status is null;
end $$;

create function private.core_release_once(p_scope text, p_key text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.once_requests o where o.scope = p_scope and o.key = p_key and o.status is null;
end $$;

create function private.core_purge_guards() returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.rate_windows w where w.expires_at < now();
  delete from private.once_requests o where o.expires_at < now();
end $$;

create function public.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.core_take_rate_limit(p_key, p_limit, p_window_seconds); end $$;
create function public.core_begin_once(p_scope text, p_key text, p_hash text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.core_begin_once(p_scope, p_key, p_hash); end $$;
create function public.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb) returns void
language plpgsql set search_path = '' as $$ begin perform private.core_finish_once(p_scope, p_key, p_status, p_body); end $$;
create function public.core_release_once(p_scope text, p_key text) returns void
language plpgsql set search_path = '' as $$ begin perform private.core_release_once(p_scope, p_key); end $$;

-- grants
grant execute on function private.core_take_rate_limit(text, integer, integer), private.core_begin_once(text, text, text),
  private.core_finish_once(text, text, integer, jsonb), private.core_release_once(text, text),
  public.core_take_rate_limit(text, integer, integer), public.core_begin_once(text, text, text),
  public.core_finish_once(text, text, integer, jsonb), public.core_release_once(text, text) to service_role;

-- comments
comment on table private.rate_windows is 'Requests counted a key and window. Unlogged: after a crash everyone starts afresh.';
comment on table private.once_requests is 'Answers remembered for 24 hours by Idempotency-Key, so that a repeat replays instead of acting twice.';
comment on function private.core_take_rate_limit(text, integer, integer) is 'Counts one request in a sliding window and says whether it may pass.';
comment on function private.core_begin_once(text, text, text) is 'Claims an idempotency key: started, replay, mismatch or in_flight.';
comment on function private.core_finish_once(text, text, integer, jsonb) is 'Stores the answer of a claimed key.';
comment on function private.core_release_once(text, text) is 'Gives a claimed key back after a failure, so that a retry can act.';
comment on function private.core_purge_guards() is 'Drops expired windows and answers. Called by the nightly upkeep.';
comment on function public.core_take_rate_limit(text, integer, integer) is 'See private.core_take_rate_limit.';
comment on function public.core_begin_once(text, text, text) is 'See private.core_begin_once.';
comment on function public.core_finish_once(text, text, integer, jsonb) is 'See private.core_finish_once.';
comment on function public.core_release_once(text, text) is 'See private.core_release_once.';
