-- Who am I, and where may I do what: the helpers of every policy, and the policies of the tables made before them.
-- Each takes constants only and returns an array, so a policy runs it once a statement, not once a row.

-- tables
create table public.auth_sessions (
  session_id uuid primary key,
  user_id uuid not null constraint auth_sessions_user_id_fkey references auth.users (id) on delete cascade,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz,
  user_agent text constraint auth_sessions_user_agent_check check (char_length(user_agent) <= 200),
  ip_hint text constraint auth_sessions_ip_hint_check check (char_length(ip_hint) <= 64)
);

-- Apart from the sign-in, which its person may read: what is known of a device is nobody's to look at.
create table private.auth_devices (
  session_id uuid primary key constraint auth_devices_session_id_fkey references public.auth_sessions (session_id) on delete cascade,
  user_id uuid not null constraint auth_devices_user_id_fkey references auth.users (id) on delete cascade,
  device_hash text not null constraint auth_devices_device_hash_check check (device_hash ~ '^[0-9a-f]{64}$'),
  seen_at timestamptz not null default now()
);
create index auth_devices_device_hash_idx on private.auth_devices (device_hash);
create index auth_devices_user_id_idx on private.auth_devices (user_id);
create index auth_sessions_user_id_idx on public.auth_sessions (user_id, started_at desc);

-- functions
create function private.session_is_live() returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_session uuid := nullif(private.claims() ->> 'session_id', '')::uuid;
begin
  -- Auth names the session in every token it issues; without one it is the database's owner who acts as somebody.
  if v_session is null then
    return true;
  end if;
  -- A session without a row never passed our door and its limits: Auth also issues tokens to whoever asks it directly.
  return exists (
    select from public.auth_sessions s
    where s.session_id = v_session and s.user_id = auth.uid() and s.ended_at is null
      and s.last_seen_at > now() - interval '24 hours' and s.started_at > now() - interval '30 days');
end $$;

create function private.viewed_person() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  v_headers text := coalesce(current_setting('request.headers', true), '');
  v_view text;
  v_person uuid;
begin
  -- Nearly no request has the header; the helpers below look for it first, so that they pay nothing for it.
  if v_headers not like '%x-view-as%' then
    return null;
  end if;
  v_view := v_headers::jsonb ->> 'x-view-as';
  if v_view is null or v_view !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return null;
  end if;
  select v.person_id into v_person
    from public.people_views v
    join public.people p on p.client_id = v.client_id and p.id = v.person_id and p.state = 'active'
    join public.people w on w.client_id = v.client_id and w.user_id = v.viewer_user_id and w.state = 'active'
   where v.id = v_view::uuid and v.viewer_user_id = auth.uid() and v.ended_at is null and v.expires_at > now();
  if v_person is not null then
    -- Postgres itself keeps the promise: whatever this request calls from here on, it cannot write.
    perform set_config('transaction_read_only', 'on', true);
  end if;
  return v_person;
end $$;

create function private.my_people() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
begin
  if not private.session_is_live() then
    return '{}';
  end if;
  if v_viewed is not null then
    return array[v_viewed];
  end if;
  return coalesce((
    select array_agg(p.id) from public.people p where p.user_id = auth.uid() and p.state = 'active'
  ), '{}');
end $$;

create function private.my_clients(p_program text default null) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
begin
  if not private.session_is_live() then
    return '{}';
  end if;
  if v_viewed is not null then
    return coalesce((select array_agg(p.client_id) from public.people p
                      where p.id = v_viewed and (p_program is null or private.program_is_on(p.client_id, p_program))), '{}');
  end if;
  return coalesce((
    select array_agg(p.client_id)
    from public.people p
    where p.user_id = auth.uid() and p.state = 'active'
      and (p_program is null or exists (
        select from public.client_programs cp
        where cp.client_id = p.client_id and cp.program = p_program and cp.is_enabled))
  ), '{}');
end $$;

create function private.clients_with(p_permission text) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_room text := split_part(p_permission, '.', 1);
  v_is_program boolean := v_room in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal');
  v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
begin
  if not private.session_is_live() then
    return '{}';
  end if;
  if v_viewed is not null then
    -- What a member may: a role of staff given to the person meanwhile opens nothing to whoever looks as her.
    return coalesce((
      select array_agg(distinct p.client_id)
        from public.people p
        join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
          and (pr.valid_until is null or pr.valid_until > now())
        join public.roles r on r.id = pr.role_id and not r.is_staff
        join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
       where p.id = v_viewed and (not v_is_program or private.program_is_on(p.client_id, v_room))), '{}');
  end if;
  return coalesce((
    select array_agg(distinct p.client_id)
    from public.people p
    join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
      and (pr.valid_until is null or pr.valid_until > now())
    join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
    where p.user_id = auth.uid() and p.state = 'active'
      and (not v_is_program or exists (
        select from public.client_programs cp
        where cp.client_id = p.client_id and cp.program = v_room and cp.is_enabled))
  ), '{}');
end $$;

create function private.my_person(p_client uuid) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
begin
  if not private.session_is_live() then
    return null;
  end if;
  if v_viewed is not null then
    return (select p.id from public.people p where p.id = v_viewed and p.client_id = p_client);
  end if;
  return (select p.id from public.people p where p.client_id = p_client and p.user_id = auth.uid() and p.state = 'active');
end $$;

