-- Loyalty: where a business's nightly file comes from, its secrets apart, and how its columns are named.

-- tables
create table public.loyalty_sync_sources (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_sync_sources_client_id_fkey references public.clients (id) on delete restrict,
  kind text not null default 'upload' constraint loyalty_sync_sources_kind_check check (kind in ('upload', 'https', 'browser')),
  url text constraint loyalty_sync_sources_url_check check (url ~ '^https?://' and char_length(url) <= 2000),
  header_name text constraint loyalty_sync_sources_header_name_check check (header_name ~ '^[A-Za-z0-9-]{1,64}$'),
  recipe jsonb,
  recipe_version integer not null default 1,
  creates_creators boolean not null default true,
  has_secret boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_sync_sources_client_id_key unique (client_id),
  constraint loyalty_sync_sources_client_id_id_key unique (client_id, id),
  constraint loyalty_sync_sources_kind_parts_check check (
    (kind <> 'https' or url is not null) and (kind <> 'browser' or recipe is not null))
);

create table public.loyalty_sync_source_secrets (
  source_id uuid primary key,
  client_id uuid not null,
  header_value text,
  username text,
  password text,
  updated_at timestamptz not null default now(),
  constraint loyalty_sync_source_secrets_source_id_fkey foreign key (client_id, source_id)
    references public.loyalty_sync_sources (client_id, id) on delete cascade,
  constraint loyalty_sync_source_secrets_envelope_check check (
    coalesce(header_value, 'v1:') like 'v_:%' and coalesce(username, 'v1:') like 'v_:%' and coalesce(password, 'v1:') like 'v_:%')
);

create table public.loyalty_import_mappings (
  client_id uuid primary key constraint loyalty_import_mappings_client_id_fkey references public.clients (id) on delete restrict,
  columns jsonb not null default '{}'::jsonb
    constraint loyalty_import_mappings_columns_check check (jsonb_typeof(columns) = 'object' and length(columns::text) <= 4000),
  version integer not null default 1,
  updated_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_import_mappings_updated_by_fkey foreign key (client_id, updated_by)
    references public.people (client_id, id) on delete set null (updated_by)
);

-- indexes
create index loyalty_sync_source_secrets_source_id_idx on public.loyalty_sync_source_secrets (client_id, source_id);
create index loyalty_import_mappings_updated_by_idx on public.loyalty_import_mappings (client_id, updated_by);

-- functions
create function private.loyalty_save_source(
  p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_old public.loyalty_sync_sources;
  v_site constant text := '^https?://[^/?#\\]+';
  v_same_url boolean;
  v_same_pages boolean;
begin
  perform private.require_permission(p_client, 'loyalty.settings.write');
  select * into v_old from public.loyalty_sync_sources s where s.client_id = p_client for update;
  -- A stored secret belongs to the site it was given for. Kept for another one, whoever may change the address could
  -- have it sent to a server of their own and read it there.
  v_same_url := coalesce(substring(v_old.url from v_site) = substring(p_url from v_site), false);
  v_same_pages := coalesce(
    substring(v_old.recipe ->> 'signInUrl' from v_site) = substring(p_recipe ->> 'signInUrl' from v_site)
      and substring(v_old.recipe ->> 'exportUrl' from v_site) is not distinct from substring(p_recipe ->> 'exportUrl' from v_site)
      and v_old.recipe -> 'hosts' is not distinct from p_recipe -> 'hosts',
    false);
  insert into public.loyalty_sync_sources (client_id, kind, url, header_name, recipe, creates_creators)
  values (p_client, p_kind, p_url, p_header_name, p_recipe, p_creates_creators)
  on conflict (client_id) do update
    set kind = excluded.kind, url = excluded.url, header_name = excluded.header_name, recipe = excluded.recipe,
        creates_creators = excluded.creates_creators,
        recipe_version = loyalty_sync_sources.recipe_version
          + (loyalty_sync_sources.recipe is distinct from excluded.recipe)::integer
  returning id into v_id;
  -- A key that is missing keeps what is stored for the same site: secrets are never sent back to a form.
  insert into public.loyalty_sync_source_secrets as s (source_id, client_id, header_value, username, password)
  values (v_id, p_client, p_secrets ->> 'headerValue', p_secrets ->> 'username', p_secrets ->> 'password')
  on conflict (source_id) do update
    set header_value = case when p_secrets ? 'headerValue' then excluded.header_value when v_same_url then s.header_value end,
        username = case when p_secrets ? 'username' then excluded.username when v_same_pages then s.username end,
        password = case when p_secrets ? 'password' then excluded.password when v_same_pages then s.password end,
        updated_at = now();
  update public.loyalty_sync_sources src
     set has_secret = case src.kind when 'https' then s.header_value is not null else s.password is not null end
    from public.loyalty_sync_source_secrets s
   where src.id = v_id and s.source_id = v_id;
  return v_id;
end $$;

create function private.loyalty_ensure_source(p_client uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform private.require_permission(p_client, 'loyalty.settings.write');
  insert into public.loyalty_sync_sources (client_id) values (p_client) on conflict (client_id) do nothing;
  select s.id into v_id from public.loyalty_sync_sources s where s.client_id = p_client;
  return v_id;
end $$;

create function private.loyalty_save_mapping(p_client uuid, p_columns jsonb) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_version integer;
begin
  perform private.require_permission(p_client, 'loyalty.imports.write');
  insert into public.loyalty_import_mappings as m (client_id, columns, updated_by)
  values (p_client, p_columns, private.my_person(p_client))
  on conflict (client_id) do update
    set columns = excluded.columns, updated_by = excluded.updated_by,
        version = m.version + (m.columns is distinct from excluded.columns)::integer
  returning version into v_version;
  return v_version;
end $$;

create function public.loyalty_save_source(
  p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb
) returns uuid
language plpgsql set search_path = '' as $$
begin
  return private.loyalty_save_source(p_client, p_kind, p_url, p_header_name, p_recipe, p_creates_creators, p_secrets);
end $$;

create function public.loyalty_ensure_source(p_client uuid) returns uuid
language plpgsql set search_path = '' as $$
begin return private.loyalty_ensure_source(p_client); end $$;

create function public.loyalty_save_mapping(p_client uuid, p_columns jsonb) returns integer
language plpgsql set search_path = '' as $$
begin return private.loyalty_save_mapping(p_client, p_columns); end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_sync_sources
  for each row execute function private.tg__stamp();
create trigger t10_stamp before update on public.loyalty_sync_source_secrets
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_sync_sources
  for each row execute function private.tg__immutable('id', 'client_id', 'created_at');
create trigger t80_audit_insert after insert on public.loyalty_sync_sources
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_sync_sources
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t10_stamp before update on public.loyalty_import_mappings
  for each row execute function private.tg__stamp();
create trigger t80_audit_update after update on public.loyalty_import_mappings
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit('client_id');

-- rls
alter table public.loyalty_sync_sources enable row level security;
alter table public.loyalty_sync_sources force row level security;
alter table public.loyalty_sync_source_secrets enable row level security;
alter table public.loyalty_sync_source_secrets force row level security;
alter table public.loyalty_import_mappings enable row level security;
alter table public.loyalty_import_mappings force row level security;
create policy loyalty_sync_sources_select on public.loyalty_sync_sources for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));
create policy loyalty_import_mappings_select on public.loyalty_import_mappings for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));

