-- Loyalty: missions, and where each creator stands in them.

-- tables
create table public.loyalty_missions (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  kind text not null,
  name text not null,
  description text not null default '',
  target bigint not null default 0,
  reward_id uuid not null,
  tier_id uuid,
  tag text,
  preview_from_tier_id uuid,
  counts_from text not null default 'publish',
  reaches_current boolean not null default true,
  is_recurring boolean not null default false,
  cooldown_days integer not null default 0,
  max_cycles integer,
  days_to_finish integer,
  ends_at timestamptz,
  winners_count integer,
  alternates_count integer not null default 0,
  claim_days integer,
  display_order integer not null default 100,
  state text not null default 'draft',
  version integer not null default 1,
  published_at timestamptz,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_missions_client_id_id_key unique (client_id, id),
  constraint loyalty_missions_reward_id_fkey foreign key (client_id, reward_id) references public.loyalty_rewards (client_id, id),
  constraint loyalty_missions_tier_id_fkey foreign key (client_id, tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_missions_preview_from_tier_id_fkey foreign key (client_id, preview_from_tier_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_missions_kind_check check (kind in ('sales_amount', 'sales_units', 'videos', 'views', 'likes', 'raffle')),
  constraint loyalty_missions_name_check check (char_length(btrim(name)) between 2 and 60),
  constraint loyalty_missions_description_check check (char_length(description) <= 500),
  constraint loyalty_missions_tag_check check (tag ~ '^[a-z0-9][a-z0-9-]{0,29}$'),
  constraint loyalty_missions_target_check check (case when kind = 'raffle' then target = 0 else target between 1 and 100000000000 end),
  constraint loyalty_missions_counts_from_check check (counts_from in ('publish', 'checkpoint', 'joining')),
  constraint loyalty_missions_cycles_check check (
    (is_recurring or (max_cycles is null and cooldown_days = 0)) and (max_cycles is null or max_cycles between 2 and 100)
    and cooldown_days between 0 and 365 and (not is_recurring or kind <> 'raffle')),
  constraint loyalty_missions_days_to_finish_check check (days_to_finish between 1 and 365),
  constraint loyalty_missions_raffle_check check (
    case when kind = 'raffle' then ends_at is not null and winners_count is not null and winners_count between 1 and 1000
      and alternates_count between 0 and 1000 and claim_days is not null and claim_days between 1 and 60 and not is_recurring
    else winners_count is null and alternates_count = 0 and claim_days is null end),
  constraint loyalty_missions_preview_check check (preview_from_tier_id is null or tier_id is not null),
  constraint loyalty_missions_state_check check (state in ('draft', 'published', 'paused', 'ended', 'archived')),
  constraint loyalty_missions_published_at_check check ((state = 'draft') = (published_at is null) or state = 'archived')
);

create table public.loyalty_mission_progress (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_mission_progress_client_id_fkey references public.clients (id),
  mission_id uuid not null,
  creator_id uuid not null,
  kind text not null,
  cycle_no integer not null default 1,
  state text not null default 'dormant',
  tier_id uuid not null,
  target bigint not null,
  value bigint not null default 0,
  start_on date not null,
  counts_from_on date,
  counts_all boolean not null default false,
  due_on date,
  started_at timestamptz,
  completed_on date,
  completed_at timestamptz,
  closed_at timestamptz,
  figures_at timestamptz,
  created_at timestamptz not null default now(),
  constraint loyalty_mission_progress_client_id_id_key unique (client_id, id),
  -- The cycle belongs to the key: without it the second round of a recurring mission would collide with the first.
  constraint loyalty_mission_progress_cycle_key unique (client_id, mission_id, creator_id, cycle_no),
  constraint loyalty_mission_progress_mission_id_fkey foreign key (client_id, mission_id)
    references public.loyalty_missions (client_id, id),
  constraint loyalty_mission_progress_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_mission_progress_tier_id_fkey foreign key (client_id, tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_mission_progress_kind_check check (kind in ('sales_amount', 'sales_units', 'videos', 'views', 'likes', 'raffle')),
  constraint loyalty_mission_progress_state_check check (state in ('dormant', 'active', 'completed', 'missed')),
  constraint loyalty_mission_progress_cycle_no_check check (cycle_no >= 1),
  constraint loyalty_mission_progress_due_on_check check (due_on is null or due_on >= start_on),
  constraint loyalty_mission_progress_started_check check (
    (state = 'dormant') = (started_at is null) and (state = 'dormant' or counts_from_on is not null)),
  constraint loyalty_mission_progress_completed_check check (
    (state = 'completed') = (completed_at is not null) and (state = 'completed') = (completed_on is not null)),
  constraint loyalty_mission_progress_closed_check check ((state = 'missed') = (closed_at is not null))
) with (fillfactor = 50);

-- indexes
create index loyalty_missions_client_id_state_idx on public.loyalty_missions (client_id, state, display_order, id);
create index loyalty_missions_reward_id_idx on public.loyalty_missions (client_id, reward_id);
create index loyalty_missions_tier_id_idx on public.loyalty_missions (client_id, tier_id);
create index loyalty_missions_preview_from_tier_id_idx on public.loyalty_missions (client_id, preview_from_tier_id);
-- One mission of a kind at a time: the next of its kind starts when the last one's reward is fulfilled.
create unique index loyalty_mission_progress_active_key on public.loyalty_mission_progress (client_id, creator_id, kind)
  where state = 'active' and kind <> 'raffle';
create index loyalty_mission_progress_creator_id_idx on public.loyalty_mission_progress (client_id, creator_id, state);
create index loyalty_mission_progress_tier_id_idx on public.loyalty_mission_progress (client_id, tier_id);
-- Value is in none of these: the nightly update of everybody's value stays on its page.
create index loyalty_mission_progress_mission_id_idx on public.loyalty_mission_progress (client_id, mission_id, state);
create index loyalty_mission_progress_due_on_idx on public.loyalty_mission_progress (client_id, due_on)
  where state = 'active' and due_on is not null;

-- functions
create function private.my_missions() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
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
end $$;

create function private.tg_loyalty_missions__guard() returns trigger
language plpgsql security definer set search_path = '' as $$
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
end $$;

create function private.tg_loyalty_mission_progress__keep_terms() returns trigger
language plpgsql set search_path = '' as $$
begin
  if (new.tier_id, new.target, new.start_on, new.counts_from_on, new.counts_all, new.started_at) is distinct from
     (old.tier_id, old.target, old.start_on, old.counts_from_on, old.counts_all, old.started_at) then
    raise exception using errcode = 'ST001', message = 'What a round began under stays as it is.';
  end if;
  return new;
end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_missions for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_missions
  for each row execute function private.tg__immutable('id', 'client_id', 'kind', 'created_at', 'created_by');
create trigger t25_guard before insert or update on public.loyalty_missions
  for each row execute function private.tg_loyalty_missions__guard();
create trigger t30_transition before insert or update of state on public.loyalty_missions
  for each row execute function private.tg__guard_transition('loyalty_missions', 'state');
create trigger t80_audit_insert after insert on public.loyalty_missions
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_missions
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t20_immutable before update of id, client_id, mission_id, creator_id, kind, cycle_no, created_at
  on public.loyalty_mission_progress for each row
  execute function private.tg__immutable('id', 'client_id', 'mission_id', 'kind', 'cycle_no', 'created_at');
-- On named columns: the nightly update of everybody's value fires none of them.
create trigger t25_keep_terms before update of tier_id, target, start_on, counts_from_on, counts_all, started_at
  on public.loyalty_mission_progress for each row when (old.state <> 'dormant')
  execute function private.tg_loyalty_mission_progress__keep_terms();
create trigger t30_transition before insert or update of state on public.loyalty_mission_progress
  for each row execute function private.tg__guard_transition('loyalty_mission_progress', 'state', 'births_as_a_set');
create trigger t31_births after insert on public.loyalty_mission_progress
  referencing new table as new_rows for each statement execute function private.tg__record_births('loyalty_mission_progress');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_missions', null, 'draft', null),
  ('loyalty_missions', 'draft', 'published', 'loyalty.missions.write'),
  ('loyalty_missions', 'published', 'paused', 'loyalty.missions.write'),
  ('loyalty_missions', 'paused', 'published', 'loyalty.missions.write'),
  ('loyalty_missions', 'published', 'ended', null),
  ('loyalty_missions', 'paused', 'ended', null),
  ('loyalty_missions', 'draft', 'archived', 'loyalty.missions.write'),
  ('loyalty_missions', 'ended', 'archived', 'loyalty.missions.write'),
  ('loyalty_mission_progress', null, 'dormant', null),
  ('loyalty_mission_progress', null, 'active', null),
  ('loyalty_mission_progress', 'dormant', 'active', null),
  ('loyalty_mission_progress', 'active', 'completed', null),
  ('loyalty_mission_progress', 'active', 'missed', null),
  -- A late file: what was closed had been reached after all.
  ('loyalty_mission_progress', 'missed', 'completed', null),
  -- A file taken back: what was reached was not, and nobody has claimed its reward.
  ('loyalty_mission_progress', 'completed', 'active', null),
  ('loyalty_mission_progress', 'completed', 'missed', null);

-- rls
alter table public.loyalty_missions enable row level security;
alter table public.loyalty_missions force row level security;
create policy loyalty_missions_select on public.loyalty_missions for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when id = any ((select private.my_missions())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.missions.read'))::uuid[]) end);
alter table public.loyalty_mission_progress enable row level security;
alter table public.loyalty_mission_progress force row level security;
create policy loyalty_mission_progress_select on public.loyalty_mission_progress for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.missions.read'))::uuid[]) end);

-- grants: written by listed functions and the nightly run only
revoke all on public.loyalty_missions, public.loyalty_mission_progress from anon, authenticated, service_role;
grant select on public.loyalty_missions, public.loyalty_mission_progress to authenticated, service_role;
revoke all on function private.my_missions(), private.tg_loyalty_missions__guard(), private.tg_loyalty_mission_progress__keep_terms() from public;
grant execute on function private.my_missions() to authenticated, service_role;

-- comments
comment on table public.loyalty_missions is 'Goals the business sets its creators, each with the reward it pays. A raffle is a mission one enters.';
comment on column public.loyalty_missions.target is 'Minor units for sales_amount, pieces, videos, views or likes otherwise; zero for a raffle.';
comment on column public.loyalty_missions.tier_id is 'The one tier it is for; null for every tier.';
comment on column public.loyalty_missions.counts_from is 'What counts from the start: publish (the day it was published, or the day she was reached), checkpoint (her open period), joining (all she ever did).';
comment on column public.loyalty_missions.reaches_current is 'False: only creators who come into its group after it was published take part.';
comment on column public.loyalty_missions.version is 'Counts saves: an edit that was begun before the last one is refused.';
comment on column public.loyalty_missions.cooldown_days is 'Days between the end of one round and the next.';
comment on column public.loyalty_missions.days_to_finish is 'Days a creator has from her start; null without a limit.';
comment on column public.loyalty_missions.ends_at is 'When the mission ends for everybody; for a raffle the last moment to enter.';
comment on column public.loyalty_missions.claim_days is 'Days a winner has to claim before an alternate moves up.';
comment on table public.loyalty_mission_progress is 'One round of one creator in one mission. Tier and target are those of its start: a later demotion or edit does not take it away.';
comment on column public.loyalty_mission_progress.kind is 'Copy of the mission''s kind, so that one active mission a kind is a unique index.';
comment on column public.loyalty_mission_progress.start_on is 'Business date the round began on; of a dormant one the earliest it can. Taken from the data and not from the clock, so that a missed night changes nothing.';
comment on column public.loyalty_mission_progress.counts_from_on is 'First business date that counts.';
comment on column public.loyalty_mission_progress.counts_all is 'Everything she ever did counts, also from before counts_from_on.';
comment on column public.loyalty_mission_progress.due_on is 'Last business date that counts; null without a limit.';
comment on column public.loyalty_mission_progress.completed_on is 'Business date on which the target was reached.';
comment on column public.loyalty_mission_progress.figures_at is 'When value last moved.';
comment on function private.my_missions() is 'Ids of missions the signed-in creator may see: hers, for her tier, or shown early. For policies.';
comment on function private.tg_loyalty_mission_progress__keep_terms() is 'Keeps tier, goal and days of a round as they were when it began, whatever becomes of the mission or of her tier.';
comment on function private.tg_loyalty_missions__guard() is 'Keeps the goal in the metric of the business, the reward one made for missions and the early showing below the tier.';
