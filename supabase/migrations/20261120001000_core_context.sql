-- Everything a request needs to know about who is asking and where, in one call.

-- functions
create function private.core_read_context(p_slug text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_live boolean := auth.uid() is not null and private.session_is_live();
  v_session uuid := nullif(private.claims() ->> 'session_id', '')::uuid;
  v_client public.clients;
  v_person public.people;
  v_result jsonb := '{}'::jsonb;
begin
  if v_live then
    -- At most one write a minute a session: reading must not become writing.
    update public.auth_sessions s set last_seen_at = now()
    where s.session_id = v_session and s.last_seen_at < now() - interval '1 minute';
    v_result := jsonb_build_object(
      'user', (select jsonb_build_object('id', u.id, 'email', u.email, 'emailVerified', u.email_confirmed_at is not null)
               from auth.users u where u.id = v_user),
      'businesses', coalesce((
        select jsonb_agg(jsonb_build_object('slug', c.slug, 'name', c.name, 'brandColor', c.brand_color, 'logoPath', c.logo_path,
                 'isStaff', exists (select from public.person_roles pr join public.roles r on r.id = pr.role_id
                   where pr.client_id = p.client_id and pr.person_id = p.id and r.is_staff and (pr.valid_until is null or pr.valid_until > now())))
               order by c.name)
        from public.people p join public.clients c on c.id = p.client_id
        where p.user_id = v_user and p.state = 'active'), '[]'::jsonb));
  end if;
  if p_slug is null then
    return v_result;
  end if;
  select * into v_client from public.clients c where c.slug = p_slug;
  if not found then
    return v_result;
  end if;
  -- A stranger learns what a sign-in page shows anyway: the name and the colour.
  v_result := v_result || jsonb_build_object('client', jsonb_build_object(
    'id', v_client.id, 'slug', v_client.slug, 'name', v_client.name, 'brandColor', v_client.brand_color, 'logoPath', v_client.logo_path,
    'timeZone', v_client.time_zone, 'currency', v_client.currency, 'locale', v_client.locale,
    'programs', coalesce((select jsonb_agg(cp.program order by cp.program) from public.client_programs cp
                          where cp.client_id = v_client.id and cp.is_enabled), '[]'::jsonb)));
  if not v_live then
    return v_result;
  end if;
  -- Asked last: from here on a request that looks as somebody cannot write, and the session was touched above.
  if private.viewed_person() is not null then
    select v_result || jsonb_build_object('view', jsonb_build_object('personId', p.id, 'name', p.display_name, 'expiresAt', w.expires_at))
      into v_result
      from public.people p
      join public.people_views w on w.client_id = p.client_id and w.person_id = p.id and w.viewer_user_id = v_user and w.ended_at is null
     where p.id = private.viewed_person() and p.client_id = v_client.id
     order by w.expires_at desc limit 1;
    select * into v_person from public.people p where p.client_id = v_client.id and p.id = private.viewed_person();
  else
    select * into v_person from public.people p where p.client_id = v_client.id and p.user_id = v_user and p.state = 'active';
  end if;
  if v_person.id is null then
    return v_result;
  end if;
  return v_result || jsonb_build_object('person', jsonb_build_object(
    'id', v_person.id, 'name', v_person.display_name, 'timeZone', v_person.time_zone, 'locale', v_person.locale,
    'roles', coalesce((select jsonb_agg(pr.role_id order by pr.role_id) from public.person_roles pr
      where pr.client_id = v_client.id and pr.person_id = v_person.id and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb),
    'permissions', to_jsonb(private.permissions_in(v_client.id)),
    'unread', private.unread_notifications(v_client.id),
    'mailBlocked', private.my_blocked_address(v_client.id)));
end $$;

create function public.core_read_context(p_slug text default null) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.core_read_context(p_slug); end $$;

-- grants
grant usage on schema private to anon;
grant execute on function private.core_read_context(text), public.core_read_context(text) to anon, authenticated;

-- comments
comment on function private.core_read_context(text) is
  'The caller, their businesses, and (with a slug) the business, their person, roles and permissions there.';
comment on function public.core_read_context(text) is 'See private.core_read_context.';
