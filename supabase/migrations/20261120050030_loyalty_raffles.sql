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
  seed text,
  drawn_at timestamptz,
  drawn_by uuid,
  created_at timestamptz not null default now(),
  constraint loyalty_raffle_draws_client_id_id_key unique (client_id, id),
  constraint loyalty_raffle_draws_mission_id_key unique (client_id, mission_id),
  constraint loyalty_raffle_draws_mission_id_fkey foreign key (client_id, mission_id)
    references public.loyalty_missions (client_id, id),
  constraint loyalty_raffle_draws_hash_check check (entries_hash ~ '^[0-9a-f]{64}$' and commitment ~ '^[0-9a-f]{64}$'),
  constraint loyalty_raffle_draws_drawn_check check ((drawn_at is null) = (seed is null) and (seed is null or seed ~ '^[0-9a-f]{64}$'))
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
  constraint loyalty_raffle_entries_redraw_reason_check check (char_length(btrim(redraw_reason)) between 3 and 300)
);

-- indexes
create index loyalty_raffle_entries_creator_id_idx on public.loyalty_raffle_entries (client_id, creator_id, entered_at);
create index loyalty_raffle_entries_state_idx on public.loyalty_raffle_entries (client_id, mission_id, state, draw_rank);

-- triggers
create trigger t20_immutable before update on public.loyalty_raffle_draws
  for each row execute function private.tg__immutable('id', 'client_id', 'mission_id', 'sealed_at', 'entries_count', 'entries_hash',
    'commitment', 'created_at');
create trigger t20_immutable before update on public.loyalty_raffle_entries
  for each row execute function private.tg__immutable('id', 'client_id', 'mission_id', 'entered_at');
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
grant select on public.loyalty_raffle_draws, public.loyalty_raffle_entries to authenticated, service_role;

-- comments
comment on table public.loyalty_raffle_draws is 'The sealed list of a raffle and its draw. Written once; a second draw answers with the first.';
comment on column public.loyalty_raffle_draws.entries_hash is 'SHA-256, hex, of the sealed list: one line an entry, in the order of entry_no.';
comment on column public.loyalty_raffle_draws.commitment is 'SHA-256, hex, of the seed, published when the list is sealed: the seed cannot be chosen afterwards.';
comment on column public.loyalty_raffle_draws.seed is '32 random bytes, hex, published with the draw. Null until then; kept secret beside it until drawn.';
comment on table public.loyalty_raffle_entries is 'Who entered a raffle and what came of it.';
comment on column public.loyalty_raffle_entries.entry_no is 'Place in the sealed list, from one; null until sealed.';
comment on column public.loyalty_raffle_entries.draw_rank is 'Order in which the draw named her, from one; null until drawn.';
