-- The schema after all migrations, written by `npm run snapshot` from the catalogue. For reading and diffing only.

-- types -----------------------------------------------------------------------------------------------

-- tables ----------------------------------------------------------------------------------------------

private.auth_attempts
  table

private.auth_challenges
  table

private.auth_devices
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

private.loyalty_import_rows
  unlogged table

private.loyalty_mission_digests
  table

private.loyalty_raffle_seeds
  table

private.loyalty_work_notices
  table

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

public.loyalty_account_reveals
  table, row security forced

public.loyalty_adjustments
  table, row security forced

public.loyalty_boosts
  table, row security forced

public.loyalty_creator_tags
  table, row security forced

public.loyalty_creators
  table, row security forced, with (fillfactor=70)

public.loyalty_daily_totals
  table, row security forced

public.loyalty_gifts
  table, row security forced

public.loyalty_handle_aliases
  table, row security forced

public.loyalty_handle_changes
  table, row security forced

public.loyalty_handle_claims
  table, row security forced

public.loyalty_holds
  table, row security forced

public.loyalty_import_mappings
  table, row security forced

public.loyalty_mission_progress
  table, row security forced, with (fillfactor=50)

public.loyalty_missions
  table, row security forced

public.loyalty_nights
  table, row security forced

public.loyalty_payments
  table, row security forced

public.loyalty_payout_account_secrets
  table, row security forced

public.loyalty_payout_accounts
  table, row security forced

public.loyalty_payout_batches
  table, row security forced

public.loyalty_payouts
  table, row security forced

public.loyalty_raffle_draws
  table, row security forced

public.loyalty_raffle_entries
  table, row security forced

public.loyalty_redemption_codes
  table, row security forced

public.loyalty_redemptions
  table, row security forced, with (fillfactor=80)

public.loyalty_report_mails
  table, row security forced

public.loyalty_reward_limits
  table, row security forced, with (fillfactor=50)

public.loyalty_rewards
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

public.people_views
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

private.auth_devices
  session_id uuid not null
  user_id uuid not null
  device_hash text not null
  seen_at timestamp with time zone not null default now()

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

private.loyalty_import_rows
  run_id uuid not null
  line bigint not null
  video_id uuid not null
  views bigint not null
  gmv bigint not null
  units bigint not null

private.loyalty_mission_digests
  client_id uuid not null
  told_until timestamp with time zone not null

private.loyalty_raffle_seeds
  client_id uuid not null
  draw_id uuid not null
  seed text not null

private.loyalty_work_notices
  client_id uuid not null
  redemption_id uuid not null
  stage text not null
  noticed_at timestamp with time zone not null default now()

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

public.loyalty_account_reveals
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  account_id uuid not null
  reason text not null
  revealed_by uuid not null default auth.uid()
  created_at timestamp with time zone not null default now()

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

public.loyalty_boosts
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  redemption_id uuid not null
  creator_id uuid not null
  state text not null default 'scheduled'::text
  rate_bp integer not null
  days integer not null
  tier_commission_bp integer not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  first_on date not null
  last_on date not null
  clears_on date
  settled_sales bigint
  earned_amount bigint
  final_sales bigint
  final_amount bigint
  activated_at timestamp with time zone
  expired_at timestamp with time zone
  settled_at timestamp with time zone
  cleared_at timestamp with time zone
  paid_at timestamp with time zone
  cancelled_at timestamp with time zone
  updated_at timestamp with time zone not null default now()

public.loyalty_creator_tags
  client_id uuid not null
  creator_id uuid not null
  tag text not null
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
  is_on_leaderboard boolean not null default true
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

public.loyalty_gifts
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  redemption_id uuid not null
  creator_id uuid not null
  size text
  recipient text not null
  line1 text not null
  line2 text not null default ''::text
  city text not null
  region text not null default ''::text
  postal_code text not null
  country text not null
  phone text not null default ''::text
  carrier text
  tracking_number text
  shipped_at timestamp with time zone
  delivered_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

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

public.loyalty_holds
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  other_creator_id uuid
  reason text not null
  evidence text not null
  state text not null default 'open'::text
  opened_by uuid default auth.uid()
  opened_at timestamp with time zone not null default now()
  resolved_by uuid
  resolved_at timestamp with time zone
  resolution_note text

public.loyalty_import_mappings
  client_id uuid not null
  columns jsonb not null default '{}'::jsonb
  version integer not null default 1
  updated_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_mission_progress
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  mission_id uuid not null
  creator_id uuid not null
  kind text not null
  cycle_no integer not null default 1
  state text not null default 'dormant'::text
  tier_id uuid not null
  target bigint not null
  value bigint not null default 0
  start_on date not null
  counts_from_on date
  counts_all boolean not null default false
  due_on date
  started_at timestamp with time zone
  completed_on date
  completed_at timestamp with time zone
  closed_at timestamp with time zone
  figures_at timestamp with time zone
  created_at timestamp with time zone not null default now()

public.loyalty_missions
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  kind text not null
  name text not null
  description text not null default ''::text
  target bigint not null default 0
  reward_id uuid not null
  tier_id uuid
  tag text
  preview_from_tier_id uuid
  counts_from text not null default 'publish'::text
  reaches_current boolean not null default true
  is_recurring boolean not null default false
  cooldown_days integer not null default 0
  max_cycles integer
  days_to_finish integer
  ends_at timestamp with time zone
  winners_count integer
  alternates_count integer not null default 0
  claim_days integer
  display_order integer not null default 100
  state text not null default 'draft'::text
  version integer not null default 1
  published_at timestamp with time zone
  created_by uuid default auth.uid()
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

public.loyalty_payments
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  batch_id uuid not null
  creator_id uuid not null
  account_id uuid not null
  amount bigint not null
  currency text not null
  state text not null default 'planned'::text
  reference text
  failure_reason text
  sent_at timestamp with time zone
  paid_at timestamp with time zone
  failed_at timestamp with time zone
  dropped_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

public.loyalty_payout_account_secrets
  account_id uuid not null
  client_id uuid not null
  account_envelope text
  fingerprint_hash text not null
  updated_at timestamp with time zone not null default now()

public.loyalty_payout_accounts
  id uuid not null
  client_id uuid not null
  creator_id uuid not null
  method text not null
  hint text not null
  held_until timestamp with time zone
  replaced_at timestamp with time zone
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()

public.loyalty_payout_batches
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  method text not null
  currency text not null
  state text not null default 'draft'::text
  payments_count integer not null default 0
  total_amount bigint not null default 0
  provider text
  provider_reference text
  provider_message text
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()
  approved_by uuid
  approved_at timestamp with time zone
  exported_at timestamp with time zone
  sent_at timestamp with time zone
  settled_at timestamp with time zone
  cancelled_at timestamp with time zone
  updated_at timestamp with time zone not null default now()

public.loyalty_payouts
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  kind text not null
  boost_id uuid
  claws_back_id uuid
  amount bigint not null
  currency text not null
  reason text
  state text not null default 'pending'::text
  payment_id uuid
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()
  closed_at timestamp with time zone
  updated_at timestamp with time zone not null default now()

public.loyalty_raffle_draws
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  mission_id uuid not null
  sealed_at timestamp with time zone not null
  entries_count integer not null
  entries_hash text not null
  commitment text not null
  winners_count integer not null
  alternates_count integer not null
  claim_days integer not null
  seed text
  drawn_at timestamp with time zone
  drawn_by uuid
  created_at timestamp with time zone not null default now()

public.loyalty_raffle_entries
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  mission_id uuid not null
  creator_id uuid not null
  entry_no integer
  draw_rank integer
  state text not null default 'entered'::text
  claim_until timestamp with time zone
  redraw_reason text
  seen_at timestamp with time zone
  entered_at timestamp with time zone not null default now()

public.loyalty_redemption_codes
  client_id uuid not null
  redemption_id uuid not null
  envelope text not null
  created_at timestamp with time zone not null default now()

public.loyalty_redemptions
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  creator_id uuid not null
  reward_id uuid not null
  kind text not null
  source text not null default 'tier'::text
  mission_progress_id uuid
  raffle_entry_id uuid
  state text not null default 'claimable'::text
  offered_at timestamp with time zone not null default now()
  offer_window text
  claim_until timestamp with time zone
  withdrawn_at timestamp with time zone
  withdrawn_reason text
  tier_id uuid
  tier_stint_id uuid
  window_key text
  slot_no integer
  claim_digest text
  reward_version integer
  terms jsonb not null default '{}'::jsonb
  value_amount bigint not null default 0
  cost_amount bigint not null default 0
  scheduled_at timestamp with time zone
  ends_at timestamp with time zone
  claimed_at timestamp with time zone
  due_at timestamp with time zone
  fulfilled_at timestamp with time zone
  fulfilled_by uuid
  fulfil_note text
  fulfil_reference text
  concluded_at timestamp with time zone
  rejected_at timestamp with time zone
  rejection_reason text
  expired_at timestamp with time zone
  seen_at timestamp with time zone
  is_held boolean not null default false
  calendar_sequence integer not null default 0
  updated_at timestamp with time zone not null default now()

public.loyalty_report_mails
  client_id uuid not null
  cadence text not null
  person_id uuid not null
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()

public.loyalty_reward_limits
  client_id uuid not null
  reward_id uuid not null
  stock_total integer
  budget_total bigint
  unit_cost bigint not null default 0
  coupon_code text
  coupon_max_uses integer
  reserved_count integer not null default 0
  committed_count integer not null default 0
  reserved_amount bigint not null default 0
  committed_amount bigint not null default 0
  updated_at timestamp with time zone not null default now()

public.loyalty_rewards
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  offer text not null default 'tier'::text
  kind text not null
  name text not null
  description text not null default ''::text
  tier_id uuid
  tag text
  preview_from_tier_id uuid
  state text not null default 'draft'::text
  frequency text not null default 'one_time'::text
  quantity integer default 1
  value_amount bigint not null default 0
  boost_bp integer
  boost_days integer
  discount_percent integer
  discount_minutes integer
  requires_size boolean not null default false
  sizes text[] not null default '{}'::text[]
  instructions text not null default ''::text
  expires_days integer
  display_order integer not null default 100
  version integer not null default 1
  revision integer not null default 1
  published_at timestamp with time zone
  created_by uuid default auth.uid()
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

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
  boost_time time without time zone not null default '18:00:00'::time without time zone
  boost_capacity integer not null default 20
  discount_from time without time zone not null default '09:00:00'::time without time zone
  discount_to time without time zone not null default '16:00:00'::time without time zone
  discount_slot_minutes integer not null default 30
  discount_capacity integer not null default 4
  schedule_days_ahead integer not null default 7
  schedule_weekends boolean not null default false
  fulfil_hours integer not null default 24
  clearing_days integer not null default 20
  payout_minimum bigint not null default 0
  leaderboard_shown boolean not null default true
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
  line bigint not null
  has_snapshot boolean not null default false
  outcome text not null
  creator_id uuid
  video_id uuid
  video_at tid
  ctr_bp integer
  ctr_bp_before integer
  views bigint
  likes bigint
  comments bigint
  gmv bigint
  units bigint
  views_before bigint
  likes_before bigint
  comments_before bigint
  gmv_before bigint
  units_before bigint
  figures_before timestamp with time zone
  run_before uuid
  snapshot_run_before uuid
  posted_on date
  posted_on_before date
  reason text
  column_name text
  raw_value text
  handle text
  url text
  url_before text
  url_key text
  title text
  title_before text

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
  views bigint not null default 0
  likes bigint not null default 0
  comments bigint not null default 0
  gmv bigint not null default 0
  units bigint not null default 0
  created_at timestamp with time zone not null default now()
  figures_at timestamp with time zone not null default now()
  posted_on date not null
  first_seen_on date not null
  ctr_bp integer
  last_run_id uuid
  url text not null
  url_key text not null
  title text not null default ''::text

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

public.people_views
  id uuid not null default gen_random_uuid()
  client_id uuid not null
  person_id uuid not null
  viewer_user_id uuid not null
  reason text not null
  started_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone

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

private.auth_devices
  auth_devices_device_hash_check CHECK ((device_hash ~ '^[0-9a-f]{64}$'::text))
  auth_devices_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.auth_sessions(session_id) ON DELETE CASCADE
  auth_devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
  auth_devices_pkey PRIMARY KEY (session_id)

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

private.loyalty_mission_digests
  loyalty_mission_digests_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_mission_digests_pkey PRIMARY KEY (client_id)

private.loyalty_raffle_seeds
  loyalty_raffle_seeds_seed_check CHECK ((seed ~ '^[0-9a-f]{64}$'::text))
  loyalty_raffle_seeds_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_raffle_seeds_draw_id_fkey FOREIGN KEY (client_id, draw_id) REFERENCES public.loyalty_raffle_draws(client_id, id) ON DELETE CASCADE
  loyalty_raffle_seeds_pkey PRIMARY KEY (client_id, draw_id)

private.loyalty_work_notices
  loyalty_work_notices_stage_check CHECK ((stage = ANY (ARRAY['soon'::text, 'overdue'::text])))
  loyalty_work_notices_redemption_id_fkey FOREIGN KEY (client_id, redemption_id) REFERENCES public.loyalty_redemptions(client_id, id) ON DELETE CASCADE
  loyalty_work_notices_pkey PRIMARY KEY (client_id, redemption_id, stage)

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

public.loyalty_account_reveals
  loyalty_account_reveals_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 300)))
  loyalty_account_reveals_account_id_fkey FOREIGN KEY (client_id, account_id) REFERENCES public.loyalty_payout_accounts(client_id, id)
  loyalty_account_reveals_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_account_reveals_pkey PRIMARY KEY (id)

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

public.loyalty_boosts
  loyalty_boosts_activated_check CHECK (((state = ANY (ARRAY['active'::text, 'expired'::text, 'pending_info'::text, 'pending_payout'::text, 'paid'::text])) = (activated_at IS NOT NULL)))
  loyalty_boosts_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
  loyalty_boosts_cleared_check CHECK ((((cleared_at IS NULL) = (final_sales IS NULL)) AND ((cleared_at IS NULL) = (final_amount IS NULL)) AND ((cleared_at IS NULL) OR (settled_at IS NOT NULL))))
  loyalty_boosts_days_check CHECK (((days >= 1) AND (days <= 90)))
  loyalty_boosts_earned_amount_check CHECK ((earned_amount = (((settled_sales * rate_bp) + 5000) / 10000)))
  loyalty_boosts_expired_check CHECK (((state = ANY (ARRAY['expired'::text, 'pending_info'::text, 'pending_payout'::text, 'paid'::text])) = (expired_at IS NOT NULL)))
  loyalty_boosts_final_amount_check CHECK ((((final_sales >= 0) AND (final_sales <= settled_sales)) AND (final_amount = (((final_sales * rate_bp) + 5000) / 10000))))
  loyalty_boosts_paid_check CHECK ((((state = 'paid'::text) = (paid_at IS NOT NULL)) AND ((paid_at IS NULL) OR (cleared_at IS NOT NULL))))
  loyalty_boosts_rate_bp_check CHECK ((((rate_bp >= 1) AND (rate_bp <= 10000)) AND ((tier_commission_bp >= 0) AND (tier_commission_bp <= 10000))))
  loyalty_boosts_settled_check CHECK ((((state = ANY (ARRAY['pending_info'::text, 'pending_payout'::text, 'paid'::text])) = (settled_at IS NOT NULL)) AND ((settled_at IS NULL) = (settled_sales IS NULL)) AND ((settled_at IS NULL) = (earned_amount IS NULL)) AND ((settled_at IS NULL) = (clears_on IS NULL)) AND ((settled_sales IS NULL) OR (settled_sales >= 0))))
  loyalty_boosts_span_check CHECK (((ends_at > starts_at) AND (last_on = ((first_on + days) - 1))))
  loyalty_boosts_state_check CHECK ((state = ANY (ARRAY['scheduled'::text, 'active'::text, 'expired'::text, 'pending_info'::text, 'pending_payout'::text, 'paid'::text, 'cancelled'::text])))
  loyalty_boosts_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_boosts_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_boosts_redemption_id_fkey FOREIGN KEY (client_id, redemption_id, creator_id) REFERENCES public.loyalty_redemptions(client_id, id, creator_id)
  loyalty_boosts_pkey PRIMARY KEY (id)
  loyalty_boosts_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_boosts_client_id_id_key UNIQUE (client_id, id)
  loyalty_boosts_redemption_id_key UNIQUE (client_id, redemption_id, creator_id)

public.loyalty_creator_tags
  loyalty_creator_tags_tag_check CHECK ((tag ~ '^[a-z0-9][a-z0-9-]{0,29}$'::text))
  loyalty_creator_tags_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_creator_tags_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_creator_tags_pkey PRIMARY KEY (client_id, creator_id, tag)

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

public.loyalty_gifts
  loyalty_gifts_address_check CHECK ((((char_length(btrim(line1)) >= 3) AND (char_length(btrim(line1)) <= 120)) AND (char_length(line2) <= 120) AND ((char_length(btrim(city)) >= 1) AND (char_length(btrim(city)) <= 80)) AND (char_length(region) <= 80) AND ((char_length(btrim(postal_code)) >= 2) AND (char_length(btrim(postal_code)) <= 12))))
  loyalty_gifts_carrier_check CHECK ((carrier = ANY (ARRAY['fedex'::text, 'ups'::text, 'usps'::text, 'dhl'::text, 'other'::text])))
  loyalty_gifts_country_check CHECK ((country ~ '^[A-Z]{2}$'::text))
  loyalty_gifts_phone_check CHECK (((phone = ''::text) OR ((char_length(phone) >= 5) AND (char_length(phone) <= 32))))
  loyalty_gifts_recipient_check CHECK (((char_length(btrim(recipient)) >= 2) AND (char_length(btrim(recipient)) <= 80)))
  loyalty_gifts_shipped_check CHECK ((((shipped_at IS NULL) = (carrier IS NULL)) AND ((tracking_number IS NULL) OR (carrier IS NOT NULL)) AND ((delivered_at IS NULL) OR ((shipped_at IS NOT NULL) AND (delivered_at >= shipped_at)))))
  loyalty_gifts_size_check CHECK (((char_length(size) >= 1) AND (char_length(size) <= 12)))
  loyalty_gifts_tracking_number_check CHECK (((char_length(tracking_number) >= 4) AND (char_length(tracking_number) <= 60)))
  loyalty_gifts_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_gifts_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_gifts_redemption_id_fkey FOREIGN KEY (client_id, redemption_id, creator_id) REFERENCES public.loyalty_redemptions(client_id, id, creator_id)
  loyalty_gifts_pkey PRIMARY KEY (id)
  loyalty_gifts_client_id_id_key UNIQUE (client_id, id)
  loyalty_gifts_redemption_id_key UNIQUE (client_id, redemption_id, creator_id)

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

public.loyalty_holds
  loyalty_holds_evidence_check CHECK (((char_length(btrim(evidence)) >= 3) AND (char_length(btrim(evidence)) <= 300)))
  loyalty_holds_pair_check CHECK ((((reason = 'by_hand'::text) = (other_creator_id IS NULL)) AND (creator_id IS DISTINCT FROM other_creator_id)))
  loyalty_holds_reason_check CHECK ((reason = ANY (ARRAY['same_account'::text, 'same_address'::text, 'same_device'::text, 'by_hand'::text])))
  loyalty_holds_resolution_note_check CHECK (((char_length(btrim(resolution_note)) >= 3) AND (char_length(btrim(resolution_note)) <= 300)))
  loyalty_holds_resolved_check CHECK ((((state = 'open'::text) = (resolved_at IS NULL)) AND ((state = 'open'::text) = (resolution_note IS NULL))))
  loyalty_holds_state_check CHECK ((state = ANY (ARRAY['open'::text, 'released'::text, 'upheld'::text])))
  loyalty_holds_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_holds_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_holds_other_creator_id_fkey FOREIGN KEY (client_id, other_creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_holds_pkey PRIMARY KEY (id)
  loyalty_holds_client_id_id_key UNIQUE (client_id, id)

public.loyalty_import_mappings
  loyalty_import_mappings_columns_check CHECK (((jsonb_typeof(columns) = 'object'::text) AND (length((columns)::text) <= 4000)))
  loyalty_import_mappings_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  loyalty_import_mappings_updated_by_fkey FOREIGN KEY (client_id, updated_by) REFERENCES public.people(client_id, id) ON DELETE SET NULL (updated_by)
  loyalty_import_mappings_pkey PRIMARY KEY (client_id)

public.loyalty_mission_progress
  loyalty_mission_progress_closed_check CHECK (((state = 'missed'::text) = (closed_at IS NOT NULL)))
  loyalty_mission_progress_completed_check CHECK ((((state = 'completed'::text) = (completed_at IS NOT NULL)) AND ((state = 'completed'::text) = (completed_on IS NOT NULL))))
  loyalty_mission_progress_cycle_no_check CHECK ((cycle_no >= 1))
  loyalty_mission_progress_due_on_check CHECK (((due_on IS NULL) OR (due_on >= start_on)))
  loyalty_mission_progress_kind_check CHECK ((kind = ANY (ARRAY['sales_amount'::text, 'sales_units'::text, 'videos'::text, 'views'::text, 'likes'::text, 'raffle'::text])))
  loyalty_mission_progress_started_check CHECK ((((state = 'dormant'::text) = (started_at IS NULL)) AND ((state = 'dormant'::text) OR (counts_from_on IS NOT NULL))))
  loyalty_mission_progress_state_check CHECK ((state = ANY (ARRAY['dormant'::text, 'active'::text, 'completed'::text, 'missed'::text])))
  loyalty_mission_progress_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_mission_progress_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_mission_progress_mission_id_fkey FOREIGN KEY (client_id, mission_id) REFERENCES public.loyalty_missions(client_id, id)
  loyalty_mission_progress_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_mission_progress_pkey PRIMARY KEY (id)
  loyalty_mission_progress_client_id_id_key UNIQUE (client_id, id)
  loyalty_mission_progress_cycle_key UNIQUE (client_id, mission_id, creator_id, cycle_no)

public.loyalty_missions
  loyalty_missions_counts_from_check CHECK ((counts_from = ANY (ARRAY['publish'::text, 'checkpoint'::text, 'joining'::text])))
  loyalty_missions_cycles_check CHECK (((is_recurring OR ((max_cycles IS NULL) AND (cooldown_days = 0))) AND ((max_cycles IS NULL) OR ((max_cycles >= 2) AND (max_cycles <= 100))) AND ((cooldown_days >= 0) AND (cooldown_days <= 365)) AND ((NOT is_recurring) OR (kind <> 'raffle'::text))))
  loyalty_missions_days_to_finish_check CHECK (((days_to_finish >= 1) AND (days_to_finish <= 365)))
  loyalty_missions_description_check CHECK ((char_length(description) <= 500))
  loyalty_missions_kind_check CHECK ((kind = ANY (ARRAY['sales_amount'::text, 'sales_units'::text, 'videos'::text, 'views'::text, 'likes'::text, 'raffle'::text])))
  loyalty_missions_name_check CHECK (((char_length(btrim(name)) >= 2) AND (char_length(btrim(name)) <= 60)))
  loyalty_missions_preview_check CHECK (((preview_from_tier_id IS NULL) OR (tier_id IS NOT NULL)))
  loyalty_missions_published_at_check CHECK ((((state = 'draft'::text) = (published_at IS NULL)) OR (state = 'archived'::text)))
  loyalty_missions_raffle_check CHECK (
  CASE
      WHEN (kind = 'raffle'::text) THEN ((ends_at IS NOT NULL) AND (winners_count IS NOT NULL) AND ((winners_count >= 1) AND (winners_count <= 1000)) AND ((alternates_count >= 0) AND (alternates_count <= 1000)) AND (claim_days IS NOT NULL) AND ((claim_days >= 1) AND (claim_days <= 60)) AND (NOT is_recurring))
      ELSE ((winners_count IS NULL) AND (alternates_count = 0) AND (claim_days IS NULL))
  END)
  loyalty_missions_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'paused'::text, 'ended'::text, 'archived'::text])))
  loyalty_missions_tag_check CHECK ((tag ~ '^[a-z0-9][a-z0-9-]{0,29}$'::text))
  loyalty_missions_target_check CHECK (
  CASE
      WHEN (kind = 'raffle'::text) THEN (target = 0)
      ELSE ((target >= 1) AND (target <= '100000000000'::bigint))
  END)
  loyalty_missions_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_missions_preview_from_tier_id_fkey FOREIGN KEY (client_id, preview_from_tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_missions_reward_id_fkey FOREIGN KEY (client_id, reward_id) REFERENCES public.loyalty_rewards(client_id, id)
  loyalty_missions_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_missions_pkey PRIMARY KEY (id)
  loyalty_missions_client_id_id_key UNIQUE (client_id, id)

public.loyalty_nights
  loyalty_nights_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_nights_pkey PRIMARY KEY (client_id)

public.loyalty_payments
  loyalty_payments_amount_check CHECK ((amount > 0))
  loyalty_payments_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  loyalty_payments_dropped_check CHECK (((state = 'dropped'::text) = (dropped_at IS NOT NULL)))
  loyalty_payments_failed_check CHECK ((((state = 'failed'::text) = (failed_at IS NOT NULL)) AND ((state = 'failed'::text) = (failure_reason IS NOT NULL))))
  loyalty_payments_paid_check CHECK (((state = 'paid'::text) = (paid_at IS NOT NULL)))
  loyalty_payments_sent_check CHECK (((state = ANY (ARRAY['sent'::text, 'paid'::text, 'failed'::text])) = (sent_at IS NOT NULL)))
  loyalty_payments_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'dropped'::text, 'sent'::text, 'paid'::text, 'failed'::text])))
  loyalty_payments_texts_check CHECK (((char_length(reference) <= 200) AND ((char_length(failure_reason) >= 3) AND (char_length(failure_reason) <= 300))))
  loyalty_payments_account_id_fkey FOREIGN KEY (client_id, account_id, creator_id) REFERENCES public.loyalty_payout_accounts(client_id, id, creator_id)
  loyalty_payments_batch_id_fkey FOREIGN KEY (client_id, batch_id) REFERENCES public.loyalty_payout_batches(client_id, id)
  loyalty_payments_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_payments_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_payments_pkey PRIMARY KEY (id)
  loyalty_payments_batch_id_creator_id_key UNIQUE (client_id, batch_id, creator_id)
  loyalty_payments_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_payments_client_id_id_key UNIQUE (client_id, id)

public.loyalty_payout_account_secrets
  loyalty_payout_account_secrets_account_envelope_check CHECK ((account_envelope ~ '^v[0-9]+:[^:]+:[^:]+:[^:]+:[^:]+$'::text))
  loyalty_payout_account_secrets_fingerprint_hash_check CHECK ((fingerprint_hash ~ '^[A-Za-z0-9_-]{43}$'::text))
  loyalty_payout_account_secrets_account_id_fkey FOREIGN KEY (client_id, account_id) REFERENCES public.loyalty_payout_accounts(client_id, id) ON DELETE CASCADE
  loyalty_payout_account_secrets_pkey PRIMARY KEY (account_id)

public.loyalty_payout_accounts
  loyalty_payout_accounts_hint_check CHECK (((char_length(hint) >= 2) AND (char_length(hint) <= 80)))
  loyalty_payout_accounts_method_check CHECK ((method = ANY (ARRAY['paypal'::text, 'venmo'::text])))
  loyalty_payout_accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_payout_accounts_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_payout_accounts_pkey PRIMARY KEY (id)
  loyalty_payout_accounts_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_payout_accounts_client_id_id_key UNIQUE (client_id, id)

public.loyalty_payout_batches
  loyalty_payout_batches_amounts_check CHECK (((payments_count >= 0) AND (total_amount >= 0)))
  loyalty_payout_batches_approved_check CHECK ((((state = ANY (ARRAY['approved'::text, 'sent'::text, 'settled'::text])) = (approved_at IS NOT NULL)) OR (state = 'cancelled'::text)))
  loyalty_payout_batches_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
  loyalty_payout_batches_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  loyalty_payout_batches_method_check CHECK ((method = ANY (ARRAY['paypal'::text, 'venmo'::text])))
  loyalty_payout_batches_provider_check CHECK (((provider = ANY (ARRAY['by_hand'::text, 'paypal'::text])) AND ((provider = 'paypal'::text) OR (provider_reference IS NULL))))
  loyalty_payout_batches_sent_check CHECK ((((state = ANY (ARRAY['sent'::text, 'settled'::text])) = (sent_at IS NOT NULL)) AND ((sent_at IS NULL) OR (provider IS NOT NULL))))
  loyalty_payout_batches_settled_check CHECK (((state = 'settled'::text) = (settled_at IS NOT NULL)))
  loyalty_payout_batches_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'sent'::text, 'settled'::text, 'cancelled'::text])))
  loyalty_payout_batches_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_payout_batches_pkey PRIMARY KEY (id)
  loyalty_payout_batches_client_id_id_key UNIQUE (client_id, id)

public.loyalty_payouts
  loyalty_payouts_closed_check CHECK (((state = ANY (ARRAY['paid'::text, 'netted'::text])) = (closed_at IS NOT NULL)))
  loyalty_payouts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  loyalty_payouts_kind_check CHECK ((kind = ANY (ARRAY['boost'::text, 'clawback'::text])))
  loyalty_payouts_kind_parts_check CHECK (
  CASE
      WHEN (kind = 'boost'::text) THEN ((boost_id IS NOT NULL) AND (claws_back_id IS NULL) AND (amount > 0) AND (reason IS NULL))
      ELSE ((boost_id IS NULL) AND (claws_back_id IS NOT NULL) AND (amount < 0) AND ((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 300)) AND (reason IS NOT NULL))
  END)
  loyalty_payouts_payment_check CHECK (((state = ANY (ARRAY['batched'::text, 'sent'::text, 'paid'::text, 'failed'::text])) = (payment_id IS NOT NULL)))
  loyalty_payouts_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'batched'::text, 'sent'::text, 'paid'::text, 'failed'::text, 'netted'::text])))
  loyalty_payouts_boost_id_fkey FOREIGN KEY (client_id, boost_id, creator_id) REFERENCES public.loyalty_boosts(client_id, id, creator_id)
  loyalty_payouts_claws_back_id_fkey FOREIGN KEY (client_id, claws_back_id, creator_id) REFERENCES public.loyalty_payouts(client_id, id, creator_id)
  loyalty_payouts_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_payouts_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_payouts_payment_id_fkey FOREIGN KEY (client_id, payment_id, creator_id) REFERENCES public.loyalty_payments(client_id, id, creator_id)
  loyalty_payouts_pkey PRIMARY KEY (id)
  loyalty_payouts_boost_id_key UNIQUE (client_id, boost_id)
  loyalty_payouts_claws_back_id_key UNIQUE (client_id, claws_back_id)
  loyalty_payouts_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_payouts_client_id_id_key UNIQUE (client_id, id)

public.loyalty_raffle_draws
  loyalty_raffle_draws_counts_check CHECK (((entries_count >= 0) AND ((winners_count >= 1) AND (winners_count <= 1000)) AND ((alternates_count >= 0) AND (alternates_count <= 1000)) AND ((claim_days >= 1) AND (claim_days <= 60))))
  loyalty_raffle_draws_drawn_check CHECK ((((drawn_at IS NULL) = (seed IS NULL)) AND ((seed IS NULL) OR (seed ~ '^[0-9a-f]{64}$'::text))))
  loyalty_raffle_draws_hash_check CHECK (((entries_hash ~ '^[0-9a-f]{64}$'::text) AND (commitment ~ '^[0-9a-f]{64}$'::text)))
  loyalty_raffle_draws_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_raffle_draws_mission_id_fkey FOREIGN KEY (client_id, mission_id) REFERENCES public.loyalty_missions(client_id, id)
  loyalty_raffle_draws_pkey PRIMARY KEY (id)
  loyalty_raffle_draws_client_id_id_key UNIQUE (client_id, id)
  loyalty_raffle_draws_mission_id_key UNIQUE (client_id, mission_id)

public.loyalty_raffle_entries
  loyalty_raffle_entries_redraw_reason_check CHECK (((char_length(btrim(redraw_reason)) >= 3) AND (char_length(btrim(redraw_reason)) <= 300)))
  loyalty_raffle_entries_state_check CHECK ((state = ANY (ARRAY['entered'::text, 'withdrawn'::text, 'won'::text, 'alternate'::text, 'lost'::text, 'forfeited'::text])))
  loyalty_raffle_entries_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_raffle_entries_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id) ON DELETE CASCADE
  loyalty_raffle_entries_mission_id_fkey FOREIGN KEY (client_id, mission_id) REFERENCES public.loyalty_missions(client_id, id)
  loyalty_raffle_entries_pkey PRIMARY KEY (id)
  loyalty_raffle_entries_client_id_id_key UNIQUE (client_id, id)
  loyalty_raffle_entries_creator_key UNIQUE (client_id, mission_id, creator_id)
  loyalty_raffle_entries_draw_rank_key UNIQUE (client_id, mission_id, draw_rank)
  loyalty_raffle_entries_entry_no_key UNIQUE (client_id, mission_id, entry_no)

public.loyalty_redemption_codes
  loyalty_redemption_codes_envelope_check CHECK (((char_length(envelope) >= 10) AND (char_length(envelope) <= 2000)))
  loyalty_redemption_codes_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_redemption_codes_redemption_id_fkey FOREIGN KEY (client_id, redemption_id) REFERENCES public.loyalty_redemptions(client_id, id)
  loyalty_redemption_codes_pkey PRIMARY KEY (client_id, redemption_id)

public.loyalty_redemptions
  loyalty_redemptions_amounts_check CHECK (((value_amount >= 0) AND (cost_amount >= 0)))
  loyalty_redemptions_claimed_check CHECK ((((state = ANY (ARRAY['claimed'::text, 'fulfilled'::text, 'concluded'::text, 'rejected'::text])) = (claimed_at IS NOT NULL)) AND ((claimed_at IS NULL) OR ((terms <> '{}'::jsonb) AND (reward_version IS NOT NULL) AND (tier_id IS NOT NULL)))))
  loyalty_redemptions_concluded_check CHECK (((state = 'concluded'::text) = (concluded_at IS NOT NULL)))
  loyalty_redemptions_expired_check CHECK (((state = 'expired'::text) = (expired_at IS NOT NULL)))
  loyalty_redemptions_fulfilled_check CHECK (((state = ANY (ARRAY['fulfilled'::text, 'concluded'::text])) = (fulfilled_at IS NOT NULL)))
  loyalty_redemptions_kind_check CHECK ((kind = ANY (ARRAY['gift_card'::text, 'ads_credit'::text, 'physical_gift'::text, 'experience'::text, 'commission_boost'::text, 'discount'::text])))
  loyalty_redemptions_rejected_check CHECK ((((state = 'rejected'::text) = (rejected_at IS NOT NULL)) AND ((state = 'rejected'::text) = (rejection_reason IS NOT NULL))))
  loyalty_redemptions_scheduled_check CHECK (((claimed_at IS NULL) OR (kind <> ALL (ARRAY['commission_boost'::text, 'discount'::text])) OR ((scheduled_at IS NOT NULL) AND (ends_at > scheduled_at))))
  loyalty_redemptions_slot_no_check CHECK ((((window_key IS NULL) = (slot_no IS NULL)) AND ((slot_no >= 1) AND (slot_no <= 10))))
  loyalty_redemptions_source_check CHECK ((((source = 'tier'::text) AND (mission_progress_id IS NULL) AND (raffle_entry_id IS NULL)) OR ((source = 'mission'::text) AND (mission_progress_id IS NOT NULL) AND (raffle_entry_id IS NULL)) OR ((source = 'raffle'::text) AND (raffle_entry_id IS NOT NULL) AND (mission_progress_id IS NULL))))
  loyalty_redemptions_state_check CHECK ((state = ANY (ARRAY['claimable'::text, 'claimed'::text, 'fulfilled'::text, 'concluded'::text, 'rejected'::text, 'expired'::text])))
  loyalty_redemptions_texts_check CHECK ((((char_length(rejection_reason) >= 3) AND (char_length(rejection_reason) <= 300)) AND (char_length(fulfil_note) <= 500) AND (char_length(fulfil_reference) <= 200)))
  loyalty_redemptions_withdrawn_check CHECK ((((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)) AND ((withdrawn_at IS NULL) OR (state = 'claimable'::text))))
  loyalty_redemptions_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_redemptions_creator_id_fkey FOREIGN KEY (client_id, creator_id) REFERENCES public.loyalty_creators(client_id, id)
  loyalty_redemptions_mission_progress_id_fkey FOREIGN KEY (client_id, mission_progress_id) REFERENCES public.loyalty_mission_progress(client_id, id)
  loyalty_redemptions_raffle_entry_id_fkey FOREIGN KEY (client_id, raffle_entry_id) REFERENCES public.loyalty_raffle_entries(client_id, id)
  loyalty_redemptions_reward_id_fkey FOREIGN KEY (client_id, reward_id) REFERENCES public.loyalty_rewards(client_id, id)
  loyalty_redemptions_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_redemptions_pkey PRIMARY KEY (id)
  t50_limits TRIGGER DEFERRABLE INITIALLY DEFERRED
  t50_limits_insert TRIGGER DEFERRABLE INITIALLY DEFERRED
  loyalty_redemptions_client_id_id_creator_id_key UNIQUE (client_id, id, creator_id)
  loyalty_redemptions_client_id_id_key UNIQUE (client_id, id)
  loyalty_redemptions_discounts_excl EXCLUDE USING gist (client_id WITH =, creator_id WITH =, tstzrange(scheduled_at, ends_at) WITH &&) WHERE (((kind = 'discount'::text) AND (state = ANY (ARRAY['claimed'::text, 'fulfilled'::text]))))

public.loyalty_report_mails
  loyalty_report_mails_cadence_check CHECK ((cadence = ANY (ARRAY['weekly'::text, 'monthly'::text])))
  loyalty_report_mails_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_report_mails_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  loyalty_report_mails_pkey PRIMARY KEY (client_id, cadence, person_id)

public.loyalty_reward_limits
  loyalty_reward_limits_budget_check CHECK (((budget_total IS NULL) OR ((budget_total >= 0) AND ((reserved_amount + committed_amount) <= budget_total))))
  loyalty_reward_limits_counts_check CHECK (((reserved_count >= 0) AND (committed_count >= 0) AND (reserved_amount >= 0) AND (committed_amount >= 0)))
  loyalty_reward_limits_coupon_check CHECK ((((coupon_code IS NULL) OR (coupon_code ~ '^[A-Z0-9]{2,8}$'::text)) AND ((coupon_max_uses IS NULL) OR ((coupon_max_uses >= 1) AND (coupon_max_uses <= 1000000)))))
  loyalty_reward_limits_stock_check CHECK (((stock_total IS NULL) OR ((stock_total >= 0) AND ((reserved_count + committed_count) <= stock_total))))
  loyalty_reward_limits_unit_cost_check CHECK (((unit_cost >= 0) AND (unit_cost <= 100000000)))
  loyalty_reward_limits_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_reward_limits_reward_id_fkey FOREIGN KEY (client_id, reward_id) REFERENCES public.loyalty_rewards(client_id, id) ON DELETE CASCADE
  loyalty_reward_limits_pkey PRIMARY KEY (client_id, reward_id)

public.loyalty_rewards
  loyalty_rewards_audience_check CHECK (((offer = 'tier'::text) OR ((tier_id IS NULL) AND (tag IS NULL) AND (preview_from_tier_id IS NULL))))
  loyalty_rewards_boost_check CHECK (
  CASE
      WHEN (kind = 'commission_boost'::text) THEN (((boost_bp >= 1) AND (boost_bp <= 10000)) AND ((boost_days >= 1) AND (boost_days <= 90)) AND (boost_bp IS NOT NULL) AND (boost_days IS NOT NULL))
      ELSE ((boost_bp IS NULL) AND (boost_days IS NULL))
  END)
  loyalty_rewards_description_check CHECK ((char_length(description) <= 500))
  loyalty_rewards_discount_check CHECK (
  CASE
      WHEN (kind = 'discount'::text) THEN (((discount_percent >= 1) AND (discount_percent <= 100)) AND ((discount_minutes >= 10) AND (discount_minutes <= 525600)) AND (discount_percent IS NOT NULL) AND (discount_minutes IS NOT NULL))
      ELSE ((discount_percent IS NULL) AND (discount_minutes IS NULL))
  END)
  loyalty_rewards_expires_days_check CHECK (((expires_days >= 1) AND (expires_days <= 365)))
  loyalty_rewards_frequency_check CHECK ((frequency = ANY (ARRAY['one_time'::text, 'weekly'::text, 'monthly'::text, 'unlimited'::text])))
  loyalty_rewards_instructions_check CHECK ((char_length(instructions) <= 1000))
  loyalty_rewards_kind_check CHECK ((kind = ANY (ARRAY['gift_card'::text, 'ads_credit'::text, 'physical_gift'::text, 'experience'::text, 'commission_boost'::text, 'discount'::text])))
  loyalty_rewards_name_check CHECK (((char_length(btrim(name)) >= 2) AND (char_length(btrim(name)) <= 60)))
  loyalty_rewards_offer_check CHECK ((offer = ANY (ARRAY['tier'::text, 'mission'::text])))
  loyalty_rewards_preview_check CHECK (((preview_from_tier_id IS NULL) OR (tier_id IS NOT NULL)))
  loyalty_rewards_published_at_check CHECK ((((state = 'draft'::text) = (published_at IS NULL)) OR (state = 'archived'::text)))
  loyalty_rewards_quantity_check CHECK ((((frequency = 'unlimited'::text) = (quantity IS NULL)) AND ((quantity IS NULL) OR ((quantity >= 1) AND (quantity <= 10)))))
  loyalty_rewards_sizes_check CHECK (((requires_size = (cardinality(sizes) > 0)) AND ((NOT requires_size) OR (kind = 'physical_gift'::text)) AND (cardinality(sizes) <= 12)))
  loyalty_rewards_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'paused'::text, 'archived'::text])))
  loyalty_rewards_tag_check CHECK ((tag ~ '^[a-z0-9][a-z0-9-]{0,29}$'::text))
  loyalty_rewards_value_amount_check CHECK ((((value_amount >= 0) AND (value_amount <= 100000000)) AND ((kind <> ALL (ARRAY['gift_card'::text, 'ads_credit'::text])) OR (value_amount > 0))))
  loyalty_rewards_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id)
  loyalty_rewards_preview_from_tier_id_fkey FOREIGN KEY (client_id, preview_from_tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_rewards_tier_id_fkey FOREIGN KEY (client_id, tier_id) REFERENCES public.loyalty_tiers(client_id, id)
  loyalty_rewards_pkey PRIMARY KEY (id)
  loyalty_rewards_client_id_id_key UNIQUE (client_id, id)

public.loyalty_settings
  loyalty_settings_capacity_check CHECK ((((boost_capacity >= 1) AND (boost_capacity <= 1000)) AND ((discount_capacity >= 1) AND (discount_capacity <= 1000))))
  loyalty_settings_checkpoint_months_check CHECK (((checkpoint_months >= 1) AND (checkpoint_months <= 24)))
  loyalty_settings_clearing_days_check CHECK (((clearing_days >= 0) AND (clearing_days <= 90)))
  loyalty_settings_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  loyalty_settings_discount_hours_check CHECK ((discount_from < discount_to))
  loyalty_settings_discount_slot_minutes_check CHECK ((discount_slot_minutes = ANY (ARRAY[15, 30, 60])))
  loyalty_settings_fall_guard_percent_check CHECK (((fall_guard_percent >= 1) AND (fall_guard_percent <= 100)))
  loyalty_settings_fulfil_hours_check CHECK (((fulfil_hours >= 1) AND (fulfil_hours <= 168)))
  loyalty_settings_metric_check CHECK ((metric = ANY (ARRAY['sales'::text, 'units'::text])))
  loyalty_settings_payout_minimum_check CHECK (((payout_minimum >= 0) AND (payout_minimum <= 100000000)))
  loyalty_settings_schedule_days_ahead_check CHECK (((schedule_days_ahead >= 1) AND (schedule_days_ahead <= 30)))
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
  loyalty_sync_stages_stage_check CHECK ((stage = ANY (ARRAY['ingest'::text, 'snapshots'::text, 'missions'::text, 'totals'::text, 'tiers'::text, 'checkpoints'::text, 'rewards'::text, 'boosts'::text, 'raffles'::text, 'notify'::text])))
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
  loyalty_video_snapshots_pkey PRIMARY KEY (client_id, video_id, business_date)

public.loyalty_videos
  loyalty_videos_counts_check CHECK (((views >= 0) AND (likes >= 0) AND (comments >= 0) AND (units >= 0)))
  loyalty_videos_ctr_bp_check CHECK (((ctr_bp IS NULL) OR ((ctr_bp >= 0) AND (ctr_bp <= 10000))))
  loyalty_videos_url_key_check CHECK (((url_key <> ''::text) AND (octet_length(url_key) <= 2000)))
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

public.people_views
  people_views_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 200)))
  people_views_span_check CHECK (((expires_at > started_at) AND (expires_at <= (started_at + '01:00:00'::interval))))
  people_views_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE RESTRICT
  people_views_person_id_fkey FOREIGN KEY (client_id, person_id) REFERENCES public.people(client_id, id) ON DELETE CASCADE
  people_views_viewer_user_id_fkey FOREIGN KEY (viewer_user_id) REFERENCES auth.users(id) ON DELETE CASCADE
  people_views_pkey PRIMARY KEY (id)
  people_views_client_id_id_key UNIQUE (client_id, id)

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

private.auth_devices
  CREATE INDEX auth_devices_device_hash_idx ON private.auth_devices USING btree (device_hash)
  CREATE INDEX auth_devices_user_id_idx ON private.auth_devices USING btree (user_id)

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

public.loyalty_account_reveals
  CREATE INDEX loyalty_account_reveals_account_id_idx ON public.loyalty_account_reveals USING btree (client_id, account_id, created_at)

public.loyalty_adjustments
  CREATE INDEX loyalty_adjustments_client_id_created_at_idx ON public.loyalty_adjustments USING btree (client_id, created_at, id)
  CREATE INDEX loyalty_adjustments_creator_id_idx ON public.loyalty_adjustments USING btree (client_id, creator_id, effective_on)

public.loyalty_boosts
  CREATE INDEX loyalty_boosts_creator_id_idx ON public.loyalty_boosts USING btree (client_id, creator_id, starts_at)
  CREATE INDEX loyalty_boosts_ends_at_idx ON public.loyalty_boosts USING btree (ends_at) WHERE (state = ANY (ARRAY['active'::text, 'expired'::text]))
  CREATE INDEX loyalty_boosts_starts_at_idx ON public.loyalty_boosts USING btree (starts_at) WHERE (state = 'scheduled'::text)
  CREATE INDEX loyalty_boosts_state_idx ON public.loyalty_boosts USING btree (client_id, state, starts_at)
  CREATE UNIQUE INDEX loyalty_boosts_running_key ON public.loyalty_boosts USING btree (client_id, creator_id) WHERE (state = ANY (ARRAY['scheduled'::text, 'active'::text]))

public.loyalty_creator_tags
  CREATE INDEX loyalty_creator_tags_tag_idx ON public.loyalty_creator_tags USING btree (client_id, tag, creator_id)

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

public.loyalty_gifts
  CREATE INDEX loyalty_gifts_creator_id_idx ON public.loyalty_gifts USING btree (client_id, creator_id, created_at)
  CREATE INDEX loyalty_gifts_under_way_idx ON public.loyalty_gifts USING btree (client_id, shipped_at) WHERE ((shipped_at IS NOT NULL) AND (delivered_at IS NULL))

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

public.loyalty_holds
  CREATE INDEX loyalty_holds_creator_id_idx ON public.loyalty_holds USING btree (client_id, creator_id, state)
  CREATE INDEX loyalty_holds_other_creator_id_idx ON public.loyalty_holds USING btree (client_id, other_creator_id, state)
  CREATE INDEX loyalty_holds_state_idx ON public.loyalty_holds USING btree (client_id, state, opened_at, id)
  CREATE UNIQUE INDEX loyalty_holds_pair_key ON public.loyalty_holds USING btree (client_id, LEAST(creator_id, other_creator_id), GREATEST(creator_id, other_creator_id), reason) WHERE (other_creator_id IS NOT NULL)

public.loyalty_import_mappings
  CREATE INDEX loyalty_import_mappings_updated_by_idx ON public.loyalty_import_mappings USING btree (client_id, updated_by)

public.loyalty_mission_progress
  CREATE INDEX loyalty_mission_progress_creator_id_idx ON public.loyalty_mission_progress USING btree (client_id, creator_id, state)
  CREATE INDEX loyalty_mission_progress_due_on_idx ON public.loyalty_mission_progress USING btree (client_id, due_on) WHERE ((state = 'active'::text) AND (due_on IS NOT NULL))
  CREATE INDEX loyalty_mission_progress_mission_id_idx ON public.loyalty_mission_progress USING btree (client_id, mission_id, state)
  CREATE INDEX loyalty_mission_progress_tier_id_idx ON public.loyalty_mission_progress USING btree (client_id, tier_id)
  CREATE UNIQUE INDEX loyalty_mission_progress_active_key ON public.loyalty_mission_progress USING btree (client_id, creator_id, kind) WHERE ((state = 'active'::text) AND (kind <> 'raffle'::text))

public.loyalty_missions
  CREATE INDEX loyalty_missions_client_id_state_idx ON public.loyalty_missions USING btree (client_id, state, display_order, id)
  CREATE INDEX loyalty_missions_preview_from_tier_id_idx ON public.loyalty_missions USING btree (client_id, preview_from_tier_id)
  CREATE INDEX loyalty_missions_reward_id_idx ON public.loyalty_missions USING btree (client_id, reward_id)
  CREATE INDEX loyalty_missions_tier_id_idx ON public.loyalty_missions USING btree (client_id, tier_id)

public.loyalty_payments
  CREATE INDEX loyalty_payments_account_id_idx ON public.loyalty_payments USING btree (client_id, account_id, creator_id)
  CREATE INDEX loyalty_payments_creator_id_idx ON public.loyalty_payments USING btree (client_id, creator_id, created_at)
  CREATE INDEX loyalty_payments_state_idx ON public.loyalty_payments USING btree (client_id, state, created_at, id)

public.loyalty_payout_account_secrets
  CREATE INDEX loyalty_payout_account_secrets_account_id_idx ON public.loyalty_payout_account_secrets USING btree (client_id, account_id)
  CREATE INDEX loyalty_payout_account_secrets_fingerprint_idx ON public.loyalty_payout_account_secrets USING btree (client_id, fingerprint_hash)

public.loyalty_payout_accounts
  CREATE INDEX loyalty_payout_accounts_creator_id_idx ON public.loyalty_payout_accounts USING btree (client_id, creator_id, created_at)
  CREATE UNIQUE INDEX loyalty_payout_accounts_current_key ON public.loyalty_payout_accounts USING btree (client_id, creator_id) WHERE (replaced_at IS NULL)

public.loyalty_payout_batches
  CREATE INDEX loyalty_payout_batches_state_idx ON public.loyalty_payout_batches USING btree (client_id, state, created_at, id)

public.loyalty_payouts
  CREATE INDEX loyalty_payouts_boost_id_idx ON public.loyalty_payouts USING btree (client_id, boost_id, creator_id)
  CREATE INDEX loyalty_payouts_claws_back_id_idx ON public.loyalty_payouts USING btree (client_id, claws_back_id, creator_id)
  CREATE INDEX loyalty_payouts_creator_id_idx ON public.loyalty_payouts USING btree (client_id, creator_id, created_at)
  CREATE INDEX loyalty_payouts_open_idx ON public.loyalty_payouts USING btree (client_id, creator_id) WHERE (state = 'pending'::text)
  CREATE INDEX loyalty_payouts_payment_id_idx ON public.loyalty_payouts USING btree (client_id, payment_id, creator_id)

public.loyalty_raffle_entries
  CREATE INDEX loyalty_raffle_entries_creator_id_idx ON public.loyalty_raffle_entries USING btree (client_id, creator_id, entered_at)
  CREATE INDEX loyalty_raffle_entries_state_idx ON public.loyalty_raffle_entries USING btree (client_id, mission_id, state, draw_rank)

public.loyalty_redemptions
  CREATE INDEX loyalty_redemptions_claim_until_idx ON public.loyalty_redemptions USING btree (client_id, claim_until) WHERE ((state = 'claimable'::text) AND (claim_until IS NOT NULL))
  CREATE INDEX loyalty_redemptions_claimed_at_idx ON public.loyalty_redemptions USING btree (client_id, claimed_at, id) WHERE (claimed_at IS NOT NULL)
  CREATE INDEX loyalty_redemptions_creator_id_idx ON public.loyalty_redemptions USING btree (client_id, creator_id, offered_at, id)
  CREATE INDEX loyalty_redemptions_promised_idx ON public.loyalty_redemptions USING btree (client_id, due_at) WHERE ((due_at IS NOT NULL) AND (state = ANY (ARRAY['claimed'::text, 'fulfilled'::text, 'concluded'::text])))
  CREATE INDEX loyalty_redemptions_queue_idx ON public.loyalty_redemptions USING btree (client_id, due_at, id) WHERE (state = 'claimed'::text)
  CREATE INDEX loyalty_redemptions_reward_id_idx ON public.loyalty_redemptions USING btree (client_id, reward_id, state)
  CREATE INDEX loyalty_redemptions_scheduled_at_idx ON public.loyalty_redemptions USING btree (client_id, kind, scheduled_at) WHERE ((scheduled_at IS NOT NULL) AND (state = ANY (ARRAY['claimed'::text, 'fulfilled'::text])))
  CREATE INDEX loyalty_redemptions_state_idx ON public.loyalty_redemptions USING btree (client_id, state, claimed_at, id)
  CREATE INDEX loyalty_redemptions_tier_id_idx ON public.loyalty_redemptions USING btree (client_id, tier_id)
  CREATE UNIQUE INDEX loyalty_redemptions_mission_progress_id_key ON public.loyalty_redemptions USING btree (client_id, mission_progress_id) WHERE (mission_progress_id IS NOT NULL)
  CREATE UNIQUE INDEX loyalty_redemptions_offer_key ON public.loyalty_redemptions USING btree (client_id, creator_id, reward_id) WHERE ((source = 'tier'::text) AND (state = 'claimable'::text))
  CREATE UNIQUE INDEX loyalty_redemptions_open_claim_key ON public.loyalty_redemptions USING btree (client_id, creator_id, reward_id) WHERE ((source = 'tier'::text) AND (state = ANY (ARRAY['claimed'::text, 'fulfilled'::text])))
  CREATE UNIQUE INDEX loyalty_redemptions_raffle_entry_id_key ON public.loyalty_redemptions USING btree (client_id, raffle_entry_id) WHERE (raffle_entry_id IS NOT NULL)
  CREATE UNIQUE INDEX loyalty_redemptions_slot_key ON public.loyalty_redemptions USING btree (client_id, creator_id, reward_id, window_key, slot_no) WHERE ((window_key IS NOT NULL) AND (state <> 'rejected'::text))

public.loyalty_report_mails
  CREATE INDEX loyalty_report_mails_person_id_idx ON public.loyalty_report_mails USING btree (client_id, person_id)

public.loyalty_rewards
  CREATE INDEX loyalty_rewards_client_id_state_idx ON public.loyalty_rewards USING btree (client_id, state, display_order, id)
  CREATE INDEX loyalty_rewards_preview_from_tier_id_idx ON public.loyalty_rewards USING btree (client_id, preview_from_tier_id)
  CREATE INDEX loyalty_rewards_tier_id_idx ON public.loyalty_rewards USING btree (client_id, tier_id)

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

public.people_views
  CREATE INDEX people_views_person_id_idx ON public.people_views USING btree (client_id, person_id, started_at)
  CREATE INDEX people_views_viewer_user_id_idx ON public.people_views USING btree (viewer_user_id)
  CREATE UNIQUE INDEX people_views_open_key ON public.people_views USING btree (client_id, viewer_user_id) WHERE (ended_at IS NULL)

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

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text, p_device text)
  CREATE OR REPLACE FUNCTION private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text, p_device text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.auth_sessions (session_id, user_id, user_agent, ip_hint)
    values (p_session, p_user, left(p_agent, 200), left(p_ip_hint, 64))
    on conflict (session_id) do nothing;
    insert into private.auth_devices (session_id, user_id, device_hash)
    select p_session, p_user, p_device where p_device is not null
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
    v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    if v_viewed is not null then
      -- What a member may: a role of staff given to the person meanwhile opens nothing to whoever looks as her.
      return coalesce((
        select array_agg(distinct p.client_id)
          from public.people p
          join public.person_roles pr on pr.client_id = p.client_id and pr.person_id = p.id
            and (pr.valid_until is null or pr.valid_until > now())
          join public.roles r on r.id = pr.role_id and not r.is_staff
          join public.role_permissions rp on rp.role_id = pr.role_id and rp.permission_id = p_permission
         where p.id = v_viewed and (not v_is_program or private.program_is_on(p.client_id, v_room))), '{}');
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
    -- Asked last: from here on a request that looks as somebody cannot write, and the session was touched above.
    if private.viewed_person() is not null then
      select v_result || jsonb_build_object('view', jsonb_build_object('personId', p.id, 'name', p.display_name, 'expiresAt', w.expires_at))
        into v_result
        from public.people p
        join public.people_views w on w.client_id = p.client_id and w.person_id = p.id and w.viewer_user_id = v_user and w.ended_at is null
       where p.id = private.viewed_person() and p.client_id = v_client.id
       order by w.expires_at desc limit 1;
      select * into v_person from public.people p where p.client_id = v_client.id and p.id = private.viewed_person();
    else
      select * into v_person from public.people p where p.client_id = v_client.id and p.user_id = v_user and p.state = 'active';
    end if;
    if v_person.id is null then
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

private.is_tracking_number(p_carrier text, p_number text)
  CREATE OR REPLACE FUNCTION private.is_tracking_number(p_carrier text, p_number text)
   RETURNS boolean
   LANGUAGE plpgsql
   IMMUTABLE
   SET search_path TO ''
  AS $function$
  begin
    return case p_carrier
      when 'ups' then p_number ~ '^(1Z[0-9A-Z]{16}|T[0-9]{10}|[0-9]{9}|[0-9]{26})$'
      when 'fedex' then p_number ~ '^([0-9]{12}|[0-9]{15}|[0-9]{20}|[0-9]{22})$'
      when 'usps' then p_number ~ '^([0-9]{20}|[0-9]{22}|[0-9]{26}|[0-9]{30}|[A-Z]{2}[0-9]{9}US)$'
      when 'dhl' then p_number ~ '^([0-9]{10,11}|JJD[0-9A-Z]{8,20}|JD[0-9]{16,18}|GM[0-9]{10,20}|[A-Z]{2}[0-9]{9}[A-Z]{2})$'
      else coalesce(p_number, '') = '' or p_number ~ '^[0-9A-Z-]{4,40}$' end;
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

private.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid;
    v_seen integer;
    v_more integer;
  begin
    select c.id into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    update public.loyalty_redemptions x set seen_at = now()
     where x.client_id = p_client and x.creator_id = v_creator and x.id = any (p_ids) and x.state in ('fulfilled', 'concluded')
       and x.seen_at is null;
    get diagnostics v_seen = row_count;
    update public.loyalty_raffle_entries e set seen_at = now()
     where e.client_id = p_client and e.creator_id = v_creator and e.id = any (p_ids) and e.state = 'won' and e.seen_at is null;
    get diagnostics v_more = row_count;
    return v_seen + v_more;
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

private.loyalty_address_key(p_line1 text, p_line2 text, p_postal_code text, p_country text)
  CREATE OR REPLACE FUNCTION private.loyalty_address_key(p_line1 text, p_line2 text, p_postal_code text, p_country text)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    -- "12 Rue du Lac, Apt. 4" and "12 rue du lac apt 4" are one door.
    select p_country || ' ' || regexp_replace(lower(p_postal_code), '[^a-z0-9]', '', 'g') || ' '
        || regexp_replace(lower(p_line1 || ' ' || p_line2), '[^[:alnum:]]+', '', 'g')
  $function$

private.loyalty_advance_boosts(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_advance_boosts(p_client uuid, p_date date)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    return private.loyalty_move_boosts(p_client, now(), p_date)
      || jsonb_build_object('mismatches', (select count(*) from private.loyalty_money_mismatches(p_client)));
  end $function$

private.loyalty_advance_due_boosts(p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_advance_due_boosts(p_now timestamp with time zone DEFAULT now())
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_client uuid;
    v_count integer := 0;
  begin
    for v_client in
      select b.client_id from public.loyalty_boosts b where b.state = 'scheduled' and b.starts_at <= p_now
      union
      select b.client_id from public.loyalty_boosts b where b.state = 'active' and b.ends_at <= p_now
      order by 1
    loop
      perform private.loyalty_move_boosts(v_client, p_now, null);
      v_count := v_count + 1;
    end loop;
    return v_count;
  end $function$

private.loyalty_advance_raffles(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_advance_raffles(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_row record;
    v_sealed integer := 0;
    v_forfeited integer := 0;
    v_moved integer := 0;
  begin
    for v_row in
      select m.id from public.loyalty_missions m
       where m.client_id = p_client and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended')
         and m.ends_at <= clock_timestamp()
         and not exists (select from public.loyalty_raffle_draws d where d.client_id = m.client_id and d.mission_id = m.id)
       order by m.ends_at, m.id
    loop
      perform private.loyalty_seal_list(p_client, v_row.id);
      v_sealed := v_sealed + 1;
    end loop;
    for v_row in
      select e.id, e.mission_id
        from public.loyalty_raffle_entries e
        join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
       where e.client_id = p_client and e.state = 'won' and not x.is_held
         and (x.state = 'expired' or (x.state = 'claimable' and x.claim_until <= clock_timestamp()))
       order by e.mission_id, e.draw_rank
    loop
      perform 1 from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = v_row.mission_id for update;
      -- Looked at again under the lock: she may have claimed, or another run may have been here.
      perform 1 from public.loyalty_raffle_entries e
        join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
       where e.client_id = p_client and e.id = v_row.id and e.state = 'won' and x.state in ('claimable', 'expired') for update;
      if found then
        v_forfeited := v_forfeited + 1;
        if private.loyalty_forfeit_prize(p_client, v_row.id, null) is not null then
          v_moved := v_moved + 1;
        end if;
      end if;
    end loop;
    -- Nobody can move up any more once every place is taken for good.
    update public.loyalty_raffle_entries a set state = 'lost'
     where a.client_id = p_client and a.state = 'alternate'
       and not exists (
         select from public.loyalty_raffle_entries w
           join public.loyalty_redemptions x on x.client_id = w.client_id and x.raffle_entry_id = w.id
          where w.client_id = a.client_id and w.mission_id = a.mission_id and w.state = 'won'
            and x.state in ('claimable', 'claimed', 'rejected'));
    return jsonb_build_object('sealed', v_sealed, 'forfeited', v_forfeited, 'movedUp', v_moved);
  end $function$

private.loyalty_apply_changed(p_run public.loyalty_sync_runs)
  CREATE OR REPLACE FUNCTION private.loyalty_apply_changed(p_run public.loyalty_sync_runs)
   RETURNS uuid[]
   LANGUAGE plpgsql
   SET search_path TO ''
   SET enable_hashjoin TO 'off'
   SET enable_mergejoin TO 'off'
   SET jit TO 'off'
   SET work_mem TO '64MB'
  AS $function$
  declare
    v_found bigint;
    v_all bigint := 0;
    v_creators uuid[];
    v_all_creators uuid[] := '{}';
  begin
    for v_round in 1..2 loop
      with moved as (
        update public.loyalty_videos v
           set views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units, ctr_bp = w.ctr_bp,
               url = coalesce(w.url, v.url), title = coalesce(w.title, v.title), posted_on = coalesce(w.posted_on, v.posted_on),
               last_run_id = p_run.id, figures_at = now()
          from public.loyalty_sync_run_rows w
         where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
           -- Not written as an equality of ids: the planner would look each one up in an index.
           and v.ctid = w.video_at and v.id is not distinct from w.video_id and v.client_id = p_run.client_id
           and v.last_run_id is distinct from p_run.id
        returning v.id, v.creator_id, v.views, v.likes, v.comments, v.gmv, v.units,
                  v.views - w.views_before as views_delta, v.likes - w.likes_before as likes_delta,
                  v.comments - w.comments_before as comments_delta, v.gmv - w.gmv_before as gmv_delta,
                  v.units - w.units_before as units_delta, w.has_snapshot
      ), written as (
        insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
          gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
        select p_run.client_id, m.id, p_run.business_date, m.creator_id, p_run.id, m.views, m.likes, m.comments,
               m.gmv, m.units, m.views_delta, m.likes_delta, m.comments_delta, m.gmv_delta, m.units_delta
          from moved m
         where not m.has_snapshot
           and (m.views_delta <> 0 or m.likes_delta <> 0 or m.comments_delta <> 0 or m.gmv_delta <> 0 or m.units_delta <> 0)
         -- In the order of the key: that costs less than going to and fro in its index.
         order by m.id
      )
      select (select count(*) from moved), array(select distinct m.creator_id from moved m) into v_found, v_creators;
      v_all := v_all + v_found;
      v_all_creators := v_all_creators || v_creators;
      exit when v_all = p_run.rows_changed;
      update public.loyalty_sync_run_rows w set video_at = v.ctid
        from public.loyalty_videos v
       where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
         and v.client_id = p_run.client_id and v.id = w.video_id and v.last_run_id is distinct from p_run.id;
    end loop;
    -- What a foreign key of snapshots would check row by row: every video that moved is there, in this business.
    if v_all <> p_run.rows_changed then
      raise exception using errcode = 'ST002', message = 'Some videos of this file are gone. Read the file again.', detail = 'state';
    end if;
    return v_all_creators;
  end $function$

private.loyalty_apply_new(p_run public.loyalty_sync_runs)
  CREATE OR REPLACE FUNCTION private.loyalty_apply_new(p_run public.loyalty_sync_runs)
   RETURNS uuid[]
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_creators uuid[];
  begin
    with added as (
      insert into public.loyalty_videos as v (id, client_id, creator_id, url, url_key, title, posted_on, views, likes, comments,
        gmv, units, ctr_bp, first_seen_on, last_run_id)
      select w.video_id, p_run.client_id, w.creator_id, w.url, w.url_key, w.title, w.posted_on, w.views, w.likes, w.comments,
             w.gmv, w.units, w.ctr_bp, p_run.business_date, p_run.id
        from public.loyalty_sync_run_rows w
       where w.client_id = p_run.client_id and w.run_id = p_run.id and w.creator_id is not null
         and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen'))
       order by w.url_key
      returning v.id, v.creator_id, v.posted_on, v.views, v.likes, v.comments, v.gmv, v.units
    ), written as (
      insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
        gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta, is_opening)
      select p_run.client_id, a.id, case when o.is_opening then a.posted_on else p_run.business_date end, a.creator_id, p_run.id,
             a.views, a.likes, a.comments, a.gmv, a.units, a.views, a.likes, a.comments, a.gmv, a.units, o.is_opening
        from added a
       -- What an old video sold before we first saw it belongs to when it was posted, not to tonight.
       cross join lateral (select a.posted_on < p_run.business_date - 31 as is_opening) o
    )
    select array(select distinct a.creator_id from added a) into v_creators;
    return v_creators;
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

private.loyalty_batch_head(p_batch public.loyalty_payout_batches)
  CREATE OR REPLACE FUNCTION private.loyalty_batch_head(p_batch public.loyalty_payout_batches)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return jsonb_build_object('id', p_batch.id, 'method', p_batch.method, 'currency', p_batch.currency, 'state', p_batch.state,
      'payments', p_batch.payments_count, 'amount', p_batch.total_amount, 'provider', p_batch.provider,
      'providerReference', p_batch.provider_reference, 'providerMessage', p_batch.provider_message, 'createdAt', p_batch.created_at,
      'createdBy', (select p.display_name from public.people p where p.client_id = p_batch.client_id and p.user_id = p_batch.created_by),
      'approvedAt', p_batch.approved_at, 'exportedAt', p_batch.exported_at, 'sentAt', p_batch.sent_at, 'settledAt', p_batch.settled_at,
      'cancelledAt', p_batch.cancelled_at,
      'byState', (select coalesce(jsonb_object_agg(m.state, m.count), '{}') from (
                    select t.state, count(*) as count from public.loyalty_payments t
                     where t.client_id = p_batch.client_id and t.batch_id = p_batch.id group by t.state) m));
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

private.loyalty_boost_amount(p_sales bigint, p_rate_bp integer)
  CREATE OR REPLACE FUNCTION private.loyalty_boost_amount(p_sales bigint, p_rate_bp integer)
   RETURNS bigint
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    select (p_sales * p_rate_bp + 5000) / 10000
  $function$

private.loyalty_boost_person(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_boost_person(p_client uuid, p_creator uuid)
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return array(select c.person_id from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator);
  end $function$

private.loyalty_boost_sales(p_boost public.loyalty_boosts, p_until date)
  CREATE OR REPLACE FUNCTION private.loyalty_boost_sales(p_boost public.loyalty_boosts, p_until date)
   RETURNS bigint
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return greatest(0, coalesce((
      select sum(greatest(0, m.moved + m.taken_back))::bigint
        from (select coalesce(sum(s.gmv_delta) filter (where s.business_date <= p_boost.last_on), 0) as moved,
                     coalesce(sum(least(s.gmv_delta, 0)) filter (where s.business_date > p_boost.last_on), 0) as taken_back
                from public.loyalty_video_snapshots s
                join public.loyalty_videos v on v.client_id = s.client_id and v.id = s.video_id
               where s.client_id = p_boost.client_id and s.creator_id = p_boost.creator_id and not s.is_opening
                 and s.business_date >= p_boost.first_on and s.business_date <= greatest(p_boost.last_on, p_until)
                 and (s.business_date <> v.first_seen_on or v.posted_on >= p_boost.first_on - 1)
               group by s.video_id) m), 0)
    + coalesce((
      select sum(a.amount)::bigint from public.loyalty_adjustments a
       where a.client_id = p_boost.client_id and a.creator_id = p_boost.creator_id and a.kind in ('refund', 'correction') and a.amount < 0
         and a.reverses_id is null and a.effective_on >= p_boost.first_on and a.effective_on <= p_boost.last_on
         and not exists (select from public.loyalty_adjustments r where r.client_id = a.client_id and r.reverses_id = a.id)), 0));
  end $function$

private.loyalty_build_offers(p_client uuid, p_reward uuid, p_creator uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_build_offers(p_client uuid, p_reward uuid, p_creator uuid, p_now timestamp with time zone)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
    v_count bigint;
    v_nestloop text := current_setting('enable_nestloop');
  begin
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    drop table if exists pg_temp.loyalty_due_offers;
    -- Sets are joined to sets: before statistics exist, a loop over all stays for each creator would take minutes.
    perform set_config('enable_nestloop', case when p_creator is null then 'off' else v_nestloop end, true);
    create temporary table loyalty_due_offers on commit drop as
    with rewards as materialized (
      select r.id, r.kind, r.name, r.tier_id, r.tag, r.expires_days, r.quantity, r.display_order,
             private.loyalty_window_key(r.frequency, r.kind, null, private.local_date(p_now, v_zone)) as key,
             l.stock_total - l.reserved_count - l.committed_count as left_over
        from public.loyalty_rewards r
        join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
       where r.client_id = p_client and r.offer = 'tier' and r.state = 'published' and (p_reward is null or r.id = p_reward)
    ), stays as materialized (
      select x.id, x.creator_id, x.tier_id, x.ended_at from public.loyalty_tier_stints x
       where x.client_id = p_client and (p_creator is null or x.creator_id = p_creator)
    ), creators as materialized (
      select c.id, c.person_id, c.tier_id, s.id as stint_id, coalesce(s.id::text, 'first') as stint, e.left_at
        from public.loyalty_creators c
        left join stays s on s.creator_id = c.id and s.ended_at is null
        left join (select x.creator_id, x.tier_id, max(x.ended_at) as left_at from stays x
                    where x.ended_at is not null group by x.creator_id, x.tier_id) e on e.creator_id = c.id and e.tier_id = c.tier_id
       where c.client_id = p_client and c.state = 'active' and (p_creator is null or c.id = p_creator)
         and (c.total_videos > 0 or (p_creator is not null and exists (select from public.loyalty_videos v
                where v.client_id = p_client and v.creator_id = c.id)))
    ), due as materialized (
      select c.id as creator_id, c.person_id, c.tier_id, c.stint_id, c.left_at, r.id as reward_id, r.kind, r.name, r.expires_days,
             r.quantity, r.display_order, r.left_over,
             case r.key when 'stint:first' then 'stint:' || c.stint else r.key end as key,
             case when r.key is null or r.key = 'stint:first' then 'stint:' || c.stint else r.key end as offer_window
        from creators c
        join rewards r on (r.tier_id is null or r.tier_id = c.tier_id)
         and (r.tag is null or exists (select from public.loyalty_creator_tags g
                where g.client_id = p_client and g.creator_id = c.id and g.tag = r.tag))
    )
    select d.*, coalesce(u.is_open, false) as is_open, coalesce(u.times >= d.quantity, false) as is_used_up
      from due d
      left join (
        -- As private.loyalty_reward_standing counts it, for many at once.
        select x.creator_id, x.reward_id, bool_or(x.state in ('claimed', 'fulfilled')) as is_open,
               count(*) filter (where x.window_key = x.key or (x.key like 'stint:%' and x.window_key like 'stint:%' and x.tier_id = x.own_tier_id
                 and x.claimed_at >= coalesce(x.left_at, '-infinity') and x.stint_gone)) as times
          from (select r.creator_id, r.reward_id, r.state, r.window_key, r.tier_id, r.claimed_at, d.key, d.tier_id as own_tier_id,
                       d.left_at, s.id is null as stint_gone
                  from public.loyalty_redemptions r
                  join due d on d.creator_id = r.creator_id and d.reward_id = r.reward_id
                  left join stays s on s.id = r.tier_stint_id
                 where r.client_id = p_client and r.source = 'tier' and r.state in ('claimed', 'fulfilled', 'concluded')) x
         group by x.creator_id, x.reward_id) u on u.creator_id = d.creator_id and u.reward_id = d.reward_id;
    get diagnostics v_count = row_count;
    perform set_config('enable_nestloop', v_nestloop, true);
    analyze pg_temp.loyalty_due_offers;
    return v_count;
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

private.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
    v_gift uuid;
  begin
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption
       and (r.creator_id = any (private.my_creators()) or private.has_permission(p_client, 'loyalty.redemptions.fulfil')) for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this claim.';
    end if;
    update public.loyalty_gifts g
       set recipient = btrim(coalesce(p_address ->> 'recipient', '')), line1 = btrim(coalesce(p_address ->> 'line1', '')),
           line2 = btrim(coalesce(p_address ->> 'line2', '')), city = btrim(coalesce(p_address ->> 'city', '')),
           region = btrim(coalesce(p_address ->> 'region', '')), postal_code = btrim(coalesce(p_address ->> 'postalCode', '')),
           country = upper(btrim(coalesce(p_address ->> 'country', ''))), phone = btrim(coalesce(p_address ->> 'phone', ''))
     where g.client_id = p_client and g.redemption_id = p_redemption and g.shipped_at is null and v_row.state = 'claimed'
    returning g.id into v_gift;
    if v_gift is null then
      raise exception using errcode = 'ST001', message = case when v_row.kind <> 'physical_gift' then 'Only a physical gift has an address.'
        else 'The address can be changed until the gift is shipped.' end;
    end if;
    -- Who changed it and when; the addresses themselves stay out of a log that is never deleted.
    perform private.log_access(p_client, 'loyalty_gifts', v_gift::text, 'update');
    return jsonb_build_object('id', p_redemption, 'state', v_row.state);
  end $function$

private.loyalty_check_fixed(p_was public.loyalty_missions, p_is public.loyalty_missions)
  CREATE OR REPLACE FUNCTION private.loyalty_check_fixed(p_was public.loyalty_missions, p_is public.loyalty_missions)
   RETURNS void
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_field text;
  begin
    select f.field into v_field
      from (values ('kind', p_was.kind = p_is.kind), ('rewardId', p_was.reward_id = p_is.reward_id),
                   ('tierId', p_was.tier_id is not distinct from p_is.tier_id), ('tag', p_was.tag is not distinct from p_is.tag),
                   ('countsFrom', p_was.counts_from = p_is.counts_from), ('reachesCurrent', p_was.reaches_current = p_is.reaches_current),
                   ('isRecurring', p_was.is_recurring = p_is.is_recurring),
                   ('daysToFinish', p_was.days_to_finish is not distinct from p_is.days_to_finish),
                   ('winnersCount', p_was.winners_count is not distinct from p_is.winners_count),
                   ('claimDays', p_was.claim_days is not distinct from p_is.claim_days)) f (field, is_same)
     where p_was.state <> 'draft' and not f.is_same limit 1;
    if found then
      raise exception using errcode = 'VA001', detail = v_field,
        message = 'This is fixed since the mission was published. End the mission and make a copy to change it.';
    end if;
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

private.loyalty_check_reward_limits(p_client uuid, p_reward uuid, p_kind text, p_draft jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_check_reward_limits(p_client uuid, p_reward uuid, p_kind text, p_draft jsonb)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_limits public.loyalty_reward_limits;
    v_stock integer := (p_draft ->> 'stockTotal')::integer;
    v_budget bigint := (p_draft ->> 'budgetTotal')::bigint;
  begin
    -- Claims move this row: held until the end, so that a cap is never checked against a count that has moved on.
    select l.* into v_limits from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = p_reward for update;
    if v_stock < v_limits.reserved_count + v_limits.committed_count then
      raise exception using errcode = 'VA001', detail = 'stockTotal',
        message = format('%s are claimed already (%s waiting, %s fulfilled): the stock cannot be lower than that.',
          v_limits.reserved_count + v_limits.committed_count, v_limits.reserved_count, v_limits.committed_count);
    end if;
    if v_budget < v_limits.reserved_amount + v_limits.committed_amount then
      raise exception using errcode = 'VA001', detail = 'budgetTotal',
        message = 'Claims have used more than that already: the budget cannot be lower than what is reserved and spent.';
    end if;
    if v_budget is not null and p_kind = 'commission_boost' then
      raise exception using errcode = 'VA001', detail = 'budgetTotal',
        message = 'A boost costs what it pays out, so it has no budget. Limit how many there are instead.';
    end if;
    if v_budget is not null and coalesce((p_draft ->> 'unitCost')::bigint, 0) = 0 then
      raise exception using errcode = 'VA001', detail = 'unitCost',
        message = 'Say what one costs you: without it the budget would never be used up.';
    end if;
    if p_kind <> 'discount' and (p_draft ->> 'couponCode' is not null or p_draft ->> 'couponMaxUses' is not null) then
      raise exception using errcode = 'VA001', detail = 'couponCode', message = 'Only a discount has a coupon code.';
    end if;
    if p_kind = 'discount' and nullif(p_draft ->> 'couponCode', '') is null then
      raise exception using errcode = 'VA001', detail = 'couponCode', message = 'Give the code buyers type, two to eight letters and numbers.';
    end if;
  end $function$

private.loyalty_check_run(p_client uuid, p_run uuid, p_may_have_doubles boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_check_run(p_client uuid, p_run uuid, p_may_have_doubles boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_run public.loyalty_sync_runs;
    v_checks jsonb;
    v_renamed text[];
  begin
    -- Each part was compared while the next one was read; what is left concerns the file as a whole.
    if p_may_have_doubles then
      perform private.loyalty_set_doubles_aside(p_client, p_run);
    end if;
    -- One known video gives a new name away: none of its rows may make a second creator.
    v_renamed := array(
      select distinct lower(k.handle) from public.loyalty_sync_run_rows k
       where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleChanged');
    if cardinality(v_renamed) > 0 then
      update public.loyalty_sync_run_rows w set reason = 'handleChanged'
       where w.client_id = p_client and w.run_id = p_run and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
         and lower(w.handle) = any (v_renamed);
    end if;

    with told as (
      select w.outcome, w.reason is not distinct from 'handleUnseen' as is_unseen, count(*) as n,
             sum(w.gmv) as sales, sum(w.units) as units, sum(w.views) as views,
             sum(w.gmv_before) as sales_before, sum(w.units_before) as units_before, sum(w.views_before) as views_before
        from public.loyalty_sync_run_rows w where w.client_id = p_client and w.run_id = p_run group by 1, 2
    ), counted as (
      select coalesce(sum(t.n) filter (where t.outcome = 'new'), 0) as n_new,
             coalesce(sum(t.n) filter (where t.outcome = 'changed'), 0) as n_changed,
             coalesce(sum(t.n) filter (where t.outcome = 'unmatched'), 0) as n_unmatched,
             coalesce(sum(t.n) filter (where t.outcome = 'rejected'), 0) as n_rejected,
             coalesce(sum(t.n) filter (where t.outcome = 'duplicate'), 0) as n_duplicate,
             coalesce(sum(t.n) filter (where t.outcome = 'unmatched' and t.is_unseen), 0) as n_to_add,
             coalesce(sum(t.sales) filter (where t.outcome in ('new', 'unmatched')), 0) as new_sales,
             coalesce(sum(t.sales) filter (where t.outcome = 'changed'), 0) as sales,
             coalesce(sum(t.units) filter (where t.outcome = 'changed'), 0) as units,
             coalesce(sum(t.views) filter (where t.outcome = 'changed'), 0) as views,
             coalesce(sum(t.sales_before) filter (where t.outcome = 'changed'), 0) as sales_before,
             coalesce(sum(t.units_before) filter (where t.outcome = 'changed'), 0) as units_before,
             coalesce(sum(t.views_before) filter (where t.outcome = 'changed'), 0) as views_before
        from told t
    ), unchanged as (
      select count(*) as n, coalesce(sum(s.gmv), 0) as sales, coalesce(sum(s.units), 0) as units, coalesce(sum(s.views), 0) as views
        from private.loyalty_import_rows s where s.run_id = p_run
    )
    update public.loyalty_sync_runs r
       set rows_new = o.n_new, rows_changed = o.n_changed, rows_unmatched = o.n_unmatched, rows_rejected = o.n_rejected,
           rows_duplicate = o.n_duplicate, rows_unchanged = u.n, rows_to_add = o.n_to_add, creators_to_add = h.n_unseen,
           file_sales = u.sales + o.sales + o.new_sales,
           sales_before = u.sales + o.sales_before, sales_after = u.sales + o.sales,
           units_before = u.units + o.units_before, units_after = u.units + o.units,
           views_before = u.views + o.views_before, views_after = u.views + o.views
      from counted o, unchanged u,
           (select count(distinct lower(k.handle)) as n_unseen from public.loyalty_sync_run_rows k
             where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleUnseen') h
     where r.client_id = p_client and r.id = p_run
    returning r.* into v_run;
    v_checks := private.loyalty_run_checks(v_run);
    update public.loyalty_sync_runs r set checks = v_checks, checked_at = clock_timestamp()
     where r.client_id = p_client and r.id = p_run;
    perform private.loyalty_drop_staging(p_run);
    return v_checks;
  end $function$

private.loyalty_check_schedule(p_client uuid, p_creator uuid, p_kind text, p_days integer, p_minutes integer, p_schedule jsonb, p_now timestamp with time zone, p_except uuid, OUT begins_at timestamp with time zone, OUT finishes_at timestamp with time zone, OUT begins_on date)
  CREATE OR REPLACE FUNCTION private.loyalty_check_schedule(p_client uuid, p_creator uuid, p_kind text, p_days integer, p_minutes integer, p_schedule jsonb, p_now timestamp with time zone, p_except uuid, OUT begins_at timestamp with time zone, OUT finishes_at timestamp with time zone, OUT begins_on date)
   RETURNS record
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_zone text;
    v_today date;
    v_time time;
    v_given text := p_schedule ->> 'time';
    v_taken integer;
  begin
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    v_today := private.local_date(p_now, v_zone);
    if p_schedule is null or jsonb_typeof(p_schedule) <> 'object' or p_schedule ->> 'date' is null
      or (p_kind = 'discount' and v_given is null) then
      perform private.loyalty_refuse_schedule('SCHEDULING_REQUIRED',
        case when p_schedule ->> 'date' is null then 'schedule.date' else 'schedule.time' end,
        case p_kind when 'discount' then 'Choose the day and time it should start.' else 'Choose the day it should start.' end);
    end if;
    if p_schedule ->> 'date' !~ '^\d{4}-\d\d-\d\d$' or not pg_input_is_valid(p_schedule ->> 'date', 'date') then
      perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'This is not a day.');
    end if;
    if v_given is not null and (v_given !~ '^\d\d:\d\d$' or not pg_input_is_valid(v_given, 'time') or v_given = '24:00') then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'This is not a time.');
    end if;
    begins_on := (p_schedule ->> 'date')::date;
    v_time := case p_kind when 'discount' then v_given::time else v_settings.boost_time end;
    if begins_on < v_today then
      perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'This day is over.');
    end if;
    if begins_on > v_today + v_settings.schedule_days_ahead then
      perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date',
        format('Choose a day within the next %s days.', v_settings.schedule_days_ahead));
    end if;
    if extract(isodow from begins_on) > 5 and not v_settings.schedule_weekends then
      perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'Choose a day from Monday to Friday.');
    end if;
    if p_kind = 'commission_boost' then
      if v_given is not null and v_given::time <> v_time then
        perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', format('Boosts start at %s.', to_char(v_time, 'HH24:MI')));
      end if;
      begins_at := private.local_instant(begins_on, v_time, v_zone);
      -- By the wall clock: over a clock change it ends at the same hour, not 24 hours a day later.
      finishes_at := private.local_instant(begins_on + p_days, v_time, v_zone);
    else
      if v_time < v_settings.discount_from or v_time > v_settings.discount_to
        or extract(epoch from v_time - v_settings.discount_from)::integer % (v_settings.discount_slot_minutes * 60) <> 0 then
        perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time',
          format('Discounts start between %s and %s, every %s minutes.', to_char(v_settings.discount_from, 'HH24:MI'),
            to_char(v_settings.discount_to, 'HH24:MI'), v_settings.discount_slot_minutes));
      end if;
      begins_at := private.local_instant(begins_on, v_time, v_zone);
      if (begins_at at time zone v_zone) <> begins_on + v_time then
        perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time',
          'The clocks go forward on that day and skip this time. Choose another.');
      end if;
      finishes_at := begins_at + make_interval(mins => p_minutes);
    end if;
    if begins_at <= p_now then
      perform private.loyalty_refuse_schedule(case p_kind when 'discount' then 'INVALID_TIME_SLOT' else 'INVALID_SCHEDULE' end,
        case p_kind when 'discount' then 'schedule.time' else 'schedule.date' end, 'This time is over. Choose a later one.');
    end if;
    if p_kind = 'discount' and exists (select from public.loyalty_redemptions r
         where r.client_id = p_client and r.creator_id = p_creator and r.kind = 'discount' and r.state in ('claimed', 'fulfilled')
           and r.id is distinct from p_except and tstzrange(r.scheduled_at, r.ends_at) && tstzrange(begins_at, finishes_at)) then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'Another discount of yours runs then. Choose another time.');
    end if;
    -- Counted under a lock of this one start: two creators cannot both see the last place.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.slot:' || p_client || ':' || p_kind || ':' || begins_at, 0));
    select count(*) into v_taken from public.loyalty_redemptions r
     where r.client_id = p_client and r.kind = p_kind and r.scheduled_at = begins_at
       and r.state in ('claimed', 'fulfilled') and r.id is distinct from p_except;
    if v_taken >= (case p_kind when 'discount' then v_settings.discount_capacity else v_settings.boost_capacity end) then
      perform private.loyalty_refuse_schedule('SLOT_FULL', 'schedule.date',
        case p_kind when 'discount' then 'This time is full. Choose another.' else 'This day is full. Choose another.' end);
    end if;
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

private.loyalty_claim_digest(p_kind text, p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_digest(p_kind text, p_details jsonb)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    -- The hour of a boost is the business's choice: with it or without it, it is the same claim.
    select encode(sha256(convert_to((case p_kind when 'commission_boost' then p_details #- '{schedule,time}' else p_details end)::text, 'UTF8')), 'hex')
  $function$

private.loyalty_claim_earned(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_earned(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
    v_reward public.loyalty_rewards;
    v_details jsonb;
  begin
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    if v_row.source = 'tier' then
      return private.loyalty_claim_offer(p_client, v_row.creator_id, v_row.reward_id, p_details, p_now);
    end if;
    perform from public.loyalty_creators c where c.client_id = p_client and c.id = v_row.creator_id for no key update;
    select r.* into strict v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = v_row.reward_id for share;
    select r.* into strict v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
    if v_row.state in ('claimed', 'fulfilled', 'concluded') and private.loyalty_is_same_claim(v_row, v_reward.sizes, p_details) then
      return private.loyalty_show_claim(p_client, p_redemption, true);
    end if;
    if v_row.is_held then
      perform private.loyalty_refuse_claim('ON_HOLD');
    elsif v_row.state in ('claimed', 'fulfilled') then
      perform private.loyalty_refuse_claim('ACTIVE_CLAIM_EXISTS');
    elsif v_row.state <> 'claimable' or v_row.withdrawn_at is not null or v_row.claim_until <= p_now
      or not exists (select from public.loyalty_creators c
                      where c.client_id = p_client and c.id = v_row.creator_id and c.state = 'active') then
      perform private.loyalty_refuse_claim('NOT_AVAILABLE');
    elsif v_row.kind = 'commission_boost' and exists (select from public.loyalty_boosts b
         where b.client_id = p_client and b.creator_id = v_row.creator_id and b.state in ('scheduled', 'active')) then
      perform private.loyalty_refuse_claim('ACTIVE_CLAIM_EXISTS');
    end if;
    -- Earned is earned: neither her tier nor a limit stands in the way, only what there is left.
    v_details := private.loyalty_read_details(v_reward.kind, v_reward.requires_size, v_reward.sizes, p_details);
    perform private.loyalty_write_claim(p_client, v_row.creator_id, v_reward, p_redemption, v_details, null, p_now);
    return private.loyalty_show_claim(p_client, p_redemption, false);
  end $function$

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

private.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_redemption uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.app.use');
    if not p_mission = any (private.my_missions()) then
      raise exception using errcode = 'TN001', message = 'We could not find this mission.';
    end if;
    -- The one that waits; else the last one claimed, so that a second click is answered like the first.
    select r.id into v_redemption
      from public.loyalty_redemptions r
      left join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id
      left join public.loyalty_raffle_entries e on e.client_id = r.client_id and e.id = r.raffle_entry_id
     where r.client_id = p_client and r.creator_id = any (private.my_creators()) and p_mission in (p.mission_id, e.mission_id)
     order by r.state = 'claimable' and r.withdrawn_at is null desc, r.claimed_at desc nulls last, r.offered_at desc limit 1;
    if not found then
      raise exception using errcode = 'ST001', hint = 'NOT_AVAILABLE', message = 'This mission is not done yet, so there is nothing to claim.';
    end if;
    return private.loyalty_claim_redemption(p_client, v_redemption, p_details);
  end $function$

private.loyalty_claim_offer(p_client uuid, p_creator uuid, p_reward uuid, p_details jsonb, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_offer(p_client uuid, p_creator uuid, p_reward uuid, p_details jsonb, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
    v_standing record;
    v_open public.loyalty_redemptions;
    v_details jsonb;
    v_id uuid;
  begin
    perform from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator for no key update;
    -- An edit that is being saved is waited for: the claim has either the old terms or the new ones, never a mixture.
    select r.* into v_reward from public.loyalty_rewards r
     where r.client_id = p_client and r.id = p_reward and r.offer = 'tier' and r.state <> 'draft' for share;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    select * into strict v_standing from private.loyalty_reward_standing(p_client, p_creator, p_reward, p_now);
    if v_standing.open_redemption_id is not null then
      select r.* into strict v_open from public.loyalty_redemptions r
       where r.client_id = p_client and r.id = v_standing.open_redemption_id;
      -- The same again, from a second click, tab or phone, is answered with the first.
      if private.loyalty_is_same_claim(v_open, v_reward.sizes, p_details) then
        return private.loyalty_show_claim(p_client, v_open.id, true);
      end if;
    end if;
    if v_standing.code is not null then
      perform private.loyalty_refuse_claim(v_standing.code);
    end if;
    v_details := private.loyalty_read_details(v_reward.kind, v_reward.requires_size, v_reward.sizes, p_details);
    v_id := private.loyalty_write_claim(p_client, p_creator, v_reward, (v_standing.detail ->> 'offerId')::uuid, v_details,
      v_standing.window_key, p_now);
    return private.loyalty_show_claim(p_client, v_id, false);
  end $function$

private.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.app.use');
    if not exists (select from public.loyalty_redemptions r
                    where r.client_id = p_client and r.id = p_redemption and r.creator_id = any (private.my_creators())) then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    return private.loyalty_claim_earned(p_client, p_redemption, p_details, now());
  end $function$

private.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.app.use');
    select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = any (private.my_creators());
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    return private.loyalty_claim_offer(p_client, v_creator, p_reward, p_details, now());
  end $function$

private.loyalty_claim_words(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_claim_words(p_client uuid, p_redemption uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- What a notification is written from. It is kept with the row, so a code or an address is never part of it.
    return (
      select jsonb_build_object('redemptionId', r.id, 'reward', coalesce(r.terms ->> 'name', w.name), 'kind', r.kind, 'dueAt', r.due_at,
               'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at, 'reference', r.fulfil_reference, 'reason', r.rejection_reason,
               'hasCode', exists (select from public.loyalty_redemption_codes k where k.client_id = r.client_id and k.redemption_id = r.id),
               'carrier', g.carrier, 'trackingNumber', g.tracking_number)
        from public.loyalty_redemptions r
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
        left join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
       where r.client_id = p_client and r.id = p_redemption);
  end $function$

private.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_earning public.loyalty_payouts;
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.write');
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select p.* into v_earning from public.loyalty_payouts p where p.client_id = p_client and p.id = p_payout and p.kind = 'boost' for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this payout.';
    end if;
    if exists (select from public.loyalty_payouts p where p.client_id = p_client and p.claws_back_id = p_payout) then
      raise exception using errcode = 'ST003', message = 'This earning was clawed back already.';
    end if;
    if p_amount is null or p_amount < 1 or p_amount > v_earning.amount then
      raise exception using errcode = 'VA001', message = 'Take back more than nothing and at most what was earned.', detail = 'amount';
    end if;
    if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', message = 'Say why, in a sentence she will read.', detail = 'reason';
    end if;
    insert into public.loyalty_payouts (client_id, creator_id, kind, claws_back_id, amount, currency, reason)
    values (p_client, v_earning.creator_id, 'clawback', p_payout, -p_amount, v_earning.currency, btrim(p_reason))
    returning id into v_id;
    perform private.notify(p_client, 'loyalty.payout-clawed-back', private.loyalty_boost_person(p_client, v_earning.creator_id),
      jsonb_build_object('payoutId', v_id, 'amount', p_amount, 'currency', v_earning.currency, 'reason', btrim(p_reason)), 'payout:' || v_id);
    perform private.loyalty_net_payouts(p_client);
    return v_id;
  end $function$

private.loyalty_clock_boosts(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_clock_boosts(p_client uuid, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_boost public.loyalty_boosts;
    v_started integer := 0;
    v_ended integer := 0;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    for v_boost in
      update public.loyalty_boosts b set state = 'active', activated_at = p_now
       where b.client_id = p_client and b.state = 'scheduled' and b.starts_at <= p_now
      returning b.*
    loop
      v_started := v_started + 1;
      perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-started', 'boost:' || v_boost.id);
    end loop;
    for v_boost in
      update public.loyalty_boosts b set state = 'expired', expired_at = p_now
       where b.client_id = p_client and b.state = 'active' and b.ends_at <= p_now
      returning b.*
    loop
      v_ended := v_ended + 1;
      perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-ended', 'boost:' || v_boost.id);
    end loop;
    return jsonb_build_object('started', v_started, 'ended', v_ended);
  end $function$

private.loyalty_close_rounds(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_close_rounds(p_client uuid, p_date date)
   RETURNS uuid[]
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
    v_creators uuid[];
  begin
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    -- The night after the last day, so that a second file of that day still counts.
    with closed as (
      update public.loyalty_mission_progress p set state = 'missed', closed_at = now()
       where p.client_id = p_client and p.state = 'active' and p.due_on < p_date
      returning p.creator_id
    )
    select array_agg(distinct c.creator_id) into v_creators from closed c;
    -- Raffles end when their list is sealed.
    update public.loyalty_missions m set state = 'ended'
     where m.client_id = p_client and m.state in ('published', 'paused') and m.kind <> 'raffle'
       and private.local_date(m.ends_at - interval '1 second', v_zone) < p_date;
    -- What never began was not missed.
    delete from public.loyalty_mission_progress p using public.loyalty_missions m
     where p.client_id = p_client and p.state = 'dormant' and m.client_id = p_client and m.id = p.mission_id and m.state in ('ended', 'archived');
    return v_creators;
  end $function$

private.loyalty_compare_part(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_compare_part(p_client uuid, p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
   SET enable_nestloop TO 'off'
   SET jit TO 'off'
   SET work_mem TO '32MB'
  AS $function$
  declare
    v_told bigint;
    v_rows bigint;
    v_from bigint;
    v_to bigint;
  begin
    insert into public.loyalty_sync_run_rows (
      client_id, run_id, outcome, line, reason, column_name, raw_value, handle, creator_id, video_id, video_at,
      url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp,
      views_before, likes_before, comments_before, gmv_before, units_before,
      ctr_bp_before, url_before, title_before, posted_on_before, run_before, figures_before)
    select p_client, p_run, m.outcome, m.line, m.reason,
           case when m.reason is not null then 'handle' end, case when m.reason is not null then m.handle end,
           case when m.outcome <> 'changed' then m.handle end, m.creator_id,
           coalesce(m.video_id, overlay(overlay(md5(p_run::text || m.url_key) placing '8' from 13) placing 'a' from 17)::uuid),
           case when m.outcome = 'changed' then m.video_at end,
           -- What a changed row does not change is not written twice: this is most of a night's volume.
           case when m.outcome <> 'changed' or m.url <> m.o_url then m.url end, case when m.outcome <> 'changed' then m.url_key end,
           case when m.outcome <> 'changed' or m.title <> m.o_title then m.title end,
           case when m.outcome <> 'changed' or m.posted_on <> m.o_posted_on then m.posted_on end,
           m.views, m.likes, m.comments, m.gmv, m.units, m.ctr_bp, m.o_views, m.o_likes, m.o_comments, m.o_gmv, m.o_units,
           m.o_ctr_bp, case when m.url <> m.o_url then m.o_url end, case when m.title <> m.o_title then m.o_title end,
           case when m.posted_on <> m.o_posted_on then m.o_posted_on end, m.o_run, m.o_figures
      from (
        select s.line, s.handle, s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp,
               case when h.status = 'known' then h.creator_id end as creator_id, v.id as video_id, v.at as video_at,
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
          from pg_temp.loyalty_import_part s
          join private.loyalty_match_handles(p_client) h on h.handle_key = s.handle_key
          left join lateral (
           select x.ctid as at, x.* from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v on true
        -- Kept apart from the columns above, each of which would decide the outcome anew.
        offset 0
      ) m
     where m.outcome is not null;
    get diagnostics v_told = row_count;
    -- Rows without an outcome change nothing, but the totals of the file and the search for doubles need them.
    select count(*), min(s.line), max(s.line) into v_rows, v_from, v_to from pg_temp.loyalty_import_part s;
    if v_told < v_rows then
      insert into private.loyalty_import_rows (run_id, line, video_id, views, gmv, units)
      select p_run, s.line, v.id, s.views, s.gmv, s.units
        from pg_temp.loyalty_import_part s
       cross join lateral (
         select x.id from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v
       where s.line not in (select w.line from public.loyalty_sync_run_rows w
                             where w.client_id = p_client and w.run_id = p_run and w.line between v_from and v_to);
    end if;
  end $function$

private.loyalty_conclude_due(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_conclude_due(p_client uuid, p_now timestamp with time zone)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_count integer;
  begin
    -- What nobody took back within a day stays as it is: until then an open claim keeps her from the next one.
    update public.loyalty_redemptions r set state = 'concluded', concluded_at = p_now
     where r.client_id = p_client and r.state = 'fulfilled' and not r.is_held
       and case r.kind when 'discount' then r.ends_at < p_now - interval '15 minutes'
                       when 'gift_card' then true when 'ads_credit' then true when 'experience' then true else false end
       and r.fulfilled_at < p_now - interval '24 hours';
    get diagnostics v_count = row_count;
    return v_count;
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

private.loyalty_count_on_time(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_count_on_time(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('due', count(*), 'onTime', count(*) filter (where r.fulfilled_at <= r.due_at))
        from public.loyalty_redemptions r
       where r.client_id = p_client and r.due_at >= p_from and r.due_at < p_to and r.due_at is not null
         and r.state in ('claimed', 'fulfilled', 'concluded') and r.kind <> 'commission_boost');
  end $function$

private.loyalty_count_rounds(p_client uuid, p_date date, p_creators uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_count_rounds(p_client uuid, p_date date, p_creators uuid[])
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
   SET work_mem TO '64MB'
  AS $function$
  declare
    v_earliest date;
    v_posted date;
    v_has_totals boolean;
    v_kinds text[];
    v_spans text := '';
    v_sums text := '';
    v_kind record;
    v_nestloop text := current_setting('enable_nestloop');
    v_count bigint;
  begin
    drop table if exists pg_temp.loyalty_open, pg_temp.loyalty_counted;
    -- A table and not a part of the query: read once, and the planner then knows how many there are.
    execute format($q$
      create temporary table loyalty_open on commit drop as
      select p.id, p.mission_id, p.creator_id, p.kind, p.target, p.value as old_value, p.figures_at, p.start_on, p.due_on,
             case when p.counts_all then '-infinity'::date else p.counts_from_on end as from_on,
             least(p.due_on, %2$L::date) as to_on,
             -- Counted from the totals of her videos while it is open: the same sum, without reading every day there ever was.
             p.counts_all and (p.due_on is null or p.due_on >= %2$L::date) as via_totals
        from public.loyalty_mission_progress p
        join public.loyalty_creators c on c.client_id = p.client_id and c.id = p.creator_id and c.state = 'active'
       where p.client_id = %1$L::uuid and p.state = 'active' %3$s
    $q$, p_client, p_date, case when p_creators is null then '' else ' and p.creator_id = any ($1)' end) using p_creators;
    analyze pg_temp.loyalty_open (creator_id, kind, via_totals);
    select min(o.from_on) filter (where o.kind <> 'videos' and not o.via_totals), min(o.from_on) filter (where o.kind = 'videos'),
           coalesce(bool_or(o.via_totals and o.kind <> 'videos'), false),
           array[case when bool_or(o.kind = 'sales_amount') then 'sales_amount' end, case when bool_or(o.kind = 'sales_units') then 'sales_units' end,
                 case when bool_or(o.kind = 'views') then 'views' end, case when bool_or(o.kind = 'likes') then 'likes' end]
      into v_earliest, v_posted, v_has_totals, v_kinds from pg_temp.loyalty_open o;
    -- One active round a kind, so all of a creator's windows fit in one row and her days are read once for all of them.
    for v_kind in
      select k.kind, k.moved, coalesce(k.kind = any (array_remove(v_kinds, null)), false) as is_there
        from (values ('sales_amount', 'gmv_delta'), ('sales_units', 'units_delta'), ('views', 'views_delta'), ('likes', 'likes_delta')) k (kind, moved)
    loop
      if v_kind.is_there then
        v_spans := v_spans || format(', min(o.from_on) filter (where o.kind = %1$L) as %1$s_from, min(o.to_on) filter (where o.kind = %1$L) as %1$s_to', v_kind.kind);
        v_sums := v_sums || format(', sum(s.%2$s) filter (where s.business_date between w.%1$s_from and w.%1$s_to)::bigint as %1$s,
          sum(s.%2$s) filter (where s.%2$s < 0 and s.business_date between w.%1$s_from and w.%1$s_to)::bigint as %1$s_fell', v_kind.kind, v_kind.moved);
      else
        v_sums := v_sums || format(', null::bigint as %1$s, null::bigint as %1$s_fell', v_kind.kind);
      end if;
    end loop;
    -- Everybody's rows are read in order, and not looked up one by one.
    perform set_config('enable_nestloop', case when p_creators is null then 'off' else v_nestloop end, true);
    execute format($q$
      create temporary table loyalty_counted on commit drop as
      select r.*, v.now_at as value, v.now_at - v.fallen as peak
        from pg_temp.loyalty_open r
        left join (
          select s.creator_id %6$s
            from public.loyalty_video_snapshots s
            join (select o.creator_id %5$s from pg_temp.loyalty_open o where o.kind <> 'videos' and not o.via_totals group by o.creator_id) w
              on w.creator_id = s.creator_id
           where s.client_id = %1$L::uuid and %3$L::date is not null and s.business_date >= %3$L::date and s.business_date <= %2$L::date
           group by s.creator_id) m on m.creator_id = r.creator_id and not r.via_totals
        left join (
          select w.id, count(*) as posted
            from public.loyalty_videos v join pg_temp.loyalty_open w on w.creator_id = v.creator_id and w.kind = 'videos'
           where v.client_id = %1$L::uuid and v.posted_on >= %4$L::date and v.posted_on between w.from_on and w.to_on
           group by w.id) l on l.id = r.id
        left join (
          select v.creator_id, sum(v.gmv)::bigint as gmv, sum(v.units)::bigint as units, sum(v.views)::bigint as views, sum(v.likes)::bigint as likes
            from public.loyalty_videos v
            join (select distinct o.creator_id from pg_temp.loyalty_open o where o.via_totals) w on w.creator_id = v.creator_id
           where v.client_id = %1$L::uuid and %7$L::boolean
           group by v.creator_id) t on t.creator_id = r.creator_id and r.via_totals
        left join (
          select w.id, sum(case w.kind when 'sales_amount' then a.amount else a.units end)::bigint as moved,
                 sum(least(case w.kind when 'sales_amount' then a.amount else a.units end, 0))::bigint as fell
            from public.loyalty_adjustments a
            join pg_temp.loyalty_open w on w.creator_id = a.creator_id and w.kind in ('sales_amount', 'sales_units')
           where a.client_id = %1$L::uuid and a.effective_on between w.from_on and w.to_on
           group by w.id) a on a.id = r.id
       cross join lateral (
         select coalesce(case r.kind when 'videos' then l.posted
                                     when 'sales_amount' then case when r.via_totals then t.gmv else m.sales_amount end
                                     when 'sales_units' then case when r.via_totals then t.units else m.sales_units end
                                     when 'views' then case when r.via_totals then t.views else m.views end
                                     else case when r.via_totals then t.likes else m.likes end end, 0) + coalesce(a.moved, 0) as now_at,
                coalesce(case r.kind when 'sales_amount' then m.sales_amount_fell when 'sales_units' then m.sales_units_fell
                                     when 'views' then m.views_fell when 'likes' then m.likes_fell end, 0) + coalesce(a.fell, 0) as fallen) v
       where v.now_at <> r.old_value or r.figures_at is null or v.now_at - v.fallen >= r.target
    $q$, p_client, p_date, v_earliest, v_posted, v_spans, v_sums, v_has_totals);
    drop table pg_temp.loyalty_open;
    analyze pg_temp.loyalty_counted (id);
    update public.loyalty_mission_progress p set value = n.value, figures_at = now()
      from pg_temp.loyalty_counted n
     where p.client_id = p_client and p.id = n.id and p.state = 'active' and (n.value <> n.old_value or n.figures_at is null);
    get diagnostics v_count = row_count;
    perform set_config('enable_nestloop', v_nestloop, true);
    return v_count;
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
    v_changes := private.loyalty_run_stages(p_client, v_run.business_date, p_run) -> 'tiers';
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
      -- What she may claim follows her tier at once, not only tonight.
      perform private.loyalty_renew_offers(p_client, private.local_date(now(), k.time_zone), null, p_creator)
         from public.clients k where k.id = p_client;
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

private.loyalty_draw_key(p_seed text, p_entries_hash text, p_entry uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_draw_key(p_seed text, p_entries_hash text, p_entry uuid)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    select encode(sha256(convert_to(p_seed || ':' || p_entries_hash || ':' || p_entry, 'UTF8')), 'hex')
  $function$

private.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_draw public.loyalty_raffle_draws;
    v_seed text;
  begin
    perform private.require_permission(p_client, 'loyalty.raffles.draw');
    select d.* into v_draw from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle for update;
    if not found then
      if not exists (select from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle') then
        raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
      end if;
      raise exception using errcode = 'ST001', message = 'Seal the list first: it is sealed by itself when the raffle ends.';
    end if;
    -- Whoever comes second, or again, reads what the first one drew.
    if v_draw.drawn_at is null then
      select s.seed into v_seed from private.loyalty_raffle_seeds s where s.client_id = p_client and s.draw_id = v_draw.id;
      if not found then
        -- Without the promised seed there is no honest draw.
        raise exception using errcode = 'ST002', message = 'The seed fixed with this list is gone, so it cannot be drawn.';
      end if;
      update public.loyalty_raffle_entries e
         set draw_rank = n.draw_rank,
             state = case when n.draw_rank <= v_draw.winners_count then e.state
                          when n.draw_rank <= v_draw.winners_count + v_draw.alternates_count then 'alternate' else 'lost' end
        from (select x.id, row_number() over (
                       order by private.loyalty_draw_key(v_seed, v_draw.entries_hash, x.id) collate "C", x.entry_no) as draw_rank
                from public.loyalty_raffle_entries x
               where x.client_id = p_client and x.mission_id = p_raffle and x.entry_no is not null) n
       where e.client_id = p_client and e.id = n.id;
      perform private.loyalty_offer_prize(p_client, w.id, false)
         from (select e.id from public.loyalty_raffle_entries e
                where e.client_id = p_client and e.mission_id = p_raffle and e.draw_rank <= v_draw.winners_count
                order by e.draw_rank) w;
      delete from private.loyalty_raffle_seeds s where s.client_id = p_client and s.draw_id = v_draw.id;
      update public.loyalty_raffle_draws d set seed = v_seed, drawn_at = now(), drawn_by = auth.uid()
       where d.client_id = p_client and d.id = v_draw.id;
    end if;
    return private.loyalty_raffle_result(p_client, p_raffle);
  end $function$

private.loyalty_drop_staging(p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_drop_staging(p_run uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    delete from private.loyalty_import_rows r where r.run_id = p_run;
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

private.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
    v_id uuid;
  begin
    v_reward := private.loyalty_require_reward(p_client, p_reward, null);
    insert into public.loyalty_rewards (client_id, offer, kind, name, description, tier_id, tag, preview_from_tier_id, frequency, quantity,
      value_amount, boost_bp, boost_days, discount_percent, discount_minutes, requires_size, sizes, instructions, expires_days, display_order)
    select p_client, v_reward.offer, v_reward.kind, left(v_reward.name, 53) || ' (copy)', v_reward.description, t.id, v_reward.tag,
           case when t.id is not null then e.id end,
           v_reward.frequency, v_reward.quantity, v_reward.value_amount, v_reward.boost_bp, v_reward.boost_days,
           v_reward.discount_percent, v_reward.discount_minutes, v_reward.requires_size, v_reward.sizes, v_reward.instructions,
           v_reward.expires_days, v_reward.display_order
      from (select 1) one
      left join public.loyalty_tiers t on t.client_id = p_client and t.id = v_reward.tier_id and t.archived_at is null
      left join public.loyalty_tiers e on e.client_id = p_client and e.id = v_reward.preview_from_tier_id and e.archived_at is null
    returning id into v_id;
    update public.loyalty_reward_limits l
       set stock_total = o.stock_total, budget_total = o.budget_total, unit_cost = o.unit_cost, coupon_code = o.coupon_code,
           coupon_max_uses = o.coupon_max_uses
      from public.loyalty_reward_limits o
     where o.client_id = p_client and o.reward_id = p_reward and l.client_id = p_client and l.reward_id = v_id;
    return v_id;
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

private.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid := private.loyalty_raffle_creator(p_client, p_raffle, private.my_person(p_client));
    v_state text;
    v_code text;
  begin
    -- One creator's presses come one after the other; different creators do not wait for each other.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.raffle:' || p_raffle || ':' || v_creator, 0));
    perform 1 from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle for share;
    select e.state into v_state from public.loyalty_raffle_entries e
     where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator for update;
    if v_state is null or v_state = 'withdrawn' then
      v_code := private.loyalty_raffle_standing(p_client, p_raffle, v_creator);
      if v_code is not null then
        raise exception using errcode = 'ST001', hint = v_code, message = case v_code
          when 'RAFFLE_CLOSED' then 'Entries for this raffle are closed.'
          when 'NOT_AVAILABLE' then 'This raffle takes no entries at the moment.'
          when 'NOT_RECOGNISED' then 'You can enter once the first of your videos has been counted.'
          when 'ARCHIVED' then 'Your profile is archived. Ask the business to bring it back.'
          else 'This raffle is for another group of creators.' end;
      end if;
      if v_state is null then
        insert into public.loyalty_raffle_entries (client_id, mission_id, creator_id) values (p_client, p_raffle, v_creator);
      else
        update public.loyalty_raffle_entries e set state = 'entered'
         where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator and e.state = 'withdrawn';
      end if;
    end if;
    return private.loyalty_raffle_entry(p_client, p_raffle, v_creator);
  end $function$

private.loyalty_export_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_export_batch(p_client uuid, p_batch uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_batch public.loyalty_payout_batches;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.write');
    perform private.require_permission(p_client, 'loyalty.payouts.reveal');
    v_batch := private.loyalty_lock_batch(p_client, p_batch);
    if v_batch.state not in ('approved', 'sent') then
      raise exception using errcode = 'ST001', message = 'The list is there once the batch is approved.', detail = 'state';
    end if;
    update public.loyalty_payout_batches b set exported_at = now() where b.client_id = p_client and b.id = p_batch;
    perform private.log_access(p_client, 'loyalty_payout_batches', p_batch::text, 'export');
    return jsonb_build_object('id', v_batch.id, 'method', v_batch.method, 'currency', v_batch.currency,
                              'payments', private.loyalty_sealed_payments(p_client, p_batch));
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

private.loyalty_find_falls(p_client uuid, p_date date, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_find_falls(p_client uuid, p_date date, p_creator uuid DEFAULT NULL::uuid)
   RETURNS TABLE(creator_id uuid, person_id uuid, period_start date, check_on date, days_left integer, metric text, currency text, value bigint, shortfall bigint, tier_name text, to_name text, commission_bp integer, to_commission_bp integer, rewards jsonb)
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select c.id, c.person_id, c.period_start, c.next_check_on, c.next_check_on - p_date, s.metric, s.currency, v.value,
           own.threshold - v.value, own.name, met.name, own.commission_bp, met.commission_bp,
           coalesce((select jsonb_agg(r.name order by r.display_order, r.id)
                       from (select x.* from public.loyalty_rewards x
                              where x.client_id = c.client_id and x.tier_id = c.tier_id and x.state = 'published' and x.offer = 'tier'
                                and x.tag is null
                              order by x.display_order, x.id limit 5) r), '[]')
      from public.loyalty_settings s
      join public.loyalty_creators c on c.client_id = s.client_id
      join public.loyalty_tiers own on own.client_id = c.client_id and own.id = c.tier_id
      cross join lateral (select case when s.metric = 'sales' then c.period_sales else c.period_units end as value) v
      cross join lateral (select t.name, t.commission_bp from public.loyalty_tiers t
                           where t.client_id = c.client_id and t.archived_at is null and (t.threshold <= v.value or t.rank = 1)
                           order by t.rank desc limit 1) met
     where s.client_id = p_client and s.tier_mode = 'checkpoint' and (p_creator is null or c.id = p_creator)
       and c.state = 'active' and not c.is_pinned and own.rank > 1 and v.value < own.threshold
       and c.period_start <= p_date and c.next_check_on > p_date and c.next_check_on <= p_date + 30
  $function$

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

private.loyalty_find_slots(p_client uuid, p_creator uuid, p_kind text, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_find_slots(p_client uuid, p_creator uuid, p_kind text, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      with rules as (
        select s.*, k.time_zone as zone, private.local_date(p_now, k.time_zone) as today
          from public.loyalty_settings s join public.clients k on k.id = s.client_id
         where s.client_id = p_client
      ), days as (
        select r.*, r.today + n as day, extract(isodow from r.today + n) > 5 and not r.schedule_weekends as is_weekend
          from rules r cross join generate_series(0, r.schedule_days_ahead) n
      ), slots as (
        select d.day, t.at, private.local_instant(d.day, t.at, d.zone) as begins_at, d.zone,
               case p_kind when 'discount' then d.discount_capacity else d.boost_capacity end as capacity
          from days d
          cross join lateral (
            select d.boost_time as at where p_kind = 'commission_boost'
            union all
            select d.discount_from + make_interval(mins => n * d.discount_slot_minutes)
              from generate_series(0, (extract(epoch from d.discount_to - d.discount_from) / 60)::integer / d.discount_slot_minutes) n
             where p_kind = 'discount') t
         where not d.is_weekend
      ), taken as (
        select r.scheduled_at, count(*)::integer as places
          from public.loyalty_redemptions r
         where r.client_id = p_client and r.kind = p_kind and r.state in ('claimed', 'fulfilled')
           and r.scheduled_at > p_now
         group by r.scheduled_at
      ), judged as (
        select s.day, s.at, s.begins_at, greatest(s.capacity - coalesce(t.places, 0), 0) as places,
               case when p_kind = 'discount' and (s.begins_at at time zone s.zone) <> s.day + s.at then 'skipped'
                    when s.begins_at <= p_now then 'past'
                    when p_kind = 'discount' and exists (select from public.loyalty_redemptions o
                           where o.client_id = p_client and o.creator_id = p_creator and o.kind = 'discount'
                             and o.state in ('claimed', 'fulfilled') and o.scheduled_at <= s.begins_at and o.ends_at > s.begins_at) then 'yours'
                    when coalesce(t.places, 0) >= s.capacity then 'full' end as reason
          from slots s left join taken t on t.scheduled_at = s.begins_at
      )
      select jsonb_build_object('kind', p_kind, 'timeZone', r.zone, 'runningUntil', case when p_kind = 'commission_boost' then (
               select max(b.ends_at) from public.loyalty_boosts b
                where b.client_id = p_client and b.creator_id = p_creator and b.state in ('scheduled', 'active')) end,
             'days', (select jsonb_agg(jsonb_build_object('date', d.day,
                 'reason', case when d.is_weekend then 'weekend' else g.reason end, 'slots', coalesce(g.slots, '[]'::jsonb)) order by d.day)
               from days d
               left join (
                 select j.day,
                        case when bool_or(j.reason is null) then null when bool_or(j.reason = 'full') then 'full'
                             when bool_or(j.reason = 'yours') then 'yours' else 'past' end as reason,
                        jsonb_agg(jsonb_build_object('time', to_char(j.at, 'HH24:MI'), 'startsAt', j.begins_at, 'left', j.places,
                          'reason', j.reason) order by j.at) as slots
                   from judged j group by j.day) g on g.day = d.day))
        from rules r);
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

private.loyalty_finished_rounds(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_finished_rounds(p_client uuid, p_creator uuid)
   RETURNS TABLE(id uuid, mission_id uuid, kind text, outcome text, cycle_no integer, value bigint, target bigint, counts_from_on date, due_on date, completed_on date, closed_at timestamp with time zone, reward_id uuid, reward_name text, amount bigint, settled_at timestamp with time zone, claim_until timestamp with time zone, reason text, entries integer)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
    with redeemed as (
      select r.id, r.mission_progress_id, r.raffle_entry_id, r.reward_id, r.terms ->> 'name' as name, r.claim_until, r.rejection_reason,
             case when r.state = 'rejected' then 'rejected' when r.state = 'expired' then 'expired'
                  when r.kind = 'commission_boost' then 'paid' else 'fulfilled' end as outcome,
             case when r.kind = 'commission_boost' then coalesce(b.final_amount, 0) else r.value_amount end as amount,
             case when r.kind = 'commission_boost' then coalesce(b.paid_at, r.concluded_at) else r.fulfilled_at end as settled_at,
             coalesce(r.rejected_at, r.expired_at,
                      case when r.kind = 'commission_boost' then coalesce(b.paid_at, r.concluded_at) else r.fulfilled_at end) as closed_at
        from public.loyalty_redemptions r
        left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
       where r.client_id = p_client and r.creator_id = p_creator and r.source <> 'tier'
         -- A boost is over when its money is, a discount when its hours are: until then the open list shows them.
         and (r.state in ('concluded', 'rejected', 'expired')
              or (r.state = 'fulfilled' and r.kind <> 'commission_boost' and (r.kind <> 'discount' or r.ends_at <= now())))
    )
    select p.id, p.mission_id, p.kind, case when p.state = 'missed' then 'missed' else d.outcome end, p.cycle_no, p.value, p.target,
           p.counts_from_on, p.due_on, p.completed_on, coalesce(p.closed_at, d.closed_at), coalesce(d.reward_id, m.reward_id), d.name,
           coalesce(d.amount, 0), d.settled_at, d.claim_until, d.rejection_reason, null::integer
      from public.loyalty_mission_progress p
      join public.loyalty_missions m on m.client_id = p.client_id and m.id = p.mission_id
      left join redeemed d on d.mission_progress_id = p.id
     where p.client_id = p_client and p.creator_id = p_creator
       -- A round that never began was not missed; a raffle she entered is told by her entry.
       and (p.state = 'completed' and d.id is not null or p.state = 'missed' and p.started_at is not null)
       and not (p.kind = 'raffle' and exists (select from public.loyalty_raffle_entries x where x.client_id = p_client
                  and x.mission_id = p.mission_id and x.creator_id = p_creator and x.state <> 'withdrawn'))
    union all
    select e.id, e.mission_id, 'raffle', case e.state when 'lost' then 'raffle_lost' when 'forfeited' then 'raffle_forfeited' else d.outcome end,
           null, 0, 0, null, null, null,
           case e.state when 'lost' then w.drawn_at when 'forfeited' then coalesce(d.closed_at, e.claim_until, w.drawn_at) else d.closed_at end,
           m.reward_id, d.name, coalesce(d.amount, 0), d.settled_at, coalesce(d.claim_until, e.claim_until), d.rejection_reason, w.entries_count
      from public.loyalty_raffle_entries e
      join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
      join public.loyalty_raffle_draws w on w.client_id = e.client_id and w.mission_id = e.mission_id and w.drawn_at is not null
      left join redeemed d on d.raffle_entry_id = e.id
     where e.client_id = p_client and e.creator_id = p_creator
       and (e.state in ('lost', 'forfeited') or (e.state = 'won' and d.id is not null));
  end $function$

private.loyalty_follow_tiers(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_follow_tiers(p_client uuid, p_date date)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_date date;
    v_moved uuid[];
  begin
    select greatest(p_date, n.last_business_date) into v_date from public.loyalty_nights n where n.client_id = p_client;
    -- Whoever came into another tier tonight finds its missions tonight; they count from tomorrow, like her new period.
    select array_agg(distinct d.creator_id) into v_moved from public.loyalty_tier_decisions d
     where d.client_id = p_client and d.business_date = v_date and d.rule in ('promotion', 'demotion') and d.undone_at is null;
    if v_moved is not null then
      perform private.loyalty_open_rounds(p_client, v_date, v_moved);
      drop table if exists pg_temp.loyalty_counted, pg_temp.loyalty_judged;
    end if;
    perform private.loyalty_tell_new_missions(p_client, v_date);
  end $function$

private.loyalty_forfeit_prize(p_client uuid, p_entry uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_forfeit_prize(p_client uuid, p_entry uuid, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_raffle uuid;
    v_next uuid;
  begin
    -- The prize first: a claim that came in this moment holds its row, and then nothing is taken away.
    update public.loyalty_redemptions x set state = 'expired', expired_at = now()
     where x.client_id = p_client and x.raffle_entry_id = p_entry and x.state = 'claimable';
    update public.loyalty_raffle_entries e set state = 'forfeited', redraw_reason = p_reason
     where e.client_id = p_client and e.id = p_entry and e.state = 'won' returning e.mission_id into v_raffle;
    if not found then
      return null;
    end if;
    select e.id into v_next from public.loyalty_raffle_entries e
     where e.client_id = p_client and e.mission_id = v_raffle and e.state = 'alternate'
     order by e.draw_rank limit 1 for update;
    if found then
      perform private.loyalty_offer_prize(p_client, v_next, true);
    end if;
    return v_next;
  end $function$

private.loyalty_forget_accounts(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_forget_accounts(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_payout_account_secrets s set account_envelope = null
      from public.loyalty_payout_accounts a
     where a.client_id = p_client and a.replaced_at is not null and s.client_id = p_client and s.account_id = a.id
       and s.account_envelope is not null
       and not exists (select from public.loyalty_payments m
                        where m.client_id = p_client and m.account_id = a.id and m.state in ('planned', 'sent'));
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

private.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.holds.resolve');
    -- Locked: two clicks make one hold.
    perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    if exists (select from public.loyalty_holds h
                where h.client_id = p_client and h.creator_id = p_creator and h.reason = 'by_hand' and h.state = 'open') then
      raise exception using errcode = 'ST003', message = 'This creator is on hold already.';
    end if;
    insert into public.loyalty_holds (client_id, creator_id, reason, evidence)
    values (p_client, p_creator, 'by_hand', btrim(p_reason)) returning id into v_id;
    perform private.loyalty_mark_held(p_client, array[p_creator]);
    return v_id;
  end $function$

private.loyalty_is_on_hold(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_is_on_hold(p_client uuid, p_creator uuid)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return exists (select from public.loyalty_holds h where h.client_id = p_client and h.creator_id = p_creator and h.state = 'open')
        or exists (select from public.loyalty_holds h where h.client_id = p_client and h.other_creator_id = p_creator and h.state = 'open');
  end $function$

private.loyalty_is_same_claim(p_claim public.loyalty_redemptions, p_sizes text[], p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_is_same_claim(p_claim public.loyalty_redemptions, p_sizes text[], p_details jsonb)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- By the sizes of then as well: an edit of the reward does not turn her second click into another claim.
    return p_claim.claim_digest = private.loyalty_claim_digest(p_claim.kind,
      private.loyalty_read_details(p_claim.kind, p_claim.terms ? 'size', p_sizes || (p_claim.terms ->> 'size'), p_details));
  exception when sqlstate 'VA001' then
    return false;
  end $function$

private.loyalty_judge_rounds(p_client uuid, p_date date, p_with_marked boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_judge_rounds(p_client uuid, p_date date, p_with_marked boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    drop table if exists pg_temp.loyalty_judged;
    create temporary table loyalty_judged on commit drop as
    with marked as (
      select d.creator_id, min(d.due_on) as since_on from private.loyalty_dirty_creators d
       where p_with_marked and d.client_id = p_client and d.due_on <= p_date group by d.creator_id
    ), candidates as (
      -- Compared with what was just summed up, never with the column of the night before.
      select n.id, n.mission_id, n.creator_id, n.kind, n.target, n.from_on, n.to_on, n.start_on, n.due_on, 'active' as state, n.value
        from pg_temp.loyalty_counted n where n.peak >= n.target
      union all
      select p.id, p.mission_id, p.creator_id, p.kind, p.target, case when p.counts_all then '-infinity' else p.counts_from_on end,
             least(p.due_on, p_date), p.start_on, p.due_on, p.state, p.value
        from public.loyalty_redemptions r
        join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id and p.state = 'completed'
        join marked k on k.creator_id = p.creator_id
       where r.client_id = p_client and r.source = 'mission' and r.state = 'claimable' and r.withdrawn_at is null and not r.is_held
      union all
      select p.id, p.mission_id, p.creator_id, p.kind, p.target, case when p.counts_all then '-infinity' else p.counts_from_on end,
             p.due_on, p.start_on, p.due_on, p.state, p.value
        from marked k
        join public.loyalty_mission_progress p on p.client_id = p_client and p.creator_id = k.creator_id and p.state = 'missed'
         and p.due_on >= k.since_on and p.due_on >= p_date - 35
    ), days as (
      select k.id, d.day, sum(d.moved)::bigint as moved
        from candidates k
       cross join lateral (
         select s.business_date as day, case k.kind when 'sales_amount' then s.gmv_delta when 'sales_units' then s.units_delta
                                                    when 'views' then s.views_delta else s.likes_delta end as moved
           from public.loyalty_video_snapshots s
          where k.kind <> 'videos' and s.client_id = p_client and s.creator_id = k.creator_id and s.business_date between k.from_on and k.to_on
         union all
         select a.effective_on, case k.kind when 'sales_amount' then a.amount else a.units end
           from public.loyalty_adjustments a
          where k.kind in ('sales_amount', 'sales_units') and a.client_id = p_client and a.creator_id = k.creator_id
            and a.effective_on between k.from_on and k.to_on
         union all
         select v.posted_on, 1
           from public.loyalty_videos v
          where k.kind = 'videos' and v.client_id = p_client and v.creator_id = k.creator_id and v.posted_on between k.from_on and k.to_on) d
       group by k.id, d.day
    ), running as (
      select d.id, d.day, sum(d.moved) over (partition by d.id order by d.day)::bigint as total from days d
    ), reached as (
      select distinct on (r.id) r.id, r.day, r.total
        from running r join candidates k on k.id = r.id where r.total >= k.target order by r.id, r.day
    ), ended_at as (
      select d.id, sum(d.moved)::bigint as total from days d group by d.id
    )
    select k.id, k.mission_id, k.creator_id, k.kind, k.start_on, k.due_on, k.state, coalesce(r.total, e.total, 0) as value,
           coalesce(r.day, case when k.state = 'active' and k.value >= k.target then k.to_on end) as reached_on
      from candidates k
      left join reached r on r.id = k.id
      left join ended_at e on e.id = k.id;
  end $function$

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

private.loyalty_last_step_by(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_last_step_by(p_client uuid, p_redemption uuid)
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (select p.display_name
              from public.core_state_history h
              left join public.people p on p.client_id = h.client_id and p.user_id = h.actor_user_id
             where h.client_id = p_client and h.entity = 'loyalty_redemptions' and h.row_id = p_redemption
             order by h.created_at desc, h.id desc limit 1);
  end $function$

private.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid := private.loyalty_raffle_creator(p_client, p_raffle, private.my_person(p_client));
    v_state text;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.raffle:' || p_raffle || ':' || v_creator, 0));
    perform 1 from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle for share;
    select e.state into v_state from public.loyalty_raffle_entries e
     where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator for update;
    if v_state is null then
      raise exception using errcode = 'TN001', message = 'You have not entered this raffle.';
    elsif v_state <> 'withdrawn' then
      if v_state <> 'entered' or private.loyalty_raffle_standing(p_client, p_raffle, v_creator) is not distinct from 'RAFFLE_CLOSED' then
        raise exception using errcode = 'ST001', hint = 'RAFFLE_CLOSED',
          message = 'Entries for this raffle are closed, so the list stays as it is.';
      end if;
      update public.loyalty_raffle_entries e set state = 'withdrawn'
       where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = v_creator and e.state = 'entered';
    end if;
    return private.loyalty_raffle_entry(p_client, p_raffle, v_creator);
  end $function$

private.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.read');
    return (select coalesce(jsonb_agg(private.loyalty_batch_head(b) order by b.created_at desc, b.id desc), '[]')
              from (select t.* from public.loyalty_payout_batches t
                     where t.client_id = p_client
                       and (t.created_at, t.id) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                     order by t.created_at desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) b);
  end $function$

private.loyalty_list_earnings(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_list_earnings(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.read');
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'amount', p.amount, 'currency', p.currency, 'state', p.state,
               'name', r.terms ->> 'name', 'createdAt', p.created_at, 'clawedBack', -k.amount, 'clawbackReason', k.reason)
               order by p.created_at desc, p.id), '[]')
        from public.loyalty_payouts p
        join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
        join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
        left join public.loyalty_payouts k on k.client_id = p.client_id and k.claws_back_id = p.id
       where p.client_id = p_client and p.creator_id = p_creator and p.kind = 'boost');
  end $function$

private.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.holds.resolve');
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'reason', h.reason, 'evidence', h.evidence, 'state', h.state,
               'openedAt', h.opened_at, 'resolvedAt', h.resolved_at, 'resolutionNote', h.resolution_note,
               'resolvedBy', (select p.display_name from public.people p where p.client_id = p_client and p.user_id = h.resolved_by),
               'creators', (select jsonb_agg(jsonb_build_object('id', c.id, 'handle', c.handle, 'name', c.display_name,
                    'claims', (select count(*) from public.loyalty_redemptions r
                                where r.client_id = p_client and r.creator_id = c.id and r.state in ('claimed', 'fulfilled')),
                    'worth', (select coalesce(sum(r.value_amount), 0)::bigint from public.loyalty_redemptions r
                                where r.client_id = p_client and r.creator_id = c.id and r.state in ('claimed', 'fulfilled')))
                    order by c.id = h.creator_id desc)
                  from public.loyalty_creators c where c.client_id = p_client and c.id in (h.creator_id, h.other_creator_id)))
               order by h.opened_at desc, h.id desc), '[]')
        from (select * from public.loyalty_holds x
               where x.client_id = p_client and (p_state is null or x.state = p_state)
                 and (x.opened_at, x.id) < (coalesce((p_before ->> 'v')::timestamptz, 'infinity'),
                                            coalesce((p_before ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by x.opened_at desc, x.id desc limit least(greatest(p_limit, 1), 100) + 1) h);
  end $function$

private.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid;
    v_zone text;
    v_currency text;
  begin
    if p_creator is null then
      select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = any (private.my_creators());
    elsif p_creator = any (private.my_creators()) or private.has_permission(p_client, 'loyalty.missions.read') then
      select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    end if;
    if v_creator is null then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    select k.time_zone, s.currency into v_zone, v_currency from public.clients k join public.loyalty_settings s on s.client_id = k.id
     where k.id = p_client;
    return jsonb_build_object('currency', v_currency, 'items', (
      select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'missionId', f.mission_id, 'kind', f.kind, 'name', m.name, 'outcome', f.outcome,
               'cycleNo', f.cycle_no, 'isRecurring', m.is_recurring, 'value', f.value, 'target', f.target, 'countsFromOn', f.counts_from_on,
               'dueOn', f.due_on, 'completedOn', f.completed_on, 'closedAt', f.closed_at,
               'closedOn', private.local_date(f.closed_at, v_zone), 'rewardName', coalesce(f.reward_name, w.name), 'rewardKind', w.kind,
               'amount', f.amount, 'settledAt', f.settled_at, 'claimUntil', f.claim_until, 'reason', f.reason, 'entries', f.entries)
               order by f.closed_at desc, f.id desc), '[]')
        from (select r.* from private.loyalty_finished_rounds(p_client, v_creator) r
               where (r.closed_at, r.id) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'),
                                            coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by r.closed_at desc, r.id desc limit least(greatest(p_limit, 1), 100) + 1) f
        join public.loyalty_missions m on m.client_id = p_client and m.id = f.mission_id
        join public.loyalty_rewards w on w.client_id = p_client and w.id = f.reward_id));
  end $function$

private.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
  begin
    perform private.require_permission(p_client, 'loyalty.missions.read');
    select k.time_zone into v_zone from public.clients k where k.id = p_client;
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'name', m.name, 'description', m.description, 'target', m.target,
               'rewardId', m.reward_id, 'rewardName', w.name, 'rewardKind', w.kind, 'tierId', m.tier_id, 'tierName', t.name, 'tag', m.tag,
               'previewFromTierId', m.preview_from_tier_id, 'countsFrom', m.counts_from, 'reachesCurrent', m.reaches_current,
               'isRecurring', m.is_recurring,
               'cooldownDays', m.cooldown_days, 'maxCycles', m.max_cycles, 'daysToFinish', m.days_to_finish, 'endsAt', m.ends_at,
               'endsLocal', to_char(m.ends_at at time zone v_zone, 'YYYY-MM-DD"T"HH24:MI'), 'winnersCount', m.winners_count,
               'alternatesCount', m.alternates_count, 'claimDays', m.claim_days, 'displayOrder', m.display_order, 'state', m.state,
               'version', m.version, 'publishedAt', m.published_at, 'updatedAt', m.updated_at,
               'reached', case when m.kind = 'raffle' then e.entered else p.reached end, 'dormant', p.dormant, 'active', p.active,
               'completed', case when m.kind = 'raffle' then e.won else p.completed end, 'missed', p.missed, 'cost', c.cost)
               order by array_position(array['published', 'paused', 'draft', 'ended', 'archived'], m.state), m.display_order, m.created_at, m.id), '[]')
        from (select * from public.loyalty_missions x
               where x.client_id = p_client and case when p_mission is not null then x.id = p_mission
                     when p_state is not null then x.state = p_state else x.state <> 'archived' end
               order by x.created_at desc limit 500) m
        join public.loyalty_rewards w on w.client_id = m.client_id and w.id = m.reward_id
        left join public.loyalty_tiers t on t.client_id = m.client_id and t.id = m.tier_id
       cross join lateral (
         select count(distinct g.creator_id) as reached, count(*) filter (where g.state = 'dormant') as dormant,
                count(*) filter (where g.state = 'active') as active, count(*) filter (where g.state = 'completed') as completed,
                count(*) filter (where g.state = 'missed') as missed
           from public.loyalty_mission_progress g where g.client_id = p_client and g.mission_id = m.id) p
       cross join lateral (
         select count(*) filter (where n.state <> 'withdrawn') as entered, count(*) filter (where n.state = 'won') as won
           from public.loyalty_raffle_entries n where n.client_id = p_client and n.mission_id = m.id) e
       cross join lateral (
         select coalesce(sum(case when r.kind = 'commission_boost' then coalesce(b.final_amount, b.earned_amount, 0) else r.cost_amount end), 0)::bigint as cost
           from public.loyalty_redemptions r
           left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
          where r.client_id = p_client and r.reward_id = m.reward_id and r.state in ('claimed', 'fulfilled', 'concluded')
            and case r.source when 'mission' then exists (select from public.loyalty_mission_progress g
                                where g.client_id = p_client and g.id = r.mission_progress_id and g.mission_id = m.id)
                              when 'raffle' then exists (select from public.loyalty_raffle_entries n
                                where n.client_id = p_client and n.id = r.raffle_entry_id and n.mission_id = m.id) end) c);
  end $function$

private.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.read');
    return jsonb_build_object(
      'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
      'minimum', (select s.payout_minimum from public.loyalty_settings s where s.client_id = p_client),
      'counts', (select jsonb_object_agg(v.view, jsonb_build_object('count', c.count, 'amount', c.amount))
                   from unnest(array['due', 'waiting', 'details', 'clearing', 'sent', 'failed']) v (view)
                  cross join lateral (select count(*) as count, coalesce(sum(m.amount), 0)::bigint as amount
                                        from private.loyalty_money_rows(p_client, v.view) m) c),
      'items', (
        select coalesce(jsonb_agg(jsonb_build_object('key', x.key, 'creatorId', x.creator_id, 'handle', c.handle, 'name', c.display_name,
                 'amount', x.amount, 'at', x.at, 'note', x.note, 'accountId', x.account_id, 'method', a.method, 'hint', a.hint,
                 'heldUntil', a.held_until, 'batchId', x.batch_id, 'boostId', x.boost_id, 'day', x.day, 'words', x.words) order by x.at desc, x.key desc), '[]')
          from (select m.* from private.loyalty_money_rows(p_client, p_view) m
                 where (m.at, m.key) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                 order by m.at desc, m.key desc limit least(greatest(p_limit, 1), 200) + 1) x
          join public.loyalty_creators c on c.client_id = p_client and c.id = x.creator_id
          left join public.loyalty_payout_accounts a on a.client_id = p_client and a.id = x.account_id));
  end $function$

private.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.missions.read');
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'creatorId', c.id, 'handle', c.handle, 'name', c.display_name,
               'tierName', t.name, 'tierColor', t.color, 'state', e.state, 'entryNo', e.entry_no, 'drawRank', e.draw_rank,
               'enteredAt', e.entered_at, 'claimUntil', coalesce(x.claim_until, e.claim_until), 'redrawReason', e.redraw_reason,
               'redemptionId', x.id, 'redemptionState', x.state, 'isHeld', coalesce(x.is_held, false), 'place', e.place)
               order by e.place, e.entered_at, e.id), '[]')
        from (select y.* from (
                -- Ranks once drawn, numbers once sealed, those who left at the end, the rest as they came.
                select z.*, coalesce(z.draw_rank, z.entry_no, case when z.state = 'withdrawn' then 2000000001 else 2000000000 end) as place
                  from public.loyalty_raffle_entries z
                 where z.client_id = p_client and z.mission_id = p_raffle) y
               where p_cursor is null or (y.place, y.entered_at, y.id) >
                 ((p_cursor ->> 'place')::integer, (p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid)
               order by y.place, y.entered_at, y.id limit least(p_limit, 200)) e
        join public.loyalty_creators c on c.client_id = e.client_id and c.id = e.creator_id
        join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
        left join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id);
  end $function$

private.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.missions.read');
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'endsAt', m.ends_at, 'winnersCount', m.winners_count,
               'phase', private.loyalty_raffle_phase(m.state, m.ends_at, d.sealed_at, d.drawn_at), 'prize', r.name,
               'entered', (select count(*)::integer from public.loyalty_raffle_entries e
                            where e.client_id = m.client_id and e.mission_id = m.id and e.state <> 'withdrawn'),
               'drawnAt', d.drawn_at) order by m.ends_at desc, m.id desc), '[]')
        from (select x.* from public.loyalty_missions x
               where x.client_id = p_client and x.kind = 'raffle'
                 and (p_cursor is null or (x.ends_at, x.id) < ((p_cursor ->> 'at')::timestamptz, (p_cursor ->> 'id')::uuid))
               order by x.ends_at desc, x.id desc limit least(p_limit, 200)) m
        join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
        left join public.loyalty_raffle_draws d on d.client_id = m.client_id and d.mission_id = m.id);
  end $function$

private.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
    v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
    v_filter jsonb := coalesce(p_filter, '{}');
    v_states text[] := case when jsonb_typeof(v_filter -> 'states') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'states')) end;
    v_kinds text[] := case when jsonb_typeof(v_filter -> 'kinds') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'kinds')) end;
    v_sources text[] := case when jsonb_typeof(v_filter -> 'sources') = 'array' then array(select jsonb_array_elements_text(v_filter -> 'sources')) end;
    v_found uuid[];
    -- An offer nobody claimed has no claim to be sorted by; only who asks for offers walks the slower order.
    v_offers boolean := v_states && array['claimable', 'expired'];
    v_column text := case when v_offers then 'coalesce(r.claimed_at, r.offered_at)' else 'r.claimed_at' end;
    v_where text;
    v_text text;
    v_items jsonb;
    v_count integer;
    v_total bigint;
  begin
    perform private.require_permission(p_client, 'loyalty.redemptions.read');
    v_text := lower(regexp_replace(btrim(coalesce(v_filter ->> 'q', '')), '^@+', ''));
    if v_text <> '' then
      v_text := replace(replace(replace(v_text, '\', '\\'), '%', '\%'), '_', '\_');
      v_found := coalesce((select array_agg(f.id) from (
        select c.id from public.loyalty_creators c where c.client_id = p_client and c.search_text like '%' || v_text || '%' limit 1000) f), '{}');
    end if;
    v_where := concat_ws(' and ', 'r.client_id = $1', 'r.withdrawn_at is null',
      case when not coalesce(v_offers, false) then 'r.claimed_at is not null' end,
      case when v_states is not null then 'r.state = any ($2)' end,
      case when v_kinds is not null then 'r.kind = any ($3)' end,
      case when v_sources is not null then 'r.source = any ($4)' end,
      case when v_found is not null then 'r.creator_id = any ($5)' end,
      case when v_filter ? 'creatorId' and jsonb_typeof(v_filter -> 'creatorId') = 'string' then 'r.creator_id = ($8 ->> ''creatorId'')::uuid' end,
      case when (v_filter ->> 'held')::boolean then 'r.is_held' end,
      case when (v_filter ->> 'overdue')::boolean then 'r.state = ''claimed'' and r.due_at <= now()' end);
    execute format($q$
      select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'creatorId', x.creator_id, 'handle', c.handle, 'name', c.display_name,
               'title', coalesce(x.terms ->> 'name', w.name), 'kind', x.kind, 'source', x.source, 'state', x.state, 'isHeld', x.is_held,
               'offeredAt', x.offered_at, 'claimedAt', x.claimed_at, 'dueAt', x.due_at, 'scheduledAt', x.scheduled_at, 'endsAt', x.ends_at,
               'fulfilledAt', x.fulfilled_at, 'valueAmount', x.value_amount, 'costAmount', x.cost_amount,
               'isShipped', g.shipped_at is not null, 'trackingNumber', g.tracking_number,
               'cursor', jsonb_build_object('at', x.at, 'id', x.id)) order by x.at %2$s, x.id %2$s), '[]'), count(*)
        from (select r.*, %1$s as at from public.loyalty_redemptions r
               where %3$s %4$s order by %1$s %2$s, r.id %2$s limit $6) x
        join public.loyalty_creators c on c.client_id = x.client_id and c.id = x.creator_id
        join public.loyalty_rewards w on w.client_id = x.client_id and w.id = x.reward_id
        left join public.loyalty_gifts g on g.client_id = x.client_id and g.redemption_id = x.id
    $q$, v_column, case when v_back then 'asc' else 'desc' end, v_where,
      case when p_cursor ? 'id' then format('and (%s, r.id) %s (($7 ->> ''at'')::timestamptz, ($7 ->> ''id'')::uuid)', v_column,
                                            case when v_back then '>' else '<' end) end)
      into v_items, v_count
      using p_client, v_states, v_kinds, v_sources, v_found, v_limit + 1, p_cursor, v_filter;
    if p_with_count then
      execute format('select count(*) from public.loyalty_redemptions r where %s', v_where)
        into v_total using p_client, v_states, v_kinds, v_sources, v_found, v_limit, p_cursor, v_filter;
    end if;
    return jsonb_build_object(
      'items', case when v_back then (select coalesce(jsonb_agg(i.value order by i.ordinality desc), '[]')
                                        from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit)
                    else (select coalesce(jsonb_agg(i.value order by i.ordinality), '[]')
                            from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit) end,
      'hasMore', v_count > v_limit, 'total', v_total);
  end $function$

private.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
    v_limit integer := least(greatest(p_limit, 1), 100);
    v_ids uuid[];
    v_at timestamptz[];
  begin
    -- One creator's redemptions are few: they are found by her index and put in order here.
    select coalesce(array_agg(h.id order by h.at desc, h.id desc), '{}'), coalesce(array_agg(h.at order by h.at desc, h.id desc), '{}')
      into v_ids, v_at
      from (select x.id, coalesce(x.fulfilled_at, x.rejected_at, x.expired_at, x.withdrawn_at) as at
              from public.loyalty_redemptions x
             where x.client_id = p_client and x.creator_id = v_creator.id
               and (x.state in ('fulfilled', 'concluded', 'rejected', 'expired') or x.withdrawn_at is not null)
               and (p_cursor is null or (coalesce(x.fulfilled_at, x.rejected_at, x.expired_at, x.withdrawn_at), x.id)
                    < ((p_cursor ->> 'v')::timestamptz, (p_cursor ->> 'id')::uuid))
             order by 2 desc, x.id desc limit v_limit + 1) h;
    return jsonb_build_object(
      'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
      'items', private.loyalty_redemption_lines(p_client, v_ids[1:v_limit]),
      'next', case when cardinality(v_ids) > v_limit then jsonb_build_object('v', v_at[v_limit], 'id', v_ids[v_limit]) end);
  end $function$

private.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_month timestamptz := private.loyalty_month_start(p_client);
    v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
    v_limit integer := least(greatest(p_limit, 1), 200);
    v_found uuid[];
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.read');
    if v_back then
      v_found := array(
        select r.id from public.loyalty_rewards r
         where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
           and (p_offer is null or r.offer = p_offer)
           and (r.display_order, r.id) < ((p_cursor ->> 'v')::integer, (p_cursor ->> 'id')::uuid)
         order by r.display_order desc, r.id desc limit v_limit + 1);
    else
      v_found := array(
        select r.id from public.loyalty_rewards r
         where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
           and (p_offer is null or r.offer = p_offer)
           and (p_cursor is null or (r.display_order, r.id) > ((p_cursor ->> 'v')::integer, (p_cursor ->> 'id')::uuid))
         order by r.display_order, r.id limit v_limit + 1);
    end if;
    return jsonb_build_object(
      'items', (select coalesce(jsonb_agg(private.loyalty_reward_row(r, v_month) order by r.display_order, r.id), '[]')
                  from public.loyalty_rewards r where r.client_id = p_client and r.id = any (v_found[1:v_limit])),
      'hasMore', cardinality(v_found) > v_limit,
      'total', (select count(*) from public.loyalty_rewards r
                 where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
                   and (p_offer is null or r.offer = p_offer)),
      'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client));
  end $function$

private.loyalty_list_tags(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_list_tags(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.creators.read');
    return (select coalesce(jsonb_agg(jsonb_build_object('tag', g.tag, 'creators', g.creators) order by g.tag), '[]')
              from (select t.tag, count(*) as creators
                      from public.loyalty_creator_tags t
                      join public.loyalty_creators c on c.client_id = t.client_id and c.id = t.creator_id and c.state = 'active'
                     where t.client_id = p_client group by t.tag order by t.tag limit 500) g);
  end $function$

private.loyalty_lock_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_lock_batch(p_client uuid, p_batch uuid)
   RETURNS public.loyalty_payout_batches
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_batch public.loyalty_payout_batches;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select b.* into v_batch from public.loyalty_payout_batches b where b.client_id = p_client and b.id = p_batch for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this batch.';
    end if;
    return v_batch;
  end $function$

private.loyalty_lock_offers(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_lock_offers(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    -- Before a reward is locked and after creators are: whoever decides offers of a business does it one after the other.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.offers:' || p_client, 0));
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

private.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_currency text;
    v_batch uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.write');
    if p_method not in ('paypal', 'venmo') or p_method is null then
      raise exception using errcode = 'VA001', message = 'Choose PayPal or Venmo.', detail = 'method';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select o.currency into v_currency from private.loyalty_payables(p_client) o
     where o.method = p_method and o.obstacle is null and (p_creators is null or o.creator_id = any (p_creators))
     order by o.currency limit 1;
    if not found then
      raise exception using errcode = 'ST001', message = 'Nobody can be paid this way right now.', detail = 'loyalty_payout_batches';
    end if;
    insert into public.loyalty_payout_batches (client_id, method, currency) values (p_client, p_method, v_currency) returning id into v_batch;
    with planned as (
      insert into public.loyalty_payments (client_id, batch_id, creator_id, account_id, amount, currency)
      select p_client, v_batch, o.creator_id, o.account_id, o.net, o.currency
        from private.loyalty_payables(p_client) o
       where o.method = p_method and o.obstacle is null and o.currency = v_currency and (p_creators is null or o.creator_id = any (p_creators))
      returning id, creator_id
    )
    update public.loyalty_payouts p set state = 'batched', payment_id = m.id
      from planned m
     where p.client_id = p_client and p.creator_id = m.creator_id and p.state = 'pending' and p.currency = v_currency;
    perform private.loyalty_recount_batch(p_client, v_batch);
    return v_batch;
  end $function$

private.loyalty_mark_batch_sent(p_client uuid, p_batch uuid, p_provider text, p_reference text)
  CREATE OR REPLACE FUNCTION private.loyalty_mark_batch_sent(p_client uuid, p_batch uuid, p_provider text, p_reference text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_payout_batches b
       set state = 'sent', sent_at = now(), provider = p_provider, provider_reference = p_reference, provider_message = null
     where b.client_id = p_client and b.id = p_batch and b.state = 'approved';
    if found then
      update public.loyalty_payments m set state = 'sent', sent_at = now()
       where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned';
    end if;
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

private.loyalty_mark_held(p_client uuid, p_creators uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_mark_held(p_client uuid, p_creators uuid[])
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_redemptions r
       set is_held = private.loyalty_is_on_hold(p_client, r.creator_id)
     where r.client_id = p_client and r.creator_id = any (p_creators) and r.state in ('claimed', 'fulfilled')
       and r.is_held is distinct from private.loyalty_is_on_hold(p_client, r.creator_id);
  end $function$

private.loyalty_mark_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_mark_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_payment public.loyalty_payments;
    v_count integer := 0;
  begin
    if p_step = 'failed' and char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', message = 'Say why it failed, in a sentence she will read.', detail = 'reason';
    end if;
    for v_payment in
      select m.* from public.loyalty_payments m
       where m.client_id = p_client and m.batch_id = p_batch and (p_payments is null or m.id = any (p_payments))
         and m.state = any (case p_step when 'undo' then array['paid', 'failed'] when 'retry' then array['failed'] else array['sent'] end)
       order by m.id for update
    loop
      if p_step in ('undo', 'retry') and v_payment.state = 'failed' and not exists (
        select from public.loyalty_payouts p where p.client_id = p_client and p.payment_id = v_payment.id) then
        continue; -- It was tried again already, in another batch.
      end if;
      if p_step = 'paid' then
        update public.loyalty_payments m set state = 'paid', paid_at = now(), reference = nullif(btrim(p_reference), '')
         where m.client_id = p_client and m.id = v_payment.id;
      elsif p_step = 'failed' then
        update public.loyalty_payments m set state = 'failed', failed_at = now(), failure_reason = btrim(p_reason)
         where m.client_id = p_client and m.id = v_payment.id;
      elsif p_step = 'undo' then
        update public.loyalty_payments m set state = 'sent', paid_at = null, failed_at = null, failure_reason = null, reference = null
         where m.client_id = p_client and m.id = v_payment.id;
      else
        update public.loyalty_payouts p set state = 'pending', payment_id = null
         where p.client_id = p_client and p.payment_id = v_payment.id and p.state = 'failed';
      end if;
      if p_step in ('paid', 'failed') then
        perform private.notify(p_client, 'loyalty.payout-' || p_step, private.loyalty_boost_person(p_client, v_payment.creator_id),
          (select jsonb_build_object('paymentId', v_payment.id, 'amount', v_payment.amount, 'currency', v_payment.currency, 'method', a.method,
                    'hint', a.hint, 'reason', case when p_step = 'failed' then btrim(p_reason) end)
             from public.loyalty_payout_accounts a where a.client_id = p_client and a.id = v_payment.account_id),
          'payment:' || v_payment.id || case when p_step = 'failed' then ':failed' else '' end);
      end if;
      v_count := v_count + 1;
    end loop;
    if v_count > 0 then
      perform private.loyalty_recount_batch(p_client, p_batch);
    end if;
    return v_count;
  end $function$

private.loyalty_match_handles(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_match_handles(p_client uuid)
   RETURNS TABLE(handle_key text, creator_id uuid, status text)
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    return query
      select s.handle_key, coalesce(c.id, a.creator_id, x.id),
             case when c.id is not null or a.state = 'active' then 'known'
                  when a.creator_id is not null then 'archived'
                  when x.id is null or x.is_mine then 'unseen' else 'archived' end
        from (select distinct p.handle_key from pg_temp.loyalty_import_part p) s
        left join lateral (
          select o.id from public.loyalty_creators o
           where o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'active' limit 1) c on true
        left join lateral (
          select al.creator_id, o.state from public.loyalty_handle_aliases al
            join public.loyalty_creators o on o.client_id = p_client and o.id = al.creator_id
           where c.id is null and al.client_id = p_client and al.handle_key = s.handle_key limit 1) a on true
        left join lateral (
          -- Archived by an undo and never touched: to a file she is as unseen as before.
          select o.id, exists (select from public.loyalty_sync_run_creators rc
                                where rc.client_id = p_client and rc.creator_id = o.id and rc.archived_at is not null) as is_mine
            from public.loyalty_creators o
           where c.id is null and a.creator_id is null
             and o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'archived' limit 1) x on true;
  end $function$

private.loyalty_money_mismatches(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_money_mismatches(p_client uuid)
   RETURNS TABLE(what text, row_id uuid, stored bigint, computed bigint)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
      select 'boost.settled_sales', b.id, b.settled_sales, x.sales
        from public.loyalty_boosts b cross join lateral (select private.loyalty_boost_sales(b, b.last_on) as sales) x
       where b.client_id = p_client and b.settled_at is not null and b.cleared_at is null and b.settled_sales <> x.sales
      union all
      select 'payout.amount', p.id, p.amount, b.final_amount
        from public.loyalty_payouts p join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
       where p.client_id = p_client and p.amount is distinct from b.final_amount
      union all
      select 'clawback.amount', k.id, -k.amount, p.amount
        from public.loyalty_payouts k join public.loyalty_payouts p on p.client_id = k.client_id and p.id = k.claws_back_id
       where k.client_id = p_client and -k.amount > p.amount
      union all
      select 'payment.amount', m.id, m.amount, x.amount
        from public.loyalty_payments m
       cross join lateral (select coalesce(sum(p.amount), 0)::bigint as amount from public.loyalty_payouts p
                            where p.client_id = m.client_id and p.payment_id = m.id) x
       where m.client_id = p_client and m.state in ('planned', 'sent', 'paid') and m.amount <> x.amount
      union all
      select 'batch.total_amount', t.id, t.total_amount, x.amount
        from public.loyalty_payout_batches t
       cross join lateral (select coalesce(sum(m.amount), 0)::bigint as amount from public.loyalty_payments m
                            where m.client_id = t.client_id and m.batch_id = t.id and m.state <> 'dropped') x
       where t.client_id = p_client and t.total_amount <> x.amount
      union all
      select 'boost.paid', b.id, (b.state = 'paid')::integer::bigint, coalesce(p.state in ('paid', 'netted'), b.final_amount = 0)::integer::bigint
        from public.loyalty_boosts b left join public.loyalty_payouts p on p.client_id = b.client_id and p.boost_id = b.id
       where b.client_id = p_client and b.cleared_at is not null
         and (b.state = 'paid') is distinct from coalesce(p.state in ('paid', 'netted'), b.final_amount = 0 and b.state = 'paid');
  end $function$

private.loyalty_money_rows(p_client uuid, p_view text)
  CREATE OR REPLACE FUNCTION private.loyalty_money_rows(p_client uuid, p_view text)
   RETURNS TABLE(key uuid, creator_id uuid, amount bigint, at timestamp with time zone, note text, account_id uuid, batch_id uuid, boost_id uuid, day date, words text)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    if p_view in ('due', 'waiting') then
      return query
        select o.creator_id, o.creator_id, o.net, o.since, o.obstacle, o.account_id, null::uuid, null::uuid, null::date, null::text
          from private.loyalty_payables(p_client) o where (o.obstacle is null) = (p_view = 'due');
    elsif p_view in ('details', 'clearing') then
      return query
        select b.id, b.creator_id, b.earned_amount, b.settled_at, b.state, null::uuid, null::uuid, b.id, b.clears_on, null::text
          from public.loyalty_boosts b
         where b.client_id = p_client and b.settled_at is not null
           and case when p_view = 'details' then b.state = 'pending_info' and coalesce(b.final_amount, b.earned_amount) > 0
                    else b.cleared_at is null and b.state = 'pending_payout' end;
    elsif p_view = 'running' then
      return query
        select b.id, b.creator_id, private.loyalty_boost_amount(private.loyalty_boost_sales(b, b.last_on), b.rate_bp), b.starts_at, b.state,
               null::uuid, null::uuid, b.id, b.last_on, null::text
          from public.loyalty_boosts b where b.client_id = p_client and b.state in ('active', 'expired');
    else
      return query
        select m.id, m.creator_id, m.amount, coalesce(m.paid_at, m.failed_at, m.sent_at), m.state, m.account_id, m.batch_id, null::uuid, null::date,
               coalesce(m.failure_reason, m.reference)
          from public.loyalty_payments m
         where m.client_id = p_client and m.state = p_view
           -- A failed payment whose lines were returned is history of its batch, nobody's work.
           and (m.state <> 'failed' or exists (select from public.loyalty_payouts p where p.client_id = p_client and p.payment_id = m.id));
    end if;
  end $function$

private.loyalty_month_start(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_month_start(p_client uuid)
   RETURNS timestamp with time zone
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select private.local_instant(date_trunc('month', private.local_date(now(), c.time_zone)::timestamp)::date, '00:00', c.time_zone)
      from public.clients c where c.id = p_client
  $function$

private.loyalty_move_boosts(p_client uuid, p_now timestamp with time zone, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_move_boosts(p_client uuid, p_now timestamp with time zone, p_date date)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_counted date;
    v_moved jsonb;
  begin
    select greatest(n.last_business_date, p_date) into v_counted from public.loyalty_nights n where n.client_id = p_client;
    v_moved := private.loyalty_clock_boosts(p_client, p_now);
    if v_counted is not null then
      v_moved := v_moved || private.loyalty_settle_boosts(p_client, v_counted);
    end if;
    return v_moved || private.loyalty_owe_boosts(p_client, p_now);
  end $function$

private.loyalty_move_snapshots(p_run public.loyalty_sync_runs)
  CREATE OR REPLACE FUNCTION private.loyalty_move_snapshots(p_run public.loyalty_sync_runs)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    if not exists (select from public.loyalty_sync_runs r where r.client_id = p_run.client_id and r.id <> p_run.id
                     and r.business_date = p_run.business_date and r.applied_at is not null) then
      return;
    end if;
    update public.loyalty_sync_run_rows w set has_snapshot = true, snapshot_run_before = s.run_id
      from public.loyalty_video_snapshots s
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
       and s.client_id = p_run.client_id and s.video_id = w.video_id and s.business_date = p_run.business_date;
    update public.loyalty_video_snapshots s
       set run_id = p_run.id, views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units,
           views_delta = s.views_delta + (w.views - w.views_before), likes_delta = s.likes_delta + (w.likes - w.likes_before),
           comments_delta = s.comments_delta + (w.comments - w.comments_before),
           gmv_delta = s.gmv_delta + (w.gmv - w.gmv_before), units_delta = s.units_delta + (w.units - w.units_before)
      from public.loyalty_sync_run_rows w
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.has_snapshot
       and s.client_id = p_run.client_id and s.video_id = w.video_id and s.business_date = p_run.business_date;
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
    if not exists (select from public.clients c where c.slug = p_slug and private.program_is_on(c.id, 'loyalty')) then
      raise exception using errcode = 'TN002', message = 'We could not find this.';
    end if;
    return coalesce((
      select jsonb_agg(jsonb_build_object('id', k.id, 'handle', k.handle_key, 'state', k.state, 'rejectReason', k.reject_reason,
                                          'createdAt', k.created_at, 'decidedAt', k.decided_at) order by k.created_at desc)
        from public.loyalty_handle_claims k join public.clients c on c.id = k.client_id
       where c.slug = p_slug and k.user_id = auth.uid()), '[]');
  end $function$

private.loyalty_my_creator(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_my_creator(p_client uuid)
   RETURNS public.loyalty_creators
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
  begin
    if not p_client = any (private.my_clients('loyalty')) then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.person_id = private.my_person(p_client);
    return v_creator;
  end $function$

private.loyalty_my_mission_rows(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_my_mission_rows(p_client uuid, p_creator uuid)
   RETURNS TABLE(mission_id uuid, status text, progress_id uuid, redemption_id uuid, cycle_no integer, value bigint, target bigint, counts_from_on date, due_on date, starts_on date, completed_on date, claim_until timestamp with time zone, scheduled_at timestamp with time zone, reward_ends_at timestamp with time zone)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_rank integer;
    v_recognised boolean;
    v_zone text;
    v_today date;
  begin
    select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    select t.rank into v_rank from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id;
    select k.time_zone into v_zone from public.clients k where k.id = p_client;
    v_today := private.local_date(now(), v_zone);
    v_recognised := v_creator.total_videos > 0 or exists (select from public.loyalty_videos v
      where v.client_id = p_client and v.creator_id = p_creator);
    return query
    with redeemed as (
      -- What became of an earned reward, in the words of her page; null when nothing more will.
      select r.id, r.mission_progress_id, r.raffle_entry_id, r.claim_until, r.scheduled_at,
             case when r.kind = 'commission_boost' then b.ends_at when r.kind = 'discount' then r.ends_at end as runs_until,
             case when r.withdrawn_at is not null then null
                  when r.state = 'claimable' then 'claimable'
                  when r.kind = 'commission_boost' and r.state in ('claimed', 'fulfilled') then
                    case b.state when 'scheduled' then 'scheduled' when 'active' then 'running' when 'pending_info' then 'needs_details'
                                 when 'expired' then 'paying' when 'pending_payout' then 'paying' else 'claimed' end
                  when r.kind = 'discount' and r.state = 'claimed' and r.scheduled_at > now() then 'scheduled'
                  when r.kind = 'discount' and r.state = 'fulfilled' and r.ends_at > now() then 'running'
                  when r.state = 'claimed' then 'claimed' end as status
        from public.loyalty_redemptions r
        left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
       where r.client_id = p_client and r.creator_id = p_creator and r.source <> 'tier' and r.state not in ('concluded', 'rejected', 'expired')
    ), missions as (
      select m.*, m.tier_id is null or m.tier_id = v_creator.tier_id as has_tier,
             m.tag is null or exists (select from public.loyalty_creator_tags g
               where g.client_id = p_client and g.creator_id = p_creator and g.tag = m.tag) as has_tag,
             coalesce(early.rank <= v_rank and v_rank < own.rank, false) as is_early,
             m.state = 'published' and coalesce(m.ends_at > now(), true) as is_open
        from public.loyalty_missions m
        left join public.loyalty_tiers own on own.client_id = m.client_id and own.id = m.tier_id
        left join public.loyalty_tiers early on early.client_id = m.client_id and early.id = m.preview_from_tier_id
       where m.client_id = p_client and m.state <> 'draft'
    ), rounds as (
      select distinct on (p.mission_id) p.*, d.id as redeemed_id, d.claim_until, d.scheduled_at, d.runs_until,
             case p.state when 'active' then 'in_progress' when 'completed' then d.status
               else case when m.state = 'paused' then 'paused' when p.cycle_no > 1 and p.start_on > v_today then 'cooling_down'
                         else 'next_up' end end as status
        from public.loyalty_mission_progress p
        join missions m on m.id = p.mission_id
        left join redeemed d on d.mission_progress_id = p.id
       where p.client_id = p_client and p.creator_id = p_creator and p.kind <> 'raffle'
         and (p.state = 'active' or (p.state = 'completed' and d.status is not null)
              or (p.state = 'dormant' and m.has_tier and m.has_tag and m.state in ('published', 'paused')))
       order by p.mission_id, p.state = 'dormant', p.cycle_no desc
    ), raffles as (
      select m.id as mission_id, e.id as entry_id, d.id as redeemed_id, coalesce(d.claim_until, e.claim_until) as claim_until, d.scheduled_at,
             d.runs_until,
             case when e.state = 'won' then case d.status when 'claimable' then 'raffle_won' else d.status end
                  when e.state = 'alternate' then 'raffle_alternate'
                  when e.state = 'entered' then case when w.id is not null or not coalesce(m.ends_at > now(), false) then 'raffle_closed'
                                                     else 'raffle_entered' end
                  when (e.state is null or e.state = 'withdrawn') and w.id is null and m.has_tier and m.has_tag and m.ends_at > now() then
                    case when m.state = 'paused' then 'paused' when m.state <> 'published' then null
                         when not v_recognised then 'unrecognised' else 'raffle_open' end end as status
        from missions m
        left join public.loyalty_raffle_entries e on e.client_id = p_client and e.mission_id = m.id and e.creator_id = p_creator
        left join public.loyalty_raffle_draws w on w.client_id = p_client and w.mission_id = m.id
        left join redeemed d on d.raffle_entry_id = e.id
       where m.kind = 'raffle'
    ), waiting as (
      -- Hers, and no round of it yet; or shown early to a lower tier.
      select m.id as mission_id,
             case when m.is_early and m.is_open and m.has_tag then 'locked'
                  when not m.has_tier or not m.has_tag or m.kind = 'raffle' then null
                  when m.state = 'paused' then 'paused' when not m.is_open then null
                  when not v_recognised then 'unrecognised'
                  when m.reaches_current or v_creator.joined_on >= private.local_date(m.published_at, v_zone)
                    or (m.tier_id is not null and v_creator.tier_since >= m.published_at) then 'next_up' end as status
        from missions m
       where not exists (select from public.loyalty_mission_progress p
                          where p.client_id = p_client and p.mission_id = m.id and p.creator_id = p_creator)
    )
    select r.mission_id, r.status, r.id, r.redeemed_id, r.cycle_no, r.value, r.target, r.counts_from_on, r.due_on,
           case when r.state = 'dormant' and r.start_on > v_today then r.start_on end, r.completed_on, r.claim_until, r.scheduled_at, r.runs_until
      from rounds r
    union all
    select f.mission_id, f.status, null, f.redeemed_id, null, 0, 0, null, null, null, null, f.claim_until, f.scheduled_at, f.runs_until
      from raffles f where f.status is not null
    union all
    select w.mission_id, w.status, null, null, null, 0, m.target, null, null, null, null, null, null, null
      from waiting w join missions m on m.id = w.mission_id where w.status is not null;
  end $function$

private.loyalty_net_payouts(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_net_payouts(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_payouts p set state = 'netted', closed_at = now()
      from private.loyalty_payables(p_client) o
     where o.net = 0 and o.obstacle is distinct from 'on_hold' and p.client_id = p_client and p.id = any (o.lines) and p.state = 'pending';
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

private.loyalty_offer_prize(p_client uuid, p_entry uuid, p_moved_up boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_offer_prize(p_client uuid, p_entry uuid, p_moved_up boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_until timestamptz;
    v_person uuid;
    v_data jsonb;
  begin
    select private.local_instant(private.local_date(now(), k.time_zone) + d.claim_days + 1, '00:00', k.time_zone), c.person_id,
           jsonb_build_object('raffleId', m.id, 'name', m.name, 'prize', r.name)
      into strict v_until, v_person, v_data
      from public.loyalty_raffle_entries e
      join public.loyalty_raffle_draws d on d.client_id = e.client_id and d.mission_id = e.mission_id
      join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
      join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
      join public.loyalty_creators c on c.client_id = e.client_id and c.id = e.creator_id
      join public.clients k on k.id = e.client_id
     where e.client_id = p_client and e.id = p_entry;
    update public.loyalty_raffle_entries e set state = 'won', claim_until = v_until
     where e.client_id = p_client and e.id = p_entry and e.state in ('entered', 'alternate');
    insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, raffle_entry_id, state, claim_until)
    select p_client, e.creator_id, r.id, r.kind, 'raffle', e.id, 'claimable', v_until
      from public.loyalty_raffle_entries e
      join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
      join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
     where e.client_id = p_client and e.id = p_entry;
    perform private.notify(p_client, case when p_moved_up then 'loyalty.raffle-moved-up' else 'loyalty.raffle-won' end, array[v_person],
      v_data || jsonb_build_object('claimUntil', v_until), 'raffle-won:' || p_entry);
    perform private.add_job('loyalty.advance-raffles', jsonb_build_object('clientId', p_client), 'loyalty.raffle-claim:' || p_entry, v_until);
  end $function$

private.loyalty_open_part()
  CREATE OR REPLACE FUNCTION private.loyalty_open_part()
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    create temporary table loyalty_import_part (
      line bigint not null,
      handle text not null,
      handle_key text not null,
      url text not null,
      url_key text not null,
      title text not null,
      posted_on date not null,
      views bigint not null,
      likes bigint not null,
      comments bigint not null,
      gmv bigint not null,
      units bigint not null,
      ctr_bp integer
    ) on commit drop;
  end $function$

private.loyalty_open_rounds(p_client uuid, p_date date, p_creators uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_open_rounds(p_client uuid, p_date date, p_creators uuid[])
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_creators uuid[] := p_creators;
    v_people bigint;
    v_settled jsonb;
    v_started bigint := 0;
    v_completed bigint := 0;
    v_missed bigint := 0;
  begin
    select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
    -- Nights were missed and a short round began and ended meanwhile: the one after it begins as well.
    loop
      v_creators := private.loyalty_start_rounds(p_client, p_date, v_creators);
      exit when v_creators is null;
      v_started := v_started + cardinality(v_creators);
      perform private.loyalty_count_rounds(p_client, p_date, case when cardinality(v_creators) * 3 <= v_people then v_creators end);
      v_settled := private.loyalty_settle_rounds(p_client, p_date, false);
      v_completed := v_completed + (v_settled ->> 'completed')::bigint;
      v_creators := private.loyalty_close_rounds(p_client, p_date);
      v_missed := v_missed + coalesce(cardinality(v_creators), 0);
      -- What is done or closed by now may make way for the next.
      v_creators := v_creators || array(select j.creator_id from pg_temp.loyalty_judged j where j.reached_on is not null);
      exit when coalesce(cardinality(v_creators), 0) = 0;
    end loop;
    return jsonb_build_object('started', v_started, 'completed', v_completed, 'missed', v_missed);
  end $function$

private.loyalty_open_work(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_open_work(p_client uuid, p_now timestamp with time zone)
   RETURNS TABLE(kind text, id uuid, redemption_id uuid, creator_id uuid, title text, due_at timestamp with time zone, detail jsonb)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
  begin
    select c.time_zone into v_zone from public.clients c where c.id = p_client;
    return query
      select case r.kind when 'physical_gift' then 'gift_ship' when 'discount' then 'discount_start' else 'instant' end,
             r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name),
             case r.kind when 'discount' then r.scheduled_at + interval '15 minutes'
               else coalesce(r.due_at, r.claimed_at + make_interval(hours => s.fulfil_hours)) end,
             jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
               'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at, 'size', g.size, 'country', g.country)
        from public.loyalty_redemptions r
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
        join public.loyalty_settings s on s.client_id = r.client_id
        left join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
       where r.client_id = p_client and r.state = 'claimed' and r.kind <> 'commission_boost' and not r.is_held
      union all
      select 'discount_end', r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name), r.ends_at + interval '15 minutes',
             jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
               'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at)
        from public.loyalty_redemptions r
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
       where r.client_id = p_client and r.state = 'fulfilled' and r.kind = 'discount' and not r.is_held and r.ends_at < p_now + interval '24 hours'
      union all
      -- A parcel gets ten days before somebody asks the carrier.
      select 'gift_deliver', r.id, r.id, r.creator_id, coalesce(r.terms ->> 'name', w.name), g.shipped_at + interval '10 days',
             jsonb_build_object('state', r.state, 'rewardKind', r.kind, 'source', r.source, 'valueAmount', r.value_amount,
               'claimedAt', r.claimed_at, 'carrier', g.carrier, 'trackingNumber', g.tracking_number, 'shippedAt', g.shipped_at, 'size', g.size)
        from public.loyalty_gifts g
        join public.loyalty_redemptions r on r.client_id = g.client_id and r.id = g.redemption_id and r.state = 'fulfilled' and not r.is_held
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
       where g.client_id = p_client and g.shipped_at is not null and g.delivered_at is null
      union all
      select 'boost_payout', b.id, r.id, b.creator_id, coalesce(r.terms ->> 'name', w.name),
             private.local_instant(coalesce(b.clears_on, b.last_on) + 1, '00:00', v_zone),
             jsonb_build_object('state', b.state, 'rewardKind', r.kind, 'source', r.source, 'claimedAt', r.claimed_at,
               'valueAmount', coalesce(b.final_amount, b.earned_amount, 0), 'clearsOn', b.clears_on)
        from public.loyalty_boosts b
        join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id and not r.is_held
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
       where b.client_id = p_client and b.state = 'pending_payout'
      union all
      select 'raffle_draw', m.id, null, null, m.name, m.ends_at + interval '24 hours',
             jsonb_build_object('state', m.state, 'endsAt', m.ends_at, 'winners', m.winners_count)
        from public.loyalty_missions m
       where m.client_id = p_client and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended') and m.ends_at <= p_now
         and not exists (select from public.loyalty_raffle_draws d
                          where d.client_id = m.client_id and d.mission_id = m.id and d.drawn_at is not null)
         and exists (select from public.loyalty_raffle_entries e
                      where e.client_id = m.client_id and e.mission_id = m.id and e.state <> 'withdrawn')
      union all
      select 'handle_claim', k.id, null, null, '@' || k.handle_key, k.created_at + interval '48 hours',
             jsonb_build_object('state', k.state, 'claimantName', k.claimant_name, 'claimedAt', k.created_at)
        from public.loyalty_handle_claims k
       where k.client_id = p_client and k.state = 'pending';
  end $function$

private.loyalty_owe_boosts(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_owe_boosts(p_client uuid, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_currency text;
    v_count integer;
    v_amount bigint;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select s.currency into v_currency from public.loyalty_settings s where s.client_id = p_client;
    update public.loyalty_boosts b set state = 'pending_payout'
     where b.client_id = p_client and b.state = 'pending_info'
       and (b.final_amount = 0 or exists (select from public.loyalty_payout_accounts a
              where a.client_id = b.client_id and a.creator_id = b.creator_id and a.replaced_at is null));
    -- Nothing stood: there is no line to pay, and the boost ends here.
    update public.loyalty_boosts b set state = 'paid', paid_at = p_now
     where b.client_id = p_client and b.state = 'pending_payout' and b.final_amount = 0;
    with owed as (
      insert into public.loyalty_payouts (client_id, creator_id, kind, boost_id, amount, currency, created_by)
      select b.client_id, b.creator_id, 'boost', b.id, b.final_amount, v_currency, null
        from public.loyalty_boosts b
       where b.client_id = p_client and b.state = 'pending_payout' and b.final_amount > 0
      on conflict (client_id, boost_id) do nothing
      returning amount
    )
    select count(*), coalesce(sum(o.amount), 0) into v_count, v_amount from owed o;
    perform private.loyalty_net_payouts(p_client);
    perform private.loyalty_forget_accounts(p_client);
    perform private.loyalty_remind_boosts(p_client, p_now);
    if v_count > 0 then
      perform private.notify_permitted(p_client, 'loyalty.payouts-due', 'loyalty.payouts.write',
        jsonb_build_object('count', v_count, 'amount', v_amount, 'currency', v_currency),
        'due:' || (select private.local_date(p_now, c.time_zone) from public.clients c where c.id = p_client));
    end if;
    return jsonb_build_object('owed', v_count);
  end $function$

private.loyalty_payables(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_payables(p_client uuid)
   RETURNS TABLE(creator_id uuid, account_id uuid, method text, hint text, currency text, net bigint, lines uuid[], since timestamp with time zone, obstacle text)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
      select o.creator_id, a.id, a.method, a.hint, o.currency, o.net, o.lines, o.since,
             case when o.is_held then 'on_hold' when a.id is null then 'no_account' when a.held_until > now() then 'account_held'
                  when o.net <= 0 then 'negative' when o.net < s.payout_minimum then 'below_minimum' end
        from (select p.creator_id, p.currency, sum(p.amount)::bigint as net, array_agg(p.id order by p.created_at, p.id) as lines,
                     min(p.created_at) as since, bool_or(coalesce(r.is_held, false)) as is_held
                from public.loyalty_payouts p
                left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
                left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
               where p.client_id = p_client and p.state = 'pending'
               group by p.creator_id, p.currency) o
        join public.loyalty_settings s on s.client_id = p_client
        left join public.loyalty_payout_accounts a on a.client_id = p_client and a.creator_id = o.creator_id and a.replaced_at is null;
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
    -- Not for update: rows that only name her (offers, decisions) may be written meanwhile.
    perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for no key update;
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

private.loyalty_preview_mission(p_client uuid, p_body jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_preview_mission(p_client uuid, p_body jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_kind text := p_body ->> 'kind';
    v_target bigint := (p_body ->> 'target')::bigint;
    v_tier uuid := nullif(p_body ->> 'tierId', '')::uuid;
    v_tag text := nullif(p_body ->> 'tag', '');
    v_from text := coalesce(p_body ->> 'countsFrom', 'publish');
    v_reward uuid := nullif(p_body ->> 'rewardId', '')::uuid;
    -- As long as a creator would have, and a month where nothing limits her.
    v_days integer := least(greatest(coalesce((p_body ->> 'daysToFinish')::integer, 30), 1), 90);
    v_last date;
  begin
    perform private.require_permission(p_client, 'loyalty.missions.read');
    if v_kind is null or v_kind not in ('sales_amount', 'sales_units', 'videos', 'views', 'likes', 'raffle') then
      raise exception using errcode = 'VA001', message = 'Choose a kind.', detail = 'kind';
    end if;
    select coalesce(n.last_business_date, private.local_date(now(), k.time_zone)) into v_last
      from public.clients k left join public.loyalty_nights n on n.client_id = k.id where k.id = p_client;
    return (
      with people as (
        -- Whoever no video was ever seen of may look at missions and takes part in none.
        select c.* from public.loyalty_creators c
         where c.client_id = p_client and c.state = 'active' and c.total_videos > 0 and (v_tier is null or c.tier_id = v_tier)
           and (v_tag is null or exists (select from public.loyalty_creator_tags g
                  where g.client_id = p_client and g.creator_id = c.id and g.tag = v_tag))
      ), moved as (
        -- As rounds are counted: what videos brought on each day, and for sales what was entered by hand.
        select d.creator_id, sum(d.value)::bigint as value
          from (select s.creator_id, sum(case v_kind when 'sales_amount' then s.gmv_delta when 'sales_units' then s.units_delta
                                                     when 'views' then s.views_delta else s.likes_delta end) as value
                  from public.loyalty_video_snapshots s
                 where s.client_id = p_client and v_kind not in ('videos', 'raffle') and v_from = 'publish'
                   and s.business_date > v_last - v_days and s.business_date <= v_last
                 group by s.creator_id
                union all
                select a.creator_id, case v_kind when 'sales_amount' then a.amount else a.units end
                  from public.loyalty_adjustments a
                 where a.client_id = p_client and v_kind in ('sales_amount', 'sales_units') and v_from = 'publish'
                   and a.effective_on > v_last - v_days and a.effective_on <= v_last) d
         group by d.creator_id
      ), seen as (
        select v.creator_id, case v_kind when 'videos' then count(*) when 'views' then sum(v.views) else sum(v.likes) end::bigint as value
          from public.loyalty_videos v
         where v.client_id = p_client and case when v_kind = 'videos' then v_from = 'publish' and v.posted_on > v_last - v_days and v.posted_on <= v_last
                                               else v_kind in ('views', 'likes') and v_from = 'joining' end
         group by v.creator_id
      ), judged as (
        select c.id, case when v_from = 'checkpoint' then case v_kind when 'sales_amount' then c.period_sales when 'sales_units' then c.period_units
                            when 'videos' then c.period_videos when 'views' then c.period_views else c.period_likes end
                          when v_from = 'joining' and v_kind = 'sales_amount' then c.total_sales
                          when v_from = 'joining' and v_kind = 'sales_units' then c.total_units
                          when v_from = 'joining' and v_kind = 'videos' then c.total_videos
                          else coalesce(m.value, s.value, 0) end as value
          from people c left join moved m on m.creator_id = c.id left join seen s on s.creator_id = c.id
      ), counted as (
        select count(*) as recipients, count(*) filter (where j.value >= v_target) as done,
               percentile_disc(0.5) within group (order by j.value) as median from judged j
      )
      select jsonb_build_object('recipients', n.recipients,
        'wouldHaveCompleted', case when v_kind <> 'raffle' and v_target > 0 then n.done end,
        'basis', case when v_kind = 'raffle' then null when v_from = 'publish' then 'window' when v_from = 'checkpoint' then 'period' else 'ever' end,
        'windowFrom', case when v_kind <> 'raffle' and v_from = 'publish' then v_last - v_days + 1 end,
        'windowTo', case when v_kind <> 'raffle' then v_last end,
        'median', case when v_kind <> 'raffle' then n.median end,
        'cost', (select case when r.kind = 'commission_boost' then null
                             else coalesce(nullif(l.unit_cost, 0), r.value_amount) * case when v_kind = 'raffle'
                                  then least(coalesce((p_body ->> 'winnersCount')::integer, 1), n.recipients) when v_target > 0 then n.done end end
                   from public.loyalty_rewards r join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
                  where r.client_id = p_client and r.id = v_reward))
        from counted n);
  end $function$

private.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_rank integer;
    v_from integer;
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.write');
    select t.rank into v_rank from public.loyalty_tiers t where t.client_id = p_client and t.id = p_tier;
    select t.rank into v_from from public.loyalty_tiers t where t.client_id = p_client and t.id = p_preview_from;
    return (
      with audience as (
        select c.id, c.total_videos > 0 as is_recognised, t.rank,
               (p_tier is null or c.tier_id = p_tier) as is_in, (v_from <= t.rank and t.rank < v_rank) as is_early
          from public.loyalty_creators c
          join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
         where c.client_id = p_client and c.state = 'active'
           and (p_tag is null or exists (select from public.loyalty_creator_tags g
                  where g.client_id = p_client and g.creator_id = c.id and g.tag = p_tag))
      )
      select jsonb_build_object(
        'reached', (select count(*) from audience a where a.is_in and a.is_recognised),
        'unrecognised', (select count(*) from audience a where a.is_in and not a.is_recognised),
        'early', (select count(*) from audience a where a.is_early),
        'openOffers', (select count(*) from public.loyalty_redemptions x
                        where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimable' and x.withdrawn_at is null),
        'openClaims', (select count(*) from public.loyalty_redemptions x
                        where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimed')));
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

private.loyalty_progress_missions(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_progress_missions(p_client uuid, p_date date)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_night public.loyalty_nights;
    v_date date;
    v_marked uuid[];
    v_people bigint;
    v_counted bigint;
    v_settled jsonb;
    v_missed bigint;
    v_opened jsonb;
  begin
    -- The same lock as the count of tiers: one after the other, and a second run finds nothing left to do.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    select n.* into strict v_night from public.loyalty_nights n where n.client_id = p_client;
    -- A late file for an earlier night changes figures; rounds are judged as of the latest night.
    v_date := greatest(p_date, v_night.last_business_date);
    select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
    v_marked := array(
      select d.creator_id from private.loyalty_dirty_creators d where d.client_id = p_client and d.due_on <= v_date
      union
      select p.creator_id from public.loyalty_mission_progress p
       where p.client_id = p_client and p.state = 'active' and p.figures_at is null);
    -- As for tiers: past a third all are read in order, and once a week everybody is counted again.
    v_counted := private.loyalty_count_rounds(p_client, v_date,
      case when v_night.needs_full_pass or v_night.last_full_pass_on is null or v_date - v_night.last_full_pass_on >= 7
             or cardinality(v_marked) * 3 > v_people then null else v_marked end);
    v_settled := private.loyalty_settle_rounds(p_client, v_date, true);
    v_missed := coalesce(cardinality(private.loyalty_close_rounds(p_client, v_date)), 0);
    v_opened := private.loyalty_open_rounds(p_client, v_date, null);
    drop table if exists pg_temp.loyalty_counted, pg_temp.loyalty_judged;
    return jsonb_build_object('businessDate', v_date, 'counted', v_counted, 'started', v_opened -> 'started',
      'completed', (v_settled ->> 'completed')::bigint + (v_opened ->> 'completed')::bigint, 'reverted', v_settled -> 'reverted',
      'missed', v_missed + (v_opened ->> 'missed')::bigint);
  end $function$

private.loyalty_publish_checks(p_mission public.loyalty_missions)
  CREATE OR REPLACE FUNCTION private.loyalty_publish_checks(p_mission public.loyalty_missions)
   RETURNS void
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- Held until the end, so that the reward is not archived in the same second.
    if (select r.state from public.loyalty_rewards r where r.client_id = p_mission.client_id and r.id = p_mission.reward_id) <> 'published' then
      raise exception using errcode = 'VA001', detail = 'rewardId', message = 'Its reward is not published. Publish the reward first.';
    elsif exists (select from public.loyalty_tiers t
                   where t.client_id = p_mission.client_id and t.id = p_mission.tier_id and t.archived_at is not null) then
      raise exception using errcode = 'VA001', detail = 'tierId', message = 'Its tier is no longer on the ladder. Choose another one first.';
    elsif p_mission.ends_at <= now() then
      raise exception using errcode = 'VA001', detail = 'ends', message = 'Its end has passed. Choose a later one first.';
    end if;
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

private.loyalty_raffle_creator(p_client uuid, p_raffle uuid, p_person uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_creator(p_client uuid, p_raffle uuid, p_person uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid;
  begin
    select c.id into v_creator
      from public.loyalty_creators c
      join public.loyalty_missions m on m.client_id = c.client_id and m.id = p_raffle and m.kind = 'raffle'
     where c.client_id = p_client and c.person_id = p_person and c.id = any (private.my_creators())
       and m.id = any (private.my_missions());
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
    end if;
    return v_creator;
  end $function$

private.loyalty_raffle_entry(p_client uuid, p_raffle uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_entry(p_client uuid, p_raffle uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('id', e.id, 'state', e.state, 'entryNo', e.entry_no, 'drawRank', e.draw_rank, 'enteredAt', e.entered_at,
               'claimUntil', coalesce(x.claim_until, e.claim_until), 'redemptionId', x.id, 'redemptionState', x.state)
        from public.loyalty_raffle_entries e
        left join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
       where e.client_id = p_client and e.mission_id = p_raffle and e.creator_id = p_creator);
  end $function$

private.loyalty_raffle_list_text(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_list_text(p_client uuid, p_raffle uuid)
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((select string_agg(e.entry_no || ' ' || e.id || E'\n', '' order by e.entry_no)
                       from public.loyalty_raffle_entries e
                      where e.client_id = p_client and e.mission_id = p_raffle and e.entry_no is not null), '');
  end $function$

private.loyalty_raffle_phase(p_state text, p_ends_at timestamp with time zone, p_sealed_at timestamp with time zone, p_drawn_at timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_phase(p_state text, p_ends_at timestamp with time zone, p_sealed_at timestamp with time zone, p_drawn_at timestamp with time zone)
   RETURNS text
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select case when p_drawn_at is not null then 'drawn' when p_sealed_at is not null then 'sealed'
                when p_state = 'draft' then 'draft' when p_state = 'archived' then 'archived'
                when p_state = 'ended' or p_ends_at <= now() then 'closed'
                when p_state = 'paused' then 'paused' else 'open' end
  $function$

private.loyalty_raffle_result(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_result(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('sealedAt', d.sealed_at, 'entriesCount', d.entries_count, 'entriesHash', d.entries_hash,
               'commitment', d.commitment, 'winnersCount', d.winners_count, 'alternatesCount', d.alternates_count,
               'claimDays', d.claim_days, 'seed', d.seed, 'drawnAt', d.drawn_at,
               'places', coalesce((select jsonb_agg(jsonb_build_object('rank', e.draw_rank, 'entryNo', e.entry_no, 'state', e.state)
                                     order by e.draw_rank)
                                     from public.loyalty_raffle_entries e
                                    where e.client_id = p_client and e.mission_id = p_raffle
                                      and e.draw_rank <= d.winners_count + d.alternates_count), '[]'))
        from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle);
  end $function$

private.loyalty_raffle_standing(p_client uuid, p_raffle uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_raffle_standing(p_client uuid, p_raffle uuid, p_creator uuid)
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- clock_timestamp(): whoever waited for a lock past the end is too late, although her transaction began in time.
    return (
      select case when c.state <> 'active' then 'ARCHIVED'
                  when exists (select from public.loyalty_raffle_draws d where d.client_id = m.client_id and d.mission_id = m.id)
                    or m.state in ('ended', 'archived') or m.ends_at <= clock_timestamp() then 'RAFFLE_CLOSED'
                  when m.state <> 'published' then 'NOT_AVAILABLE'
                  when c.total_videos = 0 and not exists (select from public.loyalty_videos v
                         where v.client_id = c.client_id and v.creator_id = c.id) then 'NOT_RECOGNISED'
                  when m.tier_id <> c.tier_id then 'TIER_INELIGIBLE'
                  when m.tag is not null and not exists (select from public.loyalty_creator_tags g
                         where g.client_id = c.client_id and g.creator_id = c.id and g.tag = m.tag) then 'TIER_INELIGIBLE' end
        from public.loyalty_missions m
        join public.loyalty_creators c on c.client_id = m.client_id and c.id = p_creator
       where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle');
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

private.loyalty_read_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_batch(p_client uuid, p_batch uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_batch public.loyalty_payout_batches;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.read');
    select b.* into v_batch from public.loyalty_payout_batches b where b.client_id = p_client and b.id = p_batch;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this batch.';
    end if;
    return private.loyalty_batch_head(v_batch) || jsonb_build_object('items', (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'creatorId', m.creator_id, 'handle', c.handle, 'name', c.display_name,
               'amount', m.amount, 'state', m.state, 'accountId', m.account_id, 'method', a.method, 'hint', a.hint,
               'reference', m.reference, 'failureReason', m.failure_reason, 'paidAt', m.paid_at,
               'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'amount', p.amount, 'reason', p.reason,
                                  'name', r.terms ->> 'name') order by p.created_at, p.id), '[]')
                           from public.loyalty_payouts p
                           left join public.loyalty_payouts e on e.client_id = p.client_id and e.id = p.claws_back_id
                           left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = coalesce(p.boost_id, e.boost_id)
                           left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
                          where p.client_id = p_client and p.payment_id = m.id)) order by c.handle_key, m.id), '[]')
        from public.loyalty_payments m
        join public.loyalty_creators c on c.client_id = m.client_id and c.id = m.creator_id
        join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id
       where m.client_id = p_client and m.batch_id = p_batch));
  end $function$

private.loyalty_read_details(p_kind text, p_requires_size boolean, p_sizes text[], p_details jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_read_details(p_kind text, p_requires_size boolean, p_sizes text[], p_details jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   IMMUTABLE
   SET search_path TO ''
  AS $function$
  declare
    v_details jsonb := case when jsonb_typeof(p_details) = 'object' then p_details else '{}'::jsonb end;
    v_shipping jsonb := v_details -> 'shipping';
    v_size text := btrim(v_details ->> 'size');
    v_field text;
  begin
    -- Only what this kind of reward needs, in one spelling: two clicks of one person are then the same text.
    if p_kind in ('commission_boost', 'discount') then
      return jsonb_strip_nulls(jsonb_build_object('schedule', jsonb_strip_nulls(jsonb_build_object(
        'date', v_details -> 'schedule' -> 'date', 'time', v_details -> 'schedule' -> 'time'))));
    elsif p_kind <> 'physical_gift' then
      return '{}';
    end if;
    if p_requires_size and coalesce(v_size, '') = '' then
      raise exception using errcode = 'VA001', hint = 'SIZE_REQUIRED', detail = 'size', message = 'Choose a size.';
    elsif p_requires_size and v_size <> all (p_sizes) then
      raise exception using errcode = 'VA001', hint = 'SIZE_INVALID', detail = 'size', message = 'Choose one of the sizes there are.';
    end if;
    if v_shipping is null or jsonb_typeof(v_shipping) <> 'object' then
      raise exception using errcode = 'VA001', hint = 'SHIPPING_INFO_REQUIRED', detail = 'shipping.recipient',
        message = 'Say where the parcel should go.';
    end if;
    v_shipping := jsonb_build_object('recipient', btrim(coalesce(v_shipping ->> 'recipient', '')), 'line1', btrim(coalesce(v_shipping ->> 'line1', '')),
      'line2', btrim(coalesce(v_shipping ->> 'line2', '')), 'city', btrim(coalesce(v_shipping ->> 'city', '')),
      'region', btrim(coalesce(v_shipping ->> 'region', '')), 'postalCode', btrim(coalesce(v_shipping ->> 'postalCode', '')),
      'country', upper(btrim(coalesce(v_shipping ->> 'country', ''))), 'phone', btrim(coalesce(v_shipping ->> 'phone', '')));
    v_field := case when char_length(v_shipping ->> 'recipient') not between 2 and 80 then 'recipient'
                    when char_length(v_shipping ->> 'line1') not between 3 and 120 then 'line1'
                    when char_length(v_shipping ->> 'line2') > 120 then 'line2'
                    when char_length(v_shipping ->> 'city') not between 1 and 80 then 'city'
                    when char_length(v_shipping ->> 'region') > 80 then 'region'
                    when char_length(v_shipping ->> 'postalCode') not between 2 and 12 then 'postalCode'
                    when v_shipping ->> 'country' !~ '^[A-Z]{2}$' then 'country'
                    when v_shipping ->> 'phone' <> '' and char_length(v_shipping ->> 'phone') not between 5 and 32 then 'phone' end;
    if v_field is not null then
      raise exception using errcode = 'VA001', hint = 'SHIPPING_INFO_REQUIRED', detail = 'shipping.' || v_field,
        message = 'This part of the address is missing or does not fit.';
    end if;
    return jsonb_strip_nulls(jsonb_build_object('size', case when p_requires_size then v_size end, 'shipping', v_shipping));
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

private.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION private.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_me public.loyalty_creators;
    v_limit integer := least(greatest(p_limit, 1), 100);
  begin
    select c.* into v_me from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
    if v_me.id is null and not private.has_permission(p_client, 'loyalty.creators.read') then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client and s.leaderboard_shown;
    if not found then
      raise exception using errcode = 'TN001', message = 'This business shows no leaderboard.';
    end if;
    -- Whoever is hidden takes no place in what others see, so a gap in the ranks gives nobody away.
    return (
      with ranked as materialized (
        select x.id, x.handle, x.tier_id, x.value, rank() over (order by x.value desc) as place
          from (select c.id, c.handle, c.tier_id,
                       case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then c.total_sales
                            when v_settings.tier_mode = 'lifetime' then c.total_units
                            when v_settings.metric = 'sales' then c.period_sales else c.period_units end as value
                  from public.loyalty_creators c
                 where c.client_id = p_client and c.state = 'active' and c.total_videos > 0
                   and (c.is_on_leaderboard or c.id = v_me.id)) x
      ), page as (
        select r.* from ranked r
         where p_cursor is null or r.value < (p_cursor ->> 'v')::bigint
            or (r.value = (p_cursor ->> 'v')::bigint and r.id > (p_cursor ->> 'id')::uuid)
         order by r.value desc, r.id limit v_limit + 1
      )
      select jsonb_build_object(
        'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency,
        'total', (select count(*)::integer from ranked),
        'me', case when v_me.id is not null then jsonb_build_object('isShown', v_me.is_on_leaderboard,
                'rank', (select r.place from ranked r where r.id = v_me.id), 'value', (select r.value from ranked r where r.id = v_me.id)) end,
        'hasMore', (select count(*) from page) > v_limit,
        'last', (select jsonb_build_object('v', p.value, 'id', p.id) from (select * from page order by value desc, id limit v_limit) p
                  order by p.value, p.id desc limit 1),
        'items', (select coalesce(jsonb_agg(jsonb_build_object('rank', p.place, 'handle', p.handle, 'tierName', t.name, 'tierColor', t.color,
                           'value', p.value, 'isMe', p.id is not distinct from v_me.id) order by p.value desc, p.id), '[]')
                    from (select * from page order by value desc, id limit v_limit) p
                    join public.loyalty_tiers t on t.client_id = p_client and t.id = p.tier_id)));
  end $function$

private.loyalty_read_missions(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_missions(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_settings public.loyalty_settings;
    v_night public.loyalty_nights;
    v_creator public.loyalty_creators;
    v_value bigint;
    v_zone text;
  begin
    if not p_client = any (private.my_clients('loyalty')) then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select n.* into v_night from public.loyalty_nights n where n.client_id = p_client;
    select k.time_zone into v_zone from public.clients k where k.id = p_client;
    -- The rewards of missions are closed to creators by their own policy, as their terms are the business's: read here, with the mission.
    select c.* into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
    v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                    when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                    when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
    return jsonb_build_object(
      'currency', v_settings.currency, 'metric', v_settings.metric, 'timeZone', v_zone, 'figuresAt', v_night.figures_at,
      'lastBusinessDate', v_night.last_business_date,
      -- What a claim promises is said where she claims.
      'fulfilHours', v_settings.fulfil_hours, 'clearingDays', v_settings.clearing_days,
      'isStale', coalesce(v_night.figures_at < now() - make_interval(hours => v_settings.stale_after_hours), true),
      'nextCountAt', private.loyalty_next_count_at(v_settings.sync_time, v_settings.sync_time_zone),
      'creator', case when v_creator.id is not null then (
        select jsonb_build_object('id', v_creator.id, 'handle', v_creator.handle, 'tierId', t.id, 'tierName', t.name,
                 'commissionBp', t.commission_bp,
                 'isRecognised', v_creator.total_videos > 0 or exists (select from public.loyalty_videos v
                   where v.client_id = p_client and v.creator_id = v_creator.id))
          from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id) end,
      'finished', case when v_creator.id is null then 0 else (select count(*) from private.loyalty_finished_rounds(p_client, v_creator.id)) end,
      'items', (
        select coalesce(jsonb_agg(jsonb_build_object(
                 'id', m.id, 'kind', m.kind, 'name', m.name, 'description', m.description, 'status', x.status, 'progressId', x.progress_id,
                 'redemptionId', x.redemption_id, 'isRecurring', m.is_recurring, 'cycleNo', x.cycle_no, 'target', x.target, 'value', x.value,
                 'countsFrom', m.counts_from, 'countsFromOn', x.counts_from_on, 'dueOn', x.due_on, 'startsOn', x.starts_on,
                 'completedOn', x.completed_on, 'claimUntil', x.claim_until, 'scheduledAt', x.scheduled_at, 'rewardEndsAt', x.reward_ends_at,
                 'tier', case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name, 'rank', t.rank,
                   'missing', case when o.rank >= t.rank then 0 else greatest(t.threshold - v_value, 0) end) end,
                 'reward', jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'description', r.description,
                   'instructions', r.instructions, 'valueAmount', r.value_amount, 'boostBp', r.boost_bp, 'boostDays', r.boost_days, 'discountPercent', r.discount_percent,
                   'discountMinutes', r.discount_minutes, 'requiresSize', r.requires_size, 'sizes', r.sizes),
                 'raffle', case when m.kind = 'raffle' then jsonb_build_object('endsAt', m.ends_at, 'winnersCount', m.winners_count,
                   'claimDays', m.claim_days,
                   'entries', (select count(*) from public.loyalty_raffle_entries e
                                where e.client_id = p_client and e.mission_id = m.id and e.state <> 'withdrawn'),
                   'isSealed', exists (select from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = m.id)) end)
                 order by b.band, case x.status when 'in_progress' then b.is_near end desc nulls last,
                   case x.status when 'in_progress' then b.kind_rank end, case when x.status = 'in_progress' then b.share end desc nulls last,
                   coalesce(x.claim_until, m.ends_at) nulls last, m.display_order, m.id), '[]')
          from private.loyalty_my_mission_rows(p_client, v_creator.id) x
          join public.loyalty_missions m on m.client_id = p_client and m.id = x.mission_id
          join public.loyalty_rewards r on r.client_id = p_client and r.id = m.reward_id
          join public.loyalty_tiers o on o.client_id = p_client and o.id = v_creator.tier_id
          left join public.loyalty_tiers t on t.client_id = p_client and t.id = m.tier_id
         cross join lateral (
           select array_position(array['claimable', 'raffle_won', 'needs_details', 'raffle_open', 'in_progress', 'raffle_entered',
                    'raffle_closed', 'raffle_alternate', 'running', 'scheduled', 'paying', 'claimed', 'next_up', 'cooling_down', 'paused',
                    'locked', 'unrecognised'], x.status) as band,
                  array_position(array['sales_amount', 'sales_units', 'videos', 'likes', 'views'], m.kind) as kind_rank,
                  x.value::double precision / greatest(x.target, 1) as share,
                  -- Nearly there, or nearly over.
                  x.value * 5 >= x.target * 4 or coalesce(x.due_on <= private.local_date(now(), v_zone) + 3, false) as is_near) b));
  end $function$

private.loyalty_read_my_payouts(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_my_payouts(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid;
    v_settings public.loyalty_settings;
    v_counted date;
  begin
    if not (p_client = any (private.my_clients('loyalty'))) then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select c.id into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.state = 'active';
    if not found then
      return null;
    end if;
    select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
    select n.last_business_date into v_counted from public.loyalty_nights n where n.client_id = p_client;
    return jsonb_build_object(
      'currency', v_settings.currency, 'minimum', v_settings.payout_minimum, 'countedOn', v_counted,
      'balance', (select coalesce(sum(p.amount), 0) from public.loyalty_payouts p
                   where p.client_id = p_client and p.creator_id = v_creator and p.state = 'pending'),
      'account', (select jsonb_build_object('id', a.id, 'method', a.method, 'hint', a.hint,
                     'heldUntil', case when a.held_until > now() then a.held_until end, 'createdAt', a.created_at)
                    from public.loyalty_payout_accounts a
                   where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null),
      'boosts', (
        select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'redemptionId', b.redemption_id, 'name', coalesce(r.terms ->> 'name', w.name),
                 'state', b.state, 'rateBp', b.rate_bp, 'days', b.days, 'startsAt', b.starts_at, 'endsAt', b.ends_at,
                 'firstOn', b.first_on, 'lastOn', b.last_on, 'clearsOn', b.clears_on,
                 'sales', coalesce(b.final_sales, b.settled_sales, g.sales), 'earned', coalesce(b.final_amount, b.earned_amount,
                   private.loyalty_boost_amount(g.sales, b.rate_bp)),
                 'isFinal', b.cleared_at is not null, 'paidAt', b.paid_at, 'cancelledAt', b.cancelled_at,
                 'isFailed', coalesce(p.state = 'failed', false), 'isSent', coalesce(p.state = 'sent', false)) order by b.starts_at desc, b.id), '[]')
          from (select * from public.loyalty_boosts t where t.client_id = p_client and t.creator_id = v_creator
                 order by t.starts_at desc, t.id limit 50) b
          join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
          join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
          left join public.loyalty_payouts p on p.client_id = b.client_id and p.boost_id = b.id
         cross join lateral (select case when b.state in ('active', 'expired') then private.loyalty_boost_sales(
              (select t from public.loyalty_boosts t where t.client_id = b.client_id and t.id = b.id), b.last_on) else 0 end as sales) g),
      'payouts', (
        select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'amount', p.amount, 'state', p.state, 'reason', p.reason,
                 'name', coalesce(r.terms ->> 'name', w.name), 'createdAt', p.created_at, 'closedAt', p.closed_at,
                 'method', a.method, 'hint', a.hint, 'failureReason', m.failure_reason, 'reference', m.reference) order by p.created_at desc, p.id), '[]')
          from (select * from public.loyalty_payouts t where t.client_id = p_client and t.creator_id = v_creator
                 order by t.created_at desc, t.id limit 100) p
          left join public.loyalty_payouts e on e.client_id = p.client_id and e.id = p.claws_back_id
          left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = coalesce(p.boost_id, e.boost_id)
          left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
          left join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
          left join public.loyalty_payments m on m.client_id = p.client_id and m.id = p.payment_id
          left join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id));
  end $function$

private.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_mission public.loyalty_missions;
    v_creator uuid;
    v_is_staff boolean := private.has_permission(p_client, 'loyalty.missions.read');
  begin
    -- The prize is a reward made for missions, which its own policy shows to staff only: so it is read here, with its raffle.
    select m.* into v_mission from public.loyalty_missions m
     where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle' and (v_is_staff or m.id = any (private.my_missions()));
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
    end if;
    select c.id into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client);
    return (
      select jsonb_build_object(
        'id', v_mission.id, 'name', v_mission.name, 'description', v_mission.description, 'endsAt', v_mission.ends_at,
        'phase', private.loyalty_raffle_phase(v_mission.state, v_mission.ends_at, d.sealed_at, d.drawn_at),
        'winnersCount', coalesce(d.winners_count, v_mission.winners_count),
        'alternatesCount', coalesce(d.alternates_count, v_mission.alternates_count),
        'claimDays', coalesce(d.claim_days, v_mission.claim_days), 'timeZone', k.time_zone, 'currency', s.currency,
        'tierName', t.name, 'isForTag', v_mission.tag is not null,
        'prize', jsonb_build_object('rewardId', r.id, 'name', r.name, 'kind', r.kind, 'description', r.description,
          'valueAmount', r.value_amount, 'boostBp', r.boost_bp, 'boostDays', r.boost_days, 'discountPercent', r.discount_percent,
          'discountMinutes', r.discount_minutes, 'sizes', to_jsonb(r.sizes), 'instructions', r.instructions),
        'fulfilHours', s.fulfil_hours, 'clearingDays', s.clearing_days,
        'entered', (select count(*)::integer from public.loyalty_raffle_entries e
                     where e.client_id = p_client and e.mission_id = p_raffle and e.state <> 'withdrawn'),
        'blockedBy', case when v_creator is not null then private.loyalty_raffle_standing(p_client, p_raffle, v_creator) end,
        'isCreator', v_creator is not null,
        'entry', case when v_creator is not null then private.loyalty_raffle_entry(p_client, p_raffle, v_creator) end,
        'draw', private.loyalty_raffle_result(p_client, p_raffle))
        from public.clients k
        join public.loyalty_settings s on s.client_id = k.id
        join public.loyalty_rewards r on r.client_id = k.id and r.id = v_mission.reward_id
        left join public.loyalty_tiers t on t.client_id = k.id and t.id = v_mission.tier_id
        left join public.loyalty_raffle_draws d on d.client_id = k.id and d.mission_id = v_mission.id
       where k.id = p_client);
  end $function$

private.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
   RETURNS text
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if not exists (select from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle'
                    and (private.has_permission(p_client, 'loyalty.missions.read') or m.id = any (private.my_missions()))) then
      raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
    end if;
    if not exists (select from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle) then
      raise exception using errcode = 'ST001', message = 'The list is published when it is sealed, once the raffle has ended.';
    end if;
    return private.loyalty_raffle_list_text(p_client, p_raffle);
  end $function$

private.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_redemption(p_client uuid, p_redemption uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
    v_creator public.loyalty_creators;
    v_mine boolean;
    v_fulfils boolean := private.has_permission(p_client, 'loyalty.redemptions.fulfil');
  begin
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
    v_mine := v_row.creator_id = any (private.my_creators());
    if not found or not (v_mine or private.has_permission(p_client, 'loyalty.redemptions.read')) then
      raise exception using errcode = 'TN001', message = 'We could not find this claim.';
    end if;
    select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = v_row.creator_id;
    return jsonb_build_object(
      'id', v_row.id, 'creatorId', v_row.creator_id, 'handle', v_creator.handle, 'name', v_creator.display_name, 'rewardId', v_row.reward_id,
      'title', coalesce(v_row.terms ->> 'name', (select w.name from public.loyalty_rewards w where w.client_id = p_client and w.id = v_row.reward_id)),
      'kind', v_row.kind, 'source', v_row.source, 'state', v_row.state, 'isHeld', v_row.is_held, 'isMine', v_mine,
      'offeredAt', v_row.offered_at, 'claimUntil', v_row.claim_until, 'claimedAt', v_row.claimed_at, 'dueAt', v_row.due_at,
      'scheduledAt', v_row.scheduled_at, 'endsAt', v_row.ends_at, 'fulfilledAt', v_row.fulfilled_at, 'concludedAt', v_row.concluded_at,
      'rejectedAt', v_row.rejected_at, 'rejectionReason', v_row.rejection_reason, 'reference', v_row.fulfil_reference,
      -- What staff wrote for each other is theirs.
      'note', case when not v_mine then v_row.fulfil_note end,
      'costAmount', case when not v_mine then v_row.cost_amount end, 'valueAmount', v_row.value_amount,
      'terms', v_row.terms, 'rewardVersion', v_row.reward_version,
      'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_client and t.id = v_row.tier_id),
      'missionName', (select m.name from public.loyalty_missions m where m.client_id = p_client and m.id = coalesce(
          (select g.mission_id from public.loyalty_mission_progress g where g.client_id = p_client and g.id = v_row.mission_progress_id),
          (select e.mission_id from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = v_row.raffle_entry_id))),
      'code', case when v_mine or v_fulfils then (select k.envelope from public.loyalty_redemption_codes k
                                                   where k.client_id = p_client and k.redemption_id = p_redemption) end,
      'coupon', case when v_row.kind = 'discount' and (v_fulfils or (v_mine and v_row.state in ('fulfilled', 'concluded')))
                     then (select l.coupon_code from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = v_row.reward_id) end,
      'gift', case when v_mine or v_fulfils then (
         select jsonb_build_object('size', g.size, 'recipient', g.recipient, 'line1', g.line1, 'line2', g.line2, 'city', g.city, 'region', g.region,
                  'postalCode', g.postal_code, 'country', g.country, 'phone', g.phone, 'carrier', g.carrier, 'trackingNumber', g.tracking_number,
                  'shippedAt', g.shipped_at, 'deliveredAt', g.delivered_at)
           from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = p_redemption) end,
      'boost', (select jsonb_build_object('id', b.id, 'state', b.state, 'rateBp', b.rate_bp, 'days', b.days, 'firstOn', b.first_on, 'lastOn', b.last_on,
                  'clearsOn', b.clears_on, 'finalAmount', b.final_amount, 'earnedAmount', b.earned_amount)
                  from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption),
      'history', (select coalesce(jsonb_agg(jsonb_build_object('from', h.from_state, 'to', h.to_state, 'at', h.created_at, 'actor', h.actor,
                    'by', case when h.actor_user_id = auth.uid() then 'you' when v_creator.person_id = p.id then 'creator'
                               when h.actor_user_id is not null then 'staff' else 'system' end,
                    'name', case when not v_mine then p.display_name end) order by h.created_at, h.id), '[]')
                    from public.core_state_history h
                    left join public.people p on p.client_id = h.client_id and p.user_id = h.actor_user_id
                   where h.client_id = p_client and h.entity = 'loyalty_redemptions' and h.row_id = p_redemption));
  end $function$

private.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
  begin
    return (
      select jsonb_build_object('id', x.id, 'kind', x.kind, 'name', coalesce(x.terms ->> 'name', r.name), 'scheduledAt', x.scheduled_at,
               'endsAt', x.ends_at, 'state', x.state, 'sequence', x.calendar_sequence, 'updatedAt', x.updated_at,
               'boostBp', x.terms -> 'boostBp', 'discountPercent', x.terms -> 'discountPercent', 'rejectionReason', x.rejection_reason)
        from public.loyalty_redemptions x
        join public.loyalty_rewards r on r.client_id = x.client_id and r.id = x.reward_id
       where x.client_id = p_client and x.id = p_redemption and x.scheduled_at is not null
         and case when x.creator_id = v_creator.id then true
                  else private.has_permission(p_client, 'loyalty.redemptions.read') end);
  end $function$

private.loyalty_read_report(p_client uuid, p_from date, p_to date, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_read_report(p_client uuid, p_from date, p_to date, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
    v_from timestamptz;
    v_to timestamptz;
  begin
    perform private.require_permission(p_client, 'loyalty.reports.read');
    if p_from is null or p_to is null or p_to < p_from then
      raise exception using errcode = 'VA001', detail = 'to', message = 'The last day comes after the first.';
    end if;
    if p_to - p_from > 400 then
      raise exception using errcode = 'VA001', detail = 'to', message = 'A report covers up to 400 days.';
    end if;
    select c.time_zone into v_zone from public.clients c where c.id = p_client;
    v_from := private.local_instant(p_from, '00:00', v_zone);
    v_to := private.local_instant(p_to + 1, '00:00', v_zone);
    return jsonb_build_object(
      'from', p_from, 'to', p_to,
      'rewards', private.loyalty_report_rewards(p_client, v_from, v_to),
      'claimed', (select count(*) from public.loyalty_redemptions r
                   where r.client_id = p_client and r.claimed_at >= v_from and r.claimed_at < v_to),
      'rejected', (select count(*) from public.loyalty_redemptions r
                    where r.client_id = p_client and r.state = 'rejected' and r.rejected_at >= v_from and r.rejected_at < v_to),
      'budgets', (select coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'budget', l.budget_total, 'spent', l.committed_amount,
                    'reserved', l.reserved_amount, 'left', l.budget_total - l.committed_amount - l.reserved_amount) order by w.name, w.id), '[]')
                    from public.loyalty_reward_limits l
                    join public.loyalty_rewards w on w.client_id = l.client_id and w.id = l.reward_id and w.state in ('published', 'paused')
                   where l.client_id = p_client and l.budget_total is not null),
      'missions', (select coalesce(jsonb_agg(jsonb_build_object('name', x.name, 'kind', x.kind, 'completed', x.completed, 'creators', x.creators)
                                             order by x.completed desc, x.name, x.id), '[]')
                     from (select m.id, m.name, m.kind, count(*) as completed, count(distinct g.creator_id) as creators
                             from public.loyalty_mission_progress g
                             join public.loyalty_missions m on m.client_id = g.client_id and m.id = g.mission_id
                            where g.client_id = p_client and g.state = 'completed' and g.completed_on >= p_from and g.completed_on <= p_to
                            group by m.id, m.name, m.kind) x),
      'movement', (select jsonb_build_object(
                     'risen', count(*) filter (where d.rule <> 'maintained' and t.rank > f.rank),
                     'held', count(*) filter (where d.rule = 'maintained'),
                     'fallen', count(*) filter (where d.rule <> 'maintained' and t.rank < f.rank))
                     from public.loyalty_tier_decisions d
                     join public.loyalty_tiers t on t.client_id = d.client_id and t.id = d.to_tier_id
                     left join public.loyalty_tiers f on f.client_id = d.client_id and f.id = d.from_tier_id
                    where d.client_id = p_client and d.business_date >= p_from and d.business_date <= p_to and d.undone_at is null
                      and d.rule <> 'undone'),
      'uplift', private.loyalty_report_uplift(p_client, p_from, p_to),
      'cohorts', private.loyalty_report_cohorts(p_client, p_to),
      'onTime', private.loyalty_count_on_time(p_client, v_from, least(v_to, p_now)),
      'sales', (select coalesce(sum(d.sales), 0)::bigint from public.loyalty_daily_totals d
                 where d.client_id = p_client and d.business_date >= p_from and d.business_date <= p_to));
  end $function$

private.loyalty_read_report_mails(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_report_mails(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.reports.read');
    return (select coalesce(jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.display_name,
               'weekly', exists (select from public.loyalty_report_mails m
                                  where m.client_id = p_client and m.person_id = p.id and m.cadence = 'weekly'),
               'monthly', exists (select from public.loyalty_report_mails m
                                   where m.client_id = p_client and m.person_id = p.id and m.cadence = 'monthly')) order by p.display_name, p.id), '[]')
              from public.people p
             where p.client_id = p_client and p.id in (select private.people_permitted(p_client, 'loyalty.reports.read')));
  end $function$

private.loyalty_read_reward(p_client uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_reward(p_client uuid, p_reward uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.read');
    select r.* into v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    return private.loyalty_reward_row(v_reward, private.loyalty_month_start(p_client)) || jsonb_build_object(
      'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
      'openOffers', (select count(*) from public.loyalty_redemptions x
                      where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimable' and x.withdrawn_at is null),
      'openClaims', (select count(*) from public.loyalty_redemptions x
                      where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimed'),
      'claimsEver', (select count(*) from public.loyalty_redemptions x
                      where x.client_id = p_client and x.reward_id = p_reward and x.state in ('claimed', 'fulfilled', 'concluded', 'rejected')),
      'missions', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'state', m.state) order by m.name), '[]')
                     from public.loyalty_missions m where m.client_id = p_client and m.reward_id = p_reward and m.state <> 'archived'),
      'steps', (select coalesce(jsonb_agg(jsonb_build_object('to', h.to_state, 'at', h.created_at, 'by',
                         coalesce((select p.display_name from public.people p where p.client_id = p_client and p.user_id = h.actor_user_id), h.actor))
                         order by h.created_at desc, h.id), '[]')
                  from (select * from public.core_state_history s
                         where s.client_id = p_client and s.entity = 'loyalty_rewards' and s.row_id = p_reward
                         order by s.created_at desc, s.id limit 12) h));
  end $function$

private.loyalty_read_rewards(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_rewards(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
    v_settings public.loyalty_settings;
    v_zone text;
    v_value bigint;
  begin
    select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
    select c.time_zone into v_zone from public.clients c where c.id = p_client;
    v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                    when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                    when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
    return jsonb_build_object(
      'metric', v_settings.metric, 'currency', v_settings.currency, 'timeZone', v_zone,
      'fulfilHours', v_settings.fulfil_hours, 'clearingDays', v_settings.clearing_days,
      'today', private.local_date(now(), v_zone),
      'creator', case when v_creator.id is not null then (
        select jsonb_build_object('id', v_creator.id, 'name', v_creator.display_name, 'state', v_creator.state, 'tierId', t.id,
                 'tierName', t.name, 'tierRank', t.rank, 'commissionBp', t.commission_bp, 'value', v_value)
          from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id) end,
      'rewards', case when v_creator.id is null then '[]' else (
        select coalesce(jsonb_agg(private.loyalty_reward_card(r) || jsonb_build_object(
                 'status', s.status, 'code', s.code, 'used', s.used, 'opensAt', s.opens_at,
                 'openRedemptionId', s.open_redemption_id,
                 -- How many there are is the business's own affair until it is nearly none.
                 'stockLeft', case when s.stock_left <= 10 then s.stock_left end,
                 'reason', s.detail ->> 'reason', 'claimUntil', s.detail ->> 'claimUntil',
                 'tier', (select jsonb_build_object('id', t.id, 'name', t.name, 'rank', t.rank, 'threshold', t.threshold)
                            from public.loyalty_tiers t where t.client_id = p_client and t.id = r.tier_id),
                 -- The rows the limit was used by, so that "why not" can name them.
                 'claims', (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'claimedAt', u.claimed_at, 'state', u.state)
                                     order by u.claimed_at desc), '[]')
                              from public.loyalty_redemptions u
                             where u.client_id = p_client and u.creator_id = v_creator.id and u.reward_id = r.id and u.source = 'tier'
                               and u.window_key = s.window_key and u.state in ('claimed', 'fulfilled', 'concluded')))
                 order by r.display_order, r.id), '[]')
          from private.loyalty_reward_standing(p_client, v_creator.id) s
          join public.loyalty_rewards r on r.client_id = p_client and r.id = s.reward_id) end,
      -- Earned by a mission or a raffle and not claimed yet, then what she claimed and is not closed.
      'redemptions', case when v_creator.id is null then '[]' else private.loyalty_redemption_lines(p_client, array(
        select x.id from public.loyalty_redemptions x
         where x.client_id = p_client and x.creator_id = v_creator.id
           and (x.state in ('claimed', 'fulfilled')
                or (x.state = 'claimable' and x.source <> 'tier' and x.withdrawn_at is null and (x.claim_until is null or x.claim_until > now())))
         order by x.state, coalesce(x.claimed_at, x.offered_at) desc, x.id limit 60)) end);
  end $function$

private.loyalty_read_slots(p_client uuid, p_kind text)
  CREATE OR REPLACE FUNCTION private.loyalty_read_slots(p_client uuid, p_kind text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.app.use');
    if p_kind is null or p_kind not in ('commission_boost', 'discount') then
      raise exception using errcode = 'VA001', detail = 'kind', message = 'Only boosts and discounts are scheduled.';
    end if;
    return private.loyalty_find_slots(p_client, (select c.id from public.loyalty_creators c
      where c.client_id = p_client and c.id = any (private.my_creators())), p_kind, now());
  end $function$

private.loyalty_read_tier_rewards(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_read_tier_rewards(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
  begin
    return (
      select coalesce(jsonb_agg(private.loyalty_reward_card(r) || jsonb_build_object('isPreview', coalesce(t.rank > own.rank, false))
               order by r.display_order, r.id), '[]')
        from public.loyalty_rewards r
        join public.loyalty_tiers own on own.client_id = p_client and own.id = v_creator.tier_id
        left join public.loyalty_tiers t on t.client_id = r.client_id and t.id = r.tier_id
        left join public.loyalty_tiers v on v.client_id = r.client_id and v.id = r.preview_from_tier_id
       where r.client_id = p_client and r.state = 'published' and r.offer = 'tier'
         -- Tiers at and below hers are no secret; what is above shows only when the business lets it.
         and (r.tier_id is null or t.rank <= own.rank or v.rank <= own.rank)
         and (r.tag is null or exists (select from public.loyalty_creator_tags g
                where g.client_id = p_client and g.creator_id = v_creator.id and g.tag = r.tag)));
  end $function$

private.loyalty_read_wall_clock(p_text text, p_zone text, p_field text)
  CREATE OR REPLACE FUNCTION private.loyalty_read_wall_clock(p_text text, p_zone text, p_field text)
   RETURNS timestamp with time zone
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    if p_text is null then
      return null;
    elsif p_text !~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$' then
      raise exception using errcode = 'VA001', detail = p_field, message = 'Choose a day and a time.';
    end if;
    return private.local_instant(split_part(p_text, 'T', 1)::date, split_part(p_text, 'T', 2)::time, p_zone);
  exception when datetime_field_overflow or invalid_datetime_format then
    raise exception using errcode = 'VA001', detail = p_field, message = 'There is no such day or time.';
  end $function$

private.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
    v_kinds text[];
    v_result jsonb;
  begin
    perform private.require_permission(p_client, 'loyalty.redemptions.read');
    -- Only what the caller could do something about, or at least look at.
    v_kinds := array['instant', 'gift_ship', 'gift_deliver', 'discount_start', 'discount_end']
      || case when private.has_permission(p_client, 'loyalty.payouts.read') then array['boost_payout'] else '{}' end
      || case when private.has_permission(p_client, 'loyalty.raffles.draw') then array['raffle_draw'] else '{}' end
      || case when private.has_permission(p_client, 'loyalty.claims.decide') then array['handle_claim'] else '{}' end;
    with work as materialized (
      select w.* from private.loyalty_open_work(p_client, p_now) w where w.kind = any (v_kinds)
    ), page as (
      select w.kind, w.id, w.redemption_id, w.creator_id, w.title, w.due_at, w.detail, c.handle, c.display_name
        from work w
        left join public.loyalty_creators c on c.client_id = p_client and c.id = w.creator_id
       where (p_kinds is null or w.kind = any (p_kinds))
         and case when p_cursor ? 'id' then (w.due_at, w.id) > ((p_cursor ->> 'due')::timestamptz, (p_cursor ->> 'id')::uuid) else true end
       order by w.due_at, w.id limit v_limit + 1
    )
    select jsonb_build_object(
      'items', coalesce((select jsonb_agg(p.item order by p.due_at, p.id) from (
         select x.due_at, x.id, jsonb_build_object('kind', x.kind, 'id', x.id, 'redemptionId', x.redemption_id, 'creatorId', x.creator_id,
           'handle', x.handle, 'name', x.display_name, 'title', x.title, 'dueAt', x.due_at,
           'urgency', case when x.due_at <= p_now then 'overdue' when x.due_at <= p_now + interval '4 hours' then 'soon' else 'later' end)
           || x.detail as item
           from (select y.* from page y order by y.due_at, y.id limit v_limit) x) p), '[]'),
      'hasMore', (select count(*) > v_limit from page),
      'counts', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'open', k.open, 'soon', k.soon, 'overdue', k.overdue) order by k.kind), '[]')
                   from (select w.kind, count(*) as open,
                                count(*) filter (where w.due_at > p_now and w.due_at <= p_now + interval '4 hours') as soon,
                                count(*) filter (where w.due_at <= p_now) as overdue
                           from work w group by w.kind) k),
      'held', (select count(*) from public.loyalty_redemptions r
                where r.client_id = p_client and r.is_held and r.state in ('claimed', 'fulfilled')),
      'onTime', private.loyalty_count_on_time(p_client, p_now - interval '30 days', p_now))
      into v_result;
    return v_result;
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

private.loyalty_recount_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_recount_batch(p_client uuid, p_batch uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_open integer;
    v_left integer;
    v_total bigint;
    v_state text;
  begin
    select count(*) filter (where m.state in ('planned', 'sent')), count(*) filter (where m.state <> 'dropped'),
           coalesce(sum(m.amount) filter (where m.state <> 'dropped'), 0)
      into v_open, v_left, v_total
      from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch;
    update public.loyalty_payout_batches b
       set payments_count = v_left, total_amount = v_total,
           state = case when b.state = 'sent' and v_open = 0 then 'settled' when b.state = 'settled' and v_open > 0 then 'sent' else b.state end,
           settled_at = case when b.state in ('sent', 'settled') and v_open = 0 then coalesce(b.settled_at, now()) end
     where b.client_id = p_client and b.id = p_batch
    returning b.state into v_state;
    return v_state;
  end $function$

private.loyalty_redemption_lines(p_client uuid, p_ids uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_redemption_lines(p_client uuid, p_ids uuid[])
   RETURNS jsonb
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    -- Once claimed, the words are those of the claim; before, they are the reward's of today.
    select coalesce(jsonb_agg(
      private.loyalty_reward_card(r) || x.terms || jsonb_build_object('id', x.id, 'rewardId', x.reward_id, 'kind', x.kind,
        'name', coalesce(x.terms ->> 'name', r.name), 'valueAmount', case when x.claimed_at is null then r.value_amount else x.value_amount end,
        'source', x.source, 'state', x.state, 'offeredAt', x.offered_at, 'claimUntil', x.claim_until, 'claimedAt', x.claimed_at,
        'dueAt', x.due_at, 'scheduledAt', x.scheduled_at, 'endsAt', x.ends_at, 'fulfilledAt', x.fulfilled_at, 'concludedAt', x.concluded_at,
        'rejectedAt', x.rejected_at, 'rejectionReason', x.rejection_reason, 'expiredAt', x.expired_at, 'withdrawnAt', x.withdrawn_at,
        'withdrawnReason', x.withdrawn_reason, 'isHeld', x.is_held, 'fulfilReference', x.fulfil_reference,
        'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_client and t.id = x.tier_id),
        -- The buyers' code belongs to a discount that is hers and was not refused.
        'couponCode', case when x.kind = 'discount' and x.state in ('claimed', 'fulfilled', 'concluded')
                        then x.terms ->> 'couponCode' end,
        'missionName', (select m.name from public.loyalty_missions m
                         where m.client_id = p_client and m.id = coalesce(
                           (select p.mission_id from public.loyalty_mission_progress p where p.client_id = p_client and p.id = x.mission_progress_id),
                           (select e.mission_id from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = x.raffle_entry_id))),
        'boost', (select jsonb_build_object('state', b.state, 'startsAt', b.starts_at, 'endsAt', b.ends_at, 'firstOn', b.first_on, 'lastOn', b.last_on,
                    'clearsOn', b.clears_on, 'settledSales', b.settled_sales, 'earnedAmount', b.earned_amount, 'finalAmount', b.final_amount,
                    'rateBp', b.rate_bp, 'days', b.days, 'paidAt', b.paid_at)
                    from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = x.id),
        'gift', (select jsonb_build_object('size', g.size, 'recipient', g.recipient, 'city', g.city, 'country', g.country, 'carrier', g.carrier,
                   'trackingNumber', g.tracking_number, 'shippedAt', g.shipped_at, 'deliveredAt', g.delivered_at)
                   from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = x.id))
      order by array_position(p_ids, x.id)), '[]')
    from public.loyalty_redemptions x
    join public.loyalty_rewards r on r.client_id = x.client_id and r.id = x.reward_id
    where x.client_id = p_client and x.id = any (p_ids)
  $function$

private.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_entry public.loyalty_raffle_entries;
    v_prize public.loyalty_redemptions;
    v_next uuid;
  begin
    perform private.require_permission(p_client, 'loyalty.raffles.draw');
    if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', detail = 'reason', message = 'Say why, in 3 to 300 letters.';
    end if;
    select e.* into v_entry from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = p_entry;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this entry.';
    end if;
    perform 1 from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = v_entry.mission_id for update;
    select x.* into v_prize from public.loyalty_redemptions x where x.client_id = p_client and x.raffle_entry_id = p_entry for update;
    select e.* into v_entry from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = p_entry for update;
    if v_entry.state <> 'won' then
      raise exception using errcode = 'ST001', message = 'Only a place that was won can be drawn again.';
    elsif v_prize.is_held then
      raise exception using errcode = 'ST001', hint = 'ON_HOLD', message = 'This prize is on hold. Resolve the hold first.';
    elsif v_prize.state not in ('claimable', 'expired', 'rejected') then
      raise exception using errcode = 'ST001', message = 'This prize has been claimed. Reject the claim first, then draw the place again.';
    end if;
    v_next := private.loyalty_forfeit_prize(p_client, p_entry, btrim(p_reason));
    insert into public.core_audit_log (client_id, table_name, row_key, action, before, after, actor_user_id, actor, request_id)
    values (p_client, 'loyalty_raffle_entries', p_entry::text, 'update', jsonb_build_object('state', 'won'),
      jsonb_build_object('state', 'forfeited', 'redraw_reason', btrim(p_reason), 'moved_up', v_next),
      auth.uid(), private.actor_label(), private.request_id());
    return jsonb_build_object('movedUp', (select e.entry_no from public.loyalty_raffle_entries e
                                           where e.client_id = p_client and e.id = v_next));
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

private.loyalty_refuse_claim(p_code text)
  CREATE OR REPLACE FUNCTION private.loyalty_refuse_claim(p_code text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    raise exception using hint = p_code,
      errcode = case when p_code in ('TIER_INELIGIBLE', 'NOT_RECOGNISED') then 'PM001'
                     when p_code in ('LIMIT_REACHED', 'SOLD_OUT', 'BUDGET_SPENT') then 'QT002'
                     when p_code = 'ACTIVE_CLAIM_EXISTS' then 'ST003' else 'ST001' end,
      message = case p_code
        when 'TIER_INELIGIBLE' then 'This reward belongs to another tier.'
        when 'NOT_RECOGNISED' then 'Rewards open once your first video has been counted.'
        when 'LIMIT_REACHED' then 'You have claimed this as often as it can be claimed for now.'
        when 'SOLD_OUT' then 'None are left.'
        when 'BUDGET_SPENT' then 'This reward is used up for now.'
        when 'ACTIVE_CLAIM_EXISTS' then 'You have an open claim already. You can claim again once it is done.'
        when 'ON_HOLD' then 'This is being checked. You will hear from us.'
        else 'This reward is not on offer right now.' end;
  end $function$

private.loyalty_refuse_schedule(p_code text, p_field text, p_message text)
  CREATE OR REPLACE FUNCTION private.loyalty_refuse_schedule(p_code text, p_field text, p_message text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    raise exception using errcode = case p_code when 'SLOT_FULL' then 'QT002' else 'VA001' end, hint = p_code, detail = p_field, message = p_message;
  end $function$

private.loyalty_remind_boosts(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_remind_boosts(p_client uuid, p_now timestamp with time zone)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_boost public.loyalty_boosts;
  begin
    for v_boost in
      select b.* from public.loyalty_boosts b where b.client_id = p_client and b.state = 'pending_info' and coalesce(b.final_amount, b.earned_amount) > 0
    loop
      perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-details-needed', 'boost:' || v_boost.id
        || case when v_boost.settled_at <= p_now - interval '7 days' then ':7' when v_boost.settled_at <= p_now - interval '3 days' then ':3' else '' end);
    end loop;
  end $function$

private.loyalty_remind_of_work(p_client uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_remind_of_work(p_client uuid, p_now timestamp with time zone)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_hour text := to_char(p_now at time zone 'UTC', 'YYYY-MM-DD"T"HH24');
    v_new integer;
  begin
    -- One digest an hour at most; what becomes due after it is named by the next one.
    if exists (select from private.notification_requests q
                where q.client_id = p_client and q.type = 'loyalty.work-due' and q.dedupe_key = v_hour) then
      return 0;
    end if;
    insert into private.loyalty_work_notices (client_id, redemption_id, stage, noticed_at)
    select p_client, w.redemption_id, case when w.due_at <= p_now then 'overdue' else 'soon' end, p_now
      from private.loyalty_open_work(p_client, p_now) w
     where w.kind in ('instant', 'gift_ship', 'discount_start')
       and w.due_at <= p_now + case w.kind when 'discount_start' then interval '1 hour' else interval '4 hours' end
    on conflict do nothing;
    get diagnostics v_new = row_count;
    if v_new = 0 then
      return 0;
    end if;
    perform private.notify_permitted(p_client, 'loyalty.work-due', 'loyalty.redemptions.fulfil', jsonb_build_object(
      'overdue', (select count(*) from private.loyalty_open_work(p_client, p_now) w
                   where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at <= p_now),
      'soon', (select count(*) from private.loyalty_open_work(p_client, p_now) w
                where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at > p_now
                  and w.due_at <= p_now + case w.kind when 'discount_start' then interval '1 hour' else interval '4 hours' end),
      'items', (select coalesce(jsonb_agg(jsonb_build_object('title', x.title, 'handle', x.handle, 'dueAt', x.due_at) order by x.due_at), '[]')
                  from (select w.title, c.handle, w.due_at from private.loyalty_open_work(p_client, p_now) w
                          join public.loyalty_creators c on c.client_id = p_client and c.id = w.creator_id
                         where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at <= p_now + interval '4 hours'
                         order by w.due_at, w.id limit 5) x)), v_hour);
    return v_new;
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

private.loyalty_renew_offers(p_client uuid, p_date date, p_reward uuid, p_creator uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_renew_offers(p_client uuid, p_date date, p_reward uuid DEFAULT NULL::uuid, p_creator uuid DEFAULT NULL::uuid, p_now timestamp with time zone DEFAULT now())
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_due bigint;
    v_withdrawn bigint;
    v_expired bigint;
    v_revived bigint;
    v_opened bigint;
    v_nestloop text := current_setting('enable_nestloop');
  begin
    if p_creator is null then
      perform private.loyalty_lock_offers(p_client);
    end if;
    v_due := private.loyalty_build_offers(p_client, p_reward, p_creator, p_now);
    -- As above: many rows are joined as sets.
    perform set_config('enable_nestloop', case when v_due > 500 then 'off' else v_nestloop end, true);
    drop table if exists pg_temp.loyalty_new_offers;
    create temporary table loyalty_new_offers (creator_id uuid, reward_id uuid) on commit drop;

    -- An open offer she may not claim any more is taken away, with the reason. A claim never is.
    update public.loyalty_redemptions r
       set withdrawn_at = p_now,
           withdrawn_reason = case when w.state in ('paused', 'archived') then w.state
                                   when c.state <> 'active' then 'archived'
                                   when r.tier_id <> c.tier_id and w.tier_id <> c.tier_id then 'tier_change_' || was.rank || '_to_' || own.rank
                                   when exists (select from pg_temp.loyalty_due_offers d
                                                 where d.creator_id = r.creator_id and d.reward_id = r.reward_id) then 'limit_reached'
                                   else 'reward_changed' end
      from public.loyalty_rewards w, public.loyalty_creators c, public.loyalty_tiers was, public.loyalty_tiers own
     where r.client_id = p_client and r.source = 'tier' and r.state = 'claimable' and r.withdrawn_at is null
       and (p_reward is null or r.reward_id = p_reward) and (p_creator is null or r.creator_id = p_creator)
       and w.client_id = p_client and w.id = r.reward_id and c.client_id = p_client and c.id = r.creator_id
       and was.client_id = p_client and was.id = r.tier_id and own.client_id = p_client and own.id = c.tier_id
       -- Opened in the moment of a claim, or left by a limit that was lowered: it waits until she may claim again.
       and not exists (select from pg_temp.loyalty_due_offers d where d.creator_id = r.creator_id and d.reward_id = r.reward_id
                          and not d.is_open and not d.is_used_up);
    get diagnostics v_withdrawn = row_count;

    -- She is back: the same offer opens again, never a second one. Another window gives it its days anew.
    with back as (
      update public.loyalty_redemptions r
         set withdrawn_at = null, withdrawn_reason = null, tier_id = d.tier_id, tier_stint_id = d.stint_id, offer_window = d.offer_window,
             claim_until = case when r.offer_window is distinct from d.offer_window then p_now + make_interval(days => d.expires_days)
                                else r.claim_until end
        from pg_temp.loyalty_due_offers d
       where r.client_id = p_client and r.source = 'tier' and r.state = 'claimable' and r.withdrawn_at is not null
         and d.creator_id = r.creator_id and d.reward_id = r.reward_id and not d.is_open and not d.is_used_up
         and (r.claim_until is null or r.claim_until > p_now or r.offer_window is distinct from d.offer_window)
      returning r.creator_id, r.reward_id)
    insert into pg_temp.loyalty_new_offers select b.creator_id, b.reward_id from back b;
    get diagnostics v_revived = row_count;

    update public.loyalty_redemptions r set state = 'expired', expired_at = p_now, withdrawn_at = null, withdrawn_reason = null
     where r.client_id = p_client and r.state = 'claimable' and r.claim_until <= p_now and not r.is_held
       -- A raffle gives an unclaimed prize to the next in line: its own stage closes it.
       and r.source <> 'raffle' and r.withdrawn_at is null
       and (p_reward is null or r.reward_id = p_reward) and (p_creator is null or r.creator_id = p_creator);
    get diagnostics v_expired = row_count;

    with opened as (
      insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, state, offered_at, offer_window, claim_until,
        tier_id, tier_stint_id)
      select p_client, d.creator_id, d.reward_id, d.kind, 'tier', 'claimable', p_now, d.offer_window,
             p_now + make_interval(days => d.expires_days), d.tier_id, d.stint_id
        from pg_temp.loyalty_due_offers d
       where not d.is_open and not d.is_used_up and d.left_over is distinct from 0
         and not exists (select from public.loyalty_redemptions r
                          where r.client_id = p_client and r.creator_id = d.creator_id and r.reward_id = d.reward_id and r.source = 'tier'
                            and (r.state = 'claimable' or (r.state = 'expired' and r.offer_window = d.offer_window)))
       order by d.creator_id, d.reward_id
      on conflict (client_id, creator_id, reward_id) where source = 'tier' and state = 'claimable' do nothing
      returning creator_id, reward_id)
    insert into pg_temp.loyalty_new_offers select o.creator_id, o.reward_id from opened o;
    get diagnostics v_opened = row_count;
    perform set_config('enable_nestloop', v_nestloop, true);

    return jsonb_build_object('opened', v_opened, 'revived', v_revived, 'withdrawn', v_withdrawn, 'expired', v_expired,
      'told', case when v_opened + v_revived > 0 then private.loyalty_tell_offers(p_client, p_date) else 0 end);
  end $function$

private.loyalty_renew_reward_offers(p_client uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_renew_reward_offers(p_client uuid, p_reward uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_today date;
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.write');
    select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = p_client;
    perform private.loyalty_renew_offers(p_client, v_today, p_reward);
  end $function$

private.loyalty_report_cohorts(p_client uuid, p_to date)
  CREATE OR REPLACE FUNCTION private.loyalty_report_cohorts(p_client uuid, p_to date)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_last date := date_trunc('month', p_to)::date;
  begin
    return (
      with joined as (
        select c.id, date_trunc('month', c.joined_on)::date as cohort
          from public.loyalty_creators c
         where c.client_id = p_client and c.joined_on >= (v_last - interval '6 months')::date and c.joined_on < v_last
      ), sold as (
        select distinct j.cohort, j.id, date_trunc('month', s.business_date)::date as month
          from joined j
          join public.loyalty_video_snapshots s on s.client_id = p_client and s.creator_id = j.id and not s.is_opening and s.gmv_delta > 0
         where s.business_date >= (v_last - interval '6 months')::date and s.business_date <= p_to
      ), months as (
        select g.cohort::date as cohort, k as month_no, (g.cohort + make_interval(months => k))::date as month
          from generate_series(v_last - interval '6 months', v_last - interval '1 month', interval '1 month') g (cohort), generate_series(1, 6) k
      )
      select coalesce(jsonb_agg(jsonb_build_object('month', x.cohort, 'joined', x.joined, 'kept', x.kept) order by x.cohort), '[]')
        from (select m.cohort, (select count(*) from joined j where j.cohort = m.cohort) as joined,
                     jsonb_agg(case when m.month <= v_last then
                       (select count(*) from sold s where s.cohort = m.cohort and s.month = m.month) end order by m.month_no) as kept
                from months m group by m.cohort) x);
  end $function$

private.loyalty_report_rewards(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_report_rewards(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- Issued is what was fulfilled in the span; a boost is issued when its money is owed and costs what is paid.
    return (
      select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'tier', x.tier, 'rank', x.rank, 'count', x.n, 'cost', x.cost)
                                order by x.kind, x.rank), '[]')
        from (select r.kind, t.name as tier, t.rank, count(*) as n,
                     sum(case r.kind when 'commission_boost' then coalesce(b.final_amount, b.earned_amount, 0) else r.cost_amount end)::bigint as cost
                from public.loyalty_redemptions r
                join public.loyalty_tiers t on t.client_id = r.client_id and t.id = r.tier_id
                left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
               where r.client_id = p_client and r.state in ('fulfilled', 'concluded') and r.fulfilled_at >= p_from and r.fulfilled_at < p_to
               group by r.kind, t.id, t.name, t.rank) x);
  end $function$

private.loyalty_report_uplift(p_client uuid, p_from date, p_to date)
  CREATE OR REPLACE FUNCTION private.loyalty_report_uplift(p_client uuid, p_from date, p_to date)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- Sales are the differences between nightly figures: an old video's first appearance is no sale of these days.
    return (
      with boosts as (
        select b.id, b.creator_id, b.first_on, b.last_on, b.days, b.rate_bp
          from public.loyalty_boosts b
         where b.client_id = p_client and b.last_on >= p_from and b.last_on <= p_to
           and b.state in ('expired', 'pending_info', 'pending_payout', 'paid')
      ), measured as (
        select b.id, c.handle, b.first_on, b.last_on, b.days, b.rate_bp,
               coalesce((select sum(s.gmv_delta) from public.loyalty_video_snapshots s
                          where s.client_id = p_client and s.creator_id = b.creator_id and not s.is_opening
                            and s.business_date >= b.first_on and s.business_date <= b.last_on), 0)::bigint as during,
               coalesce((select sum(s.gmv_delta) from public.loyalty_video_snapshots s
                          where s.client_id = p_client and s.creator_id = b.creator_id and not s.is_opening
                            and s.business_date >= b.first_on - 14 and s.business_date < b.first_on), 0)::bigint as before
          from boosts b
          join public.loyalty_creators c on c.client_id = p_client and c.id = b.creator_id
      )
      select jsonb_build_object('boosts', count(*), 'boostDays', coalesce(sum(m.days), 0), 'salesDuring', coalesce(sum(m.during), 0),
               'salesBefore', coalesce(sum(m.before), 0),
               'perDayDuring', case when count(*) > 0 then round(sum(m.during)::numeric / sum(m.days)) end,
               'perDayBefore', case when count(*) > 0 then round(sum(m.before)::numeric / (14 * count(*))) end,
               'rows', coalesce(jsonb_agg(jsonb_build_object('handle', m.handle, 'firstOn', m.first_on, 'lastOn', m.last_on, 'rateBp', m.rate_bp,
                 'perDayDuring', round(m.during::numeric / m.days), 'perDayBefore', round(m.before::numeric / 14)) order by m.last_on, m.handle, m.id)
                 filter (where m.id is not null), '[]'))
        from measured m);
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

private.loyalty_require_creator(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_require_creator(p_client uuid, p_creator uuid)
   RETURNS void
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    if not exists (select from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator) then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
  end $function$

private.loyalty_require_mission(p_client uuid, p_mission uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_require_mission(p_client uuid, p_mission uuid)
   RETURNS public.loyalty_missions
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_mission public.loyalty_missions;
  begin
    perform private.require_permission(p_client, 'loyalty.missions.write');
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    select m.* into v_mission from public.loyalty_missions m where m.client_id = p_client and m.id = p_mission for no key update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this mission.';
    end if;
    return v_mission;
  end $function$

private.loyalty_require_reward(p_client uuid, p_reward uuid, p_revision integer)
  CREATE OR REPLACE FUNCTION private.loyalty_require_reward(p_client uuid, p_reward uuid, p_revision integer)
   RETURNS public.loyalty_rewards
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.write');
    -- Offers, then the reward, then its limits: the nightly pass and claims keep to this order, so nobody waits in a circle.
    -- Not for update: offers that only name the reward may be written meanwhile.
    perform private.loyalty_lock_offers(p_client);
    select r.* into v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward for no key update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this reward.';
    end if;
    if p_revision is not null and v_reward.revision <> p_revision then
      raise exception using errcode = 'ST002',
        message = 'This reward was changed meanwhile, in another tab or by someone else. Load it again to see what changed; nothing of yours was saved.';
    end if;
    return v_reward;
  end $function$

private.loyalty_reschedule(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_reschedule(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone DEFAULT now())
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
    v_boost public.loyalty_boosts;
    v_plan record;
  begin
    perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
    -- Boost before redemption, as its own steps take them.
    select b.* into v_boost from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption for update;
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this claim.';
    end if;
    if v_row.is_held then
      perform private.loyalty_refuse_claim('ON_HOLD');
    elsif v_row.state <> 'claimed' or v_row.scheduled_at is null or v_row.scheduled_at <= p_now
      or (v_boost.id is not null and v_boost.state <> 'scheduled') then
      raise exception using errcode = 'ST001', message = 'Only a claim that has not started yet can be moved.';
    end if;
    select * into v_plan from private.loyalty_check_schedule(p_client, v_row.creator_id, v_row.kind, v_boost.days,
      (v_row.terms ->> 'discountMinutes')::integer, p_details -> 'schedule', p_now, p_redemption);
    if v_plan.begins_at = v_row.scheduled_at then
      raise exception using errcode = 'ST003', message = 'It is planned for this time already.';
    end if;
    begin
      update public.loyalty_redemptions r
         set scheduled_at = v_plan.begins_at, ends_at = v_plan.finishes_at, calendar_sequence = r.calendar_sequence + 1,
             due_at = case v_row.kind when 'discount' then v_plan.begins_at + interval '15 minutes' end
       where r.client_id = p_client and r.id = p_redemption;
    exception when exclusion_violation then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'Another discount of hers runs then. Choose another time.');
    end;
    update public.loyalty_boosts b
       set starts_at = v_plan.begins_at, ends_at = v_plan.finishes_at, first_on = v_plan.begins_on + 1, last_on = v_plan.begins_on + b.days
     where b.client_id = p_client and b.id = v_boost.id;
    return private.loyalty_show_claim(p_client, p_redemption, false);
  end $function$

private.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  CREATE OR REPLACE FUNCTION private.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.reveal');
    update public.loyalty_payout_account_secrets s set account_envelope = p_sealed
     where s.client_id = p_client and s.account_id = p_account and s.account_envelope = p_old;
  end $function$

private.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[] DEFAULT '{}'::uuid[])
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_hold public.loyalty_holds;
    v_claim record;
    v_rejected integer := 0;
  begin
    perform private.require_permission(p_client, 'loyalty.holds.resolve');
    select * into v_hold from public.loyalty_holds h where h.client_id = p_client and h.id = p_hold for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this hold.';
    end if;
    if v_hold.state <> 'open' then
      raise exception using errcode = 'ST003', message = 'This hold has been resolved already.';
    end if;
    if p_decision not in ('release', 'uphold') then
      raise exception using errcode = 'VA001', detail = 'decision', message = 'Choose to release or to uphold.';
    end if;
    if char_length(btrim(coalesce(p_note, ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', detail = 'note', message = 'Say why in a sentence.';
    end if;
    if p_decision = 'uphold' and (cardinality(p_reject) = 0
      or exists (select from unnest(p_reject) x where x is distinct from v_hold.creator_id and x is distinct from v_hold.other_creator_id)) then
      raise exception using errcode = 'VA001', detail = 'reject', message = 'Choose whose claims are rejected.';
    end if;
    update public.loyalty_holds h
       set state = case p_decision when 'release' then 'released' else 'upheld' end, resolved_at = now(), resolved_by = auth.uid(),
           resolution_note = btrim(p_note)
     where h.client_id = p_client and h.id = p_hold;
    perform private.loyalty_mark_held(p_client, array_remove(array[v_hold.creator_id, v_hold.other_creator_id], null));
    if p_decision = 'uphold' then
      for v_claim in
        select r.id from public.loyalty_redemptions r
          left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
         where r.client_id = p_client and r.creator_id = any (p_reject) and r.state = 'claimed' and not r.is_held
           and coalesce(b.state, 'scheduled') = 'scheduled'
         order by r.id
      loop
        perform private.loyalty_step_redemption(p_client, v_claim.id, 'reject', jsonb_build_object('reason', btrim(p_note)), now());
        v_rejected := v_rejected + 1;
      end loop;
    end if;
    return jsonb_build_object('rejected', v_rejected);
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
    -- Whatever is saved from now on is news to this run; see loyalty_save_run.
    update public.loyalty_sync_runs r
       set reading = null, bytes_read = 0, rows_read = 0, rows_rejected = 0, rows_blank = 0, checked_at = null,
           started_at = case when r.state = 'reading' then clock_timestamp() end
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

private.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_answer jsonb;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.reveal');
    if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', message = 'Say why you need to see it, in up to 300 letters.', detail = 'reason';
    end if;
    select jsonb_build_object('id', a.id, 'method', a.method, 'sealed', s.account_envelope) into v_answer
      from public.loyalty_payout_accounts a
      join public.loyalty_payout_account_secrets s on s.client_id = a.client_id and s.account_id = a.id
     where a.client_id = p_client and a.id = p_account and s.account_envelope is not null;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this account.';
    end if;
    insert into public.loyalty_account_reveals (client_id, account_id, reason) values (p_client, p_account, btrim(p_reason));
    perform private.log_access(p_client, 'loyalty_payout_accounts', p_account::text, 'read');
    return v_answer;
  end $function$

private.loyalty_reward_card(p_reward public.loyalty_rewards)
  CREATE OR REPLACE FUNCTION private.loyalty_reward_card(p_reward public.loyalty_rewards)
   RETURNS jsonb
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    -- What a creator may read of a reward; her page, the claim sheet and the owner's preview draw the same card.
    select jsonb_build_object('id', p_reward.id, 'kind', p_reward.kind, 'name', p_reward.name, 'description', p_reward.description,
      'instructions', p_reward.instructions, 'tierId', p_reward.tier_id, 'frequency', p_reward.frequency, 'quantity', p_reward.quantity,
      'valueAmount', p_reward.value_amount, 'boostBp', p_reward.boost_bp, 'boostDays', p_reward.boost_days,
      'discountPercent', p_reward.discount_percent, 'discountMinutes', p_reward.discount_minutes,
      'sizes', to_jsonb(p_reward.sizes), 'expiresDays', p_reward.expires_days)
  $function$

private.loyalty_reward_row(p_reward public.loyalty_rewards, p_month timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_reward_row(p_reward public.loyalty_rewards, p_month timestamp with time zone)
   RETURNS jsonb
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select private.loyalty_reward_card(p_reward) || jsonb_build_object(
      'offer', p_reward.offer, 'state', p_reward.state, 'tag', p_reward.tag, 'previewFromTierId', p_reward.preview_from_tier_id,
      'displayOrder', p_reward.display_order, 'version', p_reward.version, 'revision', p_reward.revision, 'publishedAt', p_reward.published_at,
      'updatedAt', p_reward.updated_at, 'createdAt', p_reward.created_at,
      'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_reward.client_id and t.id = p_reward.tier_id),
      'tierColor', (select t.color from public.loyalty_tiers t where t.client_id = p_reward.client_id and t.id = p_reward.tier_id),
      'limits', (select jsonb_build_object('stockTotal', l.stock_total, 'budgetTotal', l.budget_total, 'unitCost', l.unit_cost,
                   'couponCode', l.coupon_code, 'couponMaxUses', l.coupon_max_uses, 'reservedCount', l.reserved_count,
                   'committedCount', l.committed_count, 'reservedAmount', l.reserved_amount, 'committedAmount', l.committed_amount)
                   from public.loyalty_reward_limits l where l.client_id = p_reward.client_id and l.reward_id = p_reward.id),
      'claimsThisMonth', (select count(*) from public.loyalty_redemptions x
                           where x.client_id = p_reward.client_id and x.reward_id = p_reward.id
                             and x.state in ('claimed', 'fulfilled', 'concluded', 'rejected') and x.claimed_at >= p_month))
  $function$

private.loyalty_reward_standing(p_client uuid, p_creator uuid, p_reward uuid, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_reward_standing(p_client uuid, p_creator uuid, p_reward uuid DEFAULT NULL::uuid, p_now timestamp with time zone DEFAULT now())
   RETURNS TABLE(reward_id uuid, status text, code text, window_key text, used integer, quantity integer, opens_at timestamp with time zone, open_redemption_id uuid, stock_left integer, detail jsonb)
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
    with who as (
      select c.id, c.state, c.tier_id, t.rank, k.time_zone as zone, private.local_date(p_now, k.time_zone) as today,
             s.id as stint_id,
             -- Where she last left this tier: what she claimed before belongs to an earlier stay.
             (select max(x.ended_at) from public.loyalty_tier_stints x
               where x.client_id = p_client and x.creator_id = c.id and x.tier_id = c.tier_id and x.ended_at is not null) as left_at,
             c.total_videos > 0 or exists (select from public.loyalty_videos v
                                            where v.client_id = p_client and v.creator_id = c.id) as is_recognised,
             (select max(b.ends_at) from public.loyalty_boosts b
               where b.client_id = p_client and b.creator_id = c.id and b.state in ('scheduled', 'active')) as boosted_until
        from public.loyalty_creators c
        join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
        join public.clients k on k.id = c.client_id
        left join public.loyalty_tier_stints s on s.client_id = c.client_id and s.creator_id = c.id and s.ended_at is null
       where c.client_id = p_client and c.id = p_creator
    ), stood as (
      select r.id as the_reward, r.state as reward_state, r.kind, r.frequency, r.quantity as at_most, rt.rank as reward_rank,
             w.state as creator_state, w.rank as own_rank, w.zone, w.today, w.is_recognised,
             case when r.kind = 'commission_boost' then w.boosted_until end as boosted_until,
             r.tier_id is null or r.tier_id = w.tier_id as has_tier,
             r.tag is null or exists (select from public.loyalty_creator_tags g
                where g.client_id = p_client and g.creator_id = w.id and g.tag = r.tag) as has_tag,
             coalesce(pt.rank <= w.rank and w.rank < rt.rank, false) as is_previewed,
             n.key, o.id as open_id, f.id as offer_id, f.claim_until,
             case when o.id is not null then o.is_held else coalesce(f.is_held, false) end as is_held,
             -- A claim whose stay is not there (made before her first night, or its night was undone) counts in the present one.
             (select count(*)::integer from public.loyalty_redemptions u
               where u.client_id = p_client and u.creator_id = w.id and u.reward_id = r.id and u.source = 'tier'
                 and u.state in ('claimed', 'fulfilled', 'concluded')
                 and (u.window_key = n.key
                   or (n.key like 'stint:%' and u.window_key like 'stint:%' and u.tier_id = w.tier_id
                       and u.claimed_at >= coalesce(w.left_at, '-infinity')
                       and not exists (select from public.loyalty_tier_stints x
                                        where x.client_id = p_client and x.id = u.tier_stint_id)))) as times,
             exists (select from public.loyalty_redemptions e
               where e.client_id = p_client and e.creator_id = w.id and e.reward_id = r.id and e.source = 'tier'
                 and e.offer_window = coalesce(n.key, 'stint:' || coalesce(w.stint_id::text, 'first'))
                 and (e.state = 'expired'
                   or (e.state = 'claimable' and e.withdrawn_at is null and e.claim_until <= p_now))) as has_lapsed,
             l.stock_total - l.reserved_count - l.committed_count as left_over,
             r.kind <> 'commission_boost' and l.budget_total - l.reserved_amount - l.committed_amount < l.unit_cost as is_spent
        from who w
        join public.loyalty_rewards r on r.client_id = p_client and r.offer = 'tier' and (p_reward is null or r.id = p_reward)
        join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
        left join public.loyalty_tiers rt on rt.client_id = r.client_id and rt.id = r.tier_id
        left join public.loyalty_tiers pt on pt.client_id = r.client_id and pt.id = r.preview_from_tier_id
        cross join lateral (select private.loyalty_window_key(r.frequency, r.kind, w.stint_id, w.today) as key) n
        left join public.loyalty_redemptions o on o.client_id = p_client and o.creator_id = w.id and o.reward_id = r.id
          and o.source = 'tier' and o.state in ('claimed', 'fulfilled')
        left join public.loyalty_redemptions f on f.client_id = p_client and f.creator_id = w.id and f.reward_id = r.id
          and f.source = 'tier' and f.state = 'claimable'
    ), judged as (
      select s.*,
             -- In this order: what she has comes before what she may not have, and her own limits before everybody's.
             case when s.is_held then 'held'
                  when s.open_id is not null then 'claimed'
                  when s.reward_state <> 'published' then 'paused'
                  when s.creator_state <> 'active' then 'locked'
                  when not s.is_recognised then 'unrecognised'
                  when not s.has_tier or not s.has_tag then 'locked'
                  when s.times >= s.at_most or s.has_lapsed or s.boosted_until is not null then 'limit_reached'
                  when s.left_over <= 0 then 'sold_out'
                  when s.is_spent then 'budget_spent'
                  else 'available' end as verdict
        from stood s
       where p_reward is not null or s.open_id is not null
         or (s.reward_state in ('published', 'paused') and s.has_tag and (s.has_tier or s.is_previewed))
    )
    select j.the_reward, j.verdict,
           case j.verdict when 'held' then 'ON_HOLD' when 'claimed' then 'ACTIVE_CLAIM_EXISTS' when 'paused' then 'NOT_AVAILABLE'
             when 'unrecognised' then 'NOT_RECOGNISED' when 'sold_out' then 'SOLD_OUT' when 'budget_spent' then 'BUDGET_SPENT'
             when 'locked' then case when j.creator_state <> 'active' or j.has_tier then 'NOT_AVAILABLE' else 'TIER_INELIGIBLE' end
             when 'limit_reached' then case when j.times >= j.at_most then 'LIMIT_REACHED' when j.has_lapsed then 'NOT_AVAILABLE'
                                            else 'ACTIVE_CLAIM_EXISTS' end end,
           j.key, j.times, j.at_most,
           case when j.verdict <> 'limit_reached' then null
                when j.times >= j.at_most or j.has_lapsed then private.loyalty_window_opens(j.frequency, j.today, j.zone)
                else j.boosted_until end,
           j.open_id, case when j.left_over is not null then greatest(j.left_over, 0) end,
           jsonb_strip_nulls(jsonb_build_object('offerId', j.offer_id, 'claimUntil', j.claim_until,
             'reason', case when j.verdict = 'limit_reached' and j.times < j.at_most and j.has_lapsed then 'lapsed'
                            when j.verdict = 'limit_reached' and j.boosted_until is not null and j.times < j.at_most then 'boosted'
                            when j.verdict = 'limit_reached' then 'limit'
                            when j.verdict = 'locked' and j.creator_state <> 'active' then 'archived'
                            when j.verdict = 'locked' and not j.has_tier then 'tier'
                            when j.verdict = 'locked' then 'tag'
                            when j.verdict = 'paused' then j.reward_state end,
             'ownRank', j.own_rank, 'rewardRank', j.reward_rank, 'isPreviewed', j.is_previewed))
      from judged j;
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

private.loyalty_round_bounds(p_is_next boolean, p_cycle integer, p_counts_from text, p_start date, p_period_start date, p_joined_on date, p_days integer, p_ends_on date)
  CREATE OR REPLACE FUNCTION private.loyalty_round_bounds(p_is_next boolean, p_cycle integer, p_counts_from text, p_start date, p_period_start date, p_joined_on date, p_days integer, p_ends_on date)
   RETURNS TABLE(counts_from_on date, counts_all boolean, due_on date)
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    -- Only a first round looks back: a later one would be done by what the first was done by.
    select case when not p_is_next then null when p_cycle > 1 then p_start
                when p_counts_from = 'checkpoint' then least(p_period_start, p_start)
                when p_counts_from = 'joining' then least(p_joined_on, p_start) else p_start end,
           p_is_next and p_cycle = 1 and p_counts_from = 'joining',
           case when p_is_next then least(p_start + p_days - 1, p_ends_on) end
  $function$

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
  begin
    select * into v_settings from public.loyalty_settings s where s.client_id = p_run.client_id;
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
      jsonb_build_object('code', 'unmatched', 'isOk', coalesce(v_unmatched, 0) <= v_settings.unmatched_warn_percent,
        'value', round(coalesce(v_unmatched, 0), 2), 'limit', v_settings.unmatched_warn_percent),
      jsonb_build_object('code', 'fall', 'isOk', v_fall <= v_settings.fall_guard_percent, 'stops', v_fall > v_settings.fall_guard_percent,
        'value', round(v_fall, 1), 'limit', v_settings.fall_guard_percent),
      jsonb_build_object('code', 'shrunk', 'isOk', v_shrunk <= v_settings.fall_guard_percent,
        'stops', p_run.is_unattended and v_shrunk > v_settings.fall_guard_percent,
        'value', round(greatest(v_shrunk, 0), 1), 'limit', v_settings.fall_guard_percent),
      jsonb_build_object('code', 'repeat', 'isOk', p_run.repeats_run_id is null));
  end $function$

private.loyalty_run_stages(p_client uuid, p_date date, p_run uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_run_stages(p_client uuid, p_date date, p_run uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_missions jsonb;
    v_tiers jsonb;
    v_offers jsonb;
    v_boosts jsonb;
    v_raffles jsonb;
  begin
    -- Missions before tiers: a goal reached tonight is judged by the tier she had when she reached it. Offers after: they follow the tier.
    v_missions := private.loyalty_progress_missions(p_client, p_date);
    v_tiers := private.loyalty_recalculate(p_client, p_date, p_run);
    perform private.loyalty_follow_tiers(p_client, p_date);
    v_boosts := private.loyalty_advance_boosts(p_client, p_date);
    -- After boosts: one that is over tonight makes room for the next offer tonight, and a second run finds nothing left to do.
    v_offers := private.loyalty_renew_offers(p_client, p_date);
    v_raffles := private.loyalty_advance_raffles(p_client);
    -- Last: whoever moved tonight begins a period, and is in no danger.
    perform private.loyalty_warn_demotions(p_client, p_date);
    return jsonb_build_object('missions', v_missions, 'tiers', v_tiers, 'rewards', v_offers, 'boosts', v_boosts, 'raffles', v_raffles);
  end $function$

private.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  CREATE OR REPLACE FUNCTION private.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
   RETURNS text[]
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_tags text[] := array(select distinct lower(btrim(t.tag)) from unnest(coalesce(p_tags, '{}')) t (tag) order by 1);
    v_wrong text;
    v_added bigint;
  begin
    perform private.require_permission(p_client, 'loyalty.creators.write');
    -- Before the creator, like the nightly pass: a tag may start missions.
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for no key update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    select t.tag into v_wrong from unnest(v_tags) t (tag) where t.tag !~ '^[a-z0-9][a-z0-9-]{0,29}$' limit 1;
    if found then
      raise exception using errcode = 'VA001', detail = 'tags', message = 'A tag has up to 30 letters, numbers and hyphens.';
    elsif cardinality(v_tags) > 20 then
      raise exception using errcode = 'VA001', detail = 'tags', message = 'A creator has at most 20 tags.';
    end if;
    delete from public.loyalty_creator_tags g where g.client_id = p_client and g.creator_id = p_creator and g.tag <> all (v_tags);
    insert into public.loyalty_creator_tags (client_id, creator_id, tag)
    select p_client, p_creator, t.tag from unnest(v_tags) t (tag) on conflict do nothing;
    get diagnostics v_added = row_count;
    if v_added > 0 then
      perform private.loyalty_unlock_missions(p_client, p_creator);
    end if;
    -- Rewards for a tag open and close with it.
    perform private.loyalty_renew_offers(p_client, (select private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client),
                                         null, p_creator);
    return v_tags;
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

private.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_was public.loyalty_missions;
    v_is public.loyalty_missions;
    v_zone text;
  begin
    perform private.require_permission(p_client, 'loyalty.missions.write');
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    if p_mission is not null then
      v_was := private.loyalty_require_mission(p_client, p_mission);
      if v_was.version is distinct from coalesce((p_body ->> 'version')::integer, v_was.version) then
        raise exception using errcode = 'ST002',
          message = 'This mission was changed meanwhile, in another tab or by someone else. Load it again to see what changed; nothing of yours was saved.';
      elsif v_was.state in ('ended', 'archived') then
        raise exception using errcode = 'ST001', message = 'This mission is over. Make a copy of it to use it again.';
      elsif v_was.kind <> p_body ->> 'kind' then
        raise exception using errcode = 'VA001', detail = 'kind', message = 'What kind of mission it is cannot change. Make a new one instead.';
      end if;
    end if;
    v_is := jsonb_populate_record(v_was, jsonb_build_object(
      'kind', p_body ->> 'kind', 'name', btrim(p_body ->> 'name'), 'description', btrim(coalesce(p_body ->> 'description', '')),
      'target', coalesce((p_body ->> 'target')::bigint, 0), 'reward_id', nullif(p_body ->> 'rewardId', ''),
      'tier_id', nullif(p_body ->> 'tierId', ''), 'tag', nullif(p_body ->> 'tag', ''),
      'preview_from_tier_id', nullif(p_body ->> 'previewFromTierId', ''), 'counts_from', coalesce(p_body ->> 'countsFrom', 'publish'),
      'reaches_current', coalesce((p_body ->> 'reachesCurrent')::boolean, true),
      'is_recurring', coalesce((p_body ->> 'isRecurring')::boolean, false), 'cooldown_days', coalesce((p_body ->> 'cooldownDays')::integer, 0),
      'max_cycles', (p_body ->> 'maxCycles')::integer, 'days_to_finish', (p_body ->> 'daysToFinish')::integer,
      'winners_count', (p_body ->> 'winnersCount')::integer, 'alternates_count', coalesce((p_body ->> 'alternatesCount')::integer, 0),
      'claim_days', (p_body ->> 'claimDays')::integer, 'display_order', coalesce((p_body ->> 'displayOrder')::integer, 100)));
    v_is.ends_at := private.loyalty_read_wall_clock(nullif(p_body ->> 'ends', ''), v_zone, 'ends');
    if exists (select from unnest(array[v_is.tier_id, v_is.preview_from_tier_id]) w (id)
                where w.id is not null and not exists (select from public.loyalty_tiers t
                  where t.client_id = p_client and t.id = w.id and (t.archived_at is null or t.id in (v_was.tier_id, v_was.preview_from_tier_id)))) then
      raise exception using errcode = 'VA001', detail = 'tierId', message = 'This tier is no longer on the ladder. Choose another one.';
    elsif v_is.ends_at <= now() and v_is.ends_at is distinct from v_was.ends_at then
      raise exception using errcode = 'VA001', detail = 'ends', message = 'Choose a moment that is still to come.';
    end if;
    if p_mission is null then
      insert into public.loyalty_missions (client_id, kind, name, description, target, reward_id, tier_id, tag, preview_from_tier_id, counts_from,
        reaches_current, is_recurring, cooldown_days, max_cycles, days_to_finish, ends_at, winners_count, alternates_count, claim_days, display_order)
      values (p_client, v_is.kind, v_is.name, v_is.description, v_is.target, v_is.reward_id, v_is.tier_id, v_is.tag, v_is.preview_from_tier_id,
        v_is.counts_from, v_is.reaches_current, v_is.is_recurring, v_is.cooldown_days, v_is.max_cycles, v_is.days_to_finish, v_is.ends_at,
        v_is.winners_count, v_is.alternates_count, v_is.claim_days, v_is.display_order)
      returning id into v_is.id;
      return v_is.id;
    end if;
    perform private.loyalty_check_fixed(v_was, v_is);
    update public.loyalty_missions m
       set name = v_is.name, description = v_is.description, target = v_is.target, reward_id = v_is.reward_id, tier_id = v_is.tier_id,
           tag = v_is.tag, preview_from_tier_id = v_is.preview_from_tier_id, counts_from = v_is.counts_from,
           reaches_current = v_is.reaches_current, is_recurring = v_is.is_recurring, cooldown_days = v_is.cooldown_days,
           max_cycles = v_is.max_cycles, days_to_finish = v_is.days_to_finish, ends_at = v_is.ends_at, winners_count = v_is.winners_count,
           alternates_count = v_is.alternates_count, claim_days = v_is.claim_days, display_order = v_is.display_order, version = m.version + 1
     where m.client_id = p_client and m.id = p_mission;
    if v_is.ends_at is distinct from v_was.ends_at then
      update public.loyalty_mission_progress p
         set due_on = greatest(p.start_on, least(p.start_on + v_is.days_to_finish - 1,
                                                 private.local_date(v_is.ends_at - interval '1 second', v_zone)))
       where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active';
    end if;
    return p_mission;
  end $function$

private.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  CREATE OR REPLACE FUNCTION private.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_creator uuid := private.require_payee(p_client);
    v_old public.loyalty_payout_accounts;
    v_is_change boolean;
  begin
    if p_id is null or p_sealed is null or p_fingerprint is null then
      raise exception using errcode = 'VA001', message = 'Enter where your money goes.', detail = 'account';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select a.* into v_old from public.loyalty_payout_accounts a
     where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null for update;
    v_is_change := found;
    if v_is_change and v_old.method = p_method and exists (
      select from public.loyalty_payout_account_secrets s where s.account_id = v_old.id and s.fingerprint_hash = p_fingerprint) then
      -- The same account once more: nothing changes, so nothing is held.
      return jsonb_build_object('id', v_old.id, 'method', v_old.method, 'hint', v_old.hint, 'heldUntil', v_old.held_until);
    end if;
    update public.loyalty_payout_accounts a set replaced_at = now()
     where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null;
    insert into public.loyalty_payout_accounts (id, client_id, creator_id, method, hint, held_until)
    -- Whoever takes over a login changes the account first. Two days are time to read the mail about it.
    values (p_id, p_client, v_creator, p_method, p_hint, case when v_is_change then now() + interval '48 hours' end);
    insert into public.loyalty_payout_account_secrets (account_id, client_id, account_envelope, fingerprint_hash)
    values (p_id, p_client, p_sealed, p_fingerprint);
    perform private.notify(p_client, 'loyalty.payout-account-changed', private.loyalty_boost_person(p_client, v_creator),
      jsonb_build_object('accountId', p_id, 'method', p_method, 'hint', p_hint, 'isChange', v_is_change), 'account:' || p_id);
    perform private.loyalty_move_boosts(p_client, now(), null);
    return (select jsonb_build_object('id', a.id, 'method', a.method, 'hint', a.hint, 'heldUntil', a.held_until)
              from public.loyalty_payout_accounts a where a.id = p_id);
  end $function$

private.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.reports.read');
    if exists (select from unnest(p_weekly || p_monthly) x
                where x not in (select private.people_permitted(p_client, 'loyalty.reports.read'))) then
      raise exception using errcode = 'VA001', detail = 'people', message = 'Choose people who may see reports.';
    end if;
    delete from public.loyalty_report_mails m
     where m.client_id = p_client and not (m.person_id = any (case m.cadence when 'weekly' then p_weekly else p_monthly end));
    insert into public.loyalty_report_mails (client_id, cadence, person_id)
    select p_client, 'weekly', x from unnest(p_weekly) x union select p_client, 'monthly', x from unnest(p_monthly) x
    on conflict do nothing;
    return private.loyalty_read_report_mails(p_client);
  end $function$

private.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  CREATE OR REPLACE FUNCTION private.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
    v_id uuid := p_reward;
    v_sizes text[] := coalesce((select array_agg(s.value order by s.ordinality)
      from jsonb_array_elements_text(coalesce(p_draft -> 'sizes', '[]')) with ordinality s), '{}');
  begin
    perform private.require_permission(p_client, 'loyalty.rewards.write');
    if p_reward is not null then
      v_reward := private.loyalty_require_reward(p_client, p_reward, p_revision);
      if v_reward.state = 'archived' then
        raise exception using errcode = 'ST001', message = 'This reward is archived. Make a copy of it to use it again.';
      end if;
      if (v_reward.kind, v_reward.offer) is distinct from (p_draft ->> 'kind', p_draft ->> 'offer') then
        raise exception using errcode = 'VA001', detail = 'kind',
          message = 'What kind of reward it is cannot change. Make a new one instead.';
      end if;
    end if;
    if exists (select from unnest(array[(p_draft ->> 'tierId')::uuid, (p_draft ->> 'previewFromTierId')::uuid]) w (id)
                where w.id is not null and not exists (select from public.loyalty_tiers t
                  where t.client_id = p_client and t.id = w.id and (t.archived_at is null or t.id in (v_reward.tier_id, v_reward.preview_from_tier_id)))) then
      raise exception using errcode = 'VA001', detail = 'tierId', message = 'This tier is no longer on the ladder. Choose another one.';
    end if;
    if cardinality(v_sizes) <> (select count(distinct lower(s)) from unnest(v_sizes) s) then
      raise exception using errcode = 'VA001', detail = 'sizes', message = 'Each size stands in the list once.';
    end if;
    if p_reward is null then
      insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, boost_bp, boost_days, discount_percent, discount_minutes)
      values (p_client, coalesce(p_draft ->> 'offer', 'tier'), p_draft ->> 'kind', btrim(p_draft ->> 'name'),
              coalesce((p_draft ->> 'valueAmount')::bigint, 0), (p_draft ->> 'boostBp')::integer, (p_draft ->> 'boostDays')::integer,
              (p_draft ->> 'discountPercent')::integer, (p_draft ->> 'discountMinutes')::integer)
      returning id into v_id;
    end if;
    perform private.loyalty_check_reward_limits(p_client, v_id, p_draft ->> 'kind', p_draft);
    update public.loyalty_rewards r
       set name = btrim(p_draft ->> 'name'), description = btrim(coalesce(p_draft ->> 'description', '')),
           instructions = btrim(coalesce(p_draft ->> 'instructions', '')),
           tier_id = (p_draft ->> 'tierId')::uuid, tag = nullif(p_draft ->> 'tag', ''),
           preview_from_tier_id = (p_draft ->> 'previewFromTierId')::uuid,
           frequency = p_draft ->> 'frequency', quantity = (p_draft ->> 'quantity')::integer,
           value_amount = coalesce((p_draft ->> 'valueAmount')::bigint, 0),
           boost_bp = (p_draft ->> 'boostBp')::integer, boost_days = (p_draft ->> 'boostDays')::integer,
           discount_percent = (p_draft ->> 'discountPercent')::integer, discount_minutes = (p_draft ->> 'discountMinutes')::integer,
           requires_size = cardinality(v_sizes) > 0, sizes = v_sizes,
           expires_days = (p_draft ->> 'expiresDays')::integer, display_order = coalesce((p_draft ->> 'displayOrder')::integer, 100)
     where r.client_id = p_client and r.id = v_id;
    update public.loyalty_reward_limits l
       set stock_total = (p_draft ->> 'stockTotal')::integer, budget_total = (p_draft ->> 'budgetTotal')::bigint,
           unit_cost = coalesce((p_draft ->> 'unitCost')::bigint, 0), coupon_code = nullif(p_draft ->> 'couponCode', ''),
           coupon_max_uses = (p_draft ->> 'couponMaxUses')::integer, updated_at = now()
     where l.client_id = p_client and l.reward_id = v_id;
    -- Another audience or limit is another list of offers: at once, not only tonight.
    if v_reward.state = 'published' and (v_reward.tier_id, v_reward.tag, v_reward.frequency, v_reward.quantity) is distinct from
        ((p_draft ->> 'tierId')::uuid, nullif(p_draft ->> 'tag', ''), p_draft ->> 'frequency', (p_draft ->> 'quantity')::integer) then
      perform private.loyalty_renew_reward_offers(p_client, v_id);
    end if;
    return v_id;
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
    v_creators uuid[];
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
    select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
    if v_run.state in ('counting', 'saved') then
      return 'done';
    elsif v_run.state is distinct from 'saving' then
      raise exception using errcode = 'ST001', message = 'This import is not being saved.', detail = 'state';
    end if;
    if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
                 and (r.applied_at > v_run.started_at or r.undone_at > v_run.started_at))
      or exists (select from public.loyalty_handle_changes h where h.client_id = p_client and h.created_at > v_run.started_at)
      or v_run.rows_new > 0 and exists (
        select from (select distinct w.creator_id from public.loyalty_sync_run_rows w
                      where w.client_id = p_client and w.run_id = p_run and w.outcome = 'new') n
          join public.loyalty_creators c on c.client_id = p_client and c.id = n.creator_id
         where c.state <> 'active') then
      return 'stale';
    end if;
    if v_run.creates_creators then
      v_added := private.loyalty_add_unseen_creators(v_run);
    end if;
    perform private.loyalty_move_snapshots(v_run);
    v_creators := private.loyalty_apply_changed(v_run) || private.loyalty_apply_new(v_run);
    perform private.loyalty_mark_dirty(p_client, v_creators, v_run.business_date);
    update public.loyalty_sync_runs r set state = 'counting', applied_at = clock_timestamp(), creators_added = v_added
     where r.client_id = p_client and r.id = p_run;
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

private.loyalty_seal_list(p_client uuid, p_raffle uuid, p_seed text)
  CREATE OR REPLACE FUNCTION private.loyalty_seal_list(p_client uuid, p_raffle uuid, p_seed text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_mission public.loyalty_missions;
    v_seed text := coalesce(p_seed, encode(sha256(
      -- gen_random_uuid() draws from the server's cryptographic source, 122 bits each; no extension is needed for it.
      uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'));
    v_draw uuid;
    v_count integer;
  begin
    -- Waits for everybody who is entering this moment; whoever comes after finds the list closed.
    select m.* into v_mission from public.loyalty_missions m
     where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended') for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
    end if;
    select d.id into v_draw from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle;
    if found then
      return v_draw;
    end if;
    if v_mission.ends_at > clock_timestamp() then
      raise exception using errcode = 'ST001', message = 'This raffle is still open. Its list can be sealed once it has ended.';
    end if;
    -- Whoever was archived meanwhile could not claim: she leaves the list before it has numbers.
    update public.loyalty_raffle_entries e set state = 'withdrawn'
      from public.loyalty_creators c
     where e.client_id = p_client and e.mission_id = p_raffle and e.state = 'entered'
       and c.client_id = e.client_id and c.id = e.creator_id and c.state <> 'active';
    -- Ordered by a random id: neither coming early nor a name gives a place.
    update public.loyalty_raffle_entries e set entry_no = n.entry_no
      from (select x.id, row_number() over (order by x.id) as entry_no from public.loyalty_raffle_entries x
             where x.client_id = p_client and x.mission_id = p_raffle and x.state = 'entered') n
     where e.client_id = p_client and e.id = n.id;
    get diagnostics v_count = row_count;
    insert into public.loyalty_raffle_draws (client_id, mission_id, sealed_at, entries_count, entries_hash, commitment, winners_count,
      alternates_count, claim_days)
    values (p_client, p_raffle, now(), v_count,
      encode(sha256(convert_to(private.loyalty_raffle_list_text(p_client, p_raffle), 'UTF8')), 'hex'),
      encode(sha256(convert_to(v_seed, 'UTF8')), 'hex'), v_mission.winners_count, v_mission.alternates_count, v_mission.claim_days)
    returning id into v_draw;
    insert into private.loyalty_raffle_seeds (client_id, draw_id, seed) values (p_client, v_draw, v_seed);
    update public.loyalty_missions m set state = 'ended'
     where m.client_id = p_client and m.id = p_raffle and m.state in ('published', 'paused');
    perform private.notify_permitted(p_client, 'loyalty.raffle-ready', 'loyalty.raffles.draw',
      jsonb_build_object('raffleId', p_raffle, 'name', v_mission.name, 'entries', v_count), 'raffle-ready:' || p_raffle);
    return v_draw;
  end $function$

private.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.require_permission(p_client, 'loyalty.raffles.draw');
    return private.loyalty_seal_list(p_client, p_raffle);
  end $function$

private.loyalty_sealed_payments(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_sealed_payments(p_client uuid, p_batch uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'creatorId', m.creator_id, 'handle', c.handle, 'name', c.display_name,
               'amount', m.amount, 'currency', m.currency, 'state', m.state, 'method', a.method, 'accountId', a.id,
               'sealed', s.account_envelope) order by c.handle_key, m.id), '[]')
        from public.loyalty_payments m
        join public.loyalty_creators c on c.client_id = m.client_id and c.id = m.creator_id
        join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id
        left join public.loyalty_payout_account_secrets s on s.client_id = m.client_id and s.account_id = m.account_id
       where m.client_id = p_client and m.batch_id = p_batch and m.state in ('planned', 'sent'));
  end $function$

private.loyalty_send_reports(p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_send_reports(p_now timestamp with time zone DEFAULT now())
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_due record;
    v_sent integer := 0;
  begin
    -- A report goes out on the morning after its week or month: by then the last evening's figures are in.
    for v_due in
      select m.client_id, m.cadence, array_agg(m.person_id order by m.person_id) as people,
             case m.cadence when 'weekly' then d.monday - 7 else (d.first - interval '1 month')::date end as first_on,
             case m.cadence when 'weekly' then d.monday - 1 else d.first - 1 end as last_on
        from public.loyalty_report_mails m
        join public.clients c on c.id = m.client_id
        join public.client_programs cp on cp.client_id = m.client_id and cp.program = 'loyalty' and cp.is_enabled
        cross join lateral (
          select date_trunc('week', (p_now - interval '7 hours') at time zone c.time_zone)::date as monday,
                 date_trunc('month', (p_now - interval '7 hours') at time zone c.time_zone)::date as first) d
       where m.person_id in (select private.people_permitted(m.client_id, 'loyalty.reports.read'))
       group by m.client_id, m.cadence, d.monday, d.first
       order by m.client_id, m.cadence
    loop
      if not exists (select from private.notification_requests q where q.client_id = v_due.client_id and q.type = 'loyalty.report-ready'
                      and q.dedupe_key = v_due.cadence || ':' || v_due.first_on) then
        perform private.notify(v_due.client_id, 'loyalty.report-ready', v_due.people,
          jsonb_build_object('cadence', v_due.cadence, 'from', v_due.first_on, 'to', v_due.last_on), v_due.cadence || ':' || v_due.first_on);
        v_sent := v_sent + 1;
      end if;
    end loop;
    return v_sent;
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
   SET work_mem TO '64MB'
  AS $function$
  declare
    v_videos uuid[];
    v_kept bigint[];
    v_unchanged bigint;
    v_others bigint;
  begin
    -- A row for a video nobody has seen carries an id made of its address, so one column tells doubles of every kind.
    select array_agg(d.video_id), array_agg(d.kept) into v_videos, v_kept
      from (select u.video_id, max(u.line) as kept
              from (select w.video_id, w.line from public.loyalty_sync_run_rows w
                     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')
                    union all
                    select r.video_id, r.line from private.loyalty_import_rows r where r.run_id = p_run) u
             group by u.video_id having count(*) > 1) d;
    if v_videos is null then
      return 0;
    end if;
    update public.loyalty_sync_run_rows w
       set outcome = 'duplicate', reason = 'laterRowUsed', column_name = 'video_url', raw_value = d.kept::text,
           handle = coalesce(w.handle, c.handle), url = coalesce(w.url, v.url)
      from unnest(v_videos, v_kept) d (video_id, kept)
      left join public.loyalty_videos v on v.client_id = p_client and v.id = d.video_id
      left join public.loyalty_creators c on c.client_id = p_client and c.id = v.creator_id
     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')
       and w.video_id = d.video_id and w.line < d.kept;
    get diagnostics v_others = row_count;
    with removed as (
      delete from private.loyalty_import_rows r using unnest(v_videos, v_kept) d (video_id, kept)
       where r.run_id = p_run and r.video_id = d.video_id and r.line < d.kept
      returning r.line, r.video_id, d.kept
    )
    insert into public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)
    select p_client, p_run, 'duplicate', m.line, 'laterRowUsed', 'video_url', m.kept::text, c.handle, v.url
      from removed m
      join public.loyalty_videos v on v.client_id = p_client and v.id = m.video_id
      join public.loyalty_creators c on c.client_id = p_client and c.id = v.creator_id;
    get diagnostics v_unchanged = row_count;
    return v_unchanged + v_others;
  end $function$

private.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_creators c set is_on_leaderboard = coalesce(p_shown, c.is_on_leaderboard)
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
  end $function$

private.loyalty_settle_boosts(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_settle_boosts(p_client uuid, p_date date)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_clearing integer;
    v_boost public.loyalty_boosts;
    v_sales bigint;
    v_settled integer := 0;
    v_cleared integer := 0;
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
    select s.clearing_days into v_clearing from public.loyalty_settings s where s.client_id = p_client;
    for v_boost in
      select b.* from public.loyalty_boosts b
       where b.client_id = p_client and b.state = 'expired' and b.last_on <= p_date order by b.id for update
    loop
      v_sales := private.loyalty_boost_sales(v_boost, v_boost.last_on);
      update public.loyalty_boosts b
         set state = 'pending_info', settled_at = now(), settled_sales = v_sales,
             earned_amount = private.loyalty_boost_amount(v_sales, b.rate_bp), clears_on = b.last_on + v_clearing
       where b.client_id = p_client and b.id = v_boost.id and b.state = 'expired';
      v_settled := v_settled + 1;
    end loop;
    for v_boost in
      select b.* from public.loyalty_boosts b
       where b.client_id = p_client and b.settled_at is not null and b.cleared_at is null order by b.id for update
    loop
      -- A file that came late, or one that was undone, changes what sold on the boost's days; until clearing ends it counts.
      v_sales := private.loyalty_boost_sales(v_boost, v_boost.last_on);
      update public.loyalty_boosts b set settled_sales = v_sales, earned_amount = private.loyalty_boost_amount(v_sales, b.rate_bp)
       where b.client_id = p_client and b.id = v_boost.id and b.settled_sales <> v_sales;
      if v_boost.clears_on <= p_date then
        v_sales := private.loyalty_boost_sales(v_boost, v_boost.clears_on);
        update public.loyalty_boosts b
           set cleared_at = now(), final_sales = v_sales, final_amount = private.loyalty_boost_amount(v_sales, b.rate_bp)
         where b.client_id = p_client and b.id = v_boost.id and b.cleared_at is null;
        v_cleared := v_cleared + 1;
      end if;
    end loop;
    return jsonb_build_object('settled', v_settled, 'cleared', v_cleared);
  end $function$

private.loyalty_settle_rounds(p_client uuid, p_date date, p_with_marked boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_settle_rounds(p_client uuid, p_date date, p_with_marked boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
    v_today date;
    v_completed bigint;
    v_reverted bigint;
  begin
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    v_today := greatest(p_date, private.local_date(now(), v_zone));
    perform private.loyalty_judge_rounds(p_client, p_date, p_with_marked);
    update public.loyalty_mission_progress p
       set state = 'completed', value = j.value, completed_at = now(), closed_at = null, figures_at = now(),
           completed_on = greatest(j.reached_on, least(j.start_on, v_today))
      from pg_temp.loyalty_judged j
     where p.client_id = p_client and p.id = j.id and p.state in ('active', 'missed') and j.reached_on is not null;
    get diagnostics v_completed = row_count;
    insert into public.loyalty_redemptions as r (client_id, creator_id, reward_id, kind, source, mission_progress_id, claim_until)
    select p_client, j.creator_id, w.id, w.kind, 'mission', j.id, private.local_instant(v_today + w.expires_days, '23:59', v_zone)
      from pg_temp.loyalty_judged j
      join public.loyalty_missions m on m.client_id = p_client and m.id = j.mission_id
      join public.loyalty_rewards w on w.client_id = p_client and w.id = m.reward_id
     where j.state <> 'completed' and j.reached_on is not null
    on conflict (client_id, mission_progress_id) where mission_progress_id is not null do update
      set withdrawn_at = null, withdrawn_reason = null, claim_until = excluded.claim_until
      where r.state = 'claimable';
    -- Old nights that are counted again are no news.
    if p_date >= v_today - 7 then
      perform private.notify(p_client, 'loyalty.mission-completed', array[c.person_id],
                jsonb_build_object('missionId', m.id, 'mission', m.name, 'reward', w.name, 'claimUntil', r.claim_until),
                'loyalty.mission-completed:' || j.id)
         from pg_temp.loyalty_judged j
         join public.loyalty_creators c on c.client_id = p_client and c.id = j.creator_id
         join public.people p on p.client_id = p_client and p.id = c.person_id and p.user_id is not null and p.state = 'active'
         join public.loyalty_missions m on m.client_id = p_client and m.id = j.mission_id
         join public.loyalty_rewards w on w.client_id = p_client and w.id = m.reward_id
         join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = j.id and r.state = 'claimable'
        where j.state <> 'completed' and j.reached_on is not null;
    end if;
    -- Nobody loses what she has claimed. An unclaimed reward whose figures were taken back goes with them.
    update public.loyalty_redemptions r set withdrawn_at = now(), withdrawn_reason = 'figures_undone'
      from pg_temp.loyalty_judged j
     where j.state = 'completed' and j.reached_on is null and r.client_id = p_client and r.mission_progress_id = j.id
       and r.state = 'claimable' and r.withdrawn_at is null;
    update public.loyalty_mission_progress p
       set state = s.state, value = j.value, completed_on = null, completed_at = null, figures_at = now(),
           closed_at = case when s.state = 'missed' then now() end
      from pg_temp.loyalty_judged j
     cross join lateral (
       select case when j.due_on < p_date or exists (select from public.loyalty_mission_progress o where o.client_id = p_client
                     and o.creator_id = j.creator_id and o.kind = j.kind and o.state = 'active') then 'missed' else 'active' end as state) s
     where j.state = 'completed' and j.reached_on is null and p.client_id = p_client and p.id = j.id and p.state = 'completed'
       and exists (select from public.loyalty_redemptions r where r.client_id = p_client and r.mission_progress_id = j.id
                      and r.state = 'claimable' and r.withdrawn_at is not null);
    get diagnostics v_reverted = row_count;
    return jsonb_build_object('completed', v_completed, 'reverted', v_reverted);
  end $function$

private.loyalty_shared_payout_accounts(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_shared_payout_accounts(p_client uuid)
   RETURNS TABLE(fingerprint text, creator_ids uuid[])
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return query
      select s.fingerprint_hash, array_agg(distinct a.creator_id order by a.creator_id)
        from public.loyalty_payout_account_secrets s
        join public.loyalty_payout_accounts a on a.client_id = s.client_id and a.id = s.account_id
       where s.client_id = p_client
       group by s.fingerprint_hash having count(distinct a.creator_id) > 1;
  end $function$

private.loyalty_show_claim(p_client uuid, p_redemption uuid, p_is_repeat boolean)
  CREATE OR REPLACE FUNCTION private.loyalty_show_claim(p_client uuid, p_redemption uuid, p_is_repeat boolean)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('id', r.id, 'rewardId', r.reward_id, 'kind', r.kind, 'source', r.source, 'state', r.state,
               'name', r.terms ->> 'name', 'instructions', coalesce(r.terms ->> 'instructions', ''), 'valueAmount', r.value_amount,
               'currency', r.terms ->> 'currency', 'size', r.terms ->> 'size', 'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at,
               'endsAt', r.ends_at, 'dueAt', r.due_at, 'isRepeat', p_is_repeat)
        from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption);
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

private.loyalty_start_rounds(p_client uuid, p_date date, p_creators uuid[])
  CREATE OR REPLACE FUNCTION private.loyalty_start_rounds(p_client uuid, p_date date, p_creators uuid[])
   RETURNS uuid[]
   LANGUAGE plpgsql
   SET search_path TO ''
   SET work_mem TO '64MB'
  AS $function$
  declare
    v_zone text;
    v_only text := case when p_creators is null then '' else ' and %s = any ($1)' end;
    v_creators uuid[];
    v_people bigint := cardinality(p_creators);
    v_nestloop text := current_setting('enable_nestloop');
  begin
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    drop table if exists pg_temp.loyalty_starts, pg_temp.loyalty_open_missions;
    -- A table and not a part of the query: the planner then knows how few there are.
    create temporary table loyalty_open_missions on commit drop as
    select m.*, (m.published_at at time zone v_zone)::date as published_on,
           -- A mission that ends at midnight has the day before as its last.
           ((m.ends_at - interval '1 second') at time zone v_zone)::date as ends_on
      from public.loyalty_missions m
     where m.client_id = p_client and m.state = 'published' and m.kind <> 'raffle';
    analyze pg_temp.loyalty_open_missions (id, kind, tier_id, tag, is_recurring);
    if v_people is null then
      select count(*) into v_people from public.loyalty_creators c where c.client_id = p_client;
    end if;
    perform set_config('enable_nestloop', case when v_people > 500 then 'off' else v_nestloop end, true);
    execute format($q$
      create temporary table loyalty_starts on commit drop as
      with missions as (
        select * from pg_temp.loyalty_open_missions
      ), busy as materialized (
        select p.creator_id, p.kind from public.loyalty_mission_progress p
         where p.client_id = %1$L::uuid and p.state = 'active' %4$s
        union all
        -- The next of a kind waits until the reward of the last one was handed over, or is out of reach.
        select p.creator_id, p.kind
          from public.loyalty_redemptions r
          join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id and p.state = 'completed'
         where r.client_id = %1$L::uuid and r.source = 'mission' and r.state in ('claimable', 'claimed') %5$s
      ), pairs as materialized (
        select m.id as mission_id, c.id as creator_id, null::uuid as progress_id, 1 as cycle_no, null::date as not_before
          from missions m
          join public.loyalty_creators c on c.client_id = m.client_id and c.state = 'active' and (m.tier_id is null or c.tier_id = m.tier_id)
         where (m.ends_on is null or m.ends_on >= %2$L::date) %6$s
           and not exists (select from public.loyalty_mission_progress p
                            where p.client_id = %1$L::uuid and p.mission_id = m.id and p.creator_id = c.id)
        union all
        select m.id, p.creator_id, null, p.cycle_no + 1,
               coalesce(p.completed_on, p.due_on, (p.closed_at at time zone %3$L)::date) + m.cooldown_days + 1
          from missions m
          join public.loyalty_mission_progress p on p.client_id = m.client_id and p.mission_id = m.id and p.state in ('completed', 'missed')
         where m.is_recurring and (m.max_cycles is null or p.cycle_no < m.max_cycles) %4$s
           and not exists (select from public.loyalty_mission_progress n where n.client_id = p.client_id and n.mission_id = p.mission_id
                              and n.creator_id = p.creator_id and n.cycle_no = p.cycle_no + 1)
        union all
        select m.id, p.creator_id, p.id, p.cycle_no, p.start_on
          from missions m
          join public.loyalty_mission_progress p on p.client_id = m.client_id and p.mission_id = m.id and p.state = 'dormant'
         where not exists (select from busy b where b.creator_id = p.creator_id and b.kind = p.kind) %4$s
      ), able as (
        select x.*, m.kind, m.target, m.display_order, m.counts_from, m.days_to_finish, m.ends_on, c.tier_id, c.period_start, c.joined_on,
               -- When she came into the group, from the data: a night that was missed puts nobody's start off.
               greatest(m.published_on, c.joined_on, (g.created_at at time zone %3$L)::date,
                        case when m.tier_id is not null and (c.tier_since at time zone %3$L)::date > c.joined_on
                             then (c.tier_since at time zone %3$L)::date + 1 end) as reached_on
          from pairs x
          join missions m on m.id = x.mission_id
          join public.loyalty_creators c on c.client_id = %1$L::uuid and c.id = x.creator_id and c.state = 'active'
           and (m.tier_id is null or c.tier_id = m.tier_id)
          left join public.loyalty_creator_tags g on g.client_id = %1$L::uuid and g.creator_id = c.id and g.tag = m.tag
         where (m.tag is null or g.tag is not null)
           and (m.reaches_current or x.cycle_no > 1 or c.joined_on >= m.published_on or g.created_at >= m.published_at
                or (m.tier_id is not null and c.tier_since >= m.published_at))
           -- Whoever no video was ever seen of may look at missions and takes part in none.
           and (c.total_videos > 0 or exists (select from public.loyalty_videos v
                                               where v.client_id = c.client_id and v.creator_id = c.id))
      ), placed as (
        select a.*, b.creator_id is null and coalesce(a.not_before <= %2$L::date + 1, true) as is_free
          from able a
          left join (select distinct y.creator_id, y.kind from busy y) b on b.creator_id = a.creator_id and b.kind = a.kind
      ), picked as (
        -- Each mission once before any comes again.
        select p.*, p.is_free and 1 = row_number() over (partition by p.creator_id, p.kind, p.is_free
                                                         order by p.cycle_no, p.display_order, p.mission_id) as is_next
          from placed p
      )
      select p.*, greatest(p.reached_on, p.not_before) as start_on from picked p
    $q$, p_client, p_date, v_zone, format(v_only, 'p.creator_id'), format(v_only, 'r.creator_id'), format(v_only, 'c.id')) using p_creators;
    perform set_config('enable_nestloop', v_nestloop, true);
    analyze pg_temp.loyalty_starts (creator_id, is_next);
    -- The day the last one of the kind was out of the way. Asked of those who begin one only: nights have few, a first one has many.
    update pg_temp.loyalty_starts s set start_on = greatest(s.start_on, f.freed_on)
      from (select n.creator_id, n.kind,
                   max(case when o.state = 'missed' then coalesce(o.due_on, (o.closed_at at time zone v_zone)::date) + 1
                            else (coalesce(r.fulfilled_at, r.rejected_at, r.expired_at) at time zone v_zone)::date end) as freed_on
              from pg_temp.loyalty_starts n
              join public.loyalty_mission_progress o on o.client_id = p_client and o.creator_id = n.creator_id and o.kind = n.kind
               and o.state in ('completed', 'missed')
              left join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = o.id
             where n.is_next group by n.creator_id, n.kind) f
     where s.is_next and s.creator_id = f.creator_id and s.kind = f.kind;
    -- Whoever could not begin for longer than nights are caught up (archived, paused, not seen yet) begins tomorrow.
    update pg_temp.loyalty_starts s set start_on = p_date + 1 where s.is_next and s.start_on < p_date - 6;
    delete from pg_temp.loyalty_starts s where s.ends_on < s.start_on;

    insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, cycle_no, state, tier_id, target, start_on,
      counts_from_on, counts_all, due_on, started_at)
    select p_client, s.mission_id, s.creator_id, s.kind, s.cycle_no, case when s.is_next then 'active' else 'dormant' end, s.tier_id,
           s.target, s.start_on, b.counts_from_on, b.counts_all, b.due_on, case when s.is_next then clock_timestamp() end
      from pg_temp.loyalty_starts s
     cross join lateral private.loyalty_round_bounds(s.is_next, s.cycle_no, s.counts_from, s.start_on, s.period_start, s.joined_on,
                                                     s.days_to_finish, s.ends_on) b
     where s.progress_id is null
    on conflict do nothing;
    update public.loyalty_mission_progress p
       set state = 'active', tier_id = s.tier_id, target = s.target, start_on = s.start_on, counts_from_on = b.counts_from_on,
           counts_all = b.counts_all, due_on = b.due_on, started_at = clock_timestamp()
      from pg_temp.loyalty_starts s
     cross join lateral private.loyalty_round_bounds(true, s.cycle_no, s.counts_from, s.start_on, s.period_start, s.joined_on,
                                                     s.days_to_finish, s.ends_on) b
     where s.is_next and p.client_id = p_client and p.id = s.progress_id and p.state = 'dormant';
    select array_agg(distinct s.creator_id) into v_creators from pg_temp.loyalty_starts s where s.is_next;
    drop table pg_temp.loyalty_starts, pg_temp.loyalty_open_missions;
    return v_creators;
  end $function$

private.loyalty_start_soon(p_client uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_start_soon(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    -- A request has seconds; what reaches very many is started by a job right after.
    if (select count(*) from (select from public.loyalty_creators c where c.client_id = p_client limit 2001) x) > 2000 then
      perform private.add_job('loyalty.unlock-missions', jsonb_build_object('clientId', p_client), 'loyalty.unlock-missions:' || p_client);
    else
      perform private.loyalty_unlock_missions(p_client, null);
    end if;
  end $function$

private.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  CREATE OR REPLACE FUNCTION private.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
   RETURNS text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_batch public.loyalty_payout_batches;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.write');
    v_batch := private.loyalty_lock_batch(p_client, p_batch);
    if p_step = 'approve' then
      if v_batch.state <> 'draft' then
        raise exception using errcode = 'ST001', message = format('This batch is %s already.', v_batch.state), detail = 'state';
      end if;
      -- Between making and approving, an account may have changed or a suspicion come up: those wait for the next batch.
      update public.loyalty_payments m set state = 'dropped', dropped_at = now()
       where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned'
         and (exists (select from public.loyalty_payout_accounts a
                       where a.client_id = p_client and a.id = m.account_id and (a.replaced_at is not null or a.held_until > now()))
              or exists (select from public.loyalty_payouts p
                           join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
                           join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
                          where p.client_id = p_client and p.payment_id = m.id and r.is_held)
              or exists (select from public.loyalty_payouts o
                          where o.client_id = p_client and o.creator_id = m.creator_id and o.state = 'pending' and o.amount < 0));
      if exists (select from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned') then
        update public.loyalty_payout_batches b set state = 'approved', approved_at = now(), approved_by = auth.uid()
         where b.client_id = p_client and b.id = p_batch;
      else
        update public.loyalty_payout_batches b set state = 'cancelled', cancelled_at = now() where b.client_id = p_client and b.id = p_batch;
      end if;
    elsif v_batch.state = 'approved' and v_batch.provider = 'paypal' and p_step <> 'send_by_paypal' then
      raise exception using errcode = 'ST001', message = 'PayPal is being asked to send this batch. Wait for its answer.', detail = 'state';
    elsif p_step = 'send' then
      if v_batch.state <> 'approved' then
        raise exception using errcode = 'ST001', message = 'Only an approved batch can be sent.', detail = 'state';
      end if;
      perform private.loyalty_mark_batch_sent(p_client, p_batch, 'by_hand', null);
    elsif p_step = 'send_by_paypal' then
      if v_batch.state <> 'approved' or v_batch.method <> 'paypal' then
        raise exception using errcode = 'ST001', message = 'Only an approved PayPal batch can be sent by PayPal.', detail = 'state';
      end if;
      update public.loyalty_payout_batches b set provider = 'paypal', provider_message = null where b.client_id = p_client and b.id = p_batch;
      perform private.add_job('loyalty.send-batch', jsonb_build_object('clientId', p_client, 'batchId', p_batch), 'loyalty.send-batch:' || p_batch);
    elsif p_step = 'undo_send' then
      if v_batch.state <> 'sent' or v_batch.provider <> 'by_hand' or exists (
        select from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch and m.state in ('paid', 'failed')) then
        raise exception using errcode = 'ST001', detail = 'state',
          message = 'Sending can be undone for a batch sent by hand, before any payment in it is marked.';
      end if;
      update public.loyalty_payments m set state = 'planned', sent_at = null
       where m.client_id = p_client and m.batch_id = p_batch and m.state = 'sent';
      update public.loyalty_payout_batches b set state = 'approved', sent_at = null, provider = null where b.client_id = p_client and b.id = p_batch;
    elsif p_step = 'cancel' then
      update public.loyalty_payout_batches b set state = 'cancelled', cancelled_at = now() where b.client_id = p_client and b.id = p_batch;
      update public.loyalty_payments m set state = 'dropped', dropped_at = now()
       where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned';
    else
      raise exception using errcode = 'VA001', message = 'There is no such step.', detail = 'step';
    end if;
    return private.loyalty_recount_batch(p_client, p_batch);
  end $function$

private.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  CREATE OR REPLACE FUNCTION private.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_mission public.loyalty_missions;
    v_to text := case p_step when 'publish' then 'published' when 'pause' then 'paused' when 'resume' then 'published'
                             when 'end' then 'ended' when 'archive' then 'archived' end;
    v_last date;
  begin
    v_mission := private.loyalty_require_mission(p_client, p_mission);
    if v_to is null then
      raise exception using errcode = 'VA001', detail = 'step', message = 'A mission is published, paused, resumed, ended or archived.';
    elsif v_mission.state = v_to then
      raise exception using errcode = 'ST003', message = 'This mission is ' || v_to || ' already.';
    elsif (p_step = 'publish' and v_mission.state <> 'draft') or (p_step = 'resume' and v_mission.state <> 'paused') then
      raise exception using errcode = 'ST001', message = format('This mission is %s and cannot be %s.', v_mission.state,
        case p_step when 'publish' then 'published' else 'resumed' end);
    end if;
    if v_to = 'published' then
      perform 1 from public.loyalty_rewards r where r.client_id = p_client and r.id = v_mission.reward_id for share;
      perform private.loyalty_publish_checks(v_mission);
    end if;
    if p_step = 'end' and v_mission.kind = 'raffle' and v_mission.state in ('published', 'paused') then
      -- Entries close now; the list is sealed and drawn as if this had been the hour from the start.
      if v_mission.ends_at <= now() then
        raise exception using errcode = 'ST003', message = 'This raffle has ended already.';
      end if;
      update public.loyalty_missions m set ends_at = now() where m.client_id = p_client and m.id = p_mission;
      return;
    end if;
    update public.loyalty_missions m
       set state = v_to, published_at = case when p_step = 'publish' then now() else m.published_at end
     where m.client_id = p_client and m.id = p_mission and m.state = v_mission.state;
    if p_step = 'end' then
      select n.last_business_date into v_last from public.loyalty_nights n where n.client_id = p_client;
      update public.loyalty_mission_progress p
         set state = 'missed', closed_at = now(), due_on = greatest(p.start_on, least(p.due_on, v_last))
       where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active' and p.due_on is not null;
      update public.loyalty_mission_progress p set state = 'missed', closed_at = now()
       where p.client_id = p_client and p.mission_id = p_mission and p.state = 'active';
      delete from public.loyalty_mission_progress p where p.client_id = p_client and p.mission_id = p_mission and p.state = 'dormant';
    end if;
    -- The missions of this kind that waited behind it begin as well.
    if v_to in ('published', 'ended') and v_mission.kind <> 'raffle' then
      perform private.loyalty_start_soon(p_client);
    end if;
  end $function$

private.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  CREATE OR REPLACE FUNCTION private.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
   RETURNS integer
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_batch public.loyalty_payout_batches;
    v_count integer;
  begin
    perform private.require_permission(p_client, 'loyalty.payouts.write');
    v_batch := private.loyalty_lock_batch(p_client, p_batch);
    if p_step is null or p_step not in ('paid', 'failed', 'undo', 'retry') then
      raise exception using errcode = 'VA001', message = 'There is no such step.', detail = 'step';
    end if;
    if char_length(p_reference) > 200 then
      raise exception using errcode = 'VA001', message = 'A reference has at most 200 letters.', detail = 'reference';
    end if;
    v_count := private.loyalty_mark_payments(p_client, p_batch, p_payments, p_step, p_reference, p_reason);
    if v_count = 0 or v_count < cardinality(p_payments) then
      raise exception using errcode = 'ST002', message = 'Someone else has marked these payments meanwhile.', detail = 'state';
    end if;
    return v_count;
  end $function$

private.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb, p_now timestamp with time zone)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
    v_gift public.loyalty_gifts;
    v_boost text;
    v_detail jsonb := coalesce(p_detail, '{}');
    v_expected text;
    v_to text;
    v_number text;
    v_zone text;
  begin
    perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
    -- A boost before its redemption, as the night takes them: two orders would wait for each other.
    select b.state into v_boost from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption for update;
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this claim.';
    end if;
    if exists (select from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
                where c.client_id = p_client and c.id = v_row.creator_id and p.user_id = auth.uid()) then
      raise exception using errcode = 'PM001', message = 'Someone else has to take care of your own claim.';
    end if;
    v_expected := case p_step when 'fulfil' then 'claimed' when 'ship' then 'claimed' when 'reject' then 'claimed'
                              when 'deliver' then 'fulfilled' when 'conclude' then 'fulfilled'
                              when 'undo' then coalesce(v_detail ->> 'from', v_row.state) end;
    if v_expected is null then
      raise exception using errcode = 'VA001', detail = 'step', message = 'There is no such step.';
    end if;
    if v_row.state <> v_expected or v_row.state is distinct from coalesce(v_detail ->> 'from', v_row.state) then
      raise exception using errcode = case when v_detail ? 'from' then 'ST002' else 'ST001' end,
        message = format('This claim is %s%s. Look at it again.', v_row.state,
          coalesce(' now, by ' || private.loyalty_last_step_by(p_client, p_redemption), ' now'));
    end if;
    if v_row.is_held then
      raise exception using errcode = 'ST001', hint = 'ON_HOLD', message = 'This claim is on hold. Resolve the hold first.';
    end if;
    if v_row.kind = 'commission_boost' and p_step <> 'reject' then
      raise exception using errcode = 'ST001', message = 'A boost is fulfilled by its payout. Pay it on the payouts page.';
    end if;
    if p_step in ('ship', 'deliver') and v_row.kind <> 'physical_gift' then
      raise exception using errcode = 'ST001', message = 'Only a physical gift is shipped.';
    end if;
    if v_row.kind = 'physical_gift' then
      select g.* into v_gift from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = p_redemption for update;
    end if;

    case p_step
    when 'fulfil' then
      if v_row.kind = 'physical_gift' then
        raise exception using errcode = 'ST001', message = 'Ship this gift with its carrier instead.';
      end if;
      if v_row.kind = 'discount' and p_now < v_row.scheduled_at - interval '15 minutes' then
        select c.time_zone into v_zone from public.clients c where c.id = p_client;
        raise exception using errcode = 'ST001',
          message = format('This discount can be turned on from %s.', to_char((v_row.scheduled_at - interval '15 minutes') at time zone v_zone, 'Mon DD, HH24:MI'));
      end if;
      v_to := 'fulfilled';
      if nullif(v_detail ->> 'code', '') is not null then
        insert into public.loyalty_redemption_codes (client_id, redemption_id, envelope)
        values (p_client, p_redemption, v_detail ->> 'code')
        on conflict (client_id, redemption_id) do update set envelope = excluded.envelope, created_at = p_now;
      end if;
      update public.loyalty_redemptions r
         set state = v_to, fulfilled_at = p_now, fulfilled_by = auth.uid(), fulfil_note = nullif(btrim(v_detail ->> 'note'), ''),
             fulfil_reference = nullif(btrim(v_detail ->> 'reference'), '')
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    when 'ship' then
      if v_gift.id is null then
        raise exception using errcode = 'ST001', message = 'This gift has no address yet.';
      end if;
      v_number := nullif(upper(regexp_replace(coalesce(v_detail ->> 'trackingNumber', ''), '[\s.]', '', 'g')), '');
      if coalesce(v_detail ->> 'carrier', '') not in ('fedex', 'ups', 'usps', 'dhl', 'other') then
        raise exception using errcode = 'VA001', detail = 'carrier', message = 'Choose the carrier.';
      end if;
      if not coalesce(private.is_tracking_number(v_detail ->> 'carrier', v_number), false) then
        raise exception using errcode = 'VA001', detail = 'trackingNumber', message = 'This is not a tracking number of this carrier.';
      end if;
      v_to := 'fulfilled';
      update public.loyalty_gifts g set carrier = v_detail ->> 'carrier', tracking_number = v_number, shipped_at = p_now
       where g.client_id = p_client and g.id = v_gift.id and g.shipped_at is null;
      update public.loyalty_redemptions r
         set state = v_to, fulfilled_at = p_now, fulfilled_by = auth.uid(), fulfil_note = nullif(btrim(v_detail ->> 'note'), '')
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    when 'deliver' then
      if v_gift.shipped_at is null then
        raise exception using errcode = 'ST001', message = 'This gift has not been shipped yet.';
      end if;
      v_to := 'concluded';
      update public.loyalty_gifts g set delivered_at = greatest(p_now, g.shipped_at) where g.client_id = p_client and g.id = v_gift.id;
      update public.loyalty_redemptions r set state = v_to, concluded_at = p_now
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    when 'conclude' then
      if v_gift.shipped_at is not null and v_gift.delivered_at is null then
        raise exception using errcode = 'ST001', message = 'Mark this gift delivered instead.';
      end if;
      v_to := 'concluded';
      update public.loyalty_redemptions r set state = v_to, concluded_at = p_now
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    when 'reject' then
      if char_length(btrim(coalesce(v_detail ->> 'reason', ''))) not between 3 and 300 then
        raise exception using errcode = 'VA001', detail = 'reason', message = 'Say why, in a sentence the creator will read.';
      end if;
      if v_row.kind = 'commission_boost' and coalesce(v_boost, 'scheduled') <> 'scheduled' then
        raise exception using errcode = 'ST001', message = 'This boost has started and cannot be rejected.';
      end if;
      v_to := 'rejected';
      update public.loyalty_redemptions r set state = v_to, rejected_at = p_now, rejection_reason = btrim(v_detail ->> 'reason')
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
      -- A boost that waits for its evening is cancelled by the trigger that keeps both in step.
    when 'undo' then
      if v_row.state not in ('fulfilled', 'concluded') then
        raise exception using errcode = 'ST001', message = format('This claim is %s: there is nothing to take back.', v_row.state);
      end if;
      if coalesce(v_row.concluded_at, v_row.fulfilled_at) < p_now - interval '24 hours' then
        raise exception using errcode = 'ST001', message = 'A step can be taken back for 24 hours. This one is older.';
      end if;
      if v_row.state = 'concluded' then
        v_to := 'fulfilled';
        update public.loyalty_gifts g set delivered_at = null where g.client_id = p_client and g.id = v_gift.id;
        begin
          update public.loyalty_redemptions r set state = v_to, concluded_at = null
           where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
        exception when unique_violation or exclusion_violation then
          raise exception using errcode = 'ST001',
            message = 'She has claimed this reward again since. Fulfil or reject that claim first.';
        end;
      else
        v_to := 'claimed';
        update public.loyalty_gifts g set carrier = null, tracking_number = null, shipped_at = null
         where g.client_id = p_client and g.id = v_gift.id;
        delete from public.loyalty_redemption_codes k where k.client_id = p_client and k.redemption_id = p_redemption;
        update public.loyalty_redemptions r
           set state = v_to, fulfilled_at = null, fulfilled_by = null, fulfil_note = null, fulfil_reference = null, seen_at = null
         where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
      end if;
    end case;
    return jsonb_build_object('id', p_redemption, 'state', v_to);
  end $function$

private.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  CREATE OR REPLACE FUNCTION private.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_item record;
    v_code text;
    v_message text;
    v_outcomes jsonb := '[]';
  begin
    perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
    if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) not between 1 and 200 then
      raise exception using errcode = 'VA001', detail = 'items', message = 'Choose between one and 200 claims.';
    end if;
    -- In one order for everybody, so that two people with the same list wait for each other and do not lock each other out.
    for v_item in select (i ->> 'id')::uuid as id, i ->> 'from' as seen from jsonb_array_elements(p_items) i order by 1 loop
      begin
        v_outcomes := v_outcomes || (jsonb_build_object('isDone', true, 'code', null, 'message', null)
          || private.loyalty_step_redemption(p_client, v_item.id, p_step,
               coalesce(p_detail, '{}') || case when v_item.seen is null then '{}' else jsonb_build_object('from', v_item.seen) end, now()));
      -- What is refused is said of its own row; a fault of ours still ends the whole.
      exception when sqlstate 'TN001' or sqlstate 'PM001' or sqlstate 'ST001' or sqlstate 'ST002' or sqlstate 'ST003'
                  or sqlstate 'QT002' or sqlstate 'VA001' then
        get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
        v_outcomes := v_outcomes || jsonb_build_object('isDone', false, 'code', v_code, 'message', v_message, 'id', v_item.id, 'state', null);
      end;
    end loop;
    return v_outcomes;
  end $function$

private.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
  CREATE OR REPLACE FUNCTION private.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_reward public.loyalty_rewards;
    v_to text := case p_step when 'publish' then 'published' when 'pause' then 'paused' when 'resume' then 'published' when 'archive' then 'archived' end;
    v_missions integer;
  begin
    v_reward := private.loyalty_require_reward(p_client, p_reward, p_revision);
    if v_to is null then
      raise exception using errcode = 'VA001', detail = 'step', message = 'A reward is published, paused, resumed or archived.';
    end if;
    if v_reward.state = v_to then
      raise exception using errcode = 'ST003', message = 'This reward is ' || v_to || ' already.';
    end if;
    if (p_step = 'publish' and v_reward.state <> 'draft') or (p_step = 'resume' and v_reward.state <> 'paused') then
      raise exception using errcode = 'ST001', message = format('This reward is %s and cannot be %s.', v_reward.state,
        case p_step when 'publish' then 'published' else 'resumed' end);
    end if;
    if v_to = 'published' and exists (select from public.loyalty_tiers t
         where t.client_id = p_client and t.id = v_reward.tier_id and t.archived_at is not null) then
      raise exception using errcode = 'VA001', detail = 'tierId',
        message = 'Its tier is no longer on the ladder. Choose another tier first.';
    end if;
    if p_step = 'archive' then
      select count(*) into v_missions from public.loyalty_missions m
       where m.client_id = p_client and m.reward_id = p_reward and m.state in ('published', 'paused');
      if v_missions > 0 then
        raise exception using errcode = 'ST001', message = case v_missions
          when 1 then 'One open mission pays this reward. End it first.'
          else format('%s open missions pay this reward. End them first.', v_missions) end;
      end if;
    end if;
    update public.loyalty_rewards r
       set state = v_to, published_at = case when v_to = 'published' then coalesce(r.published_at, now()) else r.published_at end
     where r.client_id = p_client and r.id = p_reward and r.state = v_reward.state;
    if v_reward.offer = 'tier' and (v_reward.state <> 'draft' or p_step = 'publish') then
      perform private.loyalty_renew_reward_offers(p_client, p_reward);
    end if;
    return (
      select jsonb_build_object('id', r.id, 'state', r.state, 'revision', r.revision, 'openOffers',
               (select count(*) from public.loyalty_redemptions x
                 where x.client_id = p_client and x.reward_id = r.id and x.state = 'claimable' and x.withdrawn_at is null))
        from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward);
  end $function$

private.loyalty_suspect(p_client uuid, p_creator uuid, p_other uuid, p_reason text, p_evidence text)
  CREATE OR REPLACE FUNCTION private.loyalty_suspect(p_client uuid, p_creator uuid, p_other uuid, p_reason text, p_evidence text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    insert into public.loyalty_holds (client_id, creator_id, other_creator_id, reason, evidence, opened_by)
    values (p_client, p_creator, p_other, p_reason, p_evidence, null)
    on conflict do nothing
    returning id into v_id;
    if v_id is null then
      return;
    end if;
    perform private.loyalty_mark_held(p_client, array[p_creator, p_other]);
    perform private.notify_permitted(p_client, 'loyalty.hold-opened', 'loyalty.holds.resolve',
      (select jsonb_build_object('holdId', v_id, 'reason', p_reason, 'handle', c.handle, 'other', o.handle)
         from public.loyalty_creators c, public.loyalty_creators o
        where c.client_id = p_client and c.id = p_creator and o.client_id = p_client and o.id = p_other),
      'hold:' || v_id);
  end $function$

private.loyalty_suspect_devices(p_user uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_suspect_devices(p_user uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    -- Sisters share a tablet: it is worth a look only when both have claimed something.
    perform private.loyalty_suspect(mine.client_id, mine.id, other.id, 'same_device', 'Both claimed, and both signed in on the same device.')
       from (select distinct s.user_id
               from private.auth_devices own
               join private.auth_devices s on s.device_hash = own.device_hash and s.user_id <> own.user_id
              where own.user_id = p_user and own.seen_at > now() - interval '90 days' and s.seen_at > now() - interval '90 days') d
       join public.people theirs on theirs.user_id = d.user_id
       join public.people own on own.user_id = p_user and own.client_id = theirs.client_id
       join public.loyalty_creators mine on mine.client_id = own.client_id and mine.person_id = own.id
       join public.loyalty_creators other on other.client_id = theirs.client_id and other.person_id = theirs.id
      where exists (select from public.loyalty_redemptions r
                     where r.client_id = mine.client_id and r.creator_id = mine.id and r.claimed_at is not null)
        and exists (select from public.loyalty_redemptions r
                     where r.client_id = other.client_id and r.creator_id = other.id and r.claimed_at is not null);
  end $function$

private.loyalty_tell_boost(p_boost public.loyalty_boosts, p_type text, p_key text)
  CREATE OR REPLACE FUNCTION private.loyalty_tell_boost(p_boost public.loyalty_boosts, p_type text, p_key text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform private.notify(p_boost.client_id, p_type, private.loyalty_boost_person(p_boost.client_id, p_boost.creator_id),
      (select jsonb_build_object('boostId', p_boost.id, 'reward', coalesce(r.terms ->> 'name', w.name), 'rateBp', p_boost.rate_bp,
                'endsAt', p_boost.ends_at, 'earned', p_boost.earned_amount, 'currency', s.currency, 'clearsOn', p_boost.clears_on)
         from public.loyalty_redemptions r
         join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
         join public.loyalty_settings s on s.client_id = r.client_id
        where r.client_id = p_boost.client_id and r.id = p_boost.redemption_id),
      p_key);
  end $function$

private.loyalty_tell_claim(p_client uuid, p_redemption uuid, p_state text)
  CREATE OR REPLACE FUNCTION private.loyalty_tell_claim(p_client uuid, p_redemption uuid, p_state text)
   RETURNS boolean
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_row public.loyalty_redemptions;
  begin
    select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
    if not found or not private.program_is_on(p_client, 'loyalty') then
      return false;
    end if;
    case p_state
    when 'claimed' then
      perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-claimed', p_redemption::text);
    when 'rejected' then
      perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-rejected', p_redemption::text);
    else
      -- Taken back meanwhile: there is nothing to tell.
      if v_row.fulfilled_at is null then
        return false;
      end if;
      perform private.loyalty_tell_creator(p_client, p_redemption,
        case v_row.kind when 'physical_gift' then 'loyalty.gift-shipped' else 'loyalty.reward-fulfilled' end,
        p_redemption || ':' || to_char(v_row.fulfilled_at at time zone 'UTC', 'YYYYMMDDHH24MISS'));
    end case;
    return true;
  end $function$

private.loyalty_tell_creator(p_client uuid, p_redemption uuid, p_type text, p_dedupe text)
  CREATE OR REPLACE FUNCTION private.loyalty_tell_creator(p_client uuid, p_redemption uuid, p_type text, p_dedupe text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform private.notify(p_client, p_type, array[c.person_id], private.loyalty_claim_words(p_client, p_redemption), p_dedupe)
       from public.loyalty_redemptions r
       join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
      where r.client_id = p_client and r.id = p_redemption;
  end $function$

private.loyalty_tell_new_missions(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_tell_new_missions(p_client uuid, p_date date)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_zone text;
    v_since timestamptz;
  begin
    select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
    select d.told_until into v_since from private.loyalty_mission_digests d where d.client_id = p_client for update;
    insert into private.loyalty_mission_digests as d (client_id, told_until) values (p_client, clock_timestamp())
    on conflict (client_id) do update set told_until = excluded.told_until;
    if p_date < private.local_date(now(), v_zone) - 7 then
      return;
    end if;
    -- One request for all who were given the same missions: a thousand creators are a few rows.
    perform private.notify(p_client, 'loyalty.new-missions', array_agg(n.person_id),
              jsonb_build_object('count', cardinality(n.missions), 'names', n.names),
              'loyalty.new-missions:' || p_date || ':' || md5(n.missions::text || coalesce(v_since::text, '')))
       from (select c.person_id, array_agg(m.id order by m.display_order, m.id) as missions,
                    (array_agg(m.name order by m.display_order, m.id))[1:3] as names
               from public.people p
               join public.loyalty_creators c on c.client_id = p.client_id and c.person_id = p.id and c.state = 'active'
               join public.loyalty_mission_progress g on g.client_id = c.client_id and g.creator_id = c.id and g.state = 'active'
                and g.started_at > coalesce(v_since, now() - interval '1 day')
               join public.loyalty_missions m on m.client_id = g.client_id and m.id = g.mission_id
              where p.client_id = p_client and p.user_id is not null and p.state = 'active'
              group by c.person_id) n
      group by n.missions, n.names;
  end $function$

private.loyalty_tell_offers(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_tell_offers(p_client uuid, p_date date)
   RETURNS bigint
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_people bigint;
  begin
    -- One notification a person and day, whatever the number of rewards; people who are told the same share a request.
    with news as (
      select p.id as person_id, count(*) as offers,
             (array_agg(d.name order by d.display_order, d.name))[1:3] as names
        from pg_temp.loyalty_new_offers n
        join pg_temp.loyalty_due_offers d on d.creator_id = n.creator_id and d.reward_id = n.reward_id
        join public.people p on p.client_id = p_client and p.id = d.person_id and p.user_id is not null and p.state = 'active'
       where not exists (select from private.notification_requests q
                          where q.client_id = p_client and q.type = 'loyalty.reward-offered'
                            and q.dedupe_key like 'offers:' || p_date || ':%' and p.id = any (q.people))
       group by p.id
    ), told as (
      select n.offers, n.names, array_agg(n.person_id) as people from news n group by n.offers, n.names
    ), sent as (
      select cardinality(t.people) as people,
             private.notify(p_client, 'loyalty.reward-offered', t.people, jsonb_build_object('count', t.offers, 'names', t.names),
               'offers:' || p_date || ':' || md5(t.offers || array_to_string(t.names, ',') || (select min(x::text) from unnest(t.people) x)))
        from told t offset 0
    )
    select coalesce(sum(s.people), 0) into v_people from sent s;
    return v_people;
  end $function$

private.loyalty_tick_fulfilment(p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_tick_fulfilment(p_now timestamp with time zone DEFAULT now())
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_client uuid;
    v_reminded integer := 0;
    v_concluded integer := 0;
  begin
    -- Two ticks at once would write the same; the second leaves it to the first.
    if not pg_try_advisory_xact_lock(hashtextextended('loyalty.tick-fulfilment', 0)) then
      return jsonb_build_object('reminded', 0, 'concluded', 0);
    end if;
    for v_client in select cp.client_id from public.client_programs cp where cp.program = 'loyalty' and cp.is_enabled order by 1 loop
      v_concluded := v_concluded + private.loyalty_conclude_due(v_client, p_now);
      v_reminded := v_reminded + private.loyalty_remind_of_work(v_client, p_now);
    end loop;
    return jsonb_build_object('reminded', v_reminded, 'concluded', v_concluded);
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
    -- Asked of the videos: two creators may have become one since.
    perform private.loyalty_mark_dirty(p_client, array(
      select distinct v.creator_id from public.loyalty_sync_run_rows w
        join public.loyalty_videos v on v.client_id = p_client and v.id = w.video_id
       where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')), v_run.business_date);

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
    v_changes := private.loyalty_run_stages(p_client, v_run.business_date, null) -> 'tiers';
    update public.loyalty_sync_runs r
       set state = 'undone', undone_at = clock_timestamp(), finished_at = clock_timestamp(), tier_changes = v_changes
     where r.client_id = p_client and r.id = p_run;
    perform private.emit_event(p_client, 'loyalty.run-undone', jsonb_build_object('runId', p_run));
    return v_changes;
  end $function$

private.loyalty_unlock_missions(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION private.loyalty_unlock_missions(p_client uuid, p_creator uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
    perform private.loyalty_open_rounds(p_client,
      (select coalesce(n.last_business_date, private.local_date(now(), k.time_zone))
         from public.clients k left join public.loyalty_nights n on n.client_id = k.id where k.id = p_client),
      case when p_creator is not null then array[p_creator] end);
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

private.loyalty_warn_demotions(p_client uuid, p_date date)
  CREATE OR REPLACE FUNCTION private.loyalty_warn_demotions(p_client uuid, p_date date)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_date date;
    v_count integer;
  begin
    -- Figures stand as of the latest night, also when a file for an earlier one came in.
    select greatest(p_date, n.last_business_date) into v_date from public.loyalty_nights n where n.client_id = p_client;
    select count(*) into v_count
      from (
        select private.notify(p_client, 'loyalty.demotion-warning', array[f.person_id], jsonb_build_object(
                 'checkOn', f.check_on, 'daysLeft', f.days_left, 'tier', f.tier_name, 'toTier', f.to_name, 'metric', f.metric,
                 'currency', f.currency, 'shortfall', f.shortfall, 'commissionBp', f.commission_bp,
                 'toCommissionBp', f.to_commission_bp, 'rewards', f.rewards),
                 -- One a creator, period and step. A night that was missed is made up for by the next.
                 'demotion:' || f.creator_id || ':' || f.check_on || ':' || case when f.days_left <= 3 then 3 when f.days_left <= 7 then 7 else 30 end)
          from private.loyalty_find_falls(p_client, v_date) f
          join public.people p on p.client_id = p_client and p.id = f.person_id and p.user_id is not null and p.state = 'active'
         -- In a short period everybody is far from her tier a month before: a warning would say nothing.
         where f.days_left <= 7 or f.check_on - f.period_start >= 60
        offset 0) told;
    return v_count;
  end $function$

private.loyalty_window_key(p_frequency text, p_kind text, p_stint uuid, p_day date)
  CREATE OR REPLACE FUNCTION private.loyalty_window_key(p_frequency text, p_kind text, p_stint uuid, p_day date)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE PARALLEL SAFE
   SET search_path TO ''
  AS $function$
    -- Calendar weeks and months of the business: a rolling window would open at another minute for everybody.
    select case p_frequency
             when 'weekly' then 'week:' || to_char(date_trunc('week', p_day::timestamp), 'YYYY-MM-DD')
             when 'monthly' then 'month:' || to_char(p_day, 'YYYY-MM')
             when 'one_time' then case when p_kind in ('gift_card', 'physical_gift', 'experience') then 'ever'
                                       else 'stint:' || coalesce(p_stint::text, 'first') end end
  $function$

private.loyalty_window_opens(p_frequency text, p_day date, p_zone text)
  CREATE OR REPLACE FUNCTION private.loyalty_window_opens(p_frequency text, p_day date, p_zone text)
   RETURNS timestamp with time zone
   LANGUAGE sql
   STABLE
   SET search_path TO ''
  AS $function$
    select case p_frequency
             when 'weekly' then private.local_instant((date_trunc('week', p_day::timestamp) + interval '7 days')::date, '00:00', p_zone)
             when 'monthly' then private.local_instant((date_trunc('month', p_day::timestamp) + interval '1 month')::date, '00:00', p_zone) end
  $function$

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

private.loyalty_write_claim(p_client uuid, p_creator uuid, p_reward public.loyalty_rewards, p_redemption uuid, p_details jsonb, p_window text, p_now timestamp with time zone)
  CREATE OR REPLACE FUNCTION private.loyalty_write_claim(p_client uuid, p_creator uuid, p_reward public.loyalty_rewards, p_redemption uuid, p_details jsonb, p_window text, p_now timestamp with time zone)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  declare
    v_creator public.loyalty_creators;
    v_tier public.loyalty_tiers;
    v_settings public.loyalty_settings;
    v_stint uuid;
    v_plan record;
    v_slot integer;
    v_cost bigint;
    v_coupon text;
    v_id uuid := coalesce(p_redemption, gen_random_uuid());
    v_begins timestamptz;
    v_ends timestamptz;
    v_due timestamptz;
    v_terms jsonb;
  begin
    select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    select t.* into strict v_tier from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id;
    select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
    select s.id into v_stint from public.loyalty_tier_stints s
     where s.client_id = p_client and s.creator_id = p_creator and s.ended_at is null;
    v_due := p_now + make_interval(hours => v_settings.fulfil_hours);
    if p_reward.kind in ('commission_boost', 'discount') then
      select * into v_plan from private.loyalty_check_schedule(p_client, p_creator, p_reward.kind, p_reward.boost_days,
        p_reward.discount_minutes, p_details -> 'schedule', p_now, null);
      v_begins := v_plan.begins_at;
      v_ends := v_plan.finishes_at;
      -- A boost starts by itself; a discount is switched on by hand, within a quarter of an hour.
      v_due := case p_reward.kind when 'discount' then v_begins + interval '15 minutes' end;
    end if;
    if p_window is not null then
      select min(n) into v_slot from generate_series(1, 10) n
       where not exists (select from public.loyalty_redemptions r
                          where r.client_id = p_client and r.creator_id = p_creator and r.reward_id = p_reward.id
                            and r.window_key = p_window and r.slot_no = n and r.state <> 'rejected');
      if v_slot is null then
        perform private.loyalty_refuse_claim('LIMIT_REACHED');
      end if;
    end if;
    -- A boost costs what it pays out, so it takes nothing of a budget beforehand.
    select case p_reward.kind when 'commission_boost' then 0 else l.unit_cost end, l.coupon_code into strict v_cost, v_coupon
      from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = p_reward.id;
    v_terms := jsonb_strip_nulls(jsonb_build_object('name', p_reward.name, 'description', p_reward.description, 'kind', p_reward.kind,
      'valueAmount', p_reward.value_amount, 'currency', v_settings.currency, 'boostBp', p_reward.boost_bp, 'boostDays', p_reward.boost_days,
      'discountPercent', p_reward.discount_percent, 'discountMinutes', p_reward.discount_minutes, 'instructions', p_reward.instructions,
      'size', p_details -> 'size', 'tierName', v_tier.name, 'tierRank', v_tier.rank, 'commissionBp', v_tier.commission_bp,
      -- The code she was promised: a later edit gives later claims another one.
      'couponCode', v_coupon));
    if p_redemption is null then
      insert into public.loyalty_redemptions (id, client_id, creator_id, reward_id, kind, state, offered_at, tier_id, tier_stint_id, window_key,
        slot_no, claim_digest, reward_version, terms, value_amount, cost_amount, scheduled_at, ends_at, claimed_at, due_at)
      values (v_id, p_client, p_creator, p_reward.id, p_reward.kind, 'claimed', p_now, v_tier.id, v_stint, p_window, v_slot,
        private.loyalty_claim_digest(p_reward.kind, p_details), p_reward.version, v_terms, p_reward.value_amount, v_cost, v_begins, v_ends, p_now, v_due);
    else
      update public.loyalty_redemptions r
         set state = 'claimed', withdrawn_at = null, withdrawn_reason = null, tier_id = v_tier.id, tier_stint_id = v_stint,
             window_key = p_window, slot_no = v_slot, claim_digest = private.loyalty_claim_digest(p_reward.kind, p_details), reward_version = p_reward.version,
             terms = v_terms, value_amount = p_reward.value_amount, cost_amount = v_cost, scheduled_at = v_begins, ends_at = v_ends,
             claimed_at = p_now, due_at = v_due
       where r.client_id = p_client and r.id = p_redemption and r.state = 'claimable';
      if not found then
        perform private.loyalty_refuse_claim('NOT_AVAILABLE');
      end if;
    end if;
    if p_reward.kind = 'commission_boost' then
      insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
      values (p_client, v_id, p_creator, p_reward.boost_bp, p_reward.boost_days, v_tier.commission_bp, v_begins, v_ends,
              v_plan.begins_on + 1, v_plan.begins_on + p_reward.boost_days);
    elsif p_reward.kind = 'physical_gift' then
      insert into public.loyalty_gifts (client_id, redemption_id, creator_id, size, recipient, line1, line2, city, region, postal_code, country, phone)
      select p_client, v_id, p_creator, p_details ->> 'size', s ->> 'recipient', s ->> 'line1', s ->> 'line2', s ->> 'city', s ->> 'region',
             s ->> 'postalCode', s ->> 'country', s ->> 'phone'
        from (select p_details -> 'shipping' as s) x;
    end if;
    -- Stock and budget are taken now and not at the end of the transaction, so that the answer can say there are none.
    set constraints public.t50_limits_insert, public.t50_limits immediate;
    set constraints public.t50_limits_insert, public.t50_limits deferred;
    return v_id;
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
  declare
    v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    if v_viewed is not null then
      return coalesce((select array_agg(p.client_id) from public.people p
                        where p.id = v_viewed and (p_program is null or private.program_is_on(p.client_id, p_program))), '{}');
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
  declare
    v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    if v_viewed is not null then
      return coalesce((select array_agg(c.id) from public.loyalty_creators c
                        where c.person_id = v_viewed and private.program_is_on(c.client_id, 'loyalty')), '{}'::uuid[]);
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

private.my_missions()
  CREATE OR REPLACE FUNCTION private.my_missions()
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    return coalesce((
      select array_agg(m.id)
        from public.loyalty_creators c
        join public.loyalty_tiers own on own.client_id = c.client_id and own.id = c.tier_id
        join public.loyalty_missions m on m.client_id = c.client_id and m.state <> 'draft'
        left join public.loyalty_tiers t on t.client_id = m.client_id and t.id = m.tier_id
        left join public.loyalty_tiers v on v.client_id = m.client_id and v.id = m.preview_from_tier_id
       where c.id = any (private.my_creators())
         and case when exists (select from public.loyalty_mission_progress p
                                where p.client_id = c.client_id and p.mission_id = m.id and p.creator_id = c.id) then true
                  -- A raffle she entered stays hers to look at, whatever tier she has by the draw.
                  when m.kind = 'raffle' and exists (select from public.loyalty_raffle_entries e
                                where e.client_id = c.client_id and e.mission_id = m.id and e.creator_id = c.id) then true
                  else m.state in ('published', 'paused', 'ended')
                    and (m.tier_id is null or m.tier_id = c.tier_id or (v.rank <= own.rank and own.rank < t.rank))
                    and (m.tag is null or exists (select from public.loyalty_creator_tags g
                           where g.client_id = c.client_id and g.creator_id = c.id and g.tag = m.tag)) end), '{}'::uuid[]);
  end $function$

private.my_people()
  CREATE OR REPLACE FUNCTION private.my_people()
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
  begin
    if not private.session_is_live() then
      return '{}';
    end if;
    if v_viewed is not null then
      return array[v_viewed];
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
  declare
    v_viewed uuid := case when current_setting('request.headers', true) like '%x-view-as%' then private.viewed_person() end;
  begin
    if not private.session_is_live() then
      return null;
    end if;
    if v_viewed is not null then
      return (select p.id from public.people p where p.id = v_viewed and p.client_id = p_client);
    end if;
    return (select p.id from public.people p where p.client_id = p_client and p.user_id = auth.uid() and p.state = 'active');
  end $function$

private.my_rewards()
  CREATE OR REPLACE FUNCTION private.my_rewards()
   RETURNS uuid[]
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- Her own tier's, those shown early, and those of tiers she has left and still holds a claim of, which its terms carry.
    return coalesce((
      select array_agg(r.id)
        from public.loyalty_creators c
        join public.loyalty_tiers own on own.client_id = c.client_id and own.id = c.tier_id
        join public.loyalty_rewards r on r.client_id = c.client_id and r.state in ('published', 'paused') and r.offer = 'tier'
        left join public.loyalty_tiers t on t.client_id = r.client_id and t.id = r.tier_id
        left join public.loyalty_tiers v on v.client_id = r.client_id and v.id = r.preview_from_tier_id
       where c.id = any (private.my_creators())
         and (r.tier_id is null or r.tier_id = c.tier_id or (v.rank <= own.rank and own.rank < t.rank))
         and (r.tag is null or exists (select from public.loyalty_creator_tags g
                                        where g.client_id = c.client_id and g.creator_id = c.id and g.tag = r.tag))), '{}'::uuid[]);
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

private.people_end_view(p_client uuid)
  CREATE OR REPLACE FUNCTION private.people_end_view(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if auth.uid() is null then
      raise exception using errcode = 'PM002', message = 'Sign in to continue.';
    end if;
    if private.my_person(p_client) is null then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    update public.people_views v set ended_at = now()
     where v.client_id = p_client and v.viewer_user_id = auth.uid() and v.ended_at is null;
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

private.people_start_view(p_client uuid, p_person uuid, p_reason text)
  CREATE OR REPLACE FUNCTION private.people_start_view(p_client uuid, p_person uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
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
      join public.roles r on r.id = pr.role_id
      join public.role_permissions rp on rp.role_id = pr.role_id
      where pr.client_id = p_client and pr.person_id = private.my_person(p_client)
        and not (r.is_staff and private.viewed_person() is not null)
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

private.require_payee(p_client uuid)
  CREATE OR REPLACE FUNCTION private.require_payee(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  declare
    v_id uuid;
  begin
    if not (p_client = any (private.my_clients('loyalty'))) then
      raise exception using errcode = 'TN001', message = 'We could not find this.';
    end if;
    select c.id into v_id from public.loyalty_creators c
     where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.state = 'active';
    if not found then
      raise exception using errcode = 'TN001', message = 'You are not connected to a handle yet.';
    end if;
    return v_id;
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
    -- Of tables whose rows are born by the thousand t31_births writes this, as a set.
    if tg_op = 'INSERT' and tg_argv[2] = 'births_as_a_set' then
      return new;
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

private.tg__record_births()
  CREATE OR REPLACE FUNCTION private.tg__record_births()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_actor text := private.actor_label();
    v_request text := private.request_id();
    v_user uuid := auth.uid();
  begin
    insert into public.core_state_history (client_id, entity, row_id, from_state, to_state, actor_user_id, actor, request_id)
    select b.client_id, tg_argv[0], b.id, null, b.state, v_user, v_actor, v_request from new_rows b;
    return null;
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

private.tg_auth_devices__suspect()
  CREATE OR REPLACE FUNCTION private.tg_auth_devices__suspect()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_suspect_devices(new.user_id);
    return null;
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
    if not exists (select from public.loyalty_creators c where c.client_id = new.client_id and c.id = new.creator_id) then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
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

private.tg_loyalty_boosts__lead_redemption()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_boosts__lead_redemption()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if new.state = 'pending_payout' then
      update public.loyalty_redemptions r
         set state = 'fulfilled', fulfilled_at = coalesce(r.fulfilled_at, now()), concluded_at = null
       where r.client_id = new.client_id and r.id = new.redemption_id and r.state in ('claimed', 'concluded');
    elsif new.state = 'paid' then
      update public.loyalty_redemptions r
         set state = 'concluded', concluded_at = new.paid_at,
             fulfil_note = case when new.final_amount = 0 then 'No sales stood in the days of this boost, so there was nothing to pay.'
                                else r.fulfil_note end
       where r.client_id = new.client_id and r.id = new.redemption_id and r.state = 'fulfilled';
    elsif new.state = 'cancelled' then
      update public.loyalty_redemptions r
         set state = 'rejected', rejected_at = new.cancelled_at,
             rejection_reason = coalesce(r.rejection_reason, 'The boost was cancelled before it began.')
       where r.client_id = new.client_id and r.id = new.redemption_id and r.state = 'claimed';
    end if;
    return null;
  end $function$

private.tg_loyalty_boosts__set_timers()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_boosts__set_timers()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', new.client_id),
      'loyalty.boost-starts:' || new.id, new.starts_at);
    perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', new.client_id),
      'loyalty.boost-ends:' || new.id, new.ends_at);
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

private.tg_loyalty_gifts__suspect()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_gifts__suspect()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_suspect(new.client_id, new.creator_id, x.creator_id, 'same_address', 'Both had gifts sent to the same address.')
       from (select distinct g.creator_id from public.loyalty_gifts g
              where g.client_id = new.client_id and g.creator_id <> new.creator_id and g.created_at > now() - interval '365 days'
                and private.loyalty_address_key(g.line1, g.line2, g.postal_code, g.country)
                  = private.loyalty_address_key(new.line1, new.line2, new.postal_code, new.country)) x;
    return null;
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

private.tg_loyalty_mission_progress__keep_terms()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_mission_progress__keep_terms()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    if (new.tier_id, new.target, new.start_on, new.counts_from_on, new.counts_all, new.started_at) is distinct from
       (old.tier_id, old.target, old.start_on, old.counts_from_on, old.counts_all, old.started_at) then
      raise exception using errcode = 'ST001', message = 'What a round began under stays as it is.';
    end if;
    return new;
  end $function$

private.tg_loyalty_missions__guard()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_missions__guard()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_metric text;
    v_offer text;
  begin
    select s.metric into v_metric from public.loyalty_settings s where s.client_id = new.client_id;
    -- A business that counts pieces never shows money as a goal, and the other way round.
    if (v_metric = 'units' and new.kind = 'sales_amount') or (v_metric = 'sales' and new.kind = 'sales_units') then
      raise exception using errcode = 'VA001', detail = 'kind',
        message = case v_metric when 'units' then 'This business counts pieces sold: choose a goal in pieces.'
                    else 'This business counts sales in money: choose a goal in money.' end;
    end if;
    select r.offer into v_offer from public.loyalty_rewards r where r.client_id = new.client_id and r.id = new.reward_id;
    if v_offer is distinct from 'mission' then
      raise exception using errcode = 'VA001', detail = 'rewardId', message = 'Choose a reward that is made for missions.';
    end if;
    if new.preview_from_tier_id is not null and
      (select t.rank from public.loyalty_tiers t where t.client_id = new.client_id and t.id = new.preview_from_tier_id) >
      (select t.rank from public.loyalty_tiers t where t.client_id = new.client_id and t.id = new.tier_id) then
      raise exception using errcode = 'VA001', detail = 'previewFromTierId',
        message = 'A mission can be shown early to lower tiers only.';
    end if;
    return new;
  end $function$

private.tg_loyalty_missions__keep_sealed()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_missions__keep_sealed()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if exists (select from public.loyalty_raffle_draws d where d.client_id = new.client_id and d.mission_id = new.id
                and (new.state <> 'archived' or d.drawn_at is null)) then
      raise exception using errcode = 'ST002', message = case when new.state = 'archived'
        then 'Draw this raffle before you archive it.' else 'The list of this raffle is sealed, so its terms stay as they are.' end;
    end if;
    return new;
  end $function$

private.tg_loyalty_missions__schedule_raffle()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_missions__schedule_raffle()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.add_job('loyalty.advance-raffles', jsonb_build_object('clientId', new.client_id), 'loyalty.raffle:' || new.id, new.ends_at);
    return null;
  end $function$

private.tg_loyalty_payments__lead_payouts()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_payments__lead_payouts()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    update public.loyalty_payouts p
       set state = case new.state when 'planned' then 'batched' when 'dropped' then 'pending' else new.state end,
           payment_id = case when new.state <> 'dropped' then p.payment_id end,
           closed_at = case when new.state = 'paid' then new.paid_at end
     where p.client_id = new.client_id and p.payment_id = new.id;
    return null;
  end $function$

private.tg_loyalty_payout_account_secrets__suspect()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_payout_account_secrets__suspect()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_suspect(new.client_id, a.creator_id, b.creator_id, 'same_account', 'Both gave the same payout account.')
       from public.loyalty_payout_accounts a
       join public.loyalty_payout_account_secrets s on s.client_id = new.client_id and s.fingerprint_hash = new.fingerprint_hash
       join public.loyalty_payout_accounts b on b.client_id = s.client_id and b.id = s.account_id
      where a.client_id = new.client_id and a.id = new.account_id and b.creator_id <> a.creator_id;
    return null;
  end $function$

private.tg_loyalty_payouts__append_only()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_payouts__append_only()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    raise exception using errcode = 'ST001', message = 'A line of the ledger is never removed. Claw it back with a second one.';
  end $function$

private.tg_loyalty_payouts__guard()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_payouts__guard()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if new.state <> 'pending' then
      return new; -- No line is born so: the next trigger refuses it.
    elsif new.kind = 'clawback' and not exists (
      select from public.loyalty_payouts p
       where p.client_id = new.client_id and p.id = new.claws_back_id and p.creator_id = new.creator_id and p.kind = 'boost'
         and p.currency = new.currency and p.amount >= -new.amount) then
      raise exception using errcode = 'VA001', detail = 'amount',
        message = 'A clawback takes back one earning of the same creator, at most all of it.';
    elsif new.kind = 'boost' and not exists (
      select from public.loyalty_boosts b
       where b.client_id = new.client_id and b.id = new.boost_id and b.final_amount = new.amount) then
      raise exception using errcode = 'VA001', detail = 'amount', message = 'A boost is paid what it earned, once that is final.';
    end if;
    return new;
  end $function$

private.tg_loyalty_payouts__lead_boost()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_payouts__lead_boost()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if new.state in ('paid', 'netted') then
      update public.loyalty_boosts b set state = 'paid', paid_at = new.closed_at
       where b.client_id = new.client_id and b.id = new.boost_id and b.state = 'pending_payout';
    elsif old.state in ('paid', 'netted') then
      update public.loyalty_boosts b set state = 'pending_payout', paid_at = null
       where b.client_id = new.client_id and b.id = new.boost_id and b.state = 'paid';
    end if;
    return null;
  end $function$

private.tg_loyalty_raffle_draws__once()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_raffle_draws__once()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    raise exception using errcode = 'ST003', message = 'This raffle has been drawn. Its result stays as it is.';
  end $function$

private.tg_loyalty_raffle_entries__sealed()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_raffle_entries__sealed()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if tg_op = 'UPDATE' then
      -- Numbers and ranks are written once: the published hash speaks of them.
      if (old.entry_no is not null and new.entry_no is distinct from old.entry_no)
        or (old.draw_rank is not null and new.draw_rank is distinct from old.draw_rank) then
        raise exception using errcode = 'ST003', message = 'The list of this raffle is sealed.';
      end if;
      if new.state not in ('entered', 'withdrawn') or new.state = old.state then
        return new;
      end if;
    end if;
    if exists (select from public.loyalty_raffle_draws d where d.client_id = new.client_id and d.mission_id = new.mission_id) then
      raise exception using errcode = 'ST003', message = 'Entries for this raffle are closed.', hint = 'RAFFLE_CLOSED';
    end if;
    return new;
  end $function$

private.tg_loyalty_redemptions__calendar()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__calendar()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    -- One job a claim: what changes before it runs is one writing.
    perform private.add_job('loyalty.sync-calendar', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id),
      'loyalty.sync-calendar:' || new.id, p_max_attempts => 12);
    return null;
  end $function$

private.tg_loyalty_redemptions__follow_boost()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__follow_boost()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_state text;
  begin
    if new.state = 'rejected' then
      update public.loyalty_boosts b set state = 'cancelled', cancelled_at = new.rejected_at
       where b.client_id = new.client_id and b.redemption_id = new.id and b.state = 'scheduled';
    end if;
    select b.state into v_state from public.loyalty_boosts b where b.client_id = new.client_id and b.redemption_id = new.id;
    if found and new.state is distinct from (case v_state when 'pending_payout' then 'fulfilled' when 'paid' then 'concluded'
                                                          when 'cancelled' then 'rejected' else 'claimed' end) then
      raise exception using errcode = 'ST001', detail = 'loyalty_boosts',
        message = case when new.state = 'rejected' then 'This boost has begun. It can no longer be rejected.'
                       else 'A boost is fulfilled and concluded by paying it.' end;
    end if;
    return null;
  end $function$

private.tg_loyalty_redemptions__hold()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__hold()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    new.is_held := private.loyalty_is_on_hold(new.client_id, new.creator_id);
    return new;
  end $function$

private.tg_loyalty_redemptions__limits()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__limits()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_was text := case when tg_op = 'UPDATE' then old.state end;
    v_reserved integer := (new.state = 'claimed')::integer - coalesce((v_was = 'claimed')::integer, 0);
    v_committed integer := (new.state in ('fulfilled', 'concluded'))::integer - coalesce((v_was in ('fulfilled', 'concluded'))::integer, 0);
    v_reserved_amount bigint := case when new.state = 'claimed' then new.cost_amount else 0 end
      - case when v_was = 'claimed' then old.cost_amount else 0 end;
    v_committed_amount bigint := case when new.state in ('fulfilled', 'concluded') then new.cost_amount else 0 end
      - case when v_was in ('fulfilled', 'concluded') then old.cost_amount else 0 end;
    v_limits public.loyalty_reward_limits;
  begin
    if (v_reserved, v_committed, v_reserved_amount, v_committed_amount) = (0, 0, 0, 0) then
      return null;
    end if;
    -- One conditional update: what is left is judged and taken under the same lock.
    update public.loyalty_reward_limits l
       set reserved_count = l.reserved_count + v_reserved, committed_count = l.committed_count + v_committed,
           reserved_amount = l.reserved_amount + v_reserved_amount, committed_amount = l.committed_amount + v_committed_amount,
           updated_at = now()
     where l.client_id = new.client_id and l.reward_id = new.reward_id
       and (v_reserved + v_committed <= 0 or l.stock_total is null
            or l.reserved_count + l.committed_count + v_reserved + v_committed <= l.stock_total)
       and (v_reserved_amount + v_committed_amount <= 0 or l.budget_total is null
            or l.reserved_amount + l.committed_amount + v_reserved_amount + v_committed_amount <= l.budget_total);
    if found then
      return null;
    end if;
    select l.* into strict v_limits from public.loyalty_reward_limits l
     where l.client_id = new.client_id and l.reward_id = new.reward_id;
    if v_reserved + v_committed > 0 and v_limits.reserved_count + v_limits.committed_count >= v_limits.stock_total then
      raise exception using errcode = 'QT002', hint = 'SOLD_OUT', message = 'None are left. The last one was claimed a moment ago.';
    end if;
    raise exception using errcode = 'QT002', hint = 'BUDGET_SPENT', message = 'This reward is used up for now.';
  end $function$

private.tg_loyalty_redemptions__suspect()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__suspect()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_suspect_devices(p.user_id)
       from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
      where c.client_id = new.client_id and c.id = new.creator_id and p.user_id is not null;
    return null;
  end $function$

private.tg_loyalty_redemptions__tell()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__tell()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    if new.state = 'claimed' and (tg_op = 'INSERT' or old.state = 'claimable') then
      -- At the end of the transaction everything that belongs to the claim is there; the receipt is written by a job anyway.
      perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'claimed'),
        'loyalty.tell-claim:claimed:' || new.id);
    elsif new.state = 'fulfilled' and old.state = 'claimed' and new.kind <> 'commission_boost' then
      -- Two minutes to take it back: a slip of the hand tells nobody.
      perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'fulfilled'),
        'loyalty.tell-claim:fulfilled:' || new.id, now() + interval '2 minutes');
    elsif new.state = 'rejected' then
      perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'rejected'),
        'loyalty.tell-claim:rejected:' || new.id);
    end if;
    return null;
  end $function$

private.tg_loyalty_redemptions__unlock_missions()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_redemptions__unlock_missions()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin
    -- Whoever fulfils does not wait for a night that is being counted, nor make it wait for her: then a job does it after.
    if pg_try_advisory_xact_lock(hashtextextended('loyalty.pass:' || new.client_id, 0)) then
      perform private.loyalty_unlock_missions(new.client_id, new.creator_id);
    else
      perform private.add_job('loyalty.unlock-missions', jsonb_build_object('clientId', new.client_id, 'creatorId', new.creator_id),
                              'loyalty.unlock-missions:' || new.creator_id);
    end if;
    return null;
  end $function$

private.tg_loyalty_rewards__guard()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_rewards__guard()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_own integer;
    v_from integer;
  begin
    if new.preview_from_tier_id is not null then
      select t.rank into v_own from public.loyalty_tiers t where t.client_id = new.client_id and t.id = new.tier_id;
      select t.rank into v_from from public.loyalty_tiers t where t.client_id = new.client_id and t.id = new.preview_from_tier_id;
      if v_from > v_own then
        raise exception using errcode = 'VA001', detail = 'previewFromTierId',
          message = 'A reward can be shown early to lower tiers only.';
      end if;
    end if;
    if tg_op = 'UPDATE' then
      new.revision := old.revision + 1;
    end if;
    -- A claim names the version whose terms it keeps; counting up here means nobody can forget to.
    if tg_op = 'UPDATE' and (new.name, new.value_amount, new.boost_bp, new.boost_days, new.discount_percent, new.discount_minutes,
        new.sizes, new.instructions) is distinct from
        (old.name, old.value_amount, old.boost_bp, old.boost_days, old.discount_percent, old.discount_minutes, old.sizes, old.instructions) then
      new.version := old.version + 1;
    end if;
    return new;
  end $function$

private.tg_loyalty_rewards__open_limits()
  CREATE OR REPLACE FUNCTION private.tg_loyalty_rewards__open_limits()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  begin
    insert into public.loyalty_reward_limits (client_id, reward_id) values (new.client_id, new.id) on conflict do nothing;
    return null;
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

private.viewed_person()
  CREATE OR REPLACE FUNCTION private.viewed_person()
   RETURNS uuid
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO ''
  AS $function$
  declare
    v_headers text := coalesce(current_setting('request.headers', true), '');
    v_view text;
    v_person uuid;
  begin
    -- Nearly no request has the header; the helpers below look for it first, so that they pay nothing for it.
    if v_headers not like '%x-view-as%' then
      return null;
    end if;
    v_view := v_headers::jsonb ->> 'x-view-as';
    if v_view is null or v_view !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      return null;
    end if;
    select v.person_id into v_person
      from public.people_views v
      join public.people p on p.client_id = v.client_id and p.id = v.person_id and p.state = 'active'
      join public.people w on w.client_id = v.client_id and w.user_id = v.viewer_user_id and w.state = 'active'
     where v.id = v_view::uuid and v.viewer_user_id = auth.uid() and v.ended_at is null and v.expires_at > now();
    if v_person is not null then
      -- Postgres itself keeps the promise: whatever this request calls from here on, it cannot write.
      perform set_config('transaction_read_only', 'on', true);
    end if;
    return v_person;
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

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text, p_device text)
  CREATE OR REPLACE FUNCTION public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text DEFAULT NULL::text, p_device text DEFAULT NULL::text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.auth_record_session(p_session, p_user, p_agent, p_ip_hint, p_device); end $function$

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

public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  CREATE OR REPLACE FUNCTION public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_acknowledge_celebrations(p_client, p_ids); end $function$

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

public.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_change_address(p_client, p_redemption, p_address); end $function$

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  CREATE OR REPLACE FUNCTION public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text DEFAULT NULL::text, p_evidence_url text DEFAULT NULL::text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_claim_handle(p_slug, p_handle, p_evidence_text, p_evidence_url); end $function$

public.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_claim_mission(p_client, p_mission, p_details); end $function$

public.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb DEFAULT '{}'::jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_claim_redemption(p_client, p_redemption, p_details); end $function$

public.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb DEFAULT '{}'::jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_claim_reward(p_client, p_reward, p_details); end $function$

public.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_claw_back_payout(p_client, p_payout, p_amount, p_reason); end $function$

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

public.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_draw_raffle(p_client, p_raffle); end $function$

public.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_duplicate_reward(p_client, p_reward); end $function$

public.loyalty_ensure_source(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_ensure_source(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_ensure_source(p_client); end $function$

public.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_enter_raffle(p_client, p_raffle); end $function$

public.loyalty_export_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_export_batch(p_client uuid, p_batch uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_export_batch(p_client, p_batch); end $function$

public.loyalty_fetch_now(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_fetch_now(p_client uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_fetch_now(p_client); end $function$

public.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_hold_creator(p_client, p_creator, p_reason); end $function$

public.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_leave_raffle(p_client, p_raffle); end $function$

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_require_creator(p_client, p_creator);
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

public.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_batches(p_client uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_batches(p_client, p_cursor, p_limit); end $function$

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
    perform private.loyalty_require_creator(p_client, p_creator);
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'seq', d.seq, 'rule', d.rule, 'businessDate', d.business_date, 'from', d.from_name,
               'to', d.to_name, 'metric', d.metric, 'value', d.value, 'threshold', d.threshold, 'periodStart', d.period_start,
               'periodEnd', d.period_end, 'salesPart', d.sales_part, 'adjustmentsPart', d.adjustments_part, 'detail', d.detail - 'before',
               'createdAt', d.created_at, 'isUndone', d.undone_at is not null) order by d.seq desc), '[]')
        from (select * from public.loyalty_tier_decisions t
               where t.client_id = p_client and t.creator_id = p_creator and t.seq < coalesce(p_before, 9223372036854775807)
               order by t.seq desc limit least(greatest(p_limit, 1), 100) + 1) d);
  end $function$

public.loyalty_list_earnings(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_list_earnings(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_earnings(p_client, p_creator); end $function$

public.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_holds(p_client uuid, p_state text DEFAULT 'open'::text, p_before jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_holds(p_client, p_state, p_before, p_limit); end $function$

public.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_mission_history(p_client uuid, p_creator uuid DEFAULT NULL::uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 20)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_list_mission_history(p_client, p_creator, p_cursor, p_limit); end $function$

public.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_list_missions(p_client uuid, p_state text DEFAULT NULL::text, p_mission uuid DEFAULT NULL::uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_missions(p_client, p_state, p_mission); end $function$

public.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_money(p_client, p_view, p_cursor, p_limit); end $function$

public.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_list_raffle_entries(p_client, p_raffle, p_cursor, p_limit); end $function$

public.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_raffles(p_client uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_raffles(p_client, p_cursor, p_limit); end $function$

public.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_list_redemptions(p_client uuid, p_filter jsonb DEFAULT '{}'::jsonb, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50, p_with_count boolean DEFAULT true)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_redemptions(p_client, p_filter, p_cursor, p_limit, p_with_count); end $function$

public.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_reward_history(p_client uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 20)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_reward_history(p_client, p_cursor, p_limit); end $function$

public.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_rewards(p_client uuid, p_states text[] DEFAULT '{draft,published,paused}'::text[], p_kinds text[] DEFAULT NULL::text[], p_offer text DEFAULT NULL::text, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_list_rewards(p_client, p_states, p_kinds, p_offer, p_cursor, p_limit); end $function$

public.loyalty_list_rounds(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_list_rounds(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    -- Under the caller's own row security: her own rounds, or everybody's for staff.
    perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
    if not found then
      raise exception using errcode = 'TN001', message = 'We could not find this creator.';
    end if;
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'missionId', m.id, 'name', m.name, 'kind', m.kind, 'state', p.state,
               'cycleNo', p.cycle_no, 'isRecurring', m.is_recurring, 'tierId', p.tier_id, 'value', p.value, 'target', p.target,
               'startOn', p.start_on, 'countsFromOn', p.counts_from_on, 'countsAll', p.counts_all, 'dueOn', p.due_on,
               'completedOn', p.completed_on, 'figuresAt', p.figures_at, 'redemptionId', r.id, 'redemptionState', r.state)
               order by array_position(array['active', 'completed', 'dormant', 'missed'], p.state), m.display_order, p.start_on desc, p.id), '[]')
        from (select * from public.loyalty_mission_progress g
               where g.client_id = p_client and g.creator_id = p_creator order by g.start_on desc limit 200) p
        join public.loyalty_missions m on m.client_id = p_client and m.id = p.mission_id
        left join public.loyalty_redemptions r on r.client_id = p_client and r.mission_progress_id = p.id);
  end $function$

public.loyalty_list_tags(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_list_tags(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_list_tags(p_client); end $function$

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    perform private.loyalty_require_creator(p_client, p_creator);
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

public.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  CREATE OR REPLACE FUNCTION public.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[] DEFAULT NULL::uuid[])
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_make_batch(p_client, p_method, p_creators); end $function$

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

public.loyalty_preview_mission(p_client uuid, p_body jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_preview_mission(p_client uuid, p_body jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_preview_mission(p_client, p_body); end $function$

public.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_preview_reward(p_client uuid, p_tier uuid DEFAULT NULL::uuid, p_tag text DEFAULT NULL::text, p_preview_from uuid DEFAULT NULL::uuid, p_reward uuid DEFAULT NULL::uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_preview_reward(p_client, p_tier, p_tag, p_preview_from, p_reward); end $function$

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

public.loyalty_read_batch(p_client uuid, p_batch uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_batch(p_client uuid, p_batch uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_batch(p_client, p_batch); end $function$

public.loyalty_read_celebrations(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_celebrations(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'what', f.what, 'name', f.name, 'kind', f.kind, 'at', f.at,
               'raffleId', f.raffle_id, 'claimUntil', f.claim_until) order by f.at desc, f.id), '[]')
        from (
          select x.id, 'fulfilled' as what, x.terms ->> 'name' as name, x.kind, x.fulfilled_at as at, null::uuid as raffle_id,
                 null::timestamptz as claim_until
            from public.loyalty_redemptions x
           where x.client_id = p_client and x.creator_id = p_creator and x.state in ('fulfilled', 'concluded') and x.seen_at is null
          union all
          select e.id, 'won', m.name, 'raffle', x.offered_at, e.mission_id, case when x.state = 'claimable' then x.claim_until end
            from public.loyalty_raffle_entries e
            join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
            join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
           where e.client_id = p_client and e.creator_id = p_creator and e.state = 'won' and e.seen_at is null
             and x.state in ('claimable', 'claimed')
           order by at desc, id limit 20) f);
  end $function$

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
      'leaderboardShown', v_settings.leaderboard_shown, 'figuresAt', v_night.figures_at, 'lastBusinessDate', v_night.last_business_date,
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
        'weeks', public.loyalty_read_weeks(p_client, v_creator.id, v_creator.period_start, v_last)) end,
      'celebrations', case when v_creator.id is not null then public.loyalty_read_celebrations(p_client, v_creator.id) end,
      'warning', case when v_creator.id is not null then public.loyalty_read_warning(p_client, v_creator.id) end,
      'missions', case when v_creator.id is not null then public.loyalty_read_missions(p_client) end,
      'rewards', case when v_creator.id is not null then public.loyalty_read_rewards(p_client) end);
  end $function$

public.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_leaderboard(p_client, p_cursor, p_limit); end $function$

public.loyalty_read_missions(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_missions(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_missions(p_client); end $function$

public.loyalty_read_my_payouts(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_my_payouts(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_my_payouts(p_client); end $function$

public.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_raffle(p_client uuid, p_raffle uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_raffle(p_client, p_raffle); end $function$

public.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
   RETURNS text
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_raffle_list(p_client, p_raffle); end $function$

public.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_redemption(p_client uuid, p_redemption uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_redemption(p_client, p_redemption); end $function$

public.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_redemption_event(p_client, p_redemption); end $function$

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

public.loyalty_read_report(p_client uuid, p_from date, p_to date)
  CREATE OR REPLACE FUNCTION public.loyalty_read_report(p_client uuid, p_from date, p_to date)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_report(p_client, p_from, p_to, now()); end $function$

public.loyalty_read_report_mails(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_report_mails(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_report_mails(p_client); end $function$

public.loyalty_read_reward(p_client uuid, p_reward uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_reward(p_client uuid, p_reward uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_reward(p_client, p_reward); end $function$

public.loyalty_read_rewards(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_rewards(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_rewards(p_client); end $function$

public.loyalty_read_slots(p_client uuid, p_kind text)
  CREATE OR REPLACE FUNCTION public.loyalty_read_slots(p_client uuid, p_kind text)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_slots(p_client, p_kind); end $function$

public.loyalty_read_tier_rewards(p_client uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_tier_rewards(p_client uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_tier_rewards(p_client); end $function$

public.loyalty_read_warning(p_client uuid, p_creator uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_read_warning(p_client uuid, p_creator uuid)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$
  begin
    return (
      select jsonb_build_object('checkOn', f.check_on, 'daysLeft', f.days_left, 'metric', f.metric, 'currency', f.currency,
               'shortfall', f.shortfall, 'tier', f.tier_name, 'toTier', f.to_name, 'commissionBp', f.commission_bp,
               'toCommissionBp', f.to_commission_bp, 'rewards', f.rewards)
        from public.loyalty_nights n
        cross join lateral private.loyalty_find_falls(p_client, n.last_business_date, p_creator) f
       where n.client_id = p_client and p_creator is not null and (f.days_left <= 7 or f.check_on - f.period_start >= 60));
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

public.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer)
  CREATE OR REPLACE FUNCTION public.loyalty_read_work(p_client uuid, p_kinds text[] DEFAULT NULL::text[], p_cursor jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50)
   RETURNS jsonb
   LANGUAGE plpgsql
   STABLE
   SET search_path TO ''
  AS $function$ begin return private.loyalty_read_work(p_client, p_kinds, p_cursor, p_limit, now()); end $function$

public.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_redraw_raffle(p_client, p_entry, p_reason); end $function$

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

public.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  CREATE OR REPLACE FUNCTION public.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_reseal_payout_account(p_client, p_account, p_old, p_sealed); end $function$

public.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  CREATE OR REPLACE FUNCTION public.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[] DEFAULT '{}'::uuid[])
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_resolve_hold(p_client, p_hold, p_decision, p_note, p_reject); end $function$

public.loyalty_retry_run(p_client uuid, p_run uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_retry_run(p_client uuid, p_run uuid)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_retry_run(p_client, p_run); end $function$

public.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_reveal_payout_account(p_client, p_account, p_reason); end $function$

public.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  CREATE OR REPLACE FUNCTION public.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
   RETURNS text[]
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_save_creator_tags(p_client, p_creator, p_tags); end $function$

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_save_mapping(p_client, p_columns); end $function$

public.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_save_mission(p_client, p_mission, p_body); end $function$

public.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  CREATE OR REPLACE FUNCTION public.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_save_payout_account(p_client, p_id, p_method, p_hint, p_sealed, p_fingerprint); end $function$

public.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  CREATE OR REPLACE FUNCTION public.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_save_report_mails(p_client, p_weekly, p_monthly); end $function$

public.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  CREATE OR REPLACE FUNCTION public.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer DEFAULT NULL::integer)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_save_reward(p_client, p_reward, p_draft, p_revision); end $function$

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

public.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  CREATE OR REPLACE FUNCTION public.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
   RETURNS uuid
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_seal_raffle(p_client, p_raffle); end $function$

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  CREATE OR REPLACE FUNCTION public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_set_creator_state(p_client, p_creator, p_state); end $function$

public.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  CREATE OR REPLACE FUNCTION public.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_set_leaderboard(p_client, p_shown); end $function$

public.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  CREATE OR REPLACE FUNCTION public.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
   RETURNS text
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_step_batch(p_client, p_batch, p_step); end $function$

public.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  CREATE OR REPLACE FUNCTION public.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.loyalty_step_mission(p_client, p_mission, p_step); end $function$

public.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  CREATE OR REPLACE FUNCTION public.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text DEFAULT NULL::text, p_reason text DEFAULT NULL::text)
   RETURNS integer
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$
  begin return private.loyalty_step_payments(p_client, p_batch, p_payments, p_step, p_reference, p_reason); end $function$

public.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb DEFAULT '{}'::jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_step_redemption(p_client, p_redemption, p_step, p_detail, now()); end $function$

public.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  CREATE OR REPLACE FUNCTION public.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb DEFAULT '{}'::jsonb)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_step_redemptions(p_client, p_items, p_step, p_detail); end $function$

public.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
  CREATE OR REPLACE FUNCTION public.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer DEFAULT NULL::integer)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.loyalty_step_reward(p_client, p_reward, p_step, p_revision); end $function$

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

public.people_end_view(p_client uuid)
  CREATE OR REPLACE FUNCTION public.people_end_view(p_client uuid)
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin perform private.people_end_view(p_client); end $function$

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

public.people_start_view(p_client uuid, p_person uuid, p_reason text)
  CREATE OR REPLACE FUNCTION public.people_start_view(p_client uuid, p_person uuid, p_reason text)
   RETURNS jsonb
   LANGUAGE plpgsql
   SET search_path TO ''
  AS $function$ begin return private.people_start_view(p_client, p_person, p_reason); end $function$

-- triggers --------------------------------------------------------------------------------------------

private.auth_attempts
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON private.auth_attempts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'at', 'kind', 'account_hash', 'ip_hash', 'user_id', 'outcome', 'reason')

private.auth_devices
  CREATE TRIGGER t50_suspect AFTER INSERT ON private.auth_devices FOR EACH ROW EXECUTE FUNCTION private.tg_auth_devices__suspect()

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

public.loyalty_boosts
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_boosts FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_boosts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'redemption_id', 'rate_bp', 'days', 'tier_commission_bp')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_boosts FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_boosts', 'state')
  CREATE TRIGGER t50_lead_redemption AFTER UPDATE OF state ON public.loyalty_boosts FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION private.tg_loyalty_boosts__lead_redemption()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_boosts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t90_set_timers AFTER INSERT ON public.loyalty_boosts FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_boosts__set_timers()

public.loyalty_creators
  CREATE TRIGGER t10_stamp BEFORE UPDATE OF handle, display_name, state, person_id, is_pinned ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t15_derive BEFORE INSERT OR UPDATE OF handle, handle_key, display_name, search_text ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_creators__derive()
  CREATE TRIGGER t20_immutable BEFORE UPDATE OF id, client_id, joined_on, created_at ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'joined_on', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_creators FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_creators', 'state')

public.loyalty_gifts
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_gifts FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_gifts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'redemption_id', 'created_at')
  CREATE TRIGGER t50_suspect AFTER INSERT OR UPDATE OF line1, line2, postal_code, country ON public.loyalty_gifts FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_gifts__suspect()

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

public.loyalty_holds
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_holds FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'creator_id', 'other_creator_id', 'reason', 'evidence', 'opened_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_holds FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_holds', 'state')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_holds REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_holds REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_import_mappings
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_import_mappings FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_import_mappings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id')

public.loyalty_mission_progress
  CREATE TRIGGER t20_immutable BEFORE UPDATE OF id, client_id, mission_id, creator_id, kind, cycle_no, created_at ON public.loyalty_mission_progress FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'mission_id', 'kind', 'cycle_no', 'created_at')
  CREATE TRIGGER t25_keep_terms BEFORE UPDATE OF tier_id, target, start_on, counts_from_on, counts_all, started_at ON public.loyalty_mission_progress FOR EACH ROW WHEN ((old.state <> 'dormant'::text)) EXECUTE FUNCTION private.tg_loyalty_mission_progress__keep_terms()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_mission_progress FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_mission_progress', 'state', 'births_as_a_set')
  CREATE TRIGGER t31_births AFTER INSERT ON public.loyalty_mission_progress REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__record_births('loyalty_mission_progress')

public.loyalty_missions
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_missions FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_missions FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'kind', 'created_at', 'created_by')
  CREATE TRIGGER t25_guard BEFORE INSERT OR UPDATE ON public.loyalty_missions FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_missions__guard()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_missions FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_missions', 'state')
  CREATE TRIGGER t35_keep_sealed BEFORE UPDATE ON public.loyalty_missions FOR EACH ROW WHEN (((old.kind = 'raffle'::text) AND (((new.state = 'archived'::text) AND (old.state <> 'archived'::text)) OR (((((((old.ends_at IS DISTINCT FROM new.ends_at) OR (old.winners_count IS DISTINCT FROM new.winners_count)) OR (old.alternates_count IS DISTINCT FROM new.alternates_count)) OR (old.claim_days IS DISTINCT FROM new.claim_days)) OR (old.reward_id IS DISTINCT FROM new.reward_id)) OR (old.tier_id IS DISTINCT FROM new.tier_id)) OR (old.tag IS DISTINCT FROM new.tag))))) EXECUTE FUNCTION private.tg_loyalty_missions__keep_sealed()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_missions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_missions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t90_schedule_raffle AFTER INSERT OR UPDATE OF state, ends_at ON public.loyalty_missions FOR EACH ROW WHEN (((new.kind = 'raffle'::text) AND (new.state = ANY (ARRAY['published'::text, 'paused'::text])))) EXECUTE FUNCTION private.tg_loyalty_missions__schedule_raffle()

public.loyalty_payments
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_payments FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_payments FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'batch_id', 'creator_id', 'account_id', 'amount', 'currency', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_payments FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_payments', 'state')
  CREATE TRIGGER t50_lead_payouts AFTER UPDATE OF state ON public.loyalty_payments FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION private.tg_loyalty_payments__lead_payouts()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_payments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_payout_account_secrets
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_payout_account_secrets FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t50_suspect AFTER INSERT ON public.loyalty_payout_account_secrets FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_payout_account_secrets__suspect()

public.loyalty_payout_accounts
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_payout_accounts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'creator_id', 'method', 'hint', 'held_until', 'created_by', 'created_at')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_payout_accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_payout_accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_payout_batches
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_payout_batches FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_payout_batches FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'method', 'currency', 'created_by', 'created_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_payout_batches FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_payout_batches', 'state')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_payout_batches REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_payout_batches REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_payouts
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_payouts FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_append_only BEFORE DELETE ON public.loyalty_payouts FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_payouts__append_only()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_payouts FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'creator_id', 'kind', 'boost_id', 'claws_back_id', 'amount', 'currency', 'reason', 'created_by', 'created_at')
  CREATE TRIGGER t25_guard BEFORE INSERT ON public.loyalty_payouts FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_payouts__guard()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_payouts FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_payouts', 'state')
  CREATE TRIGGER t50_lead_boost AFTER UPDATE OF state ON public.loyalty_payouts FOR EACH ROW WHEN (((new.boost_id IS NOT NULL) AND (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION private.tg_loyalty_payouts__lead_boost()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_payouts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_raffle_draws
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_raffle_draws FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'mission_id', 'sealed_at', 'entries_count', 'entries_hash', 'commitment', 'winners_count', 'alternates_count', 'claim_days', 'created_at')
  CREATE TRIGGER t25_once BEFORE UPDATE ON public.loyalty_raffle_draws FOR EACH ROW WHEN ((old.drawn_at IS NOT NULL)) EXECUTE FUNCTION private.tg_loyalty_raffle_draws__once()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_raffle_draws REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_raffle_draws REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

public.loyalty_raffle_entries
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_raffle_entries FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'mission_id', 'entered_at')
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_raffle_entries FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_raffle_entries', 'state')
  CREATE TRIGGER t35_sealed BEFORE INSERT OR UPDATE OF state, entry_no, draw_rank ON public.loyalty_raffle_entries FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_raffle_entries__sealed()

public.loyalty_redemptions
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_redemptions FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_redemptions FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'reward_id', 'kind', 'source', 'mission_progress_id', 'raffle_entry_id', 'offered_at')
  CREATE TRIGGER t25_hold BEFORE UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.state = 'claimed'::text) AND (old.state = 'claimable'::text))) EXECUTE FUNCTION private.tg_loyalty_redemptions__hold()
  CREATE TRIGGER t26_hold BEFORE INSERT ON public.loyalty_redemptions FOR EACH ROW WHEN ((new.state = 'claimed'::text)) EXECUTE FUNCTION private.tg_loyalty_redemptions__hold()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_redemptions', 'state', 'births_as_a_set')
  CREATE TRIGGER t31_births AFTER INSERT ON public.loyalty_redemptions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__record_births('loyalty_redemptions')
  CREATE TRIGGER t50_follow_boost AFTER UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.kind = 'commission_boost'::text) AND (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION private.tg_loyalty_redemptions__follow_boost()
  CREATE CONSTRAINT TRIGGER t50_limits AFTER UPDATE OF state, cost_amount ON public.loyalty_redemptions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state IS DISTINCT FROM new.state) OR (old.cost_amount IS DISTINCT FROM new.cost_amount))) EXECUTE FUNCTION private.tg_loyalty_redemptions__limits()
  CREATE CONSTRAINT TRIGGER t50_limits_insert AFTER INSERT ON public.loyalty_redemptions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state <> 'claimable'::text)) EXECUTE FUNCTION private.tg_loyalty_redemptions__limits()
  CREATE TRIGGER t50_suspect AFTER INSERT OR UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.state = 'claimed'::text) AND (new.fulfilled_at IS NULL) AND (NOT new.is_held))) EXECUTE FUNCTION private.tg_loyalty_redemptions__suspect()
  CREATE TRIGGER t50_unlock_missions AFTER UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.source = 'mission'::text) AND (new.state = ANY (ARRAY['fulfilled'::text, 'rejected'::text])) AND (old.state = 'claimed'::text))) EXECUTE FUNCTION private.tg_loyalty_redemptions__unlock_missions()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_redemptions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t90_calendar AFTER UPDATE OF state, scheduled_at, ends_at, calendar_sequence ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['commission_boost'::text, 'discount'::text])) AND (new.claimed_at IS NOT NULL) AND ((old.claimed_at IS NULL) OR ((old.state = 'rejected'::text) <> (new.state = 'rejected'::text)) OR (((old.scheduled_at IS DISTINCT FROM new.scheduled_at) OR (old.ends_at IS DISTINCT FROM new.ends_at)) OR (old.calendar_sequence IS DISTINCT FROM new.calendar_sequence))))) EXECUTE FUNCTION private.tg_loyalty_redemptions__calendar()
  CREATE TRIGGER t90_calendar_on_insert AFTER INSERT ON public.loyalty_redemptions FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['commission_boost'::text, 'discount'::text])) AND (new.state <> 'claimable'::text))) EXECUTE FUNCTION private.tg_loyalty_redemptions__calendar()
  CREATE TRIGGER t90_tell AFTER UPDATE OF state ON public.loyalty_redemptions FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION private.tg_loyalty_redemptions__tell()
  CREATE TRIGGER t90_tell_on_insert AFTER INSERT ON public.loyalty_redemptions FOR EACH ROW WHEN ((new.state = 'claimed'::text)) EXECUTE FUNCTION private.tg_loyalty_redemptions__tell()

public.loyalty_report_mails
  CREATE TRIGGER t80_audit_delete AFTER DELETE ON public.loyalty_report_mails REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id', 'cadence', 'person_id')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_report_mails REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit('client_id', 'cadence', 'person_id')

public.loyalty_reward_limits
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_reward_limits FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()

public.loyalty_rewards
  CREATE TRIGGER t10_stamp BEFORE UPDATE ON public.loyalty_rewards FOR EACH ROW EXECUTE FUNCTION private.tg__stamp()
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.loyalty_rewards FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'offer', 'kind', 'created_at', 'created_by')
  CREATE TRIGGER t25_guard BEFORE INSERT OR UPDATE ON public.loyalty_rewards FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_rewards__guard()
  CREATE TRIGGER t30_transition BEFORE INSERT OR UPDATE OF state ON public.loyalty_rewards FOR EACH ROW EXECUTE FUNCTION private.tg__guard_transition('loyalty_rewards', 'state')
  CREATE TRIGGER t50_open_limits AFTER INSERT ON public.loyalty_rewards FOR EACH ROW EXECUTE FUNCTION private.tg_loyalty_rewards__open_limits()
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.loyalty_rewards REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.loyalty_rewards REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

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

public.people_views
  CREATE TRIGGER t20_immutable BEFORE UPDATE ON public.people_views FOR EACH ROW EXECUTE FUNCTION private.tg__immutable('id', 'client_id', 'person_id', 'viewer_user_id', 'reason', 'started_at', 'expires_at')
  CREATE TRIGGER t80_audit_insert AFTER INSERT ON public.people_views REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()
  CREATE TRIGGER t80_audit_update AFTER UPDATE ON public.people_views REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.tg__audit()

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

public.loyalty_account_reveals
  loyalty_account_reveals_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.payouts.reveal'::text) AS clients_with)::uuid[]))

public.loyalty_adjustments
  loyalty_adjustments_insert for insert to authenticated
    with check (client_id = ANY (( SELECT private.clients_with('loyalty.adjustments.write'::text) AS clients_with)::uuid[]))
  loyalty_adjustments_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.adjustments.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_boosts
  loyalty_boosts_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.redemptions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_creator_tags
  loyalty_creator_tags_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.creators.read'::text) AS clients_with)::uuid[]))

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

public.loyalty_gifts
  loyalty_gifts_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.redemptions.fulfil'::text) AS clients_with)::uuid[]))
  END)

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

public.loyalty_holds
  loyalty_holds_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.holds.resolve'::text) AS clients_with)::uuid[]))

public.loyalty_import_mappings
  loyalty_import_mappings_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.imports.read'::text) AS clients_with)::uuid[]))

public.loyalty_mission_progress
  loyalty_mission_progress_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.missions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_missions
  loyalty_missions_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (id = ANY (( SELECT private.my_missions() AS my_missions)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.missions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_nights
  loyalty_nights_select for select to authenticated
    using (client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[]))

public.loyalty_payments
  loyalty_payments_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.payouts.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_payout_accounts
  loyalty_payout_accounts_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.payouts.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_payout_batches
  loyalty_payout_batches_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.payouts.read'::text) AS clients_with)::uuid[]))

public.loyalty_payouts
  loyalty_payouts_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.payouts.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_raffle_draws
  loyalty_raffle_draws_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (mission_id = ANY (( SELECT private.my_missions() AS my_missions)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.missions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_raffle_entries
  loyalty_raffle_entries_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.missions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_redemptions
  loyalty_redemptions_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (creator_id = ANY (( SELECT private.my_creators() AS my_creators)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.redemptions.read'::text) AS clients_with)::uuid[]))
  END)

public.loyalty_report_mails
  loyalty_report_mails_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.reports.read'::text) AS clients_with)::uuid[]))

public.loyalty_reward_limits
  loyalty_reward_limits_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('loyalty.rewards.read'::text) AS clients_with)::uuid[]))

public.loyalty_rewards
  loyalty_rewards_select for select to authenticated
    using ((client_id = ANY (( SELECT private.my_clients('loyalty'::text) AS my_clients)::uuid[])) AND
  CASE
      WHEN (id = ANY (( SELECT private.my_rewards() AS my_rewards)::uuid[])) THEN true
      ELSE (client_id = ANY (( SELECT private.clients_with('loyalty.rewards.read'::text) AS clients_with)::uuid[]))
  END)

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

public.people_views
  people_views_select for select to authenticated
    using (client_id = ANY (( SELECT private.clients_with('audit.log.read'::text) AS clients_with)::uuid[]))

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

public.loyalty_account_reveals
  SELECT to authenticated
  SELECT to service_role

public.loyalty_adjustments
  SELECT to authenticated
  SELECT to service_role

public.loyalty_boosts
  SELECT to authenticated
  SELECT to service_role

public.loyalty_creator_tags
  SELECT to authenticated
  SELECT to service_role

public.loyalty_creators
  SELECT to authenticated
  SELECT to service_role

public.loyalty_daily_totals
  SELECT to authenticated
  SELECT to service_role

public.loyalty_gifts
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

public.loyalty_holds
  SELECT to authenticated
  SELECT to service_role

public.loyalty_import_mappings
  SELECT to authenticated
  SELECT to service_role

public.loyalty_mission_progress
  SELECT to authenticated
  SELECT to service_role

public.loyalty_missions
  SELECT to authenticated
  SELECT to service_role

public.loyalty_nights
  SELECT to authenticated
  SELECT to service_role

public.loyalty_payments
  SELECT to authenticated
  SELECT to service_role

public.loyalty_payout_accounts
  SELECT to authenticated
  SELECT to service_role

public.loyalty_payout_batches
  SELECT to authenticated
  SELECT to service_role

public.loyalty_payouts
  SELECT to authenticated
  SELECT to service_role

public.loyalty_raffle_draws
  SELECT to authenticated
  SELECT to service_role

public.loyalty_raffle_entries
  SELECT to authenticated
  SELECT to service_role

public.loyalty_redemptions
  SELECT to authenticated
  SELECT to service_role

public.loyalty_report_mails
  SELECT to authenticated
  SELECT to service_role

public.loyalty_reward_limits
  SELECT to authenticated
  SELECT to service_role

public.loyalty_rewards
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

public.people_views
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
  UPDATE (metric, tier_mode, checkpoint_months, sync_time, sync_time_zone, fall_guard_percent, unmatched_warn_percent, stale_after_hours, boost_time, boost_capacity, discount_from, discount_to, discount_slot_minutes, discount_capacity, schedule_days_ahead, schedule_weekends, fulfil_hours, clearing_days, payout_minimum, leaderboard_shown) to authenticated

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

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text, p_device text)
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

private.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  to authenticated

private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  to authenticated

private.loyalty_cancel_run(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  to authenticated

private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  to authenticated

private.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  to authenticated

private.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  to authenticated

private.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  to authenticated

private.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  to authenticated

private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
  to authenticated

private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  to authenticated

private.loyalty_data_state(p_client uuid)
  to authenticated

private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  to authenticated

private.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  to authenticated

private.loyalty_ensure_source(p_client uuid)
  to authenticated

private.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_export_batch(p_client uuid, p_batch uuid)
  to authenticated

private.loyalty_fetch_now(p_client uuid)
  to authenticated

private.loyalty_find_creators(p_client uuid, p_search text)
  to authenticated

private.loyalty_find_falls(p_client uuid, p_date date, p_creator uuid)
  to authenticated

private.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  to authenticated

private.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_earnings(p_client uuid, p_creator uuid)
  to authenticated

private.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  to authenticated

private.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  to authenticated

private.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  to authenticated

private.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_list_tags(p_client uuid)
  to authenticated

private.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  to authenticated

private.loyalty_my_claims(p_slug text)
  to authenticated

private.loyalty_next_count_at(p_time time without time zone, p_zone text)
  to authenticated

private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  to authenticated

private.loyalty_preview_mission(p_client uuid, p_body jsonb)
  to authenticated

private.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  to authenticated

private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

private.loyalty_read_admin_home(p_client uuid)
  to authenticated

private.loyalty_read_batch(p_client uuid, p_batch uuid)
  to authenticated

private.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

private.loyalty_read_missions(p_client uuid)
  to authenticated

private.loyalty_read_my_payouts(p_client uuid)
  to authenticated

private.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  to authenticated

private.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  to authenticated

private.loyalty_read_report(p_client uuid, p_from date, p_to date, p_now timestamp with time zone)
  to authenticated

private.loyalty_read_report_mails(p_client uuid)
  to authenticated

private.loyalty_read_reward(p_client uuid, p_reward uuid)
  to authenticated

private.loyalty_read_rewards(p_client uuid)
  to authenticated

private.loyalty_read_slots(p_client uuid, p_kind text)
  to authenticated

private.loyalty_read_tier_rewards(p_client uuid)
  to authenticated

private.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer, p_now timestamp with time zone)
  to authenticated

private.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  to authenticated

private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  to authenticated

private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  to authenticated

private.loyalty_request_undo(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_require_creator(p_client uuid, p_creator uuid)
  to authenticated

private.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  to authenticated

private.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  to authenticated

private.loyalty_retry_run(p_client uuid, p_run uuid)
  to authenticated

private.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  to authenticated

private.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  to authenticated

private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  to authenticated

private.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  to authenticated

private.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  to authenticated

private.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  to authenticated

private.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  to authenticated

private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  to authenticated

private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

private.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  to authenticated

private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  to authenticated

private.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  to authenticated

private.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  to authenticated

private.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  to authenticated

private.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  to authenticated

private.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb, p_now timestamp with time zone)
  to authenticated

private.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  to authenticated

private.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
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

private.my_missions()
  to authenticated, service_role

private.my_people()
  to authenticated

private.my_person(p_client uuid)
  to authenticated

private.my_rewards()
  to authenticated, service_role

private.people_accept_invitation(p_token_hash text)
  to authenticated

private.people_claim_by_email()
  to authenticated

private.people_end_view(p_client uuid)
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

private.people_start_view(p_client uuid, p_person uuid, p_reason text)
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

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text, p_device text)
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

public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  to authenticated

public.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  to authenticated

public.loyalty_cancel_run(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  to authenticated

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  to authenticated

public.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  to authenticated

public.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  to authenticated

public.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  to authenticated

public.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  to authenticated

public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  to authenticated

public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text)
  to authenticated

public.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  to authenticated

public.loyalty_ensure_source(p_client uuid)
  to authenticated

public.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_export_batch(p_client uuid, p_batch uuid)
  to authenticated

public.loyalty_fetch_now(p_client uuid)
  to authenticated

public.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  to authenticated

public.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_claims(p_client uuid, p_state text, p_limit integer)
  to authenticated

public.loyalty_list_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text, p_sort text, p_direction text, p_cursor jsonb, p_limit integer, p_with_count boolean)
  to authenticated

public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint, p_limit integer)
  to authenticated

public.loyalty_list_earnings(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  to authenticated

public.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  to authenticated

public.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  to authenticated

public.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_list_rounds(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_list_tags(p_client uuid)
  to authenticated

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  to authenticated

public.loyalty_my_claims(p_slug text)
  to authenticated

public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  to authenticated

public.loyalty_preview_mission(p_client uuid, p_body jsonb)
  to authenticated

public.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  to authenticated

public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

public.loyalty_read_admin_home(p_client uuid)
  to authenticated

public.loyalty_read_batch(p_client uuid, p_batch uuid)
  to authenticated

public.loyalty_read_celebrations(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_creator(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_data_state(p_client uuid)
  to authenticated

public.loyalty_read_decision(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_home(p_client uuid)
  to authenticated

public.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_read_missions(p_client uuid)
  to authenticated

public.loyalty_read_my_payouts(p_client uuid)
  to authenticated

public.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  to authenticated

public.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  to authenticated

public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
  to authenticated

public.loyalty_read_report(p_client uuid, p_from date, p_to date)
  to authenticated

public.loyalty_read_report_mails(p_client uuid)
  to authenticated

public.loyalty_read_reward(p_client uuid, p_reward uuid)
  to authenticated

public.loyalty_read_rewards(p_client uuid)
  to authenticated

public.loyalty_read_slots(p_client uuid, p_kind text)
  to authenticated

public.loyalty_read_tier_rewards(p_client uuid)
  to authenticated

public.loyalty_read_warning(p_client uuid, p_creator uuid)
  to authenticated

public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
  to authenticated

public.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer)
  to authenticated

public.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  to authenticated

public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  to authenticated

public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  to authenticated

public.loyalty_request_undo(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  to authenticated

public.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  to authenticated

public.loyalty_retry_run(p_client uuid, p_run uuid)
  to authenticated

public.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  to authenticated

public.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  to authenticated

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  to authenticated

public.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  to authenticated

public.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  to authenticated

public.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  to authenticated

public.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  to authenticated

public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  to authenticated

public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  to authenticated

public.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  to authenticated

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  to authenticated

public.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  to authenticated

public.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  to authenticated

public.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  to authenticated

public.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  to authenticated

public.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb)
  to authenticated

public.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  to authenticated

public.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
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

public.people_end_view(p_client uuid)
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

public.people_start_view(p_client uuid, p_person uuid, p_reason text)
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

private.auth_devices
  Which sign-in was made on which device, so that two accounts on one device can be noticed.

private.auth_devices.device_hash
  SHA-256 of a random cookie that stays on the device.

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

private.auth_record_session(p_session uuid, p_user uuid, p_agent text, p_ip_hint text, p_device text)
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

private.is_tracking_number(p_carrier text, p_number text)
  Whether a text has the shape of a carrier's tracking numbers.

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

private.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  The caller has seen these fulfilments and prizes. Returns how many were new to her.

private.loyalty_add_creator(p_client uuid, p_handle text, p_name text, p_email text, p_tier uuid, p_reason text)
  Adds a creator by hand, with a fixed tier if one is given; a later file finds her by her handle.

private.loyalty_add_unseen_creators(p_run public.loyalty_sync_runs)
  Adds the creators a run brings and gives their rows an owner.

private.loyalty_address_key(p_line1 text, p_line2 text, p_postal_code text, p_country text)
  One spelling for an address, to compare.

private.loyalty_advance_boosts(p_client uuid, p_date date)
  Starts, ends and settles boosts that are due. Repeating it changes nothing.

private.loyalty_advance_due_boosts(p_now timestamp with time zone)
  The tick of the hour: businesses with a boost whose time has come. Catches what a lost timer missed.

private.loyalty_advance_raffles(p_client uuid)
  Seals raffles that have ended and moves alternates up. Repeating it changes nothing.

private.loyalty_apply_changed(p_run public.loyalty_sync_runs)
  Writes the videos the check found changed and what moved tonight. Answers whose they are.

private.loyalty_apply_new(p_run public.loyalty_sync_runs)
  Adds the videos the check found new with their first snapshot. Answers whose they are.

private.loyalty_apply_pass(p_client uuid, p_date date, p_decide boolean)
  Writes pg_temp.loyalty_pass to the creators whose row differs; with p_decide also tiers and periods.

private.loyalty_archive_untouched(p_client uuid, p_run uuid)
  Archives the creators a run brought and nobody has touched.

private.loyalty_batch_head(p_batch public.loyalty_payout_batches)
  A batch as lists show it.

private.loyalty_bind_creator(p_client uuid, p_creator uuid, p_user uuid, p_email text, p_name text)
  Joins a creator and a login: the row from the file becomes the person's, or the creator moves to the row she signed up with. Returns the person.

private.loyalty_boost_amount(p_sales bigint, p_rate_bp integer)
  Sales at a rate, rounded half up to the minor unit.

private.loyalty_boost_person(p_client uuid, p_creator uuid)
  The person of a creator, as the one to be told.

private.loyalty_boost_sales(p_boost public.loyalty_boosts, p_until date)
  Sales a boost pays for, with what was taken back until a date. Same rows, same answer.

private.loyalty_build_offers(p_client uuid, p_reward uuid, p_creator uuid, p_now timestamp with time zone)
  Fills pg_temp.loyalty_due_offers: each creator with each reward she may have now, and what she has used of it. Changes nothing.

private.loyalty_build_pass(p_client uuid, p_date date, p_only_targets boolean)
  Fills pg_temp.loyalty_pass: figures, met tier and rule of every creator, or of those in pg_temp.loyalty_targets, as of a business date. Changes nothing.

private.loyalty_cancel_run(p_client uuid, p_run uuid)
  Give up a run of which nothing was saved. Definer: state is not client-writable.

private.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  Changes the address of a gift that is not shipped: its creator, or who ships.

private.loyalty_check_fixed(p_was public.loyalty_missions, p_is public.loyalty_missions)
  Refuses to change what a published mission promised.

private.loyalty_check_ladder(p_tiers jsonb)
  Says in words what is wrong with a ladder, and where.

private.loyalty_check_reward_limits(p_client uuid, p_reward uuid, p_kind text, p_draft jsonb)
  Says in words what is wrong with the caps of a draft. Locks the row claims move.

private.loyalty_check_run(p_client uuid, p_run uuid, p_may_have_doubles boolean)
  Counts the outcomes of a file that was read and compared to its end, and decides its guards.

private.loyalty_check_schedule(p_client uuid, p_creator uuid, p_kind text, p_days integer, p_minutes integer, p_schedule jsonb, p_now timestamp with time zone, p_except uuid, OUT begins_at timestamp with time zone, OUT finishes_at timestamp with time zone, OUT begins_on date)
  Start and end of a boost or discount for the chosen day and time, or the reason it cannot be had. Holds the place until the transaction ends. p_except is the claim that is being moved.

private.loyalty_check_totals(p_client uuid)
  Creators whose stored total is not what their rows say. Returns no row when all is well.

private.loyalty_claim_digest(p_kind text, p_details jsonb)
  Digest of the details of a claim, to recognise the same one again.

private.loyalty_claim_earned(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone)
  A creator claims what a mission or a raffle gave her; an offer of her tier goes the way of offers.

private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.

private.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  Claims what the caller earned in a mission or raffle: the reward that waits, else the last one claimed.

private.loyalty_claim_offer(p_client uuid, p_creator uuid, p_reward uuid, p_details jsonb, p_now timestamp with time zone)
  A creator claims a reward of her tier. The same claim again answers with the first.

private.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  See public.loyalty_claim_redemption. Definer: claims are writable by no one directly; only the caller's own.

private.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  See public.loyalty_claim_reward. Definer: claims are writable by no one directly; only the caller's own creator.

private.loyalty_claim_words(p_client uuid, p_redemption uuid)
  What a notification about a claim is written from.

private.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  Takes back an earning with a compensating line, once and at most all of it.

private.loyalty_clock_boosts(p_client uuid, p_now timestamp with time zone)
  Starts and ends boosts whose time has come.

private.loyalty_close_rounds(p_client uuid, p_date date)
  Closes rounds whose last day has passed and ends missions whose end has. Answers whose rounds were closed.

private.loyalty_compare_part(p_client uuid, p_run uuid)
  Writes new, changed and unmatched rows of a part with the values before and after, and notes the unchanged ones.

private.loyalty_conclude_due(p_client uuid, p_now timestamp with time zone)
  Concludes what was fulfilled a day ago and discounts that are over. Repeating it changes nothing.

private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text)
  How many creators a filter of the creators page finds.

private.loyalty_count_on_time(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
  Of the claims promised for a span of time: how many there were and how many were fulfilled by then.

private.loyalty_count_rounds(p_client uuid, p_date date, p_creators uuid[])
  Counts the active rounds of creators (all, or these), writes the values that moved and leaves these and whatever may have met its goal in pg_temp.loyalty_counted. Adjustments dated within a sales round count in it.

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

private.loyalty_draw_key(p_seed text, p_entries_hash text, p_entry uuid)
  What entries are ordered by in the draw: SHA-256, hex, of seed:hash of the list:entry id. Anybody can compute it again.

private.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  Draws a sealed raffle: ranks, winners, alternates, prizes and the published seed in one step. Again, it answers with the first result.

private.loyalty_drop_staging(p_run uuid)
  Forgets what a run kept while its file was read.

private.loyalty_due_nights(p_now timestamp with time zone)
  Nights to work on, missed ones included.

private.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  A draft like this reward, with its caps and without its claims.

private.loyalty_ensure_source(p_client uuid)
  The id of the business's source, made if need be: secrets are encrypted for it before they are stored.

private.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  Enters the caller in a raffle; again after leaving. Repeating it changes nothing.

private.loyalty_export_batch(p_client uuid, p_batch uuid)
  The same for a person's list; logged as an export.

private.loyalty_fetch_now(p_client uuid)
  Fetch the file of the business's source now. Definer: runs are not client-writable.

private.loyalty_find_creators(p_client uuid, p_search text)
  Creators whose handle or name contains a text, at most a thousand.

private.loyalty_find_falls(p_client uuid, p_date date, p_creator uuid)
  Creators within 30 days of a check who would fall with the figures of a business date, with what is missing and what they would lose. The one definition for mails and for home; reads under the caller's own policies.

private.loyalty_find_login(p_handle text, p_client uuid)
  Logins behind a creator's handle, in one business or in all.

private.loyalty_find_slots(p_client uuid, p_creator uuid, p_kind text, p_now timestamp with time zone)
  See public.loyalty_read_slots.

private.loyalty_finish_stage(p_client uuid, p_date date, p_stage text, p_outcome text, p_detail jsonb)
  Closes a stage of a night once.

private.loyalty_finished_rounds(p_client uuid, p_creator uuid)
  Rounds and raffle entries of a creator that nothing more will come of, with what did. Checks nobody: for checked functions.

private.loyalty_follow_tiers(p_client uuid, p_date date)
  After tiers were decided: starts the missions of whoever moved, and tells creators what began for them.

private.loyalty_forfeit_prize(p_client uuid, p_entry uuid, p_reason text)
  Takes an unclaimed prize back and moves the next alternate up. Returns her entry, or null when nobody is left.

private.loyalty_forget_accounts(p_client uuid)
  Forgets sealed accounts that were replaced and that no payment needs.

private.loyalty_handle_key(p_handle text)
  One spelling for a handle: no @, no blanks, lower case.

private.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  Holds a creator by hand, with a reason.

private.loyalty_import_rows
  Rows of a file being read that change nothing: no outcome is written for them, but the totals and the search for doubles need them. Emptied by the check.

private.loyalty_is_on_hold(p_client uuid, p_creator uuid)
  Is an open hold about this creator?

private.loyalty_is_same_claim(p_claim public.loyalty_redemptions, p_sizes text[], p_details jsonb)
  Whether what she sent now is what she sent with that claim.

private.loyalty_judge_rounds(p_client uuid, p_date date, p_with_marked boolean)
  Fills pg_temp.loyalty_judged: rounds of pg_temp.loyalty_counted that may be done and, of marked creators, finished ones whose rows may have moved, each with the day its goal was reached.

private.loyalty_last_due_night(p_client uuid, p_now timestamp with time zone)
  The latest night whose wall-clock time has come.

private.loyalty_last_step_by(p_client uuid, p_redemption uuid)
  Name of the person who took the last step of a redemption; null when it was no person.

private.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  Takes the caller out of a raffle while it is open.

private.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  A keyset page of batches, latest first.

private.loyalty_list_earnings(p_client uuid, p_creator uuid)
  Earnings of a creator and what was clawed back of each.

private.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  A keyset page of holds, newest first, with their creators and what is at stake.

private.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  Missions of a creator that are over, latest first, one more than asked for when there are more. Without p_creator the caller's own.

private.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  Missions with how many they reached and what they cost. Archived ones only when asked for by state or id.

private.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  A keyset page of one of the lists of money, latest first, with the counts of all.

private.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  A keyset page of a raffle's entries with their creators and prizes, by rank, number or time.

private.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  A keyset page of raffles, the latest end first.

private.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  A keyset page of claims, newest first. Filter: q, states, kinds, sources, held, overdue, creatorId.

private.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  What became of the signed-in creator's offers and claims, latest first. Cursor: v and id of the last row.

private.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  A keyset page of rewards in their order. Cursor: v and id of the row to go on from, back to go towards the start.

private.loyalty_list_tags(p_client uuid)
  Tags in use, with how many creators have each.

private.loyalty_lock_batch(p_client uuid, p_batch uuid)
  A batch, locked together with all money of its business.

private.loyalty_lock_offers(p_client uuid)
  Waits until nobody else decides offers of this business. Taken after creators and before rewards.

private.loyalty_lock_run(p_client uuid, p_run uuid)
  Checks the permission and locks the run.

private.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  Plans a payment for everyone who can be paid this way, or for some of them.

private.loyalty_mark_batch_sent(p_client uuid, p_batch uuid, p_provider text, p_reference text)
  An approved batch becomes sent, once.

private.loyalty_mark_dirty(p_client uuid, p_creators uuid[], p_due_on date)
  Asks the next pass to count these creators again.

private.loyalty_mark_held(p_client uuid, p_creators uuid[])
  Sets is_held of the open claims of creators as their holds stand.

private.loyalty_mark_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  Marks payments paid or failed, takes a mark back, or returns a failed one's lines to the next batch. Answers how many.

private.loyalty_match_handles(p_client uuid)
  What each handle of a part means in this business. known: an active creator. archived: her rows are left out. unseen: nobody, or one an undo had archived.

private.loyalty_mission_digests
  Up to when creators of a business were told of missions that began for them.

private.loyalty_money_mismatches(p_client uuid)
  Stored sums that are not what their rows say. Nothing, every night.

private.loyalty_money_rows(p_client uuid, p_view text)
  Rows of a list of money: due, waiting, details, clearing, running, or payments in a state.

private.loyalty_month_start(p_client uuid)
  The first instant of this month where the business is.

private.loyalty_move_boosts(p_client uuid, p_now timestamp with time zone, p_date date)
  All steps of a business's boosts that are due. p_date is a night counted in this transaction, if one is.

private.loyalty_move_snapshots(p_run public.loyalty_sync_runs)
  Adds to snapshots an earlier file of the same night wrote.

private.loyalty_my_claims(p_slug text)
  The caller's own requests in a business.

private.loyalty_my_creator(p_client uuid)
  The creator the caller is in a business where loyalty is on; an empty row for a person who is none.

private.loyalty_my_mission_rows(p_client uuid, p_creator uuid)
  Where a creator stands in each mission she sees: one row a mission. Checks nobody: for checked functions.

private.loyalty_net_payouts(p_client uuid)
  Closes the lines of creators whose open lines add up to nothing.

private.loyalty_next_count_at(p_time time without time zone, p_zone text)
  The next time the nightly count is due.

private.loyalty_night_of(p_client uuid)
  Today's date where the nightly count runs: the night an upload belongs to.

private.loyalty_night_run(p_client uuid, p_date date)
  The run that brings a night's file; null when people bring it by hand.

private.loyalty_notify_decisions(p_client uuid, p_run uuid, p_business_date date)
  Tells creators with a login that a night moved them to another tier. Each decision is told once.

private.loyalty_offer_prize(p_client uuid, p_entry uuid, p_moved_up boolean)
  Gives an entry its prize to claim until the end of the last day, tells its creator, and comes back when the time is over.

private.loyalty_open_part()
  Makes the table one part of a file is copied into; it goes with the transaction.

private.loyalty_open_rounds(p_client uuid, p_date date, p_creators uuid[])
  Starts rounds that are due for creators (all, or these) and counts, completes and closes what began.

private.loyalty_open_work(p_client uuid, p_now timestamp with time zone)
  Everything of a business that waits for a person, with the moment it has to be done by. Held claims wait for their hold.

private.loyalty_owe_boosts(p_client uuid, p_now timestamp with time zone)
  Moves boosts on whose creator has an account, writes what is final into the ledger, once a boost.

private.loyalty_payables(p_client uuid)
  Open lines summed a creator, with her account and what keeps her from being paid: on_hold, no_account, account_held, negative, below_minimum or nothing.

private.loyalty_period_last_day(p_anchor date, p_start date, p_months integer)
  Last day of the period that starts at p_start, in a row of periods measured off from p_anchor; month ends are clamped without drifting.

private.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  Fixes a tier by hand: neither the nightly pass nor a file changes it.

private.loyalty_preview_mission(p_client uuid, p_body jsonb)
  Who a mission as typed would reach now, and how many would have met its goal on past figures. Saves nothing.

private.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  How many creators an audience reaches, how many would see it early, and what stands open already. Saves nothing.

private.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.

private.loyalty_progress_missions(p_client uuid, p_date date)
  Starts, moves, completes and closes missions of a business as of a business date. Repeating it changes nothing.

private.loyalty_publish_checks(p_mission public.loyalty_missions)
  Says what stands in the way of publishing.

private.loyalty_queue_run(p_client uuid, p_run uuid)
  Queues the next piece of work on a run; jobs of one business follow one another.

private.loyalty_raffle_creator(p_client uuid, p_raffle uuid, p_person uuid)
  The creator of the calling person, if she may see the raffle.

private.loyalty_raffle_entry(p_client uuid, p_raffle uuid, p_creator uuid)
  A creator's entry in a raffle, as her pages show it.

private.loyalty_raffle_list_text(p_client uuid, p_raffle uuid)
  The sealed list as it is hashed: number, blank, entry id and a line feed for each entry. Names nobody.

private.loyalty_raffle_phase(p_state text, p_ends_at timestamp with time zone, p_sealed_at timestamp with time zone, p_drawn_at timestamp with time zone)
  draft, open, paused, closed (over and not sealed yet), sealed, drawn or archived.

private.loyalty_raffle_result(p_client uuid, p_raffle uuid)
  All that is published of a sealed or drawn raffle. Names nobody.

private.loyalty_raffle_seeds
  The seed of a sealed raffle until it is drawn; then it is published and this row goes.

private.loyalty_raffle_standing(p_client uuid, p_raffle uuid, p_creator uuid)
  Why a creator may not enter a raffle now, as a code; null when she may.

private.loyalty_read_admin_home(p_client uuid)
  The owner's overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.

private.loyalty_read_batch(p_client uuid, p_batch uuid)
  A batch with its payments and the lines of each.

private.loyalty_read_details(p_kind text, p_requires_size boolean, p_sizes text[], p_details jsonb)
  What she sent, reduced to what this kind of reward needs and in one spelling; refuses a missing size or address.

private.loyalty_read_ladder(p_tiers jsonb)
  The rows of a ladder as the page sends it; order is rank.

private.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  A keyset page of the ranking of the open period; with tiers for life, of everything ever sold. Equal figures share a rank. TN001 where the business shows none.

private.loyalty_read_missions(p_client uuid)
  All of the signed-in creator's missions page, most urgent first. creator is null for a person who is none.

private.loyalty_read_my_payouts(p_client uuid)
  The caller's boosts, account hint, ledger and open balance; null for a person who is no creator.

private.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  A raffle with its prize, the caller's entry and all that is published of its draw.

private.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  The sealed list, byte for byte as it was hashed.

private.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  One claim with its terms, gift, boost and history: for staff, or its creator.

private.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  When a scheduled redemption runs, for its creator's calendar; null when it has no time or is not hers.

private.loyalty_read_report(p_client uuid, p_from date, p_to date, p_now timestamp with time zone)
  The report of days in the zone of the business, as of a moment.

private.loyalty_read_report_mails(p_client uuid)
  Everybody who may see reports, and who gets which by mail.

private.loyalty_read_reward(p_client uuid, p_reward uuid)
  One reward with its caps, offers, claims, missions and steps.

private.loyalty_read_rewards(p_client uuid)
  Everything on the signed-in creator's rewards page: each reward with her standing, and what is open.

private.loyalty_read_slots(p_client uuid, p_kind text)
  See public.loyalty_read_slots. Definer: counts places that other creators hold.

private.loyalty_read_tier_rewards(p_client uuid)
  Rewards of each tier the signed-in creator may know of.

private.loyalty_read_wall_clock(p_text text, p_zone text, p_field text)
  The instant of a day and time as a form writes them, 2026-12-18T18:00, in a zone.

private.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer, p_now timestamp with time zone)
  A keyset page of the open work by time left as of a moment, with counts a kind and the share kept on time in 30 days.

private.loyalty_recalculate(p_client uuid, p_business_date date, p_run uuid)
  The nightly pass of a business: figures, promotions, checks. p_run is null on a night without a file. Repeating it changes nothing.

private.loyalty_record_decisions(p_client uuid, p_run uuid)
  Writes decisions, stints and checkpoints of pg_temp.loyalty_pass.

private.loyalty_recount_batch(p_client uuid, p_batch uuid)
  Brings a batch's sums in line with its payments, settles it when none is open, reopens it when one is.

private.loyalty_redemption_lines(p_client uuid, p_ids uuid[])
  Redemptions as their creator reads them, in the order of the ids. Its callers check whose they are.

private.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  Draws one place again with a reason: the winner loses it, the next alternate has it.

private.loyalty_refresh_figures(p_client uuid)
  Brings the figures of marked creators up to date between nights. Decides no tier.

private.loyalty_refuse_claim(p_code text)
  Raises one of the codes of a refused claim with its sentence.

private.loyalty_refuse_schedule(p_code text, p_field text, p_message text)
  Raises why a day or time cannot be had, with the field it belongs to.

private.loyalty_remind_boosts(p_client uuid, p_now timestamp with time zone)
  Asks for payout details: at once, after three days and after seven.

private.loyalty_remind_of_work(p_client uuid, p_now timestamp with time zone)
  Reminds those who fulfil of claims due within four hours and of late ones, each once a stage, in one digest an hour. Returns how many are new.

private.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.

private.loyalty_renew_offers(p_client uuid, p_date date, p_reward uuid, p_creator uuid, p_now timestamp with time zone)
  Opens, withdraws, revives and expires offers: of a business, of one reward (when it is published, changed, paused) or of one creator (when a person chose her tier). Repeating it changes nothing.

private.loyalty_renew_reward_offers(p_client uuid, p_reward uuid)
  Opens and withdraws offers at once, as the nightly pass would tonight.

private.loyalty_report_cohorts(p_client uuid, p_to date)
  Of the creators who joined in each of six months, how many sold in each of the six months after; null for months to come.

private.loyalty_report_rewards(p_client uuid, p_from timestamp with time zone, p_to timestamp with time zone)
  Rewards fulfilled in a span by kind and tier, with what they cost.

private.loyalty_report_uplift(p_client uuid, p_from date, p_to date)
  Sales a day in boosts that ended in a span, beside the 14 days before each.

private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  Save a checked run. Definer: state is not client-writable.

private.loyalty_request_undo(p_client uuid, p_run uuid)
  Undo the last saved run. Definer: state is not client-writable.

private.loyalty_require_creator(p_client uuid, p_creator uuid)
  Raises TN001 for a creator the caller may not see: an empty list would say that there is one.

private.loyalty_require_mission(p_client uuid, p_mission uuid)
  The mission, locked, for somebody who may change it.

private.loyalty_require_reward(p_client uuid, p_reward uuid, p_revision integer)
  The reward, locked, for somebody who may change it and who has seen its latest revision.

private.loyalty_reschedule(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamp with time zone)
  Moves a boost or discount that has not started; counts up its calendar sequence. Definer: called by the steps of fulfilment, checks their permission.

private.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  Stores an account sealed anew, if it is still the one that was read.

private.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  Releases a hold, or upholds it and rejects the open claims of the named creators.

private.loyalty_restart_reading(p_client uuid, p_run uuid)
  Forgets what was read of a file, so that it can be read from its start.

private.loyalty_retry_run(p_client uuid, p_run uuid)
  Read a failed or skipped file again. Definer: state is not client-writable.

private.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  Hands out a sealed account and writes down who asked and why.

private.loyalty_reward_card(p_reward public.loyalty_rewards)
  What a creator reads of a reward: no caps, costs or codes.

private.loyalty_reward_row(p_reward public.loyalty_rewards, p_month timestamp with time zone)
  A reward as staff see it, with its caps and its claims since p_month.

private.loyalty_reward_standing(p_client uuid, p_creator uuid, p_reward uuid, p_now timestamp with time zone)
  For each reward a creator sees, or the one asked for: whether she may claim it, and if not, the code a claim would answer and when it opens again. Call it inside a function that checks who asks: it reads stock.

private.loyalty_roll_up_days(p_client uuid, p_days date[])
  Counts the given days again.

private.loyalty_round_bounds(p_is_next boolean, p_cycle integer, p_counts_from text, p_start date, p_period_start date, p_joined_on date, p_days integer, p_ends_on date)
  From when a round counts, whether everything ever does, and until when.

private.loyalty_run_checks(p_run public.loyalty_sync_runs)
  Unmatched share, fall of totals, a file much smaller than the last: each with its limit and whether it stops the run.

private.loyalty_run_stages(p_client uuid, p_date date, p_run uuid)
  Missions, tiers, offers, boosts and raffles of a business as of a business date. p_run is null on a night without a file. Repeating it changes nothing.

private.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  Gives a creator exactly these tags, and starts the missions they bring.

private.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  Stores the column mapping and answers its version. Definer: version and author are not client-writable.

private.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  Makes a mission (p_mission null) or changes one. Of a published one only words, goal of later rounds, end, order and rounds change. Answers its id.

private.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  Puts an account in the place of the caller's former one, holds money for two days if there was one, and mails her.

private.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  Says who gets the weekly and the monthly report by mail.

private.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  Makes a draft (no id) or changes a reward. Claims already made keep their terms. Stock and budget never fall below what is claimed.

private.loyalty_save_run(p_client uuid, p_run uuid)
  Writes a checked run to videos, snapshots and creators. Repeating it does nothing.

private.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  Stores where files come from and, encrypted by the caller, the secrets. Definer: secrets have no grants.

private.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  Saves a ladder. Lower thresholds count from tonight, higher ones from each creator's next check.

private.loyalty_seal_list(p_client uuid, p_raffle uuid, p_seed text)
  Numbers the entries of an ended raffle, publishes their hash and the hash of a secret seed. A seed of one's own is for tests and demo data.

private.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  Seals the list of an ended raffle before the job does.

private.loyalty_sealed_payments(p_client uuid, p_batch uuid)
  Payments of a batch that are planned or sent, with their sealed accounts.

private.loyalty_send_reports(p_now timestamp with time zone)
  Tells who asked for it that a week or month is over, once each. Safe to call at any time.

private.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  Archives a creator or brings her back.

private.loyalty_set_doubles_aside(p_client uuid, p_run uuid)
  Keeps the last row of each video in a file and records the others.

private.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  Shows the caller on the leaderboard, or hides her from everybody else.

private.loyalty_settle_boosts(p_client uuid, p_date date)
  Counts ended boosts once their last day is counted, follows late files, and fixes the sum when clearing ends.

private.loyalty_settle_rounds(p_client uuid, p_date date, p_with_marked boolean)
  Completes rounds whose goal was reached and offers their rewards; takes back completions that were undone and not claimed. Leaves pg_temp.loyalty_judged.

private.loyalty_shared_payout_accounts(p_client uuid)
  Groups of creators who gave the same account.

private.loyalty_show_claim(p_client uuid, p_redemption uuid, p_is_repeat boolean)
  A claim as the API answers it.

private.loyalty_start_due_nights(p_now timestamp with time zone)
  Claims due nights and queues them, once each.

private.loyalty_start_rounds(p_client uuid, p_date date, p_creators uuid[])
  Gives creators (all, or these) the rounds that are due as of a business date: the first of a kind begins, the others wait. Answers who began one.

private.loyalty_start_soon(p_client uuid)
  Starts what creators may start now: at once, or by a job where they are very many.

private.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  Steps of a batch: approve, send, send_by_paypal, undo_send, cancel. Answers its state.

private.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  Publishes, pauses, resumes, ends or archives a mission. Paused: nobody new starts, who is at it may finish. Ended: open rounds close without a reward.

private.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  Marks payments of a batch for a person; refuses if one was not as she saw it.

private.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb, p_now timestamp with time zone)
  fulfil, ship, deliver, conclude, reject or undo, as of a moment. detail.from is the state the caller saw: another one is refused.

private.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  The same step for many, each for itself: an array of what became of each.

private.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
  publish, pause, resume or archive; opens or withdraws offers in the same transaction. Claims stay as they are.

private.loyalty_suspect(p_client uuid, p_creator uuid, p_other uuid, p_reason text, p_evidence text)
  Opens a hold about two creators once, marks their claims and tells those who resolve it.

private.loyalty_suspect_devices(p_user uuid)
  Opens holds between the creator of a login and others who claimed and signed in on one of her devices within 90 days.

private.loyalty_tell_boost(p_boost public.loyalty_boosts, p_type text, p_key text)
  Tells a creator about her boost.

private.loyalty_tell_claim(p_client uuid, p_redemption uuid, p_state text)
  Tells a creator that her claim reached a state, unless it was taken back meanwhile.

private.loyalty_tell_creator(p_client uuid, p_redemption uuid, p_type text, p_dedupe text)
  Tells the creator of a claim something about it, once a type and key.

private.loyalty_tell_new_missions(p_client uuid, p_date date)
  Tells creators with a login which missions began for them since the last night, all in one message.

private.loyalty_tell_offers(p_client uuid, p_date date)
  Tells creators with a login what pg_temp.loyalty_new_offers opened for them, once a day each.

private.loyalty_tick_fulfilment(p_now timestamp with time zone)
  Every business: concludes what is over and reminds of what is due. Safe to call at any time and twice.

private.loyalty_undo_decisions(p_client uuid, p_run uuid)
  Takes back every promotion and check a run decided and nothing decided since; the creators are counted again by the next pass.

private.loyalty_undo_run(p_client uuid, p_run uuid)
  Puts back what a saved run changed, removes what it added, and counts again. Repeating it does nothing.

private.loyalty_unlock_missions(p_client uuid, p_creator uuid)
  Starts what a creator (or everybody) may start now, between nights.

private.loyalty_unpin_tier(p_client uuid, p_creator uuid)
  Lets the nightly pass judge a creator again.

private.loyalty_warn_demotions(p_client uuid, p_date date)
  Tells creators with a login, 30, 7 and 3 days before their check, what is missing to keep the tier. Repeating it tells nobody twice. Returns how many are in danger.

private.loyalty_window_key(p_frequency text, p_kind text, p_stint uuid, p_day date)
  The window a limit counts in on a day: for ever or a stay in a tier, a calendar week from Monday, a calendar month. Null without a limit.

private.loyalty_window_opens(p_frequency text, p_day date, p_zone text)
  When the next window opens, in the zone of the business. Null where none follows.

private.loyalty_withdraw_claim(p_claim uuid)
  Takes back the caller's own open request.

private.loyalty_work_notices
  Claims the business was reminded of: soon before the deadline, overdue after it.

private.loyalty_write_claim(p_client uuid, p_creator uuid, p_reward public.loyalty_rewards, p_redemption uuid, p_details jsonb, p_window text, p_now timestamp with time zone)
  Writes a claim that was found allowed: schedule, place in its window, terms, boost or gift, stock and budget.

private.mark_notifications_read(p_client uuid, p_ids uuid[], p_until timestamp with time zone)
  See public.notifications_mark_read.

private.my_clients(p_program text)
  Businesses the caller is an active person of, optionally only those with a program turned on.

private.my_creators()
  Creator ids of the signed-in person in businesses where loyalty is on.

private.my_missions()
  Ids of missions the signed-in creator may see: hers, for her tier, or shown early. For policies.

private.my_people()
  Active people of the caller, one a business.

private.my_person(p_client uuid)
  The caller's active person in a business, or null.

private.my_rewards()
  Ids of rewards the signed-in creator may see: of her tier, for everybody, or shown early. For policies.

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

private.people_end_view(p_client uuid)
  Ends the caller's open view in a business.

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

private.people_start_view(p_client uuid, p_person uuid, p_reason text)
  Begins to look as a member; an open view of the caller in this business ends.

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

private.require_payee(p_client uuid)
  The caller's own creator in a business; refuses whoever is none.

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
  Trigger (entity, column): lets only listed steps pass, checks their permission for people, writes history. With births_as_a_set as its third word t31_births writes that of births.

private.tg__immutable()
  Trigger: refuses a change of the columns named in its arguments.

private.tg__record_births()
  Trigger (entity), once a statement: writes the history of births, for tables that get thousands at a time. t30_transition has checked them.

private.tg__stamp()
  Trigger: keeps updated_at true to the last change.

private.tg_auth_devices__suspect()
  Looks for a shared device at a sign-in.

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

private.tg_loyalty_boosts__lead_redemption()
  Carries a boost's step to its redemption.

private.tg_loyalty_boosts__set_timers()
  Queues a look at the minute a boost starts and at the minute it ends.

private.tg_loyalty_creators__derive()
  Fills handle key, search text and the first period of a creator.

private.tg_loyalty_gifts__suspect()
  Opens a hold when another creator's gift went to the same address within a year.

private.tg_loyalty_handle_aliases__one_owner()
  Refuses an alias that is another creator's handle.

private.tg_loyalty_mission_progress__keep_terms()
  Keeps tier, goal and days of a round as they were when it began, whatever becomes of the mission or of her tier.

private.tg_loyalty_missions__guard()
  Keeps the goal in the metric of the business, the reward one made for missions and the early showing below the tier.

private.tg_loyalty_missions__keep_sealed()
  Keeps the terms of a sealed raffle, and a raffle until it is drawn.

private.tg_loyalty_missions__schedule_raffle()
  Puts the sealing of a raffle on the queue for the moment it ends.

private.tg_loyalty_payments__lead_payouts()
  Carries a payment's step to its lines of the ledger.

private.tg_loyalty_payout_account_secrets__suspect()
  Opens a hold when another creator gave the same payout account.

private.tg_loyalty_payouts__append_only()
  Refuses every deletion.

private.tg_loyalty_payouts__guard()
  Holds an earning to its boost's final amount and a clawback to its earning.

private.tg_loyalty_payouts__lead_boost()
  Marks a boost paid when its line is closed, and owed again when that is undone.

private.tg_loyalty_raffle_draws__once()
  Keeps a drawn raffle as it is.

private.tg_loyalty_raffle_entries__sealed()
  Lets nobody in or out of a sealed list, and keeps its numbers and ranks.

private.tg_loyalty_redemptions__calendar()
  Trigger: queues the writing to the business's calendar when a boost or discount is planned, moved or rejected, whoever does it.

private.tg_loyalty_redemptions__follow_boost()
  Cancels the boost of a rejected redemption and refuses every step that would part the two.

private.tg_loyalty_redemptions__hold()
  A claim made during an open hold is held from the start.

private.tg_loyalty_redemptions__limits()
  Reserves stock and budget of a reward with a claim, commits them when it is fulfilled, gives them back when it is rejected; whoever moves the state. Definer: writes limits nobody may write.

private.tg_loyalty_redemptions__suspect()
  Looks for a shared device at a claim.

private.tg_loyalty_redemptions__tell()
  Trigger: queues the word to the creator when a claim is made, fulfilled or rejected, whoever does it.

private.tg_loyalty_redemptions__unlock_missions()
  When the reward of a mission was handed over or refused, the next mission of its kind starts.

private.tg_loyalty_rewards__guard()
  Keeps the early showing below the tier and counts versions and revisions.

private.tg_loyalty_rewards__open_limits()
  Gives each reward its row of limits.

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

private.viewed_person()
  The person a member of staff looks as in this request, or null. Makes the transaction read-only.

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

public.auth_record_session(p_session uuid, p_user uuid, p_ip_hint text, p_agent text, p_device text)
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

public.loyalty_account_reveals
  Who looked at an account in full, and why. Written by the function that shows it.

public.loyalty_acknowledge_celebrations(p_client uuid, p_ids uuid[])
  The caller has seen these fulfilments and prizes. Returns how many were new to her.

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

public.loyalty_boosts
  Extra commission for some days. Its history is in core_state_history; its redemption follows its state by trigger.

public.loyalty_boosts.clears_on
  First date on which it may be paid: refunds until then have been taken off.

public.loyalty_boosts.earned_amount
  settled_sales at rate_bp, rounded half up to the minor unit.

public.loyalty_boosts.final_amount
  What is paid: final_sales at rate_bp, rounded half up; never more than earned_amount.

public.loyalty_boosts.final_sales
  settled_sales less what was refunded until clears_on. Never changes again: later refunds are clawed back.

public.loyalty_boosts.first_on
  First business date whose sales count: the day after starts_at, whose evening file closes the day before.

public.loyalty_boosts.last_on
  Last business date whose sales count.

public.loyalty_boosts.rate_bp
  Extra commission locked at the claim, hundredths of a percent.

public.loyalty_boosts.settled_sales
  Sales of first_on to last_on as of the latest count before clears_on, minor units. Adjustments never raise it.

public.loyalty_boosts.tier_commission_bp
  Commission of her tier at the claim, for the record.

public.loyalty_cancel_run(p_client uuid, p_run uuid)
  Cancels an import (loyalty.imports.write).

public.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb)
  Changes the address of a gift that is not shipped: its creator, or who ships.

public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text)
  Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.

public.loyalty_claim_mission(p_client uuid, p_mission uuid, p_details jsonb)
  Claims what the caller earned in a mission or raffle. Sending it again answers the same.

public.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb)
  Claims what a mission or a raffle gave the caller, whatever her tier is by now.

public.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb)
  Claims a reward of the caller's tier, under today's terms. Repeating it while the claim is open answers with the first claim.

public.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text)
  Takes back an earning (loyalty.payouts.write).

public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean)
  Starts an import (loyalty.imports.write).

public.loyalty_creator_tags
  Groups a business sorts its creators into. Creators do not see their tags.

public.loyalty_creator_tags.tag
  Lower case, letters, numbers and hyphens.

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

public.loyalty_creators.is_on_leaderboard
  False when she hid herself: others do not see her there, she still sees her own rank.

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

public.loyalty_draw_raffle(p_client uuid, p_raffle uuid)
  Draws a sealed raffle: ranks, winners, alternates, prizes and the published seed in one step. Again, it answers with the first result.

public.loyalty_duplicate_reward(p_client uuid, p_reward uuid)
  A draft like this reward, with its caps and without its claims.

public.loyalty_ensure_source(p_client uuid)
  The id of the business's source (loyalty.settings.write).

public.loyalty_enter_raffle(p_client uuid, p_raffle uuid)
  Enters the caller in a raffle; again after leaving. Repeating it changes nothing.

public.loyalty_export_batch(p_client uuid, p_batch uuid)
  Payments of an approved batch with sealed accounts (loyalty.payouts.write and reveal).

public.loyalty_fetch_now(p_client uuid)
  Fetches the nightly file now (loyalty.imports.write).

public.loyalty_gifts
  Where a physical gift goes and where its parcel is. Seen by its creator and by those who ship.

public.loyalty_gifts.country
  ISO 3166-1, two letters.

public.loyalty_gifts.size
  One of the reward's sizes at the claim; null where it has none.

public.loyalty_gifts.tracking_number
  As the carrier prints it, without spaces; null where there is none, which only "other" allows.

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

public.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text)
  Holds a creator by hand, with a reason.

public.loyalty_holds
  Suspicions a person looks at. While one is open, nothing its creators claimed is fulfilled or paid.

public.loyalty_holds.evidence
  What was seen, in a sentence without personal data.

public.loyalty_holds.state
  released: nothing wrong, and the pair is not held for this reason again. upheld: open claims of the named creators were rejected.

public.loyalty_import_mappings
  How a business's export names its columns, where that differs from what we know.

public.loyalty_import_mappings.columns
  Field to header; null says that the file does not have it.

public.loyalty_leave_raffle(p_client uuid, p_raffle uuid)
  Takes the caller out of a raffle while it is open.

public.loyalty_list_adjustments(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  Adjustments of a creator, latest first.

public.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer)
  Payout batches, latest first (loyalty.payouts.read).

public.loyalty_list_claims(p_client uuid, p_state text, p_limit integer)
  Requests for handles in one state, oldest first, with the creator a file made of the handle.

public.loyalty_list_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text, p_sort text, p_direction text, p_cursor jsonb, p_limit integer, p_with_count boolean)
  A keyset page of creators. Cursor: v, id of the row to go on from, back to go towards the start.

public.loyalty_list_decisions(p_client uuid, p_creator uuid, p_before bigint, p_limit integer)
  Decisions about a creator, latest first, one more than asked for when there are more.

public.loyalty_list_earnings(p_client uuid, p_creator uuid)
  Earnings of a creator (loyalty.payouts.read).

public.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer)
  A keyset page of holds, newest first, with their creators and what is at stake.

public.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer)
  Missions of a creator that are over, latest first, one more than asked for when there are more. Without p_creator the caller's own.

public.loyalty_list_missions(p_client uuid, p_state text, p_mission uuid)
  Missions with how many they reached and what they cost. Archived ones only when asked for by state or id.

public.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer)
  A page of what is to pay, waits, was sent, failed or is paid (loyalty.payouts.read).

public.loyalty_list_raffle_entries(p_client uuid, p_raffle uuid, p_cursor jsonb, p_limit integer)
  A keyset page of a raffle's entries with their creators and prizes, by rank, number or time.

public.loyalty_list_raffles(p_client uuid, p_cursor jsonb, p_limit integer)
  A keyset page of raffles, the latest end first.

public.loyalty_list_redemptions(p_client uuid, p_filter jsonb, p_cursor jsonb, p_limit integer, p_with_count boolean)
  A keyset page of claims, newest first. Filter: q, states, kinds, sources, held, overdue, creatorId.

public.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer)
  What became of the signed-in creator's offers and claims, latest first. Cursor: v and id of the last row.

public.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
  A keyset page of rewards in their order. Cursor: v and id of the row to go on from, back to go towards the start.

public.loyalty_list_rounds(p_client uuid, p_creator uuid)
  Rounds of a creator the caller may read, the latest 200.

public.loyalty_list_tags(p_client uuid)
  Tags in use, with how many creators have each.

public.loyalty_list_videos(p_client uuid, p_creator uuid, p_from date, p_to date, p_cursor jsonb, p_limit integer)
  Videos of a creator, latest first, with what each brought in a span of days.

public.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[])
  Makes a payout batch of one method (loyalty.payouts.write).

public.loyalty_mission_progress
  One round of one creator in one mission. Tier and target are those of its start: a later demotion or edit does not take it away.

public.loyalty_mission_progress.completed_on
  Business date on which the target was reached.

public.loyalty_mission_progress.counts_all
  Everything she ever did counts, also from before counts_from_on.

public.loyalty_mission_progress.counts_from_on
  First business date that counts.

public.loyalty_mission_progress.due_on
  Last business date that counts; null without a limit.

public.loyalty_mission_progress.figures_at
  When value last moved.

public.loyalty_mission_progress.kind
  Copy of the mission's kind, so that one active mission a kind is a unique index.

public.loyalty_mission_progress.start_on
  Business date the round began on; of a dormant one the earliest it can. Taken from the data and not from the clock, so that a missed night changes nothing.

public.loyalty_missions
  Goals the business sets its creators, each with the reward it pays. A raffle is a mission one enters.

public.loyalty_missions.claim_days
  Days a winner has to claim before an alternate moves up.

public.loyalty_missions.cooldown_days
  Days between the end of one round and the next.

public.loyalty_missions.counts_from
  What counts from the start: publish (the day it was published, or the day she was reached), checkpoint (her open period), joining (all she ever did).

public.loyalty_missions.days_to_finish
  Days a creator has from her start; null without a limit.

public.loyalty_missions.ends_at
  When the mission ends for everybody; for a raffle the last moment to enter.

public.loyalty_missions.reaches_current
  False: only creators who come into its group after it was published take part.

public.loyalty_missions.target
  Minor units for sales_amount, pieces, videos, views or likes otherwise; zero for a raffle.

public.loyalty_missions.tier_id
  The one tier it is for; null for every tier.

public.loyalty_missions.version
  Counts saves: an edit that was begun before the last one is refused.

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

public.loyalty_payments
  What one creator is sent in one batch: the sum of her lines in it. Its lines follow its state.

public.loyalty_payments.account_id
  The account it goes to, which a later change of account does not touch.

public.loyalty_payments.failure_reason
  Why it failed, in words she reads.

public.loyalty_payments.reference
  What the bank or provider calls it.

public.loyalty_payments.state
  dropped: taken out of the batch before anything was sent.

public.loyalty_payout_account_secrets
  Sealed accounts, apart from their rows and read by nobody directly.

public.loyalty_payout_account_secrets.account_envelope
  AES-256-GCM envelope, bound to business, table, column and row. Null once it was replaced and is needed no more.

public.loyalty_payout_account_secrets.fingerprint_hash
  Keyed digest of the normalised account: the same account of two creators is found without opening either.

public.loyalty_payout_accounts
  Accounts creators gave for their money, the current one and former ones. Holds a hint only.

public.loyalty_payout_accounts.held_until
  No money goes to a changed account before this.

public.loyalty_payout_accounts.hint
  What may be shown of it, such as n•••@gmail.com.

public.loyalty_payout_accounts.id
  Made by the app, because the account is sealed for this row before the row is there.

public.loyalty_payout_accounts.replaced_at
  When another took its place; the sealed account is then forgotten as soon as no payment needs it.

public.loyalty_payout_batches
  Payments made together: one method, one currency. The row's id is the provider's idempotency key.

public.loyalty_payout_batches.exported_at
  When its list with accounts was last downloaded.

public.loyalty_payout_batches.provider
  by_hand: a person pays from the list. paypal: the app sends it.

public.loyalty_payout_batches.provider_message
  What the provider said last when it refused.

public.loyalty_payout_batches.provider_reference
  The provider's own id of the batch.

public.loyalty_payout_batches.total_amount
  Sum of its payments that were not dropped; checked against them every night.

public.loyalty_payouts
  The ledger of money owed to creators: a line a boost, and negative lines that take back. Amounts never change; only the state moves.

public.loyalty_payouts.amount
  Minor units; negative for a clawback.

public.loyalty_payouts.claws_back_id
  The earning a clawback takes back, in part or whole. Once each.

public.loyalty_payouts.closed_at
  When it was paid or netted.

public.loyalty_payouts.payment_id
  The payment it is part of; none while it waits.

public.loyalty_payouts.state
  netted: closed without money, because a clawback balanced it.

public.loyalty_pin_tier(p_client uuid, p_creator uuid, p_tier uuid, p_reason text)
  Fixes a tier by hand: neither the nightly pass nor a file changes it.

public.loyalty_preview_mission(p_client uuid, p_body jsonb)
  Who a mission as typed would reach now, and how many would have met its goal on past figures. Saves nothing.

public.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid)
  How many creators an audience reaches, how many would see it early, and what stands open already. Saves nothing.

public.loyalty_preview_tiers(p_client uuid, p_tiers jsonb)
  Who would rise tonight and fall at the next check if this ladder were saved. Saves nothing.

public.loyalty_raffle_draws
  The sealed list of a raffle and its draw. Written once; a second draw answers with the first.

public.loyalty_raffle_draws.commitment
  SHA-256, hex, of the seed, published when the list is sealed: the seed cannot be chosen afterwards.

public.loyalty_raffle_draws.entries_hash
  SHA-256, hex, of the sealed list: one line an entry, in the order of entry_no.

public.loyalty_raffle_draws.seed
  32 random bytes, hex, published with the draw. Null until then; kept secret beside it until drawn.

public.loyalty_raffle_draws.winners_count
  As the raffle said when its list was sealed; so are alternates_count and claim_days.

public.loyalty_raffle_entries
  Who entered a raffle and what came of it.

public.loyalty_raffle_entries.claim_until
  Until when a winner may claim; then the next alternate moves up.

public.loyalty_raffle_entries.draw_rank
  Order in which the draw named her, from one; null until drawn.

public.loyalty_raffle_entries.entry_no
  Place in the sealed list, from one; null until sealed.

public.loyalty_raffle_entries.redraw_reason
  Why staff took the prize back; null where the time to claim ran out.

public.loyalty_raffle_entries.seen_at
  When she acknowledged that she won; until then her home celebrates it.

public.loyalty_read_admin_home(p_client uuid)
  The owner's overview: creators a tier, what needs attention, moves of the week, sales of eight weeks.

public.loyalty_read_batch(p_client uuid, p_batch uuid)
  One payout batch (loyalty.payouts.read).

public.loyalty_read_celebrations(p_client uuid, p_creator uuid)
  What was fulfilled or won and not acknowledged yet, newest first. Reads only: a prefetch or a second tab loses nothing.

public.loyalty_read_creator(p_client uuid, p_creator uuid)
  Everything on one creator's page except her lists.

public.loyalty_read_data_state(p_client uuid)
  How old the figures are, for every screen that shows them.

public.loyalty_read_decision(p_client uuid, p_creator uuid)
  The latest decision about a creator that still stands.

public.loyalty_read_home(p_client uuid)
  All of the signed-in creator's home. creator is null for a person who is none.

public.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer)
  A keyset page of the ranking of the open period; with tiers for life, of everything ever sold. Equal figures share a rank. TN001 where the business shows none.

public.loyalty_read_missions(p_client uuid)
  All of the signed-in creator's missions page, most urgent first. creator is null for a person who is none.

public.loyalty_read_my_payouts(p_client uuid)
  The caller's own boosts and payouts.

public.loyalty_read_raffle(p_client uuid, p_raffle uuid)
  A raffle with its prize, the caller's entry and all that is published of its draw.

public.loyalty_read_raffle_list(p_client uuid, p_raffle uuid)
  The sealed list, byte for byte as it was hashed.

public.loyalty_read_redemption(p_client uuid, p_redemption uuid)
  One claim with its terms, gift, boost and history: for staff, or its creator.

public.loyalty_read_redemption_event(p_client uuid, p_redemption uuid)
  When a scheduled redemption runs, for its creator's calendar; null when it has no time or is not hers.

public.loyalty_read_refunds(p_client uuid, p_creator uuid, p_from date, p_to date)
  Refunds entered by hand in a span of days.

public.loyalty_read_report(p_client uuid, p_from date, p_to date)
  The report of days in the zone of the business.

public.loyalty_read_report_mails(p_client uuid)
  Everybody who may see reports, and who gets which by mail.

public.loyalty_read_reward(p_client uuid, p_reward uuid)
  One reward with its caps, offers, claims, missions and steps.

public.loyalty_read_rewards(p_client uuid)
  Everything on the signed-in creator's rewards page: each reward with her standing, and what is open.

public.loyalty_read_slots(p_client uuid, p_kind text)
  Days and times a boost or a discount may start, with the places left or the reason there is none: weekend, past, full, skipped by a clock change, or yours when a discount of hers runs then.

public.loyalty_read_tier_rewards(p_client uuid)
  Rewards of each tier the signed-in creator may know of.

public.loyalty_read_warning(p_client uuid, p_creator uuid)
  What a creator is missing to keep her tier at the coming check; null while she is safe or it is far away.

public.loyalty_read_weeks(p_client uuid, p_creator uuid, p_period_start date, p_last date)
  Sales of a creator week by week, weeks counted off from her period: at least eight, at most 26.

public.loyalty_read_work(p_client uuid, p_kinds text[], p_cursor jsonb, p_limit integer)
  A keyset page of the open work by time left, with counts a kind and the share kept on time in 30 days.

public.loyalty_redemption_codes
  The code of a gift card or credit, for its creator and for those who fulfil. Never audited, never in a mail.

public.loyalty_redemption_codes.envelope
  The code, encrypted by the app and bound to this row.

public.loyalty_redemptions
  An offer to a creator and what became of it. Terms are copied when she claims, so a later edit or demotion changes nothing for her.

public.loyalty_redemptions.calendar_sequence
  Counts changes of the schedule, for calendar files.

public.loyalty_redemptions.claim_digest
  Digest of what she sent with the claim: the same again is answered with this claim, something else is not.

public.loyalty_redemptions.due_at
  Until when the business promised to fulfil it.

public.loyalty_redemptions.is_held
  A suspicion is being looked at: nothing is fulfilled or paid until it is resolved.

public.loyalty_redemptions.offer_window
  The window the offer was opened in. One that expired is not opened again before the next; without a limit that is the next stay in the tier.

public.loyalty_redemptions.seen_at
  When she acknowledged that it was fulfilled; until then her home celebrates it.

public.loyalty_redemptions.slot_no
  Which of the limit's places within window_key this is.

public.loyalty_redemptions.source
  tier: she may claim it because of her tier. mission and raffle: she has earned it.

public.loyalty_redemptions.terms
  Name, kind, worth, rate, days and texts as they were when she claimed.

public.loyalty_redemptions.tier_stint_id
  The stay in a tier it was claimed in: limits a tier achievement are counted by it. No foreign key: an undone night removes stints, never claims.

public.loyalty_redemptions.window_key
  The window a limit is counted in: ever, stint:<id>, week:2026-11-16 or month:2026-11, in the zone of the business. Null without a limit.

public.loyalty_redemptions.withdrawn_at
  Set when a demotion took the open offer away; cleared when she is back. A claim is never withdrawn.

public.loyalty_redemptions.withdrawn_reason
  tier_change_<from rank>_to_<to rank>, paused, archived, reward_changed when its tier or tag is another now, limit_reached while her claims use it up.

public.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text)
  Draws one place again with a reason: the winner loses it, the next alternate has it.

public.loyalty_rename_creator(p_client uuid, p_creator uuid, p_handle text, p_keep_alias boolean)
  Gives a creator a new handle, keeps the old one as alias, and takes over the creator a file may have made of the new one. Returns the merged creator.

public.loyalty_report_mails
  Staff who get a report by mail when its week or month is over. The mail holds a link: the report needs a sign-in.

public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean)
  Saves a checked import (loyalty.imports.write).

public.loyalty_request_undo(p_client uuid, p_run uuid)
  Undoes the last import (loyalty.imports.write).

public.loyalty_reseal_payout_account(p_client uuid, p_account uuid, p_old text, p_sealed text)
  Stores an account sealed with the current key (loyalty.payouts.reveal).

public.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[])
  Releases a hold, or upholds it and rejects the open claims of the named creators.

public.loyalty_retry_run(p_client uuid, p_run uuid)
  Reads an import again (loyalty.imports.write).

public.loyalty_reveal_payout_account(p_client uuid, p_account uuid, p_reason text)
  Hands out a sealed account with a reason (loyalty.payouts.reveal).

public.loyalty_reward_limits
  Stock and budget of a reward with what is reserved and spent, its cost and its code. Staff only.

public.loyalty_reward_limits.budget_total
  Minor units that may be spent in all; null without a cap.

public.loyalty_reward_limits.committed_count
  Fulfilled.

public.loyalty_reward_limits.reserved_count
  Claimed and not fulfilled yet.

public.loyalty_reward_limits.stock_total
  How many there are in all; null without a cap. reserved and committed never exceed it.

public.loyalty_reward_limits.unit_cost
  What one costs the business, minor units: what a claim reserves of the budget. Boosts reserve nothing, their cost is their payout.

public.loyalty_rewards
  What creators can get: offered to a tier, or paid out by a mission.

public.loyalty_rewards.boost_bp
  Extra commission while it runs, hundredths of a percent.

public.loyalty_rewards.expires_days
  Days an offer may be claimed; null for as long as it stands.

public.loyalty_rewards.offer
  tier: creators of the tier claim it themselves. mission: a mission pays it.

public.loyalty_rewards.preview_from_tier_id
  Lower tiers from this one on see it locked; null hides it from them.

public.loyalty_rewards.quantity
  How often within one window of frequency. Null exactly when unlimited.

public.loyalty_rewards.revision
  Counts every change: an edit that was begun before the last one is refused.

public.loyalty_rewards.tag
  Only creators with this tag; null for all.

public.loyalty_rewards.tier_id
  The one tier that may claim it; null for every tier.

public.loyalty_rewards.value_amount
  What the creator gets, in minor units of loyalty_settings.currency. Zero where the worth is not money.

public.loyalty_rewards.version
  Counts changes of the terms. A claim keeps the version it was made under.

public.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[])
  Gives a creator exactly these tags, and starts the missions they bring.

public.loyalty_save_mapping(p_client uuid, p_columns jsonb)
  Stores the column mapping (loyalty.imports.write).

public.loyalty_save_mission(p_client uuid, p_mission uuid, p_body jsonb)
  Makes a mission (p_mission null) or changes one. Of a published one only words, goal of later rounds, end, order and rounds change. Answers its id.

public.loyalty_save_payout_account(p_client uuid, p_id uuid, p_method text, p_hint text, p_sealed text, p_fingerprint text)
  Stores where the caller's own money goes, sealed by the app.

public.loyalty_save_report_mails(p_client uuid, p_weekly uuid[], p_monthly uuid[])
  Says who gets the weekly and the monthly report by mail.

public.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer)
  Makes a draft (no id) or changes a reward. Claims already made keep their terms. Stock and budget never fall below what is claimed.

public.loyalty_save_source(p_client uuid, p_kind text, p_url text, p_header_name text, p_recipe jsonb, p_creates_creators boolean, p_secrets jsonb)
  Stores where files come from (loyalty.settings.write).

public.loyalty_save_tiers(p_client uuid, p_tiers jsonb)
  Saves a ladder. Lower thresholds count from tonight, higher ones from each creator's next check.

public.loyalty_seal_raffle(p_client uuid, p_raffle uuid)
  Seals the list of an ended raffle before the job does.

public.loyalty_set_creator_state(p_client uuid, p_creator uuid, p_state text)
  Archives a creator or brings her back.

public.loyalty_set_leaderboard(p_client uuid, p_shown boolean)
  Shows the caller on the leaderboard, or hides her from everybody else.

public.loyalty_settings
  The rules of one business's loyalty program: what counts, when tiers are checked, when the nightly count runs.

public.loyalty_settings.boost_capacity
  Boosts that may start on one day.

public.loyalty_settings.boost_time
  Wall-clock time at which boosts start, in the zone of the business.

public.loyalty_settings.checkpoint_months
  Length of a creator's period. A change applies from each creator's next period.

public.loyalty_settings.clearing_days
  Days after a boost ends before it is paid, so that refunds come off first.

public.loyalty_settings.currency
  Currency of every amount in this program (ISO 4217).

public.loyalty_settings.discount_capacity
  Discounts that may start in one slot of discount_slot_minutes.

public.loyalty_settings.discount_from
  Earliest start of a discount, in the zone of the business.

public.loyalty_settings.discount_to
  Latest start of a discount.

public.loyalty_settings.fall_guard_percent
  A file whose totals are lower than the stored ones by more than this share waits for a person.

public.loyalty_settings.fulfil_hours
  Hours within which an unscheduled claim is promised to be fulfilled.

public.loyalty_settings.metric
  sales counts minor units of currency, units counts pieces sold. Fixed once there are figures.

public.loyalty_settings.payout_minimum
  Smallest sum that is paid out; less waits for the next batch.

public.loyalty_settings.schedule_days_ahead
  How many days ahead a boost or discount may be scheduled, today included as day zero.

public.loyalty_settings.stale_after_hours
  Figures older than this are called old on every screen that shows them.

public.loyalty_settings.sync_time
  Wall-clock time of the nightly count in sync_time_zone.

public.loyalty_settings.tier_mode
  lifetime: everything ever sold counts and a tier is kept. checkpoint: a period of checkpoint_months counts, and a tier can fall at its end.

public.loyalty_settings.unmatched_warn_percent
  Share of rows without a known creator above which the run warns.

public.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text)
  Takes a step of a payout batch (loyalty.payouts.write).

public.loyalty_step_mission(p_client uuid, p_mission uuid, p_step text)
  Publishes, pauses, resumes, ends or archives a mission. Paused: nobody new starts, who is at it may finish. Ended: open rounds close without a reward.

public.loyalty_step_payments(p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text)
  Marks payments of a batch: paid, failed, undo, retry (loyalty.payouts.write).

public.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb)
  fulfil, ship, deliver, conclude, reject or undo. detail.from is the state the caller saw: another one is refused.

public.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb)
  The same step for many, each for itself: an array of what became of each.

public.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer)
  publish, pause, resume or archive; opens or withdraws offers in the same transaction. Claims stay as they are.

public.loyalty_sync_run_creators
  Creators a run added, so that its undo can archive those nobody has touched since.

public.loyalty_sync_run_creators.archived_at
  Set by undo: such a creator comes back to life when a later file names her.

public.loyalty_sync_run_rows
  Outcome of every row that is not simply unchanged: what it changed, or why it was left out.

public.loyalty_sync_run_rows.client_id
  The business of the run. No foreign key: the run, which the job that writes rows holds, has one, and the check of each took as long as writing the row.

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

public.loyalty_sync_run_rows.video_at
  Where a changed video lay at the check, so that saving finds it without an index.

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

public.loyalty_video_snapshots.client_id
  The business of the video, which has the foreign key; see video_id.

public.loyalty_video_snapshots.creator_id
  The video's creator, copied so that a period is one index range.

public.loyalty_video_snapshots.gmv
  Cumulative sales after that day, minor units.

public.loyalty_video_snapshots.gmv_delta
  Movement of sales on that day; negative after refunds or corrections.

public.loyalty_video_snapshots.is_opening
  History from before the video was first seen, dated when it was posted.

public.loyalty_video_snapshots.video_id
  The video. No foreign key: a snapshot is written from the video the same statement wrote, and the save counts that it found every one; checking each row again took longer than writing it.

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

public.people_end_view(p_client uuid)
  Ends the caller's open view in a business.

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

public.people_start_view(p_client uuid, p_person uuid, p_reason text)
  Begins to look as a member, read-only, for a quarter of an hour. Answers with the id to send as x-view-as.

public.people_views
  Who of the staff looked at the app as which member, when and why. While it lasts, requests that carry its id see what the member sees and cannot write.

public.people_views.expires_at
  A quarter of an hour after the start; it cannot be lengthened, only begun again.

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
