-- Loyalty: raffles. Entries, the sealed list, the draw and who won; anyone can compute the draw again.

-- tables
create table public.loyalty_raffle_draws (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_raffle_draws_client_id_fkey references public.clients (id),
  mission_id uuid not null,
  sealed_at timestamptz not null,
  entries_count integer not null,
  entries_hash text not null,
  commitment text not null,
  winners_count integer not null,
  alternates_count integer not null,
  claim_days integer not null,
  seed text,
  drawn_at timestamptz,
  drawn_by uuid,
  created_at timestamptz not null default now(),
  constraint loyalty_raffle_draws_client_id_id_key unique (client_id, id),
  constraint loyalty_raffle_draws_mission_id_key unique (client_id, mission_id),
  constraint loyalty_raffle_draws_mission_id_fkey foreign key (client_id, mission_id)
    references public.loyalty_missions (client_id, id),
  constraint loyalty_raffle_draws_counts_check check (
    entries_count >= 0 and winners_count between 1 and 1000 and alternates_count between 0 and 1000 and claim_days between 1 and 60),
  constraint loyalty_raffle_draws_hash_check check (entries_hash ~ '^[0-9a-f]{64}$' and commitment ~ '^[0-9a-f]{64}$'),
  constraint loyalty_raffle_draws_drawn_check check ((drawn_at is null) = (seed is null) and (seed is null or seed ~ '^[0-9a-f]{64}$'))
);

-- Apart from what is published: until the draw nobody may read the seed, staff included.
create table private.loyalty_raffle_seeds (
  client_id uuid not null constraint loyalty_raffle_seeds_client_id_fkey references public.clients (id),
  draw_id uuid not null,
  seed text not null,
  constraint loyalty_raffle_seeds_pkey primary key (client_id, draw_id),
  constraint loyalty_raffle_seeds_draw_id_fkey foreign key (client_id, draw_id)
    references public.loyalty_raffle_draws (client_id, id) on delete cascade,
  constraint loyalty_raffle_seeds_seed_check check (seed ~ '^[0-9a-f]{64}$')
);

create table public.loyalty_raffle_entries (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_raffle_entries_client_id_fkey references public.clients (id),
  mission_id uuid not null,
  creator_id uuid not null,
  entry_no integer,
  draw_rank integer,
  state text not null default 'entered',
  claim_until timestamptz,
  redraw_reason text,
  lost_by text,
  lost_at timestamptz,
  moved_up_for uuid,
  seen_at timestamptz,
  entered_at timestamptz not null default now(),
  constraint loyalty_raffle_entries_client_id_id_key unique (client_id, id),
  constraint loyalty_raffle_entries_creator_key unique (client_id, mission_id, creator_id),
  constraint loyalty_raffle_entries_entry_no_key unique (client_id, mission_id, entry_no),
  constraint loyalty_raffle_entries_draw_rank_key unique (client_id, mission_id, draw_rank),
  constraint loyalty_raffle_entries_mission_id_fkey foreign key (client_id, mission_id)
    references public.loyalty_missions (client_id, id),
  constraint loyalty_raffle_entries_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_raffle_entries_state_check check (state in ('entered', 'withdrawn', 'won', 'alternate', 'lost', 'forfeited')),
  constraint loyalty_raffle_entries_redraw_reason_check check (char_length(btrim(redraw_reason)) between 3 and 300),
  constraint loyalty_raffle_entries_lost_check check (
    (state = 'forfeited') = (lost_by is not null) and (state = 'forfeited') = (lost_at is not null)
    and lost_by in ('not_claimed', 'rejected', 'drawn_again')
    -- What people did has a reason; what the clock did has none.
    and (redraw_reason is not null) = coalesce(lost_by <> 'not_claimed', false)),
  -- A prize that was taken back goes to one creator, once.
  constraint loyalty_raffle_entries_moved_up_for_key unique (client_id, moved_up_for),
  constraint loyalty_raffle_entries_moved_up_for_fkey foreign key (client_id, moved_up_for)
    references public.loyalty_raffle_entries (client_id, id),
  constraint loyalty_raffle_entries_moved_up_check check (moved_up_for is null or state in ('won', 'forfeited'))
);

-- indexes
create index loyalty_raffle_entries_creator_id_idx on public.loyalty_raffle_entries (client_id, creator_id, entered_at);
create index loyalty_raffle_entries_state_idx on public.loyalty_raffle_entries (client_id, mission_id, state, draw_rank);

-- functions
create function private.tg_loyalty_raffle_draws__once() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'ST003', message = 'This raffle has been drawn. Its result stays as it is.';
end $$;

create function private.tg_loyalty_raffle_entries__sealed() returns trigger
language plpgsql security definer set search_path = '' as $$
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
end $$;

