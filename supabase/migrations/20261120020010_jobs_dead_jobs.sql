-- Jobs: Graphile Worker keeps the queue; this file keeps the jobs that spent every attempt, takes back the
-- jobs of workers that died, and sends a dead job round again.
-- Needs the graphile_worker schema (installed by the library itself) only when a function is called.

-- tables
create table public.core_dead_jobs (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_dead_jobs_client_id_fkey references public.clients (id) on delete restrict,
  job_id bigint not null,
  task text not null check (length(task) between 3 and 120),
  payload jsonb not null,
  queue text,
  job_key text,
  attempts integer not null check (attempts >= 0),
  max_attempts integer not null check (max_attempts > 0),
  error text,
  state text not null default 'dead' constraint core_dead_jobs_state_check check (state in ('dead', 'retried')),
  queued_at timestamptz not null,
  died_at timestamptz not null default now(),
  retried_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint core_dead_jobs_client_id_id_key unique (client_id, id),
  constraint core_dead_jobs_job_id_key unique (job_id, queued_at),
  constraint core_dead_jobs_retried_at_check check ((state = 'retried') = (retried_at is not null))
);

-- indexes
create index core_dead_jobs_client_id_died_at_idx on public.core_dead_jobs (client_id, died_at desc, id desc);

-- functions
create function private.worker_lock(p_worker text) returns bigint
language plpgsql immutable set search_path = '' as $$
begin return hashtextextended('portico.worker:' || p_worker, 0); end $$;

create function private.release_dead_workers() returns integer
language plpgsql volatile set search_path = ''
as $$
declare
  v_workers text[];
begin
  -- A living worker holds its advisory lock; twenty seconds let a new one take it.
  select array_agg(w.locked_by) into v_workers
  from (
    select distinct j.locked_by
    from graphile_worker._private_jobs j
    where j.locked_by is not null and j.locked_at < now() - interval '20 seconds'
    offset 0
  ) w
  where pg_try_advisory_xact_lock(private.worker_lock(w.locked_by));

  if v_workers is null then
    return 0;
  end if;
  perform graphile_worker.force_unlock_workers(v_workers);
  return cardinality(v_workers);
end
$$;

create function private.waiting_tasks() returns setof text
language plpgsql stable set search_path = ''
as $$
begin
  return query
    select distinct t.identifier
    from graphile_worker._private_tasks t
    join graphile_worker._private_jobs j on j.task_id = t.id
    where j.attempts < j.max_attempts and j.locked_at is null and j.run_at <= now();
end
$$;

create function private.bury_dead_jobs() returns table (id uuid, client_id uuid, task text, job_id bigint)
language plpgsql volatile set search_path = ''
as $$
#variable_conflict use_column
declare
  v_dead record;
begin
  for v_dead in
    select j.id, t.identifier, c.id as client_id, j.payload, q.queue_name, j.key, j.attempts, j.max_attempts,
      left(j.last_error, 2000) as last_error, j.created_at
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    join public.clients c on c.id::text = j.payload ->> 'clientId'
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.attempts >= j.max_attempts and j.locked_at is null
    order by j.id
    for update of j skip locked
  loop
    id := null;
    insert into public.core_dead_jobs as d
      (client_id, job_id, task, payload, queue, job_key, attempts, max_attempts, error, queued_at)
    values (v_dead.client_id, v_dead.id, v_dead.identifier, v_dead.payload, v_dead.queue_name, v_dead.key,
      v_dead.attempts, v_dead.max_attempts, v_dead.last_error, v_dead.created_at)
    on conflict do nothing
    returning d.id, d.client_id, d.task, d.job_id into id, client_id, task, job_id;

    delete from graphile_worker._private_jobs j where j.id = v_dead.id;

    -- One message a task and day, and none about the messenger itself: its failure is in the log.
    if v_dead.identifier not in ('notifications.deliver', 'email.send') then
      perform private.notify_permitted(v_dead.client_id, 'jobs.job-failed', 'jobs.log.read',
        jsonb_build_object('task', v_dead.identifier), v_dead.identifier || ':' || to_char(now(), 'YYYY-MM-DD'));
    end if;
    if id is not null then
      return next;
    end if;
  end loop;
