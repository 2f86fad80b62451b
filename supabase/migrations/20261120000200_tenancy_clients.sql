-- A client is a business: the tenant. Its programs are data.

-- tables
create table public.clients (
  id uuid primary key default gen_random_uuid(),
  slug text not null constraint clients_slug_key unique
    constraint clients_slug_check check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$' and slug !~ '--'),
  name text not null constraint clients_name_check check (char_length(btrim(name)) between 2 and 80),
  brand_color text not null default '#3b4a5a' constraint clients_brand_color_check check (brand_color ~ '^#[0-9a-f]{6}$'),
  logo_path text constraint clients_logo_path_check check (logo_path ~ '^[0-9a-f-]{36}/brand-logo/[0-9a-f-]{36}$'),
  time_zone text not null default 'America/New_York',
  currency text not null default 'USD' constraint clients_currency_check check (currency ~ '^[A-Z]{3}$'),
  locale text not null default 'en-US' constraint clients_locale_check check (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.client_programs (
  client_id uuid not null constraint client_programs_client_id_fkey references public.clients (id) on delete restrict,
  program text not null
    constraint client_programs_program_check check (program in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')),
  is_enabled boolean not null default true,
  updated_at timestamptz not null default now(),
  constraint client_programs_pkey primary key (client_id, program)
);

create table private.reserved_slugs (
  slug text primary key
);
insert into private.reserved_slugs (slug)
select unnest(array['admin', 'api', 'app', 'auth', 'businesses', 'dev', 'docs', 'forgot', 'help', 'invitation', 'legal', 'locked',
  'login', 'logout', 'me', 'offline', 'portico', 'privacy', 'reset', 'settings', 'sign-in', 'sign-out', 'sign-up', 'static',
  'status', 'support', 'sw', 'terms', 'unlock', 'unsubscribe', 'verify', 'www', '_next']);

-- functions
create function private.tg_clients__refuse_reserved_slug() returns trigger
language plpgsql set search_path = '' as $$
begin
  if exists (select from private.reserved_slugs r where r.slug = new.slug) then
    raise exception using errcode = 'VA001', message = 'This address is kept for Portico itself. Choose another.', detail = 'slug';
  end if;
  return new;
end $$;

create function private.create_client(p_slug text, p_name text, p_programs text[], p_time_zone text, p_currency text, p_brand_color text)
returns uuid
language plpgsql set search_path = '' as $$
declare
  v_id uuid;
begin
  insert into public.clients (slug, name, time_zone, currency, brand_color)
  values (p_slug, p_name, p_time_zone, p_currency, p_brand_color)
  returning id into v_id;
  -- Every program has its row, off where not bought: turning one on later is an update, never a missing row.
  insert into public.client_programs (client_id, program, is_enabled)
  select v_id, k.program, k.program = any (p_programs)
  from unnest(array['loyalty', 'launch', 'care', 'clinic', 'academy', 'portal']) as k (program);
  return v_id;
end $$;

create function private.program_is_on(p_client uuid, p_program text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.client_programs cp
    where cp.client_id = p_client and cp.program = p_program and cp.is_enabled
  );
end $$;

-- triggers
create trigger t10_stamp before update on public.clients for each row execute function private.tg__stamp();
create trigger t10_stamp before update on public.client_programs for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.clients
  for each row execute function private.tg__immutable('id', 'slug', 'currency', 'created_at');
create trigger t20_immutable before update on public.client_programs
  for each row execute function private.tg__immutable('client_id', 'program');
create trigger t25_check_locale before insert or update of time_zone on public.clients
  for each row execute function private.tg__check_locale();
create trigger t25_refuse_reserved_slug before insert on public.clients
  for each row execute function private.tg_clients__refuse_reserved_slug();

-- rls
alter table public.clients enable row level security;
alter table public.clients force row level security;
alter table public.client_programs enable row level security;
alter table public.client_programs force row level security;

-- Helpers named here are made in the people migrations; policies bind when they are made, so those policies live there.

-- grants
revoke all on public.clients, public.client_programs from anon, authenticated, service_role;
grant select on public.clients, public.client_programs to authenticated, service_role;
grant update (name, brand_color, time_zone, locale) on public.clients to authenticated;
grant update (is_enabled) on public.client_programs to authenticated;
grant execute on function private.program_is_on(uuid, text) to authenticated, service_role;

-- comments
comment on table public.clients is 'A business: the tenant. People around it are in people.';
comment on column public.clients.slug is 'The business in a URL. Fixed: links in mails must not break.';
comment on column public.clients.brand_color is 'The one colour a business owns; every accent is derived from it.';
comment on column public.clients.logo_path is 'Path in the files bucket, or null for initials.';
comment on column public.clients.time_zone is 'IANA zone in which the business''s days begin.';
comment on column public.clients.currency is 'ISO 4217. Fixed: amounts are stored in its minor units.';
comment on table public.client_programs is 'Which programs a business has turned on. A program that is off answers as if it did not exist.';
comment on table private.reserved_slugs is 'Slugs that would collide with Portico''s own paths.';
comment on function private.tg_clients__refuse_reserved_slug() is 'Trigger: keeps a business from taking an address of Portico itself.';
comment on function private.create_client(text, text, text[], text, text, text) is 'Makes a business with a row for every program. For provisioning only.';
comment on function private.program_is_on(uuid, text) is 'True when a business has a program turned on.';