-- triggers
create trigger t20_immutable before update on public.loyalty_raffle_draws
  for each row execute function private.tg__immutable('id', 'client_id', 'mission_id', 'sealed_at', 'entries_count', 'entries_hash',
    'commitment', 'winners_count', 'alternates_count', 'claim_days', 'created_at');
create trigger t25_once before update on public.loyalty_raffle_draws
  for each row when (old.drawn_at is not null) execute function private.tg_loyalty_raffle_draws__once();
create trigger t20_immutable before update on public.loyalty_raffle_entries
  for each row execute function private.tg__immutable('id', 'client_id', 'mission_id', 'entered_at');
create trigger t35_sealed before insert or update of state, entry_no, draw_rank on public.loyalty_raffle_entries
  for each row execute function private.tg_loyalty_raffle_entries__sealed();
create trigger t30_transition before insert or update of state on public.loyalty_raffle_entries
  for each row execute function private.tg__guard_transition('loyalty_raffle_entries', 'state');
create trigger t80_audit_insert after insert on public.loyalty_raffle_draws
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_raffle_draws
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_raffle_entries', null, 'entered', null),
  ('loyalty_raffle_entries', 'entered', 'withdrawn', null),
  ('loyalty_raffle_entries', 'withdrawn', 'entered', null),
  ('loyalty_raffle_entries', 'entered', 'won', null),
  ('loyalty_raffle_entries', 'entered', 'alternate', null),
  ('loyalty_raffle_entries', 'entered', 'lost', null),
  ('loyalty_raffle_entries', 'alternate', 'won', null),
  ('loyalty_raffle_entries', 'alternate', 'lost', null),
  ('loyalty_raffle_entries', 'won', 'forfeited', null);

-- rls
alter table public.loyalty_raffle_draws enable row level security;
alter table public.loyalty_raffle_draws force row level security;
create policy loyalty_raffle_draws_select on public.loyalty_raffle_draws for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when mission_id = any ((select private.my_missions())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.missions.read'))::uuid[]) end);
alter table public.loyalty_raffle_entries enable row level security;
alter table public.loyalty_raffle_entries force row level security;
create policy loyalty_raffle_entries_select on public.loyalty_raffle_entries for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.missions.read'))::uuid[]) end);

-- grants: written by listed functions only
revoke all on public.loyalty_raffle_draws, public.loyalty_raffle_entries from anon, authenticated, service_role;
revoke all on private.loyalty_raffle_seeds from anon, authenticated, service_role;
grant select on public.loyalty_raffle_draws, public.loyalty_raffle_entries to authenticated, service_role;
revoke all on function private.tg_loyalty_raffle_draws__once(), private.tg_loyalty_raffle_entries__sealed() from public;

-- comments
comment on table public.loyalty_raffle_draws is 'The sealed list of a raffle and its draw. Written once; a second draw answers with the first.';
comment on column public.loyalty_raffle_draws.entries_hash is 'SHA-256, hex, of the sealed list: one line an entry, in the order of entry_no.';
comment on column public.loyalty_raffle_draws.commitment is 'SHA-256, hex, of the seed, published when the list is sealed: the seed cannot be chosen afterwards.';
comment on column public.loyalty_raffle_draws.seed is '32 random bytes, hex, published with the draw. Null until then; kept secret beside it until drawn.';
comment on column public.loyalty_raffle_draws.winners_count is 'As the raffle said when its list was sealed; so are alternates_count and claim_days.';
comment on table private.loyalty_raffle_seeds is 'The seed of a sealed raffle until it is drawn; then it is published and this row goes.';
comment on table public.loyalty_raffle_entries is 'Who entered a raffle and what came of it.';
comment on column public.loyalty_raffle_entries.entry_no is 'Place in the sealed list, from one; null until sealed.';
comment on column public.loyalty_raffle_entries.draw_rank is 'Order in which the draw named her, from one; null until drawn.';
comment on column public.loyalty_raffle_entries.claim_until is 'Until when a winner may claim; then the next alternate moves up.';
comment on column public.loyalty_raffle_entries.redraw_reason is 'Why staff took the prize back; null where the time to claim ran out.';
comment on column public.loyalty_raffle_entries.lost_by is 'How she lost a prize: not_claimed in time, her claim was rejected, or the place was drawn again before she claimed. Published; the reason in words is not.';
comment on column public.loyalty_raffle_entries.moved_up_for is 'The entry whose prize she has, when she was an alternate.';
comment on column public.loyalty_raffle_entries.seen_at is 'When she acknowledged that she won; until then her home celebrates it.';
comment on function private.tg_loyalty_raffle_draws__once() is 'Keeps a drawn raffle as it is.';
comment on function private.tg_loyalty_raffle_entries__sealed() is 'Lets nobody in or out of a sealed list, and keeps its numbers and ranks.';
