-- Loyalty: runs. One file, from its arrival to its effect on figures, with the outcome of every row that had one.

-- tables
create table public.loyalty_sync_runs (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_sync_runs_client_id_fkey references public.clients (id) on delete restrict,
  source text not null constraint loyalty_sync_runs_source_check check (source in ('upload', 'https', 'browser', 'cli')),
  is_unattended boolean not null default false,
  state text not null default 'queued' constraint loyalty_sync_runs_state_check check (state in (
    'queued', 'reading', 'checked', 'needs_confirmation', 'saving', 'counting', 'saved', 'undoing', 'undone',
    'skipped', 'cancelled', 'failed')),
  business_date date not null,
  file_id uuid,
  file_name text not null constraint loyalty_sync_runs_file_name_check check (char_length(file_name) between 1 and 200),
  file_bytes bigint,
  sha256 text constraint loyalty_sync_runs_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
  is_repeat boolean not null default false,
  repeats_run_id uuid,
  creates_creators boolean not null default true,
  reading jsonb,
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_unmatched bigint not null default 0,
  rows_rejected bigint not null default 0,
  rows_duplicate bigint not null default 0,
  rows_blank bigint not null default 0,
  rows_to_add bigint not null default 0,
  creators_to_add bigint not null default 0,
  creators_added bigint not null default 0,
  sales_before bigint not null default 0,
  sales_after bigint not null default 0,
  units_before bigint not null default 0,
  units_after bigint not null default 0,
  views_before bigint not null default 0,
  views_after bigint not null default 0,
  file_sales bigint not null default 0,
  notes jsonb not null default '[]'::jsonb,
  checks jsonb not null default '[]'::jsonb,
  tier_changes jsonb,
  mapping_version integer,
  recipe_version integer,
  error_code text,
  error_message text,
  error_details jsonb,
  created_by uuid,
  saved_by uuid,
  undone_by uuid,
  started_at timestamptz,
  checked_at timestamptz,
  applied_at timestamptz,
  saved_at timestamptz,
  undone_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_sync_runs_client_id_id_key unique (client_id, id),
  constraint loyalty_sync_runs_file_id_fkey foreign key (client_id, file_id) references public.core_files (client_id, id),
  constraint loyalty_sync_runs_repeats_run_id_fkey foreign key (client_id, repeats_run_id)
    references public.loyalty_sync_runs (client_id, id),
  constraint loyalty_sync_runs_created_by_fkey foreign key (client_id, created_by)
    references public.people (client_id, id) on delete set null (created_by),
  constraint loyalty_sync_runs_saved_by_fkey foreign key (client_id, saved_by)
    references public.people (client_id, id) on delete set null (saved_by),
  constraint loyalty_sync_runs_undone_by_fkey foreign key (client_id, undone_by)
    references public.people (client_id, id) on delete set null (undone_by),
  constraint loyalty_sync_runs_applied_at_check check (state not in ('counting', 'saved', 'undoing', 'undone') or applied_at is not null),
  constraint loyalty_sync_runs_saved_at_check check (state not in ('saved', 'undoing', 'undone') or saved_at is not null),
  constraint loyalty_sync_runs_undone_at_check check ((state = 'undone') = (undone_at is not null)),
  constraint loyalty_sync_runs_error_check check ((state = 'failed') = (error_code is not null)),
  constraint loyalty_sync_runs_finished_at_check check (
    (state in ('saved', 'undone', 'skipped', 'cancelled', 'failed')) = (finished_at is not null))
);

create table public.loyalty_sync_run_rows (
  client_id uuid not null,
  run_id uuid not null,
  line bigint not null,
  has_snapshot boolean not null default false,
  outcome text not null,
  creator_id uuid,
  video_id uuid,
  video_at tid,
  ctr_bp integer,
  ctr_bp_before integer,
  views bigint,
  likes bigint,
  comments bigint,
  gmv bigint,
  units bigint,
  views_before bigint,
  likes_before bigint,
  comments_before bigint,
  gmv_before bigint,
  units_before bigint,
  figures_before timestamptz,
  run_before uuid,
  snapshot_run_before uuid,
  snapshot_on_before date,
  posted_on date,
  posted_on_before date,
  reason text,
  column_name text,
  raw_value text,
  handle text,
  url text,
  url_before text,
  url_key text,
  title text,
  title_before text,
  constraint loyalty_sync_run_rows_pkey primary key (client_id, run_id, line),
  constraint loyalty_sync_run_rows_outcome_check check (outcome in ('new', 'changed', 'unmatched', 'rejected', 'duplicate'))
);

