-- Loyalty: which creators am I? A constant of the query, for the policies of rows that name a creator and no person.

-- functions
create function private.my_creators() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
begin
  if not private.session_is_live() then
    return '{}';
  end if;
  if v_viewed is not null then
    return coalesce((select array_agg(c.id) from public.loyalty_creators c
                      where c.person_id = v_viewed and private.program_is_on(c.client_id, 'loyalty')), '{}'::uuid[]);
  end if;
  -- One statement instead of the two helpers it agrees with: this runs once for every table a page reads.
  return coalesce((
    select array_agg(c.id)
      from public.people p
      join public.loyalty_creators c on c.client_id = p.client_id and c.person_id = p.id
     where p.user_id = auth.uid() and p.state = 'active'
       and exists (select from public.client_programs cp
                    where cp.client_id = p.client_id and cp.program = 'loyalty' and cp.is_enabled)), '{}'::uuid[]);
end $$;

-- indexes
create index loyalty_creators_person_id_idx on public.loyalty_creators (person_id);

-- grants
revoke all on function private.my_creators() from public;
grant execute on function private.my_creators() to authenticated, service_role;

-- comments
comment on function private.my_creators() is 'Creator ids of the signed-in person in businesses where loyalty is on.';