-- grants: secrets have none; jobs read them through their own connection
revoke all on public.loyalty_sync_sources, public.loyalty_sync_source_secrets, public.loyalty_import_mappings
  from anon, authenticated, service_role;
grant select on public.loyalty_sync_sources, public.loyalty_import_mappings to authenticated, service_role;
grant execute on function private.loyalty_save_source(uuid, text, text, text, jsonb, boolean, jsonb),
  private.loyalty_ensure_source(uuid), private.loyalty_save_mapping(uuid, jsonb),
  public.loyalty_save_source(uuid, text, text, text, jsonb, boolean, jsonb),
  public.loyalty_ensure_source(uuid), public.loyalty_save_mapping(uuid, jsonb) to authenticated;

-- comments
comment on table public.loyalty_sync_sources is 'Where the nightly file of a business comes from. One a business.';
comment on column public.loyalty_sync_sources.kind is 'upload: a person brings it. https: downloaded with a secret header. browser: fetched by signing in to a site.';
comment on column public.loyalty_sync_sources.header_name is 'Name of the request header that carries the secret.';
comment on column public.loyalty_sync_sources.recipe is 'For a browser sign-in: the pages and selectors, as data, so that a site''s redesign needs no release.';
comment on column public.loyalty_sync_sources.recipe_version is 'Grows with every change of the recipe; runs say which one they used.';
comment on column public.loyalty_sync_sources.creates_creators is 'Unattended runs add handles nobody has seen as creators in the entry tier.';
comment on column public.loyalty_sync_sources.has_secret is 'Whether a secret is stored, which is all a form is told.';
comment on table public.loyalty_sync_source_secrets is 'Encrypted secrets of a source, written through a function and read by jobs only.';
comment on column public.loyalty_sync_source_secrets.header_value is 'Encrypted envelope of the header''s value.';
comment on table public.loyalty_import_mappings is 'How a business''s export names its columns, where that differs from what we know.';
comment on column public.loyalty_import_mappings.columns is 'Field to header; null says that the file does not have it.';
comment on function private.loyalty_save_source(uuid, text, text, text, jsonb, boolean, jsonb) is 'Stores where files come from and, encrypted by the caller, the secrets. Definer: secrets have no grants.';
comment on function private.loyalty_ensure_source(uuid) is 'The id of the business''s source, made if need be: secrets are encrypted for it before they are stored.';
comment on function private.loyalty_save_mapping(uuid, jsonb) is 'Stores the column mapping and answers its version. Definer: version and author are not client-writable.';
comment on function public.loyalty_save_source(uuid, text, text, text, jsonb, boolean, jsonb) is 'Stores where files come from (loyalty.settings.write).';
comment on function public.loyalty_ensure_source(uuid) is 'The id of the business''s source (loyalty.settings.write).';
comment on function public.loyalty_save_mapping(uuid, jsonb) is 'Stores the column mapping (loyalty.imports.write).';
