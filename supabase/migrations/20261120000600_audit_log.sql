-- What changed on marked tables, by whom. Written by statement triggers, so a bulk update costs one insert.

-- tables
create table public.core_audit_log (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_audit_log_client_id_fkey references public.clients (id) on delete restrict,
  table_name text not null,
  row_key text not null,
  action text not null constraint core_audit_log_action_check check (action in ('insert', 'update', 'delete', 'read', 'export')),
  before jsonb,
  after jsonb,
  actor_user_id uuid,
  impersonator_user_id uuid,
  actor text not null,
  request_id text,
  created_at timestamptz not null default now()
);

-- indexes
create index core_audit_log_client_id_created_at_idx on public.core_audit_log (client_id, created_at desc, id);
create index core_audit_log_client_id_table_name_row_key_idx on public.core_audit_log (client_id, table_name, row_key, created_at desc);

-- functions
create function private.jsonb_changed(p_from jsonb, p_against jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select jsonb_object_agg(e.key, e.value)
          from jsonb_each(p_from) e
          where e.value is distinct from p_against -> e.key and e.key <> 'updated_at');
end $$;

create function private.tg__audit() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_table text := tg_table_name;
  v_keys text[] := case when tg_nargs > 0 then tg_argv::text[] else array['id'] end;
  v_user uuid := auth.uid();
  v_impersonator uuid := nullif(private.claims() ->> 'impersonator', '')::uuid;
  v_actor text := private.actor_label();
  v_request text := private.request_id();
begin
  if tg_op = 'INSERT' then
    insert into public.core_audit_log (client_id, table_name, row_key, action, after, actor_user_id, impersonator_user_id, actor, request_id)
    select coalesce(r.j ->> 'client_id', r.j ->> 'id')::uuid, v_table,
           (select string_agg(r.j ->> k, '|') from unnest(v_keys) k), 'insert', r.j, v_user, v_impersonator, v_actor, v_request
    from (select to_jsonb(n) as j from new_rows n) r;
  elsif tg_op = 'DELETE' then
    insert into public.core_audit_log (client_id, table_name, row_key, action, before, actor_user_id, impersonator_user_id, actor, request_id)
    select coalesce(r.j ->> 'client_id', r.j ->> 'id')::uuid, v_table,
           (select string_agg(r.j ->> k, '|') from unnest(v_keys) k), 'delete', r.j, v_user, v_impersonator, v_actor, v_request
    from (select to_jsonb(o) as j from old_rows o) r;
  else
    insert into public.core_audit_log (client_id, table_name, row_key, action, before, after, actor_user_id, impersonator_user_id, actor, request_id)
    select coalesce(n.j ->> 'client_id', n.j ->> 'id')::uuid, v_table, n.key, 'update',
           private.jsonb_changed(o.j, n.j), private.jsonb_changed(n.j, o.j), v_user, v_impersonator, v_actor, v_request
    from (select to_jsonb(x) as j, (select string_agg(to_jsonb(x) ->> k, '|') from unnest(v_keys) k) as key from new_rows x) n
    join (select to_jsonb(x) as j, (select string_agg(to_jsonb(x) ->> k, '|') from unnest(v_keys) k) as key from old_rows x) o on o.key = n.key
    where n.j - 'updated_at' is distinct from o.j - 'updated_at';
  end if;
  return null;
end $$;

create function private.log_access(p_client uuid, p_table text, p_row_key text, p_action text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.core_audit_log (client_id, table_name, row_key, action, actor_user_id, actor, request_id)
  values (p_client, p_table, p_row_key, p_action, auth.uid(), private.actor_label(), private.request_id());
end $$;

-- triggers
create trigger t80_audit_insert after insert on public.clients referencing new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.clients referencing old table as old_rows new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.client_programs referencing old table as old_rows new table as new_rows
  for each statement execute function private.tg__audit('client_id', 'program');
create trigger t80_audit_insert after insert on public.people referencing new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.people referencing old table as old_rows new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_delete after delete on public.people referencing old table as old_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_insert after insert on public.person_roles referencing new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.person_roles referencing old table as old_rows new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_delete after delete on public.person_roles referencing old table as old_rows
  for each statement execute function private.tg__audit();

-- rls
alter table public.core_audit_log enable row level security;
alter table public.core_audit_log force row level security;
create policy core_audit_log_select on public.core_audit_log for select to authenticated
  using (client_id = any ((select private.clients_with('audit.log.read'))::uuid[]));

-- grants
revoke all on public.core_audit_log from anon, authenticated, service_role;
grant select on public.core_audit_log to authenticated, service_role;

-- comments
comment on table public.core_audit_log is 'Who changed, read or exported what. Append-only: no role may update or delete.';
comment on column public.core_audit_log.row_key is 'Primary key of the row as text; parts joined by |.';
comment on column public.core_audit_log.before is 'Old values of the changed columns, the whole row on delete.';
comment on column public.core_audit_log.after is 'New values of the changed columns, the whole row on insert.';
comment on column public.core_audit_log.impersonator_user_id is 'Who was really acting while viewing as someone else.';
comment on function private.jsonb_changed(jsonb, jsonb) is 'The entries of the first object that differ from the second.';
comment on function private.tg__audit() is 'Statement trigger: writes one audit row a changed row. Arguments: key columns, id by default.';
comment on function private.log_access(uuid, text, text, text) is 'Records a read or an export that must be accounted for.';
