-- A login's own matters: its sessions, its terms, its name everywhere, and how a handle finds it.

-- tables
create table private.auth_terms_acceptances (
  user_id uuid not null constraint auth_terms_acceptances_user_id_fkey references auth.users (id) on delete cascade,
  version text not null constraint auth_terms_acceptances_version_check check (char_length(version) between 1 and 40),
  accepted_at timestamptz not null default now(),
  constraint auth_terms_acceptances_pkey primary key (user_id, version)
);

create table private.login_name_sources (
  program text primary key,
  finder text not null constraint login_name_sources_finder_check check (finder ~ '^private\.[a-z_]+$')
);

-- functions
create function private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text, p_device text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.auth_sessions (session_id, user_id, user_agent, ip_hint)
  values (p_session, p_user, left(p_agent, 200), left(p_ip_hint, 64))
  on conflict (session_id) do nothing;
  insert into private.auth_devices (session_id, user_id, device_hash)
  select p_session, p_user, p_device where p_device is not null
  on conflict (session_id) do nothing;
end $$;

create function private.auth_end_user_sessions(p_user uuid, p_except uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_count integer;
begin
  update public.auth_sessions s set ended_at = now()
  where s.user_id = p_user and s.ended_at is null and s.session_id is distinct from p_except;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function private.auth_end_my_sessions(p_session uuid, p_scope text) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_current uuid := nullif(private.claims() ->> 'session_id', '')::uuid;
  v_count integer;
begin
  if v_user is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  if p_scope = 'all' then
    return private.auth_end_user_sessions(v_user, null);
  elsif p_scope = 'others' then
    return private.auth_end_user_sessions(v_user, v_current);
  end if;
  update public.auth_sessions s set ended_at = now()
  where s.session_id = coalesce(p_session, v_current) and s.user_id = v_user and s.ended_at is null;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function public.auth_list_my_sessions() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', s.session_id, 'startedAt', s.started_at, 'lastSeenAt', s.last_seen_at,
        'userAgent', s.user_agent, 'ipHint', s.ip_hint,
        'isCurrent', s.session_id = nullif(private.claims() ->> 'session_id', '')::uuid) order by s.last_seen_at desc)
    from public.auth_sessions s
    where s.user_id = auth.uid() and s.ended_at is null
      and s.last_seen_at > now() - interval '24 hours' and s.started_at > now() - interval '30 days'), '[]'::jsonb);
end $$;

create function public.auth_update_me(p_name text default null, p_time_zone text default null, p_locale text default null) returns integer
language plpgsql set search_path = '' as $$
declare
  v_count integer;
