-- A creator may sign in with the handle the business gave her; the lookup is only ever asked by the sign-in.

-- functions
create function private.loyalty_find_login(p_handle text, p_client uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select array_agg(distinct p.user_id)
    from public.loyalty_creators c
    join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.state = 'active' and p.user_id is not null
    where c.handle_key = private.loyalty_handle_key(p_handle)
      and (p_client is null or c.client_id = p_client)
      and private.program_is_on(c.client_id, 'loyalty')
  ), '{}');
end $$;

insert into private.login_name_sources (program, finder) values ('loyalty', 'private.loyalty_find_login');

-- comments
comment on function private.loyalty_find_login(text, uuid) is 'Logins behind a creator''s handle, in one business or in all.';
