-- Loyalty: what the nightly pass decided. Decisions say why, stints say when a tier was held, checkpoints close periods.

-- tables
create table public.loyalty_tier_decisions (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  run_id uuid,
  business_date date not null,
  rule text not null,
  from_tier_id uuid,
  to_tier_id uuid not null,
  from_name text,
  to_name text not null,
  metric text not null,
  value bigint not null,
  threshold bigint not null,
  period_start date,
  period_end date,
  sales_part bigint not null default 0,
  adjustments_part bigint not null default 0,
  detail jsonb not null default '{}',
  decided_by uuid,
  undone_at timestamptz,
  seen_at timestamptz,
  created_at timestamptz not null default now(),
  constraint loyalty_tier_decisions_client_id_id_key unique (client_id, id),
  constraint loyalty_tier_decisions_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_tier_decisions_from_tier_id_fkey foreign key (client_id, from_tier_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_tier_decisions_to_tier_id_fkey foreign key (client_id, to_tier_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_tier_decisions_rule_check check (
    rule in ('entry', 'promotion', 'maintained', 'demotion', 'pinned', 'unpinned', 'settings', 'undone')),
  constraint loyalty_tier_decisions_metric_check check (metric in ('sales', 'units')),
  constraint loyalty_tier_decisions_parts_check check (value = sales_part + adjustments_part),
  constraint loyalty_tier_decisions_period_check check (period_end is null or period_start < period_end)
);

create table public.loyalty_tier_stints (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  tier_id uuid not null,
  decision_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint loyalty_tier_stints_client_id_id_key unique (client_id, id),
  constraint loyalty_tier_stints_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_tier_stints_tier_id_fkey foreign key (client_id, tier_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_tier_stints_decision_id_fkey foreign key (client_id, decision_id)
    references public.loyalty_tier_decisions (client_id, id) on delete cascade,
  constraint loyalty_tier_stints_ended_at_check check (ended_at is null or ended_at >= started_at)
);

create table public.loyalty_tier_checkpoints (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  decision_id uuid not null,
  period_start date not null,
  period_end date not null,
  outcome text not null,
  metric text not null,
  value bigint not null,
  required bigint not null,
  tier_before_id uuid not null,
  tier_after_id uuid not null,
  undone_at timestamptz,
  created_at timestamptz not null default now(),
  constraint loyalty_tier_checkpoints_client_id_id_key unique (client_id, id),
  constraint loyalty_tier_checkpoints_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_tier_checkpoints_decision_id_fkey foreign key (client_id, decision_id)
    references public.loyalty_tier_decisions (client_id, id) on delete cascade,
  constraint loyalty_tier_checkpoints_tier_before_id_fkey foreign key (client_id, tier_before_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_tier_checkpoints_tier_after_id_fkey foreign key (client_id, tier_after_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_tier_checkpoints_outcome_check check (outcome in ('maintained', 'promoted', 'demoted', 'exempt')),
  constraint loyalty_tier_checkpoints_metric_check check (metric in ('sales', 'units')),
  constraint loyalty_tier_checkpoints_period_check check (period_start < period_end)
);

-- indexes
create index loyalty_tier_decisions_creator_id_idx on public.loyalty_tier_decisions (client_id, creator_id, seq);
create index loyalty_tier_decisions_run_id_idx on public.loyalty_tier_decisions (client_id, run_id) where run_id is not null;
create index loyalty_tier_decisions_business_date_idx on public.loyalty_tier_decisions (client_id, business_date, rule);
create index loyalty_tier_decisions_from_tier_id_idx on public.loyalty_tier_decisions (client_id, from_tier_id);
create index loyalty_tier_decisions_to_tier_id_idx on public.loyalty_tier_decisions (client_id, to_tier_id);
create unique index loyalty_tier_stints_open_key on public.loyalty_tier_stints (client_id, creator_id) where ended_at is null;
create index loyalty_tier_stints_creator_id_idx on public.loyalty_tier_stints (client_id, creator_id, started_at);
create index loyalty_tier_stints_tier_id_idx on public.loyalty_tier_stints (client_id, tier_id);
create index loyalty_tier_stints_decision_id_idx on public.loyalty_tier_stints (client_id, decision_id);
create unique index loyalty_tier_checkpoints_period_key on public.loyalty_tier_checkpoints (client_id, creator_id, period_end, undone_at)
  nulls not distinct;
create index loyalty_tier_checkpoints_decision_id_idx on public.loyalty_tier_checkpoints (client_id, decision_id);
create index loyalty_tier_checkpoints_tier_before_id_idx on public.loyalty_tier_checkpoints (client_id, tier_before_id);
create index loyalty_tier_checkpoints_tier_after_id_idx on public.loyalty_tier_checkpoints (client_id, tier_after_id);

-- rls
alter table public.loyalty_tier_decisions enable row level security;
alter table public.loyalty_tier_decisions force row level security;
alter table public.loyalty_tier_stints enable row level security;
alter table public.loyalty_tier_stints force row level security;
alter table public.loyalty_tier_checkpoints enable row level security;
alter table public.loyalty_tier_checkpoints force row level security;
create policy loyalty_tier_decisions_select on public.loyalty_tier_decisions for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);
create policy loyalty_tier_stints_select on public.loyalty_tier_stints for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);
create policy loyalty_tier_checkpoints_select on public.loyalty_tier_checkpoints for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);

-- grants: written by the pass and by listed functions only
revoke all on public.loyalty_tier_decisions, public.loyalty_tier_stints, public.loyalty_tier_checkpoints
  from anon, authenticated, service_role;
grant select on public.loyalty_tier_decisions, public.loyalty_tier_stints, public.loyalty_tier_checkpoints
  to authenticated, service_role;

-- comments
comment on table public.loyalty_tier_decisions is 'Why a creator is in her tier: one row a decision, with the rule, the figures, the threshold, the period and the run.';
comment on column public.loyalty_tier_decisions.rule is 'entry, promotion, maintained, demotion at a check, pinned and unpinned by a person, settings when the ladder changed, undone with an import.';
comment on column public.loyalty_tier_decisions.seq is 'Order in which decisions were taken; two of one night share their time.';
comment on column public.loyalty_tier_decisions.from_name is 'Name of the tier at the time, so that a later rename does not rewrite history.';
comment on column public.loyalty_tier_decisions.value is 'The figure that was judged, in metric: sales_part plus adjustments_part.';
comment on column public.loyalty_tier_decisions.threshold is 'Where to_tier started when this was decided.';
comment on column public.loyalty_tier_decisions.period_start is 'First day counted; null when everything ever sold was counted.';
comment on column public.loyalty_tier_decisions.period_end is 'First day not counted.';
comment on column public.loyalty_tier_decisions.detail is 'Counted rows (days, videos, adjustments), refunds, the tier a miss fell short of, and the state before, for undo.';
comment on column public.loyalty_tier_decisions.decided_by is 'The login of a person''s decision; null for the nightly pass.';
comment on column public.loyalty_tier_decisions.undone_at is 'Set when the import that led to it was undone.';
comment on column public.loyalty_tier_decisions.seen_at is 'When she acknowledged that she rose; until then her home celebrates it.';
comment on table public.loyalty_tier_stints is 'Time a creator spent in a tier. One is open per creator; each starts where the one before ended.';
comment on table public.loyalty_tier_checkpoints is 'Ends of periods: what was sold, what the tier asked, and what came of it. exempt is the entry tier, where only the count starts again.';
comment on column public.loyalty_tier_checkpoints.period_end is 'First day not counted.';
