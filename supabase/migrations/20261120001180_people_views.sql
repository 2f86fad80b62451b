-- Looking as a person: a member of staff sees the app of one of the business's members, read-only, for minutes.

-- tables
create table public.people_views (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint people_views_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  viewer_user_id uuid not null constraint people_views_viewer_user_id_fkey references auth.users (id) on delete cascade,
  reason text not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint people_views_client_id_id_key unique (client_id, id),
  constraint people_views_person_id_fkey foreign key (client_id, person_id) references public.people (client_id, id) on delete cascade,
  constraint people_views_reason_check check (char_length(btrim(reason)) between 3 and 200),
  constraint people_views_span_check check (expires_at > started_at and expires_at <= started_at + interval '1 hour')
);

-- indexes
create unique index people_views_open_key on public.people_views (client_id, viewer_user_id) where ended_at is null;
create index people_views_person_id_idx on public.people_views (client_id, person_id, started_at);
create index people_views_viewer_user_id_idx on public.people_views (viewer_user_id);

-- functions
create function private.people_start_view(p_client uuid, p_person uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_view public.people_views;
begin
  perform private.require_permission(p_client, 'people.people.impersonate');
  if not exists (select from public.people p where p.client_id = p_client and p.id = p_person and p.state = 'active') then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  -- Nobody gains by it: whoever works for the business is never looked as.
  if p_person = private.my_person(p_client) or exists (
    select from public.person_roles pr join public.roles r on r.id = pr.role_id and r.is_staff
     where pr.client_id = p_client and pr.person_id = p_person and (pr.valid_until is null or pr.valid_until > now())) then
    raise exception using errcode = 'VA001', message = 'You can look as a member only, not as someone who works here.', detail = 'personId';
  end if;
  update public.people_views v set ended_at = now()
   where v.client_id = p_client and v.viewer_user_id = auth.uid() and v.ended_at is null;
  insert into public.people_views (client_id, person_id, viewer_user_id, reason, expires_at)
  values (p_client, p_person, auth.uid(), btrim(p_reason), now() + interval '15 minutes')
  returning * into v_view;
  return jsonb_build_object('id', v_view.id, 'expiresAt', v_view.expires_at);
end $$;

create function private.people_end_view(p_client uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.uid() is null then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  if private.my_person(p_client) is null then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  update public.people_views v set ended_at = now()
   where v.client_id = p_client and v.viewer_user_id = auth.uid() and v.ended_at is null;
end $$;

create function public.people_start_view(p_client uuid, p_person uuid, p_reason text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.people_start_view(p_client, p_person, p_reason); end $$;
create function public.people_end_view(p_client uuid) returns void
language plpgsql set search_path = '' as $$ begin perform private.people_end_view(p_client); end $$;

-- triggers
create trigger t20_immutable before update on public.people_views
  for each row execute function private.tg__immutable('id', 'client_id', 'person_id', 'viewer_user_id', 'reason', 'started_at', 'expires_at');
create trigger t80_audit_insert after insert on public.people_views
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.people_views
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- rls
alter table public.people_views enable row level security;
alter table public.people_views force row level security;
create policy people_views_select on public.people_views for select to authenticated
  using (client_id = any ((select private.clients_with('audit.log.read'))::uuid[]));

-- grants: written by listed functions only
revoke all on public.people_views from anon, authenticated, service_role;
grant select on public.people_views to authenticated, service_role;
grant execute on function private.people_start_view(uuid, uuid, text), public.people_start_view(uuid, uuid, text),
  private.people_end_view(uuid), public.people_end_view(uuid) to authenticated;

-- comments
comment on table public.people_views is 'Who of the staff looked at the app as which member, when and why. While it lasts, requests that carry its id see what the member sees and cannot write.';
comment on column public.people_views.expires_at is 'A quarter of an hour after the start; it cannot be lengthened, only begun again.';
comment on function private.people_start_view(uuid, uuid, text) is 'Begins to look as a member; an open view of the caller in this business ends.';
comment on function private.people_end_view(uuid) is 'Ends the caller''s open view in a business.';
comment on function public.people_start_view(uuid, uuid, text) is 'Begins to look as a member, read-only, for a quarter of an hour. Answers with the id to send as x-view-as.';
comment on function public.people_end_view(uuid) is 'Ends the caller''s open view in a business.';
