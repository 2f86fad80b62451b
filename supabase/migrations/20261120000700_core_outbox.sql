-- The outbox: what happened is written in the transaction in which it happened, and so is the job that tells others.

-- tables
create table public.core_events (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_events_client_id_fkey references public.clients (id) on delete restrict,
  name text not null constraint core_events_name_check check (name ~ '^[a-z]+\.[a-z-]+$'),
  payload jsonb not null default '{}'::jsonb,
  actor_user_id uuid,
  request_id text,
  created_at timestamptz not null default now(),
  constraint core_events_client_id_id_key unique (client_id, id)
);

-- indexes
create index core_events_client_id_created_at_idx on public.core_events (client_id, created_at desc, id);

-- functions
create function private.add_job(
  p_task text, p_payload jsonb, p_key text default null, p_run_at timestamptz default null,
  p_max_attempts integer default 8, p_queue text default null
) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, queue_name => p_queue, run_at => coalesce(p_run_at, now()),
    max_attempts => p_max_attempts, job_key => p_key);
end $$;

create function private.emit_event(p_client uuid, p_name text, p_payload jsonb) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  insert into public.core_events (client_id, name, payload, actor_user_id, request_id)
  values (p_client, p_name, p_payload, auth.uid(), private.request_id())
  returning id into v_id;
  perform private.add_job('events.dispatch-event', jsonb_build_object('clientId', p_client, 'eventId', v_id), 'event:' || v_id);
  return v_id;
end $$;

-- rls
alter table public.core_events enable row level security;
alter table public.core_events force row level security;
create policy core_events_select on public.core_events for select to authenticated
  using (client_id = any ((select private.clients_with('audit.log.read'))::uuid[]));

-- grants
revoke all on public.core_events from anon, authenticated, service_role;
grant select on public.core_events to authenticated, service_role;

-- comments
comment on table public.core_events is 'What happened, for other rooms to react to. Written in the transaction of the change; payload holds ids, never personal data.';
comment on function private.add_job(text, jsonb, text, timestamptz, integer, text) is
  'Enqueues a job in this transaction: if the change rolls back, so does the job.';
comment on function private.emit_event(uuid, text, jsonb) is 'Writes an event and enqueues its dispatch in this transaction.';
