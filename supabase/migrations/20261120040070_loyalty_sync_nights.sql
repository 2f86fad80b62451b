-- Loyalty: nights. Which are due, what of each is done, and how old the figures are.

-- tables
create table public.loyalty_sync_stages (
  client_id uuid not null constraint loyalty_sync_stages_client_id_fkey references public.clients (id) on delete restrict,
  business_date date not null,
  stage text not null constraint loyalty_sync_stages_stage_check check (
    stage in ('ingest', 'snapshots', 'missions', 'totals', 'tiers', 'checkpoints', 'rewards', 'boosts', 'raffles', 'notify')),
  outcome text constraint loyalty_sync_stages_outcome_check check (outcome in ('done', 'skipped', 'covered', 'held', 'failed')),
  run_id uuid,
  attempts integer not null default 0,
  detail jsonb not null default '{}'::jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint loyalty_sync_stages_pkey primary key (client_id, business_date, stage),
  constraint loyalty_sync_stages_run_id_fkey foreign key (client_id, run_id) references public.loyalty_sync_runs (client_id, id),
  constraint loyalty_sync_stages_outcome_finished_check check ((outcome is null) = (finished_at is null))
);

-- indexes
create index loyalty_sync_stages_run_id_idx on public.loyalty_sync_stages (client_id, run_id);
create unique index loyalty_sync_runs_one_a_night_key on public.loyalty_sync_runs (client_id, business_date)
  where is_unattended and state not in ('cancelled', 'undone', 'skipped');

-- functions
create function private.loyalty_last_due_night(p_client uuid, p_now timestamptz) returns date
language plpgsql stable set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_today date;
begin
  select * into v_settings from public.loyalty_settings s where s.client_id = p_client;
  v_today := private.local_date(p_now, v_settings.sync_time_zone);
  -- Asked of the wall clock, so the nights on which clocks change are neither missed nor counted twice.
  if private.local_instant(v_today, v_settings.sync_time, v_settings.sync_time_zone) <= p_now then
    return v_today;
  end if;
  return v_today - 1;
end $$;

-- Nights that are due and not finished, oldest first; at most a week is caught up.
create function private.loyalty_due_nights(p_now timestamptz) returns table (client_id uuid, business_date date)
language plpgsql stable set search_path = '' as $$
begin
  return query
    select s.client_id, n.night::date
      from public.loyalty_settings s
      join public.client_programs cp on cp.client_id = s.client_id and cp.program = 'loyalty' and cp.is_enabled
     cross join lateral (select private.loyalty_last_due_night(s.client_id, p_now) as latest) l
     cross join lateral (
       select max(g.business_date) as finished from public.loyalty_sync_stages g
        where g.client_id = s.client_id and g.stage = 'notify' and g.finished_at is not null) f
     cross join lateral generate_series(
       -- A business that has never had a night starts with the latest one.
       greatest(coalesce(f.finished + 1, l.latest), l.latest - 6), l.latest, interval '1 day') as n (night)
     order by s.client_id, n.night;
end $$;

-- Called by every tick. The ledger row is the claim: of two ticks at once one inserts it.
create function private.loyalty_start_due_nights(p_now timestamptz default now()) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_night record;
  v_due integer := 0;
  v_started integer := 0;
  v_is_new boolean;
begin
  for v_night in select d.client_id, d.business_date from private.loyalty_due_nights(p_now) d loop
    v_due := v_due + 1;
    insert into public.loyalty_sync_stages (client_id, business_date, stage)
    values (v_night.client_id, v_night.business_date, 'ingest')
    on conflict do nothing;
    v_is_new := found;
    v_started := v_started + v_is_new::integer;
    -- A night whose worker died is queued again; the key keeps one job a night.
    if v_is_new or not exists (select from graphile_worker.jobs j
                                where j.key = 'loyalty-night:' || v_night.client_id || ':' || v_night.business_date) then
      perform private.add_job('loyalty.run-night',
        jsonb_build_object('clientId', v_night.client_id, 'businessDate', v_night.business_date),
        'loyalty-night:' || v_night.client_id || ':' || v_night.business_date, null, 6, 'loyalty:' || v_night.client_id);
    end if;
  end loop;
  return jsonb_build_object('due', v_due, 'started', v_started);
end $$;

-- The run of a night, made once however many jobs ask.
create function private.loyalty_night_run(p_client uuid, p_date date) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_source public.loyalty_sync_sources;
  v_id uuid;