end
$$;

create function private.retry_dead_job(p_client uuid, p_id uuid) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_job public.core_dead_jobs;
begin
  perform private.require_permission(p_client, 'jobs.log.read');

  select * into v_job from public.core_dead_jobs where client_id = p_client and id = p_id for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'There is no such job.';
  end if;
  if v_job.state <> 'dead' then
    raise exception using errcode = 'ST003', message = 'This job was already sent round again.';
  end if;

  update public.core_dead_jobs set state = 'retried', retried_at = now() where id = v_job.id;
  perform private.add_job(v_job.task, v_job.payload, v_job.job_key, now(), v_job.max_attempts, v_job.queue);
end
$$;

create function public.jobs_retry_job(p_client uuid, p_id uuid) returns void
language plpgsql set search_path = '' as $$
begin perform private.retry_dead_job(p_client, p_id); end $$;

-- triggers
create trigger t10_stamp before update on public.core_dead_jobs
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.core_dead_jobs
  for each row execute function private.tg__immutable('id', 'client_id', 'job_id', 'task', 'payload', 'queue', 'job_key', 'attempts', 'max_attempts', 'error', 'queued_at', 'died_at');
create trigger t30_transition before insert or update on public.core_dead_jobs
  for each row execute function private.tg__guard_transition('core_dead_jobs', 'state');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('core_dead_jobs', null, 'dead', null),
  ('core_dead_jobs', 'dead', 'retried', null);

-- rls
alter table public.core_dead_jobs enable row level security;
alter table public.core_dead_jobs force row level security;

create policy core_dead_jobs_select on public.core_dead_jobs for select to authenticated
  using (client_id = any ((select private.clients_with('jobs.log.read'))::uuid[]));

-- grants
revoke all on public.core_dead_jobs from anon, authenticated, service_role;
grant select on public.core_dead_jobs to authenticated;

grant execute on function private.retry_dead_job(uuid, uuid) to authenticated;
grant execute on function public.jobs_retry_job(uuid, uuid) to authenticated;

-- comments
comment on table public.core_dead_jobs is 'Jobs that spent every attempt, kept so that staff can see and repeat them.';
comment on column public.core_dead_jobs.id is 'Key.';
comment on column public.core_dead_jobs.client_id is 'The business the job worked for.';
comment on column public.core_dead_jobs.job_id is 'Its number in the queue, as written in the log.';
comment on column public.core_dead_jobs.task is 'Name in the job registry.';
comment on column public.core_dead_jobs.payload is 'What it was given: ids only.';
comment on column public.core_dead_jobs.queue is 'Serial queue it ran in, if any.';
comment on column public.core_dead_jobs.job_key is 'Replacement key, if any.';
comment on column public.core_dead_jobs.attempts is 'Attempts made.';
comment on column public.core_dead_jobs.max_attempts is 'Attempts allowed, and given again on retry.';
comment on column public.core_dead_jobs.error is 'Message of the last failure, cut at 2000 characters.';
comment on column public.core_dead_jobs.state is 'dead: waits for a person. retried: queued again.';
comment on column public.core_dead_jobs.queued_at is 'When it was first queued.';
comment on column public.core_dead_jobs.died_at is 'When it was taken out of the queue.';
comment on column public.core_dead_jobs.retried_at is 'When it was queued again.';
comment on column public.core_dead_jobs.updated_at is 'Last change.';
comment on function private.worker_lock(text) is 'Advisory lock key a living worker pool holds.';
comment on function private.release_dead_workers() is 'Frees the jobs locked by worker pools that no longer hold their advisory lock. Returns how many pools were gone.';
comment on function private.waiting_tasks() is 'Names of tasks with a job due now.';
comment on function private.bury_dead_jobs() is 'Moves jobs without attempts left from the queue to core_dead_jobs and tells staff once a task and day.';
comment on function private.retry_dead_job(uuid, uuid) is 'Queues a dead job again. Definer: the queue is closed to people.';
comment on function public.jobs_retry_job(uuid, uuid) is 'Queues a dead job again (permission jobs.log.read).';