create table public.loyalty_sync_run_creators (
  client_id uuid not null,
  run_id uuid not null,
  creator_id uuid not null,
  is_revived boolean not null default false,
  archived_at timestamptz,
  constraint loyalty_sync_run_creators_pkey primary key (client_id, run_id, creator_id),
  constraint loyalty_sync_run_creators_run_id_fkey foreign key (client_id, run_id)
    references public.loyalty_sync_runs (client_id, id) on delete cascade,
  constraint loyalty_sync_run_creators_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade
);

-- indexes
create unique index loyalty_sync_runs_client_id_sha256_key on public.loyalty_sync_runs (client_id, sha256)
  where state in ('counting', 'saved', 'undoing') and not is_repeat;
create unique index loyalty_sync_runs_one_at_a_time_key on public.loyalty_sync_runs (client_id)
  where state in ('saving', 'counting', 'undoing');
create index loyalty_sync_runs_client_id_created_at_idx on public.loyalty_sync_runs (client_id, created_at, id);
create index loyalty_sync_runs_client_id_saved_at_idx on public.loyalty_sync_runs (client_id, saved_at) where state = 'saved';
create index loyalty_sync_runs_client_id_business_date_idx on public.loyalty_sync_runs (client_id, business_date);
create index loyalty_sync_runs_file_id_idx on public.loyalty_sync_runs (client_id, file_id);
create index loyalty_sync_runs_repeats_run_id_idx on public.loyalty_sync_runs (client_id, repeats_run_id);
create index loyalty_sync_runs_created_by_idx on public.loyalty_sync_runs (client_id, created_by);
create index loyalty_sync_runs_saved_by_idx on public.loyalty_sync_runs (client_id, saved_by);
create index loyalty_sync_runs_undone_by_idx on public.loyalty_sync_runs (client_id, undone_by);
-- Rows are written in the order of their lines, so the key grows at its end; the few that were set aside are found apart.
create index loyalty_sync_run_rows_set_aside_idx on public.loyalty_sync_run_rows (client_id, run_id, outcome, line)
  where outcome in ('unmatched', 'rejected', 'duplicate');
create index loyalty_sync_run_creators_creator_id_idx on public.loyalty_sync_run_creators (client_id, creator_id);

-- triggers
create trigger t10_stamp before update on public.loyalty_sync_runs
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_sync_runs
  for each row execute function private.tg__immutable('id', 'client_id', 'source', 'created_at');
create trigger t30_transition before insert or update of state on public.loyalty_sync_runs
  for each row execute function private.tg__guard_transition('loyalty_sync_runs', 'state');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_sync_runs', null, 'queued', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'queued', 'reading', null),
  ('loyalty_sync_runs', 'queued', 'cancelled', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'queued', 'failed', null),
  ('loyalty_sync_runs', 'reading', 'checked', null),
  ('loyalty_sync_runs', 'reading', 'needs_confirmation', null),
  ('loyalty_sync_runs', 'reading', 'saving', null),
  ('loyalty_sync_runs', 'reading', 'skipped', null),
  ('loyalty_sync_runs', 'reading', 'cancelled', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'reading', 'failed', null),
  ('loyalty_sync_runs', 'checked', 'saving', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'checked', 'queued', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'checked', 'cancelled', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'needs_confirmation', 'saving', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'needs_confirmation', 'queued', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'needs_confirmation', 'cancelled', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'saving', 'counting', null),
  ('loyalty_sync_runs', 'saving', 'queued', null),
  ('loyalty_sync_runs', 'saving', 'skipped', null),
  ('loyalty_sync_runs', 'saving', 'failed', null),
  ('loyalty_sync_runs', 'counting', 'saved', null),
  ('loyalty_sync_runs', 'saved', 'undoing', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'undoing', 'undone', null),
  ('loyalty_sync_runs', 'undoing', 'saved', null),
  ('loyalty_sync_runs', 'skipped', 'queued', 'loyalty.imports.write'),
  ('loyalty_sync_runs', 'failed', 'queued', 'loyalty.imports.write');

