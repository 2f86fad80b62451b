-- Loyalty: tags the business puts on creators, to aim missions and rewards at a group.

-- tables
create table public.loyalty_creator_tags (
  client_id uuid not null,
  creator_id uuid not null,
  tag text not null,
  created_at timestamptz not null default now(),
  constraint loyalty_creator_tags_pkey primary key (client_id, creator_id, tag),
  constraint loyalty_creator_tags_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_creator_tags_client_id_fkey foreign key (client_id) references public.clients (id),
  constraint loyalty_creator_tags_tag_check check (tag ~ '^[a-z0-9][a-z0-9-]{0,29}$')
);

-- indexes
create index loyalty_creator_tags_tag_idx on public.loyalty_creator_tags (client_id, tag, creator_id);

-- rls
alter table public.loyalty_creator_tags enable row level security;
alter table public.loyalty_creator_tags force row level security;
create policy loyalty_creator_tags_select on public.loyalty_creator_tags for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]));

-- grants: written by one listed function, since a tag starts missions and opens rewards
revoke all on public.loyalty_creator_tags from anon, authenticated, service_role;
grant select on public.loyalty_creator_tags to authenticated, service_role;

-- comments
comment on table public.loyalty_creator_tags is 'Groups a business sorts its creators into. Creators do not see their tags.';
comment on column public.loyalty_creator_tags.tag is 'Lower case, letters, numbers and hyphens.';
