-- Loyalty: other handles of one creator, and renames a person has confirmed.

-- tables
create table public.loyalty_handle_aliases (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  handle_key text not null,
  creator_id uuid not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  constraint loyalty_handle_aliases_client_id_handle_key_key unique (client_id, handle_key),
  constraint loyalty_handle_aliases_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_handle_aliases_handle_key_check check (handle_key ~ '^[a-z0-9_.]{1,30}$')
);

create table public.loyalty_handle_changes (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  old_handle text not null,
  new_handle text not null,
  merged_creator_id uuid,
  videos_moved bigint not null default 0,
  confirmed_by uuid,
  created_at timestamptz not null default now(),
  constraint loyalty_handle_changes_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_handle_changes_merged_creator_id_fkey foreign key (client_id, merged_creator_id)
    references public.loyalty_creators (client_id, id),
  constraint loyalty_handle_changes_handles_check check (old_handle <> new_handle)
);

-- indexes
create index loyalty_handle_aliases_creator_id_idx on public.loyalty_handle_aliases (client_id, creator_id);
create index loyalty_handle_changes_creator_id_idx on public.loyalty_handle_changes (client_id, creator_id, created_at);
create index loyalty_handle_changes_merged_creator_id_idx on public.loyalty_handle_changes (client_id, merged_creator_id)
  where merged_creator_id is not null;

-- functions
create function private.tg_loyalty_handle_aliases__one_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- A key that is both a handle and an alias would send a file's rows to two creators.
  if exists (select 1 from public.loyalty_creators c
              where c.client_id = new.client_id and c.handle_key = new.handle_key and c.id <> new.creator_id
                and c.state = 'active') then
    raise exception using errcode = 'VA001', message = 'Another creator has this handle.', detail = 'handle';
  end if;
  return new;
end $$;

-- triggers
create trigger t25_one_owner before insert or update on public.loyalty_handle_aliases
  for each row execute function private.tg_loyalty_handle_aliases__one_owner();
create trigger t20_immutable before update on public.loyalty_handle_changes
  for each row execute function private.tg__immutable('id', 'client_id', 'creator_id', 'old_handle', 'new_handle', 'created_at');
create trigger t80_audit_insert after insert on public.loyalty_handle_changes
  referencing new table as new_rows for each statement execute function private.tg__audit();

-- rls
alter table public.loyalty_handle_aliases enable row level security;
alter table public.loyalty_handle_aliases force row level security;
alter table public.loyalty_handle_changes enable row level security;
alter table public.loyalty_handle_changes force row level security;
create policy loyalty_handle_aliases_select on public.loyalty_handle_aliases for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]));
create policy loyalty_handle_changes_select on public.loyalty_handle_changes for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]));

-- grants
revoke all on public.loyalty_handle_aliases, public.loyalty_handle_changes from anon, authenticated, service_role;
grant select on public.loyalty_handle_aliases, public.loyalty_handle_changes to authenticated, service_role;
revoke all on function private.tg_loyalty_handle_aliases__one_owner() from public;

-- comments
comment on table public.loyalty_handle_aliases is 'Handles a file may use for a creator besides her own: earlier names, second accounts.';
comment on column public.loyalty_handle_aliases.handle_key is 'Lower-case handle, unique within the business across aliases.';
comment on table public.loyalty_handle_changes is 'Renames and merges a person has confirmed: which handle became which, and how many videos moved.';
comment on column public.loyalty_handle_changes.merged_creator_id is 'The creator row that turned out to be the same person; archived by the merge.';
comment on function private.tg_loyalty_handle_aliases__one_owner() is 'Refuses an alias that is another creator''s handle.';
