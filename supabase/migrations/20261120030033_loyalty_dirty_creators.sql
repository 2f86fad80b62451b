-- Loyalty: whose figures may have moved. The night looks at these creators only, and forgets each once it has.

-- tables
create table private.loyalty_dirty_creators (
  client_id uuid not null,
  creator_id uuid not null,
  due_on date not null,
  constraint loyalty_dirty_creators_pkey primary key (client_id, creator_id, due_on),
  constraint loyalty_dirty_creators_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade
);

-- functions
create function private.loyalty_mark_dirty(p_client uuid, p_creators uuid[], p_due_on date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
  select distinct p_client, x.id, p_due_on
    from unnest(p_creators) x (id)
    join public.loyalty_creators c on c.client_id = p_client and c.id = x.id
  on conflict do nothing;
end $$;

-- grants: the import and the nightly pass write here through the owner's connection
revoke all on private.loyalty_dirty_creators from anon, authenticated, service_role;
revoke all on function private.loyalty_mark_dirty(uuid, uuid[], date) from public;

-- comments
comment on table private.loyalty_dirty_creators is 'Creators whose rows moved since they were last counted. due_on: from which night on the movement counts.';
comment on function private.loyalty_mark_dirty(uuid, uuid[], date) is 'Asks the next pass to count these creators again.';
