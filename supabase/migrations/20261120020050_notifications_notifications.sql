-- Notifications: what a person is told in the app and by mail. SQL only asks for one (private.notify, in the
-- transaction of the change); a job writes it out to each person by the rules of its type.

-- tables
create table private.notification_requests (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint notification_requests_client_id_fkey references public.clients (id) on delete restrict,
  type text not null,
  people uuid[] not null default '{}',
  permission text,
  data jsonb not null default '{}'::jsonb,
  dedupe_key text not null,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  constraint notification_requests_dedupe_key unique (client_id, type, dedupe_key)
);

create table public.core_notifications (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_notifications_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  type text not null constraint core_notifications_type_check check (char_length(type) between 3 and 120),
  dedupe_key text not null,
  data jsonb not null default '{}'::jsonb,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  constraint core_notifications_client_id_id_key unique (client_id, id),
  constraint core_notifications_dedupe_key unique (client_id, person_id, type, dedupe_key),
  constraint core_notifications_person_id_fkey foreign key (client_id, person_id) references public.people (client_id, id) on delete cascade
);

create table public.core_notification_preferences (
  client_id uuid not null constraint core_notification_preferences_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  type text not null constraint core_notification_preferences_type_check check (type ~ '^[a-z-]+\.[a-z-]+$'),
  in_app boolean not null default true,
  email boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint core_notification_preferences_pkey primary key (client_id, person_id, type),
  constraint core_notification_preferences_person_id_fkey foreign key (client_id, person_id)
    references public.people (client_id, id) on delete cascade
);

-- indexes
create index core_notifications_client_id_person_id_created_at_idx on public.core_notifications (client_id, person_id, created_at desc, id desc);
create index core_notifications_unread_idx on public.core_notifications (client_id, person_id) where read_at is null;

-- functions
create function private.request_notification(
  p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  insert into private.notification_requests (client_id, type, people, permission, data, dedupe_key)
  values (p_client, p_type, coalesce(p_people, '{}'), p_permission, coalesce(p_data, '{}'::jsonb), p_dedupe)
  on conflict (client_id, type, dedupe_key) do nothing
  returning id into v_id;
  if v_id is not null then
    perform private.add_job('notifications.deliver', jsonb_build_object('clientId', p_client, 'requestId', v_id), 'notification:' || v_id);
  end if;
end $$;

create function private.notify(p_client uuid, p_type text, p_people uuid[], p_data jsonb, p_dedupe text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.request_notification(p_client, p_type, p_people, null, p_data, p_dedupe);
end $$;

create function private.notify_permitted(p_client uuid, p_type text, p_permission text, p_data jsonb, p_dedupe text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.request_notification(p_client, p_type, null, p_permission, p_data, p_dedupe);
end $$;

create function private.people_permitted(p_client uuid, p_permission text) returns setof uuid
language plpgsql stable set search_path = '' as $$
begin
  return query
    select distinct p.id
    from public.people p
    join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
      and (pr.valid_until is null or pr.valid_until > now())
    join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
    where p.client_id = p_client and p.state = 'active';
end $$;

create function private.unread_notifications(p_client uuid) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
  -- The bell says 99+ from a hundred on: counting further would be work nobody sees.
  return (select count(*)::integer from (
    select from public.core_notifications n
    where n.client_id = p_client and n.person_id = private.my_person(p_client) and n.read_at is null
    limit 100) as unread);
end $$;

create function private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamptz) returns integer
language plpgsql set search_path = '' as $$
declare
  v_count integer;
begin
  update public.core_notifications n set read_at = now()
  where n.client_id = p_client and n.person_id = any ((select private.my_people())::uuid[]) and n.read_at is null
    and (p_ids is null or n.id = any (p_ids)) and (p_until is null or n.created_at <= p_until);
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function private.save_notification_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean) returns void
language plpgsql set search_path = '' as $$
begin
  insert into public.core_notification_preferences (client_id, person_id, type, in_app, email)
  values (p_client, private.my_person(p_client), p_type, p_in_app, p_email)
  on conflict (client_id, person_id, type) do update set in_app = excluded.in_app, email = excluded.email;
end $$;

create function private.unsubscribe(p_client uuid, p_person uuid, p_type text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.core_notification_preferences (client_id, person_id, type, email)
  select p.client_id, p.id, p_type, false from public.people p where p.client_id = p_client and p.id = p_person
  on conflict (client_id, person_id, type) do update set email = false;
end $$;

create function public.notifications_mark_read(p_client uuid, p_ids uuid[] default null, p_until timestamptz default null) returns integer
language plpgsql set search_path = '' as $$
begin return private.mark_notifications_read(p_client, p_ids, p_until); end $$;

create function public.notifications_save_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean) returns void
language plpgsql set search_path = '' as $$
begin perform private.save_notification_preference(p_client, p_type, p_in_app, p_email); end $$;

create function public.notifications_unsubscribe(p_client uuid, p_person uuid, p_type text) returns void
language plpgsql set search_path = '' as $$
begin perform private.unsubscribe(p_client, p_person, p_type); end $$;

-- triggers
create trigger t10_stamp before update on public.core_notification_preferences for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.core_notifications
  for each row execute function private.tg__immutable('id', 'client_id', 'person_id', 'type', 'dedupe_key', 'data', 'created_at');
create trigger t20_immutable before update on public.core_notification_preferences
  for each row execute function private.tg__immutable('client_id', 'person_id', 'type', 'created_at');

-- rls
alter table public.core_notifications enable row level security;
alter table public.core_notifications force row level security;
alter table public.core_notification_preferences enable row level security;
alter table public.core_notification_preferences force row level security;
create policy core_notifications_select on public.core_notifications for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]));
create policy core_notifications_update on public.core_notifications for update to authenticated
  using (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]))
  with check (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]));
