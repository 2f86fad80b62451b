-- The schema after all migrations, written by `npm run snapshot` from the catalogue. For reading and diffing only.

-- types -----------------------------------------------------------------------------------------------

-- tables ----------------------------------------------------------------------------------------------

private.auth_attempts
  table

private.auth_challenges
  table

private.auth_locks
  table

private.auth_mails
  table

private.auth_slowdowns
  table

private.auth_terms_acceptances
  table

private.auth_unlocks
  table

private.email_bodies
  table

private.file_purposes
  table

private.invitation_secrets
  table

private.login_name_sources
  table

private.loyalty_dirty_creators
  table

private.loyalty_import_handles
  unlogged table

private.loyalty_import_rows
  unlogged table

private.notification_requests
  table

private.once_requests
  table

private.rate_windows
  unlogged table

private.reserved_slugs
  table

private.state_transitions
  table

public.auth_sessions
  table, row security forced

public.client_programs
  table, row security forced

public.clients
  table, row security forced

public.core_audit_log
  table, row security forced

public.core_dead_jobs
  table, row security forced

public.core_email_events
  table, row security forced

public.core_email_suppressions
  table, row security forced

public.core_emails
  table, row security forced

public.core_event_deliveries
  table, row security forced

public.core_events
  table, row security forced

public.core_files
  table, row security forced

public.core_notification_preferences
  table, row security forced

public.core_notifications
  table, row security forced

public.core_state_history
  table, row security forced

public.invitations
  table, row security forced

public.loyalty_adjustments
  table, row security forced

public.loyalty_creators
  table, row security forced, with (fillfactor=70)

public.loyalty_daily_totals
  table, row security forced

public.loyalty_handle_aliases
  table, row security forced

public.loyalty_handle_changes
  table, row security forced

public.loyalty_handle_claims
  table, row security forced

public.loyalty_import_mappings
  table, row security forced

public.loyalty_nights
  table, row security forced

public.loyalty_settings
  table, row security forced

public.loyalty_sync_run_creators
  table, row security forced

public.loyalty_sync_run_rows
  table, row security forced

public.loyalty_sync_runs
  table, row security forced

public.loyalty_sync_source_secrets
  table, row security forced

public.loyalty_sync_sources
  table, row security forced

public.loyalty_sync_stages
  table, row security forced

public.loyalty_tier_checkpoints
  table, row security forced

public.loyalty_tier_decisions
  table, row security forced

public.loyalty_tier_stints
  table, row security forced

public.loyalty_tiers
  table, row security forced

public.loyalty_video_snapshots
  table, row security forced, with (fillfactor=90)

public.loyalty_videos
  table, row security forced, with (fillfactor=75)

public.people
  table, row security forced

public.permissions
  table, row security forced

public.person_roles
  table, row security forced

public.role_permissions
  table, row security forced

public.roles
  table, row security forced

-- columns ---------------------------------------------------------------------------------------------

private.auth_attempts
  id bigint not null generated always as identity
  at timestamp with time zone not null default clock_timestamp()
  kind text not null
  account_hash text not null
  ip_hash text not null default ''::text
  user_id uuid
  outcome text not null
  reason text not null default ''::text

private.auth_challenges
  id uuid not null default gen_random_uuid()
  purpose text not null
  email text not null
  email_hash text not null
  ip_hash text not null
  user_id uuid
  token_hash text not null
  is_live boolean not null
  attempts integer not null default 0
  sends integer not null default 1
  last_sent_at timestamp with time zone not null default clock_timestamp()
  expires_at timestamp with time zone not null
  consumed_at timestamp with time zone
  created_at timestamp with time zone not null default clock_timestamp()

private.auth_locks
  account_hash text not null
  ip_hash text not null
  failures integer not null default 0
  last_failure_at timestamp with time zone not null default now()
  locked_until timestamp with time zone

private.auth_mails
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  kind text not null
  to_address text not null
  envelope text
  created_at timestamp with time zone not null default now()

private.auth_slowdowns
  account_hash text not null
  failures integer not null default 0
  last_failure_at timestamp with time zone not null default now()
  next_slot_at timestamp with time zone not null default now()

private.auth_terms_acceptances
  user_id uuid not null
  version text not null
  accepted_at timestamp with time zone not null default now()

private.auth_unlocks
  id uuid not null default gen_random_uuid()
  account_hash text not null
  token_hash text not null
  pass_hash text
  tries integer not null default 0
  created_at timestamp with time zone not null default now()
  used_at timestamp with time zone

private.email_bodies
  email_id uuid not null
  envelope text not null

private.file_purposes
  purpose text not null
  write_permission text not null
  read_permission text not null
  max_bytes bigint not null

private.invitation_secrets
  invitation_id uuid not null
  token_hash text not null
  token_envelope text not null

private.login_name_sources
  program text not null
  finder text not null

private.loyalty_dirty_creators
  client_id uuid not null
  creator_id uuid not null
  due_on date not null

private.loyalty_import_handles
  run_id uuid not null
  handle_key text not null
  creator_id uuid
  status text not null

private.loyalty_import_rows
  run_id uuid not null
  line bigint not null
  handle text not null
  handle_key text not null
  url text not null
  url_key text not null
  title text not null
  posted_on date not null
  views bigint not null
  likes bigint not null
  comments bigint not null
  gmv bigint not null
  units bigint not null
  ctr_bp integer

private.notification_requests
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  type text not null
  people uuid[] not null default '{}'::uuid[]
  permission text
  data jsonb not null default '{}'::jsonb
  dedupe_key text not null
  created_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone

private.once_requests
  scope text not null
  key text not null
  request_hash text not null
  status integer
  body jsonb
  locked_until timestamp with time zone not null default (now() + '00:02:00'::interval)
  expires_at timestamp with time zone not null default (now() + '24:00:00'::interval)

private.rate_windows
  key text not null
  window_start timestamp with time zone not null
  hits integer not null default 0
  expires_at timestamp with time zone not null

private.reserved_slugs
  slug text not null

private.state_transitions
  entity text not null
  from_state text
  to_state text not null
  permission text

public.auth_sessions
  session_id uuid not null
  user_id uuid not null
  started_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  ended_at timestamp with time zone
  user_agent text
  ip_hint text

public.client_programs
  client_id uuid not null
  program text not null
  is_enabled boolean not null default true
  updated_at timestamp with time zone not null default now()

public.clients
  id uuid not null default gen_random_uuid()
  slug text not null
  name text not null
  brand_color text not null default '#3b4a5a'::text
  logo_path text
  time_zone text not null default 'America/New_York'::text
  currency text not null default 'USD'::text
  locale text not null default 'en-US'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.core_audit_log
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  table_name text not null
  row_key text not null
  action text not null
  before jsonb
  after jsonb
  actor_user_id uuid
  impersonator_user_id uuid
  actor text not null
  request_id text
  created_at timestamp with time zone not null default now()

public.core_dead_jobs
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  job_id bigint not null
  task text not null
  payload jsonb not null
  queue text
  job_key text
  attempts integer not null
  max_attempts integer not null
  error text
  state text not null default 'dead'::text
  queued_at timestamp with time zone not null
  died_at timestamp with time zone not null default now()
  retried_at timestamp with time zone
  updated_at timestamp with time zone not null default now()

public.core_email_events
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  email_id uuid not null
  provider_event_id text not null
  kind text not null
  occurred_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()

public.core_email_suppressions
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  address text not null
  reason text not null
  email_id uuid
  created_at timestamp with time zone not null default now()

public.core_emails
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid
  type text not null
  dedupe_key text not null
  to_address text not null
  subject text not null
  is_essential boolean not null default true
  state text not null default 'queued'::text
  attempts integer not null default 0
  sends integer not null default 1
  provider_id text
  error_code text
  sent_at timestamp with time zone
  settled_at timestamp with time zone
  complained_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.core_event_deliveries
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  event_id uuid not null
  handler text not null
  state text not null default 'pending'::text
  created_at timestamp with time zone not null default now()
  done_at timestamp with time zone
  updated_at timestamp with time zone not null default now()

public.core_events
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  name text not null
  payload jsonb not null default '{}'::jsonb
  actor_user_id uuid
  request_id text
  created_at timestamp with time zone not null default now()

public.core_files
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  purpose text not null
  uploaded_by uuid
  name text not null
  content_type text not null
  bytes bigint not null
  state text not null default 'pending'::text
  sniffed_type text
  scan text
  rejected_reason text
  completed_at timestamp with time zone
  checked_at timestamp with time zone
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.core_notification_preferences
  client_id uuid not null
  person_id uuid not null
  type text not null
  in_app boolean not null default true
  email boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.core_notifications
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  type text not null
  dedupe_key text not null
  data jsonb not null default '{}'::jsonb
  read_at timestamp with time zone
  created_at timestamp with time zone not null default now()

public.core_state_history
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  entity text not null
  row_id uuid not null
  from_state text
  to_state text not null
  actor_user_id uuid
  actor text not null
  request_id text
  created_at timestamp with time zone not null default now()

public.invitations
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  email text
  role_id text not null
  state text not null default 'pending'::text
  expires_at timestamp with time zone not null
  sent_count integer not null default 1
  last_sent_at timestamp with time zone not null default now()
  invited_by uuid
  accepted_at timestamp with time zone
  accepted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_adjustments
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  kind text not null
  amount bigint not null default 0
  units bigint not null default 0
  effective_on date not null
  reason text not null
  reverses_id uuid
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()

public.loyalty_creators
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  handle text not null
  handle_key text not null
  display_name text not null
  search_text text not null
  state text not null default 'active'::text
  joined_on date not null
  tier_id uuid not null
  tier_since timestamp with time zone not null
  is_pinned boolean not null default false
  pinned_tier_id uuid
  pinned_reason text
  anchor_on date not null
  period_start date not null
  prior_period_start date
  next_check_on date not null
  total_sales bigint not null default 0
  total_units bigint not null default 0
  total_videos bigint not null default 0
  period_sales bigint not null default 0
  period_units bigint not null default 0
  period_adjustments bigint not null default 0
  period_views bigint not null default 0
  period_likes bigint not null default 0
  period_comments bigint not null default 0
  period_videos bigint not null default 0
  last_video_on date
  last_video_sort date generated always as (COALESCE(last_video_on, '1970-01-01'::date)) stored
  figures_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_daily_totals
  client_id uuid not null
  business_date date not null
  sales bigint not null
  units bigint not null
  adjustments bigint not null
  videos bigint not null

public.loyalty_handle_aliases
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  handle_key text not null
  creator_id uuid not null
  created_by uuid
  created_at timestamp with time zone not null default now()

public.loyalty_handle_changes
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  old_handle text not null
  new_handle text not null
  merged_creator_id uuid
  videos_moved bigint not null default 0
  confirmed_by uuid
  created_at timestamp with time zone not null default now()

public.loyalty_handle_claims
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  user_id uuid not null
  person_id uuid
  email text not null
  claimant_name text not null
  handle_key text not null
  evidence_text text not null default ''::text
  evidence_url text
  state text not null default 'pending'::text
  reject_reason text
  creator_id uuid
  decided_by uuid
  decided_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_import_mappings
  client_id uuid not null
  columns jsonb not null default '{}'::jsonb
  version integer not null default 1
  updated_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_nights
  client_id uuid not null
  last_business_date date
  last_full_pass_on date
  needs_full_pass boolean not null default true
  figures_at timestamp with time zone
  last_run_id uuid
  last_summary jsonb not null default '{}'::jsonb

public.loyalty_settings
  client_id uuid not null
  metric text not null default 'sales'::text
  tier_mode text not null default 'checkpoint'::text
  checkpoint_months integer not null default 4
  currency text not null
  sync_time time without time zone not null default '18:00:00'::time without time zone
  sync_time_zone text not null default 'America/New_York'::text
  fall_guard_percent integer not null default 20
  unmatched_warn_percent integer not null default 10
  stale_after_hours integer not null default 24
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_sync_run_creators
  client_id uuid not null
  run_id uuid not null
  creator_id uuid not null
  is_revived boolean not null default false
  archived_at timestamp with time zone

public.loyalty_sync_run_rows
  client_id uuid not null
  run_id uuid not null
  outcome text not null
  line bigint not null
  reason text
  column_name text
  raw_value text
  handle text
  creator_id uuid
  video_id uuid
  url text
  url_key text
  title text
  posted_on date
  views bigint
  likes bigint
  comments bigint
  gmv bigint
  units bigint
  ctr_bp integer
  views_before bigint
  likes_before bigint
  comments_before bigint
  gmv_before bigint
  units_before bigint
  ctr_bp_before integer
  url_before text
  title_before text
  posted_on_before date
  run_before uuid
  figures_before timestamp with time zone
  has_snapshot boolean not null default false
  snapshot_run_before uuid

public.loyalty_sync_runs
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  source text not null
  is_unattended boolean not null default false
  state text not null default 'queued'::text
  business_date date not null
  file_id uuid
  file_name text not null
  file_bytes bigint
  sha256 text
  is_repeat boolean not null default false
  repeats_run_id uuid
  creates_creators boolean not null default true
  reading jsonb
  bytes_read bigint not null default 0
  rows_read bigint not null default 0
  rows_new bigint not null default 0
  rows_changed bigint not null default 0
  rows_unchanged bigint not null default 0
  rows_unmatched bigint not null default 0
  rows_rejected bigint not null default 0
  rows_duplicate bigint not null default 0
  rows_blank bigint not null default 0
  rows_to_add bigint not null default 0
  creators_to_add bigint not null default 0
  creators_added bigint not null default 0
  sales_before bigint not null default 0
  sales_after bigint not null default 0
  units_before bigint not null default 0
  units_after bigint not null default 0
  views_before bigint not null default 0
  views_after bigint not null default 0
  file_sales bigint not null default 0
  notes jsonb not null default '[]'::jsonb
  checks jsonb not null default '[]'::jsonb
  tier_changes jsonb
  mapping_version integer
  recipe_version integer
  error_code text
  error_message text
  error_details jsonb
  created_by uuid
  saved_by uuid
  undone_by uuid
  started_at timestamp with time zone
  checked_at timestamp with time zone
  applied_at timestamp with time zone
  saved_at timestamp with time zone
  undone_at timestamp with time zone
  finished_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_sync_source_secrets
  source_id uuid not null
  client_id uuid not null
  header_value text
  username text
  password text
  updated_at timestamp with time zone not null default now()

public.loyalty_sync_sources
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  kind text not null default 'upload'::text
  url text
  header_name text
  recipe jsonb
  recipe_version integer not null default 1
  creates_creators boolean not null default true
  has_secret boolean not null default false
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_sync_stages
  client_id uuid not null
  business_date date not null
  stage text not null
  outcome text
  run_id uuid
  attempts integer not null default 0
  detail jsonb not null default '{}'::jsonb
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone

public.loyalty_tier_checkpoints
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  decision_id uuid not null
  period_start date not null
  period_end date not null
  outcome text not null
  metric text not null
  value bigint not null
  required bigint not null
  tier_before_id uuid not null
  tier_after_id uuid not null
  undone_at timestamp with time zone
  created_at timestamp with time zone not null default now()

public.loyalty_tier_decisions
  id uuid not null default gen_random_uuid()
  seq bigint not null generated always as identity
  client_id uuid not null
  creator_id uuid not null
  run_id uuid
  business_date date not null
  rule text not null
  from_tier_id uuid
  to_tier_id uuid not null
  from_name text
  to_name text not null
  metric text not null
  value bigint not null
  threshold bigint not null
  period_start date
  period_end date
  sales_part bigint not null default 0
  adjustments_part bigint not null default 0
  detail jsonb not null default '{}'::jsonb
  decided_by uuid
  undone_at timestamp with time zone
  created_at timestamp with time zone not null default now()

public.loyalty_tier_stints
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  tier_id uuid not null
  decision_id uuid not null
  started_at timestamp with time zone not null
  ended_at timestamp with time zone

public.loyalty_tiers
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  rank integer not null
  name text not null
  color text not null default '#8d99a6'::text
  threshold bigint not null
  commission_bp integer not null default 0
  benefits text not null default ''::text
  archived_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_video_snapshots
  client_id uuid not null
  video_id uuid not null
  business_date date not null
  creator_id uuid not null
  run_id uuid
  views bigint not null
  likes bigint not null
  comments bigint not null
  gmv bigint not null
  units bigint not null
  views_delta bigint not null
  likes_delta bigint not null
  comments_delta bigint not null
  gmv_delta bigint not null
  units_delta bigint not null
  is_opening boolean not null default false

public.loyalty_videos
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  url text not null
  url_key text not null
  title text not null default ''::text
  posted_on date not null
  views bigint not null default 0
  likes bigint not null default 0
  comments bigint not null default 0
  gmv bigint not null default 0
  units bigint not null default 0
  ctr_bp integer
  first_seen_on date not null
  last_run_id uuid
  created_at timestamp with time zone not null default now()
  figures_at timestamp with time zone not null default now()

public.people
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  user_id uuid
  display_name text not null
  email text
  phone text
  time_zone text
  locale text
  state text not null default 'active'::text
  deactivated_at timestamp with time zone
  claimed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.permissions
  id text not null
  description text not null

public.person_roles
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  role_id text not null
  valid_until timestamp with time zone
  granted_by uuid
  created_at timestamp with time zone not null default now()

public.role_permissions
  role_id text not null
  permission_id text not null

public.roles
  id text not null
  is_staff boolean not null

-- constraints -----------------------------------------------------------------------------------------

private.auth_attempts
  auth_attempts_kind_check CHECK ((kind = ANY (ARRAY['sign-in'::text, 'send'::text, 'code'::text, 'unlock'::text, 'password'::text, 'e-mail'::text, 'sign-out'::text])))
  auth_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'failed'::text, 'refused'::text])))
  auth_attempts_reason_check CHECK ((char_length(reason) <= 60))
  auth_attempts_pkey PRIMARY KEY (id)

private.auth_challenges
  auth_challenges_attempts_check CHECK (((attempts >= 0) AND (attempts <= 3)))
  auth_challenges_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254)))
  auth_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['sign-up'::text, 'reset'::text, 'email-change'::text])))
  auth_challenges_sends_check CHECK (((sends >= 1) AND (sends <= 5)))
  auth_challenges_pkey PRIMARY KEY (id)
  auth_challenges_token_hash_key UNIQUE (token_hash)

private.auth_locks
  auth_locks_failures_check CHECK (((failures >= 0) AND (failures <= 5)))
  auth_locks_pkey PRIMARY KEY (account_hash, ip_hash)

private.auth_mails
  auth_mails_kind_check CHECK ((kind = ANY (ARRAY['unlock'::text, 'e-mail-changed'::text])))
  auth_mails_to_address_check CHECK (((char_length(to_address) >= 3) AND (char_length(to_address) <= 254)))
  auth_mails_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  auth_mails_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  auth_mails_pkey PRIMARY KEY (id)

private.auth_slowdowns
  auth_slowdowns_failures_check CHECK ((failures >= 0))
  auth_slowdowns_pkey PRIMARY KEY (account_hash)

private.auth_terms_acceptances
  auth_terms_acceptances_version_check CHECK (((char_length(version) >= 1) AND (char_length(version) <= 40)))
  auth_terms_acceptances_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
  auth_terms_acceptances_pkey PRIMARY KEY (user_id, version)

private.auth_unlocks
  auth_unlocks_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
  auth_unlocks_used_check CHECK (((used_at IS NULL) = (pass_hash IS NULL)))
  auth_unlocks_pkey PRIMARY KEY (id)
  auth_unlocks_pass_hash_key UNIQUE (pass_hash)
  auth_unlocks_token_hash_key UNIQUE (token_hash)

private.email_bodies
  email_bodies_email_id_fkey FOREIGN KEY (email_id) REFERENCES public.core_emails(id) ON DELETE CASCADE
  email_bodies_pkey PRIMARY KEY (email_id)

private.file_purposes
  file_purposes_max_bytes_check CHECK ((max_bytes > 0))
  file_purposes_purpose_check CHECK ((purpose ~ '^[a-z]+(-[a-z]+)*$'::text))
  file_purposes_read_permission_fkey FOREIGN KEY (read_permission) REFERENCES public.permissions(id) ON DELETE RESTRICT
  file_purposes_write_permission_fkey FOREIGN KEY (write_permission) REFERENCES public.permissions(id) ON DELETE RESTRICT
  file_purposes_pkey PRIMARY KEY (purpose)

private.invitation_secrets
  invitation_secrets_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES public.invitations(id) ON DELETE CASCADE
  invitation_secrets_pkey PRIMARY KEY (invitation_id)
  invitation_secrets_token_hash_key UNIQUE (token_hash)

private.login_name_sources
  login_name_sources_finder_check CHECK ((finder ~ '^private\.[a-z_]+$'::text))
  login_name_sources_pkey PRIMARY KEY (program)

private.loyalty_dirty_creators
  loyalty_dirty_creators_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_dirty_creators_pkey PRIMARY KEY (client_id, creator_id, due_on)

private.loyalty_import_handles
  loyalty_import_handles_status_check CHECK ((status = ANY (ARRAY['known'::text, 'archived'::text, 'unseen'::text])))
  loyalty_import_handles_pkey PRIMARY KEY (run_id, handle_key)

private.notification_requests
  notification_requests_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  notification_requests_pkey PRIMARY KEY (id)
  notification_requests_dedupe_key UNIQUE (client_id, type, dedupe_key)

private.once_requests
  once_requests_pkey PRIMARY KEY (scope, key)

private.rate_windows
  rate_windows_pkey PRIMARY KEY (key, window_start)

private.reserved_slugs
  reserved_slugs_pkey PRIMARY KEY (slug)

private.state_transitions
  state_transitions_permission_fkey FOREIGN KEY (permission) REFERENCES public.permissions(id) ON DELETE RESTRICT
  state_transitions_entity_from_state_to_state_key UNIQUE NULLS NOT DISTINCT (entity, from_state, to_state)

public.auth_sessions
  auth_sessions_ip_hint_check CHECK ((char_length(ip_hint) <= 64))
  auth_sessions_user_agent_check CHECK ((char_length(user_agent) <= 200))
  auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
  auth_sessions_pkey PRIMARY KEY (session_id)

public.client_programs
  client_programs_program_check CHECK ((program = ANY (ARRAY['loyalty'::text, 'launch'::text, 'care'::text, 'clinic'::text, 'academy'::text, 'portal'::text])))
  client_programs_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  client_programs_pkey PRIMARY KEY (client_id, program)

public.clients
  clients_brand_color_check CHECK ((brand_color ~ '^#[0-9a-f]{6}$'::text))
  clients_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  clients_locale_check CHECK ((locale ~ '^[a-z]{2}(-[A-Z]{2})?$'::text))
  clients_name_check CHECK (((char_length(btrim(name)) >= 2) AND (char_length(btrim(name)) <= 80)))
  clients_slug_check CHECK (((slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'::text) AND (slug !~ '--'::text)))
  clients_pkey PRIMARY KEY (id)
  clients_slug_key UNIQUE (slug)

public.core_audit_log
  core_audit_log_action_check CHECK ((action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text, 'read'::text, 'export'::text])))
  core_audit_log_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_audit_log_pkey PRIMARY KEY (id)

public.core_dead_jobs
  core_dead_jobs_attempts_check CHECK ((attempts >= 0))
  core_dead_jobs_max_attempts_check CHECK ((max_attempts > 0))
  core_dead_jobs_retried_at_check CHECK (((state = 'retried'::text) = (retried_at IS NOT NULL)))
  core_dead_jobs_state_check CHECK ((state = ANY (ARRAY['dead'::text, 'retried'::text])))
  core_dead_jobs_task_check CHECK (((length(task) >= 3) AND (length(task) <= 120)))
  core_dead_jobs_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_dead_jobs_pkey PRIMARY KEY (id)
  core_dead_jobs_client_id_id_key UNIQUE (client_id, id)
  core_dead_jobs_job_id_key UNIQUE (job_id, queued_at)

public.core_email_events
  core_email_events_kind_check CHECK ((kind = ANY (ARRAY['sent'::text, 'delivered'::text, 'delayed'::text, 'bounced'::text, 'complained'::text, 'failed'::text])))
  core_email_events_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_email_events_email_id_fkey FOREIGN KEY (client_id, email_id) REFERENCES public.core_emails(client_id, id) ON DELETE CASCADE
  core_email_events_pkey PRIMARY KEY (id)
  core_email_events_provider_event_id_key UNIQUE (provider_event_id)

public.core_email_suppressions
  core_email_suppressions_address_check CHECK ((address = lower(address)))
  core_email_suppressions_reason_check CHECK ((reason = ANY (ARRAY['bounced'::text, 'complained'::text])))
  core_email_suppressions_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_email_suppressions_email_id_fkey FOREIGN KEY (client_id, email_id) REFERENCES public.core_emails(client_id, id) ON DELETE SET NULL (email_id)
  core_email_suppressions_pkey PRIMARY KEY (id)
  core_email_suppressions_address_key UNIQUE (client_id, address)

public.core_emails
  core_emails_attempts_check CHECK ((attempts >= 0))
  core_emails_dedupe_key_check CHECK (((char_length(dedupe_key) >= 1) AND (char_length(dedupe_key) <= 300)))
  core_emails_error_code_check CHECK ((char_length(error_code) <= 80))
  core_emails_failed_check CHECK (((state = 'failed'::text) <= (error_code IS NOT NULL)))
  core_emails_sends_check CHECK ((sends >= 1))
  core_emails_sent_check CHECK (((state = ANY (ARRAY['sent'::text, 'delivered'::text, 'bounced'::text])) <= (sent_at IS NOT NULL)))
  core_emails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'bounced'::text, 'failed'::text])))
  core_emails_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 300)))
  core_emails_to_address_check CHECK (((char_length(to_address) >= 3) AND (char_length(to_address) <= 254)))
  core_emails_type_check CHECK (((char_length(type) >= 3) AND (char_length(type) <= 120)))
  core_emails_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_emails_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE SET NULL (person_id)
  core_emails_pkey PRIMARY KEY (id)
  core_emails_client_id_id_key UNIQUE (client_id, id)
  core_emails_dedupe_key UNIQUE (client_id, dedupe_key)

public.core_event_deliveries
  core_event_deliveries_done_at_check CHECK (((state = 'done'::text) = (done_at IS NOT NULL)))
  core_event_deliveries_handler_check CHECK (((length(handler) >= 3) AND (length(handler) <= 120)))
  core_event_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text])))
  core_event_deliveries_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_event_deliveries_event_id_fkey FOREIGN KEY (client_id, event_id) REFERENCES public.core_events(client_id, id) ON DELETE CASCADE
  core_event_deliveries_pkey PRIMARY KEY (id)
  core_event_deliveries_event_handler_key UNIQUE (client_id, event_id, handler)

public.core_events
  core_events_name_check CHECK ((name ~ '^[a-z]+\.[a-z-]+$'::text))
  core_events_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_events_pkey PRIMARY KEY (id)
  core_events_client_id_id_key UNIQUE (client_id, id)

public.core_files
  core_files_bytes_check CHECK ((bytes > 0))
  core_files_clean_check CHECK (((state = 'clean'::text) <= ((checked_at IS NOT NULL) AND (scan IS NOT NULL) AND (scan <> 'infected'::text))))
  core_files_content_type_check CHECK (((char_length(content_type) >= 3) AND (char_length(content_type) <= 120)))
  core_files_deleted_check CHECK (((state = 'deleted'::text) = (deleted_at IS NOT NULL)))
  core_files_name_check CHECK ((((char_length(name) >= 1) AND (char_length(name) <= 200)) AND (name !~ '[/\\[:cntrl:]]'::text)))
  core_files_pending_check CHECK (((state = 'pending'::text) <= (completed_at IS NULL)))
  core_files_rejected_check CHECK (((state = 'rejected'::text) <= (rejected_reason IS NOT NULL)))
  core_files_rejected_reason_check CHECK ((rejected_reason = ANY (ARRAY['missing'::text, 'size'::text, 'type'::text, 'infected'::text])))
  core_files_scan_check CHECK ((scan = ANY (ARRAY['clean'::text, 'infected'::text, 'not_scanned'::text])))
  core_files_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'quarantine'::text, 'clean'::text, 'rejected'::text, 'deleted'::text])))
  core_files_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_files_purpose_fkey FOREIGN KEY (purpose) REFERENCES private.file_purposes(purpose) ON DELETE RESTRICT
  core_files_uploaded_by_fkey FOREIGN KEY (client_id, uploaded_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (uploaded_by)
  core_files_pkey PRIMARY KEY (id)
  core_files_client_id_id_key UNIQUE (client_id, id)

public.core_notification_preferences
  core_notification_preferences_type_check CHECK ((type ~ '^[a-z-]+\.[a-z-]+$'::text))
  core_notification_preferences_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_notification_preferences_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  core_notification_preferences_pkey PRIMARY KEY (client_id, person_id, type)

public.core_notifications
  core_notifications_type_check CHECK (((char_length(type) >= 3) AND (char_length(type) <= 120)))
  core_notifications_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_notifications_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  core_notifications_pkey PRIMARY KEY (id)
  core_notifications_client_id_id_key UNIQUE (client_id, id)
  core_notifications_dedupe_key UNIQUE (client_id, person_id, type, dedupe_key)

public.core_state_history
  core_state_history_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  core_state_history_pkey PRIMARY KEY (id)

public.invitations
  invitations_accepted_check CHECK (((state = 'accepted'::text) = (accepted_at IS NOT NULL)))
  invitations_email_check CHECK (((email = lower(btrim(email))) AND (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'::text)))
  invitations_sent_count_check CHECK (((sent_count >= 0) AND (sent_count <= 20)))
  invitations_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'revoked'::text])))
  invitations_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  invitations_person_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  invitations_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.roles(id) ON DELETE RESTRICT
  invitations_pkey PRIMARY KEY (id)
  invitations_client_id_id_key UNIQUE (client_id, id)

public.loyalty_adjustments
  loyalty_adjustments_figure_check CHECK (((amount <> 0) OR (units <> 0)))
  loyalty_adjustments_kind_check CHECK ((kind = ANY (ARRAY['manual_sale'::text, 'refund'::text, 'bonus'::text, 'correction'::text])))
  loyalty_adjustments_range_check CHECK (((abs(amount) <= '10000000000'::bigint) AND (abs(units) <= 10000000)))
  loyalty_adjustments_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 300)))
  loyalty_adjustments_sign_check CHECK (((reverses_id IS NOT NULL) OR ((kind = ANY (ARRAY['manual_sale'::text, 'bonus'::text])) AND (amount >= 0) AND (units >= 0)) OR ((kind = 'refund'::text) AND (amount <= 0) AND (units <= 0)) OR (kind = 'correction'::text)))
  loyalty_adjustments_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_adjustments_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_adjustments_reverses_id_fkey FOREIGN KEY (client_id, reverses_id) REFERENCES public.loyalty_adjustments(client_id, id)
  loyalty_adjustments_pkey PRIMARY KEY (id)
  loyalty_adjustments_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_adjustments_client_id_id_key UNIQUE (client_id, id)
  loyalty_adjustments_reverses_id_key UNIQUE (client_id, reverses_id)

public.loyalty_creators
  loyalty_creators_handle_key_check CHECK (((handle_key ~ '^[a-z0-9_.]{1,30}$'::text) AND (handle_key = lower(handle))))
  loyalty_creators_is_pinned_check CHECK (((is_pinned = (pinned_tier_id IS NOT NULL)) AND (is_pinned = (pinned_reason IS NOT NULL))))
  loyalty_creators_period_check CHECK (((anchor_on <= period_start) AND (next_check_on >= period_start)))
  loyalty_creators_state_check CHECK ((state = ANY (ARRAY['active'::text, 'archived'::text])))
  loyalty_creators_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_creators_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id)
  loyalty_creators_pinned_tier_id_fkey FOREIGN KEY (client_id, pinned_tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_creators_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_creators_pkey PRIMARY KEY (id)
  loyalty_creators_client_id_handle_key_key UNIQUE (client_id, handle_key)
  loyalty_creators_client_id_id_key UNIQUE (client_id, id)
  loyalty_creators_client_id_person_id_key UNIQUE (client_id, person_id) DEFERRABLE

public.loyalty_daily_totals
  loyalty_daily_totals_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_daily_totals_pkey PRIMARY KEY (client_id, business_date)

public.loyalty_handle_aliases
  loyalty_handle_aliases_handle_key_check CHECK ((handle_key ~ '^[a-z0-9_.]{1,30}$'::text))
  loyalty_handle_aliases_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_handle_aliases_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_handle_aliases_pkey PRIMARY KEY (id)
  loyalty_handle_aliases_client_id_handle_key_key UNIQUE (client_id, handle_key)

public.loyalty_handle_changes
  loyalty_handle_changes_handles_check CHECK ((old_handle <> new_handle))
  loyalty_handle_changes_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_handle_changes_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_handle_changes_merged_creator_id_fkey FOREIGN KEY (client_id, merged_creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_handle_changes_pkey PRIMARY KEY (id)

public.loyalty_handle_claims
  loyalty_handle_claims_decided_check CHECK ((((state = 'pending'::text) = (decided_at IS NULL)) AND ((state = 'rejected'::text) = (reject_reason IS NOT NULL)) AND ((state = 'approved'::text) = (creator_id IS NOT NULL))))
  loyalty_handle_claims_evidence_check CHECK (((evidence_url IS NOT NULL) OR (char_length(evidence_text) >= 10)))
  loyalty_handle_claims_evidence_text_check CHECK ((char_length(evidence_text) <= 1000))
  loyalty_handle_claims_evidence_url_check CHECK (((evidence_url IS NULL) OR ((evidence_url ~ '^https://'::text) AND (char_length(evidence_url) <= 500))))
  loyalty_handle_claims_handle_key_check CHECK ((handle_key ~ '^[a-z0-9_.]{1,30}$'::text))
  loyalty_handle_claims_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
  loyalty_handle_claims_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_handle_claims_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_handle_claims_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id)
  loyalty_handle_claims_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
  loyalty_handle_claims_pkey PRIMARY KEY (id)
  loyalty_handle_claims_client_id_id_key UNIQUE (client_id, id)

public.loyalty_import_mappings
  loyalty_import_mappings_columns_check CHECK (((jsonb_typeof(columns) = 'object'::text) AND (length((columns)::text) <= 4000)))
  loyalty_import_mappings_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  loyalty_import_mappings_updated_by_fkey FOREIGN KEY (client_id, updated_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (updated_by)
  loyalty_import_mappings_pkey PRIMARY KEY (client_id)

public.loyalty_nights
  loyalty_nights_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_nights_pkey PRIMARY KEY (client_id)

public.loyalty_settings
  loyalty_settings_checkpoint_months_check CHECK (((checkpoint_months >= 1) AND (checkpoint_months <= 24)))
  loyalty_settings_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  loyalty_settings_fall_guard_percent_check CHECK (((fall_guard_percent >= 1) AND (fall_guard_percent <= 100)))
  loyalty_settings_metric_check CHECK ((metric = ANY (ARRAY['sales'::text, 'units'::text])))
  loyalty_settings_stale_after_hours_check CHECK (((stale_after_hours >= 1) AND (stale_after_hours <= 168)))
  loyalty_settings_tier_mode_check CHECK ((tier_mode = ANY (ARRAY['lifetime'::text, 'checkpoint'::text])))
  loyalty_settings_unmatched_warn_percent_check CHECK (((unmatched_warn_percent >= 1) AND (unmatched_warn_percent <= 100)))
  loyalty_settings_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_settings_pkey PRIMARY KEY (client_id)

public.loyalty_sync_run_creators
  loyalty_sync_run_creators_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_sync_run_creators_run_id_fkey FOREIGN KEY (client_id, run_id) REFERENCES public.loyalty_sync_runs(client_id, id) ON DELETE CASCADE
  loyalty_sync_run_creators_pkey PRIMARY KEY (client_id, run_id, creator_id)

public.loyalty_sync_run_rows
  loyalty_sync_run_rows_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'changed'::text, 'unmatched'::text, 'rejected'::text, 'duplicate'::text])))
  loyalty_sync_run_rows_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_sync_run_rows_pkey PRIMARY KEY (client_id, run_id, line)

public.loyalty_sync_runs
  loyalty_sync_runs_applied_at_check CHECK (((state <> ALL (ARRAY['counting'::text, 'saved'::text, 'undoing'::text, 'undone'::text])) OR (applied_at IS NOT NULL)))
  loyalty_sync_runs_error_check CHECK (((state = 'failed'::text) = (error_code IS NOT NULL)))
  loyalty_sync_runs_file_name_check CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 200)))
  loyalty_sync_runs_finished_at_check CHECK (((state = ANY (ARRAY['saved'::text, 'undone'::text, 'skipped'::text, 'cancelled'::text, 'failed'::text])) = (finished_at IS NOT NULL)))
  loyalty_sync_runs_saved_at_check CHECK (((state <> ALL (ARRAY['saved'::text, 'undoing'::text, 'undone'::text])) OR (saved_at IS NOT NULL)))
  loyalty_sync_runs_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  loyalty_sync_runs_source_check CHECK ((source = ANY (ARRAY['upload'::text, 'https'::text, 'browser'::text, 'cli'::text])))
  loyalty_sync_runs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'reading'::text, 'checked'::text, 'needs_confirmation'::text, 'saving'::text, 'counting'::text, 'saved'::text, 'undoing'::text, 'undone'::text, 'skipped'::text, 'cancelled'::text, 'failed'::text])))
  loyalty_sync_runs_undone_at_check CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL)))
  loyalty_sync_runs_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  loyalty_sync_runs_created_by_fkey FOREIGN KEY (client_id, created_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (created_by)
  loyalty_sync_runs_file_id_fkey FOREIGN KEY (client_id, file_id) REFERENCES public.core_files(client_id, id)
  loyalty_sync_runs_repeats_run_id_fkey FOREIGN KEY (client_id, repeats_run_id) REFERENCES public.loyalty_sync_runs(client_id, id)
  loyalty_sync_runs_saved_by_fkey FOREIGN KEY (client_id, saved_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (saved_by)
  loyalty_sync_runs_undone_by_fkey FOREIGN KEY (client_id, undone_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (undone_by)
  loyalty_sync_runs_pkey PRIMARY KEY (id)
  loyalty_sync_runs_client_id_id_key UNIQUE (client_id, id)

public.loyalty_sync_source_secrets
  loyalty_sync_source_secrets_envelope_check CHECK (((COALESCE(header_value, 'v1:'::text) ~~ 'v_:%'::text) AND (COALESCE(username, 'v1:'::text) ~~ 'v_:%'::text) AND (COALESCE(password, 'v1:'::text) ~~ 'v_:%'::text)))
  loyalty_sync_source_secrets_source_id_fkey FOREIGN KEY (client_id, source_id) REFERENCES public.loyalty_sync_sources(client_id, id) ON DELETE CASCADE
  loyalty_sync_source_secrets_pkey PRIMARY KEY (source_id)

public.loyalty_sync_sources
  loyalty_sync_sources_header_name_check CHECK ((header_name ~ '^[A-Za-z0-9-]{1,64}$'::text))
  loyalty_sync_sources_kind_check CHECK ((kind = ANY (ARRAY['upload'::text, 'https'::text, 'browser'::text])))
  loyalty_sync_sources_kind_parts_check CHECK ((((kind <> 'https'::text) OR (url IS NOT NULL)) AND ((kind <> 'browser'::text) OR (recipe IS NOT NULL))))
  loyalty_sync_sources_url_check CHECK (((url ~ '^https?://'::text) AND (char_length(url) <= 2000)))
  loyalty_sync_sources_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  loyalty_sync_sources_pkey PRIMARY KEY (id)
  loyalty_sync_sources_client_id_id_key UNIQUE (client_id, id)
  loyalty_sync_sources_client_id_key UNIQUE (client_id)

public.loyalty_sync_stages
  loyalty_sync_stages_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'covered'::text, 'held'::text, 'failed'::text])))
  loyalty_sync_stages_outcome_finished_check CHECK (((outcome IS NULL) = (finished_at IS NULL)))
  loyalty_sync_stages_stage_check CHECK ((stage = ANY (ARRAY['ingest'::text, 'snapshots'::text, 'totals'::text, 'tiers'::text, 'checkpoints'::text, 'notify'::text])))
  loyalty_sync_stages_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  loyalty_sync_stages_run_id_fkey FOREIGN KEY (client_id, run_id) REFERENCES public.loyalty_sync_runs(client_id, id)
  loyalty_sync_stages_pkey PRIMARY KEY (client_id, business_date, stage)

public.loyalty_tier_checkpoints
  loyalty_tier_checkpoints_metric_check CHECK ((metric = ANY (ARRAY['sales'::text, 'units'::text])))
  loyalty_tier_checkpoints_outcome_check CHECK ((outcome = ANY (ARRAY['maintained'::text, 'promoted'::text, 'demoted'::text, 'exempt'::text])))
  loyalty_tier_checkpoints_period_check CHECK ((period_start < period_end))
  loyalty_tier_checkpoints_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_tier_checkpoints_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_tier_checkpoints_decision_id_fkey FOREIGN KEY (client_id, decision_id) REFERENCES public.loyalty_tier_decisions(client_id, id) ON DELETE CASCADE
  loyalty_tier_checkpoints_tier_after_id_fkey FOREIGN KEY (client_id, tier_after_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_tier_checkpoints_tier_before_id_fkey FOREIGN KEY (client_id, tier_before_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_tier_checkpoints_pkey PRIMARY KEY (id)
  loyalty_tier_checkpoints_client_id_id_key UNIQUE (client_id, id)

public.loyalty_tier_decisions
  loyalty_tier_decisions_metric_check CHECK ((metric = ANY (ARRAY['sales'::text, 'units'::text])))
  loyalty_tier_decisions_parts_check CHECK ((value = (sales_part + adjustments_part)))
  loyalty_tier_decisions_period_check CHECK (((period_end IS NULL) OR (period_start < period_end)))
  loyalty_tier_decisions_rule_check CHECK ((rule = ANY (ARRAY['entry'::text, 'promotion'::text, 'maintained'::text, 'demotion'::text, 'pinned'::text, 'unpinned'::text, 'settings'::text, 'undone'::text])))
  loyalty_tier_decisions_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_tier_decisions_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_tier_decisions_from_tier_id_fkey FOREIGN KEY (client_id, from_tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_tier_decisions_to_tier_id_fkey FOREIGN KEY (client_id, to_tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_tier_decisions_pkey PRIMARY KEY (id)
  loyalty_tier_decisions_client_id_id_key UNIQUE (client_id, id)

public.loyalty_tier_stints
  loyalty_tier_stints_ended_at_check CHECK (((ended_at IS NULL) OR (ended_at >= started_at)))
  loyalty_tier_stints_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_tier_stints_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_tier_stints_decision_id_fkey FOREIGN KEY (client_id, decision_id) REFERENCES public.loyalty_tier_decisions(client_id, id) ON DELETE CASCADE
  loyalty_tier_stints_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_tier_stints_pkey PRIMARY KEY (id)
  loyalty_tier_stints_client_id_id_key UNIQUE (client_id, id)

public.loyalty_tiers
  loyalty_tiers_benefits_check CHECK ((char_length(benefits) <= 1000))
  loyalty_tiers_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text))
  loyalty_tiers_commission_bp_check CHECK (((commission_bp >= 0) AND (commission_bp <= 10000)))
  loyalty_tiers_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 24)))
  loyalty_tiers_rank_check CHECK (((rank >= 1) AND (rank <= 6)))
  loyalty_tiers_threshold_check CHECK (((threshold >= 0) AND ((rank > 1) OR (threshold = 0))))
  loyalty_tiers_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_tiers_pkey PRIMARY KEY (id)
  t50_whole_ladder TRIGGER DEFERRABLE INITIALLY DEFERRED
  loyalty_tiers_client_id_id_key UNIQUE (client_id, id)

public.loyalty_video_snapshots
  loyalty_video_snapshots_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_video_snapshots_pkey PRIMARY KEY (client_id, video_id, business_date)

public.loyalty_videos
  loyalty_videos_counts_check CHECK (((views >= 0) AND (likes >= 0) AND (comments >= 0) AND (units >= 0)))
  loyalty_videos_ctr_bp_check CHECK (((ctr_bp IS NULL) OR ((ctr_bp >= 0) AND (ctr_bp <= 10000))))
  loyalty_videos_url_key_check CHECK (((char_length(url_key) >= 1) AND (char_length(url_key) <= 500)))
  loyalty_videos_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_videos_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_videos_pkey PRIMARY KEY (id)
  loyalty_videos_client_id_id_key UNIQUE (client_id, id)
  loyalty_videos_client_id_url_key_key UNIQUE (client_id, url_key)

public.people
  people_claimed_check CHECK (((user_id IS NULL) OR (claimed_at IS NOT NULL)))
  people_deactivated_check CHECK (((state = 'deactivated'::text) = (deactivated_at IS NOT NULL)))
  people_display_name_check CHECK (((char_length(btrim(display_name)) >= 1) AND (char_length(btrim(display_name)) <= 120)))
  people_email_check CHECK (((email = lower(btrim(email))) AND (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'::text) AND (char_length(email) <= 254)))
  people_locale_check CHECK ((locale ~ '^[a-z]{2}(-[A-Z]{2})?$'::text))
  people_phone_check CHECK (((char_length(phone) >= 5) AND (char_length(phone) <= 32)))
  people_state_check CHECK ((state = ANY (ARRAY['active'::text, 'deactivated'::text])))
  people_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  people_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE SET NULL
  people_pkey PRIMARY KEY (id)
  people_client_id_id_key UNIQUE (client_id, id)
  people_client_id_user_id_key UNIQUE (client_id, user_id)

public.permissions
  permissions_id_check CHECK ((id ~ '^[a-z]+\.[a-z-]+\.[a-z-]+$'::text))
  permissions_pkey PRIMARY KEY (id)

public.person_roles
  person_roles_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  person_roles_person_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  person_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.roles(id) ON DELETE RESTRICT
  person_roles_pkey PRIMARY KEY (id)
  person_roles_client_id_person_id_role_id_key UNIQUE (client_id, person_id, role_id)

public.role_permissions
  role_permissions_permission_id_fkey FOREIGN KEY (permission_id) REFERENCES public.permissions(id) ON DELETE CASCADE
  role_permissions_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.roles(id) ON DELETE CASCADE
  role_permissions_pkey PRIMARY KEY (role_id, permission_id)

public.roles
  roles_id_check CHECK ((id ~ '^[a-z]+$'::text))
  roles_pkey PRIMARY KEY (id)

-- indexes ---------------------------------------------------------------------------------------------

private.auth_attempts
  CREATE INDEX auth_attempts_account_hash_at_idx ON private.auth_attempts USING btree (account_hash, kind, at)
  CREATE INDEX auth_attempts_at_idx ON private.auth_attempts USING btree (at)

private.auth_challenges
  CREATE INDEX auth_challenges_created_at_idx ON private.auth_challenges USING btree (created_at)
  CREATE UNIQUE INDEX auth_challenges_email_hash_live_key ON private.auth_challenges USING btree (email_hash) WHERE (is_live AND (consumed_at IS NULL))

private.auth_locks
  CREATE INDEX auth_locks_last_failure_at_idx ON private.auth_locks USING btree (last_failure_at)

private.auth_mails
  CREATE INDEX auth_mails_client_id_person_id_idx ON private.auth_mails USING btree (client_id, person_id)
  CREATE INDEX auth_mails_created_at_idx ON private.auth_mails USING btree (created_at)

private.auth_unlocks
  CREATE INDEX auth_unlocks_account_hash_idx ON private.auth_unlocks USING btree (account_hash, created_at)

private.file_purposes
  CREATE INDEX file_purposes_read_permission_idx ON private.file_purposes USING btree (read_permission)
  CREATE INDEX file_purposes_write_permission_idx ON private.file_purposes USING btree (write_permission)

private.loyalty_import_rows
  CREATE INDEX loyalty_import_rows_run_id_line_idx ON private.loyalty_import_rows USING btree (run_id, line)

private.once_requests
  CREATE INDEX once_requests_expires_at_idx ON private.once_requests USING btree (expires_at)

private.rate_windows
  CREATE INDEX rate_windows_expires_at_idx ON private.rate_windows USING btree (expires_at)

private.state_transitions
  CREATE INDEX state_transitions_permission_idx ON private.state_transitions USING btree (permission)

public.auth_sessions
  CREATE INDEX auth_sessions_user_id_idx ON public.auth_sessions USING btree (user_id, started_at DESC)

public.core_audit_log
  CREATE INDEX core_audit_log_client_id_created_at_idx ON public.core_audit_log USING btree (client_id, created_at DESC, id)
  CREATE INDEX core_audit_log_client_id_table_name_row_key_idx ON public.core_audit_log USING btree (client_id, table_name, row_key, created_at DESC)

public.core_dead_jobs
  CREATE INDEX core_dead_jobs_client_id_died_at_idx ON public.core_dead_jobs USING btree (client_id, died_at DESC, id DESC)

public.core_email_events
  CREATE INDEX core_email_events_client_id_email_id_idx ON public.core_email_events USING btree (client_id, email_id, occurred_at)

public.core_email_suppressions
  CREATE INDEX core_email_suppressions_client_id_email_id_idx ON public.core_email_suppressions USING btree (client_id, email_id)

public.core_emails
  CREATE INDEX core_emails_client_id_created_at_idx ON public.core_emails USING btree (client_id, created_at DESC, id DESC)
  CREATE INDEX core_emails_client_id_person_id_idx ON public.core_emails USING btree (client_id, person_id)
  CREATE INDEX core_emails_client_id_state_created_at_idx ON public.core_emails USING btree (client_id, state, created_at DESC, id DESC)

public.core_events
  CREATE INDEX core_events_client_id_created_at_idx ON public.core_events USING btree (client_id, created_at DESC, id)

public.core_files
  CREATE INDEX core_files_client_id_uploaded_by_idx ON public.core_files USING btree (client_id, uploaded_by, created_at DESC)
  CREATE INDEX core_files_purpose_idx ON public.core_files USING btree (purpose)
  CREATE INDEX core_files_unsettled_idx ON public.core_files USING btree (created_at, client_id) WHERE (state = ANY (ARRAY['pending'::text, 'quarantine'::text, 'rejected'::text]))

public.core_notifications
  CREATE INDEX core_notifications_client_id_person_id_created_at_idx ON public.core_notifications USING btree (client_id, person_id, created_at DESC, id DESC)
  CREATE INDEX core_notifications_unread_idx ON public.core_notifications USING btree (client_id, person_id) WHERE (read_at IS NULL)

public.core_state_history
  CREATE INDEX core_state_history_client_id_entity_row_id_idx ON public.core_state_history USING btree (client_id, entity, row_id, created_at)

public.invitations
  CREATE INDEX invitations_client_id_created_at_idx ON public.invitations USING btree (client_id, created_at DESC, id)
  CREATE INDEX invitations_client_id_person_id_idx ON public.invitations USING btree (client_id, person_id)
  CREATE INDEX invitations_role_id_idx ON public.invitations USING btree (role_id)
  CREATE UNIQUE INDEX invitations_client_id_person_id_pending_key ON public.invitations USING btree (client_id, person_id) WHERE (state = 'pending'::text)

public.loyalty_adjustments
  CREATE INDEX loyalty_adjustments_client_id_created_at_idx ON public.loyalty_adjustments USING btree (client_id, created_at, id)
  CREATE INDEX loyalty_adjustments_creator_id_idx ON public.loyalty_adjustments USING btree (client_id, creator_id, effective_on)

public.loyalty_creators
  CREATE INDEX loyalty_creators_client_id_last_video_sort_idx ON public.loyalty_creators USING btree (client_id, last_video_sort, id)
  CREATE INDEX loyalty_creators_client_id_next_check_on_idx ON public.loyalty_creators USING btree (client_id, next_check_on)
  CREATE INDEX loyalty_creators_client_id_period_sales_idx ON public.loyalty_creators USING btree (client_id, period_sales, id)
  CREATE INDEX loyalty_creators_client_id_tier_id_idx ON public.loyalty_creators USING btree (client_id, tier_id, period_sales, id)
  CREATE INDEX loyalty_creators_client_id_total_sales_idx ON public.loyalty_creators USING btree (client_id, total_sales, id)
  CREATE INDEX loyalty_creators_person_id_idx ON public.loyalty_creators USING btree (person_id)
  CREATE INDEX loyalty_creators_pinned_tier_id_idx ON public.loyalty_creators USING btree (client_id, pinned_tier_id) WHERE (pinned_tier_id IS NOT NULL)
  CREATE INDEX loyalty_creators_search_text_idx ON public.loyalty_creators USING gin (search_text extensions.gin_trgm_ops)
  CREATE INDEX loyalty_creators_uncounted_idx ON public.loyalty_creators USING btree (client_id) WHERE (figures_at IS NULL)

public.loyalty_handle_aliases
  CREATE INDEX loyalty_handle_aliases_creator_id_idx ON public.loyalty_handle_aliases USING btree (client_id, creator_id)

public.loyalty_handle_changes
  CREATE INDEX loyalty_handle_changes_creator_id_idx ON public.loyalty_handle_changes USING btree (client_id, creator_id, created_at)
  CREATE INDEX loyalty_handle_changes_merged_creator_id_idx ON public.loyalty_handle_changes USING btree (client_id, merged_creator_id) WHERE (merged_creator_id IS NOT NULL)

public.loyalty_handle_claims
  CREATE INDEX loyalty_handle_claims_client_id_state_idx ON public.loyalty_handle_claims USING btree (client_id, state, created_at)
  CREATE INDEX loyalty_handle_claims_creator_id_idx ON public.loyalty_handle_claims USING btree (client_id, creator_id) WHERE (creator_id IS NOT NULL)
  CREATE INDEX loyalty_handle_claims_person_id_idx ON public.loyalty_handle_claims USING btree (client_id, person_id) WHERE (person_id IS NOT NULL)
  CREATE INDEX loyalty_handle_claims_user_id_idx ON public.loyalty_handle_claims USING btree (user_id)
  CREATE UNIQUE INDEX loyalty_handle_claims_pending_key ON public.loyalty_handle_claims USING btree (client_id, user_id) WHERE (state = 'pending'::text)

public.loyalty_import_mappings
  CREATE INDEX loyalty_import_mappings_updated_by_idx ON public.loyalty_import_mappings USING btree (client_id, updated_by)

public.loyalty_sync_run_creators
  CREATE INDEX loyalty_sync_run_creators_creator_id_idx ON public.loyalty_sync_run_creators USING btree (client_id, creator_id)

public.loyalty_sync_run_rows
  CREATE INDEX loyalty_sync_run_rows_set_aside_idx ON public.loyalty_sync_run_rows USING btree (client_id, run_id, outcome, line) WHERE (outcome = ANY (ARRAY['unmatched'::text, 'rejected'::text, 'duplicate'::text]))

public.loyalty_sync_runs
  CREATE INDEX loyalty_sync_runs_client_id_business_date_idx ON public.loyalty_sync_runs USING btree (client_id, business_date)
  CREATE INDEX loyalty_sync_runs_client_id_created_at_idx ON public.loyalty_sync_runs USING btree (client_id, created_at, id)
  CREATE INDEX loyalty_sync_runs_client_id_saved_at_idx ON public.loyalty_sync_runs USING btree (client_id, saved_at) WHERE (state = 'saved'::text)
  CREATE INDEX loyalty_sync_runs_created_by_idx ON public.loyalty_sync_runs USING btree (client_id, created_by)
  CREATE INDEX loyalty_sync_runs_file_id_idx ON public.loyalty_sync_runs USING btree (client_id, file_id)
  CREATE INDEX loyalty_sync_runs_repeats_run_id_idx ON public.loyalty_sync_runs USING btree (client_id, repeats_run_id)
  CREATE INDEX loyalty_sync_runs_saved_by_idx ON public.loyalty_sync_runs USING btree (client_id, saved_by)
  CREATE INDEX loyalty_sync_runs_undone_by_idx ON public.loyalty_sync_runs USING btree (client_id, undone_by)
  CREATE UNIQUE INDEX loyalty_sync_runs_client_id_sha256_key ON public.loyalty_sync_runs USING btree (client_id, sha256) WHERE ((state = ANY (ARRAY['counting'::text, 'saved'::text, 'undoing'::text])) AND (NOT is_repeat))
  CREATE UNIQUE INDEX loyalty_sync_runs_one_a_night_key ON public.loyalty_sync_runs USING btree (client_id, business_date) WHERE (is_unattended AND (state <> ALL (ARRAY['cancelled'::text, 'undone'::text, 'skipped'::text])))
  CREATE UNIQUE INDEX loyalty_sync_runs_one_at_a_time_key ON public.loyalty_sync_runs USING btree (client_id) WHERE (state = ANY (ARRAY['saving'::text, 'counting'::text, 'undoing'::text]))

public.loyalty_sync_source_secrets
  CREATE INDEX loyalty_sync_source_secrets_source_id_idx ON public.loyalty_sync_source_secrets USING btree (client_id, source_id)

public.loyalty_sync_stages
  CREATE INDEX loyalty_sync_stages_run_id_idx ON public.loyalty_sync_stages USING btree (client_id, run_id)

public.loyalty_tier_checkpoints
  CREATE INDEX loyalty_tier_checkpoints_decision_id_idx ON public.loyalty_tier_checkpoints USING btree (client_id, decision_id)
  CREATE INDEX loyalty_tier_checkpoints_tier_after_id_idx ON public.loyalty_tier_checkpoints USING btree (client_id, tier_after_id)
  CREATE INDEX loyalty_tier_checkpoints_tier_before_id_idx ON public.loyalty_tier_checkpoints USING btree (client_id, tier_before_id)
  CREATE UNIQUE INDEX loyalty_tier_checkpoints_period_key ON public.loyalty_tier_checkpoints USING btree (client_id, creator_id, period_end, undone_at) NULLS NOT DISTINCT

public.loyalty_tier_decisions
  CREATE INDEX loyalty_tier_decisions_business_date_idx ON public.loyalty_tier_decisions USING btree (client_id, business_date, rule)
  CREATE INDEX loyalty_tier_decisions_creator_id_idx ON public.loyalty_tier_decisions USING btree (client_id, creator_id, seq)
  CREATE INDEX loyalty_tier_decisions_from_tier_id_idx ON public.loyalty_tier_decisions USING btree (client_id, from_tier_id)
  CREATE INDEX loyalty_tier_decisions_run_id_idx ON public.loyalty_tier_decisions USING btree (client_id, run_id) WHERE (run_id IS NOT NULL)
  CREATE INDEX loyalty_tier_decisions_to_tier_id_idx ON public.loyalty_tier_decisions USING btree (client_id, to_tier_id)

public.loyalty_tier_stints
  CREATE INDEX loyalty_tier_stints_creator_id_idx ON public.loyalty_tier_stints USING btree (client_id, creator_id, started_at)
  CREATE INDEX loyalty_tier_stints_decision_id_idx ON public.loyalty_tier_stints USING btree (client_id, decision_id)
  CREATE INDEX loyalty_tier_stints_tier_id_idx ON public.loyalty_tier_stints USING btree (client_id, tier_id)
  CREATE UNIQUE INDEX loyalty_tier_stints_open_key ON public.loyalty_tier_stints USING btree (client_id, creator_id) WHERE (ended_at IS NULL)

public.loyalty_tiers
  CREATE UNIQUE INDEX loyalty_tiers_client_id_rank_key ON public.loyalty_tiers USING btree (client_id, rank) WHERE (archived_at IS NULL)

public.loyalty_video_snapshots
  CREATE INDEX loyalty_video_snapshots_business_date_idx ON public.loyalty_video_snapshots USING brin (business_date) WITH (pages_per_range='32', autosummarize='on')
  CREATE INDEX loyalty_video_snapshots_creator_id_idx ON public.loyalty_video_snapshots USING btree (client_id, creator_id, business_date)

public.loyalty_videos
  CREATE INDEX loyalty_videos_creator_id_idx ON public.loyalty_videos USING btree (client_id, creator_id, posted_on, id)

public.people
  CREATE INDEX people_client_id_created_at_idx ON public.people USING btree (client_id, created_at DESC, id)
  CREATE INDEX people_client_id_display_name_idx ON public.people USING btree (client_id, display_name, id)
  CREATE INDEX people_email_unclaimed_idx ON public.people USING btree (email) WHERE ((user_id IS NULL) AND (email IS NOT NULL))
  CREATE INDEX people_search_idx ON public.people USING gin ((((lower(display_name) || ' '::text) || COALESCE(email, ''::text))) extensions.gin_trgm_ops)
  CREATE INDEX people_user_id_idx ON public.people USING btree (user_id) WHERE (user_id IS NOT NULL)
  CREATE UNIQUE INDEX people_client_id_email_key ON public.people USING btree (client_id, email) WHERE ((email IS NOT NULL) AND (state = 'active'::text))

public.person_roles
  CREATE INDEX person_roles_role_id_idx ON public.person_roles USING btree (role_id)

public.role_permissions
  CREATE INDEX role_permissions_permission_id_idx ON public.role_permissions USING btree (permission_id)

-- functions -------------------------------------------------------------------------------------------

private.actor_label()
  CREATE OR REPLACE FUNCTION private.actor_label()
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    if auth.uid() is not null then
      return 'person';
    end if;
    return coalesce(nullif(current_setting('portico.actor', true), ''), private.claims() ->> 'role', 'system');
  end $function$

private.add_job(p_task text, p_payload jsonb, p_key text, p_run_at timestamp with time zone, p_max_attempts integer, p_queue text)
  CREATE OR REPLACE FUNCTION private.add_job(p_task text, p_payload jsonb, p_key text DEFAULT NULL::text, p_run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_max_attempts integer DEFAULT 8, p_queue text DEFAULT NULL::text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform graphile_worker.add_job(
      identifier => p_task, payload => p_payload::json, queue_name => p_queue, run_at => coalesce(p_run_at, now()),
      max_attempts => p_max_attempts, job_key => p_key);
  end $function$

private.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  CREATE OR REPLACE FUNCTION private.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'audit.log.read');
    return coalesce((
      select jsonb_agg(to_jsonb(r)) from (
        select a.id, a.created_at as "createdAt", a.table_name as "tableName", a.row_key as "rowKey", a.action, a.before, a.after, a.actor,
          a.request_id as "requestId",
          (select p.display_name from public.people p where p.client_id = a.client_id and p.user_id = a.actor_user_id) as "actorName"
        from public.core_audit_log a
        where a.client_id = p_client
          and (p_table is null or a.table_name = p_table)
          and (p_actor is null or a.actor_user_id = (select p.user_id from public.people p where p.client_id = p_client and p.id = p_actor))
          and (p_before is null or (a.created_at, a.id) < (p_before, p_before_id))
        order by a.created_at desc, a.id desc
        limit least(greatest(p_limit, 1), 1001)
      ) r), '[]'::jsonb);
  end $function$

private.auth_accept_terms(p_user uuid, p_version text)
  CREATE OR REPLACE FUNCTION private.auth_accept_terms(p_user uuid, p_version text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into private.auth_terms_acceptances (user_id, version) values (p_user, p_version) on conflict do nothing;
  end $function$

private.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  CREATE OR REPLACE FUNCTION private.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_lock private.auth_locks;
    v_slow private.auth_slowdowns;
    v_now timestamptz;
    v_slot timestamptz;
    v_failures integer;
    v_total integer;
  begin
    -- A browser that was let in by the mailed link stands beside the queue, with five tries of its own.
    if p_pass is not null then
      update private.auth_unlocks u set tries = u.tries + 1
      where u.pass_hash = p_pass and u.account_hash = p_account and u.tries < 5
        and u.used_at > clock_timestamp() - interval '15 minutes';
      if found then
        return jsonb_build_object('outcome', 'go', 'waitMs', 0);
      end if;
    end if;
    insert into private.auth_locks (account_hash, ip_hash) values (p_account, p_ip) on conflict do nothing;
    insert into private.auth_slowdowns (account_hash) values (p_account) on conflict do nothing;
    select * into v_lock from private.auth_locks l where l.account_hash = p_account and l.ip_hash = p_ip for update;
    select * into v_slow from private.auth_slowdowns s where s.account_hash = p_account for update;
    v_now := clock_timestamp();
    if v_lock.locked_until > v_now then
      perform private.auth_log('sign-in', p_account, p_ip, null, 'refused', 'locked');
      return jsonb_build_object('outcome', 'locked', 'retryAfter', ceil(extract(epoch from v_lock.locked_until - v_now)));
    end if;
    v_slot := greatest(v_now, v_slow.next_slot_at);
    if v_slot > v_now + interval '8 seconds' then
      perform private.auth_log('sign-in', p_account, p_ip, null, 'refused', 'slowed');
      return jsonb_build_object('outcome', 'slowed', 'retryAfter', ceil(extract(epoch from v_slot - v_now)));
    end if;
    -- Counted as a failure before it is tried, and forgiven when it succeeds: fifty tries at once are still five.
    v_failures := 1 + case when v_lock.locked_until is not null or v_lock.last_failure_at < v_now - interval '15 minutes' then 0
                           else v_lock.failures end;
    v_total := 1 + case when v_slow.last_failure_at < v_now - interval '1 hour' then 0 else v_slow.failures end;
    update private.auth_locks l set failures = v_failures, last_failure_at = v_now,
      locked_until = case when v_failures >= 5 then v_now + interval '15 minutes' end
    where l.account_hash = p_account and l.ip_hash = p_ip;
    update private.auth_slowdowns s set failures = v_total, last_failure_at = v_now,
      next_slot_at = v_slot + case when v_total <= 5 then interval '0'
                                   else make_interval(secs => least(0.25 * power(2, least(v_total, 20) - 6), 4)) end
    where s.account_hash = p_account;
    return jsonb_build_object('outcome', 'go', 'waitMs', ceil(extract(epoch from v_slot - v_now) * 1000));
  end $function$

private.auth_challenge_state(p_row private.auth_challenges, p_send boolean)
  CREATE OR REPLACE FUNCTION private.auth_challenge_state(p_row private.auth_challenges, p_send boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return jsonb_build_object('outcome', 'sent', 'send', p_send, 'email', p_row.email, 'purpose', p_row.purpose,
      'resendAt', p_row.last_sent_at + interval '60 seconds', 'expiresAt', p_row.expires_at, 'sendsLeft', 5 - p_row.sends);
  end $function$

private.auth_code_lifetime(p_purpose text)
  CREATE OR REPLACE FUNCTION private.auth_code_lifetime(p_purpose text)
   RETURNS interval
   LANGUAGE plpgsql
   IMMUTABLE
   SET search_path TO ''
  AS $function$
  begin return case p_purpose when 'reset' then interval '15 minutes' else interval '5 minutes' end; end $function$

private.auth_consume_challenge(p_token_hash text, p_user uuid)
  CREATE OR REPLACE FUNCTION private.auth_consume_challenge(p_token_hash text, p_user uuid)
   RETURNS boolean
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row private.auth_challenges;
  begin
    update private.auth_challenges c set consumed_at = clock_timestamp()
    where c.token_hash = p_token_hash and c.consumed_at is null and c.is_live returning * into v_row;
    if not found then
      return false;
    end if;
    perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, p_user, 'ok', v_row.purpose);
    return true;
  end $function$

private.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  CREATE OR REPLACE FUNCTION private.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
   RETURNS boolean
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_unlock:' || p_account, 0));
    if (select count(*) >= 3 or max(u.created_at) > clock_timestamp() - interval '60 seconds'
        from private.auth_unlocks u where u.account_hash = p_account and u.created_at > clock_timestamp() - interval '1 hour') then
      perform private.auth_log('unlock', p_account, p_ip, null, 'refused', 'too often');
      return false;
    end if;
    insert into private.auth_unlocks (account_hash, token_hash) values (p_account, p_token_hash);
    perform private.auth_log('unlock', p_account, p_ip, null, 'ok', 'link');
    return true;
  end $function$

private.auth_end_my_sessions(p_session uuid, p_scope text)
  CREATE OR REPLACE FUNCTION private.auth_end_my_sessions(p_session uuid, p_scope text)
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_user uuid := auth.uid();
    v_current uuid := nullif(private.claims() ->> 'session_id', '')::uuid;
    v_count integer;
  begin
    if v_user is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    if p_scope = 'all' then
      return private.auth_end_user_sessions(v_user, null);
    elsif p_scope = 'others' then
      return private.auth_end_user_sessions(v_user, v_current);
    end if;
    insert into public.auth_sessions (session_id, user_id)
    select v_current, v_user where coalesce(p_session, v_current) = v_current
    on conflict (session_id) do nothing;
    update public.auth_sessions s set ended_at = now()
    where s.session_id = coalesce(p_session, v_current) and s.user_id = v_user and s.ended_at is null;
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.auth_end_user_sessions(p_user uuid, p_except uuid)
  CREATE OR REPLACE FUNCTION private.auth_end_user_sessions(p_user uuid, p_except uuid)
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    -- Also sign-ins that were made without us: no row would mean they are still good.
    insert into public.auth_sessions (session_id, user_id)
    select s.id, s.user_id from auth.sessions s where s.user_id = p_user
    on conflict (session_id) do nothing;
    update public.auth_sessions s set ended_at = now()
    where s.user_id = p_user and s.ended_at is null and s.session_id is distinct from p_except;
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.auth_find_home(p_email text)
  CREATE OR REPLACE FUNCTION private.auth_find_home(p_email text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('userId', u.id, 'isConfirmed', u.email_confirmed_at is not null, 'clientId', p.client_id, 'personId', p.id, 'name', p.display_name)
      from auth.users u
      left join public.people p on p.user_id = u.id and p.state = 'active'
      where lower(u.email) = lower(p_email)
      order by p.claimed_at nulls last, p.created_at
      limit 1);
  end $function$

private.auth_find_login(p_name text, p_slug text)
  CREATE OR REPLACE FUNCTION private.auth_find_login(p_name text, p_slug text)
   RETURNS text
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_source record;
    v_client uuid;
    v_found uuid[];
    v_users uuid[] := '{}';
  begin
    if p_slug is not null then
      select c.id into v_client from public.clients c where c.slug = p_slug;
      if not found then
        return null;
      end if;
    end if;
    for v_source in select s.finder from private.login_name_sources s loop
      execute format('select %s($1, $2)', v_source.finder) into v_found using p_name, v_client;
      v_users := v_users || coalesce(v_found, '{}');
    end loop;
    -- One handle may mean two people in two businesses; then only the e-mail says who is meant.
    if (select count(distinct u) from unnest(v_users) u) <> 1 then
      return null;
    end if;
    return (select lower(u.email) from auth.users u where u.id = v_users[1]);
  end $function$

private.auth_finish_sign_in(p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  CREATE OR REPLACE FUNCTION private.auth_finish_sign_in(p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_own integer;
  begin
    if p_outcome = 'ok' then
      delete from private.auth_locks l where l.account_hash = p_account and l.ip_hash = p_ip returning l.failures into v_own;
      -- Only this address's own failures are forgiven: a stranger elsewhere stays slow.
      update private.auth_slowdowns s set failures = greatest(s.failures - coalesce(v_own, 0), 0),
        next_slot_at = case when s.failures <= coalesce(v_own, 0) then clock_timestamp() else s.next_slot_at end
      where s.account_hash = p_account;
    elsif p_outcome = 'refused' then
      -- Nothing was tried, because the auth server was not there: take the reserved failure back.
      update private.auth_locks l set failures = greatest(l.failures - 1, 0), locked_until = null
      where l.account_hash = p_account and l.ip_hash = p_ip;
      update private.auth_slowdowns s set failures = greatest(s.failures - 1, 0) where s.account_hash = p_account;
    end if;
    perform private.auth_log('sign-in', p_account, p_ip, p_user, p_outcome, p_reason);
  end $function$

private.auth_log(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  CREATE OR REPLACE FUNCTION private.auth_log(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into private.auth_attempts (kind, account_hash, ip_hash, user_id, outcome, reason)
    values (p_kind, p_account, coalesce(p_ip, ''), p_user, p_outcome, coalesce(p_reason, ''));
  end $function$

private.auth_move_email(p_user uuid, p_from text, p_to text)
  CREATE OR REPLACE FUNCTION private.auth_move_email(p_user uuid, p_from text, p_to text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- Only where the business knew the old address, and nobody else of it has the new one.
    update public.people p set email = lower(p_to)
    where p.user_id = p_user and p.email = lower(p_from)
      and not exists (select from public.people q where q.client_id = p.client_id and q.email = lower(p_to));
  end $function$

private.auth_note(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  CREATE OR REPLACE FUNCTION private.auth_note(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin perform private.auth_log(p_kind, p_account, p_ip, p_user, p_outcome, p_reason); end $function$

private.auth_purge()
  CREATE OR REPLACE FUNCTION private.auth_purge()
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    delete from private.auth_challenges c where c.created_at < now() - interval '2 hours';
    delete from private.auth_locks l where l.last_failure_at < now() - interval '1 day';
    delete from private.auth_slowdowns s where s.last_failure_at < now() - interval '1 day';
    delete from private.auth_unlocks u where u.created_at < now() - interval '1 day';
    delete from public.auth_sessions s where coalesce(s.ended_at, s.last_seen_at) < now() - interval '60 days';
    delete from private.auth_attempts a where a.at < now() - interval '90 days';
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_envelope text, p_id uuid)
  CREATE OR REPLACE FUNCTION private.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_envelope text, p_id uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    delete from private.auth_mails m where m.created_at < now() - interval '2 days';
    insert into private.auth_mails (id, client_id, person_id, kind, to_address, envelope)
    values (p_id, p_client, p_person, p_kind, p_to, p_envelope);
    perform private.add_job('auth.send-mail', jsonb_build_object('clientId', p_client, 'mailId', p_id), 'auth-mail:' || p_id);
  end $function$

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text)
  CREATE OR REPLACE FUNCTION private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.auth_sessions (session_id, user_id, user_agent, ip_hint)
    values (p_session, p_user, left(p_agent, 200), left(p_ip_hint, 64))
    on conflict (session_id) do nothing;
  end $function$

private.auth_resend_challenge(p_token_hash text)
  CREATE OR REPLACE FUNCTION private.auth_resend_challenge(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row private.auth_challenges;
    v_now timestamptz;
    v_send boolean;
  begin
    select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash;
    if not found then
      return jsonb_build_object('outcome', 'gone');
    end if;
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_challenge:' || v_row.email_hash, 0));
    select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash for update;
    v_now := clock_timestamp();
    if not found or v_row.consumed_at is not null or v_row.created_at < v_now - interval '1 hour' then
      return jsonb_build_object('outcome', 'gone');
    end if;
    if v_row.sends >= 5 then
      return private.auth_challenge_state(v_row, false) || jsonb_build_object('outcome', 'spent');
    end if;
    if v_row.last_sent_at > v_now - interval '60 seconds' then
      return private.auth_challenge_state(v_row, false) || jsonb_build_object('outcome', 'early');
    end if;
    v_send := private.auth_take_send(v_row.purpose, v_row.email_hash, v_row.ip_hash);
    if v_send then
      update private.auth_challenges c set is_live = false
      where c.email_hash = v_row.email_hash and c.id <> v_row.id and c.is_live and c.consumed_at is null;
    end if;
    -- A new code has three tries of its own.
    update private.auth_challenges c set sends = c.sends + 1, last_sent_at = v_now, is_live = v_send,
      attempts = case when v_send then 0 else c.attempts end, expires_at = v_now + private.auth_code_lifetime(c.purpose)
    where c.id = v_row.id returning * into v_row;
    return private.auth_challenge_state(v_row, v_send);
  end $function$

private.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  CREATE OR REPLACE FUNCTION private.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_now timestamptz;
    v_live private.auth_challenges;
    v_row private.auth_challenges;
    v_is_fresh boolean;
    v_send boolean := false;
    v_is_live boolean := false;
  begin
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('auth_challenge:' || p_email_hash, 0));
    v_now := clock_timestamp();
    select * into v_live from private.auth_challenges c
    where c.email_hash = p_email_hash and c.is_live and c.consumed_at is null for update;
    v_is_fresh := found and v_live.last_sent_at > v_now - interval '60 seconds';
    if v_is_fresh and v_live.ip_hash = p_ip and v_live.purpose = p_purpose then
      -- The same person starting over within the minute: the code already mailed goes on counting, tries included.
      update private.auth_challenges c set token_hash = p_token_hash where c.id = v_live.id returning * into v_row;
      return private.auth_challenge_state(v_row, false);
    end if;
    -- Somebody else within the minute, or too many mails: an answer like any other, a row that no code opens, no mail.
    if not v_is_fresh then
      v_send := private.auth_take_send(p_purpose, p_email_hash, p_ip);
      v_is_live := v_send;
    end if;
    if v_is_live then
      update private.auth_challenges c set is_live = false where c.email_hash = p_email_hash and c.is_live and c.consumed_at is null;
    end if;
    insert into private.auth_challenges (purpose, email, email_hash, ip_hash, user_id, token_hash, is_live, last_sent_at, expires_at)
    values (p_purpose, p_email, p_email_hash, p_ip, p_user, p_token_hash, v_is_live, v_now, v_now + private.auth_code_lifetime(p_purpose))
    returning * into v_row;
    return private.auth_challenge_state(v_row, v_send);
  end $function$

private.auth_take_send(p_purpose text, p_email_hash text, p_ip text)
  CREATE OR REPLACE FUNCTION private.auth_take_send(p_purpose text, p_email_hash text, p_ip text)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_limit integer := case p_purpose when 'reset' then 3 else 10 end;
  begin
    if (select count(*) from private.auth_attempts a
        where a.account_hash = p_email_hash and a.kind = 'send' and a.outcome = 'ok' and a.reason = p_purpose
          and a.at > clock_timestamp() - interval '1 hour') >= v_limit then
      perform private.auth_log('send', p_email_hash, p_ip, null, 'refused', p_purpose);
      return false;
    end if;
    perform private.auth_log('send', p_email_hash, p_ip, null, 'ok', p_purpose);
    return true;
  end $function$

private.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  CREATE OR REPLACE FUNCTION private.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_person record;
  begin
    perform private.auth_log('password', p_account, p_ip, p_user, 'ok', 'changed');
    -- One business is enough: the mail is about the login, not about the business.
    select p.client_id, p.id into v_person from public.people p
    where p.user_id = p_user and p.state = 'active' order by p.claimed_at nulls last, p.created_at limit 1;
    if found then
      perform private.notify(v_person.client_id, 'auth.password-changed', array[v_person.id],
        jsonb_build_object('changedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
        'password:' || p_user || ':' || extract(epoch from clock_timestamp()));
    end if;
  end $function$

private.auth_try_challenge(p_token_hash text, p_purpose text)
  CREATE OR REPLACE FUNCTION private.auth_try_challenge(p_token_hash text, p_purpose text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row private.auth_challenges;
  begin
    select * into v_row from private.auth_challenges c where c.token_hash = p_token_hash and c.purpose = p_purpose for update;
    if not found then
      return jsonb_build_object('outcome', 'gone');
    end if;
    if v_row.consumed_at is not null then
      return jsonb_build_object('outcome', 'used');
    end if;
    if v_row.expires_at <= clock_timestamp() then
      return jsonb_build_object('outcome', 'expired');
    end if;
    if v_row.attempts >= 3 then
      perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, v_row.user_id, 'refused', p_purpose);
      return jsonb_build_object('outcome', 'spent');
    end if;
    update private.auth_challenges c set attempts = c.attempts + 1 where c.id = v_row.id returning * into v_row;
    perform private.auth_log('code', v_row.email_hash, v_row.ip_hash, v_row.user_id, 'failed', p_purpose);
    return jsonb_build_object('outcome', case when v_row.is_live then 'go' else 'decoy' end, 'triesLeft', 3 - v_row.attempts,
      'email', v_row.email, 'userId', v_row.user_id, 'startedAt', v_row.created_at);
  end $function$

private.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  CREATE OR REPLACE FUNCTION private.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
   RETURNS boolean
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_account text;
  begin
    update private.auth_unlocks u set used_at = clock_timestamp(), pass_hash = p_pass_hash
    where u.token_hash = p_token_hash and u.used_at is null and u.created_at > clock_timestamp() - interval '15 minutes'
    returning u.account_hash into v_account;
    perform private.auth_log('unlock', coalesce(v_account, ''), p_ip, null, case when v_account is null then 'failed' else 'ok' end, 'used');
    return v_account is not null;
  end $function$

private.bind_person(p_client uuid, p_person uuid, p_user uuid)
  CREATE OR REPLACE FUNCTION private.bind_person(p_client uuid, p_person uuid, p_user uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row record;
  begin
    select p.user_id, p.state into v_row from public.people p where p.client_id = p_client and p.id = p_person for update;
    if not found or v_row.state <> 'active' then
      raise exception using errcode = 'TN001', message = 'We could not find this person.';
    end if;
    if v_row.user_id = p_user then
      return;
    end if;
    if v_row.user_id is not null then
      raise exception using errcode = 'ST003', message = 'This person already has a login.';
    end if;
    if exists (select from public.people p where p.client_id = p_client and p.user_id = p_user) then
      raise exception using errcode = 'ST001', message = 'Your login already belongs to someone else in this business. Ask the business to join the two.', detail = 'twoPeople';
    end if;
    update public.people p set user_id = p_user, claimed_at = now() where p.client_id = p_client and p.id = p_person;
  end $function$

private.bury_dead_jobs()
  CREATE OR REPLACE FUNCTION private.bury_dead_jobs()
   RETURNS TABLE(id uuid, client_id uuid, task text, job_id bigint)
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
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
  $function$

private.claims()
  CREATE OR REPLACE FUNCTION private.claims()
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb);
  end $function$

private.clients_with(p_permission text)
  CREATE OR REPLACE FUNCTION private.clients_with(p_permission text)
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_room text := split_part(p_permission, '.', 1);
    v_is_program boolean := v_room in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal');
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    return coalesce((
      select array_agg(distinct p.client_id)
      from public.people p
      join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
        and (pr.valid_until is null or pr.valid_until > now())
      join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
      where p.user_id = auth.uid() and p.state = 'active'
        and (not v_is_program or exists (
          select from public.client_programs cp
          where cp.client_id = p.client_id and cp.program = v_room and cp.is_enabled))
    ), '{}');
  end $function$

private.complete_upload(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION private.complete_upload(p_client uuid, p_id uuid)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_file public.core_files;
  begin
    select * into v_file from public.core_files
    where client_id = p_client and id = p_id and uploaded_by = private.my_person(p_client)
    for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this file.';
    end if;
    -- The bytes are already there: completing twice is a repeated click, not a fault.
    if v_file.state in ('quarantine', 'clean') then
      return v_file.state;
    end if;
    update public.core_files set state = 'quarantine', completed_at = now() where id = v_file.id;
    perform private.add_job('files.check-file', jsonb_build_object('clientId', p_client, 'fileId', p_id), 'file:' || p_id);
    return 'quarantine';
  end $function$

private.core_begin_once(p_scope text, p_key text, p_hash text)
  CREATE OR REPLACE FUNCTION private.core_begin_once(p_scope text, p_key text, p_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row private.once_requests;
  begin
    delete from private.once_requests o
    where o.scope = p_scope and o.key = p_key and (o.expires_at < now() or (o.status is null and o.locked_until < now()));
    insert into private.once_requests (scope, key, request_hash) values (p_scope, p_key, p_hash)
    on conflict (scope, key) do nothing;
    if found then
      return jsonb_build_object('outcome', 'started');
    end if;
    select * into v_row from private.once_requests o where o.scope = p_scope and o.key = p_key;
    return case
      -- Given back between the two statements: whoever held it has just failed, so the caller may try again.
      when v_row.key is null then jsonb_build_object('outcome', 'in_flight')
      when v_row.request_hash is distinct from p_hash then jsonb_build_object('outcome', 'mismatch')
      when v_row.status is null then jsonb_build_object('outcome', 'in_flight')
      else jsonb_build_object('outcome', 'replay', 'status', v_row.status, 'body', v_row.body) end;
  end $function$

private.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  CREATE OR REPLACE FUNCTION private.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    update private.once_requests o set status = p_status, body = p_body where o.scope = p_scope and o.key = p_key and o.status is null;
  end $function$

private.core_purge_guards()
  CREATE OR REPLACE FUNCTION private.core_purge_guards()
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    delete from private.rate_windows w where w.expires_at < now();
    delete from private.once_requests o where o.expires_at < now();
  end $function$

private.core_read_context(p_slug text)
  CREATE OR REPLACE FUNCTION private.core_read_context(p_slug text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_user uuid := auth.uid();
    v_live boolean := auth.uid() is not null and private.session_is_live();
    v_session uuid := nullif(private.claims() ->> 'session_id', '')::uuid;
    v_client public.clients;
    v_person public.people;
    v_result jsonb := '{}'::jsonb;
  begin
    if v_live then
      -- At most one write a minute a session: reading must not become writing.
      update public.auth_sessions s set last_seen_at = now()
      where s.session_id = v_session and s.last_seen_at < now() - interval '1 minute';
      v_result := jsonb_build_object(
        'user', (select jsonb_build_object('id', u.id, 'email', u.email, 'emailVerified', u.email_confirmed_at is not null)
                 from auth.users u where u.id = v_user),
        'businesses', coalesce((
          select jsonb_agg(jsonb_build_object('slug', c.slug, 'name', c.name, 'brandColor', c.brand_color,
                   'isStaff', exists (select from public.person_roles pr join public.roles r on r.id = pr.role_id
                     where pr.client_id = p.client_id and pr.person_id = p.id and r.is_staff and (pr.valid_until is null or pr.valid_until > now())))
                 order by c.name)
          from public.people p join public.clients c on c.id = p.client_id
          where p.user_id = v_user and p.state = 'active'), '[]'::jsonb));
    end if;
    if p_slug is null then
      return v_result;
    end if;
    select * into v_client from public.clients c where c.slug = p_slug;
    if not found then
      return v_result;
    end if;
    -- A stranger learns what a sign-in page shows anyway: the name and the colour.
    v_result := v_result || jsonb_build_object('client', jsonb_build_object(
      'id', v_client.id, 'slug', v_client.slug, 'name', v_client.name, 'brandColor', v_client.brand_color, 'logoPath', v_client.logo_path,
      'timeZone', v_client.time_zone, 'currency', v_client.currency, 'locale', v_client.locale,
      'programs', coalesce((select jsonb_agg(cp.program order by cp.program) from public.client_programs cp
                            where cp.client_id = v_client.id and cp.is_enabled), '[]'::jsonb)));
    if not v_live then
      return v_result;
    end if;
    select * into v_person from public.people p where p.client_id = v_client.id and p.user_id = v_user and p.state = 'active';
    if not found then
      return v_result;
    end if;
    return v_result || jsonb_build_object('person', jsonb_build_object(
      'id', v_person.id, 'name', v_person.display_name, 'timeZone', v_person.time_zone, 'locale', v_person.locale,
      'roles', coalesce((select jsonb_agg(pr.role_id order by pr.role_id) from public.person_roles pr
        where pr.client_id = v_client.id and pr.person_id = v_person.id and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb),
      'permissions', to_jsonb(private.permissions_in(v_client.id)),
      'unread', private.unread_notifications(v_client.id)));
  end $function$

private.core_release_once(p_scope text, p_key text)
  CREATE OR REPLACE FUNCTION private.core_release_once(p_scope text, p_key text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    delete from private.once_requests o where o.scope = p_scope and o.key = p_key and o.status is null;
  end $function$

private.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  CREATE OR REPLACE FUNCTION private.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_now timestamptz := clock_timestamp();
    v_width double precision := p_window_seconds;
    v_start timestamptz := to_timestamp(floor(extract(epoch from v_now) / v_width) * v_width);
    v_elapsed double precision := extract(epoch from v_now - v_start);
    v_previous integer;
    v_hits integer;
    v_used integer;
  begin
    -- Count first, then judge: two calls at once cannot both see the last free place.
    insert into private.rate_windows as w (key, window_start, hits, expires_at)
    values (p_key, v_start, 1, v_start + make_interval(secs => v_width * 2))
    on conflict (key, window_start) do update set hits = w.hits + 1
    returning w.hits into v_hits;
    select w.hits into v_previous from private.rate_windows w
    where w.key = p_key and w.window_start = v_start - make_interval(secs => v_width);
    v_used := floor(coalesce(v_previous, 0) * (1 - v_elapsed / v_width))::integer + v_hits;
    if v_used > p_limit then
      update private.rate_windows w set hits = w.hits - 1 where w.key = p_key and w.window_start = v_start;
    end if;
    if random() < 0.01 then
      delete from private.rate_windows w where w.expires_at < v_now;
    end if;
    return jsonb_build_object('success', v_used <= p_limit, 'limit', p_limit, 'remaining', greatest(p_limit - v_used, 0),
      'reset', floor(extract(epoch from v_start + make_interval(secs => v_width)) * 1000));
  end $function$

private.create_client(p_slug text, p_name text, p_programs text[], p_time_zone text, p_currency text, p_brand_color text)
  CREATE OR REPLACE FUNCTION private.create_client(p_slug text, p_name text, p_programs text[], p_time_zone text, p_currency text, p_brand_color text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    insert into public.clients (slug, name, time_zone, currency, brand_color)
    values (p_slug, p_name, p_time_zone, p_currency, p_brand_color)
    returning id into v_id;
    -- Every program has its row, off where not bought: turning one on later is an update, never a missing row.
    insert into public.client_programs (client_id, program, is_enabled)
    select v_id, k.program, k.program = any (p_programs)
    from unnest(array['loyalty', 'launch', 'care', 'clinic', 'academy', 'portal']) as k (program);
    return v_id;
  end $function$

private.create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  CREATE OR REPLACE FUNCTION private.create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_purpose private.file_purposes;
    v_person uuid := private.my_person(p_client);
    v_id uuid;
  begin
    if v_person is null then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select * into v_purpose from private.file_purposes where purpose = p_purpose;
    if not found then
      raise exception using errcode = 'VA001', message = 'Files are not taken for this purpose.', detail = 'purpose';
    end if;
    if split_part(v_purpose.write_permission, '.', 1) in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
      and not private.program_is_on(p_client, split_part(v_purpose.write_permission, '.', 1)) then
      raise exception using errcode = 'TN002', message = 'We could not find this.';
    end if;
    perform private.require_permission(p_client, v_purpose.write_permission);
    if p_bytes is null or p_bytes <= 0 then
      raise exception using errcode = 'VA001', message = 'This file is empty.', detail = 'bytes';
    end if;
    if p_bytes > v_purpose.max_bytes then
      raise exception using errcode = 'VA001', detail = 'bytes',
        message = format('This file is larger than %s MB.', v_purpose.max_bytes / 1000000);
    end if;
    if (select count(*) from public.core_files f
        where f.client_id = p_client and f.uploaded_by = v_person and f.state = 'pending'
          and f.created_at > now() - interval '1 hour') >= 50 then
      raise exception using errcode = 'QT001', message = 'Too many uploads were started and not finished. Try again in an hour.';
    end if;
    insert into public.core_files (client_id, purpose, uploaded_by, name, content_type, bytes)
    values (p_client, p_purpose, v_person, p_name, p_content_type, p_bytes)
    returning id into v_id;
    return v_id;
  end $function$

private.email_is_suppressed(p_client uuid, p_address text)
  CREATE OR REPLACE FUNCTION private.email_is_suppressed(p_client uuid, p_address text)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return exists (select from public.core_email_suppressions s where s.client_id = p_client and s.address = lower(p_address));
  end $function$

private.emit_event(p_client uuid, p_name text, p_payload jsonb)
  CREATE OR REPLACE FUNCTION private.emit_event(p_client uuid, p_name text, p_payload jsonb)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    insert into public.core_events (client_id, name, payload, actor_user_id, request_id)
    values (p_client, p_name, p_payload, auth.uid(), private.request_id())
    returning id into v_id;
    perform private.add_job('events.dispatch-event', jsonb_build_object('clientId', p_client, 'eventId', v_id), 'event:' || v_id);
    return v_id;
  end $function$

private.forget_email_bodies()
  CREATE OR REPLACE FUNCTION private.forget_email_bodies()
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    delete from private.email_bodies b using public.core_emails e
    where e.id = b.email_id and (e.state in ('delivered', 'bounced') or e.created_at < now() - interval '14 days')
      and e.updated_at < now() - interval '1 day';
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.grant_all_to_owner()
  CREATE OR REPLACE FUNCTION private.grant_all_to_owner()
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into public.role_permissions (role_id, permission_id)
    select 'owner', p.id from public.permissions p where p.id not like '%.app.use'
    on conflict do nothing;
  end $function$

private.has_permission(p_client uuid, p_permission text)
  CREATE OR REPLACE FUNCTION private.has_permission(p_client uuid, p_permission text)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return p_client = any (private.clients_with(p_permission));
  end $function$

private.is_time_zone(p_zone text)
  CREATE OR REPLACE FUNCTION private.is_time_zone(p_zone text)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    perform now() at time zone p_zone;
    -- POSIX strings such as "XYZ3" convert too, but have no clock changes: only named zones are accepted.
    return p_zone ~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$' or p_zone = 'UTC';
  exception when others then
    return false;
  end $function$

private.jsonb_changed(p_from jsonb, p_against jsonb)
  CREATE OR REPLACE FUNCTION private.jsonb_changed(p_from jsonb, p_against jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   IMMUTABLE
   SET search_path TO ''
  AS $function$
  begin
    return (select jsonb_object_agg(e.key, e.value)
            from jsonb_each(p_from) e
            where e.value is distinct from p_against -> e.key and e.key <> 'updated_at');
  end $function$

private.local_date(p_at timestamp with time zone, p_zone text)
  CREATE OR REPLACE FUNCTION private.local_date(p_at timestamp with time zone, p_zone text)
   RETURNS date
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (p_at at time zone p_zone)::date;
  end $function$

private.local_instant(p_date date, p_time time without time zone, p_zone text)
  CREATE OR REPLACE FUNCTION private.local_instant(p_date date, p_time time without time zone, p_zone text)
   RETURNS timestamp with time zone
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (p_date + p_time) at time zone p_zone;
  end $function$

private.log_access(p_client uuid, p_table text, p_row_key text, p_action text)
  CREATE OR REPLACE FUNCTION private.log_access(p_client uuid, p_table text, p_row_key text, p_action text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.core_audit_log (client_id, table_name, row_key, action, actor_user_id, actor, request_id)
    values (p_client, p_table, p_row_key, p_action, auth.uid(), private.actor_label(), private.request_id());
  end $function$

private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_key text := private.loyalty_handle_key(p_handle);
    v_email text := lower(nullif(btrim(p_email), ''));
    v_person uuid;
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_key)
      or exists (select 1 from public.loyalty_handle_aliases a where a.client_id = p_client and a.handle_key = v_key) then
      raise exception using errcode = 'VA001', message = 'There is a creator with this handle already.', detail = 'handle';
    end if;
    if v_email is not null then
      select p.id into v_person from public.people p where p.client_id = p_client and p.email = v_email and p.state = 'active';
      if v_person is not null and exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person) then
        raise exception using errcode = 'VA001', message = 'Someone with this e-mail is a creator already.', detail = 'email';
      end if;
    end if;
    if v_person is null then
      insert into public.people (client_id, display_name, email)
      values (p_client, coalesce(nullif(btrim(p_name), ''), regexp_replace(btrim(p_handle), '^@+', '')), v_email)
      returning id into v_person;
    end if;
    insert into public.loyalty_creators (client_id, person_id, handle) values (p_client, v_person, p_handle) returning id into v_id;
    if p_tier is not null then
      perform private.loyalty_pin_tier(p_client, v_id, p_tier, coalesce(nullif(btrim(p_reason), ''), 'Chosen when the creator was added'));
    end if;
    return v_id;
  end $function$

private.loyalty_add_unseen_creators(p_run public.loyalty_sync_runs)
  CREATE OR REPLACE FUNCTION private.loyalty_add_unseen_creators(p_run public.loyalty_sync_runs)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    with revived as (
      update public.loyalty_creators c set state = 'active'
        from (select distinct lower(w.handle) as handle_key from public.loyalty_sync_run_rows w
               where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen') k
       where c.client_id = p_run.client_id and c.handle_key = k.handle_key and c.state = 'archived'
      returning c.id
    )
    insert into public.loyalty_sync_run_creators (client_id, run_id, creator_id, is_revived)
    select p_run.client_id, p_run.id, r.id, true from revived r;

    with fresh as materialized (
      select min(w.handle) as handle, lower(w.handle) as handle_key, gen_random_uuid() as person_id, gen_random_uuid() as creator_id
        from public.loyalty_sync_run_rows w
       where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
         and not exists (select from public.loyalty_creators c
                          where c.client_id = p_run.client_id and c.handle_key = lower(w.handle))
       group by lower(w.handle)
    ), added_people as (
      insert into public.people (id, client_id, display_name)
      select f.person_id, p_run.client_id, f.handle from fresh f
    ), added_roles as (
      insert into public.person_roles (client_id, person_id, role_id)
      select p_run.client_id, f.person_id, 'creator' from fresh f
    ), added as (
      insert into public.loyalty_creators (id, client_id, person_id, handle, handle_key, display_name, joined_on)
      select f.creator_id, p_run.client_id, f.person_id, f.handle, f.handle_key, f.handle, p_run.business_date from fresh f
      returning id
    )
    insert into public.loyalty_sync_run_creators (client_id, run_id, creator_id)
    select p_run.client_id, p_run.id, a.id from added a;

    update public.loyalty_sync_run_rows w set creator_id = c.id
      from public.loyalty_creators c
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
       and c.client_id = p_run.client_id and c.handle_key = lower(w.handle) and c.state = 'active';
    select count(*) into v_count from public.loyalty_sync_run_creators rc
     where rc.client_id = p_run.client_id and rc.run_id = p_run.id;
    return v_count;
  end $function$

private.loyalty_apply_pass(p_client uuid, p_date date, p_decide boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_apply_pass(p_client uuid, p_date date, p_decide boolean)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_zone text;
    v_count bigint;
  begin
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select c.time_zone into strict v_zone from public.clients c where c.id = p_client;
    update public.loyalty_creators c
       set tier_id = n.tier_id, tier_since = n.tier_since, anchor_on = n.anchor_on, period_start = n.period_start,
           prior_period_start = n.prior_period_start, next_check_on = n.next_check_on,
           total_sales = n.total_sales, total_units = n.total_units, total_videos = n.total_videos,
           period_sales = n.sales, period_units = n.units, period_adjustments = n.period_adjustments,
           period_views = n.views, period_likes = n.likes, period_comments = n.comments, period_videos = n.videos,
           last_video_on = n.last_video_on, figures_at = now()
      from (
        select p.creator_id, p.total_sales, p.total_units, p.total_videos, p.last_video_on,
               case when m.moves then p.met_id else p.tier_id end as tier_id,
               case when m.moves then greatest(p.tier_since, private.local_instant(p.to_on, v_settings.sync_time, v_zone))
                    else p.tier_since end as tier_since,
               k.anchor_on, k.period_start,
               case when m.closes then p.from_on else p.prior_period_start end as prior_period_start,
               case when m.closes then private.loyalty_period_last_day(k.anchor_on, k.period_start, v_settings.checkpoint_months)
                    else p.next_check_on end as next_check_on,
               -- Judged by the period that closed tonight, shown by the one that begins tomorrow.
               p.sales * k.shown as sales, p.units * k.shown as units, p.period_adjustments * k.shown as period_adjustments,
               p.views * k.shown as views, p.likes * k.shown as likes, p.comments * k.shown as comments,
               p.videos * k.shown as videos
          from pg_temp.loyalty_pass p
         cross join lateral (
           select p_decide and coalesce(p.rule in ('promotion', 'demotion'), false) as moves,
                  p_decide and (p.is_due or (v_settings.tier_mode = 'checkpoint'
                                and coalesce(p.rule in ('promotion', 'demotion'), false))) as closes) m
         cross join lateral (
           select case when m.closes and m.moves and v_settings.tier_mode = 'checkpoint' then p.to_on + 1 else p.anchor_on end as anchor_on,
                  case when m.closes then p.to_on + 1 else p.period_start end as period_start,
                  case when m.closes or p.period_start > p_date then 0 else 1 end as shown) k
      ) n
     where c.client_id = p_client and c.id = n.creator_id
       and (c.figures_at is null or
           (c.tier_id, c.period_start, c.prior_period_start, c.next_check_on, c.total_sales, c.total_units, c.total_videos,
            c.period_sales, c.period_units, c.period_adjustments, c.period_views, c.period_likes, c.period_comments,
            c.period_videos, c.last_video_on)
           is distinct from
           (n.tier_id, n.period_start, n.prior_period_start, n.next_check_on, n.total_sales, n.total_units, n.total_videos,
            n.sales, n.units, n.period_adjustments, n.views, n.likes, n.comments, n.videos, n.last_video_on));
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.loyalty_apply_snapshots(p_client uuid, p_run uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_apply_snapshots(p_client uuid, p_run uuid, p_date date)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    -- Only a second file on the same night meets a snapshot; which run wrote it is kept for undo.
    if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
                 and r.business_date = p_date and r.applied_at is not null) then
      update public.loyalty_sync_run_rows w set has_snapshot = true, snapshot_run_before = s.run_id
        from public.loyalty_video_snapshots s
       where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed'
         and s.client_id = p_client and s.video_id = w.video_id and s.business_date = p_date;
      update public.loyalty_video_snapshots s
         set run_id = p_run, views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units,
             views_delta = s.views_delta + (w.views - w.views_before), likes_delta = s.likes_delta + (w.likes - w.likes_before),
             comments_delta = s.comments_delta + (w.comments - w.comments_before),
             gmv_delta = s.gmv_delta + (w.gmv - w.gmv_before), units_delta = s.units_delta + (w.units - w.units_before)
        from public.loyalty_sync_run_rows w
       where w.client_id = p_client and w.run_id = p_run and w.has_snapshot
         and s.client_id = p_client and s.video_id = w.video_id and s.business_date = p_date;
    end if;
    insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
      gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta, is_opening)
    select p_client, w.video_id, case when o.is_opening then w.posted_on else p_date end, w.creator_id, p_run,
           w.views, w.likes, w.comments, w.gmv, w.units,
           w.views - coalesce(w.views_before, 0), w.likes - coalesce(w.likes_before, 0), w.comments - coalesce(w.comments_before, 0),
           w.gmv - coalesce(w.gmv_before, 0), w.units - coalesce(w.units_before, 0), o.is_opening
      from public.loyalty_sync_run_rows w
     -- What an old video sold before we first saw it belongs to when it was posted, not to tonight.
     cross join lateral (select w.outcome <> 'changed' and w.posted_on < p_date - 31 as is_opening) o
     where w.client_id = p_client and w.run_id = p_run and w.creator_id is not null and not w.has_snapshot
       and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen')
            or (w.outcome = 'changed' and (w.views, w.likes, w.comments, w.gmv, w.units)
                  is distinct from (w.views_before, w.likes_before, w.comments_before, w.gmv_before, w.units_before)))
     order by w.video_id;
    get diagnostics v_count = row_count;
    perform private.loyalty_mark_dirty(p_client, array(
      select distinct w.creator_id from public.loyalty_sync_run_rows w
       where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched') and w.creator_id is not null), p_date);
    return v_count;
  end $function$

private.loyalty_apply_videos(p_client uuid, p_run uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_apply_videos(p_client uuid, p_run uuid, p_date date)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    update public.loyalty_videos v
       set views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units, ctr_bp = w.ctr_bp,
           url = coalesce(w.url, v.url), title = coalesce(w.title, v.title), posted_on = coalesce(w.posted_on, v.posted_on),
           last_run_id = p_run, figures_at = now()
      from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed'
       and v.client_id = p_client and v.id = w.video_id;
    get diagnostics v_count = row_count;
    insert into public.loyalty_videos as v (id, client_id, creator_id, url, url_key, title, posted_on, views, likes, comments,
      gmv, units, ctr_bp, first_seen_on, last_run_id)
    select w.video_id, p_client, w.creator_id, w.url, w.url_key, w.title, w.posted_on, w.views, w.likes, w.comments,
           w.gmv, w.units, w.ctr_bp, p_date, p_run
      from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.creator_id is not null
       and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen'))
     order by w.url_key;
    return v_count;
  end $function$

private.loyalty_archive_untouched(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_archive_untouched(p_client uuid, p_run uuid)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    with gone as (
      update public.loyalty_creators c set state = 'archived'
        from public.loyalty_sync_run_creators rc
        join public.loyalty_creators o on o.client_id = p_client and o.id = rc.creator_id
        join public.people p on p.client_id = p_client and p.id = o.person_id
       where rc.client_id = p_client and rc.run_id = p_run and c.client_id = p_client and c.id = rc.creator_id
         and c.state = 'active' and not c.is_pinned and p.user_id is null and p.email is null
         and not exists (select from public.loyalty_videos v where v.client_id = p_client and v.creator_id = c.id)
         and not exists (select from public.loyalty_adjustments a where a.client_id = p_client and a.creator_id = c.id)
         and not exists (select from public.loyalty_handle_aliases a where a.client_id = p_client and a.creator_id = c.id)
      returning c.id
    )
    update public.loyalty_sync_run_creators rc set archived_at = now()
      from gone g where rc.client_id = p_client and rc.run_id = p_run and rc.creator_id = g.id;
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.loyalty_bind_creator(p_client uuid, p_creator uuid, p_user uuid, p_email text, p_name text)
  CREATE OR REPLACE FUNCTION private.loyalty_bind_creator(p_client uuid, p_creator uuid, p_user uuid, p_email text, p_name text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_shell public.people;
    v_person public.people;
    v_own public.loyalty_creators;
  begin
    select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator for update;
    if not found or v_creator.state <> 'active' then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    select p.* into strict v_shell from public.people p where p.client_id = p_client and p.id = v_creator.person_id for update;
    if v_shell.user_id is distinct from p_user then
      if v_shell.user_id is not null then
        raise exception using errcode = 'ST001', message = 'This handle belongs to someone with a login already.';
      end if;
      select p.* into v_person from public.people p where p.client_id = p_client and p.user_id = p_user for update;
      if not found then
        -- The row from the file becomes hers: same person, now with a login. Not one that can do more than who decides.
        perform private.require_person_within_reach(p_client, v_shell.id);
        perform private.bind_person(p_client, v_shell.id, p_user);
        update public.people p
           set display_name = case when lower(p.display_name) = v_creator.handle_key then coalesce(nullif(btrim(p_name), ''), p.display_name) else p.display_name end,
               email = case when p.email is null and not exists (select 1 from public.people o
                         where o.client_id = p_client and o.email = lower(p_email) and o.state = 'active') then lower(p_email) else p.email end
         where p.client_id = p_client and p.id = v_shell.id;
        v_person := v_shell;
      else
        if v_person.state <> 'active' then
          raise exception using errcode = 'ST001', message = 'This person is deactivated. Reactivate them first.';
        end if;
        select c.* into v_own from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person.id for update;
        if found and (v_own.total_videos > 0 or exists (select 1 from public.loyalty_videos v where v.client_id = p_client and v.creator_id = v_own.id)
                      or exists (select 1 from public.loyalty_adjustments a where a.client_id = p_client and a.creator_id = v_own.id)) then
          raise exception using errcode = 'ST001',
            message = format('This person already sells as @%s. Rename that creator instead.', v_own.handle);
        end if;
        -- Two rows for one person: the creator moves to the row with the login, an empty creator changes places with it.
        update public.loyalty_creators c
           set person_id = case when c.id = p_creator then v_person.id else v_shell.id end
         where c.client_id = p_client and (c.id = p_creator or c.id = v_own.id);
        if v_own.id is not null then
          update public.loyalty_creators c set state = 'archived' where c.client_id = p_client and c.id = v_own.id;
        else
          begin
            delete from public.people p where p.client_id = p_client and p.id = v_shell.id;
          exception when foreign_key_violation then
            null; -- Something still names the row from the file; it stays, without a login and without a creator.
          end;
        end if;
      end if;
    else
      v_person := v_shell;
    end if;
    insert into public.person_roles (client_id, person_id, role_id, granted_by)
    values (p_client, v_person.id, 'creator', auth.uid())
    on conflict (client_id, person_id, role_id) do update set valid_until = null;
    return v_person.id;
  end $function$

private.loyalty_build_pass(p_client uuid, p_date date, p_only_targets boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_build_pass(p_client uuid, p_date date, p_only_targets boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_mode text;
    v_metric text;
    v_earliest date;
    v_thresholds bigint[];
    v_targets uuid[];
    v_only text := '';
    v_spans text;
    v_nestloop text := current_setting('enable_nestloop');
  begin
    select s.tier_mode, s.metric into strict v_mode, v_metric from public.loyalty_settings s where s.client_id = p_client;
    if p_only_targets then
      v_targets := array(select x.creator_id from pg_temp.loyalty_targets x);
      v_only := ' and %1$s = any ($1)';
    end if;
    select array_agg(t.threshold order by t.rank) into v_thresholds
      from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null;
    select min(least(c.period_start, c.prior_period_start)) into v_earliest
      from public.loyalty_creators c where c.client_id = p_client;
    drop table if exists pg_temp.loyalty_pass;
    -- Not a common table expression: read more than once, that would be stored first and keep the sums off parallel workers.
    v_spans := format($q$(
        select c.id as creator_id, least(c.next_check_on, %2$L::date) as to_on,
               -- A second file on the night of a move is judged by the whole period that was closed that night.
               case when c.period_start > %2$L::date then coalesce(c.prior_period_start, c.period_start)
                    else c.period_start end as from_on
          from public.loyalty_creators c where c.client_id = %1$L::uuid %3$s)$q$, p_client, p_date, format(v_only, 'c.id'));
    -- Sets are joined to sets: on the night of a first file, before statistics exist, a nested loop would take minutes.
    perform set_config('enable_nestloop', 'off', true);
    execute format($q$
      create temporary table loyalty_pass on commit drop as
      with periods as (
        select c.id as creator_id, c.tier_id, c.is_pinned, c.tier_since, c.anchor_on, c.period_start, c.prior_period_start,
               c.next_check_on, c.next_check_on <= %2$L::date as is_due, x.to_on, x.from_on
          from public.loyalty_creators c join %11$s x on x.creator_id = c.id
         where c.client_id = %1$L::uuid %4$s
      ), lifetime as (
        select v.creator_id, sum(v.gmv)::bigint as gmv, sum(v.units)::bigint as units, count(*) as videos,
               max(v.posted_on) as last_on, count(*) filter (where v.posted_on between p.from_on and p.to_on) as posted
          from public.loyalty_videos v join %11$s p on p.creator_id = v.creator_id
         where v.client_id = %1$L::uuid %5$s
         group by v.creator_id
      ), moved as (
        select s.creator_id, sum(s.gmv_delta)::bigint as gmv, sum(s.units_delta)::bigint as units,
               sum(s.views_delta)::bigint as views, sum(s.likes_delta)::bigint as likes,
               sum(s.comments_delta)::bigint as comments, count(*) as snapshots
          from public.loyalty_video_snapshots s join %11$s p on p.creator_id = s.creator_id
         where s.client_id = %1$L::uuid and s.business_date >= %3$L::date and s.business_date <= %2$L::date %6$s
           and s.business_date >= p.from_on and s.business_date <= p.to_on
         group by s.creator_id
      ), adjusted as (
        select a.creator_id, sum(a.amount)::bigint as total_amount, sum(a.units)::bigint as total_units,
               coalesce(sum(a.amount) filter (where a.effective_on between p.from_on and p.to_on), 0)::bigint as amount,
               coalesce(sum(a.units) filter (where a.effective_on between p.from_on and p.to_on), 0)::bigint as units,
               coalesce(sum(a.amount) filter (where a.kind = 'refund' and a.effective_on between p.from_on and p.to_on), 0)::bigint as refunds,
               count(*) filter (where a.effective_on between p.from_on and p.to_on) as adjustments
          from public.loyalty_adjustments a join %11$s p on p.creator_id = a.creator_id
         where a.client_id = %1$L::uuid and a.effective_on <= %2$L::date %7$s
         group by a.creator_id
      ), figures as (
        select p.*,
               coalesce(l.gmv, 0) + coalesce(a.total_amount, 0) as total_sales,
               coalesce(l.units, 0) + coalesce(a.total_units, 0) as total_units,
               coalesce(l.videos, 0) as total_videos, l.last_on as last_video_on,
               coalesce(m.gmv, 0) + coalesce(a.amount, 0) as sales, coalesce(m.units, 0) + coalesce(a.units, 0) as units,
               coalesce(m.views, 0) as views, coalesce(m.likes, 0) as likes, coalesce(m.comments, 0) as comments,
               coalesce(m.snapshots, 0) as snapshots, coalesce(l.posted, 0) as videos,
               coalesce(a.adjustments, 0) as adjustments, coalesce(a.refunds, 0) as refunds,
               case %8$L when 'sales' then coalesce(a.amount, 0) else coalesce(a.units, 0) end as period_adjustments,
               case when %9$L = 'lifetime' and %8$L = 'sales' then coalesce(l.gmv, 0)
                    when %9$L = 'lifetime' then coalesce(l.units, 0)
                    when %8$L = 'sales' then coalesce(m.gmv, 0) else coalesce(m.units, 0) end as sales_part,
               case when %9$L = 'lifetime' and %8$L = 'sales' then coalesce(a.total_amount, 0)
                    when %9$L = 'lifetime' then coalesce(a.total_units, 0)
                    when %8$L = 'sales' then coalesce(a.amount, 0) else coalesce(a.units, 0) end as adjustments_part
          from periods p
          left join lifetime l on l.creator_id = p.creator_id
          left join moved m on m.creator_id = p.creator_id
          left join adjusted a on a.creator_id = p.creator_id
      ), ladder as (
        select t.id, t.rank, t.name, t.threshold
          from public.loyalty_tiers t where t.client_id = %1$L::uuid and t.archived_at is null
      )
      select f.*, f.sales_part + f.adjustments_part as value,
             own.rank as own_rank, own.name as own_name, own.threshold as own_threshold,
             met.id as met_id, met.rank as met_rank, met.name as met_name, met.threshold as met_threshold,
             case when f.is_pinned then case when f.is_due and %9$L = 'checkpoint' then 'maintained' end
                  when met.rank > own.rank then 'promotion'
                  when f.is_due and %9$L = 'checkpoint' and met.rank < own.rank and own.rank > 1 then 'demotion'
                  when f.is_due and %9$L = 'checkpoint' then 'maintained' end as rule
        from figures f
        join ladder own on own.id = f.tier_id
        join ladder met on met.rank = greatest(width_bucket(f.sales_part + f.adjustments_part, %10$L::bigint[]), 1)
    $q$, p_client, p_date, coalesce(v_earliest, p_date),
      format(v_only, 'c.id'), format(v_only, 'v.creator_id'), format(v_only, 's.creator_id'),
      format(v_only, 'a.creator_id'), v_metric, v_mode, v_thresholds, v_spans) using v_targets;
    perform set_config('enable_nestloop', v_nestloop, true);
    -- What the next statements join and filter by; the figures are only carried along.
    analyze pg_temp.loyalty_pass (creator_id, rule, is_due, to_on);
  end $function$

private.loyalty_cancel_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_cancel_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
  begin
    if v_run.state = 'cancelled' then
      return v_run.state;
    end if;
    update public.loyalty_sync_runs r set state = 'cancelled', finished_at = now() where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_drop_staging(p_run);
    return 'cancelled';
  end $function$

private.loyalty_check_ladder(p_tiers jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_check_ladder(p_tiers jsonb)
   RETURNS void
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_bad record;
  begin
    select l.rank, l.threshold, l.below, l.name, l.twice into v_bad
      from (select r.rank, r.threshold, r.name, lag(r.threshold) over (order by r.rank) as below,
                   count(*) over (partition by lower(r.name)) > 1 as twice
              from private.loyalty_read_ladder(p_tiers) r) l
     where l.threshold is null or (l.rank = 1 and l.threshold <> 0) or l.threshold <= l.below or coalesce(l.name, '') = '' or l.twice
     order by l.rank limit 1;
    if not found then
      return;
    end if;
    raise exception using errcode = 'VA001',
      detail = format('tiers.%s.%s', v_bad.rank - 1, case when coalesce(v_bad.name, '') = '' or v_bad.twice then 'name' else 'threshold' end),
      message = case when coalesce(v_bad.name, '') = '' then 'Give the tier a name.' when v_bad.twice then 'Two tiers have this name.'
                     when v_bad.rank = 1 then 'The first tier starts at zero.' else 'Each tier must start higher than the one below it.' end;
  end $function$

private.loyalty_check_run(p_client uuid, p_run uuid, p_again boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_check_run(p_client uuid, p_run uuid, p_again boolean DEFAULT false)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
    v_checks jsonb;
    v_renamed text[];
  begin
    -- Each part was compared while the next one was read. Again from the start only if something was saved since.
    if p_again then
      delete from public.loyalty_sync_run_rows r
       where r.client_id = p_client and r.run_id = p_run and r.outcome not in ('rejected', 'duplicate');
      delete from private.loyalty_import_handles h where h.run_id = p_run;
      analyze private.loyalty_import_rows;
      perform private.loyalty_compare_rows(p_client, p_run, 0, 9223372036854775807);
    end if;
    perform private.loyalty_set_doubles_aside(p_client, p_run);
    -- One known video gives a new name away: none of its rows may make a second creator.
    v_renamed := array(
      select distinct lower(k.handle) from public.loyalty_sync_run_rows k
       where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleChanged');
    if cardinality(v_renamed) > 0 then
      update public.loyalty_sync_run_rows w set reason = 'handleChanged'
       where w.client_id = p_client and w.run_id = p_run and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
         and lower(w.handle) = any (v_renamed);
    end if;

    update public.loyalty_sync_runs r
       set rows_new = o.n_new, rows_changed = o.n_changed, rows_unmatched = o.n_unmatched, rows_rejected = o.n_rejected,
           rows_duplicate = o.n_duplicate, rows_to_add = o.n_to_add, creators_to_add = h.n_unseen,
           rows_unchanged = f.n_rows - o.n_new - o.n_changed - o.n_unmatched,
           file_sales = f.sales,
           sales_before = f.sales - o.new_sales - o.d_sales, sales_after = f.sales - o.new_sales,
           units_before = f.units - o.new_units - o.d_units, units_after = f.units - o.new_units,
           views_before = f.views - o.new_views - o.d_views, views_after = f.views - o.new_views
      from (select count(*) filter (where w.outcome = 'new') as n_new,
                   count(*) filter (where w.outcome = 'changed') as n_changed,
                   count(*) filter (where w.outcome = 'unmatched') as n_unmatched,
                   count(*) filter (where w.outcome = 'rejected') as n_rejected,
                   count(*) filter (where w.outcome = 'duplicate') as n_duplicate,
                   count(*) filter (where w.reason = 'handleUnseen') as n_to_add,
                   coalesce(sum(w.gmv) filter (where w.outcome in ('new', 'unmatched')), 0) as new_sales,
                   coalesce(sum(w.units) filter (where w.outcome in ('new', 'unmatched')), 0) as new_units,
                   coalesce(sum(w.views) filter (where w.outcome in ('new', 'unmatched')), 0) as new_views,
                   coalesce(sum(w.gmv - w.gmv_before) filter (where w.outcome = 'changed'), 0) as d_sales,
                   coalesce(sum(w.units - w.units_before) filter (where w.outcome = 'changed'), 0) as d_units,
                   coalesce(sum(w.views - w.views_before) filter (where w.outcome = 'changed'), 0) as d_views
              from public.loyalty_sync_run_rows w where w.client_id = p_client and w.run_id = p_run) o,
           (select count(*) as n_rows, coalesce(sum(s.gmv), 0) as sales, coalesce(sum(s.units), 0) as units,
                   coalesce(sum(s.views), 0) as views
              from private.loyalty_import_rows s where s.run_id = p_run) f,
           (select count(distinct lower(k.handle)) as n_unseen from public.loyalty_sync_run_rows k
             where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleUnseen') h
     where r.client_id = p_client and r.id = p_run
    returning r.* into v_run;
    v_checks := private.loyalty_run_checks(v_run);
    update public.loyalty_sync_runs r set checks = v_checks, checked_at = clock_timestamp()
     where r.client_id = p_client and r.id = p_run;
    return v_checks;
  end $function$

private.loyalty_check_totals(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_check_totals(p_client uuid)
   RETURNS TABLE(creator_id uuid, stored bigint, derived bigint)
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select c.id, c.total_sales, d.total
      from public.loyalty_creators c
      cross join lateral (
        select (coalesce((select sum(v.gmv) from public.loyalty_videos v where v.client_id = c.client_id and v.creator_id = c.id), 0)
                + coalesce((select sum(a.amount) from public.loyalty_adjustments a
                             where a.client_id = c.client_id and a.creator_id = c.id), 0))::bigint as total) d
     where c.client_id = p_client and c.total_sales <> d.total
       and not exists (select 1 from private.loyalty_dirty_creators m where m.client_id = c.client_id and m.creator_id = c.id)
  $function$

private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_user uuid := auth.uid();
    v_client uuid;
    v_email text;
    v_name text;
    v_person uuid;
    v_key text := private.loyalty_handle_key(p_handle);
    v_id uuid;
  begin
    if v_user is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    select c.id into v_client from public.clients c where c.slug = p_slug and private.program_is_on(c.id, 'loyalty');
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
    if not found then
      raise exception using errcode = 'PM001', message = 'Confirm your e-mail address first.', detail = 'email';
    end if;
    if v_key !~ '^[a-z0-9_.]{1,30}$' then
      raise exception using errcode = 'VA001', message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
    end if;
    if nullif(btrim(p_evidence_url), '') is null and char_length(btrim(coalesce(p_evidence_text, ''))) < 10 then
      raise exception using errcode = 'VA001', message = 'Give a link or a sentence that shows the handle is yours.', detail = 'evidenceText';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('loyalty.claim:' || v_client || v_user, 0));
    if (select count(*) from public.loyalty_handle_claims k
         where k.client_id = v_client and k.user_id = v_user and k.created_at > now() - interval '24 hours') >= 5 then
      raise exception using errcode = 'QT001', message = 'You have asked five times today. Try again tomorrow.';
    end if;
    select p.id, p.display_name into v_person, v_name from public.people p
     where p.client_id = v_client and p.user_id = v_user and p.state = 'active';
    -- A new request takes the place of the one that waits: there is one for the business to look at.
    update public.loyalty_handle_claims k set state = 'withdrawn', decided_at = now()
     where k.client_id = v_client and k.user_id = v_user and k.state = 'pending';
    insert into public.loyalty_handle_claims (client_id, user_id, person_id, email, claimant_name, handle_key, evidence_text, evidence_url)
    values (v_client, v_user, v_person, v_email, coalesce(v_name, split_part(v_email, '@', 1)), v_key,
            btrim(coalesce(p_evidence_text, '')), nullif(btrim(p_evidence_url), ''))
    returning id into v_id;
    perform private.notify_permitted(v_client, 'loyalty.handle-claimed', 'loyalty.claims.decide',
      jsonb_build_object('claimId', v_id, 'handle', v_key), 'loyalty.handle-claimed:' || v_id);
    return v_id;
  end $function$

private.loyalty_compare_rows(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
  CREATE OR REPLACE FUNCTION private.loyalty_compare_rows(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_match_handles(p_client, p_run, p_from, p_to);
    insert into public.loyalty_sync_run_rows (
      client_id, run_id, outcome, line, reason, column_name, raw_value, handle, creator_id, video_id, url, url_key, title, posted_on,
      views, likes, comments, gmv, units, ctr_bp, views_before, likes_before, comments_before, gmv_before, units_before,
      ctr_bp_before, url_before, title_before, posted_on_before, run_before, figures_before)
    select p_client, p_run, m.outcome, m.line, m.reason,
           case when m.reason is not null then 'handle' end, case when m.reason is not null then m.handle end,
           case when m.outcome <> 'changed' then m.handle end, m.creator_id, coalesce(m.video_id, gen_random_uuid()),
           -- What a changed row does not change is not written twice: this is most of a night's volume.
           case when m.outcome <> 'changed' or m.url <> m.o_url then m.url end, case when m.outcome <> 'changed' then m.url_key end,
           case when m.outcome <> 'changed' or m.title <> m.o_title then m.title end,
           case when m.outcome <> 'changed' or m.posted_on <> m.o_posted_on then m.posted_on end,
           m.views, m.likes, m.comments, m.gmv, m.units, m.ctr_bp, m.o_views, m.o_likes, m.o_comments, m.o_gmv, m.o_units,
           m.o_ctr_bp, case when m.url <> m.o_url then m.o_url end, case when m.title <> m.o_title then m.o_title end,
           case when m.posted_on <> m.o_posted_on then m.o_posted_on end, m.o_run, m.o_figures
      from (
        select s.line, s.handle, s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp,
               case when h.status = 'known' then h.creator_id end as creator_id, v.id as video_id,
               v.views as o_views, v.likes as o_likes, v.comments as o_comments, v.gmv as o_gmv, v.units as o_units,
               v.ctr_bp as o_ctr_bp, v.url as o_url, v.title as o_title, v.posted_on as o_posted_on,
               v.last_run_id as o_run, v.figures_at as o_figures,
               case when h.status <> 'known' or v.creator_id <> h.creator_id then 'unmatched'
                    when v.id is null then 'new'
                    when (v.views, v.likes, v.comments, v.gmv, v.units, v.title, v.posted_on)
                         is distinct from (s.views, s.likes, s.comments, s.gmv, s.units, s.title, s.posted_on)
                      or v.ctr_bp is distinct from s.ctr_bp then 'changed' end as outcome,
               -- A known video under an unseen handle: her creator has a new name, which a person confirms.
               case h.status when 'unseen' then
                         case when v.creator_id is distinct from h.creator_id and v.id is not null then 'handleChanged' else 'handleUnseen' end
                    when 'archived' then 'creatorArchived'
                    else case when v.creator_id <> h.creator_id then 'otherCreator' end end as reason
          from private.loyalty_import_rows s
         -- Looked up by key, row by row: what the planner thinks of a table that was just filled must not matter.
         cross join lateral (
           select k.status, k.creator_id from private.loyalty_import_handles k
            where k.run_id = p_run and k.handle_key = s.handle_key limit 1) h
          left join lateral (
           select x.* from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v on true
         where s.run_id = p_run and s.line between p_from and p_to
      ) m
     where m.outcome is not null
     order by m.line;
  end $function$

private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
  CREATE OR REPLACE FUNCTION private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
   RETURNS bigint
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_found uuid[] := case when nullif(btrim(p_search), '') is not null then private.loyalty_find_creators(p_client, p_search) end;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.read');
    return (
      select count(*) from public.loyalty_creators c
       where c.client_id = p_client and c.state = p_state
         and (p_tiers is null or c.tier_id = any (p_tiers)) and (p_min_sales is null or c.period_sales >= p_min_sales)
         and (v_found is null or c.id = any (v_found)));
  end $function$

private.loyalty_count_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_count_run(p_client uuid, p_run uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
    v_changes jsonb;
  begin
    select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
    if v_run.state is distinct from 'counting' then
      return v_run.tier_changes;
    end if;
    v_changes := private.loyalty_recalculate(p_client, v_run.business_date, p_run);
    update public.loyalty_sync_runs r
       set state = 'saved', saved_at = clock_timestamp(), finished_at = clock_timestamp(), tier_changes = v_changes
     where r.client_id = p_client and r.id = p_run;
    perform private.emit_event(p_client, 'loyalty.run-saved', jsonb_build_object('runId', p_run));
    return v_changes;
  end $function$

private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_file public.core_files;
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.imports.write');
    select * into v_file from public.core_files f where f.client_id = p_client and f.id = p_file and f.purpose = 'loyalty-import';
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this file.';
    end if;
    if v_file.state not in ('quarantine', 'clean') then
      raise exception using errcode = 'ST001', message = 'The file has not arrived yet. Send it again.', detail = 'file';
    end if;
    -- A second click on the same button is not a fault.
    select r.id into v_id from public.loyalty_sync_runs r where r.client_id = p_client and r.file_id = p_file;
    if v_id is null then
      insert into public.loyalty_sync_runs (client_id, source, business_date, file_id, file_name, file_bytes, creates_creators, created_by)
      values (p_client, 'upload', private.loyalty_night_of(p_client), v_file.id, v_file.name, v_file.bytes,
        p_creates_creators, private.my_person(p_client))
      returning id into v_id;
      perform private.loyalty_queue_run(p_client, v_id);
    end if;
    return v_id;
  end $function$

private.loyalty_data_state(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_data_state(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
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
  end $function$

private.loyalty_decide_by_hand(p_client uuid, p_creator uuid, p_rule text, p_tier uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_decide_by_hand(p_client uuid, p_creator uuid, p_rule text, p_tier uuid, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_decision uuid := gen_random_uuid();
  begin
    select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    insert into public.loyalty_tier_decisions (id, client_id, creator_id, business_date, rule, from_tier_id, to_tier_id, from_name, to_name,
      metric, value, threshold, sales_part, detail, decided_by)
    select v_decision, p_client, p_creator, private.local_date(now(), k.time_zone), p_rule, v_creator.tier_id, t.id, f.name, t.name, s.metric,
           v.value, t.threshold, v.value, jsonb_build_object('reason', p_reason), auth.uid()
      from public.loyalty_tiers t
      join public.loyalty_tiers f on f.client_id = p_client and f.id = v_creator.tier_id
      join public.loyalty_settings s on s.client_id = p_client
      join public.clients k on k.id = p_client
      cross join lateral (select case when s.tier_mode = 'lifetime' and s.metric = 'sales' then v_creator.total_sales
                                      when s.tier_mode = 'lifetime' then v_creator.total_units
                                      when s.metric = 'sales' then v_creator.period_sales else v_creator.period_units end as value) v
     where t.client_id = p_client and t.id = p_tier;
    if v_creator.tier_id <> p_tier or not exists (select 1 from public.loyalty_tier_stints t
         where t.client_id = p_client and t.creator_id = p_creator and t.ended_at is null) then
      update public.loyalty_tier_stints t set ended_at = greatest(t.started_at, now())
       where t.client_id = p_client and t.creator_id = p_creator and t.ended_at is null;
      insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
      values (p_client, p_creator, p_tier, v_decision, now());
    end if;
    if v_creator.tier_id <> p_tier then
      update public.loyalty_creators c set tier_id = p_tier, tier_since = now() where c.client_id = p_client and c.id = p_creator;
    end if;
  end $function$

private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_claim public.loyalty_handle_claims;
    v_creator uuid;
    v_person uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.claims.decide');
    select k.* into v_claim from public.loyalty_handle_claims k where k.client_id = p_client and k.id = p_claim for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this request.';
    end if;
    if v_claim.state <> 'pending' then
      raise exception using errcode = 'ST003', message = format('This request was already %s.', v_claim.state);
    end if;
    if v_claim.user_id = auth.uid() then
      raise exception using errcode = 'PM001', message = 'Someone else has to decide about your own request.';
    end if;
    if p_approve then
      select c.id into v_creator from public.loyalty_creators c
       where c.client_id = p_client and c.handle_key = v_claim.handle_key and c.state = 'active';
      if not found then
        select a.creator_id into v_creator from public.loyalty_handle_aliases a
         where a.client_id = p_client and a.handle_key = v_claim.handle_key;
      end if;
      if v_creator is null then
        if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_claim.handle_key) then
          raise exception using errcode = 'ST001', message = 'The creator with this handle is archived. Bring her back first.';
        end if;
        -- Nobody sells under this handle yet: she is known from now on, and the next file finds her.
        select p.id into v_person from public.people p where p.client_id = p_client and p.user_id = v_claim.user_id and p.state = 'active';
        if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person) then
          raise exception using errcode = 'ST001', message = 'This person is a creator already. Rename that creator instead.';
        end if;
        if v_person is null then
          insert into public.people (client_id, display_name) values (p_client, v_claim.claimant_name) returning id into v_person;
        end if;
        insert into public.loyalty_creators (client_id, person_id, handle) values (p_client, v_person, v_claim.handle_key)
        returning id into v_creator;
      end if;
      v_person := private.loyalty_bind_creator(p_client, v_creator, v_claim.user_id, v_claim.email, v_claim.claimant_name);
      update public.loyalty_handle_claims k
         set state = 'approved', creator_id = v_creator, person_id = v_person, decided_by = auth.uid(), decided_at = now()
       where k.client_id = p_client and k.id = p_claim;
    else
      if char_length(btrim(coalesce(p_reason, ''))) < 3 then
        raise exception using errcode = 'VA001', message = 'Say why, in a sentence the person will read.', detail = 'reason';
      end if;
      update public.loyalty_handle_claims k
         set state = 'rejected', reject_reason = btrim(p_reason), decided_by = auth.uid(), decided_at = now()
       where k.client_id = p_client and k.id = p_claim;
      v_person := v_claim.person_id;
    end if;
    perform private.emit_event(p_client, 'loyalty.claim-decided', jsonb_build_object('claimId', p_claim, 'approved', p_approve));
    if v_person is not null then
      perform private.notify(p_client, 'loyalty.handle-claim-decided', array[v_person],
        jsonb_build_object('claimId', p_claim, 'handle', v_claim.handle_key, 'isApproved', p_approve, 'reason', btrim(p_reason)),
        'loyalty.handle-claim-decided:' || p_claim);
    end if;
    return v_creator;
  end $function$

private.loyalty_drop_staging(p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_drop_staging(p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    delete from private.loyalty_import_rows r where r.run_id = p_run;
    delete from private.loyalty_import_handles h where h.run_id = p_run;
  end $function$

private.loyalty_due_nights(p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_due_nights(p_now timestamp with time zone)
   RETURNS TABLE(client_id uuid, business_date date)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
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
  end $function$

private.loyalty_ensure_source(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_ensure_source(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.settings.write');
    insert into public.loyalty_sync_sources (client_id) values (p_client) on conflict (client_id) do nothing;
    select s.id into v_id from public.loyalty_sync_sources s where s.client_id = p_client;
    return v_id;
  end $function$

private.loyalty_fetch_now(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_fetch_now(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_source public.loyalty_sync_sources;
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.imports.write');
    select * into v_source from public.loyalty_sync_sources s where s.client_id = p_client and s.kind <> 'upload';
    if not found then
      raise exception using errcode = 'VA001', message = 'Say first where the file comes from.', detail = 'kind';
    end if;
    select r.id into v_id from public.loyalty_sync_runs r
     where r.client_id = p_client and r.source in ('https', 'browser') and r.state in ('queued', 'reading') limit 1;
    if v_id is null then
      insert into public.loyalty_sync_runs (client_id, source, business_date, file_name, creates_creators, recipe_version, created_by)
      values (p_client, v_source.kind, private.loyalty_night_of(p_client), 'download.csv', v_source.creates_creators,
        case when v_source.kind = 'browser' then v_source.recipe_version end, private.my_person(p_client))
      returning id into v_id;
      perform private.loyalty_queue_run(p_client, v_id);
    end if;
    return v_id;
  end $function$

private.loyalty_find_creators(p_client uuid, p_search text)
  CREATE OR REPLACE FUNCTION private.loyalty_find_creators(p_client uuid, p_search text)
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_text text := lower(regexp_replace(btrim(p_search), '^@+', ''));
  begin
    perform private.require_permission(p_client, 'loyalty.creators.read');
    v_text := replace(replace(replace(v_text, '\', '\\'), '%', '\%'), '_', '\_');
    return coalesce((
      select array_agg(f.id) from (
        select c.id from public.loyalty_creators c
         where c.client_id = p_client and c.search_text like '%' || v_text || '%' limit 1000) f), '{}');
  end $function$

private.loyalty_find_login(p_handle text, p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_find_login(p_handle text, p_client uuid)
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((
      select array_agg(distinct p.user_id)
      from public.loyalty_creators c
      join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.state = 'active' and p.user_id is not null
      where c.handle_key = private.loyalty_handle_key(p_handle)
        and (p_client is null or c.client_id = p_client)
        and private.program_is_on(c.client_id, 'loyalty')
    ), '{}');
  end $function$

private.loyalty_finish_stage(p_client uuid, p_date date, p_stage text, p_outcome text, p_detail jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_finish_stage(p_client uuid, p_date date, p_stage text, p_outcome text, p_detail jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into public.loyalty_sync_stages as g (client_id, business_date, stage, outcome, detail, attempts, finished_at)
    values (p_client, p_date, p_stage, p_outcome, coalesce(p_detail, '{}'::jsonb), 1, clock_timestamp())
    on conflict (client_id, business_date, stage) do update
      set outcome = excluded.outcome, detail = g.detail || excluded.detail, finished_at = excluded.finished_at,
          attempts = g.attempts + 1
      where g.finished_at is null;
  end $function$

private.loyalty_handle_key(p_handle text)
  CREATE OR REPLACE FUNCTION private.loyalty_handle_key(p_handle text)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    select lower(regexp_replace(btrim(p_handle), '^@+', ''))
  $function$

private.loyalty_last_due_night(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_last_due_night(p_client uuid, p_now timestamp with time zone)
   RETURNS date
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
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
  end $function$

private.loyalty_lock_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_lock_run(p_client uuid, p_run uuid)
   RETURNS public.loyalty_sync_runs
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
  begin
    perform private.require_permission(p_client, 'loyalty.imports.write');
    select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this import.';
    end if;
    return v_run;
  end $function$

private.loyalty_mark_dirty(p_client uuid, p_creators uuid[], p_due_on date)
  CREATE OR REPLACE FUNCTION private.loyalty_mark_dirty(p_client uuid, p_creators uuid[], p_due_on date)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
    select distinct p_client, x.id, p_due_on
      from unnest(p_creators) x (id)
      join public.loyalty_creators c on c.client_id = p_client and c.id = x.id
    on conflict do nothing;
  end $function$

private.loyalty_match_handles(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
  CREATE OR REPLACE FUNCTION private.loyalty_match_handles(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into private.loyalty_import_handles (run_id, handle_key, creator_id, status)
    select p_run, s.handle_key, coalesce(c.id, a.creator_id, x.id),
           case when c.id is not null or ac.state = 'active' then 'known'
                when a.creator_id is not null then 'archived'
                when x.id is null or x.is_mine then 'unseen' else 'archived' end
      from (select distinct r.handle_key from private.loyalty_import_rows r
             where r.run_id = p_run and r.line between p_from and p_to) s
      left join public.loyalty_creators c
        on c.client_id = p_client and c.handle_key = s.handle_key and c.state = 'active'
      left join public.loyalty_handle_aliases a on a.client_id = p_client and a.handle_key = s.handle_key and c.id is null
      left join public.loyalty_creators ac on ac.client_id = p_client and ac.id = a.creator_id
      left join lateral (
        -- Archived by an undo and never touched: to a file she is as unseen as before.
        select o.id, exists (select from public.loyalty_sync_run_creators rc
                              where rc.client_id = p_client and rc.creator_id = o.id and rc.archived_at is not null) as is_mine
          from public.loyalty_creators o
         where o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'archived'
      ) x on c.id is null and a.creator_id is null
    on conflict (run_id, handle_key) do nothing;
  end $function$

private.loyalty_my_claims(p_slug text)
  CREATE OR REPLACE FUNCTION private.loyalty_my_claims(p_slug text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if auth.uid() is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    return coalesce((
      select jsonb_agg(jsonb_build_object('id', k.id, 'handle', k.handle_key, 'state', k.state, 'rejectReason', k.reject_reason,
                                          'createdAt', k.created_at, 'decidedAt', k.decided_at) order by k.created_at desc)
        from public.loyalty_handle_claims k join public.clients c on c.id = k.client_id
       where c.slug = p_slug and k.user_id = auth.uid() and private.program_is_on(c.id, 'loyalty')), '[]');
  end $function$

private.loyalty_next_count_at(p_time time without time zone, p_zone text)
  CREATE OR REPLACE FUNCTION private.loyalty_next_count_at(p_time time without time zone, p_zone text)
   RETURNS timestamp with time zone
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_today date := private.local_date(now(), p_zone);
  begin
    return case when private.local_instant(v_today, p_time, p_zone) > now() then private.local_instant(v_today, p_time, p_zone)
                else private.local_instant(v_today + 1, p_time, p_zone) end;
  end $function$

private.loyalty_night_of(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_night_of(p_client uuid)
   RETURNS date
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (select private.local_date(now(), s.sync_time_zone) from public.loyalty_settings s where s.client_id = p_client);
  end $function$

private.loyalty_night_run(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_night_run(p_client uuid, p_date date)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
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
  end $function$

private.loyalty_notify_decisions(p_client uuid, p_run uuid, p_business_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_notify_decisions(p_client uuid, p_run uuid, p_business_date date)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    -- Once a decision, however often the stage runs; only people with a login can read it.
    select count(*) into v_count from (
      select private.notify(p_client, 'loyalty.tier-changed', array[c.person_id],
               jsonb_build_object('decisionId', d.id, 'fromTier', d.from_name, 'toTier', d.to_name, 'isRise', d.rule = 'promotion',
                                  'commissionBp', t.commission_bp), 'loyalty.tier-changed:' || d.id)
        from public.loyalty_tier_decisions d
        join public.loyalty_creators c on c.client_id = d.client_id and c.id = d.creator_id
        join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.user_id is not null and p.state = 'active'
        join public.loyalty_tiers t on t.client_id = d.client_id and t.id = d.to_tier_id
       where d.client_id = p_client and d.business_date = p_business_date and d.run_id is not distinct from p_run
         and d.rule in ('promotion', 'demotion') and d.undone_at is null offset 0) n;
    return v_count;
  end $function$

private.loyalty_period_last_day(p_anchor date, p_start date, p_months integer)
  CREATE OR REPLACE FUNCTION private.loyalty_period_last_day(p_anchor date, p_start date, p_months integer)
   RETURNS date
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    -- Counted from the anchor, not from the last period: 31 January, 28 February, 31 March, without drifting to 28.
    select (p_anchor + make_interval(months => (
              (extract(year from p_start) - extract(year from p_anchor)) * 12
              + extract(month from p_start) - extract(month from p_anchor))::integer + p_months))::date - 1
  $function$

private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    if not exists (select 1 from public.loyalty_tiers t where t.client_id = p_client and t.id = p_tier and t.archived_at is null) then
      raise exception using errcode = 'VA001', message = 'Choose a tier of the ladder.', detail = 'tierId';
    end if;
    if char_length(btrim(coalesce(p_reason, ''))) < 3 then
      raise exception using errcode = 'VA001', message = 'Say why this tier is fixed by hand.', detail = 'reason';
    end if;
    perform private.loyalty_decide_by_hand(p_client, p_creator, 'pinned', p_tier, btrim(p_reason));
    update public.loyalty_creators c set is_pinned = true, pinned_tier_id = p_tier, pinned_reason = btrim(p_reason)
     where c.client_id = p_client and c.id = p_creator;
  end $function$

private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
  begin
    perform private.require_permission(p_client, 'loyalty.tiers.write');
    perform private.loyalty_check_ladder(p_tiers);
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    return (
      with wanted as (
        select l.*, case when l.rank = 1 then -9223372036854775808 else l.threshold end as low,
               coalesce(lead(l.threshold) over (order by l.rank), 9223372036854775807) as high
          from private.loyalty_read_ladder(p_tiers) l
      ), present as (
        select t.id, t.rank, t.name, t.threshold, case when t.rank = 1 then -9223372036854775808 else t.threshold end as low,
               coalesce(lead(t.threshold) over (order by t.rank), 9223372036854775807) as high,
               -- A tier that leaves the ladder hands its people to the highest one that asks no more.
               coalesce((select w.rank from wanted w where w.id = t.id),
                        (select max(w.rank) from wanted w where w.threshold <= t.threshold)) as rank_after
          from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null
      ), judged as (
        select c.id, c.handle, c.display_name, f.value, p.rank, p.name as from_name, p.rank_after, c.next_check_on, c.is_pinned,
               old.rank as met_before, new.rank as met_after
          from public.loyalty_creators c
          join present p on p.id = c.tier_id
         cross join lateral (select case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then c.total_sales
                                         when v_settings.tier_mode = 'lifetime' then c.total_units
                                         when v_settings.metric = 'sales' then c.period_sales else c.period_units end as value) f
          join present old on f.value >= old.low and f.value < old.high
          join wanted new on f.value >= new.low and f.value < new.high
         where c.client_id = p_client and c.state = 'active'
      ), moved as (
        select j.*, case when j.is_pinned then j.rank_after
                         when j.met_after > j.rank_after then j.met_after
                         -- Only who would have kept the tier and now would not is a consequence of the change.
                         when v_settings.tier_mode = 'checkpoint' and j.met_before >= j.rank and j.met_after < j.rank_after then j.met_after
                         else j.rank_after end as rank_then
          from judged j
      )
      select jsonb_build_object(
        'tierMode', v_settings.tier_mode, 'metric', v_settings.metric,
        'creators', (select count(*) from moved),
        'rises', (select count(*) from moved m where m.rank_then > m.rank_after),
        'falls', (select count(*) from moved m where m.rank_then < m.rank_after),
        'tiers', (select jsonb_agg(jsonb_build_object('id', w.id, 'rank', w.rank, 'name', w.name, 'threshold', w.threshold,
                    'before', (select count(*) from moved m where m.rank_after = w.rank),
                    'after', (select count(*) from moved m where m.rank_then = w.rank)) order by w.rank) from wanted w),
        'rising', (select coalesce(jsonb_agg(x.line), '[]') from (
           select jsonb_build_object('creatorId', m.id, 'handle', m.handle, 'name', m.display_name, 'value', m.value, 'from', m.from_name,
                                     'to', w.name, 'when', 'tonight') as line
             from moved m join wanted w on w.rank = m.rank_then where m.rank_then > m.rank_after order by m.value desc, m.id limit 50) x),
        'falling', (select coalesce(jsonb_agg(x.line), '[]') from (
           select jsonb_build_object('creatorId', m.id, 'handle', m.handle, 'name', m.display_name, 'value', m.value, 'from', m.from_name,
                                     'to', w.name, 'when', m.next_check_on) as line
             from moved m join wanted w on w.rank = m.rank_then where m.rank_then < m.rank_after
            order by m.next_check_on, m.value, m.id limit 50) x)));
  end $function$

private.loyalty_queue_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_queue_run(p_client uuid, p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform private.add_job('loyalty.run-import', jsonb_build_object('clientId', p_client, 'runId', p_run),
      'loyalty-run:' || p_run, null, 6, 'loyalty:' || p_client);
  end $function$

private.loyalty_read_admin_home(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_admin_home(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_night public.loyalty_nights;
    v_today date;
    v_last date;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.read');
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client;
    select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = p_client;
    v_last := coalesce(v_night.last_business_date, v_today);
    return (
      with people as (
        select c.tier_id, count(*) as creators, sum(c.period_sales)::bigint as sales,
               count(*) filter (where c.last_video_on >= v_last - 29) as posted,
               count(*) filter (where v_settings.tier_mode = 'checkpoint' and not c.is_pinned and c.next_check_on <= v_last + 14 and
                 case when v_settings.metric = 'sales' then c.period_sales else c.period_units end < t.threshold) as at_risk,
               count(*) filter (where c.last_video_on < v_last - 21 and t.rank > 1) as quiet
          from public.loyalty_creators c join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
         where c.client_id = p_client and c.state = 'active'
         group by c.tier_id
      )
      select jsonb_build_object(
        'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency,
        'figuresAt', v_night.figures_at, 'lastBusinessDate', v_night.last_business_date, 'lastSummary', v_night.last_summary,
        'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
        'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
        'creators', (select coalesce(sum(p.creators), 0) from people p), 'posted30Days', (select coalesce(sum(p.posted), 0) from people p),
        'periodSales', (select coalesce(sum(p.sales), 0) from people p),
        'tiers', (select jsonb_agg(jsonb_build_object('id', t.id, 'rank', t.rank, 'name', t.name, 'color', t.color, 'threshold', t.threshold,
                    'creators', coalesce(p.creators, 0), 'sales', coalesce(p.sales, 0)) order by t.rank)
                    from public.loyalty_tiers t left join people p on p.tier_id = t.id where t.client_id = p_client and t.archived_at is null),
        'needs', jsonb_build_object(
          'claims', (select count(*) from public.loyalty_handle_claims k where k.client_id = p_client and k.state = 'pending'),
          'atRisk', (select coalesce(sum(p.at_risk), 0) from people p), 'quiet', (select coalesce(sum(p.quiet), 0) from people p)),
        'moves', (select coalesce(jsonb_agg(jsonb_build_object('rule', m.rule, 'to', m.to_name, 'creators', m.n) order by m.rule desc, m.n desc), '[]')
                    from (select d.rule, d.to_name, count(*) as n from public.loyalty_tier_decisions d
                           where d.client_id = p_client and d.business_date > v_last - 7 and d.rule in ('promotion', 'demotion')
                             and d.undone_at is null group by d.rule, d.to_name) m),
        'weeks', (select jsonb_agg(jsonb_build_object('from', w.day, 'sales', coalesce(s.sales, 0), 'units', coalesce(s.units, 0)) order by w.day)
                    from (select v_last - 6 - 7 * i as day from generate_series(0, 7) i) w
                    cross join lateral (select sum(t.sales)::bigint as sales, sum(t.units)::bigint as units
                      from public.loyalty_daily_totals t
                     where t.client_id = p_client and t.business_date between w.day and w.day + 6) s)));
  end $function$

private.loyalty_read_ladder(p_tiers jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_read_ladder(p_tiers jsonb)
   RETURNS TABLE(id uuid, rank integer, name text, color text, threshold bigint, commission_bp integer, benefits text)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    if jsonb_typeof(p_tiers) <> 'array' or jsonb_array_length(p_tiers) not between 3 and 6 then
      raise exception using errcode = 'VA001', message = 'A ladder has three to six tiers.', detail = 'tiers';
    end if;
    return query
    select (t.value ->> 'id')::uuid, t.ordinality::integer, btrim(t.value ->> 'name'), lower(coalesce(t.value ->> 'color', '#8d99a6')),
           (t.value ->> 'threshold')::bigint, coalesce((t.value ->> 'commissionBp')::integer, 0), coalesce(t.value ->> 'benefits', '')
      from jsonb_array_elements(p_tiers) with ordinality t;
  end $function$

private.loyalty_recalculate(p_client uuid, p_business_date date, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_recalculate(p_client uuid, p_business_date date, p_run uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_night public.loyalty_nights;
    v_date date;
    v_full boolean;
    v_people bigint;
    v_dirty bigint;
    v_first bigint;
    v_updated bigint := 0;
    v_rules jsonb := '{}';
    v_again bigint;
    v_nestloop text := current_setting('enable_nestloop');
  begin
    -- One pass a business at a time; the second sees what the first wrote and finds nothing left to do.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client for update;
    -- A late file for an earlier night changes figures; tiers are decided as of the latest night.
    v_date := greatest(p_business_date, v_night.last_business_date);

    drop table if exists pg_temp.loyalty_targets;
    create temporary table loyalty_targets on commit drop as
    select d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date
    union
    select c.id from public.loyalty_creators c where c.client_id = p_client and c.next_check_on <= v_date
    union
    select c.id from public.loyalty_creators c where c.client_id = p_client and c.figures_at is null;
    get diagnostics v_dirty = row_count;
    analyze pg_temp.loyalty_targets;
    select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
    -- Past a third, reading everything in order is cheaper than looking each up. Once a week everything is counted again anyway.
    v_full := v_night.needs_full_pass or v_night.last_full_pass_on is null
      or v_date - v_night.last_full_pass_on >= 7 or v_dirty * 3 > v_people;
    v_first := case when v_full then v_people else v_dirty end;

    if v_first > 0 then
      -- As in the pass itself: many rows are joined as sets, whatever the statistics say so far.
      perform set_config('enable_nestloop', case when v_first > 500 then 'off' else v_nestloop end, true);
      perform private.loyalty_build_pass(p_client, v_date, not v_full);
      loop
        perform private.loyalty_record_decisions(p_client, p_run);
        v_updated := v_updated + private.loyalty_apply_pass(p_client, v_date, true);
        select coalesce(jsonb_object_agg(t.rule, t.n + coalesce((v_rules ->> t.rule)::bigint, 0)), '{}') || '{}'
          into v_rules
          from (select r.rule, count(d.rule) as n
                  from (values ('entry'), ('promotion'), ('maintained'), ('demotion')) r (rule)
                  left join pg_temp.loyalty_decided d on d.rule = r.rule group by r.rule) t;
        -- Nights were missed and a period closed before today: the next one has begun, so it is judged as well.
        drop table pg_temp.loyalty_targets;
        create temporary table loyalty_targets on commit drop as
        select p.creator_id from pg_temp.loyalty_pass p where p.is_due and p.to_on < v_date;
        get diagnostics v_again = row_count;
        exit when v_again = 0;
        analyze pg_temp.loyalty_targets;
        perform private.loyalty_build_pass(p_client, v_date, true);
      end loop;
      perform set_config('enable_nestloop', v_nestloop, true);
    end if;

    perform private.loyalty_roll_up_days(p_client, array(
      select v_date union select p_business_date
      union select d.due_on from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date));
    delete from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date;
    update public.loyalty_nights n
       set last_business_date = v_date, needs_full_pass = false,
           last_full_pass_on = case when v_full then v_date else n.last_full_pass_on end,
           figures_at = case when p_run is not null then now() else n.figures_at end,
           last_run_id = coalesce(p_run, n.last_run_id),
           last_summary = jsonb_build_object('pass', case when v_full then 'full' else 'changed' end, 'businessDate', v_date,
             'creators', v_first, 'updated', v_updated, 'entered', coalesce(v_rules -> 'entry', '0'),
             'promoted', coalesce(v_rules -> 'promotion', '0'), 'maintained', coalesce(v_rules -> 'maintained', '0'),
             'demoted', coalesce(v_rules -> 'demotion', '0'))
     where n.client_id = p_client
    returning n.last_summary into v_rules;
    drop table if exists pg_temp.loyalty_pass, pg_temp.loyalty_targets, pg_temp.loyalty_decided;
    return v_rules;
  end $function$

private.loyalty_record_decisions(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_record_decisions(p_client uuid, p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_zone text;
  begin
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select c.time_zone into strict v_zone from public.clients c where c.id = p_client;
    drop table if exists pg_temp.loyalty_decided;
    create temporary table loyalty_decided on commit drop as
    select gen_random_uuid() as decision_id, 1 as step, greatest(p.tier_since, private.local_instant(p.to_on, v_settings.sync_time, v_zone)) as at, p.*
      from pg_temp.loyalty_pass p where p.rule is not null
    union all
    -- First sight of a creator: she enters her tier before tonight's figures move her.
    select gen_random_uuid(), 0, p.tier_since, p.creator_id, p.tier_id, p.is_pinned, p.tier_since, p.anchor_on, p.period_start,
           p.prior_period_start, p.next_check_on, p.is_due, p.to_on, p.from_on, p.total_sales, p.total_units, p.total_videos,
           p.last_video_on, p.sales, p.units, p.views, p.likes, p.comments, p.snapshots, p.videos, p.adjustments, p.refunds,
           p.period_adjustments, 0, 0, 0, p.own_rank, p.own_name, p.own_threshold, p.tier_id, p.own_rank, p.own_name,
           p.own_threshold, 'entry'
      from pg_temp.loyalty_pass p
     where not exists (select 1 from public.loyalty_tier_stints t
                        where t.client_id = p_client and t.creator_id = p.creator_id and t.ended_at is null);

    insert into public.loyalty_tier_decisions (id, client_id, creator_id, run_id, business_date, rule, from_tier_id, to_tier_id,
      from_name, to_name, metric, value, threshold, period_start, period_end, sales_part, adjustments_part, detail)
    select d.decision_id, p_client, d.creator_id, p_run, d.to_on, d.rule,
           case when d.step = 1 then d.tier_id end,
           case when d.rule in ('promotion', 'demotion') then d.met_id else d.tier_id end,
           case when d.step = 1 then d.own_name end,
           case when d.rule in ('promotion', 'demotion') then d.met_name else d.own_name end,
           v_settings.metric, d.value,
           case when d.rule in ('promotion', 'demotion') then d.met_threshold else d.own_threshold end,
           case when v_settings.tier_mode = 'checkpoint' then least(d.from_on, d.to_on) end,
           case when v_settings.tier_mode = 'checkpoint' then d.to_on + 1 end,
           d.sales_part, d.adjustments_part,
           jsonb_strip_nulls(jsonb_build_object(
             'mode', v_settings.tier_mode, 'snapshots', d.snapshots, 'videos', d.videos, 'adjustments', d.adjustments,
             'refunds', case when v_settings.metric = 'sales' then d.refunds end,
             'required', d.own_threshold, 'isCheck', d.is_due, 'isPinned', d.is_pinned, 'isExempt', d.own_rank = 1,
             'adjustmentIds', case when d.adjustments > 0 and d.step = 1 then (
                select jsonb_agg(a.id order by a.effective_on, a.id) from public.loyalty_adjustments a
                 where a.client_id = p_client and a.creator_id = d.creator_id and a.effective_on between d.from_on and d.to_on) end,
             'before', case when d.step = 1 then jsonb_build_object('tierId', d.tier_id, 'tierSince', d.tier_since, 'anchorOn', d.anchor_on,
                'periodStart', d.period_start, 'priorPeriodStart', d.prior_period_start, 'nextCheckOn', d.next_check_on) end))
      from pg_temp.loyalty_decided d
     order by d.creator_id, d.step;

    insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
    select p_client, d.creator_id, d.tier_id, d.decision_id, d.at from pg_temp.loyalty_decided d where d.step = 0;

    update public.loyalty_tier_stints t set ended_at = greatest(t.started_at, d.at)
      from pg_temp.loyalty_decided d
     where d.rule in ('promotion', 'demotion') and t.client_id = p_client and t.creator_id = d.creator_id and t.ended_at is null;
    insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at)
    select p_client, d.creator_id, d.met_id, d.decision_id, d.at
      from pg_temp.loyalty_decided d where d.rule in ('promotion', 'demotion');

    insert into public.loyalty_tier_checkpoints (client_id, creator_id, decision_id, period_start, period_end, outcome, metric,
      value, required, tier_before_id, tier_after_id)
    select p_client, d.creator_id, d.decision_id, d.from_on, d.to_on + 1,
           case when d.rule = 'promotion' then 'promoted' when d.rule = 'demotion' then 'demoted'
                when d.own_rank = 1 then 'exempt' else 'maintained' end,
           v_settings.metric, d.value, d.own_threshold, d.tier_id,
           case when d.rule = 'maintained' then d.tier_id else d.met_id end
      from pg_temp.loyalty_decided d
     where d.step = 1 and d.is_due and v_settings.tier_mode = 'checkpoint'
    on conflict (client_id, creator_id, period_end, undone_at) do nothing;
  end $function$

private.loyalty_refresh_figures(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_refresh_figures(p_client uuid)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_today date;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    select private.local_date(now(), c.time_zone) into strict v_today from public.clients c where c.id = p_client;
    drop table if exists pg_temp.loyalty_targets;
    -- The marks stay: tonight decides about the same creators.
    create temporary table loyalty_targets on commit drop as
    select distinct d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_today;
    perform private.loyalty_build_pass(p_client, v_today, true);
    return private.loyalty_apply_pass(p_client, v_today, false);
  end $function$

private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_key text := private.loyalty_handle_key(p_handle);
    v_creator public.loyalty_creators;
    v_other public.loyalty_creators;
    v_moved bigint := 0;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    -- The nightly pass and a rename never interleave: totals move between two creators here.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    if v_key !~ '^[a-z0-9_.]{1,30}$' then
      raise exception using errcode = 'VA001', message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
    end if;
    if v_creator.handle = regexp_replace(btrim(p_handle), '^@+', '') then
      raise exception using errcode = 'ST003', message = 'This is her handle already.';
    end if;
    select c.* into v_other from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_key and c.id <> p_creator for update;
    if found then
      if exists (select 1 from public.people p where p.client_id = p_client and p.id = v_other.person_id and p.user_id is not null) then
        raise exception using errcode = 'VA001', message = 'This handle belongs to a creator with a login of her own.', detail = 'handle';
      end if;
      -- The file met the new name first and made a second creator of it. Everything it counted comes over.
      update public.loyalty_videos v set creator_id = p_creator where v.client_id = p_client and v.creator_id = v_other.id;
      get diagnostics v_moved = row_count;
      update public.loyalty_video_snapshots s set creator_id = p_creator where s.client_id = p_client and s.creator_id = v_other.id;
      perform set_config('portico.loyalty_merge', v_other.id::text, true);
      update public.loyalty_adjustments a set creator_id = p_creator where a.client_id = p_client and a.creator_id = v_other.id;
      perform set_config('portico.loyalty_merge', '', true);
      update public.loyalty_handle_aliases a set creator_id = p_creator where a.client_id = p_client and a.creator_id = v_other.id;
      delete from private.loyalty_dirty_creators d where d.client_id = p_client and d.creator_id = v_other.id;
      update public.loyalty_creators c
         set state = 'archived', handle = left('merged_' || replace(v_other.id::text, '-', ''), 30),
             total_sales = 0, total_units = 0, total_videos = 0, period_sales = 0, period_units = 0, period_adjustments = 0,
             period_views = 0, period_likes = 0, period_comments = 0, period_videos = 0
       where c.client_id = p_client and c.id = v_other.id;
    end if;
    delete from public.loyalty_handle_aliases a where a.client_id = p_client and a.handle_key = v_key and a.creator_id = p_creator;
    update public.loyalty_creators c set handle = p_handle where c.client_id = p_client and c.id = p_creator;
    if p_keep_alias and v_creator.handle_key <> v_key then
      insert into public.loyalty_handle_aliases (client_id, handle_key, creator_id, created_by)
      values (p_client, v_creator.handle_key, p_creator, auth.uid()) on conflict (client_id, handle_key) do nothing;
    end if;
    insert into public.loyalty_handle_changes (client_id, creator_id, old_handle, new_handle, merged_creator_id, videos_moved, confirmed_by)
    values (p_client, p_creator, v_creator.handle, regexp_replace(btrim(p_handle), '^@+', ''), v_other.id, v_moved, auth.uid());
    if v_other.id is not null then
      perform private.loyalty_mark_dirty(p_client, array[p_creator], (select private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client));
      perform private.add_job('loyalty.refresh-figures', jsonb_build_object('clientId', p_client), 'loyalty.refresh-figures:' || p_client);
    end if;
    return v_other.id;
  end $function$

private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
  begin
    if v_run.state in ('saving', 'counting', 'saved') then
      return v_run.state;
    end if;
    if v_run.state = 'needs_confirmation' and not coalesce(p_confirm, false) then
      raise exception using errcode = 'VA001', detail = 'confirm',
        message = 'Totals fall by more than your limit. Say that you have looked at it, then save.';
    end if;
    if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.state in ('saving', 'counting', 'undoing')) then
      raise exception using errcode = 'ST002', message = 'Another import is being saved. Try again when it is done.', detail = 'state';
    end if;
    update public.loyalty_sync_runs r
       set state = 'saving', creates_creators = coalesce(p_creates_creators, r.creates_creators), saved_by = private.my_person(p_client)
     where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_queue_run(p_client, p_run);
    return 'saving';
  end $function$

private.loyalty_request_undo(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_request_undo(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
  begin
    if v_run.state in ('undoing', 'undone') then
      return v_run.state;
    end if;
    if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
                 and (r.state in ('saving', 'counting', 'undoing') or (r.state = 'saved' and r.applied_at > v_run.applied_at))) then
      raise exception using errcode = 'ST002', message = 'A later import builds on this one. Undo that one first.', detail = 'state';
    end if;
    update public.loyalty_sync_runs r set state = 'undoing', undone_by = private.my_person(p_client), finished_at = null
     where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_queue_run(p_client, p_run);
    return 'undoing';
  end $function$

private.loyalty_restart_reading(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_restart_reading(p_client uuid, p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_drop_staging(p_run);
    delete from public.loyalty_sync_run_rows r where r.client_id = p_client and r.run_id = p_run;
    update public.loyalty_sync_runs r set reading = null, bytes_read = 0, rows_read = 0, rows_rejected = 0, rows_blank = 0
     where r.client_id = p_client and r.id = p_run;
  end $function$

private.loyalty_retry_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_retry_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
  begin
    if v_run.state in ('queued', 'reading') then
      return v_run.state;
    end if;
    update public.loyalty_sync_runs r
       set state = 'queued', is_repeat = r.is_repeat or v_run.state = 'skipped', finished_at = null,
           error_code = null, error_message = null, error_details = null
     where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_restart_reading(p_client, p_run);
    perform private.loyalty_queue_run(p_client, p_run);
    return 'queued';
  end $function$

private.loyalty_roll_up_days(p_client uuid, p_days date[])
  CREATE OR REPLACE FUNCTION private.loyalty_roll_up_days(p_client uuid, p_days date[])
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into public.loyalty_daily_totals as t (client_id, business_date, sales, units, adjustments, videos)
    select p_client, d.day, coalesce(s.sales, 0) + coalesce(a.amount, 0), coalesce(s.units, 0) + coalesce(a.units, 0),
           coalesce(a.amount, 0), coalesce(s.videos, 0)
      from unnest(p_days) d (day)
      left join (select v.business_date, sum(v.gmv_delta)::bigint as sales, sum(v.units_delta)::bigint as units, count(*) as videos
                   from public.loyalty_video_snapshots v
                  where v.client_id = p_client and v.business_date = any (p_days) and not v.is_opening
                  group by v.business_date) s on s.business_date = d.day
      left join (select j.effective_on, sum(j.amount)::bigint as amount, sum(j.units)::bigint as units
                   from public.loyalty_adjustments j
                  where j.client_id = p_client and j.effective_on = any (p_days) group by j.effective_on) a on a.effective_on = d.day
    on conflict (client_id, business_date) do update
      set sales = excluded.sales, units = excluded.units, adjustments = excluded.adjustments, videos = excluded.videos
      where (t.sales, t.units, t.adjustments, t.videos) is distinct from
            (excluded.sales, excluded.units, excluded.adjustments, excluded.videos);
  end $function$

private.loyalty_run_checks(p_run public.loyalty_sync_runs)
  CREATE OR REPLACE FUNCTION private.loyalty_run_checks(p_run public.loyalty_sync_runs)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_fall numeric;
    v_unmatched numeric;
    v_last bigint;
    v_shrunk numeric := 0;
    v_had_creators boolean;
  begin
    select * into v_settings from public.loyalty_settings s where s.client_id = p_run.client_id;
    v_had_creators := exists (select from public.loyalty_creators c where c.client_id = p_run.client_id);
    v_fall := greatest(
      100.0 * (p_run.sales_before - p_run.sales_after) / nullif(p_run.sales_before, 0),
      100.0 * (p_run.units_before - p_run.units_after) / nullif(p_run.units_before, 0),
      100.0 * (p_run.views_before - p_run.views_after) / nullif(p_run.views_before, 0), 0);
    v_unmatched := 100.0 * p_run.rows_unmatched / nullif(p_run.rows_read - p_run.rows_blank, 0);
    select r.file_sales into v_last from public.loyalty_sync_runs r
     where r.client_id = p_run.client_id and r.state = 'saved' and r.id <> p_run.id and r.source = p_run.source
     order by r.saved_at desc limit 1;
    v_shrunk := coalesce(100.0 * (v_last - p_run.file_sales) / nullif(v_last, 0), 0);
    return jsonb_build_array(
      jsonb_build_object('code', 'columns', 'isOk', true, 'value', coalesce(p_run.mapping_version, 0)),
      jsonb_build_object('code', 'unmatched', 'isOk', not v_had_creators or coalesce(v_unmatched, 0) <= v_settings.unmatched_warn_percent,
        'value', round(coalesce(v_unmatched, 0), 2), 'limit', v_settings.unmatched_warn_percent),
      jsonb_build_object('code', 'fall', 'isOk', v_fall <= v_settings.fall_guard_percent, 'stops', v_fall > v_settings.fall_guard_percent,
        'value', round(v_fall, 1), 'limit', v_settings.fall_guard_percent),
      jsonb_build_object('code', 'shrunk', 'isOk', v_shrunk <= v_settings.fall_guard_percent,
        'stops', p_run.is_unattended and v_shrunk > v_settings.fall_guard_percent,
        'value', round(greatest(v_shrunk, 0), 1), 'limit', v_settings.fall_guard_percent),
      jsonb_build_object('code', 'repeat', 'isOk', p_run.repeats_run_id is null));
  end $function$

private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_version integer;
  begin
    perform private.require_permission(p_client, 'loyalty.imports.write');
    insert into public.loyalty_import_mappings as m (client_id, columns, updated_by)
    values (p_client, p_columns, private.my_person(p_client))
    on conflict (client_id) do update
      set columns = excluded.columns, updated_by = excluded.updated_by,
          version = m.version + (m.columns is distinct from excluded.columns)::integer
    returning version into v_version;
    return v_version;
  end $function$

private.loyalty_save_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_save_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
    v_added bigint := 0;
    v_known bigint;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
    select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
    if v_run.state in ('counting', 'saved') then
      return 'done';
    elsif v_run.state is distinct from 'saving' then
      raise exception using errcode = 'ST001', message = 'This import is not being saved.', detail = 'state';
    end if;
    if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
                 and (r.applied_at > v_run.checked_at or r.undone_at > v_run.checked_at)) then
      return 'stale';
    end if;
    if v_run.creates_creators then
      v_added := private.loyalty_add_unseen_creators(v_run);
    end if;
    v_known := private.loyalty_apply_videos(p_client, p_run, v_run.business_date);
    -- What a foreign key of snapshots would check row by row: every video that moved is there, in this business.
    if v_known <> v_run.rows_changed then
      raise exception using errcode = 'ST002', message = 'Some videos of this file are gone. Read the file again.', detail = 'state';
    end if;
    perform private.loyalty_apply_snapshots(p_client, p_run, v_run.business_date);
    -- Tables that just grew by a tenth are unknown to the planner until it looks, and counting comes next.
    if exists (select from pg_catalog.pg_class c where c.oid = 'public.loyalty_video_snapshots'::regclass
                 and c.reltuples < 10.0 * (v_run.rows_new + v_run.rows_changed + v_run.rows_to_add)) then
      analyze public.loyalty_video_snapshots (client_id, creator_id, video_id, business_date);
    end if;
    if exists (select from pg_catalog.pg_class c where c.oid = 'public.loyalty_videos'::regclass
                 and c.reltuples < 10.0 * (v_run.rows_new + v_run.rows_to_add)) then
      analyze public.loyalty_videos, public.loyalty_creators;
    end if;
    update public.loyalty_sync_runs r set state = 'counting', applied_at = clock_timestamp(), creators_added = v_added
     where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_drop_staging(p_run);
    return 'applied';
  end $function$

private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
    v_old public.loyalty_sync_sources;
    v_site constant text := '^https?://[^/?#\\]+';
    v_same_url boolean;
    v_same_pages boolean;
  begin
    perform private.require_permission(p_client, 'loyalty.settings.write');
    select * into v_old from public.loyalty_sync_sources s where s.client_id = p_client for update;
    -- A stored secret belongs to the site it was given for. Kept for another one, whoever may change the address could
    -- have it sent to a server of their own and read it there.
    v_same_url := coalesce(substring(v_old.url from v_site) = substring(p_url from v_site), false);
    v_same_pages := coalesce(
      substring(v_old.recipe ->> 'signInUrl' from v_site) = substring(p_recipe ->> 'signInUrl' from v_site)
        and substring(v_old.recipe ->> 'exportUrl' from v_site) is not distinct from substring(p_recipe ->> 'exportUrl' from v_site)
        and v_old.recipe -> 'hosts' is not distinct from p_recipe -> 'hosts',
      false);
    insert into public.loyalty_sync_sources (client_id, kind, url, header_name, recipe, creates_creators)
    values (p_client, p_kind, p_url, p_header_name, p_recipe, p_creates_creators)
    on conflict (client_id) do update
      set kind = excluded.kind, url = excluded.url, header_name = excluded.header_name, recipe = excluded.recipe,
          creates_creators = excluded.creates_creators,
          recipe_version = loyalty_sync_sources.recipe_version
            + (loyalty_sync_sources.recipe is distinct from excluded.recipe)::integer
    returning id into v_id;
    -- A key that is missing keeps what is stored for the same site: secrets are never sent back to a form.
    insert into public.loyalty_sync_source_secrets as s (source_id, client_id, header_value, username, password)
    values (v_id, p_client, p_secrets ->> 'headerValue', p_secrets ->> 'username', p_secrets ->> 'password')
    on conflict (source_id) do update
      set header_value = case when p_secrets ? 'headerValue' then excluded.header_value when v_same_url then s.header_value end,
          username = case when p_secrets ? 'username' then excluded.username when v_same_pages then s.username end,
          password = case when p_secrets ? 'password' then excluded.password when v_same_pages then s.password end,
          updated_at = now();
    update public.loyalty_sync_sources src
       set has_secret = case src.kind when 'https' then s.header_value is not null else s.password is not null end
      from public.loyalty_sync_source_secrets s
     where src.id = v_id and s.source_id = v_id;
    return v_id;
  end $function$

private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_gone record;
    v_creator record;
  begin
    perform private.require_permission(p_client, 'loyalty.tiers.write');
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    perform private.loyalty_check_ladder(p_tiers);
    if exists (select 1 from private.loyalty_read_ladder(p_tiers) l where l.id is not null and not exists (
         select 1 from public.loyalty_tiers t where t.client_id = p_client and t.id = l.id and t.archived_at is null)) then
      raise exception using errcode = 'ST002', message = 'The ladder was changed meanwhile. Load it again.';
    end if;
    -- Out of the way first: ranks are unique among tiers in use, and a new one may take the place of an old one.
    update public.loyalty_tiers t set archived_at = now()
     where t.client_id = p_client and t.archived_at is null;
    update public.loyalty_tiers t
       set archived_at = null, rank = l.rank, name = l.name, color = l.color, threshold = l.threshold,
           commission_bp = l.commission_bp, benefits = l.benefits
      from private.loyalty_read_ladder(p_tiers) l
     where t.client_id = p_client and t.id = l.id;
    insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp, benefits)
    select p_client, l.rank, l.name, l.color, l.threshold, l.commission_bp, l.benefits
      from private.loyalty_read_ladder(p_tiers) l where l.id is null;
    for v_gone in
      select t.id, (select a.id from public.loyalty_tiers a where a.client_id = p_client and a.archived_at is null
                       and a.threshold <= t.threshold order by a.rank desc limit 1) as heir
        from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is not null
         and exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.tier_id = t.id)
    loop
      for v_creator in select c.id from public.loyalty_creators c where c.client_id = p_client and c.tier_id = v_gone.id for update loop
        perform private.loyalty_decide_by_hand(p_client, v_creator.id, 'settings', v_gone.heir, null);
      end loop;
      update public.loyalty_creators c set pinned_tier_id = v_gone.heir where c.client_id = p_client and c.pinned_tier_id = v_gone.id;
    end loop;
    -- Lower thresholds lift people tonight; higher ones wait for each creator's own check.
    update public.loyalty_nights n set needs_full_pass = true where n.client_id = p_client;
  end $function$

private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  CREATE OR REPLACE FUNCTION private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    update public.loyalty_creators c set state = p_state where c.client_id = p_client and c.id = p_creator;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
  end $function$

private.loyalty_set_doubles_aside(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_set_doubles_aside(p_client uuid, p_run uuid)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    if not exists (select from private.loyalty_import_rows r where r.run_id = p_run group by r.url_key having count(*) > 1) then
      return 0;
    end if;
    analyze private.loyalty_import_rows;
    with doubles as materialized (
      select r.url_key, max(r.line) as kept from private.loyalty_import_rows r
       where r.run_id = p_run group by r.url_key having count(*) > 1
    ), removed as (
      delete from private.loyalty_import_rows r using doubles d
       where r.run_id = p_run and r.url_key = d.url_key and r.line < d.kept
      returning r.line, r.handle, r.url, d.kept
    )
    insert into public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)
    select p_client, p_run, 'duplicate', m.line, 'laterRowUsed', 'video_url', m.kept::text, m.handle, m.url from removed m
    -- Takes the place of the outcome written when its part was compared.
    on conflict (client_id, run_id, line) do update
      set outcome = 'duplicate', reason = excluded.reason, column_name = excluded.column_name, raw_value = excluded.raw_value;
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.loyalty_start_due_nights(p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_start_due_nights(p_now timestamp with time zone DEFAULT now())
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
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
  end $function$

private.loyalty_undo_decisions(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_undo_decisions(p_client uuid, p_run uuid)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count bigint;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    drop table if exists pg_temp.loyalty_undone;
    -- A later decision by a person or another night stands on its own: those creators keep their tier.
    create temporary table loyalty_undone on commit drop as
    select distinct on (d.creator_id) d.*
      from public.loyalty_tier_decisions d
     where d.client_id = p_client and d.run_id = p_run and d.rule <> 'entry' and d.undone_at is null
       and not exists (select 1 from public.loyalty_tier_decisions n
                        where n.client_id = d.client_id and n.creator_id = d.creator_id and n.seq > d.seq
                          and n.run_id is distinct from p_run and n.undone_at is null and n.rule <> 'undone')
     order by d.creator_id, d.seq;
    get diagnostics v_count = row_count;

    insert into public.loyalty_tier_decisions (client_id, creator_id, run_id, business_date, rule, from_tier_id, to_tier_id, from_name,
      to_name, metric, value, threshold, period_start, period_end, sales_part, adjustments_part, detail, undone_at)
    select p_client, u.creator_id, null, u.business_date, 'undone', c.tier_id, back.id, now_in.name, back.name, u.metric, u.value, back.threshold,
           u.period_start, u.period_end, u.sales_part, u.adjustments_part, jsonb_build_object('undoneRunId', p_run), null
      from pg_temp.loyalty_undone u
      join public.loyalty_creators c on c.client_id = p_client and c.id = u.creator_id
      join public.loyalty_tiers now_in on now_in.client_id = p_client and now_in.id = c.tier_id
      join public.loyalty_tiers back on back.client_id = p_client and back.id = (u.detail -> 'before' ->> 'tierId')::uuid;

    update public.loyalty_creators c
       set tier_id = case when c.is_pinned then c.tier_id else (u.detail -> 'before' ->> 'tierId')::uuid end,
           tier_since = (u.detail -> 'before' ->> 'tierSince')::timestamptz,
           anchor_on = (u.detail -> 'before' ->> 'anchorOn')::date,
           period_start = (u.detail -> 'before' ->> 'periodStart')::date,
           prior_period_start = (u.detail -> 'before' ->> 'priorPeriodStart')::date,
           next_check_on = (u.detail -> 'before' ->> 'nextCheckOn')::date
      from pg_temp.loyalty_undone u
     where c.client_id = p_client and c.id = u.creator_id;

    -- Stints that never should have been go; the one before them was never left.
    delete from public.loyalty_tier_stints t
     using public.loyalty_tier_decisions d, pg_temp.loyalty_undone u
     where t.client_id = p_client and d.client_id = p_client and d.id = t.decision_id
       and d.creator_id = u.creator_id and d.run_id = p_run and d.rule <> 'entry';
    update public.loyalty_tier_stints t set ended_at = null
      from (select distinct on (s.creator_id) s.id from public.loyalty_tier_stints s
              join pg_temp.loyalty_undone u on u.creator_id = s.creator_id
             where s.client_id = p_client order by s.creator_id, s.started_at desc, s.ended_at desc nulls first) last
     where t.client_id = p_client and t.id = last.id and t.ended_at is not null;

    update public.loyalty_tier_checkpoints k set undone_at = now()
      from public.loyalty_tier_decisions d join pg_temp.loyalty_undone u on u.creator_id = d.creator_id
     where d.client_id = p_client and d.run_id = p_run and k.client_id = p_client and k.decision_id = d.id;
    update public.loyalty_tier_decisions d set undone_at = now()
      from pg_temp.loyalty_undone u
     where d.client_id = p_client and d.creator_id = u.creator_id and d.run_id = p_run and d.rule <> 'entry' and d.undone_at is null;

    perform private.loyalty_mark_dirty(p_client, (select array_agg(u.creator_id) from pg_temp.loyalty_undone u),
                                       (select n.last_business_date from public.loyalty_nights n where n.client_id = p_client))
      where v_count > 0;
    drop table pg_temp.loyalty_undone;
    return v_count;
  end $function$

private.loyalty_undo_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_undo_run(p_client uuid, p_run uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
    v_changes jsonb;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
    select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
    if v_run.state = 'undone' then
      return v_run.tier_changes;
    elsif v_run.state is distinct from 'undoing' then
      raise exception using errcode = 'ST001', message = 'This import is not being undone.', detail = 'state';
    end if;
    perform private.loyalty_mark_dirty(p_client, array(
      select distinct w.creator_id from public.loyalty_sync_run_rows w
       where w.client_id = p_client and w.run_id = p_run and w.creator_id is not null), v_run.business_date);

    delete from public.loyalty_video_snapshots s using public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and not w.has_snapshot
       and s.client_id = p_client and s.video_id = w.video_id and s.business_date = v_run.business_date and s.run_id = p_run;
    update public.loyalty_video_snapshots s
       set run_id = w.snapshot_run_before, views = w.views_before, likes = w.likes_before, comments = w.comments_before,
           gmv = w.gmv_before, units = w.units_before,
           views_delta = s.views_delta - (w.views - w.views_before), likes_delta = s.likes_delta - (w.likes - w.likes_before),
           comments_delta = s.comments_delta - (w.comments - w.comments_before),
           gmv_delta = s.gmv_delta - (w.gmv - w.gmv_before), units_delta = s.units_delta - (w.units - w.units_before)
      from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and w.has_snapshot
       and s.client_id = p_client and s.video_id = w.video_id and s.business_date = v_run.business_date and s.run_id = p_run;

    update public.loyalty_videos v
       set views = w.views_before, likes = w.likes_before, comments = w.comments_before, gmv = w.gmv_before, units = w.units_before,
           ctr_bp = w.ctr_bp_before, url = coalesce(w.url_before, v.url), title = coalesce(w.title_before, v.title),
           posted_on = coalesce(w.posted_on_before, v.posted_on),
           last_run_id = w.run_before, figures_at = w.figures_before
      from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and v.client_id = p_client and v.id = w.video_id;
    delete from public.loyalty_video_snapshots s using public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'unmatched')
       and s.client_id = p_client and s.video_id = w.video_id and s.run_id = p_run;
    delete from public.loyalty_videos v using public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'unmatched')
       and v.client_id = p_client and v.id = w.video_id and v.last_run_id = p_run;

    perform private.loyalty_archive_untouched(p_client, p_run);
    perform private.loyalty_undo_decisions(p_client, p_run);
    v_changes := private.loyalty_recalculate(p_client, v_run.business_date, null);
    update public.loyalty_sync_runs r
       set state = 'undone', undone_at = clock_timestamp(), finished_at = clock_timestamp(), tier_changes = v_changes
     where r.client_id = p_client and r.id = p_run;
    perform private.emit_event(p_client, 'loyalty.run-undone', jsonb_build_object('runId', p_run));
    return v_changes;
  end $function$

private.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_unpin_tier(p_client uuid, p_creator uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_tier uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    update public.loyalty_creators c set is_pinned = false, pinned_tier_id = null, pinned_reason = null
     where c.client_id = p_client and c.id = p_creator and c.is_pinned returning c.tier_id into v_tier;
    if not found then
      raise exception using errcode = 'ST003', message = 'This tier is not fixed by hand.';
    end if;
    perform private.loyalty_decide_by_hand(p_client, p_creator, 'unpinned', v_tier, null);
    -- From tonight she is judged like everybody.
    insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
    select p_client, p_creator, private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client
    on conflict do nothing;
  end $function$

private.loyalty_withdraw_claim(p_claim uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_withdraw_claim(p_claim uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_handle_claims k set state = 'withdrawn', decided_at = now(), decided_by = auth.uid()
     where k.id = p_claim and k.user_id = auth.uid() and k.state = 'pending' and private.session_is_live();
    if not found then
      raise exception using errcode = 'TN001', message = 'There is no open request.';
    end if;
  end $function$

private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    update public.core_notifications n set read_at = now()
    where n.client_id = p_client and n.person_id = any ((select private.my_people())::uuid[]) and n.read_at is null
      and (p_ids is null or n.id = any (p_ids)) and (p_until is null or n.created_at <= p_until);
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

private.my_clients(p_program text)
  CREATE OR REPLACE FUNCTION private.my_clients(p_program text DEFAULT NULL::text)
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    return coalesce((
      select array_agg(p.client_id)
      from public.people p
      where p.user_id = auth.uid() and p.state = 'active'
        and (p_program is null or exists (
          select from public.client_programs cp
          where cp.client_id = p.client_id and cp.program = p_program and cp.is_enabled))
    ), '{}');
  end $function$

private.my_creators()
  CREATE OR REPLACE FUNCTION private.my_creators()
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    -- One statement instead of the two helpers it agrees with: this runs once for every table a page reads.
    return coalesce((
      select array_agg(c.id)
        from public.people p
        join public.loyalty_creators c on c.client_id = p.client_id and c.person_id = p.id
       where p.user_id = auth.uid() and p.state = 'active'
         and exists (select from public.client_programs cp
                      where cp.client_id = p.client_id and cp.program = 'loyalty' and cp.is_enabled)), '{}'::uuid[]);
  end $function$

private.my_people()
  CREATE OR REPLACE FUNCTION private.my_people()
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    return coalesce((
      select array_agg(p.id) from public.people p where p.user_id = auth.uid() and p.state = 'active'
    ), '{}');
  end $function$

private.my_person(p_client uuid)
  CREATE OR REPLACE FUNCTION private.my_person(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not private.session_is_live() then
      return null;
    end if;
    return (select p.id from public.people p where p.client_id = p_client and p.user_id = auth.uid() and p.state = 'active');
  end $function$

private.notify(p_client uuid, p_type text, p_people uuid[], p_data jsonb, p_dedupe text)
  CREATE OR REPLACE FUNCTION private.notify(p_client uuid, p_type text, p_people uuid[], p_data jsonb, p_dedupe text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.request_notification(p_client, p_type, p_people, null, p_data, p_dedupe);
  end $function$

private.notify_permitted(p_client uuid, p_type text, p_permission text, p_data jsonb, p_dedupe text)
  CREATE OR REPLACE FUNCTION private.notify_permitted(p_client uuid, p_type text, p_permission text, p_data jsonb, p_dedupe text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.request_notification(p_client, p_type, null, p_permission, p_data, p_dedupe);
  end $function$

private.people_accept_invitation(p_token_hash text)
  CREATE OR REPLACE FUNCTION private.people_accept_invitation(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_user uuid := auth.uid();
    v_email text;
    v_row record;
  begin
    if v_user is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to accept this invitation.';
    end if;
    select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
    if not found then
      raise exception using errcode = 'PM001', message = 'Confirm your e-mail address first.', detail = 'email';
    end if;
    -- The person first, as everyone who changes both does: the other way round, a deactivation at the same moment is a deadlock.
    perform from public.people p
    where (p.client_id, p.id) = (select i.client_id, i.person_id from private.invitation_secrets s
      join public.invitations i on i.id = s.invitation_id where s.token_hash = p_token_hash)
    for update;
    select i.id, i.client_id, i.person_id, i.email, i.role_id, i.state, i.expires_at, i.accepted_by, c.slug into v_row
    from private.invitation_secrets s
    join public.invitations i on i.id = s.invitation_id
    join public.clients c on c.id = i.client_id
    where s.token_hash = p_token_hash
    for update of i;
    if not found then
      raise exception using errcode = 'TN001', message = 'This link is not valid. Ask for a new invitation.';
    end if;
    if v_row.state = 'accepted' and v_row.accepted_by = v_user then
      return jsonb_build_object('slug', v_row.slug, 'repeated', true);
    end if;
    if v_row.state <> 'pending' or v_row.expires_at <= now() then
      raise exception using errcode = 'ST001', message = 'This invitation was used, revoked or is older than 7 days. Ask for a new one.';
    end if;
    if v_row.email is not null and v_row.email is distinct from v_email then
      raise exception using errcode = 'PM001', detail = 'email',
        message = 'This invitation was sent to another e-mail address. Sign in with that address, or ask for a new invitation.';
    end if;
    perform private.bind_person(v_row.client_id, v_row.person_id, v_user);
    insert into public.person_roles (client_id, person_id, role_id, granted_by)
    select v_row.client_id, p.id, v_row.role_id, null
    from public.people p where p.client_id = v_row.client_id and p.user_id = v_user
    on conflict (client_id, person_id, role_id) do update set valid_until = null;
    update public.invitations i set state = 'accepted', accepted_at = now(), accepted_by = v_user where i.id = v_row.id;
    perform private.emit_event(v_row.client_id, 'people.joined', jsonb_build_object('personId', v_row.person_id));
    return jsonb_build_object('slug', v_row.slug, 'repeated', false);
  end $function$

private.people_claim_by_email()
  CREATE OR REPLACE FUNCTION private.people_claim_by_email()
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_user uuid := auth.uid();
    v_email text;
    v_claimed jsonb;
  begin
    if v_user is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
    if not found then
      return '[]'::jsonb;
    end if;
    with claimed as (
      update public.people p set user_id = v_user, claimed_at = now()
      where p.email = v_email and p.user_id is null and p.state = 'active'
        and not exists (select from public.people q where q.client_id = p.client_id and q.user_id = v_user)
      returning p.client_id, p.id
    )
    select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'personId', k.id)), '[]'::jsonb) into v_claimed
    from claimed k join public.clients c on c.id = k.client_id;
    return v_claimed;
  end $function$

private.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'people.roles.write');
    if p_person = private.my_person(p_client) then
      raise exception using errcode = 'PM001', message = 'You cannot change your own roles. Ask another owner.', detail = 'self';
    end if;
    perform private.require_grantable(p_client, p_role);
    if p_valid_until is not null and p_valid_until <= now() then
      raise exception using errcode = 'VA001', message = 'Choose an end in the future.', detail = 'validUntil';
    end if;
    perform from public.people p where p.client_id = p_client and p.id = p_person for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this person.';
    end if;
    if p_valid_until is not null and p_role = 'owner' then
      perform private.require_other_owner(p_client, p_person);
    end if;
    insert into public.person_roles (client_id, person_id, role_id, valid_until, granted_by)
    values (p_client, p_person, p_role, p_valid_until, auth.uid())
    on conflict (client_id, person_id, role_id) do update set valid_until = excluded.valid_until, granted_by = excluded.granted_by
    returning id into v_id;
    return v_id;
  end $function$

private.people_invite(p_client uuid, p_person uuid, p_display_name text, p_email text, p_role text, p_token_hash text, p_token_envelope text)
  CREATE OR REPLACE FUNCTION private.people_invite(p_client uuid, p_person uuid, p_display_name text, p_email text, p_role text, p_token_hash text, p_token_envelope text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_person uuid := p_person;
    v_email text := nullif(lower(btrim(p_email)), '');
    v_existing record;
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'people.invitations.write');
    perform private.require_grantable(p_client, p_role);
    if v_person is null then
      if v_email is null then
        raise exception using errcode = 'VA001', message = 'Give an e-mail address to invite someone new.', detail = 'email';
      end if;
      select p.id, p.state, p.user_id into v_existing from public.people p
      where p.client_id = p_client and p.email = v_email and p.state = 'active';
      if found then
        v_person := v_existing.id;
      else
        insert into public.people (client_id, display_name, email)
        values (p_client, coalesce(nullif(btrim(p_display_name), ''), split_part(v_email, '@', 1)), v_email)
        returning id into v_person;
      end if;
    end if;
    select p.id, p.user_id, p.state, p.email into v_existing from public.people p
    where p.client_id = p_client and p.id = v_person for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this person.';
    end if;
    if v_existing.state <> 'active' then
      raise exception using errcode = 'ST001', message = 'This person is deactivated. Reactivate them first.';
    end if;
    if v_existing.user_id is not null then
      raise exception using errcode = 'ST003', message = 'This person already has a login here. Change their roles instead.';
    end if;
    perform private.require_person_within_reach(p_client, v_person);
    update public.invitations i set state = 'revoked' where i.client_id = p_client and i.person_id = v_person and i.state = 'pending';
    insert into public.invitations (client_id, person_id, email, role_id, expires_at, invited_by)
    values (p_client, v_person, v_email, p_role, now() + interval '7 days', auth.uid())
    returning id into v_id;
    insert into private.invitation_secrets (invitation_id, token_hash, token_envelope) values (v_id, p_token_hash, p_token_envelope);
    if v_email is not null then
      perform private.add_job('people.send-invitation', jsonb_build_object('clientId', p_client, 'invitationId', v_id), 'invitation:' || v_id || ':1');
    end if;
    return v_id;
  end $function$

private.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  CREATE OR REPLACE FUNCTION private.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_pattern text := nullif(lower(btrim(p_search)), '');
    v_rows jsonb;
  begin
    perform private.require_permission(p_client, 'people.people.read');
    if v_pattern is not null then
      v_pattern := '%' || replace(replace(replace(v_pattern, '\', '\\'), '%', '\%'), '_', '\_') || '%';
    end if;
    select coalesce(jsonb_agg(to_jsonb(r)), '[]'::jsonb) into v_rows
    from (
      select p.id, p.display_name as "displayName", p.email, p.state, p.user_id is not null as "hasLogin", p.created_at as "createdAt",
        coalesce((select jsonb_agg(jsonb_build_object('role', pr.role_id, 'validUntil', pr.valid_until) order by pr.role_id)
          from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
            and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb) as roles,
        (select jsonb_build_object('id', i.id, 'role', i.role_id, 'expiresAt', i.expires_at, 'isExpired', i.expires_at <= now())
          from public.invitations i where i.client_id = p.client_id and i.person_id = p.id and i.state = 'pending') as invitation
      from public.people p
      where p.client_id = p_client
        and (v_pattern is null or (lower(p.display_name) || ' ' || coalesce(p.email, '')) like v_pattern)
        and (p_state is null or p.state = p_state)
        and (p_role is null or exists (select from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
          and pr.role_id = p_role and (pr.valid_until is null or pr.valid_until > now())))
        and (not p_team
          or exists (select from public.person_roles pr join public.roles r on r.id = pr.role_id and r.is_staff
            where pr.client_id = p.client_id and pr.person_id = p.id and (pr.valid_until is null or pr.valid_until > now()))
          or exists (select from public.invitations i where i.client_id = p.client_id and i.person_id = p.id and i.state = 'pending'))
        and (p_after_id is null
          or case when p_backward then (p.display_name, p.id) < (p_after_name, p_after_id) else (p.display_name, p.id) > (p_after_name, p_after_id) end)
      order by case when p_backward then p.display_name end desc, case when p_backward then p.id end desc, p.display_name, p.id
      limit least(greatest(p_limit, 1), 1001)
    ) r;
    return v_rows;
  end $function$

private.people_permitted(p_client uuid, p_permission text)
  CREATE OR REPLACE FUNCTION private.people_permitted(p_client uuid, p_permission text)
   RETURNS SETOF uuid
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
      select distinct p.id
      from public.people p
      join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
        and (pr.valid_until is null or pr.valid_until > now())
      join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
      where p.client_id = p_client and p.state = 'active';
  end $function$

private.people_read(p_client uuid, p_person uuid)
  CREATE OR REPLACE FUNCTION private.people_read(p_client uuid, p_person uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row jsonb;
  begin
    perform private.require_permission(p_client, 'people.people.read');
    select jsonb_build_object('id', p.id, 'displayName', p.display_name, 'email', p.email, 'phone', p.phone, 'state', p.state,
      'timeZone', p.time_zone, 'locale', p.locale, 'createdAt', p.created_at, 'claimedAt', p.claimed_at, 'hasLogin', p.user_id is not null,
      'isSelf', p.id = private.my_person(p_client),
      'roles', coalesce((select jsonb_agg(jsonb_build_object('role', pr.role_id, 'validUntil', pr.valid_until, 'since', pr.created_at) order by pr.role_id)
        from public.person_roles pr where pr.client_id = p.client_id and pr.person_id = p.id
          and (pr.valid_until is null or pr.valid_until > now())), '[]'::jsonb),
      'invitations', coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'role', i.role_id, 'state',
          case when i.state = 'pending' and i.expires_at <= now() then 'expired' else i.state end,
          'email', i.email, 'expiresAt', i.expires_at, 'lastSentAt', i.last_sent_at, 'createdAt', i.created_at) order by i.created_at desc)
        from public.invitations i where i.client_id = p.client_id and i.person_id = p.id), '[]'::jsonb))
    into v_row
    from public.people p where p.client_id = p_client and p.id = p_person;
    if v_row is null then
      raise exception using errcode = 'TN001', message = 'We could not find this person.';
    end if;
    return v_row;
  end $function$

private.people_read_invitation(p_token_hash text)
  CREATE OR REPLACE FUNCTION private.people_read_invitation(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('client', jsonb_build_object('slug', c.slug, 'name', c.name, 'brandColor', c.brand_color),
        'role', i.role_id, 'name', p.display_name, 'needsEmail', i.email is not null,
        'state', case when i.state = 'pending' and i.expires_at <= now() then 'expired' else i.state end, 'expiresAt', i.expires_at)
      from private.invitation_secrets s
      join public.invitations i on i.id = s.invitation_id
      join public.people p on p.client_id = i.client_id and p.id = i.person_id
      join public.clients c on c.id = i.client_id
      where s.token_hash = p_token_hash);
  end $function$

private.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  CREATE OR REPLACE FUNCTION private.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row record;
  begin
    perform private.require_permission(p_client, 'people.invitations.write');
    select i.id, i.person_id, i.state, i.email, i.last_sent_at, i.sent_count, i.role_id into v_row
    from public.invitations i where i.client_id = p_client and i.id = p_invitation for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this invitation.';
    end if;
    if v_row.state <> 'pending' then
      raise exception using errcode = 'ST001', message = format('This invitation was already %s.', v_row.state);
    end if;
    perform private.require_grantable(p_client, v_row.role_id);
    perform private.require_person_within_reach(p_client, v_row.person_id);
    if v_row.last_sent_at > now() - interval '60 seconds' then
      raise exception using errcode = 'QT001', message = 'We sent this a moment ago. Wait a minute before you send it again.';
    end if;
    if v_row.sent_count >= 20 then
      raise exception using errcode = 'QT002', message = 'This invitation was sent 20 times. Revoke it and make a new one.';
    end if;
    update public.invitations i
    set expires_at = now() + interval '7 days', sent_count = i.sent_count + 1, last_sent_at = now()
    where i.client_id = p_client and i.id = p_invitation;
    -- The old link dies here: one live link an invitation.
    update private.invitation_secrets s set token_hash = p_token_hash, token_envelope = p_token_envelope where s.invitation_id = p_invitation;
    if v_row.email is not null then
      perform private.add_job('people.send-invitation', jsonb_build_object('clientId', p_client, 'invitationId', p_invitation),
        'invitation:' || p_invitation || ':' || (v_row.sent_count + 1));
    end if;
  end $function$

private.people_revoke_invitation(p_client uuid, p_invitation uuid)
  CREATE OR REPLACE FUNCTION private.people_revoke_invitation(p_client uuid, p_invitation uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'people.invitations.write');
    update public.invitations i set state = 'revoked' where i.client_id = p_client and i.id = p_invitation and i.state = 'pending';
    if not found then
      if exists (select from public.invitations i where i.client_id = p_client and i.id = p_invitation) then
        raise exception using errcode = 'ST003', message = 'This invitation was already accepted or revoked.';
      end if;
      raise exception using errcode = 'TN001', message = 'We could not find this invitation.';
    end if;
  end $function$

private.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  CREATE OR REPLACE FUNCTION private.people_revoke_role(p_client uuid, p_person uuid, p_role text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'people.roles.write');
    if p_person = private.my_person(p_client) then
      raise exception using errcode = 'PM001', message = 'You cannot change your own roles. Ask another owner.', detail = 'self';
    end if;
    perform private.require_grantable(p_client, p_role);
    if p_role = 'owner' then
      perform private.require_other_owner(p_client, p_person);
    end if;
    delete from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person and pr.role_id = p_role;
    if not found then
      raise exception using errcode = 'TN001', message = 'This person does not have that role.';
    end if;
  end $function$

private.people_set_state(p_client uuid, p_person uuid, p_state text)
  CREATE OR REPLACE FUNCTION private.people_set_state(p_client uuid, p_person uuid, p_state text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'people.people.write');
    if p_state not in ('active', 'deactivated') then
      raise exception using errcode = 'VA001', message = 'Choose active or deactivated.', detail = 'state';
    end if;
    if p_person = private.my_person(p_client) then
      raise exception using errcode = 'PM001', message = 'You cannot deactivate yourself. Ask another owner.', detail = 'self';
    end if;
    perform from public.people p where p.client_id = p_client and p.id = p_person for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this person.';
    end if;
    if p_state = 'deactivated' then
      perform private.require_other_owner(p_client, p_person);
    end if;
    perform private.require_person_within_reach(p_client, p_person);
    update public.people p
    set state = p_state, deactivated_at = case when p_state = 'deactivated' then now() end
    where p.client_id = p_client and p.id = p_person and p.state <> p_state;
    if p_state = 'deactivated' then
      update public.invitations i set state = 'revoked' where i.client_id = p_client and i.person_id = p_person and i.state = 'pending';
    end if;
  end $function$

private.permissions_in(p_client uuid)
  CREATE OR REPLACE FUNCTION private.permissions_in(p_client uuid)
   RETURNS text[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((
      select array_agg(distinct rp.permission_id)
      from public.person_roles pr
      join public.role_permissions rp on rp.role_id = pr.role_id
      where pr.client_id = p_client and pr.person_id = private.my_person(p_client)
        and (pr.valid_until is null or pr.valid_until > now())
        and (split_part(rp.permission_id, '.', 1) not in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
          or private.program_is_on(p_client, split_part(rp.permission_id, '.', 1)))
    ), '{}');
  end $function$

private.program_is_on(p_client uuid, p_program text)
  CREATE OR REPLACE FUNCTION private.program_is_on(p_client uuid, p_program text)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return exists (
      select from public.client_programs cp
      where cp.client_id = p_client and cp.program = p_program and cp.is_enabled
    );
  end $function$

private.queue_email(p_client uuid, p_id uuid, p_person uuid, p_type text, p_dedupe_key text, p_to text, p_subject text, p_is_essential boolean, p_envelope text)
  CREATE OR REPLACE FUNCTION private.queue_email(p_client uuid, p_id uuid, p_person uuid, p_type text, p_dedupe_key text, p_to text, p_subject text, p_is_essential boolean, p_envelope text)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into public.core_emails (id, client_id, person_id, type, dedupe_key, to_address, subject, is_essential)
    values (p_id, p_client, p_person, p_type, p_dedupe_key, p_to, p_subject, p_is_essential)
    on conflict (client_id, dedupe_key) do nothing;
    if not found then
      return false;
    end if;
    insert into private.email_bodies (email_id, envelope) values (p_id, p_envelope);
    perform private.add_job('email.send', jsonb_build_object('clientId', p_client, 'emailId', p_id), 'email:' || p_id);
    return true;
  end $function$

private.queue_file_housekeeping()
  CREATE OR REPLACE FUNCTION private.queue_file_housekeeping()
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_client uuid;
    v_count integer := 0;
  begin
    for v_client in
      select distinct f.client_id from public.core_files f
      where (f.state = 'pending' and f.created_at < now() - interval '1 day')
        or (f.state = 'rejected' and f.created_at < now() - interval '7 days')
        or (f.state = 'quarantine' and f.created_at < now() - interval '1 day')
    loop
      perform private.add_job('files.remove-orphans', jsonb_build_object('clientId', v_client), 'files.remove-orphans:' || v_client);
      v_count := v_count + 1;
    end loop;
    return v_count;
  end $function$

private.readable_file_purposes()
  CREATE OR REPLACE FUNCTION private.readable_file_purposes()
   RETURNS text[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((
      select array_agg(c.id || ':' || p.purpose)
      from private.file_purposes p
      cross join lateral unnest(private.clients_with(p.read_permission)) as c (id)
    ), '{}');
  end $function$

private.record_email_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.record_email_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_email public.core_emails;
  begin
    select * into v_email from public.core_emails where client_id = p_client and id = p_email for update;
    if not found or (v_email.provider_id is not null and v_email.provider_id is distinct from p_provider_id) then
      return 'unknown';
    end if;
    insert into public.core_email_events (client_id, email_id, provider_event_id, kind, occurred_at)
    values (p_client, p_email, p_event_id, p_kind, p_occurred_at)
    on conflict (provider_event_id) do nothing;
    if not found then
      return 'repeated';
    end if;

    -- The provider may be heard before our own answer from it was written down.
    if v_email.state = 'queued' and p_kind in ('sent', 'delivered', 'bounced', 'complained') then
      update public.core_emails set state = 'sent', sent_at = p_occurred_at, provider_id = p_provider_id where id = p_email;
      v_email.state := 'sent';
    end if;
    -- Later news may only go forward: "delivered" after "bounced" is an old message that arrived late.
    if p_kind = 'delivered' and v_email.state = 'sent' then
      update public.core_emails set state = 'delivered', settled_at = p_occurred_at where id = p_email;
    elsif p_kind = 'bounced' and v_email.state in ('sent', 'delivered') then
      update public.core_emails set state = 'bounced', settled_at = p_occurred_at,
        error_code = case when p_is_permanent then 'bounced_for_good' else 'bounced_for_now' end where id = p_email;
    elsif p_kind = 'failed' and v_email.state = 'sent' then
      update public.core_emails set state = 'failed', settled_at = p_occurred_at, error_code = 'provider_failed' where id = p_email;
    elsif p_kind = 'complained' then
      update public.core_emails set complained_at = coalesce(complained_at, p_occurred_at) where id = p_email;
    end if;
    -- One hard bounce or one complaint is enough; a full mailbox is not.
    if p_kind = 'complained' or (p_kind = 'bounced' and p_is_permanent) then
      insert into public.core_email_suppressions (client_id, address, reason, email_id)
      values (p_client, lower(v_email.to_address), p_kind, p_email)
      on conflict (client_id, address) do nothing;
    end if;
    return 'recorded';
  end $function$

private.release_dead_workers()
  CREATE OR REPLACE FUNCTION private.release_dead_workers()
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
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
  $function$

private.remove_suppression(p_client uuid, p_address text)
  CREATE OR REPLACE FUNCTION private.remove_suppression(p_client uuid, p_address text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'email.log.read');
    delete from public.core_email_suppressions s
    where s.client_id = p_client and s.address = lower(p_address) and s.reason = 'bounced';
    if not found then
      raise exception using errcode = 'TN001', message = 'This address is not blocked, or its owner asked not to be written to.';
    end if;
  end $function$

private.request_id()
  CREATE OR REPLACE FUNCTION private.request_id()
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_headers text := nullif(current_setting('request.headers', true), '');
  begin
    return left(coalesce(nullif(current_setting('portico.request_id', true), ''), v_headers::jsonb ->> 'x-request-id'), 64);
  end $function$

private.request_notification(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  CREATE OR REPLACE FUNCTION private.request_notification(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
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
  end $function$

private.require_grantable(p_client uuid, p_role text)
  CREATE OR REPLACE FUNCTION private.require_grantable(p_client uuid, p_role text)
   RETURNS void
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not exists (select from public.roles r where r.id = p_role) then
      raise exception using errcode = 'VA001', message = 'Choose a role from the list.', detail = 'role';
    end if;
    if exists (
      select from public.role_permissions rp
      where rp.role_id = p_role and rp.permission_id <> all (private.permissions_in(p_client))
        -- Permissions of a program that is off are held by nobody, so they cannot be escalated to either.
        and (split_part(rp.permission_id, '.', 1) not in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
          or private.program_is_on(p_client, split_part(rp.permission_id, '.', 1)))
        and rp.permission_id not like '%.app.use'
    ) then
      raise exception using errcode = 'PM001', message = 'This role can do more than you can, so you cannot give it.', detail = 'role';
    end if;
  end $function$

private.require_other_owner(p_client uuid, p_person uuid)
  CREATE OR REPLACE FUNCTION private.require_other_owner(p_client uuid, p_person uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- The lock makes two owners who remove each other at once wait for one another.
    perform from public.clients c where c.id = p_client for no key update;
    if exists (select from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person and pr.role_id = 'owner'
               and (pr.valid_until is null or pr.valid_until > now()))
      and not exists (
        select from public.person_roles pr
        join public.people p on p.client_id = pr.client_id and p.id = pr.person_id
        where pr.client_id = p_client and pr.role_id = 'owner' and pr.person_id <> p_person
          and pr.valid_until is null and p.state = 'active' and p.user_id is not null)
    then
      raise exception using errcode = 'ST001', message = 'A business needs an owner. Make someone else an owner first.', detail = 'lastOwner';
    end if;
  end $function$

private.require_permission(p_client uuid, p_permission text)
  CREATE OR REPLACE FUNCTION private.require_permission(p_client uuid, p_permission text)
   RETURNS void
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if auth.uid() is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    -- A stranger is told the business has nothing here; only its own people learn that a permission is missing.
    if private.my_person(p_client) is null then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    if not private.has_permission(p_client, p_permission) then
      raise exception using errcode = 'PM001', message = 'You do not have permission to do this. Ask an owner of this business.', detail = p_permission;
    end if;
  end $function$

private.require_person_within_reach(p_client uuid, p_person uuid)
  CREATE OR REPLACE FUNCTION private.require_person_within_reach(p_client uuid, p_person uuid)
   RETURNS void
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- Otherwise a manager could hand out a link to the unclaimed row of an admin, and open it herself.
    perform private.require_grantable(p_client, pr.role_id)
    from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person;
  end $function$

private.resend_email(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION private.resend_email(p_client uuid, p_id uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_email public.core_emails;
  begin
    perform private.require_permission(p_client, 'email.log.read');
    select * into v_email from public.core_emails where client_id = p_client and id = p_id for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this e-mail.';
    end if;
    if v_email.state <> 'failed' then
      raise exception using errcode = 'ST001', message = 'Only an e-mail that failed can be sent again.';
    end if;
    if not exists (select from private.email_bodies b where b.email_id = p_id) then
      raise exception using errcode = 'ST001', message = 'The text of this e-mail is no longer kept, so it cannot be sent again.';
    end if;
    update public.core_emails set state = 'queued', error_code = null, settled_at = null, sends = sends + 1 where id = p_id;
    perform private.add_job('email.send', jsonb_build_object('clientId', p_client, 'emailId', p_id), 'email:' || p_id);
  end $function$

private.retry_dead_job(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION private.retry_dead_job(p_client uuid, p_id uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
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
  $function$

private.save_notification_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  CREATE OR REPLACE FUNCTION private.save_notification_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    insert into public.core_notification_preferences (client_id, person_id, type, in_app, email)
    values (p_client, private.my_person(p_client), p_type, p_in_app, p_email)
    on conflict (client_id, person_id, type) do update set in_app = excluded.in_app, email = excluded.email;
  end $function$

private.session_is_live()
  CREATE OR REPLACE FUNCTION private.session_is_live()
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_claims jsonb := private.claims();
    v_session record;
  begin
    select s.user_id, s.ended_at, s.last_seen_at, s.started_at into v_session
    from public.auth_sessions s
    where s.session_id = (nullif(v_claims ->> 'session_id', ''))::uuid;
    if not found then
      return true;
    end if;
    return v_session.ended_at is null
      and v_session.user_id = auth.uid()
      and v_session.last_seen_at > now() - interval '24 hours'
      and v_session.started_at > now() - interval '30 days';
  end $function$

private.settle_file(p_client uuid, p_id uuid, p_state text, p_reason text, p_sniffed_type text, p_scan text, p_bytes bigint)
  CREATE OR REPLACE FUNCTION private.settle_file(p_client uuid, p_id uuid, p_state text, p_reason text, p_sniffed_type text, p_scan text, p_bytes bigint)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    update public.core_files
    set state = p_state, rejected_reason = p_reason, sniffed_type = p_sniffed_type, scan = p_scan,
      bytes = coalesce(p_bytes, bytes), checked_at = now()
    where client_id = p_client and id = p_id and state = 'quarantine';
    if not found then
      return false;
    end if;
    perform private.emit_event(p_client, 'files.' || p_state, jsonb_build_object('fileId', p_id));
    return true;
  end $function$

private.tg__audit()
  CREATE OR REPLACE FUNCTION private.tg__audit()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
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
  end $function$

private.tg__check_locale()
  CREATE OR REPLACE FUNCTION private.tg__check_locale()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    if new.time_zone is not null and not private.is_time_zone(new.time_zone) then
      raise exception using errcode = 'VA001', message = 'Choose a time zone from the list.', detail = 'timeZone';
    end if;
    return new;
  end $function$

private.tg__guard_transition()
  CREATE OR REPLACE FUNCTION private.tg__guard_transition()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_entity text := tg_argv[0];
    v_column text := coalesce(tg_argv[1], 'state');
    v_new jsonb := to_jsonb(new);
    v_from text := case when tg_op = 'UPDATE' then to_jsonb(old) ->> v_column end;
    v_to text := v_new ->> v_column;
    v_client uuid := (v_new ->> 'client_id')::uuid;
    v_permission text;
  begin
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
  end $function$

private.tg__immutable()
  CREATE OR REPLACE FUNCTION private.tg__immutable()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_column text;
  begin
    foreach v_column in array tg_argv loop
      if to_jsonb(old) -> v_column is distinct from to_jsonb(new) -> v_column then
        raise exception using errcode = 'ST001',
          message = format('%s cannot be changed once it is set.', initcap(replace(v_column, '_', ' '))), detail = v_column;
      end if;
    end loop;
    return new;
  end $function$

private.tg__stamp()
  CREATE OR REPLACE FUNCTION private.tg__stamp()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    new.updated_at := now();
    return new;
  end $function$

private.tg_client_programs__open_loyalty()
  CREATE OR REPLACE FUNCTION private.tg_client_programs__open_loyalty()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.loyalty_settings (client_id, currency)
    select c.id, c.currency from public.clients c where c.id = new.client_id
    on conflict (client_id) do nothing;
    insert into public.loyalty_nights (client_id) values (new.client_id) on conflict (client_id) do nothing;
    -- A first ladder, so that the program works the minute it is turned on; the owner changes it in settings.
    if not exists (select 1 from public.loyalty_tiers t where t.client_id = new.client_id) then
      insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp)
      values (new.client_id, 1, 'Bronze', '#a9744f', 0, 1000),
             (new.client_id, 2, 'Silver', '#8d99a6', 150000, 1200),
             (new.client_id, 3, 'Gold', '#c99a2e', 500000, 1500);
    end if;
    return null;
  end $function$

private.tg_clients__refuse_reserved_slug()
  CREATE OR REPLACE FUNCTION private.tg_clients__refuse_reserved_slug()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    if exists (select from private.reserved_slugs r where r.slug = new.slug) then
      raise exception using errcode = 'VA001', message = 'This address is kept for Portico itself. Choose another.', detail = 'slug';
    end if;
    return new;
  end $function$

private.tg_loyalty_adjustments__append_only()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_adjustments__append_only()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    -- Merging two rows of one creator moves her adjustments as they are.
    if tg_op = 'UPDATE' and old.creator_id::text = current_setting('portico.loyalty_merge', true)
      and to_jsonb(new) - 'creator_id' = to_jsonb(old) - 'creator_id' then
      return new;
    end if;
    raise exception using errcode = 'ST001', message = 'An adjustment is never changed. Reverse it with a second one.';
  end $function$

private.tg_loyalty_adjustments__guard()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_adjustments__guard()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_today date;
  begin
    select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = new.client_id;
    if new.effective_on > v_today then
      raise exception using errcode = 'VA001', message = 'The date cannot lie in the future.', detail = 'effectiveOn';
    end if;
    if new.reverses_id is not null and not exists (
      select 1 from public.loyalty_adjustments a
       where a.client_id = new.client_id and a.id = new.reverses_id and a.creator_id = new.creator_id
         and a.reverses_id is null and a.amount = -new.amount and a.units = -new.units
         and a.effective_on = new.effective_on) then
      raise exception using errcode = 'VA001',
        message = 'A reversal takes back one earlier adjustment of the same creator, whole and in its own period.', detail = 'reversesId';
    end if;
    return new;
  end $function$

private.tg_loyalty_adjustments__mark_dirty()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_adjustments__mark_dirty()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
    select distinct n.client_id, n.creator_id, n.effective_on from new_rows n
    on conflict do nothing;
    -- The figures follow at once; the tier is decided tonight, like everybody's.
    perform private.add_job('loyalty.refresh-figures', jsonb_build_object('clientId', d.client_id),
                            'loyalty.refresh-figures:' || d.client_id)
       from (select distinct n.client_id from new_rows n) d;
    return null;
  end $function$

private.tg_loyalty_creators__derive()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_creators__derive()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
  begin
    new.handle := regexp_replace(btrim(new.handle), '^@+', '');
    new.handle_key := lower(new.handle);
    if new.handle_key !~ '^[a-z0-9_.]{1,30}$' then
      raise exception using errcode = 'VA001',
        message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
    end if;
    if new.display_name is null then
      select p.display_name into new.display_name from public.people p where p.client_id = new.client_id and p.id = new.person_id;
      new.display_name := coalesce(new.display_name, new.handle);
    end if;
    new.search_text := new.handle_key || ' ' || lower(new.display_name);
    if tg_op = 'INSERT' then
      select c.time_zone into v_zone from public.clients c where c.id = new.client_id;
      new.joined_on := coalesce(new.joined_on, private.local_date(now(), v_zone));
      new.anchor_on := coalesce(new.anchor_on, new.joined_on);
      new.period_start := coalesce(new.period_start, new.anchor_on);
      new.tier_since := coalesce(new.tier_since, private.local_instant(new.joined_on, '00:00', v_zone));
      if new.next_check_on is null then
        select private.loyalty_period_last_day(new.anchor_on, new.period_start, s.checkpoint_months)
          into new.next_check_on from public.loyalty_settings s where s.client_id = new.client_id;
      end if;
      if new.tier_id is null then
        select coalesce(new.pinned_tier_id, t.id) into new.tier_id from public.loyalty_tiers t
         where t.client_id = new.client_id and t.rank = 1 and t.archived_at is null;
      end if;
    end if;
    return new;
  end $function$

private.tg_loyalty_handle_aliases__one_owner()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_handle_aliases__one_owner()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- A key that is both a handle and an alias would send a file's rows to two creators.
    if exists (select 1 from public.loyalty_creators c
                where c.client_id = new.client_id and c.handle_key = new.handle_key and c.id <> new.creator_id
                  and c.state = 'active') then
      raise exception using errcode = 'VA001', message = 'Another creator has this handle.', detail = 'handle';
    end if;
    return new;
  end $function$

private.tg_loyalty_settings__guard()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_settings__guard()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if new.sync_time_zone is distinct from old.sync_time_zone
      and not private.is_time_zone(new.sync_time_zone) then
      raise exception using errcode = 'VA001', message = 'Choose a time zone from the list.', detail = 'syncTimeZone';
    end if;
    -- Thresholds are numbers of the metric: changing it under existing figures would rank everybody by the wrong unit.
    if new.metric is distinct from old.metric or new.currency is distinct from old.currency then
      if exists (select 1 from public.loyalty_videos v where v.client_id = old.client_id)
        or exists (select 1 from public.loyalty_adjustments a where a.client_id = old.client_id) then
        raise exception using errcode = 'VA001',
          message = 'What tiers count cannot change once there are figures.', detail = 'metric';
      end if;
    end if;
    if (new.metric, new.tier_mode) is distinct from (old.metric, old.tier_mode) then
      update public.loyalty_nights n set needs_full_pass = true where n.client_id = new.client_id;
    end if;
    return new;
  end $function$

private.tg_loyalty_settings__restart_periods()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_settings__restart_periods()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_today date;
  begin
    -- Checks begin with a whole period: nobody is judged tonight for months that were never announced.
    select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = new.client_id;
    update public.loyalty_creators c
       set period_start = v_today, anchor_on = v_today, prior_period_start = null,
           next_check_on = private.loyalty_period_last_day(v_today, v_today, new.checkpoint_months)
     where c.client_id = new.client_id;
    return null;
  end $function$

private.tg_loyalty_tiers__whole_ladder()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_tiers__whole_ladder()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_client uuid := coalesce(new.client_id, old.client_id);
    v_count integer;
    v_top integer;
    v_flat boolean;
  begin
    select count(*), max(l.rank), bool_or(l.threshold <= l.below)
      into v_count, v_top, v_flat
      from (select t.rank, t.threshold, lag(t.threshold) over (order by t.rank) as below
              from public.loyalty_tiers t where t.client_id = v_client and t.archived_at is null) l;
    if v_count not between 3 and 6 then
      raise exception using errcode = 'VA001', message = 'A ladder has three to six tiers.', detail = 'tiers';
    end if;
    if v_top <> v_count then
      raise exception using errcode = 'VA001', message = 'Tiers are numbered from one without a gap.', detail = 'tiers';
    end if;
    if v_flat then
      raise exception using errcode = 'VA001', message = 'Each tier must start higher than the one below it.', detail = 'tiers';
    end if;
    return null;
  end $function$

private.tg_people__name_creator()
  CREATE OR REPLACE FUNCTION private.tg_people__name_creator()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_creators c set display_name = new.display_name
     where c.client_id = new.client_id and c.person_id = new.id;
    return null;
  end $function$

private.unread_notifications(p_client uuid)
  CREATE OR REPLACE FUNCTION private.unread_notifications(p_client uuid)
   RETURNS integer
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- The bell says 99+ from a hundred on: counting further would be work nobody sees.
    return (select count(*)::integer from (
      select from public.core_notifications n
      where n.client_id = p_client and n.person_id = private.my_person(p_client) and n.read_at is null
      limit 100) as unread);
  end $function$

private.unsubscribe(p_client uuid, p_person uuid, p_type text)
  CREATE OR REPLACE FUNCTION private.unsubscribe(p_client uuid, p_person uuid, p_type text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.core_notification_preferences (client_id, person_id, type, email)
    select p.client_id, p.id, p_type, false from public.people p where p.client_id = p_client and p.id = p_person
    on conflict (client_id, person_id, type) do update set email = false;
  end $function$

private.waiting_tasks()
  CREATE OR REPLACE FUNCTION private.waiting_tasks()
   RETURNS SETOF text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
      select distinct t.identifier
      from graphile_worker._private_tasks t
      join graphile_worker._private_jobs j on j.task_id = t.id
      where j.attempts < j.max_attempts and j.locked_at is null and j.run_at <= now();
  end
  $function$

private.worker_lock(p_worker text)
  CREATE OR REPLACE FUNCTION private.worker_lock(p_worker text)
   RETURNS bigint
   LANGUAGE plpgsql
   IMMUTABLE
   SET search_path TO ''
  AS $function$
  begin return hashtextextended('portico.worker:' || p_worker, 0); end $function$

public.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  CREATE OR REPLACE FUNCTION public.audit_list(p_client uuid, p_table text DEFAULT NULL::text, p_actor uuid DEFAULT NULL::uuid, p_before timestamp with time zone DEFAULT NULL::timestamp with time zone, p_before_id uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.audit_list(p_client, p_table, p_actor, p_before, p_before_id, p_limit); end $function$

public.auth_accept_terms(p_user uuid, p_version text)
  CREATE OR REPLACE FUNCTION public.auth_accept_terms(p_user uuid, p_version text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_accept_terms(p_user, p_version); end $function$

public.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  CREATE OR REPLACE FUNCTION public.auth_begin_sign_in(p_account text, p_ip text, p_pass text DEFAULT NULL::text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_begin_sign_in(p_account, p_ip, p_pass); end $function$

public.auth_consume_challenge(p_token_hash text, p_user uuid)
  CREATE OR REPLACE FUNCTION public.auth_consume_challenge(p_token_hash text, p_user uuid)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_consume_challenge(p_token_hash, p_user); end $function$

public.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  CREATE OR REPLACE FUNCTION public.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_create_unlock(p_account, p_ip, p_token_hash); end $function$

public.auth_end_my_sessions(p_session uuid, p_scope text)
  CREATE OR REPLACE FUNCTION public.auth_end_my_sessions(p_session uuid DEFAULT NULL::uuid, p_scope text DEFAULT 'one'::text)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_end_my_sessions(p_session, p_scope); end $function$

public.auth_end_user_sessions(p_user uuid, p_except uuid)
  CREATE OR REPLACE FUNCTION public.auth_end_user_sessions(p_user uuid, p_except uuid DEFAULT NULL::uuid)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_end_user_sessions(p_user, p_except); end $function$

public.auth_find_home(p_email text)
  CREATE OR REPLACE FUNCTION public.auth_find_home(p_email text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_find_home(p_email); end $function$

public.auth_find_login(p_name text, p_slug text)
  CREATE OR REPLACE FUNCTION public.auth_find_login(p_name text, p_slug text DEFAULT NULL::text)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_find_login(p_name, p_slug); end $function$

public.auth_finish_sign_in(p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  CREATE OR REPLACE FUNCTION public.auth_finish_sign_in(p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid DEFAULT NULL::uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_finish_sign_in(p_account, p_ip, p_user, p_outcome, p_reason); end $function$

public.auth_list_my_sessions()
  CREATE OR REPLACE FUNCTION public.auth_list_my_sessions()
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((
      select jsonb_agg(jsonb_build_object('id', s.session_id, 'startedAt', s.started_at, 'lastSeenAt', s.last_seen_at,
          'userAgent', s.user_agent, 'ipHint', s.ip_hint,
          'isCurrent', s.session_id = nullif(private.claims() ->> 'session_id', '')::uuid) order by s.last_seen_at desc)
      from public.auth_sessions s
      where s.user_id = auth.uid() and s.ended_at is null
        and s.last_seen_at > now() - interval '24 hours' and s.started_at > now() - interval '30 days'), '[]'::jsonb);
  end $function$

public.auth_move_email(p_user uuid, p_from text, p_to text)
  CREATE OR REPLACE FUNCTION public.auth_move_email(p_user uuid, p_from text, p_to text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_move_email(p_user, p_from, p_to); end $function$

public.auth_note(p_kind text, p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  CREATE OR REPLACE FUNCTION public.auth_note(p_kind text, p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid DEFAULT NULL::uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_note(p_kind, p_account, p_ip, p_user, p_outcome, p_reason); end $function$

public.auth_purge()
  CREATE OR REPLACE FUNCTION public.auth_purge()
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_purge(); end $function$

public.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_id uuid, p_envelope text)
  CREATE OR REPLACE FUNCTION public.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_id uuid, p_envelope text DEFAULT NULL::text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.auth_queue_mail(p_client, p_person, p_kind, p_to, p_envelope, p_id); end $function$

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text)
  CREATE OR REPLACE FUNCTION public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text DEFAULT NULL::text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_record_session(p_session, p_user, p_agent, p_ip_hint); end $function$

public.auth_resend_challenge(p_token_hash text)
  CREATE OR REPLACE FUNCTION public.auth_resend_challenge(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_resend_challenge(p_token_hash); end $function$

public.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  CREATE OR REPLACE FUNCTION public.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid DEFAULT NULL::uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.auth_start_challenge(p_purpose, p_email, p_email_hash, p_ip, p_token_hash, p_user); end $function$

public.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  CREATE OR REPLACE FUNCTION public.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_tell_password_changed(p_user, p_account, p_ip); end $function$

public.auth_try_challenge(p_token_hash text, p_purpose text)
  CREATE OR REPLACE FUNCTION public.auth_try_challenge(p_token_hash text, p_purpose text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_try_challenge(p_token_hash, p_purpose); end $function$

public.auth_update_me(p_name text, p_time_zone text, p_locale text)
  CREATE OR REPLACE FUNCTION public.auth_update_me(p_name text DEFAULT NULL::text, p_time_zone text DEFAULT NULL::text, p_locale text DEFAULT NULL::text)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    if auth.uid() is null or not private.session_is_live() then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    update public.people p set display_name = coalesce(p_name, p.display_name),
      time_zone = coalesce(p_time_zone, p.time_zone), locale = coalesce(p_locale, p.locale)
    where p.user_id = auth.uid() and p.id = any ((select private.my_people())::uuid[]);
    get diagnostics v_count = row_count;
    return v_count;
  end $function$

public.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  CREATE OR REPLACE FUNCTION public.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.auth_use_unlock(p_token_hash, p_pass_hash, p_ip); end $function$

public.core_begin_once(p_scope text, p_key text, p_hash text)
  CREATE OR REPLACE FUNCTION public.core_begin_once(p_scope text, p_key text, p_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.core_begin_once(p_scope, p_key, p_hash); end $function$

public.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  CREATE OR REPLACE FUNCTION public.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.core_finish_once(p_scope, p_key, p_status, p_body); end $function$

public.core_read_context(p_slug text)
  CREATE OR REPLACE FUNCTION public.core_read_context(p_slug text DEFAULT NULL::text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.core_read_context(p_slug); end $function$

public.core_release_once(p_scope text, p_key text)
  CREATE OR REPLACE FUNCTION public.core_release_once(p_scope text, p_key text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.core_release_once(p_scope, p_key); end $function$

public.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  CREATE OR REPLACE FUNCTION public.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.core_take_rate_limit(p_key, p_limit, p_window_seconds); end $function$

public.email_record_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  CREATE OR REPLACE FUNCTION public.email_record_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    return private.record_email_event(p_client, p_email, p_provider_id, p_event_id, p_kind, p_is_permanent, p_occurred_at);
  end $function$

public.email_remove_suppression(p_client uuid, p_address text)
  CREATE OR REPLACE FUNCTION public.email_remove_suppression(p_client uuid, p_address text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.remove_suppression(p_client, p_address); end $function$

public.email_resend_email(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION public.email_resend_email(p_client uuid, p_id uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.resend_email(p_client, p_id); end $function$

public.files_complete_upload(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION public.files_complete_upload(p_client uuid, p_id uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.complete_upload(p_client, p_id); end $function$

public.files_create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  CREATE OR REPLACE FUNCTION public.files_create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.create_upload(p_client, p_purpose, p_name, p_content_type, p_bytes); end $function$

public.jobs_retry_job(p_client uuid, p_id uuid)
  CREATE OR REPLACE FUNCTION public.jobs_retry_job(p_client uuid, p_id uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.retry_dead_job(p_client, p_id); end $function$

public.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_add_creator(p_client uuid, p_handle text, p_name text DEFAULT NULL::text, p_email text DEFAULT NULL::text, p_tier uuid DEFAULT NULL::uuid, p_reason text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_add_creator(p_client, p_handle, p_name, p_email, p_tier, p_reason); end $function$

public.loyalty_cancel_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_cancel_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_cancel_run(p_client, p_run); end $function$

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  CREATE OR REPLACE FUNCTION public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text DEFAULT NULL::text, p_evidence_url text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_claim_handle(p_slug, p_handle, p_evidence_text, p_evidence_url); end $function$

public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_create_run(p_client, p_file, p_creates_creators); end $function$

public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_decide_claim(p_client, p_claim, p_approve, p_reason); end $function$

public.loyalty_ensure_source(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_ensure_source(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_ensure_source(p_client); end $function$

public.loyalty_fetch_now(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_fetch_now(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_fetch_now(p_client); end $function$

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'amount', a.amount, 'units', a.units, 'effectiveOn', a.effective_on,
               'reason', a.reason, 'reversesId', a.reverses_id, 'reversedById', r.id, 'createdAt', a.created_at,
               'createdBy', (select p.display_name from public.people p where p.client_id = p_client and p.user_id = a.created_by))
               order by a.effective_on desc, a.id desc), '[]')
        from (select * from public.loyalty_adjustments t
               where t.client_id = p_client and t.creator_id = p_creator
                 and (t.effective_on, t.id) < (coalesce((p_cursor ->> 'v')::date, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by t.effective_on desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) a
        left join public.loyalty_adjustments r on r.client_id = p_client and r.reverses_id = a.id);
  end $function$

public.loyalty_list_claims(p_client uuid, p_state text, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_claims(p_client uuid, p_state text DEFAULT 'pending'::text, p_limit integer DEFAULT 100)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.claims.decide');
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'handle', k.handle_key, 'email', k.email, 'name', k.claimant_name, 'state', k.state,
               'evidenceText', k.evidence_text, 'evidenceUrl', k.evidence_url, 'rejectReason', k.reject_reason, 'createdAt', k.created_at,
               'decidedAt', k.decided_at, 'creator', (
                 select jsonb_build_object('id', c.id, 'name', c.display_name, 'totalVideos', c.total_videos, 'totalSales', c.total_sales)
                   from public.loyalty_creators c where c.client_id = p_client and c.handle_key = k.handle_key)) order by k.created_at), '[]')
        from (select * from public.loyalty_handle_claims t where t.client_id = p_client and t.state = p_state
               order by t.created_at limit least(greatest(p_limit, 1), 200)) k);
  end $function$

public.loyalty_list_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text, p_sort text, p_direction text, p_cursor jsonb, p_limit integer, p_with_count boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_list_creators(p_client uuid, p_search text DEFAULT NULL::text, p_tiers uuid[] DEFAULT NULL::uuid[], p_min_sales bigint DEFAULT NULL::bigint, p_state text DEFAULT 'active'::text, p_sort text DEFAULT 'sales'::text, p_direction text DEFAULT 'desc'::text, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50, p_with_count boolean DEFAULT true)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_column text := case p_sort when 'sales' then 'period_sales' when 'total' then 'total_sales' when 'video' then 'last_video_sort'
                                 when 'handle' then 'handle_key' end;
    v_type text := case p_sort when 'video' then 'date' when 'handle' then 'text' else 'bigint' end;
    v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
    v_up boolean := (p_direction = 'asc') <> v_back;
    v_limit integer := least(greatest(p_limit, 1), 200);
    v_found uuid[];
    v_items jsonb;
    v_count integer;
  begin
    if v_column is null then
      raise exception using errcode = 'VA001', message = 'This list cannot be sorted like that.', detail = 'sort';
    end if;
    if nullif(btrim(p_search), '') is not null then
      v_found := private.loyalty_find_creators(p_client, p_search);
    end if;
    -- One statement for each order, so that the index of that order is walked and the page is its first rows.
    execute format($q$
      select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'handle', x.handle, 'name', x.display_name, 'state', x.state, 'tierId', x.tier_id,
               'tierSince', x.tier_since, 'isPinned', x.is_pinned, 'periodStart', x.period_start, 'periodEndsOn', x.next_check_on,
               'periodSales', x.period_sales, 'periodUnits', x.period_units, 'totalSales', x.total_sales, 'totalUnits', x.total_units,
               'periodVideos', x.period_videos, 'totalVideos', x.total_videos, 'lastVideoOn', x.last_video_on,
               'cursor', jsonb_build_object('v', x.%1$I, 'id', x.id)) order by x.%1$I %2$s, x.id %2$s), '[]'), count(*)
        from (select c.* from public.loyalty_creators c
               where c.client_id = $1 and c.state = $2 %3$s
               order by c.%1$I %2$s, c.id %2$s limit $3) x
    $q$, v_column, case when v_up then 'asc' else 'desc' end,
      concat_ws(' ',
        case when p_tiers is not null then 'and c.tier_id = any ($4)' end,
        case when p_min_sales is not null then 'and c.period_sales >= $5' end,
        case when v_found is not null then 'and c.id = any ($6)' end,
        case when p_cursor ? 'id' then format('and (c.%I, c.id) %s (($7 ->> ''v'')::%s, ($7 ->> ''id'')::uuid)', v_column,
                                              case when v_up then '>' else '<' end, v_type) end))
      into v_items, v_count
      using p_client, p_state, v_limit + 1, p_tiers, p_min_sales, v_found, p_cursor;
    return jsonb_build_object(
      'items', case when v_back then (select coalesce(jsonb_agg(i.value order by i.ordinality desc), '[]')
                                        from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit)
                    else (select coalesce(jsonb_agg(i.value order by i.ordinality), '[]')
                            from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit) end,
      'hasMore', v_count > v_limit,
      'total', case when p_with_count then private.loyalty_count_creators(p_client, p_search, p_tiers, p_min_sales, p_state) end);
  end $function$

public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint DEFAULT NULL::bigint, p_limit integer DEFAULT 20)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'seq', d.seq, 'rule', d.rule, 'businessDate', d.business_date, 'from', d.from_name,
               'to', d.to_name, 'metric', d.metric, 'value', d.value, 'threshold', d.threshold, 'periodStart', d.period_start,
               'periodEnd', d.period_end, 'salesPart', d.sales_part, 'adjustmentsPart', d.adjustments_part, 'detail', d.detail - 'before',
               'createdAt', d.created_at, 'isUndone', d.undone_at is not null) order by d.seq desc), '[]')
        from (select * from public.loyalty_tier_decisions t
               where t.client_id = p_client and t.creator_id = p_creator and t.seq < coalesce(p_before, 9223372036854775807)
               order by t.seq desc limit least(greatest(p_limit, 1), 100) + 1) d);
  end $function$

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'url', v.url, 'title', v.title, 'postedOn', v.posted_on, 'views', v.views,
               'likes', v.likes, 'comments', v.comments, 'gmv', v.gmv, 'units', v.units, 'ctrBp', v.ctr_bp, 'firstSeenOn', v.first_seen_on,
               'counted', w.gmv, 'countedUnits', w.units) order by v.posted_on desc, v.id desc), '[]')
        from (select * from public.loyalty_videos t
               where t.client_id = p_client and t.creator_id = p_creator
                 and (t.posted_on, t.id) < (coalesce((p_cursor ->> 'v')::date, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by t.posted_on desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) v
       cross join lateral (
         select coalesce(sum(s.gmv_delta), 0)::bigint as gmv, coalesce(sum(s.units_delta), 0)::bigint as units
           from public.loyalty_video_snapshots s
          where s.client_id = p_client and s.video_id = v.id and s.business_date >= coalesce(p_from, '-infinity')
            and s.business_date <= coalesce(p_to, 'infinity')) w);
  end $function$

public.loyalty_my_claims(p_slug text)
  CREATE OR REPLACE FUNCTION public.loyalty_my_claims(p_slug text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_my_claims(p_slug); end $function$

public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_pin_tier(p_client, p_creator, p_tier, p_reason); end $function$

public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_preview_tiers(p_client, p_tiers); end $function$

public.loyalty_read_admin_home(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_admin_home(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_admin_home(p_client); end $function$

public.loyalty_read_creator(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_creator(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_settings public.loyalty_settings;
    v_last date;
  begin
    select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
    select coalesce(n.last_business_date, current_date) into v_last from public.loyalty_nights n where n.client_id = p_client;
    return jsonb_build_object(
      'id', v_creator.id, 'personId', v_creator.person_id, 'handle', v_creator.handle, 'name', v_creator.display_name,
      'state', v_creator.state, 'joinedOn', v_creator.joined_on, 'tierId', v_creator.tier_id, 'tierSince', v_creator.tier_since,
      'isPinned', v_creator.is_pinned, 'pinnedReason', v_creator.pinned_reason,
      'periodStart', v_creator.period_start, 'periodEndsOn', v_creator.next_check_on,
      'totalSales', v_creator.total_sales, 'totalUnits', v_creator.total_units, 'totalVideos', v_creator.total_videos,
      'lastVideoOn', v_creator.last_video_on, 'figuresAt', v_creator.figures_at,
      'value', case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                    when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                    when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end,
      'period', jsonb_build_object('sales', v_creator.period_sales, 'units', v_creator.period_units,
        'adjustments', v_creator.period_adjustments, 'views', v_creator.period_views, 'likes', v_creator.period_likes,
        'comments', v_creator.period_comments, 'videos', v_creator.period_videos,
        'refunds', public.loyalty_read_refunds(p_client, p_creator, v_creator.period_start, v_last)),
      'person', (select jsonb_build_object('name', p.display_name, 'email', p.email, 'hasLogin', p.user_id is not null)
                   from public.people p where p.client_id = p_client and p.id = v_creator.person_id),
      'aliases', (select coalesce(jsonb_agg(a.handle_key order by a.created_at), '[]') from public.loyalty_handle_aliases a
                   where a.client_id = p_client and a.creator_id = p_creator),
      'handleChanges', (select coalesce(jsonb_agg(jsonb_build_object('old', h.old_handle, 'new', h.new_handle, 'at', h.created_at,
                          'videosMoved', h.videos_moved, 'isMerge', h.merged_creator_id is not null) order by h.created_at desc), '[]')
                          from public.loyalty_handle_changes h where h.client_id = p_client and h.creator_id = p_creator),
      'decision', public.loyalty_read_decision(p_client, p_creator),
      'weeks', public.loyalty_read_weeks(p_client, p_creator, v_creator.period_start, v_last));
  end $function$

public.loyalty_read_data_state(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_data_state(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_data_state(p_client); end $function$

public.loyalty_read_decision(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_decision(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('id', d.id, 'rule', d.rule, 'businessDate', d.business_date, 'from', d.from_name, 'to', d.to_name,
               'metric', d.metric, 'value', d.value, 'threshold', d.threshold, 'periodStart', d.period_start, 'periodEnd', d.period_end,
               'salesPart', d.sales_part, 'adjustmentsPart', d.adjustments_part, 'detail', d.detail - 'before', 'createdAt', d.created_at,
               'isUndone', d.undone_at is not null)
        from public.loyalty_tier_decisions d
       where d.client_id = p_client and d.creator_id = p_creator and d.undone_at is null
       order by d.seq desc limit 1);
  end $function$

public.loyalty_read_home(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_home(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_settings public.loyalty_settings;
    v_night public.loyalty_nights;
    v_last date;
    v_value bigint;
    v_zone text;
  begin
    select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select n.* into v_night from public.loyalty_nights n where n.client_id = p_client;
    select k.time_zone into v_zone from public.clients k where k.id = p_client;
    select c.* into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = (select private.my_person(p_client));
    v_last := coalesce(v_night.last_business_date, private.local_date(now(), v_zone));
    v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                    when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                    when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
    return jsonb_build_object(
      'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency, 'timeZone', v_zone,
      'figuresAt', v_night.figures_at, 'lastBusinessDate', v_night.last_business_date,
      'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
      'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
      'ladder', (select jsonb_agg(jsonb_build_object('id', t.id, 'rank', t.rank, 'name', t.name, 'color', t.color, 'threshold', t.threshold,
                   'commissionBp', t.commission_bp, 'benefits', t.benefits) order by t.rank)
                   from public.loyalty_tiers t where t.client_id = p_client and t.archived_at is null),
      'creator', case when v_creator.id is not null then jsonb_build_object(
        'id', v_creator.id, 'handle', v_creator.handle, 'name', v_creator.display_name, 'state', v_creator.state,
        'tierId', v_creator.tier_id, 'tierSince', v_creator.tier_since, 'isPinned', v_creator.is_pinned,
        'value', v_value, 'periodStart', v_creator.period_start, 'periodEndsOn', v_creator.next_check_on,
        'totalSales', v_creator.total_sales, 'totalUnits', v_creator.total_units, 'totalVideos', v_creator.total_videos,
        'lastVideoOn', v_creator.last_video_on,
        'period', jsonb_build_object('sales', v_creator.period_sales, 'units', v_creator.period_units,
          'adjustments', v_creator.period_adjustments, 'views', v_creator.period_views, 'likes', v_creator.period_likes,
          'comments', v_creator.period_comments, 'videos', v_creator.period_videos,
          'refunds', public.loyalty_read_refunds(p_client, v_creator.id, v_creator.period_start, v_last)),
        'decision', public.loyalty_read_decision(p_client, v_creator.id),
        'weeks', public.loyalty_read_weeks(p_client, v_creator.id, v_creator.period_start, v_last)) end);
  end $function$

public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
  CREATE OR REPLACE FUNCTION public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
   RETURNS bigint
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (select coalesce(sum(a.amount), 0)::bigint from public.loyalty_adjustments a
             where a.client_id = p_client and a.creator_id = p_creator and a.kind = 'refund'
               and a.effective_on >= p_from and a.effective_on <= p_to);
  end $function$

public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
  CREATE OR REPLACE FUNCTION public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    -- Weeks are counted off from the period; a young period is preceded by weeks before it, so there is a shape to see.
    v_weeks integer := greatest(p_last - p_period_start, -1) / 7 + case when p_last >= p_period_start then 1 else 0 end;
    v_from date := p_period_start - 7 * greatest(8 - v_weeks, 0);
  begin
    v_from := greatest(v_from, p_period_start + 7 * (v_weeks - 26));
    return (
      select coalesce(jsonb_agg(jsonb_build_object('from', w.day, 'sales', coalesce(t.sales, 0), 'units', coalesce(t.units, 0),
               'isInPeriod', w.day >= p_period_start, 'isOpen', w.day + 6 > p_last) order by w.day), '[]')
        from (select v_from + 7 * i as day from generate_series(0, (p_last - v_from) / 7) i) w
        left join (
          select m.bucket, sum(m.sales)::bigint as sales, sum(m.units)::bigint as units
            from (select (s.business_date - v_from) / 7 as bucket, s.gmv_delta as sales, s.units_delta as units
                    from public.loyalty_video_snapshots s
                   where s.client_id = p_client and s.creator_id = p_creator and s.business_date >= v_from and s.business_date <= p_last
                     and not s.is_opening
                  union all
                  select (a.effective_on - v_from) / 7, a.amount, a.units
                    from public.loyalty_adjustments a
                   where a.client_id = p_client and a.creator_id = p_creator and a.effective_on >= v_from and a.effective_on <= p_last) m
           group by m.bucket) t on t.bucket = (w.day - v_from) / 7);
  end $function$

public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean DEFAULT true)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_rename_creator(p_client, p_creator, p_handle, p_keep_alias); end $function$

public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_request_save(p_client, p_run, p_creates_creators, p_confirm); end $function$

public.loyalty_request_undo(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_request_undo(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_request_undo(p_client, p_run); end $function$

public.loyalty_retry_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_retry_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_retry_run(p_client, p_run); end $function$

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_save_mapping(p_client, p_columns); end $function$

public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    return private.loyalty_save_source(p_client, p_kind, p_url, p_header_name, p_recipe, p_creates_creators, p_secrets);
  end $function$

public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_save_tiers(p_client, p_tiers); end $function$

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  CREATE OR REPLACE FUNCTION public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_set_creator_state(p_client, p_creator, p_state); end $function$

public.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_unpin_tier(p_client uuid, p_creator uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_unpin_tier(p_client, p_creator); end $function$

public.loyalty_withdraw_claim(p_claim uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_withdraw_claim(p_claim uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_withdraw_claim(p_claim); end $function$

public.notifications_mark_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  CREATE OR REPLACE FUNCTION public.notifications_mark_read(p_client uuid, p_ids uuid[] DEFAULT NULL::uuid[], p_until timestamp with time zone DEFAULT NULL::timestamp with time zone)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.mark_notifications_read(p_client, p_ids, p_until); end $function$

public.notifications_notify(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  CREATE OR REPLACE FUNCTION public.notifications_notify(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.request_notification(p_client, p_type, p_people, p_permission, p_data, p_dedupe); end $function$

public.notifications_save_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  CREATE OR REPLACE FUNCTION public.notifications_save_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.save_notification_preference(p_client, p_type, p_in_app, p_email); end $function$

public.notifications_unsubscribe(p_client uuid, p_person uuid, p_type text)
  CREATE OR REPLACE FUNCTION public.notifications_unsubscribe(p_client uuid, p_person uuid, p_type text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin perform private.unsubscribe(p_client, p_person, p_type); end $function$

public.people_accept_invitation(p_token_hash text)
  CREATE OR REPLACE FUNCTION public.people_accept_invitation(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.people_accept_invitation(p_token_hash); end $function$

public.people_claim_by_email()
  CREATE OR REPLACE FUNCTION public.people_claim_by_email()
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.people_claim_by_email(); end $function$

public.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  CREATE OR REPLACE FUNCTION public.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone DEFAULT NULL::timestamp with time zone)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.people_grant_role(p_client, p_person, p_role, p_valid_until); end $function$

public.people_invite(p_client uuid, p_role text, p_token_hash text, p_token_envelope text, p_person uuid, p_display_name text, p_email text)
  CREATE OR REPLACE FUNCTION public.people_invite(p_client uuid, p_role text, p_token_hash text, p_token_envelope text, p_person uuid DEFAULT NULL::uuid, p_display_name text DEFAULT NULL::text, p_email text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.people_invite(p_client, p_person, p_display_name, p_email, p_role, p_token_hash, p_token_envelope); end $function$

public.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  CREATE OR REPLACE FUNCTION public.people_list(p_client uuid, p_search text DEFAULT NULL::text, p_role text DEFAULT NULL::text, p_state text DEFAULT NULL::text, p_after_name text DEFAULT NULL::text, p_after_id uuid DEFAULT NULL::uuid, p_backward boolean DEFAULT false, p_limit integer DEFAULT 50, p_team boolean DEFAULT false)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.people_list(p_client, p_search, p_role, p_state, p_after_name, p_after_id, p_backward, p_limit, p_team); end $function$

public.people_read(p_client uuid, p_person uuid)
  CREATE OR REPLACE FUNCTION public.people_read(p_client uuid, p_person uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.people_read(p_client, p_person); end $function$

public.people_read_invitation(p_token_hash text)
  CREATE OR REPLACE FUNCTION public.people_read_invitation(p_token_hash text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.people_read_invitation(p_token_hash); end $function$

public.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  CREATE OR REPLACE FUNCTION public.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.people_resend_invitation(p_client, p_invitation, p_token_hash, p_token_envelope); end $function$

public.people_revoke_invitation(p_client uuid, p_invitation uuid)
  CREATE OR REPLACE FUNCTION public.people_revoke_invitation(p_client uuid, p_invitation uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.people_revoke_invitation(p_client, p_invitation); end $function$

public.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  CREATE OR REPLACE FUNCTION public.people_revoke_role(p_client uuid, p_person uuid, p_role text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.people_revoke_role(p_client, p_person, p_role); end $function$

public.people_set_state(p_client uuid, p_person uuid, p_state text)
  CREATE OR REPLACE FUNCTION public.people_set_state(p_client uuid, p_person uuid, p_state text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.people_set_state(p_client, p_person, p_state); end $function$

-- triggers --------------------------------------------------------------------------------------------

private.auth_attempts
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON private.auth_attempts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'at', 'kind', 'account_hash', 'ip_hash', 'user_id', 'outcome', 'reason')

public.client_programs
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.client_programs FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.client_programs FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('client_id', 'program')
  CREATE TRIGGER t50_open_loyalty AFTER INSERT OR UPDATE OF is_enabled ON public.client_programs FOR EACH ROW WHEN (((new.program = 'loyalty'::text) AND new.is_enabled)) EXECUTE FUNCTION private.tg_client_programs__open_loyalty()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.client_programs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id', 'program')

public.clients
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.clients FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.clients FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'slug', 'currency', 'created_at')
  CREATE TRIGGER t25_check_locale BEFORE INSERT OR UPDATE OF time_zone ON public.clients FOR EACH ROW EXECUTE FUNCTION private.tg__check_locale()
  CREATE TRIGGER t25_refuse_reserved_slug BEFORE INSERT ON public.clients FOR EACH ROW EXECUTE FUNCTION private.tg_clients__refuse_reserved_slug()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.clients REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.clients REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.core_dead_jobs
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.core_dead_jobs FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_dead_jobs FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'job_id', 'task', 'payload', 'queue', 'job_key', 'attempts', 'max_attempts', 'error', 'queued_at', 'died_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.core_dead_jobs FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('core_dead_jobs', 'state')

public.core_email_suppressions
  CREATE TRIGGER t80_audit_delete AFTER DELETE ON public.core_email_suppressions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.core_email_suppressions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.core_emails
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.core_emails FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_emails FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'type', 'dedupe_key', 'to_address', 'subject', 'is_essential', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.core_emails FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('core_emails', 'state')

public.core_event_deliveries
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.core_event_deliveries FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_event_deliveries FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'event_id', 'handler', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.core_event_deliveries FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('core_event_deliveries', 'state')

public.core_files
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.core_files FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_files FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'purpose', 'name', 'content_type', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.core_files FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('core_files', 'state')

public.core_notification_preferences
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.core_notification_preferences FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_notification_preferences FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('client_id', 'person_id', 'type', 'created_at')

public.core_notifications
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.core_notifications FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'person_id', 'type', 'dedupe_key', 'data', 'created_at')

public.invitations
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.invitations FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.invitations FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'person_id', 'email', 'role_id', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.invitations FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('invitations', 'state')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.invitations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.invitations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_adjustments
  CREATE TRIGGER t20_append_only BEFORE DELETE OR UPDATE ON public.loyalty_adjustments FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_adjustments__append_only()
  CREATE TRIGGER t25_guard BEFORE INSERT ON public.loyalty_adjustments FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_adjustments__guard()
  CREATE TRIGGER t50_mark_dirty AFTER INSERT ON public.loyalty_adjustments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg_loyalty_adjustments__mark_dirty()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_adjustments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_creators
  CREATE TRIGGER t10_stamp BEFORE UPDATE OF handle, display_name, state, person_id, is_pinned ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t15_derive BEFORE INSERT OR UPDATE OF handle, handle_key, display_name, search_text ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_creators__derive()
  CREATE TRIGGER t20_immutable BEFORE UPDATE OF id, client_id, joined_on, created_at ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'joined_on', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_creators', 'state')

public.loyalty_handle_aliases
  CREATE TRIGGER t25_one_owner BEFORE INSERT OR UPDATE ON public.loyalty_handle_aliases FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_handle_aliases__one_owner()

public.loyalty_handle_changes
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_handle_changes FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'creator_id', 'old_handle', 'new_handle', 'created_at')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_handle_changes REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_handle_claims
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_handle_claims FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_handle_claims FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'user_id', 'email', 'handle_key', 'evidence_text', 'evidence_url', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_handle_claims FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_handle_claims', 'state')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_handle_claims REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_handle_claims REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_import_mappings
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_import_mappings FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_import_mappings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id')

public.loyalty_settings
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_settings FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_settings FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('client_id', 'created_at')
  CREATE TRIGGER t25_guard BEFORE UPDATE ON public.loyalty_settings FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_settings__guard()
  CREATE TRIGGER t50_restart_periods AFTER UPDATE OF tier_mode ON public.loyalty_settings FOR EACH ROW WHEN (((old.tier_mode IS DISTINCT FROM new.tier_mode) AND (new.tier_mode = 'checkpoint'::text))) EXECUTE FUNCTION private.tg_loyalty_settings__restart_periods()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_settings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id')
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id')

public.loyalty_sync_runs
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_sync_runs FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_sync_runs FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'source', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_sync_runs FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_sync_runs', 'state')

public.loyalty_sync_source_secrets
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_sync_source_secrets FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()

public.loyalty_sync_sources
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_sync_sources FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_sync_sources FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'created_at')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_sync_sources REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_sync_sources REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_tiers
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_tiers FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_tiers FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'created_at')
  CREATE CONSTRAINT TRIGGER t50_whole_ladder AFTER INSERT OR DELETE OR UPDATE ON public.loyalty_tiers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_tiers__whole_ladder()
  CREATE TRIGGER t80_audit_delete AFTER DELETE ON public.loyalty_tiers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_tiers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_tiers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.people
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'created_at')
  CREATE TRIGGER t25_check_locale BEFORE INSERT OR UPDATE OF time_zone ON public.people FOR EACH ROW EXECUTE FUNCTION private.tg__check_locale()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('people', 'state')
  CREATE TRIGGER t50_name_creator AFTER UPDATE OF display_name ON public.people FOR EACH ROW WHEN ((old.display_name IS DISTINCT FROM new.display_name)) EXECUTE FUNCTION private.tg_people__name_creator()
  CREATE TRIGGER t80_audit_delete AFTER DELETE ON public.people REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.people REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.people REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.person_roles
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.person_roles FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'person_id', 'role_id', 'created_at')
  CREATE TRIGGER t80_audit_delete AFTER DELETE ON public.person_roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.person_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.person_roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

-- policies --------------------------------------------------------------------------------------------

public.auth_sessions
  auth_sessions_select for select to authenticated
    using ((user_id = ( SELECT auth.uid() AS uid)) AND ( SELECT private.session_is_live() AS session_is_live))

public.client_programs
  client_programs_select for select to authenticated
    using (client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[]))
  client_programs_update for update to authenticated
    using (client_id = ANY (( SELECT private.clients_with('tenancy.settings.write'::text) AS clients_with)::uuid[]))
    with check (client_id = ANY (( SELECT private.clients_with('tenancy.settings.write'::text) AS clients_with)::uuid[]))

public.clients
  clients_select for select to authenticated
    using (id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[]))
  clients_update for update to authenticated
    using (id = ANY (( SELECT private.clients_with('tenancy.settings.write'::text) AS clients_with)::uuid[]))
    with check (id = ANY (( SELECT private.clients_with('tenancy.settings.write'::text) AS clients_with)::uuid[]))

public.core_audit_log
  core_audit_log_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('audit.log.read'::text) AS clients_with)::uuid[]))

public.core_dead_jobs
  core_dead_jobs_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('jobs.log.read'::text) AS clients_with)::uuid[]))

public.core_email_events
  core_email_events_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('email.log.read'::text) AS clients_with)::uuid[]))

public.core_email_suppressions
  core_email_suppressions_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('email.log.read'::text) AS clients_with)::uuid[]))

public.core_emails
  core_emails_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('email.log.read'::text) AS clients_with)::uuid[]))

public.core_event_deliveries
  core_event_deliveries_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('jobs.log.read'::text) AS clients_with)::uuid[]))

public.core_events
  core_events_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('audit.log.read'::text) AS clients_with)::uuid[]))

public.core_files
  core_files_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND
  CASE
      WHEN (uploaded_by = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (((client_id || ':'::text) || purpose) = ANY (( SELECT private.readable_file_purposes() AS readable_file_purposes)::text[]))
  END)

public.core_notification_preferences
  core_notification_preferences_insert for insert to authenticated
    with check ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))
  core_notification_preferences_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))
  core_notification_preferences_update for update to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))
    with check ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))

public.core_notifications
  core_notifications_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))
  core_notifications_update for update to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))
    with check ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])))

public.core_state_history
  core_state_history_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('audit.log.read'::text) AS clients_with)::uuid[]))

public.invitations
  invitations_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('people.invitations.write'::text) AS clients_with)::uuid[]))

public.loyalty_adjustments
  loyalty_adjustments_insert for insert to authenticated
    with check (client_id = ANY (( SELECT private.clients_with('loyalty.adjustments.write'::text) AS clients_with)::uuid[]))
  loyalty_adjustments_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.adjustments.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_creators
  loyalty_creators_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_daily_totals
  loyalty_daily_totals_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))

public.loyalty_handle_aliases
  loyalty_handle_aliases_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))

public.loyalty_handle_changes
  loyalty_handle_changes_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))

public.loyalty_handle_claims
  loyalty_handle_claims_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (user_id = ( SELECT auth.uid() AS uid)) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.claims.decide'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_import_mappings
  loyalty_import_mappings_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_nights
  loyalty_nights_select for select to authenticated
    using (client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[]))

public.loyalty_settings
  loyalty_settings_select for select to authenticated
    using (client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[]))
  loyalty_settings_update for update to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.settings.write'::text) AS clients_with)::uuid[]))
    with check (client_id = ANY (( SELECT private.clients_with('loyalty.settings.write'::text) AS clients_with)::uuid[]))

public.loyalty_sync_run_creators
  loyalty_sync_run_creators_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_sync_run_rows
  loyalty_sync_run_rows_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_sync_runs
  loyalty_sync_runs_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_sync_sources
  loyalty_sync_sources_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_sync_stages
  loyalty_sync_stages_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_tier_checkpoints
  loyalty_tier_checkpoints_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_tier_decisions
  loyalty_tier_decisions_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_tier_stints
  loyalty_tier_stints_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_tiers
  loyalty_tiers_select for select to authenticated
    using (client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[]))

public.loyalty_video_snapshots
  loyalty_video_snapshots_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_videos
  loyalty_videos_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))
  END)

public.people
  people_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND
  CASE
      WHEN (id = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('people.people.read'::text) AS clients_with)::uuid[]))
  END)
  people_update for update to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND
  CASE
      WHEN (id = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('people.people.write'::text) AS clients_with)::uuid[]))
  END)
    with check ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND
  CASE
      WHEN (id = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('people.people.write'::text) AS clients_with)::uuid[]))
  END)

public.permissions
  permissions_select for select to authenticated
    using true

public.person_roles
  person_roles_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients() AS my_clients)::uuid[])) AND
  CASE
      WHEN (person_id = ANY (( SELECT private.my_people() AS my_people)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('people.people.read'::text) AS clients_with)::uuid[]))
  END)

public.role_permissions
  role_permissions_select for select to authenticated
    using true

public.roles
  roles_select for select to authenticated
    using true

-- grants on tables ------------------------------------------------------------------------------------

public.auth_sessions
  SELECT to authenticated
  INSERT, SELECT, UPDATE to service_role

public.client_programs
  SELECT to authenticated
  SELECT to service_role

public.clients
  SELECT to authenticated
  SELECT to service_role

public.core_audit_log
  SELECT to authenticated
  SELECT to service_role

public.core_dead_jobs
  SELECT to authenticated

public.core_email_events
  SELECT to authenticated

public.core_email_suppressions
  SELECT to authenticated

public.core_emails
  SELECT to authenticated

public.core_event_deliveries
  SELECT to authenticated

public.core_events
  SELECT to authenticated
  SELECT to service_role

public.core_files
  SELECT to authenticated

public.core_notification_preferences
  SELECT to authenticated

public.core_notifications
  SELECT to authenticated

public.core_state_history
  SELECT to authenticated
  SELECT to service_role

public.invitations
  SELECT to authenticated
  SELECT to service_role

public.loyalty_adjustments
  SELECT to authenticated
  SELECT to service_role

public.loyalty_creators
  SELECT to authenticated
  SELECT to service_role

public.loyalty_daily_totals
  SELECT to authenticated
  SELECT to service_role

public.loyalty_handle_aliases
  SELECT to authenticated
  SELECT to service_role

public.loyalty_handle_changes
  SELECT to authenticated
  SELECT to service_role

public.loyalty_handle_claims
  SELECT to authenticated
  SELECT to service_role

public.loyalty_import_mappings
  SELECT to authenticated
  SELECT to service_role

public.loyalty_nights
  SELECT to authenticated
  SELECT to service_role

public.loyalty_settings
  SELECT to authenticated
  SELECT to service_role

public.loyalty_sync_run_creators
  SELECT to authenticated
  SELECT to service_role

public.loyalty_sync_run_rows
  SELECT to authenticated
  SELECT to service_role

public.loyalty_sync_runs
  SELECT to authenticated
  SELECT to service_role

public.loyalty_sync_sources
  SELECT to authenticated
  SELECT to service_role

public.loyalty_sync_stages
  SELECT to authenticated
  SELECT to service_role

public.loyalty_tier_checkpoints
  SELECT to authenticated
  SELECT to service_role

public.loyalty_tier_decisions
  SELECT to authenticated
  SELECT to service_role

public.loyalty_tier_stints
  SELECT to authenticated
  SELECT to service_role

public.loyalty_tiers
  SELECT to authenticated
  SELECT to service_role

public.loyalty_video_snapshots
  SELECT to authenticated
  SELECT to service_role

public.loyalty_videos
  SELECT to authenticated
  SELECT to service_role

public.people
  SELECT to authenticated
  SELECT to service_role

public.permissions
  SELECT to authenticated
  SELECT to service_role

public.person_roles
  SELECT to authenticated
  SELECT to service_role

public.role_permissions
  SELECT to authenticated
  SELECT to service_role

public.roles
  SELECT to authenticated
  SELECT to service_role

-- grants on columns -----------------------------------------------------------------------------------

public.client_programs
  UPDATE (is_enabled) to authenticated

public.clients
  UPDATE (name, brand_color, logo_path, time_zone, locale) to authenticated

public.core_notification_preferences
  INSERT (client_id, person_id, type, in_app, email) to authenticated
  UPDATE (in_app, email) to authenticated

public.core_notifications
  UPDATE (read_at) to authenticated

public.loyalty_adjustments
  INSERT (client_id, creator_id, kind, amount, units, effective_on, reason, reverses_id) to authenticated

public.loyalty_settings
  UPDATE (metric, tier_mode, checkpoint_months, sync_time, sync_time_zone, fall_guard_percent, unmatched_warn_percent, stale_after_hours) to authenticated

public.people
  UPDATE (display_name, phone, time_zone, locale) to authenticated

-- grants on functions ---------------------------------------------------------------------------------

private.actor_label()
  to authenticated, service_role

private.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  to authenticated

private.auth_accept_terms(p_user uuid, p_version text)
  to service_role

private.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  to service_role

private.auth_consume_challenge(p_token_hash text, p_user uuid)
  to service_role

private.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  to service_role

private.auth_end_my_sessions(p_session uuid, p_scope text)
  to authenticated

private.auth_end_user_sessions(p_user uuid, p_except uuid)
  to service_role

private.auth_find_home(p_email text)
  to service_role

private.auth_find_login(p_name text, p_slug text)
  to service_role

private.auth_finish_sign_in(p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  to service_role

private.auth_move_email(p_user uuid, p_from text, p_to text)
  to service_role

private.auth_note(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  to service_role

private.auth_purge()
  to service_role

private.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_envelope text, p_id uuid)
  to service_role

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text)
  to service_role

private.auth_resend_challenge(p_token_hash text)
  to service_role

private.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  to service_role

private.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  to service_role

private.auth_try_challenge(p_token_hash text, p_purpose text)
  to service_role

private.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  to service_role

private.claims()
  to authenticated, service_role

private.clients_with(p_permission text)
  to authenticated

private.complete_upload(p_client uuid, p_id uuid)
  to authenticated

private.core_begin_once(p_scope text, p_key text, p_hash text)
  to service_role

private.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  to service_role

private.core_read_context(p_slug text)
  to anon, authenticated

private.core_release_once(p_scope text, p_key text)
  to service_role

private.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  to service_role

private.create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  to authenticated

private.has_permission(p_client uuid, p_permission text)
  to authenticated

private.is_time_zone(p_zone text)
  to authenticated, service_role

private.local_date(p_at timestamp with time zone, p_zone text)
  to authenticated, service_role

private.local_instant(p_date date, p_time time without time zone, p_zone text)
  to authenticated, service_role

private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  to authenticated

private.loyalty_cancel_run(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  to authenticated

private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
  to authenticated

private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  to authenticated

private.loyalty_data_state(p_client uuid)
  to authenticated

private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  to authenticated

private.loyalty_ensure_source(p_client uuid)
  to authenticated

private.loyalty_fetch_now(p_client uuid)
  to authenticated

private.loyalty_find_creators(p_client uuid, p_search text)
  to authenticated

private.loyalty_my_claims(p_slug text)
  to authenticated

private.loyalty_next_count_at(p_time time without time zone, p_zone text)
  to authenticated

private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  to authenticated

private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

private.loyalty_read_admin_home(p_client uuid)
  to authenticated

private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  to authenticated

private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  to authenticated

private.loyalty_request_undo(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_retry_run(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  to authenticated

private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  to authenticated

private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  to authenticated

private.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  to authenticated

private.loyalty_withdraw_claim(p_claim uuid)
  to authenticated

private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  to authenticated

private.my_clients(p_program text)
  to authenticated

private.my_creators()
  to authenticated, service_role

private.my_people()
  to authenticated

private.my_person(p_client uuid)
  to authenticated

private.people_accept_invitation(p_token_hash text)
  to authenticated

private.people_claim_by_email()
  to authenticated

private.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  to authenticated

private.people_invite(p_client uuid, p_person uuid, p_display_name text, p_email text, p_role text, p_token_hash text, p_token_envelope text)
  to authenticated

private.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  to authenticated

private.people_read(p_client uuid, p_person uuid)
  to authenticated

private.people_read_invitation(p_token_hash text)
  to anon, authenticated

private.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  to authenticated

private.people_revoke_invitation(p_client uuid, p_invitation uuid)
  to authenticated

private.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  to authenticated

private.people_set_state(p_client uuid, p_person uuid, p_state text)
  to authenticated

private.permissions_in(p_client uuid)
  to authenticated

private.program_is_on(p_client uuid, p_program text)
  to authenticated, service_role

private.readable_file_purposes()
  to authenticated

private.record_email_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  to service_role

private.remove_suppression(p_client uuid, p_address text)
  to authenticated

private.request_id()
  to authenticated, service_role

private.request_notification(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  to service_role

private.require_permission(p_client uuid, p_permission text)
  to authenticated

private.resend_email(p_client uuid, p_id uuid)
  to authenticated

private.retry_dead_job(p_client uuid, p_id uuid)
  to authenticated

private.save_notification_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  to authenticated

private.session_is_live()
  to authenticated

private.unsubscribe(p_client uuid, p_person uuid, p_type text)
  to service_role

public.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  to authenticated

public.auth_accept_terms(p_user uuid, p_version text)
  to service_role

public.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  to service_role

public.auth_consume_challenge(p_token_hash text, p_user uuid)
  to service_role

public.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  to service_role

public.auth_end_my_sessions(p_session uuid, p_scope text)
  to authenticated

public.auth_end_user_sessions(p_user uuid, p_except uuid)
  to service_role

public.auth_find_home(p_email text)
  to service_role

public.auth_find_login(p_name text, p_slug text)
  to service_role

public.auth_finish_sign_in(p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  to service_role

public.auth_list_my_sessions()
  to authenticated

public.auth_move_email(p_user uuid, p_from text, p_to text)
  to service_role

public.auth_note(p_kind text, p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  to service_role

public.auth_purge()
  to service_role

public.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_id uuid, p_envelope text)
  to service_role

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text)
  to service_role

public.auth_resend_challenge(p_token_hash text)
  to service_role

public.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  to service_role

public.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  to service_role

public.auth_try_challenge(p_token_hash text, p_purpose text)
  to service_role

public.auth_update_me(p_name text, p_time_zone text, p_locale text)
  to authenticated

public.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  to service_role

public.core_begin_once(p_scope text, p_key text, p_hash text)
  to service_role

public.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  to service_role

public.core_read_context(p_slug text)
  to anon, authenticated

public.core_release_once(p_scope text, p_key text)
  to service_role

public.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  to service_role

public.email_record_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  to service_role

public.email_remove_suppression(p_client uuid, p_address text)
  to authenticated

public.email_resend_email(p_client uuid, p_id uuid)
  to authenticated

public.files_complete_upload(p_client uuid, p_id uuid)
  to authenticated

public.files_create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  to authenticated

public.jobs_retry_job(p_client uuid, p_id uuid)
  to authenticated

public.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  to authenticated

public.loyalty_cancel_run(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  to authenticated

public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  to authenticated

public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  to authenticated

public.loyalty_ensure_source(p_client uuid)
  to authenticated

public.loyalty_fetch_now(p_client uuid)
  to authenticated

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_claims(p_client uuid, p_state text, p_limit integer)
  to authenticated

public.loyalty_list_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text, p_sort text, p_direction text, p_cursor jsonb, p_limit integer, p_with_count boolean)
  to authenticated

public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint, p_limit integer)
  to authenticated

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_my_claims(p_slug text)
  to authenticated

public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  to authenticated

public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

public.loyalty_read_admin_home(p_client uuid)
  to authenticated

public.loyalty_read_creator(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_data_state(p_client uuid)
  to authenticated

public.loyalty_read_decision(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_home(p_client uuid)
  to authenticated

public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
  to authenticated

public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
  to authenticated

public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  to authenticated

public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  to authenticated

public.loyalty_request_undo(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_retry_run(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  to authenticated

public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  to authenticated

public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  to authenticated

public.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_withdraw_claim(p_claim uuid)
  to authenticated

public.notifications_mark_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  to authenticated

public.notifications_notify(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  to service_role

public.notifications_save_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  to authenticated

public.notifications_unsubscribe(p_client uuid, p_person uuid, p_type text)
  to service_role

public.people_accept_invitation(p_token_hash text)
  to authenticated

public.people_claim_by_email()
  to authenticated

public.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  to authenticated

public.people_invite(p_client uuid, p_role text, p_token_hash text, p_token_envelope text, p_person uuid, p_display_name text, p_email text)
  to authenticated

public.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  to authenticated

public.people_read(p_client uuid, p_person uuid)
  to authenticated

public.people_read_invitation(p_token_hash text)
  to anon, authenticated

public.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  to authenticated

public.people_revoke_invitation(p_client uuid, p_invitation uuid)
  to authenticated

public.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  to authenticated

public.people_set_state(p_client uuid, p_person uuid, p_state text)
  to authenticated

-- comments --------------------------------------------------------------------------------------------

private.actor_label()
  Kind of actor for audit rows: person, a job name, or the database role of a system call.

private.add_job(p_task text, p_payload jsonb, p_key text, p_run_at timestamp with time zone, p_max_attempts integer, p_queue text)
  Enqueues a job in this transaction: if the change rolls back, so does the job.

private.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  A page of the audit log, newest first.

private.auth_accept_terms(p_user uuid, p_version text)
  Keeps that a login accepted this version of the terms.

private.auth_attempts
  Append-only log of everything tried at the door: digests only, kept 90 days.

private.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  May this account be tried from this address now, and after how long a wait? Counts the try as failed.

private.auth_challenge_state(p_row private.auth_challenges, p_send boolean)
  What the asking browser is told.

private.auth_challenges
  Open requests for a code, kept two hours. At most one a mailbox is live: a new code ends the one before.

private.auth_challenges.email
  Where the code went; needed to check it. Gone with the row.

private.auth_challenges.is_live
  False for one that was replaced, or that never had a mail and only looks like the others.

private.auth_challenges.token_hash
  Digest of what the asking browser holds: nobody else can spend its tries.

private.auth_code_lifetime(p_purpose text)
  Five minutes for a code, fifteen for a reset.

private.auth_consume_challenge(p_token_hash text, p_user uuid)
  True for the one caller whose right code counts.

private.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  Keeps a mailed way out: at most 3 an hour an account, a minute apart.

private.auth_end_my_sessions(p_session uuid, p_scope text)
  Ends one of the caller's sign-ins, this one, all others, or all.

private.auth_end_user_sessions(p_user uuid, p_except uuid)
  Ends every sign-in of a login except one.

private.auth_find_home(p_email text)
  The login of an e-mail, whether it was confirmed, and the business its account mails are sent for.

private.auth_find_login(p_name text, p_slug text)
  E-mail behind a handle, for the sign-in only; null when nobody or more than one could be meant.

private.auth_finish_sign_in(p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  How the try ended: ok forgives this address, refused takes the count back, failed leaves it.

private.auth_locks
  Failed sign-ins of one account from one address; the fifth locks the pair for 15 minutes.

private.auth_log(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  One line in the log of attempts.

private.auth_mails
  Mails about a login that wait to be written; gone after two days.

private.auth_mails.envelope
  The secret of a link, encrypted; null when there is none.

private.auth_mails.to_address
  Not read from the login: after a change it is the old address that must be told.

private.auth_move_email(p_user uuid, p_from text, p_to text)
  Carries a changed e-mail over to the businesses that knew the old one.

private.auth_note(p_kind text, p_account text, p_ip text, p_user uuid, p_outcome text, p_reason text)
  Adds one line to the log of attempts.

private.auth_purge()
  Forgets what is past its keeping time.

private.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_envelope text, p_id uuid)
  Queues a mail about a login.

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text)
  Remembers a sign-in, so that it can be listed and ended.

private.auth_resend_challenge(p_token_hash text)
  Another code: after 60 seconds, five at most.

private.auth_slowdowns
  Failed sign-ins of one account from everywhere: each further try waits for its slot, nobody is shut out.

private.auth_slowdowns.next_slot_at
  When the next try of this account may run.

private.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  Opens a request for a code; says the same whether or not a mail goes out.

private.auth_take_send(p_purpose text, p_email_hash text, p_ip text)
  Counts a mail to this mailbox: three resets or ten codes an hour.

private.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  Logs a new password and tells its owner.

private.auth_terms_acceptances
  Which version of the terms a login accepted, and when.

private.auth_try_challenge(p_token_hash text, p_purpose text)
  Takes one of three tries before the code is looked at.

private.auth_unlocks
  One-use links mailed to the owner of an account; using one lets that browser past lock and slow-down.

private.auth_unlocks.pass_hash
  Digest of the cookie the link was exchanged for; good for 15 minutes and five tries.

private.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  Exchanges the mailed link for a pass, once, within 15 minutes.

private.bind_person(p_client uuid, p_person uuid, p_user uuid)
  Gives a person without a login to a login; one person a login and business.

private.bury_dead_jobs()
  Moves jobs without attempts left from the queue to core_dead_jobs and tells staff once a task and day.

private.claims()
  Claims of the verified access token of this request; empty object outside the Data API.

private.clients_with(p_permission text)
  Businesses in which the caller holds a permission, its program being on.

private.complete_upload(p_client uuid, p_id uuid)
  The sender says the bytes are there: quarantine and a check job. Definer: state is not client-writable.

private.core_begin_once(p_scope text, p_key text, p_hash text)
  Claims an idempotency key: started, replay, mismatch or in_flight.

private.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  Stores the answer of a claimed key.

private.core_purge_guards()
  Drops expired windows and answers. Called by the nightly upkeep.

private.core_read_context(p_slug text)
  The caller, their businesses, and (with a slug) the business, their person, roles and permissions there.

private.core_release_once(p_scope text, p_key text)
  Gives a claimed key back after a failure, so that a retry can act.

private.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  Counts one request in a sliding window and says whether it may pass.

private.create_client(p_slug text, p_name text, p_programs text[], p_time_zone text, p_currency text, p_brand_color text)
  Makes a business with a row for every program. For provisioning only.

private.create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  Registers a file about to be sent. Definer: nobody may insert files directly.

private.email_bodies
  HTML and text of a mail, encrypted: a body may hold a one-time link. Forgotten a day after delivery, two weeks at most.

private.email_is_suppressed(p_client uuid, p_address text)
  True when the business must not write to an address.

private.emit_event(p_client uuid, p_name text, p_payload jsonb)
  Writes an event and enqueues its dispatch in this transaction.

private.file_purposes
  What files are taken for: who may send and read them, and how large they may be.

private.forget_email_bodies()
  Drops the texts of mails that need no repeat.

private.grant_all_to_owner()
  Gives the owner role every permission except those of members' own apps. For migrations.

private.has_permission(p_client uuid, p_permission text)
  True when the caller holds a permission in a business.

private.invitation_secrets
  Token of an invitation: a hash to look it up, an encrypted copy for the mail. Never readable through the API.

private.is_time_zone(p_zone text)
  True for an IANA zone name this server knows.

private.jsonb_changed(p_from jsonb, p_against jsonb)
  The entries of the first object that differ from the second.

private.local_date(p_at timestamp with time zone, p_zone text)
  The calendar date of an instant in a zone.

private.local_instant(p_date date, p_time time without time zone, p_zone text)
  The instant of a wall-clock time in a zone. The one place this conversion is made: a skipped hour moves forward, a doubled hour is the second.

private.log_access(p_client uuid, p_table text, p_row_key text, p_action text)
  Records a read or an export that must be accounted for.

private.login_name_sources
  Programs whose people may sign in by a handle, and the function that finds them: (handle, business or null) → logins.

private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  Adds a creator by hand, with a fixed tier if one is given; a later file finds her by her handle.

private.loyalty_add_unseen_creators(p_run public.loyalty_sync_runs)
  Adds the creators a run brings and gives their rows an owner.

private.loyalty_apply_pass(p_client uuid, p_date date, p_decide boolean)
  Writes pg_temp.loyalty_pass to the creators whose row differs; with p_decide also tiers and periods.

private.loyalty_apply_snapshots(p_client uuid, p_run uuid, p_date date)
  Writes what moved tonight, and marks whose figures must be counted again.

private.loyalty_apply_videos(p_client uuid, p_run uuid, p_date date)
  Writes the videos the check found changed or new, and no others. Answers how many were changed.

private.loyalty_archive_untouched(p_client uuid, p_run uuid)
  Archives the creators a run brought and nobody has touched.

private.loyalty_bind_creator(p_client uuid, p_creator uuid, p_user uuid, p_email text, p_name text)
  Joins a creator and a login: the row from the file becomes the person's, or the creator moves to the row she signed up with. Returns the person.

private.loyalty_build_pass(p_client uuid, p_date date, p_only_targets boolean)
  Fills pg_temp.loyalty_pass: figures, met tier and rule of every creator, or of those in pg_temp.loyalty_targets, as of a business date. Changes nothing.

private.loyalty_cancel_run(p_client uuid, p_run uuid)
  Give up a run of which nothing was saved. Definer: state is not client-writable.

private.loyalty_check_ladder(p_tiers jsonb)
  Says in words what is wrong with a ladder, and where.

private.loyalty_check_run(p_client uuid, p_run uuid, p_again boolean)
  Compares a read file with what is stored and counts the outcomes. Running it again gives the same result.

private.loyalty_check_totals(p_client uuid)
  Creators whose stored total is not what their rows say. Returns no row when all is well.

private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.

private.loyalty_compare_rows(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
  Writes new, changed and unmatched rows of some lines with the values before and after.

private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
  How many creators a filter of the creators page finds.

private.loyalty_count_run(p_client uuid, p_run uuid)
  Counts figures and tiers after a run was written. Repeating it does nothing.

private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  Starts the import of a file that has arrived. Definer: runs are not client-writable.

private.loyalty_data_state(p_client uuid)
  When the figures were last brought up to date and whether that is too long ago. Definer: creators may not read runs.

private.loyalty_decide_by_hand(p_client uuid, p_creator uuid, p_rule text, p_tier uuid, p_reason text)
  Writes the decision and the stint of a step a person took.

private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  Approves a request, which joins creator and login, or rejects it with a reason.

private.loyalty_dirty_creators
  Creators whose rows moved since they were last counted. due_on: from which night on the movement counts.

private.loyalty_drop_staging(p_run uuid)
  Empties the waiting rows of a run.

private.loyalty_due_nights(p_now timestamp with time zone)
  Nights to work on, missed ones included.

private.loyalty_ensure_source(p_client uuid)
  The id of the business's source, made if need be: secrets are encrypted for it before they are stored.

private.loyalty_fetch_now(p_client uuid)
  Fetch the file of the business's source now. Definer: runs are not client-writable.

private.loyalty_find_creators(p_client uuid, p_search text)
  Creators whose handle or name contains a text, at most a thousand.

private.loyalty_find_login(p_handle text, p_client uuid)
  Logins behind a creator's handle, in one business or in all.

private.loyalty_finish_stage(p_client uuid, p_date date, p_stage text, p_outcome text, p_detail jsonb)
  Closes a stage of a night once.

private.loyalty_handle_key(p_handle text)
  One spelling for a handle: no @, no blanks, lower case.

private.loyalty_import_handles
  What each handle of a file being checked means in this business.

private.loyalty_import_handles.status
  known: an active creator. archived: her rows are left out. unseen: nobody, or one an undo had archived.

private.loyalty_import_rows
  Readable rows of files being checked, as the reader understood them. Emptied when a run ends.

private.loyalty_last_due_night(p_client uuid, p_now timestamp with time zone)
  The latest night whose wall-clock time has come.

private.loyalty_lock_run(p_client uuid, p_run uuid)
  Checks the permission and locks the run.

private.loyalty_mark_dirty(p_client uuid, p_creators uuid[], p_due_on date)
  Asks the next pass to count these creators again.

private.loyalty_match_handles(p_client uuid, p_run uuid, p_from bigint, p_to bigint)
  Finds the creator of every handle in some lines of a file.

private.loyalty_my_claims(p_slug text)
  The caller's own requests in a business.

private.loyalty_next_count_at(p_time time without time zone, p_zone text)
  The next time the nightly count is due.

private.loyalty_night_of(p_client uuid)
  Today's date where the nightly count runs: the night an upload belongs to.

private.loyalty_night_run(p_client uuid, p_date date)
  The run that brings a night's file; null when people bring it by hand.

private.loyalty_notify_decisions(p_client uuid, p_run uuid, p_business_date date)
  Tells creators with a login that a night moved them to another tier. Each decision is told once.

private.loyalty_period_last_day(p_anchor date, p_start date, p_months integer)
  Last day of the period that starts at p_start, in a row of periods measured off from p_anchor; month ends are clamped without drifting.

private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  Fixes a tier by hand: neither the nightly pass nor a file changes it.

private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.

private.loyalty_queue_run(p_client uuid, p_run uuid)
  Queues the next piece of work on a run; jobs of one business follow one another.

private.loyalty_read_admin_home(p_client uuid)
  The owner's overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.

private.loyalty_read_ladder(p_tiers jsonb)
  The rows of a ladder as the page sends it; order is rank.

private.loyalty_recalculate(p_client uuid, p_business_date date, p_run uuid)
  The nightly pass of a business: figures, promotions, checks. p_run is null on a night without a file. Repeating it changes nothing.

private.loyalty_record_decisions(p_client uuid, p_run uuid)
  Writes decisions, stints and checkpoints of pg_temp.loyalty_pass.

private.loyalty_refresh_figures(p_client uuid)
  Brings the figures of marked creators up to date between nights. Decides no tier.

private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.

private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  Save a checked run. Definer: state is not client-writable.

private.loyalty_request_undo(p_client uuid, p_run uuid)
  Undo the last saved run. Definer: state is not client-writable.

private.loyalty_restart_reading(p_client uuid, p_run uuid)
  Forgets what was read of a file, so that it can be read from its start.

private.loyalty_retry_run(p_client uuid, p_run uuid)
  Read a failed or skipped file again. Definer: state is not client-writable.

private.loyalty_roll_up_days(p_client uuid, p_days date[])
  Counts the given days again.

private.loyalty_run_checks(p_run public.loyalty_sync_runs)
  Unmatched share, fall of totals, a file much smaller than the last: each with its limit and whether it stops the run.

private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  Stores the column mapping and answers its version. Definer: version and author are not client-writable.

private.loyalty_save_run(p_client uuid, p_run uuid)
  Writes a checked run to videos, snapshots and creators. Repeating it does nothing.

private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  Stores where files come from and, encrypted by the caller, the secrets. Definer: secrets have no grants.

private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  Saves a ladder. Lower thresholds count from tonight, higher ones from each creator's next check.

private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  Archives a creator or brings her back.

private.loyalty_set_doubles_aside(p_client uuid, p_run uuid)
  Keeps the last row of each video in a file and records the others.

private.loyalty_start_due_nights(p_now timestamp with time zone)
  Claims due nights and queues them, once each.

private.loyalty_undo_decisions(p_client uuid, p_run uuid)
  Takes back every promotion and check a run decided and nothing decided since; the creators are counted again by the next pass.

private.loyalty_undo_run(p_client uuid, p_run uuid)
  Puts back what a saved run changed, removes what it added, and counts again. Repeating it does nothing.

private.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  Lets the nightly pass judge a creator again.

private.loyalty_withdraw_claim(p_claim uuid)
  Takes back the caller's own open request.

private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  See public.notifications_mark_read.

private.my_clients(p_program text)
  Businesses the caller is an active person of, optionally only those with a program turned on.

private.my_creators()
  Creator ids of the signed-in person in businesses where loyalty is on.

private.my_people()
  Active people of the caller, one a business.

private.my_person(p_client uuid)
  The caller's active person in a business, or null.

private.notification_requests
  Something to tell people, asked for in the transaction of the change. One a type and key.

private.notify(p_client uuid, p_type text, p_people uuid[], p_data jsonb, p_dedupe text)
  Tells named people something, in this transaction. Definer: called inside other rooms' functions.

private.notify_permitted(p_client uuid, p_type text, p_permission text, p_data jsonb, p_dedupe text)
  Tells everyone who holds a permission, in this transaction. Definer: called inside other rooms' functions.

private.once_requests
  Answers remembered for 24 hours by Idempotency-Key, so that a repeat replays instead of acting twice.

private.people_accept_invitation(p_token_hash text)
  Binds the caller's login to the invited person, once.

private.people_claim_by_email()
  Gives the caller every unclaimed person that carries their verified e-mail.

private.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  Gives a role to someone else, optionally until a moment.

private.people_invite(p_client uuid, p_person uuid, p_display_name text, p_email text, p_role text, p_token_hash text, p_token_envelope text)
  Invites a person by mail or by a link; replaces an earlier pending invitation.

private.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  A page of people by name, searched by any part of name or e-mail; p_team leaves only staff and those invited.

private.people_permitted(p_client uuid, p_permission text)
  Active people of a business who hold a permission now.

private.people_read(p_client uuid, p_person uuid)
  One person with roles and invitations. When a login was last used is not told: it may have been in another business.

private.people_read_invitation(p_token_hash text)
  What the holder of a link may see before accepting.

private.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  New link and 7 new days; the old link dies. At most once a minute.

private.people_revoke_invitation(p_client uuid, p_invitation uuid)
  Takes a pending invitation back.

private.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  Takes a role from someone else; gone on their next request.

private.people_set_state(p_client uuid, p_person uuid, p_state text)
  Deactivates or reactivates someone else.

private.permissions_in(p_client uuid)
  All permissions the caller holds in a business.

private.program_is_on(p_client uuid, p_program text)
  True when a business has a program turned on.

private.queue_email(p_client uuid, p_id uuid, p_person uuid, p_type text, p_dedupe_key text, p_to text, p_subject text, p_is_essential boolean, p_envelope text)
  Writes a mail and its job once for a dedupe key; false when it was written before.

private.queue_file_housekeeping()
  Queues the removal of uploads that were never finished and of rejected files, one job a business.

private.rate_windows
  Requests counted a key and window. Unlogged: after a crash everyone starts afresh.

private.readable_file_purposes()
  client:purpose keys the caller may read. Definer: reads the purposes table.

private.record_email_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  One webhook: recorded once, moves the mail forward only, blocks the address after a hard bounce or complaint. Definer: webhooks have no person.

private.release_dead_workers()
  Frees the jobs locked by worker pools that no longer hold their advisory lock. Returns how many pools were gone.

private.remove_suppression(p_client uuid, p_address text)
  Allows a bounced address again; a complaint stays. Definer: the list is not client-writable.

private.request_id()
  Request id of this transaction: the portico.request_id setting, else the x-request-id header.

private.request_notification(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  Asks for a notification to people or to all who hold a permission, once a type and key. Definer: called inside other rooms' functions.

private.require_grantable(p_client uuid, p_role text)
  Raises unless the caller holds everything a role permits: nobody hands out more than they have.

private.require_other_owner(p_client uuid, p_person uuid)
  Raises when a person is the last active owner; locks the business so two removals cannot cross.

private.require_permission(p_client uuid, p_permission text)
  Raises PM002, TN001 or PM001 unless the caller holds a permission in a business.

private.require_person_within_reach(p_client uuid, p_person uuid)
  Raises when a person holds a role that the caller could not give.

private.resend_email(p_client uuid, p_id uuid)
  Queues a failed mail again. Definer: state is not client-writable.

private.reserved_slugs
  Slugs that would collide with Portico's own paths.

private.retry_dead_job(p_client uuid, p_id uuid)
  Queues a dead job again. Definer: the queue is closed to people.

private.save_notification_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  See public.notifications_save_preference.

private.session_is_live()
  False once this sign-in was ended, idle for 24 hours or is older than 30 days.

private.settle_file(p_client uuid, p_id uuid, p_state text, p_reason text, p_sniffed_type text, p_scan text, p_bytes bigint)
  Outcome of the check, once; tells the outbox.

private.state_transitions
  Every legal step of every state machine; from_state null is birth. permission null: the function that takes the step has checked already.

private.tg__audit()
  Statement trigger: writes one audit row a changed row. Arguments: key columns, id by default.

private.tg__check_locale()
  Trigger: refuses a time_zone the server cannot compute with.

private.tg__guard_transition()
  Trigger (entity, column): lets only listed steps pass, checks their permission for people, writes history.

private.tg__immutable()
  Trigger: refuses a change of the columns named in its arguments.

private.tg__stamp()
  Trigger: keeps updated_at true to the last change.

private.tg_client_programs__open_loyalty()
  Gives a business that turns loyalty on its settings and a first ladder.

private.tg_clients__refuse_reserved_slug()
  Trigger: keeps a business from taking an address of Portico itself.

private.tg_loyalty_adjustments__append_only()
  Refuses every change and deletion.

private.tg_loyalty_adjustments__guard()
  Refuses a future date and a reversal that is not the exact opposite of its adjustment.

private.tg_loyalty_adjustments__mark_dirty()
  Marks the creator for tonight and asks for her figures to be refreshed now.

private.tg_loyalty_creators__derive()
  Fills handle key, search text and the first period of a creator.

private.tg_loyalty_handle_aliases__one_owner()
  Refuses an alias that is another creator's handle.

private.tg_loyalty_settings__guard()
  Keeps the metric and currency under existing figures, and asks for a full pass when rules change.

private.tg_loyalty_settings__restart_periods()
  Gives every creator a whole period when a business turns on checks.

private.tg_loyalty_tiers__whole_ladder()
  Refuses at commit a ladder with gaps, with too few or too many tiers, or whose thresholds do not rise.

private.tg_people__name_creator()
  Carries a changed name of a person to her creator row.

private.unread_notifications(p_client uuid)
  The caller's unread notifications in a business, 100 at most. Definer: part of the request context.

private.unsubscribe(p_client uuid, p_person uuid, p_type text)
  Turns the mails of one type off for a person. Definer: the unsubscribe link has no session.

private.waiting_tasks()
  Names of tasks with a job due now.

private.worker_lock(p_worker text)
  Advisory lock key a living worker pool holds.

public.audit_list(p_client uuid, p_table text, p_actor uuid, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
  See private.audit_list.

public.auth_accept_terms(p_user uuid, p_version text)
  See private.auth_accept_terms.

public.auth_begin_sign_in(p_account text, p_ip text, p_pass text)
  See private.auth_begin_sign_in.

public.auth_consume_challenge(p_token_hash text, p_user uuid)
  See private.auth_consume_challenge.

public.auth_create_unlock(p_account text, p_ip text, p_token_hash text)
  See private.auth_create_unlock.

public.auth_end_my_sessions(p_session uuid, p_scope text)
  See private.auth_end_my_sessions.

public.auth_end_user_sessions(p_user uuid, p_except uuid)
  See private.auth_end_user_sessions.

public.auth_find_home(p_email text)
  See private.auth_find_home.

public.auth_find_login(p_name text, p_slug text)
  See private.auth_find_login.

public.auth_finish_sign_in(p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  See private.auth_finish_sign_in.

public.auth_list_my_sessions()
  Where the caller is signed in.

public.auth_move_email(p_user uuid, p_from text, p_to text)
  See private.auth_move_email.

public.auth_note(p_kind text, p_account text, p_ip text, p_outcome text, p_reason text, p_user uuid)
  See private.auth_note.

public.auth_purge()
  See private.auth_purge.

public.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_id uuid, p_envelope text)
  See private.auth_queue_mail.

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text)
  See private.auth_record_session.

public.auth_resend_challenge(p_token_hash text)
  See private.auth_resend_challenge.

public.auth_sessions
  Sign-ins of a login: idle for 24 hours, 30 days old, or ended, and the session opens nothing any more.

public.auth_sessions.ip_hint
  Coarse network hint shown to the person (first half of the address).

public.auth_sessions.session_id
  The session_id claim of the access token.

public.auth_start_challenge(p_purpose text, p_email text, p_email_hash text, p_ip text, p_token_hash text, p_user uuid)
  See private.auth_start_challenge.

public.auth_tell_password_changed(p_user uuid, p_account text, p_ip text)
  See private.auth_tell_password_changed.

public.auth_try_challenge(p_token_hash text, p_purpose text)
  See private.auth_try_challenge.

public.auth_update_me(p_name text, p_time_zone text, p_locale text)
  The caller's name, zone and locale, in every business they belong to.

public.auth_use_unlock(p_token_hash text, p_pass_hash text, p_ip text)
  See private.auth_use_unlock.

public.client_programs
  Which programs a business has turned on. A program that is off answers as if it did not exist.

public.clients
  A business: the tenant. People around it are in people.

public.clients.brand_color
  The one colour a business owns; every accent is derived from it.

public.clients.currency
  ISO 4217. Fixed: amounts are stored in its minor units.

public.clients.logo_path
  Path in the files bucket, or null for initials.

public.clients.slug
  The business in a URL. Fixed: links in mails must not break.

public.clients.time_zone
  IANA zone in which the business's days begin.

public.core_audit_log
  Who changed, read or exported what. Append-only: no role may update or delete.

public.core_audit_log.after
  New values of the changed columns, the whole row on insert.

public.core_audit_log.before
  Old values of the changed columns, the whole row on delete.

public.core_audit_log.impersonator_user_id
  Who was really acting while viewing as someone else.

public.core_audit_log.row_key
  Primary key of the row as text; parts joined by |.

public.core_begin_once(p_scope text, p_key text, p_hash text)
  See private.core_begin_once.

public.core_dead_jobs
  Jobs that spent every attempt, kept so that staff can see and repeat them.

public.core_dead_jobs.attempts
  Attempts made.

public.core_dead_jobs.client_id
  The business the job worked for.

public.core_dead_jobs.died_at
  When it was taken out of the queue.

public.core_dead_jobs.error
  Message of the last failure, cut at 2000 characters.

public.core_dead_jobs.id
  Key.

public.core_dead_jobs.job_id
  Its number in the queue, as written in the log.

public.core_dead_jobs.job_key
  Replacement key, if any.

public.core_dead_jobs.max_attempts
  Attempts allowed, and given again on retry.

public.core_dead_jobs.payload
  What it was given: ids only.

public.core_dead_jobs.queue
  Serial queue it ran in, if any.

public.core_dead_jobs.queued_at
  When it was first queued.

public.core_dead_jobs.retried_at
  When it was queued again.

public.core_dead_jobs.state
  dead: waits for a person. retried: queued again.

public.core_dead_jobs.task
  Name in the job registry.

public.core_dead_jobs.updated_at
  Last change.

public.core_email_events
  What the provider told us about a mail, once each.

public.core_email_events.provider_event_id
  The provider's message id: a repeated webhook is recognised by it.

public.core_email_suppressions
  Addresses we do not write to: one hard bounce or one complaint.

public.core_email_suppressions.address
  Lower case.

public.core_emails
  Every mail, before and after it was sent. The text is in private.email_bodies.

public.core_emails.attempts
  Calls to the provider.

public.core_emails.complained_at
  When the reader called it spam.

public.core_emails.dedupe_key
  One mail a key and business: writing it twice sends it once.

public.core_emails.error_code
  Why it failed or bounced, as a code; never the provider's text, which repeats the address.

public.core_emails.is_essential
  True for mails one cannot unsubscribe from.

public.core_emails.person_id
  Whom it is for, when we know them.

public.core_emails.provider_id
  The provider's id.

public.core_emails.sends
  Grows when staff send a failed mail again, and with it the provider's idempotency key.

public.core_emails.settled_at
  When its end was known.

public.core_emails.state
  queued, sent (the provider took it), delivered, bounced, failed (never left, see error_code).

public.core_emails.to_address
  The address at the moment of writing.

public.core_emails.type
  The kind of message, as in the notification registry.

public.core_event_deliveries
  One row for each handler of an event: proof that it ran, and what still has to run.

public.core_event_deliveries.client_id
  The business the event happened in.

public.core_event_deliveries.created_at
  When the event was handed out.

public.core_event_deliveries.done_at
  When the handler came back.

public.core_event_deliveries.event_id
  The event.

public.core_event_deliveries.handler
  Name in the event registry.

public.core_event_deliveries.id
  Key.

public.core_event_deliveries.state
  pending: a job will run or repeat it. done: the handler came back.

public.core_event_deliveries.updated_at
  Last change.

public.core_events
  What happened, for other rooms to react to. Written in the transaction of the change; payload holds ids, never personal data.

public.core_files
  A file somebody sent: the bytes are in Storage, this row says whether they may be read.

public.core_files.bytes
  Size as announced, then as measured.

public.core_files.checked_at
  When it was sniffed and scanned.

public.core_files.completed_at
  When the sender said all bytes were there.

public.core_files.content_type
  What the sender's browser called it. Not believed: see sniffed_type.

public.core_files.deleted_at
  When the bytes were removed.

public.core_files.name
  Its name on the sender's device. Shown, never used as a path.

public.core_files.purpose
  What it is for; decides who may send and read it.

public.core_files.rejected_reason
  missing: no bytes arrived. size: not the announced size. type: not what the purpose takes. infected: the scanner found something.

public.core_files.scan
  Outcome of the virus scan; not_scanned where no scanner is set up.

public.core_files.sniffed_type
  What its first bytes say it is.

public.core_files.state
  pending: being sent. quarantine: arrived, unread. clean: may be read. rejected: never read. deleted: the bytes are gone.

public.core_files.uploaded_by
  Who sent it.

public.core_finish_once(p_scope text, p_key text, p_status integer, p_body jsonb)
  See private.core_finish_once.

public.core_notification_preferences
  How a person wants to be told, one row a type that differs from the default (both). Essential types ignore it.

public.core_notification_preferences.email
  By mail.

public.core_notification_preferences.in_app
  In the bell's list.

public.core_notifications
  What a person is told in the app. The words come from the type, in the reader's language, when it is read.

public.core_notifications.data
  What the type's words need.

public.core_notifications.dedupe_key
  Told once a person, type and key.

public.core_notifications.read_at
  When the person marked it read.

public.core_notifications.type
  Which file in the notification registry it is.

public.core_read_context(p_slug text)
  See private.core_read_context.

public.core_release_once(p_scope text, p_key text)
  See private.core_release_once.

public.core_state_history
  Each step a row took between states: by whom, when, in which request. Append-only.

public.core_take_rate_limit(p_key text, p_limit integer, p_window_seconds integer)
  See private.core_take_rate_limit.

public.email_record_event(p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamp with time zone)
  Records a webhook about a mail. Service role only.

public.email_remove_suppression(p_client uuid, p_address text)
  Allows a bounced address again (permission email.log.read).

public.email_resend_email(p_client uuid, p_id uuid)
  Sends a failed mail again (permission email.log.read).

public.files_complete_upload(p_client uuid, p_id uuid)
  Says that an upload of one's own is complete.

public.files_create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint)
  Registers a file about to be sent (permission of its purpose).

public.invitations
  An offer to become a person of a business: 7 days, one use.

public.invitations.email
  Where it was mailed; null for a link the owner hands over, whose possession is the proof.

public.jobs_retry_job(p_client uuid, p_id uuid)
  Queues a dead job again (permission jobs.log.read).

public.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  Adds a creator by hand, with a fixed tier if one is given; a later file finds her by her handle.

public.loyalty_adjustments
  Signed corrections a person makes beside the files. Append-only; each counts in the period its date lies in, and in that one only.

public.loyalty_adjustments.amount
  Minor units of loyalty_settings.currency, signed.

public.loyalty_adjustments.created_by
  The login that made it: filled in by the database, never by the caller.

public.loyalty_adjustments.effective_on
  The day, in the zone of the business, on which it counts. Never in the future.

public.loyalty_adjustments.reverses_id
  The adjustment this one takes back. One can be taken back once.

public.loyalty_adjustments.units
  Pieces, signed.

public.loyalty_cancel_run(p_client uuid, p_run uuid)
  Cancels an import (loyalty.imports.write).

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.

public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  Starts an import (loyalty.imports.write).

public.loyalty_creators
  A person who sells for the business: handle, tier and the figures of the last count. May exist from a file long before a login.

public.loyalty_creators.anchor_on
  Date from which her periods are measured off: the day after she entered her tier, or the day she joined.

public.loyalty_creators.display_name
  Copy of people.display_name, kept by trigger, so that the creators page sorts and searches one table.

public.loyalty_creators.figures_at
  When the figures last changed.

public.loyalty_creators.handle
  The handle as people write it, without @.

public.loyalty_creators.handle_key
  Lower-case handle: unique within the business.

public.loyalty_creators.is_pinned
  A person chose the tier: neither the nightly pass nor a file changes it.

public.loyalty_creators.joined_on
  First business date on which this creator was known. Her first period starts here.

public.loyalty_creators.last_video_sort
  last_video_on without nulls, so that keyset pages can be ordered by it.

public.loyalty_creators.next_check_on
  Last day of the open period, judged by that night's pass. In the entry tier the count only starts again.

public.loyalty_creators.period_adjustments
  The part of the period figure that came from adjustments, in the metric of the business.

public.loyalty_creators.period_sales
  Sales of the open period: daily differences plus adjustments effective in it, minor units.

public.loyalty_creators.period_start
  First day that counts in the open period. The day after a promotion or a check.

public.loyalty_creators.period_videos
  Videos posted in the open period.

public.loyalty_creators.prior_period_start
  Start of the period closed last, so that a second file on the night of a move is judged by the whole period.

public.loyalty_creators.search_text
  Handle and name in lower case for the trigram search.

public.loyalty_creators.tier_since
  When she entered her tier.

public.loyalty_creators.total_sales
  All sales of her videos plus all adjustments effective by now, minor units.

public.loyalty_daily_totals
  Sales of a business by day: movements of videos plus adjustments, without the history of videos first seen late.

public.loyalty_daily_totals.videos
  Videos whose figures moved on that day.

public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  Approves a request, which joins creator and login, or rejects it with a reason.

public.loyalty_ensure_source(p_client uuid)
  The id of the business's source (loyalty.settings.write).

public.loyalty_fetch_now(p_client uuid)
  Fetches the nightly file now (loyalty.imports.write).

public.loyalty_handle_aliases
  Handles a file may use for a creator besides her own: earlier names, second accounts.

public.loyalty_handle_aliases.handle_key
  Lower-case handle, unique within the business across aliases.

public.loyalty_handle_changes
  Renames and merges a person has confirmed: which handle became which, and how many videos moved.

public.loyalty_handle_changes.merged_creator_id
  The creator row that turned out to be the same person; archived by the merge.

public.loyalty_handle_claims
  Requests for a handle, with evidence. Typing a handle gives nothing: the business approves or rejects.

public.loyalty_handle_claims.creator_id
  The creator she was given by approval.

public.loyalty_handle_claims.email
  The verified e-mail at the time of asking.

public.loyalty_handle_claims.evidence_text
  How she shows that the handle is hers, in her words.

public.loyalty_handle_claims.evidence_url
  Where the business can see it: a profile or post with an agreed word.

public.loyalty_handle_claims.person_id
  Her person row in this business when she asked, if she had one.

public.loyalty_handle_claims.reject_reason
  What the claimant is told after a rejection.

public.loyalty_handle_claims.user_id
  The login that asks; its e-mail was verified when it asked.

public.loyalty_import_mappings
  How a business's export names its columns, where that differs from what we know.

public.loyalty_import_mappings.columns
  Field to header; null says that the file does not have it.

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  Adjustments of a creator, latest first.

public.loyalty_list_claims(p_client uuid, p_state text, p_limit integer)
  Requests for handles in one state, oldest first, with the creator a file made of the handle.

public.loyalty_list_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text, p_sort text, p_direction text, p_cursor jsonb, p_limit integer, p_with_count boolean)
  A keyset page of creators. Cursor: v, id of the row to go on from, back to go towards the start.

public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint, p_limit integer)
  Decisions about a creator, latest first, one more than asked for when there are more.

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  Videos of a creator, latest first, with what each brought in a span of days.

public.loyalty_my_claims(p_slug text)
  The caller's own requests in a business.

public.loyalty_nights
  Where the nightly pass of a business stands.

public.loyalty_nights.figures_at
  When a file last brought figures. A night without a file leaves it as it is.

public.loyalty_nights.last_business_date
  Latest night whose figures and tiers are decided. Written by the nightly pass.

public.loyalty_nights.last_full_pass_on
  Night of the last pass over every creator; a week later the next one repeats it.

public.loyalty_nights.last_summary
  What the last pass counted and decided.

public.loyalty_nights.needs_full_pass
  Set when a rule changed, so that tonight looks at every creator and not only at those with new figures.

public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  Fixes a tier by hand: neither the nightly pass nor a file changes it.

public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.

public.loyalty_read_admin_home(p_client uuid)
  The owner's overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.

public.loyalty_read_creator(p_client uuid, p_creator uuid)
  Everything on one creator's page except her lists.

public.loyalty_read_data_state(p_client uuid)
  How old the figures are, for every screen that shows them.

public.loyalty_read_decision(p_client uuid, p_creator uuid)
  The latest decision about a creator that still stands.

public.loyalty_read_home(p_client uuid)
  All of the signed-in creator's home. creator is null for a person who is none.

public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
  Refunds entered by hand in a span of days.

public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
  Sales of a creator week by week, weeks counted off from her period: at least eight, at most 26.

public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.

public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  Saves a checked import (loyalty.imports.write).

public.loyalty_request_undo(p_client uuid, p_run uuid)
  Undoes the last import (loyalty.imports.write).

public.loyalty_retry_run(p_client uuid, p_run uuid)
  Reads an import again (loyalty.imports.write).

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  Stores the column mapping (loyalty.imports.write).

public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  Stores where files come from (loyalty.settings.write).

public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  Saves a ladder. Lower thresholds count from tonight, higher ones from each creator's next check.

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  Archives a creator or brings her back.

public.loyalty_settings
  The rules of one business's loyalty program: what counts, when tiers are checked, when the nightly count runs.

public.loyalty_settings.checkpoint_months
  Length of a creator's period. A change applies from each creator's next period.

public.loyalty_settings.currency
  Currency of every amount in this program (ISO 4217).

public.loyalty_settings.fall_guard_percent
  A file whose totals are lower than the stored ones by more than this share waits for a person.

public.loyalty_settings.metric
  sales counts minor units of currency, units counts pieces sold. Fixed once there are figures.

public.loyalty_settings.stale_after_hours
  Figures older than this are called old on every screen that shows them.

public.loyalty_settings.sync_time
  Wall-clock time of the nightly count in sync_time_zone.

public.loyalty_settings.tier_mode
  lifetime: everything ever sold counts and a tier is kept. checkpoint: a period of checkpoint_months counts, and a tier can fall at its end.

public.loyalty_settings.unmatched_warn_percent
  Share of rows without a known creator above which the run warns.

public.loyalty_sync_run_creators
  Creators a run added, so that its undo can archive those nobody has touched since.

public.loyalty_sync_run_creators.archived_at
  Set by undo: such a creator comes back to life when a later file names her.

public.loyalty_sync_run_rows
  Outcome of every row that is not simply unchanged: what it changed, or why it was left out.

public.loyalty_sync_run_rows.has_snapshot
  The video already had a snapshot for this night when this run changed it.

public.loyalty_sync_run_rows.line
  Line of the file on which the row starts.

public.loyalty_sync_run_rows.raw_value
  What stood in the refused cell. Text from outside: escaped on its way into any CSV.

public.loyalty_sync_run_rows.run_before
  The run that had last changed the video; undo puts it back.

public.loyalty_sync_run_rows.run_id
  The run. No foreign key: rows are written only by the job that holds the run in the same transaction, and the check of each took a third of the comparison.

public.loyalty_sync_run_rows.url
  Address, and likewise key, title and day: written for a row that is not in the videos yet, or where they changed.

public.loyalty_sync_run_rows.video_id
  The video, chosen at the check for new ones too. No foreign key: undoing removes the video and keeps the row.

public.loyalty_sync_runs
  One file on its way to the figures: read, checked, saved, perhaps undone. Nothing is saved before the state says so.

public.loyalty_sync_runs.applied_at
  When the rows were written; tiers are counted in a second step.

public.loyalty_sync_runs.business_date
  The night the figures belong to, in the zone of the nightly count.

public.loyalty_sync_runs.checks
  Guards and how they came out.

public.loyalty_sync_runs.file_sales
  Sum of the sales column over all readable rows.

public.loyalty_sync_runs.is_repeat
  A person asked for a file that had been saved before to be read again.

public.loyalty_sync_runs.notes
  What the reader decided for the person: separators, date order, columns left unread.

public.loyalty_sync_runs.reading
  Where the reader stands: encoding, columns, conventions, evidence, rows kept. A later job carries on from it.

public.loyalty_sync_runs.repeats_run_id
  The run that saved the same bytes earlier.

public.loyalty_sync_runs.rows_to_add
  Unmatched rows whose handles are unseen: saved together with their new creators when creates_creators is on.

public.loyalty_sync_runs.sales_before
  Sales, before this file, of the known videos it names; minor units.

public.loyalty_sync_runs.state
  queued, reading, checked (nothing saved), needs_confirmation (a guard stopped it), saving, counting (saved, tiers being decided), saved, undoing, undone, skipped (same file as before), cancelled, failed.

public.loyalty_sync_runs.tier_changes
  What the count after saving decided, for the run's page.

public.loyalty_sync_source_secrets
  Encrypted secrets of a source, written through a function and read by jobs only.

public.loyalty_sync_source_secrets.header_value
  Encrypted envelope of the header's value.

public.loyalty_sync_sources
  Where the nightly file of a business comes from. One a business.

public.loyalty_sync_sources.creates_creators
  Unattended runs add handles nobody has seen as creators in the entry tier.

public.loyalty_sync_sources.has_secret
  Whether a secret is stored, which is all a form is told.

public.loyalty_sync_sources.header_name
  Name of the request header that carries the secret.

public.loyalty_sync_sources.kind
  upload: a person brings it. https: downloaded with a secret header. browser: fetched by signing in to a site.

public.loyalty_sync_sources.recipe
  For a browser sign-in: the pages and selectors, as data, so that a site's redesign needs no release.

public.loyalty_sync_sources.recipe_version
  Grows with every change of the recipe; runs say which one they used.

public.loyalty_sync_stages
  The ledger of nights: each stage of each night once. What is finished is never done again.

public.loyalty_sync_stages.attempts
  How often the stage was begun.

public.loyalty_sync_stages.detail
  Figures and causes for the run's page.

public.loyalty_sync_stages.outcome
  done, skipped (nothing to do), covered (a later night brought the file), held (a guard waits for a person), failed; null while open.

public.loyalty_tier_checkpoints
  Ends of periods: what was sold, what the tier asked, and what came of it. exempt is the entry tier, where only the count starts again.

public.loyalty_tier_checkpoints.period_end
  First day not counted.

public.loyalty_tier_decisions
  Why a creator is in her tier: one row a decision, with the rule, the figures, the threshold, the period and the run.

public.loyalty_tier_decisions.decided_by
  The login of a person's decision; null for the nightly pass.

public.loyalty_tier_decisions.detail
  Counted rows (days, videos, adjustments), refunds, the tier a miss fell short of, and the state before, for undo.

public.loyalty_tier_decisions.from_name
  Name of the tier at the time, so that a later rename does not rewrite history.

public.loyalty_tier_decisions.period_end
  First day not counted.

public.loyalty_tier_decisions.period_start
  First day counted; null when everything ever sold was counted.

public.loyalty_tier_decisions.rule
  entry, promotion, maintained, demotion at a check, pinned and unpinned by a person, settings when the ladder changed, undone with an import.

public.loyalty_tier_decisions.seq
  Order in which decisions were taken; two of one night share their time.

public.loyalty_tier_decisions.threshold
  Where to_tier started when this was decided.

public.loyalty_tier_decisions.undone_at
  Set when the import that led to it was undone.

public.loyalty_tier_decisions.value
  The figure that was judged, in metric: sales_part plus adjustments_part.

public.loyalty_tier_stints
  Time a creator spent in a tier. One is open per creator; each starts where the one before ended.

public.loyalty_tiers
  The ladder of a business: three to six tiers, each starting higher than the one below. The first is the entry tier and starts at zero.

public.loyalty_tiers.archived_at
  When the tier left the ladder. Kept, because decisions of the past name it.

public.loyalty_tiers.benefits
  What the tier gives, one benefit a line, as its creators read it.

public.loyalty_tiers.color
  Colour of the small diamond beside the name.

public.loyalty_tiers.commission_bp
  Commission in hundredths of a percent: 1200 is 12 %.

public.loyalty_tiers.rank
  One is the entry tier. Contiguous among tiers in use.

public.loyalty_tiers.threshold
  Where the tier starts, in the metric of the business: minor units of its currency, or pieces.

public.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  Lets the nightly pass judge a creator again.

public.loyalty_video_snapshots
  What a video's figures were after a business date, and by how much they moved on it. Sums of differences are period figures, so an old video that still sells counts.

public.loyalty_video_snapshots.business_date
  The day, in the zone of the business, to which the movement belongs.

public.loyalty_video_snapshots.creator_id
  The video's creator, copied so that a period is one index range.

public.loyalty_video_snapshots.gmv
  Cumulative sales after that day, minor units.

public.loyalty_video_snapshots.gmv_delta
  Movement of sales on that day; negative after refunds or corrections.

public.loyalty_video_snapshots.is_opening
  History from before the video was first seen, dated when it was posted.

public.loyalty_video_snapshots.video_id
  The video. No foreign key: the save that writes a snapshot has written its video in the same transaction and counts that it found every one; checking each row again took longer than writing it.

public.loyalty_videos
  Every video a file has named, with its latest figures. The sum over a creator's videos is her lifetime total.

public.loyalty_videos.ctr_bp
  Click-through rate in hundredths of a percent.

public.loyalty_videos.figures_at
  When the figures last changed; written by the import itself, since a trigger on every row would halve its speed.

public.loyalty_videos.first_seen_on
  Business date of the file that first named the video.

public.loyalty_videos.gmv
  Sales of the video so far, minor units of loyalty_settings.currency. May fall when orders are refunded.

public.loyalty_videos.last_run_id
  The run that last changed the figures.

public.loyalty_videos.url
  The address as the file gave it.

public.loyalty_videos.url_key
  Normalised address: unique within the business, never across businesses.

public.loyalty_withdraw_claim(p_claim uuid)
  Takes back the caller's own open request.

public.notifications_mark_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  Marks the caller's notifications read: the named ones, or all up to a moment. Returns how many changed.

public.notifications_notify(p_client uuid, p_type text, p_people uuid[], p_permission text, p_data jsonb, p_dedupe text)
  Asks for a notification. Service role only.

public.notifications_save_preference(p_client uuid, p_type text, p_in_app boolean, p_email boolean)
  How the caller wants to be told about a type.

public.notifications_unsubscribe(p_client uuid, p_person uuid, p_type text)
  Turns the mails of one type off for a person. Service role only; the link's token was checked.

public.people
  Anyone a business knows, with or without a login.

public.people.email
  Where the business reaches this person. Lower case. A verified login with it may claim the row.

public.people.state
  A deactivated person loses all access on the next request.

public.people.user_id
  The login this person claimed; null until then.

public.people_accept_invitation(p_token_hash text)
  See private.people_accept_invitation.

public.people_claim_by_email()
  See private.people_claim_by_email.

public.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamp with time zone)
  See private.people_grant_role.

public.people_invite(p_client uuid, p_role text, p_token_hash text, p_token_envelope text, p_person uuid, p_display_name text, p_email text)
  See private.people_invite.

public.people_list(p_client uuid, p_search text, p_role text, p_state text, p_after_name text, p_after_id uuid, p_backward boolean, p_limit integer, p_team boolean)
  See private.people_list.

public.people_read(p_client uuid, p_person uuid)
  See private.people_read.

public.people_read_invitation(p_token_hash text)
  See private.people_read_invitation.

public.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text)
  See private.people_resend_invitation.

public.people_revoke_invitation(p_client uuid, p_invitation uuid)
  See private.people_revoke_invitation.

public.people_revoke_role(p_client uuid, p_person uuid, p_role text)
  See private.people_revoke_role.

public.people_set_state(p_client uuid, p_person uuid, p_state text)
  See private.people_set_state.

public.permissions
  Everything that can be allowed, as room.noun.verb.

public.person_roles
  Roles a person holds in one business, optionally until a moment.

public.person_roles.granted_by
  Login that gave the role; null for the system.

public.role_permissions
  What each role permits, the same in every business.

public.roles
  What a person can be to a business. Code and policies name permissions, never roles.

public.roles.is_staff
  Staff work in the admin; members use the app.
