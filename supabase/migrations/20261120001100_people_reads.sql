-- Lists of people and of what they did. Search by part of a name cannot be pushed below a policy,
-- so these check the permission once and then read with the owner's rights.

-- indexes
create index people_search_idx on public.people
  using gin ((lower(display_name) || ' ' || coalesce(email, '')) extensions.gin_trgm_ops);

-- functions
create function private.people_list(
  p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_pattern text := nullif(lower(btrim(p_search)), '');
  v_rows jsonb;
begin
  perform private.require_permission(p_client, 'people.people.read');
  if v_pattern is not null then
    v_pattern := '%' || replace(replace(replace(v_pattern, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  end if;
  select coalesce(jsonb_agg(to_jsonb(r)), '[]'::jsonb) into v_rows
  from (
    select p.id, p.display_name as "displayName", p.email, p.state, p.user_id is not null as "hasLogin", p.created_at as "createdAt",
      coalesce((select jsonb_agg(jsonb_build_object('role', pr.role_id, 'validUntil', pr.valid_until) order by pr.role_id)
        from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
          and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb) as roles,
      (select jsonb_build_object('id', i.id, 'role', i.role_id, 'expiresAt', i.expires_at, 'isExpired', i.expires_at <= now())
        from public.invitations i where i.client_id = p.client_id and i.person_id = p.id and i.state = 'pending') as invitation
    from public.people p
    where p.client_id = p_client
      and (v_pattern is null or (lower(p.display_name) || ' ' || coalesce(p.email, '')) like v_pattern)
      and (p_state is null or p.state = p_state)
      and (p_role is null or exists (select from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
        and pr.role_id = p_role and (pr.valid_until is null or pr.valid_until > now())))
      and (not p_team
        or exists (select from public.person_roles pr join public.roles r on r.id = pr.role_id and r.is_staff
          where pr.client_id = p.client_id and pr.person_id = p.id and (pr.valid_until is null or pr.valid_until > now()))
        or exists (select from public.invitations i where i.client_id = p.client_id and i.person_id = p.id and i.state = 'pending'))
      and (p_after_id is null
        or case when p_backward then (p.display_name, p.id) < (p_after_name, p_after_id) else (p.display_name, p.id) > (p_after_name, p_after_id) end)
    order by case when p_backward then p.display_name end desc, case when p_backward then p.id end desc, p.display_name, p.id
    limit least(greatest(p_limit, 1), 1001)
  ) r;
  return v_rows;
end $$;

create function private.people_read(p_client uuid, p_person uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_row jsonb;
begin
  perform private.require_permission(p_client, 'people.people.read');
  select jsonb_build_object('id', p.id, 'displayName', p.display_name, 'email', p.email, 'phone', p.phone, 'state', p.state,
    'timeZone', p.time_zone, 'locale', p.locale, 'createdAt', p.created_at, 'claimedAt', p.claimed_at, 'hasLogin', p.user_id is not null,
    'isSelf', p.id = private.my_person(p_client),
    'roles', coalesce((select jsonb_agg(jsonb_build_object('role', pr.role_id, 'validUntil', pr.valid_until, 'since', pr.created_at) order by pr.role_id)
      from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
        and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb),
    'invitations', coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'role', i.role_id, 'state',
        case when i.state = 'pending' and i.expires_at <= now() then 'expired' else i.state end,
        'email', i.email, 'expiresAt', i.expires_at, 'lastSentAt', i.last_sent_at, 'createdAt', i.created_at) order by i.created_at desc)
      from public.invitations i where i.client_id = p.client_id and i.person_id = p.id), '[]'::jsonb))
  into v_row
  from public.people p where p.client_id = p_client and p.id = p_person;
  if v_row is null then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  return v_row;
end $$;

create function private.audit_list(
  p_client uuid, p_table text, p_actor uuid, p_before timestamptz, p_before_id uuid, p_limit integer
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'audit.log.read');
  return coalesce((
    select jsonb_agg(to_jsonb(r)) from (
      select a.id, a.created_at as "createdAt", a.table_name as "tableName", a.row_key as "rowKey", a.action, a.before, a.after, a.actor,
        a.request_id as "requestId",
        (select p.display_name from public.people p where p.client_id = a.client_id and p.user_id = a.actor_user_id) as "actorName"
      from public.core_audit_log a
      where a.client_id = p_client
        and (p_table is null or a.table_name = p_table)
        and (p_actor is null or a.actor_user_id = (select p.user_id from public.people p where p.client_id = p_client and p.id = p_actor))
        and (p_before is null or (a.created_at, a.id) < (p_before, p_before_id))
      order by a.created_at desc, a.id desc
      limit least(greatest(p_limit, 1), 1001)
    ) r), '[]'::jsonb);
end $$;

create function public.people_list(
  p_client uuid, p_search text default null, p_role text default null, p_state text default null,
  p_after_name text default null, p_after_id uuid default null, p_backward boolean default false, p_limit integer default 50,
  p_team boolean default false) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.people_list(p_client, p_search, p_role, p_state, p_after_name, p_after_id, p_backward, p_limit, p_team); end $$;
create function public.people_read(p_client uuid, p_person uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.people_read(p_client, p_person); end $$;
create function public.audit_list(
  p_client uuid, p_table text default null, p_actor uuid default null, p_before timestamptz default null,
  p_before_id uuid default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.audit_list(p_client, p_table, p_actor, p_before, p_before_id, p_limit); end $$;

-- grants
grant execute on function private.people_list(uuid, text, text, text, text, uuid, boolean, integer, boolean), private.people_read(uuid, uuid),
  private.audit_list(uuid, text, uuid, timestamptz, uuid, integer),
  public.people_list(uuid, text, text, text, text, uuid, boolean, integer, boolean), public.people_read(uuid, uuid),
  public.audit_list(uuid, text, uuid, timestamptz, uuid, integer) to authenticated;

-- comments
comment on function private.people_list(uuid, text, text, text, text, uuid, boolean, integer, boolean) is
  'A page of people by name, searched by any part of name or e-mail; p_team leaves only staff and those invited.';
comment on function private.people_read(uuid, uuid) is 'One person with roles and invitations. When a login was last used is not told: it may have been in another business.';
comment on function private.audit_list(uuid, text, uuid, timestamptz, uuid, integer) is 'A page of the audit log, newest first.';
comment on function public.people_list(uuid, text, text, text, text, uuid, boolean, integer, boolean) is 'See private.people_list.';
comment on function public.people_read(uuid, uuid) is 'See private.people_read.';
comment on function public.audit_list(uuid, text, uuid, timestamptz, uuid, integer) is 'See private.audit_list.';