begin
  if auth.uid() is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  update public.people p set display_name = coalesce(p_name, p.display_name),
    time_zone = coalesce(p_time_zone, p.time_zone), locale = coalesce(p_locale, p.locale)
  where p.user_id = auth.uid() and p.id = any ((select private.my_people())::uuid[]);
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function private.auth_accept_terms(p_user uuid, p_version text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.auth_terms_acceptances (user_id, version) values (p_user, p_version) on conflict do nothing;
end $$;

create function private.auth_find_login(p_name text, p_slug text) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  v_source record;
  v_client uuid;
  v_found uuid[];
  v_users uuid[] := '{}';
begin
  if p_slug is not null then
    select c.id into v_client from public.clients c where c.slug = p_slug;
    if not found then
      return null;
    end if;
  end if;
  for v_source in select s.finder from private.login_name_sources s loop
    execute format('select %s($1, $2)', v_source.finder) into v_found using p_name, v_client;
    v_users := v_users || coalesce(v_found, '{}');
  end loop;
  -- One handle may mean two people in two businesses; then only the e-mail says who is meant.
  if (select count(distinct u) from unnest(v_users) u) <> 1 then
    return null;
  end if;
  return (select lower(u.email) from auth.users u where u.id = v_users[1]);
end $$;

create function private.auth_find_home(p_email text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select jsonb_build_object('userId', u.id, 'isConfirmed', u.email_confirmed_at is not null, 'clientId', p.client_id, 'personId', p.id, 'name', p.display_name)
    from auth.users u
    left join public.people p on p.user_id = u.id and p.state = 'active'
    where lower(u.email) = lower(p_email)
    order by p.claimed_at nulls last, p.created_at
    limit 1);
end $$;

create function public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text default null, p_device text default null) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_record_session(p_session, p_user, p_agent, p_ip_hint, p_device); end $$;
create function public.auth_end_user_sessions(p_user uuid, p_except uuid default null) returns integer
language plpgsql set search_path = '' as $$ begin return private.auth_end_user_sessions(p_user, p_except); end $$;
create function public.auth_end_my_sessions(p_session uuid default null, p_scope text default 'one') returns integer
language plpgsql set search_path = '' as $$ begin return private.auth_end_my_sessions(p_session, p_scope); end $$;
create function public.auth_accept_terms(p_user uuid, p_version text) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_accept_terms(p_user, p_version); end $$;
create function public.auth_find_login(p_name text, p_slug text default null) returns text
language plpgsql set search_path = '' as $$ begin return private.auth_find_login(p_name, p_slug); end $$;
create function public.auth_find_home(p_email text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.auth_find_home(p_email); end $$;

-- grants
revoke all on private.auth_terms_acceptances, private.login_name_sources from anon, authenticated, service_role;
grant execute on function
  private.auth_record_session(uuid, uuid, text, text, text), public.auth_record_session(uuid, uuid, text, text, text),
  private.auth_end_user_sessions(uuid, uuid), public.auth_end_user_sessions(uuid, uuid),
  private.auth_accept_terms(uuid, text), public.auth_accept_terms(uuid, text),
  private.auth_find_login(text, text), public.auth_find_login(text, text),
  private.auth_find_home(text), public.auth_find_home(text)
  to service_role;
grant execute on function
  private.auth_end_my_sessions(uuid, text), public.auth_end_my_sessions(uuid, text),
  public.auth_list_my_sessions(), public.auth_update_me(text, text, text)
  to authenticated;

-- comments
comment on table private.auth_terms_acceptances is 'Which version of the terms a login accepted, and when.';
comment on table private.login_name_sources is 'Programs whose people may sign in by a handle, and the function that finds them: (handle, business or null) → logins.';
comment on function private.auth_record_session(uuid, uuid, text, text, text) is 'Remembers a sign-in, so that it can be listed and ended.';
comment on function private.auth_end_user_sessions(uuid, uuid) is 'Ends every sign-in of a login except one.';
comment on function private.auth_end_my_sessions(uuid, text) is 'Ends one of the caller''s sign-ins, this one, all others, or all.';
comment on function public.auth_list_my_sessions() is 'Where the caller is signed in.';
comment on function public.auth_update_me(text, text, text) is 'The caller''s name, zone and locale, in every business they belong to.';
comment on function private.auth_accept_terms(uuid, text) is 'Keeps that a login accepted this version of the terms.';
comment on function private.auth_find_login(text, text) is 'E-mail behind a handle, for the sign-in only; null when nobody or more than one could be meant.';
comment on function private.auth_find_home(text) is 'The login of an e-mail, whether it was confirmed, and the business its account mails are sent for.';
comment on function public.auth_record_session(uuid, uuid, text, text, text) is 'See private.auth_record_session.';
comment on function public.auth_end_user_sessions(uuid, uuid) is 'See private.auth_end_user_sessions.';
comment on function public.auth_end_my_sessions(uuid, text) is 'See private.auth_end_my_sessions.';
comment on function public.auth_accept_terms(uuid, text) is 'See private.auth_accept_terms.';
comment on function public.auth_find_login(text, text) is 'See private.auth_find_login.';
comment on function public.auth_find_home(text) is 'See private.auth_find_home.';
