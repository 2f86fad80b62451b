-- Events: one row for each handler an event is delivered to, so a handler that fails is repeated alone.

-- tables
create table public.core_event_deliveries (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_event_deliveries_client_id_fkey references public.clients (id) on delete restrict,
  event_id uuid not null,
  handler text not null check (length(handler) between 3 and 120),
  state text not null default 'pending' constraint core_event_deliveries_state_check check (state in ('pending', 'done')),
  created_at timestamptz not null default now(),
  done_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint core_event_deliveries_event_id_fkey foreign key (client_id, event_id)
    references public.core_events (client_id, id) on delete cascade,
  constraint core_event_deliveries_event_handler_key unique (client_id, event_id, handler),
  constraint core_event_deliveries_done_at_check check ((state = 'done') = (done_at is not null))
);

-- functions
create function private.purge_events() returns integer
language plpgsql set search_path = '' as $$
declare
  v_count integer;
begin
  -- Business by business, because that is how the index goes. Deliveries go with their event.
  delete from public.core_events e using public.clients c
  where e.client_id = c.id and e.created_at < now() - interval '90 days'
    and not exists (select from public.core_event_deliveries d
      where d.client_id = e.client_id and d.event_id = e.id and d.state = 'pending');
  get diagnostics v_count = row_count;
  return v_count;
end $$;

-- triggers
create trigger t10_stamp before update on public.core_event_deliveries
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.core_event_deliveries
  for each row execute function private.tg__immutable('id', 'client_id', 'event_id', 'handler', 'created_at');
create trigger t30_transition before insert or update on public.core_event_deliveries
  for each row execute function private.tg__guard_transition('core_event_deliveries', 'state');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('core_event_deliveries', null, 'pending', null),
  ('core_event_deliveries', 'pending', 'done', null);

-- rls
alter table public.core_event_deliveries enable row level security;
alter table public.core_event_deliveries force row level security;

create policy core_event_deliveries_select on public.core_event_deliveries for select to authenticated
  using (client_id = any ((select private.clients_with('jobs.log.read'))::uuid[]));

-- grants
revoke all on public.core_event_deliveries from anon, authenticated, service_role;
grant select on public.core_event_deliveries to authenticated;

-- comments
comment on table public.core_event_deliveries is 'One row for each handler of an event: proof that it ran, and what still has to run.';
comment on column public.core_event_deliveries.id is 'Key.';
comment on column public.core_event_deliveries.client_id is 'The business the event happened in.';
comment on column public.core_event_deliveries.event_id is 'The event.';
comment on column public.core_event_deliveries.handler is 'Name in the event registry.';
comment on column public.core_event_deliveries.state is 'pending: a job will run or repeat it. done: the handler came back.';
comment on column public.core_event_deliveries.created_at is 'When the event was handed out.';
comment on column public.core_event_deliveries.done_at is 'When the handler came back.';
comment on column public.core_event_deliveries.updated_at is 'Last change.';
comment on function private.purge_events() is 'Drops events older than 90 days that no handler waits for. Called by the upkeep of jobs.';