create policy core_notification_preferences_select on public.core_notification_preferences for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]));
create policy core_notification_preferences_insert on public.core_notification_preferences for insert to authenticated
  with check (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]));
create policy core_notification_preferences_update on public.core_notification_preferences for update to authenticated
  using (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]))
  with check (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]));

-- grants
revoke all on public.core_notifications, public.core_notification_preferences from anon, authenticated, service_role;
grant select on public.core_notifications, public.core_notification_preferences to authenticated;
grant update (read_at) on public.core_notifications to authenticated;
grant insert (client_id, person_id, type, in_app, email) on public.core_notification_preferences to authenticated;
grant update (in_app, email) on public.core_notification_preferences to authenticated;
grant execute on function private.mark_notifications_read(uuid, uuid[], timestamptz),
  public.notifications_mark_read(uuid, uuid[], timestamptz), private.save_notification_preference(uuid, text, boolean, boolean),
  public.notifications_save_preference(uuid, text, boolean, boolean) to authenticated;
grant execute on function private.unsubscribe(uuid, uuid, text), public.notifications_unsubscribe(uuid, uuid, text) to service_role;

-- comments
comment on table private.notification_requests is 'Something to tell people, asked for in the transaction of the change. One a type and key.';
comment on table public.core_notifications is 'What a person is told in the app. The words come from the type, in the reader''s language, when it is read.';
comment on column public.core_notifications.type is 'Which file in the notification registry it is.';
comment on column public.core_notifications.dedupe_key is 'Told once a person, type and key.';
comment on column public.core_notifications.data is 'What the type''s words need.';
comment on column public.core_notifications.read_at is 'When the person marked it read.';
comment on table public.core_notification_preferences is 'How a person wants to be told, one row a type that differs from the default (both). Essential types ignore it.';
comment on column public.core_notification_preferences.in_app is 'In the bell''s list.';
comment on column public.core_notification_preferences.email is 'By mail.';
comment on function private.request_notification(uuid, text, uuid[], text, jsonb, text) is 'Asks for a notification to people or to all who hold a permission, once a type and key. Definer: called inside other rooms'' functions.';
comment on function private.notify(uuid, text, uuid[], jsonb, text) is 'Tells named people something, in this transaction. Definer: called inside other rooms'' functions.';
comment on function private.notify_permitted(uuid, text, text, jsonb, text) is 'Tells everyone who holds a permission, in this transaction. Definer: called inside other rooms'' functions.';
comment on function private.people_permitted(uuid, text) is 'Active people of a business who hold a permission now.';
comment on function private.unread_notifications(uuid) is 'The caller''s unread notifications in a business, 100 at most. Definer: part of the request context.';
comment on function private.mark_notifications_read(uuid, uuid[], timestamptz) is 'See public.notifications_mark_read.';
comment on function private.save_notification_preference(uuid, text, boolean, boolean) is 'See public.notifications_save_preference.';
comment on function public.notifications_mark_read(uuid, uuid[], timestamptz) is 'Marks the caller''s notifications read: the named ones, or all up to a moment. Returns how many changed.';
comment on function public.notifications_save_preference(uuid, text, boolean, boolean) is 'How the caller wants to be told about a type.';
comment on function private.unsubscribe(uuid, uuid, text) is 'Turns the mails of one type off for a person. Definer: the unsubscribe link has no session.';
comment on function public.notifications_unsubscribe(uuid, uuid, text) is 'Turns the mails of one type off for a person. Service role only; the link''s token was checked.';
