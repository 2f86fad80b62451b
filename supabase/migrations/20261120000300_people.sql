-- People a business knows, their roles, and what a role permits. The access helpers every policy calls are here.

-- tables
create table public.roles (
  id text primary key constraint roles_id_check check (id ~ '^[a-z]+$'),
  is_staff boolean not null
);

create table public.permissions (
  id text primary key constraint permissions_id_check check (id ~ '^[a-z]+\.[a-z-]+\.[a-z-]+$'),
  description text not null
);

create table public.role_permissions (
  role_id text not null constraint role_permissions_role_id_fkey references public.roles (id) on delete cascade,
  permission_id text not null constraint role_permissions_permission_id_fkey references public.permissions (id) on delete cascade,
  constraint role_permissions_pkey primary key (role_id, permission_id)
);

create table public.people (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint people_client_id_fkey references public.clients (id) on delete restrict,
  user_id uuid constraint people_user_id_fkey references auth.users (id) on delete set null,
  display_name text not null constraint people_display_name_check check (char_length(btrim(display_name)) between 1 and 120),
  email text constraint people_email_check check (email = lower(btrim(email)) and email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and char_length(email) <= 254),
  phone text constraint people_phone_check check (char_length(phone) between 5 and 32),
  time_zone text,
  locale text constraint people_locale_check check (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  state text not null default 'active' constraint people_state_check check (state in ('active', 'deactivated')),
  deactivated_at timestamptz,
  claimed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint people_client_id_id_key unique (client_id, id),
  constraint people_client_id_user_id_key unique (client_id, user_id),
  constraint people_deactivated_check check ((state = 'deactivated') = (deactivated_at is not null)),
  constraint people_claimed_check check (user_id is null or claimed_at is not null)
);

create table public.person_roles (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint person_roles_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  role_id text not null constraint person_roles_role_id_fkey references public.roles (id) on delete restrict,
  valid_until timestamptz,
  granted_by uuid,
  created_at timestamptz not null default now(),
  constraint person_roles_person_fkey foreign key (client_id, person_id) references public.people (client_id, id) on delete cascade,
  constraint person_roles_client_id_person_id_role_id_key unique (client_id, person_id, role_id)
);

-- indexes
create index people_user_id_idx on public.people (user_id) where user_id is not null;
create unique index people_client_id_email_key on public.people (client_id, email) where email is not null and state = 'active';
create index people_email_unclaimed_idx on public.people (email) where user_id is null and email is not null;
create index people_client_id_display_name_idx on public.people (client_id, display_name, id);
create index people_client_id_created_at_idx on public.people (client_id, created_at desc, id);
create index person_roles_role_id_idx on public.person_roles (role_id);
create index role_permissions_permission_id_idx on public.role_permissions (permission_id);

-- triggers
create trigger t10_stamp before update on public.people for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.people
  for each row execute function private.tg__immutable('id', 'client_id', 'created_at');
create trigger t20_immutable before update on public.person_roles
  for each row execute function private.tg__immutable('id', 'client_id', 'person_id', 'role_id', 'created_at');
create trigger t25_check_locale before insert or update of time_zone on public.people
  for each row execute function private.tg__check_locale();

-- comments
comment on table public.roles is 'What a person can be to a business. Code and policies name permissions, never roles.';
comment on column public.roles.is_staff is 'Staff work in the admin; members use the app.';
comment on table public.permissions is 'Everything that can be allowed, as room.noun.verb.';
comment on table public.role_permissions is 'What each role permits, the same in every business.';
comment on table public.people is 'Anyone a business knows, with or without a login.';
comment on column public.people.user_id is 'The login this person claimed; null until then.';
comment on column public.people.email is 'Where the business reaches this person. Lower case. A verified login with it may claim the row.';
comment on column public.people.state is 'A deactivated person loses all access on the next request.';
comment on table public.person_roles is 'Roles a person holds in one business, optionally until a moment.';
comment on column public.person_roles.granted_by is 'Login that gave the role; null for the system.';