-- rls
alter table public.loyalty_sync_runs enable row level security;
alter table public.loyalty_sync_runs force row level security;
alter table public.loyalty_sync_run_rows enable row level security;
alter table public.loyalty_sync_run_rows force row level security;
alter table public.loyalty_sync_run_creators enable row level security;
alter table public.loyalty_sync_run_creators force row level security;
create policy loyalty_sync_runs_select on public.loyalty_sync_runs for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));
create policy loyalty_sync_run_rows_select on public.loyalty_sync_run_rows for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));
create policy loyalty_sync_run_creators_select on public.loyalty_sync_run_creators for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.imports.read'))::uuid[]));

-- grants: people act through the functions of the next files, jobs through their own connection
revoke all on public.loyalty_sync_runs, public.loyalty_sync_run_rows, public.loyalty_sync_run_creators
  from anon, authenticated, service_role;
grant select on public.loyalty_sync_runs, public.loyalty_sync_run_rows, public.loyalty_sync_run_creators
  to authenticated, service_role;

-- comments
comment on table public.loyalty_sync_runs is 'One file on its way to the figures: read, checked, saved, perhaps undone. Nothing is saved before the state says so.';
comment on column public.loyalty_sync_runs.state is 'queued, reading, checked (nothing saved), needs_confirmation (a guard stopped it), saving, counting (saved, tiers being decided), saved, undoing, undone, skipped (same file as before), cancelled, failed.';
comment on column public.loyalty_sync_runs.business_date is 'The night the figures belong to, in the zone of the nightly count.';
comment on column public.loyalty_sync_runs.is_repeat is 'A person asked for a file that had been saved before to be read again.';
comment on column public.loyalty_sync_runs.repeats_run_id is 'The run that saved the same bytes earlier.';
comment on column public.loyalty_sync_runs.reading is 'Where the reader stands: encoding, columns, conventions, evidence, rows kept. A later job carries on from it.';
comment on column public.loyalty_sync_runs.rows_to_add is 'Unmatched rows whose handles are unseen: saved together with their new creators when creates_creators is on.';
comment on column public.loyalty_sync_runs.sales_before is 'Sales, before this file, of the known videos it names; minor units.';
comment on column public.loyalty_sync_runs.file_sales is 'Sum of the sales column over all readable rows.';
comment on column public.loyalty_sync_runs.notes is 'What the reader decided for the person: separators, date order, columns left unread.';
comment on column public.loyalty_sync_runs.checks is 'Guards and how they came out.';
comment on column public.loyalty_sync_runs.tier_changes is 'What the count after saving decided, for the run''s page.';
comment on column public.loyalty_sync_runs.applied_at is 'When the rows were written; tiers are counted in a second step.';
comment on table public.loyalty_sync_run_rows is 'Outcome of every row that is not simply unchanged: what it changed, or why it was left out.';
comment on column public.loyalty_sync_run_rows.url is 'Address, and likewise key, title and day: written for a row that is not in the videos yet, or where they changed.';
comment on column public.loyalty_sync_run_rows.run_id is 'The run. No foreign key: rows are written only by the job that holds the run in the same transaction, and the check of each took a third of the comparison.';
comment on column public.loyalty_sync_run_rows.client_id is 'The business of the run. No foreign key: the run, which the job that writes rows holds, has one, and the check of each took as long as writing the row.';
comment on column public.loyalty_sync_run_rows.line is 'Line of the file on which the row starts.';
comment on column public.loyalty_sync_run_rows.raw_value is 'What stood in the refused cell. Text from outside: escaped on its way into any CSV.';
comment on column public.loyalty_sync_run_rows.video_id is 'The video, chosen at the check for new ones too. No foreign key: undoing removes the video and keeps the row.';
comment on column public.loyalty_sync_run_rows.video_at is 'Where a changed video lay at the check, so that saving finds it without an index.';
comment on column public.loyalty_sync_run_rows.run_before is 'The run that had last changed the video; undo puts it back.';
comment on column public.loyalty_sync_run_rows.has_snapshot is 'The video already had a snapshot for this night when this run changed it.';
comment on column public.loyalty_sync_run_rows.snapshot_on_before is 'The day that snapshot belonged to: the night itself, or for a video first seen that night the day it was posted.';
comment on table public.loyalty_sync_run_creators is 'Creators a run added, so that its undo can archive those nobody has touched since.';
comment on column public.loyalty_sync_run_creators.archived_at is 'Set by undo: such a creator comes back to life when a later file names her.';