begin
  select * into v_source from public.loyalty_sync_sources s where s.client_id = p_client and s.kind <> 'upload';
  if not found then
    return null;
  end if;
  select r.id into v_id from public.loyalty_sync_runs r
   where r.client_id = p_client and r.business_date = p_date and r.is_unattended and r.state <> 'undone'
   order by r.created_at desc limit 1;
  if v_id is null then
    insert into public.loyalty_sync_runs (client_id, source, is_unattended, business_date, file_name, creates_creators, recipe_version)
    values (p_client, v_source.kind, true, p_date, 'nightly-' || p_date || '.csv', v_source.creates_creators,
      case when v_source.kind = 'browser' then v_source.recipe_version end)
    on conflict do nothing
    returning id into v_id;
  end if;
  update public.loyalty_sync_stages g set run_id = v_id
   where g.client_id = p_client and g.business_date = p_date and g.stage = 'ingest' and g.run_id is distinct from v_id;
  return v_id;
end $$;

create function private.loyalty_finish_stage(p_client uuid, p_date date, p_stage text, p_outcome text, p_detail jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  insert into public.loyalty_sync_stages as g (client_id, business_date, stage, outcome, detail, attempts, finished_at)
  values (p_client, p_date, p_stage, p_outcome, coalesce(p_detail, '{}'::jsonb), 1, clock_timestamp())
  on conflict (client_id, business_date, stage) do update
    set outcome = excluded.outcome, detail = g.detail || excluded.detail, finished_at = excluded.finished_at,
        attempts = g.attempts + 1
    where g.finished_at is null;
end $$;

create function private.loyalty_data_state(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_last record;
  v_hours integer;
begin
  if not (p_client = any (private.my_clients('loyalty'))) then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select s.stale_after_hours into v_hours from public.loyalty_settings s where s.client_id = p_client;
  select coalesce(r.saved_at, n.figures_at) as saved_at, coalesce(r.business_date, n.last_business_date) as business_date,
         n.last_business_date as last_night into v_last
    from public.loyalty_nights n
    left join lateral (select l.saved_at, l.business_date from public.loyalty_sync_runs l
                        where l.client_id = p_client and l.state = 'saved' order by l.saved_at desc limit 1) r on true
   where n.client_id = p_client;
  return jsonb_build_object(
    'updatedAt', to_char(v_last.saved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'businessDate', v_last.business_date,
    'lastNight', v_last.last_night, 'staleAfterHours', v_hours,
    'isStale', v_last.saved_at is null or v_last.saved_at < now() - make_interval(hours => v_hours));
end $$;

create function public.loyalty_read_data_state(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.loyalty_data_state(p_client); end $$;

-- rls
alter table public.loyalty_sync_stages enable row level security;
alter table public.loyalty_sync_stages force row level security;
create policy loyalty_sync_stages_select on public.loyalty_sync_stages for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));

-- grants
revoke all on public.loyalty_sync_stages from anon, authenticated, service_role;
grant select on public.loyalty_sync_stages to authenticated, service_role;
grant execute on function private.loyalty_data_state(uuid), public.loyalty_read_data_state(uuid) to authenticated;

-- comments
comment on table public.loyalty_sync_stages is 'The ledger of nights: each stage of each night once. What is finished is never done again.';
comment on column public.loyalty_sync_stages.outcome is 'done, skipped (nothing to do), covered (a later night brought the file), held (a guard waits for a person), failed; null while open.';
comment on column public.loyalty_sync_stages.attempts is 'How often the stage was begun.';
comment on column public.loyalty_sync_stages.detail is 'Figures and causes for the run''s page.';
comment on function private.loyalty_last_due_night(uuid, timestamptz) is 'The latest night whose wall-clock time has come.';
comment on function private.loyalty_due_nights(timestamptz) is 'Nights to work on, missed ones included.';
comment on function private.loyalty_start_due_nights(timestamptz) is 'Claims due nights and queues them, once each.';
comment on function private.loyalty_night_run(uuid, date) is 'The run that brings a night''s file; null when people bring it by hand.';
comment on function private.loyalty_finish_stage(uuid, date, text, text, jsonb) is 'Closes a stage of a night once.';
comment on function private.loyalty_data_state(uuid) is 'When the figures were last brought up to date and whether that is too long ago. Definer: creators may not read runs.';
comment on function public.loyalty_read_data_state(uuid) is 'How old the figures are, for every screen that shows them.';
