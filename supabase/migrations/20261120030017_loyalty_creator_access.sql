-- Loyalty: which creators am I? A constant of the query, for the policies of rows that name a creator and no person.

-- functions
create function private.my_creators() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select array_agg(c.id) from public.loyalty_creators c
     where c.person_id = any (private.my_people())
       and c.client_id = any (private.my_clients('loyalty'))), '{}'::uuid[]);
end $$;

-- indexes
create index loyalty_creators_person_id_idx on public.loyalty_creators (person_id);

-- grants
revoke all on function private.my_creators() from public;
grant execute on function private.my_creators() to authenticated, service_role;

-- comments
comment on function private.my_creators() is 'Creator ids of the signed-in person in businesses where loyalty is on.';