create function private.has_permission(p_client uuid, p_permission text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return p_client = any (private.clients_with(p_permission));
end $$;

create function private.require_permission(p_client uuid, p_permission text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  -- A stranger is told the business has nothing here; only its own people learn that a permission is missing.
  if private.my_person(p_client) is null then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  if not private.has_permission(p_client, p_permission) then
    raise exception using errcode = 'PM001', message = 'You do not have permission to do this. Ask an owner of this business.', detail = p_permission;
  end if;
end $$;

create function private.permissions_in(p_client uuid) returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select array_agg(distinct rp.permission_id)
    from public.person_roles pr
    join public.roles r on r.id = pr.role_id
    join public.role_permissions rp on rp.role_id = pr.role_id
    where pr.client_id = p_client and pr.person_id = private.my_person(p_client)
      and not (r.is_staff and private.viewed_person() is not null)
      and (pr.valid_until is null or pr.valid_until > now())
      and (split_part(rp.permission_id, '.', 1) not in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
        or private.program_is_on(p_client, split_part(rp.permission_id, '.', 1)))
  ), '{}');
end $$;

-- rls
alter table public.roles enable row level security;
alter table public.roles force row level security;
alter table public.permissions enable row level security;
alter table public.permissions force row level security;
alter table public.role_permissions enable row level security;
alter table public.role_permissions force row level security;
alter table public.people enable row level security;
alter table public.people force row level security;
alter table public.person_roles enable row level security;
alter table public.person_roles force row level security;
alter table public.auth_sessions enable row level security;
alter table public.auth_sessions force row level security;

create policy roles_select on public.roles for select to authenticated using (true);
create policy permissions_select on public.permissions for select to authenticated using (true);
create policy role_permissions_select on public.role_permissions for select to authenticated using (true);

create policy clients_select on public.clients for select to authenticated
  using (id = any ((select private.my_clients())::uuid[]));
create policy clients_update on public.clients for update to authenticated
  using (id = any ((select private.clients_with('tenancy.settings.write'))::uuid[]))
  with check (id = any ((select private.clients_with('tenancy.settings.write'))::uuid[]));

create policy client_programs_select on public.client_programs for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[]));
create policy client_programs_update on public.client_programs for update to authenticated
  using (client_id = any ((select private.clients_with('tenancy.settings.write'))::uuid[]))
  with check (client_id = any ((select private.clients_with('tenancy.settings.write'))::uuid[]));

create policy people_select on public.people for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[])
    and case when id = any ((select private.my_people())::uuid[]) then true
        else client_id = any ((select private.clients_with('people.people.read'))::uuid[]) end);
create policy people_update on public.people for update to authenticated
  using (client_id = any ((select private.my_clients())::uuid[])
    and case when id = any ((select private.my_people())::uuid[]) then true
        else client_id = any ((select private.clients_with('people.people.write'))::uuid[]) end)
  with check (client_id = any ((select private.my_clients())::uuid[])
    and case when id = any ((select private.my_people())::uuid[]) then true
        else client_id = any ((select private.clients_with('people.people.write'))::uuid[]) end);

create policy person_roles_select on public.person_roles for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[])
    and case when person_id = any ((select private.my_people())::uuid[]) then true
        else client_id = any ((select private.clients_with('people.people.read'))::uuid[]) end);

create policy auth_sessions_select on public.auth_sessions for select to authenticated
  using (user_id = (select auth.uid()) and (select private.session_is_live()));

-- grants
revoke all on private.auth_devices from anon, authenticated, service_role;
revoke all on public.roles, public.permissions, public.role_permissions, public.people, public.person_roles, public.auth_sessions
  from anon, authenticated, service_role;
grant select on public.roles, public.permissions, public.role_permissions, public.people, public.person_roles, public.auth_sessions
  to authenticated, service_role;
grant update (display_name, phone, time_zone, locale) on public.people to authenticated;
grant insert, update on public.auth_sessions to service_role;
grant execute on function private.session_is_live(), private.my_people(), private.my_clients(text), private.clients_with(text),
  private.my_person(uuid), private.has_permission(uuid, text), private.require_permission(uuid, text), private.permissions_in(uuid)
  to authenticated;

-- comments
comment on table public.auth_sessions is 'Sign-ins of a login: idle for 24 hours, 30 days old, or ended, and the session opens nothing any more.';
comment on column public.auth_sessions.session_id is 'The session_id claim of the access token.';
comment on table private.auth_devices is 'Which sign-in was made on which device, so that two accounts on one device can be noticed.';
comment on column private.auth_devices.device_hash is 'SHA-256 of a random cookie that stays on the device.';
comment on column public.auth_sessions.ip_hint is 'Coarse network hint shown to the person (first half of the address).';
comment on function private.session_is_live() is 'False for a sign-in we did not make, and once it was ended, was idle for 24 hours or is older than 30 days.';
comment on function private.viewed_person() is 'The person a member of staff looks as in this request, or null. Makes the transaction read-only.';
comment on function private.my_people() is 'Active people of the caller, one a business.';
comment on function private.my_clients(text) is 'Businesses the caller is an active person of, optionally only those with a program turned on.';
comment on function private.clients_with(text) is 'Businesses in which the caller holds a permission, its program being on.';
comment on function private.my_person(uuid) is 'The caller''s active person in a business, or null.';
comment on function private.has_permission(uuid, text) is 'True when the caller holds a permission in a business.';
comment on function private.require_permission(uuid, text) is 'Raises PM002, TN001 or PM001 unless the caller holds a permission in a business.';
comment on function private.permissions_in(uuid) is 'All permissions the caller holds in a business.';
