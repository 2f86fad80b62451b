-- States: legal steps are rows, one trigger enforces them and writes history.

-- tables
create table private.state_transitions (
  entity text not null,
  from_state text,
  to_state text not null,
  permission text constraint state_transitions_permission_fkey references public.permissions (id) on delete restrict,
  constraint state_transitions_entity_from_state_to_state_key unique nulls not distinct (entity, from_state, to_state)
);
create index state_transitions_permission_idx on private.state_transitions (permission);

create table public.core_state_history (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_state_history_client_id_fkey references public.clients (id) on delete restrict,
  entity text not null,
  row_id uuid not null,
  from_state text,
  to_state text not null,
  actor_user_id uuid,
  actor text not null,
  request_id text,
  created_at timestamptz not null default now()
);

-- indexes
create index core_state_history_client_id_entity_row_id_idx on public.core_state_history (client_id, entity, row_id, created_at);

-- functions
create function private.tg__guard_transition() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_entity text := tg_argv[0];
  v_column text := coalesce(tg_argv[1], 'state');
  v_new jsonb;
  v_from text;
  v_to text;
  v_client uuid;
  v_permission text;
begin
  -- Of tables whose rows are born by the thousand only this is asked of each; t31_births does the rest as a set.
  if tg_op = 'INSERT' and tg_argv[2] = 'births_as_a_set' then
    perform 1 from private.state_transitions t where t.entity = v_entity and t.from_state is null and t.to_state = new.state;
    if found then
      return new;
    end if;
  end if;
  v_new := to_jsonb(new);
  v_from := case when tg_op = 'UPDATE' then to_jsonb(old) ->> v_column end;
  v_to := v_new ->> v_column;
  v_client := (v_new ->> 'client_id')::uuid;
  if tg_op = 'UPDATE' and v_from is not distinct from v_to then
    return new;
  end if;
  select t.permission into v_permission
  from private.state_transitions t
  where t.entity = v_entity and t.from_state is not distinct from v_from and t.to_state = v_to;
  if not found then
    raise exception using errcode = 'ST001', detail = v_entity,
      message = case when v_from is null then format('This cannot start as %s.', replace(v_to, '_', ' '))
        else format('This is %s and cannot become %s.', replace(v_from, '_', ' '), replace(v_to, '_', ' ')) end;
  end if;
  if v_permission is not null and auth.uid() is not null then
    perform private.require_permission(v_client, v_permission);
  end if;
  insert into public.core_state_history (client_id, entity, row_id, from_state, to_state, actor_user_id, actor, request_id)
  values (v_client, v_entity, (v_new ->> 'id')::uuid, v_from, v_to, auth.uid(), private.actor_label(), private.request_id());
  return new;
end $$;

create function private.tg__record_births() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_actor text := private.actor_label();
  v_request text := private.request_id();
  v_user uuid := auth.uid();
  v_birth record;
begin
  if v_user is not null then
    for v_birth in
      select distinct b.client_id, t.permission
        from new_rows b
        join private.state_transitions t on t.entity = tg_argv[0] and t.from_state is null and t.to_state = b.state and t.permission is not null
    loop
      perform private.require_permission(v_birth.client_id, v_birth.permission);
    end loop;
  end if;
  insert into public.core_state_history (client_id, entity, row_id, from_state, to_state, actor_user_id, actor, request_id)
  select b.client_id, tg_argv[0], b.id, null, b.state, v_user, v_actor, v_request from new_rows b;
  return null;
end $$;

-- rls
alter table public.core_state_history enable row level security;
alter table public.core_state_history force row level security;
create policy core_state_history_select on public.core_state_history for select to authenticated
  using (client_id = any ((select private.clients_with('audit.log.read'))::uuid[]));

-- grants
revoke all on public.core_state_history from anon, authenticated, service_role;
grant select on public.core_state_history to authenticated, service_role;

-- comments
comment on table private.state_transitions is 'Every legal step of every state machine; from_state null is birth. permission null: the function that takes the step has checked already.';
comment on table public.core_state_history is 'Each step a row took between states: by whom, when, in which request. Append-only.';
comment on function private.tg__guard_transition() is 'Trigger (entity, column): lets only listed steps pass, checks their permission for people, writes history. With births_as_a_set as its third word t31_births asks for the permission of births and writes them.';
comment on function private.tg__record_births() is 'Trigger (entity), once a statement: asks for the permission of births and writes their history, for tables that get thousands at a time. t30_transition has checked that they are listed.';
