-- Loyalty: redemptions. What a creator was offered, claimed and got, under the terms of the moment she claimed.

-- tables
create table public.loyalty_redemptions (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_redemptions_client_id_fkey references public.clients (id),
  creator_id uuid not null,
  reward_id uuid not null,
  kind text not null,
  source text not null default 'tier',
  mission_progress_id uuid,
  raffle_entry_id uuid,
  state text not null default 'claimable',
  offered_at timestamptz not null default now(),
  offer_window text,
  claim_until timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  tier_id uuid,
  tier_stint_id uuid,
  window_key text,
  slot_no integer,
  claim_digest text,
  reward_version integer,
  terms jsonb not null default '{}',
  value_amount bigint not null default 0,
  cost_amount bigint not null default 0,
  scheduled_at timestamptz,
  ends_at timestamptz,
  claimed_at timestamptz,
  due_at timestamptz,
  fulfilled_at timestamptz,
  fulfilled_by uuid,
  fulfil_note text,
  fulfil_reference text,
  concluded_at timestamptz,
  rejected_at timestamptz,
  rejection_reason text,
  expired_at timestamptz,
  seen_at timestamptz,
  is_held boolean not null default false,
  is_reserved boolean not null default false,
  calendar_sequence integer not null default 0,
  moved_from timestamptz,
  moved_at timestamptz,
  moved_by uuid,
  move_reason text,
  updated_at timestamptz not null default now(),
  constraint loyalty_redemptions_client_id_id_key unique (client_id, id),
  constraint loyalty_redemptions_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_redemptions_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_redemptions_reward_id_fkey foreign key (client_id, reward_id) references public.loyalty_rewards (client_id, id),
  constraint loyalty_redemptions_mission_progress_id_fkey foreign key (client_id, mission_progress_id)
    references public.loyalty_mission_progress (client_id, id),
  constraint loyalty_redemptions_raffle_entry_id_fkey foreign key (client_id, raffle_entry_id)
    references public.loyalty_raffle_entries (client_id, id),
  constraint loyalty_redemptions_tier_id_fkey foreign key (client_id, tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_redemptions_kind_check check (
    kind in ('gift_card', 'ads_credit', 'physical_gift', 'experience', 'commission_boost', 'discount')),
  constraint loyalty_redemptions_source_check check (
    (source = 'tier' and mission_progress_id is null and raffle_entry_id is null)
    or (source = 'mission' and mission_progress_id is not null and raffle_entry_id is null)
    or (source = 'raffle' and raffle_entry_id is not null and mission_progress_id is null)),
  constraint loyalty_redemptions_state_check check (state in ('claimable', 'claimed', 'fulfilled', 'concluded', 'rejected', 'expired')),
  constraint loyalty_redemptions_withdrawn_check check (
    (withdrawn_at is null) = (withdrawn_reason is null) and (withdrawn_at is null or state = 'claimable')),
  constraint loyalty_redemptions_claimed_check check (
    (state in ('claimed', 'fulfilled', 'concluded', 'rejected')) = (claimed_at is not null)
    and (claimed_at is null or (terms <> '{}' and reward_version is not null and tier_id is not null))),
  constraint loyalty_redemptions_fulfilled_check check ((state in ('fulfilled', 'concluded')) = (fulfilled_at is not null)),
  constraint loyalty_redemptions_concluded_check check ((state = 'concluded') = (concluded_at is not null)),
  constraint loyalty_redemptions_rejected_check check (
    (state = 'rejected') = (rejected_at is not null) and (state = 'rejected') = (rejection_reason is not null)),
  constraint loyalty_redemptions_expired_check check ((state = 'expired') = (expired_at is not null)),
  constraint loyalty_redemptions_scheduled_check check (
    claimed_at is null or kind not in ('commission_boost', 'discount') or (scheduled_at is not null and ends_at is not null and ends_at > scheduled_at)),
  constraint loyalty_redemptions_reserved_check check (
    not is_reserved or (source <> 'tier' and state = 'claimable' and withdrawn_at is null)),
  constraint loyalty_redemptions_moved_check check (
    (moved_from is null) = (moved_at is null) and (moved_from is null) = (move_reason is null)
    and (moved_from is null or (scheduled_at is not null and char_length(move_reason) between 3 and 300))),
  constraint loyalty_redemptions_slot_no_check check ((window_key is null) = (slot_no is null) and slot_no between 1 and 10),
  -- Two discounts of hers never run at once, whoever plans the second.
  constraint loyalty_redemptions_discounts_excl exclude using gist
    (client_id with =, creator_id with =, tstzrange(scheduled_at, ends_at) with &&)
    where (kind = 'discount' and state in ('claimed', 'fulfilled')),
  constraint loyalty_redemptions_amounts_check check (value_amount >= 0 and cost_amount >= 0),
  constraint loyalty_redemptions_texts_check check (
    char_length(rejection_reason) between 3 and 300 and char_length(fulfil_note) <= 500 and char_length(fulfil_reference) <= 200)
) with (fillfactor = 80);

-- indexes
-- A second click, tab or phone meets the first claim here, whatever the time between them.
create unique index loyalty_redemptions_open_claim_key on public.loyalty_redemptions (client_id, creator_id, reward_id)
  where source = 'tier' and state in ('claimed', 'fulfilled');
create unique index loyalty_redemptions_offer_key on public.loyalty_redemptions (client_id, creator_id, reward_id)
  where source = 'tier' and state = 'claimable';
-- Each place within a window of a limit exists once: a count can be raced past, a key cannot.
create unique index loyalty_redemptions_slot_key on public.loyalty_redemptions (client_id, creator_id, reward_id, window_key, slot_no)
  where window_key is not null and state <> 'rejected';
create unique index loyalty_redemptions_mission_progress_id_key on public.loyalty_redemptions (client_id, mission_progress_id)
  where mission_progress_id is not null;
create unique index loyalty_redemptions_raffle_entry_id_key on public.loyalty_redemptions (client_id, raffle_entry_id)
  where raffle_entry_id is not null;
create index loyalty_redemptions_creator_id_idx on public.loyalty_redemptions (client_id, creator_id, offered_at, id);
create index loyalty_redemptions_reward_id_idx on public.loyalty_redemptions (client_id, reward_id, state);
create index loyalty_redemptions_queue_idx on public.loyalty_redemptions (client_id, due_at, id) where state = 'claimed';
create index loyalty_redemptions_state_idx on public.loyalty_redemptions (client_id, state, claimed_at, id);
create index loyalty_redemptions_scheduled_at_idx on public.loyalty_redemptions (client_id, kind, scheduled_at)
  where scheduled_at is not null and state in ('claimed', 'fulfilled');
create index loyalty_redemptions_claim_until_idx on public.loyalty_redemptions (client_id, claim_until)
  where state = 'claimable' and claim_until is not null;
-- What was earned and has no piece of the stock set aside for it.
create index loyalty_redemptions_unreserved_idx on public.loyalty_redemptions (client_id, reward_id)
  where state = 'claimable' and source <> 'tier' and not is_reserved;
create index loyalty_redemptions_tier_id_idx on public.loyalty_redemptions (client_id, tier_id);

-- functions
create function private.tg_loyalty_redemptions__limits() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_was text := case when tg_op = 'UPDATE' then old.state end;
  -- Earned and set aside counts like claimed: what was promised to one is not given to another.
  v_holds boolean := new.state = 'claimed' or new.is_reserved;
  v_held boolean := tg_op = 'UPDATE' and (old.state = 'claimed' or old.is_reserved);
  v_reserved integer := v_holds::integer - v_held::integer;
  v_committed integer := (new.state in ('fulfilled', 'concluded'))::integer - coalesce((v_was in ('fulfilled', 'concluded'))::integer, 0);
  v_reserved_amount bigint := case when v_holds then new.cost_amount else 0 end
    - case when v_held then old.cost_amount else 0 end;
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
end $$;

create function private.tg_loyalty_redemptions__release() returns trigger
language plpgsql set search_path = '' as $$
begin
  -- Whoever claims it, lets it expire or takes it back: what was set aside is with the claim then, or free.
  new.is_reserved := false;
  return new;
end $$;

-- triggers
create trigger t25_release before update of state, withdrawn_at on public.loyalty_redemptions
  for each row when (new.is_reserved and (new.state <> 'claimable' or new.withdrawn_at is not null))
  execute function private.tg_loyalty_redemptions__release();
-- Deferred: every transaction takes redemptions first and the busy row of limits last, so no two wait for each other.
create constraint trigger t50_limits_insert after insert on public.loyalty_redemptions deferrable initially deferred
  for each row when (new.state <> 'claimable') execute function private.tg_loyalty_redemptions__limits();
create constraint trigger t50_limits after update of state, cost_amount, is_reserved, withdrawn_at on public.loyalty_redemptions
  deferrable initially deferred for each row
  when (old.state is distinct from new.state or old.cost_amount is distinct from new.cost_amount or old.is_reserved <> new.is_reserved)
  execute function private.tg_loyalty_redemptions__limits();
create trigger t10_stamp before update on public.loyalty_redemptions for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_redemptions
  for each row execute function private.tg__immutable('id', 'client_id', 'reward_id', 'kind', 'source', 'mission_progress_id',
    'raffle_entry_id', 'offered_at');
create trigger t30_transition before insert or update of state on public.loyalty_redemptions
  for each row execute function private.tg__guard_transition('loyalty_redemptions', 'state', 'births_as_a_set');
create trigger t31_births after insert on public.loyalty_redemptions
  referencing new table as new_rows for each statement execute function private.tg__record_births('loyalty_redemptions');
create trigger t80_audit_update after update on public.loyalty_redemptions
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_redemptions', null, 'claimable', null),
  ('loyalty_redemptions', null, 'claimed', null),
  ('loyalty_redemptions', 'claimable', 'claimed', null),
  ('loyalty_redemptions', 'claimable', 'expired', null),
  ('loyalty_redemptions', 'claimed', 'fulfilled', null),
  ('loyalty_redemptions', 'claimed', 'rejected', null),
  ('loyalty_redemptions', 'fulfilled', 'concluded', null),
  ('loyalty_redemptions', 'fulfilled', 'claimed', null),
  ('loyalty_redemptions', 'concluded', 'fulfilled', null),
  ('loyalty_redemptions', 'rejected', 'claimed', null);

-- rls
alter table public.loyalty_redemptions enable row level security;
alter table public.loyalty_redemptions force row level security;
create policy loyalty_redemptions_select on public.loyalty_redemptions for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.redemptions.read'))::uuid[]) end);

-- grants: written by listed functions and the nightly run only
revoke all on public.loyalty_redemptions from anon, authenticated, service_role;
grant select on public.loyalty_redemptions to authenticated, service_role;
revoke all on function private.tg_loyalty_redemptions__limits(), private.tg_loyalty_redemptions__release() from public;

-- comments
comment on table public.loyalty_redemptions is 'An offer to a creator and what became of it. Terms are copied when she claims, so a later edit or demotion changes nothing for her.';
comment on column public.loyalty_redemptions.source is 'tier: she may claim it because of her tier. mission and raffle: she has earned it.';
comment on column public.loyalty_redemptions.withdrawn_at is 'Set when a demotion took the open offer away; cleared when she is back. A claim is never withdrawn.';
comment on column public.loyalty_redemptions.withdrawn_reason is 'tier_change_<from rank>_to_<to rank>, paused, archived, reward_changed when its tier or tag is another now, limit_reached while her claims use it up, figures_undone when a file was taken back, waiting_for_stock when she earned it after the last one was given out: the next one is hers.';
comment on column public.loyalty_redemptions.offer_window is 'The window the offer was opened in. One that expired is not opened again before the next; without a limit that is the next stay in the tier.';
comment on column public.loyalty_redemptions.claim_digest is 'Digest of what she sent with the claim: the same again is answered with this claim, something else is not.';
comment on column public.loyalty_redemptions.tier_stint_id is 'The stay in a tier it was claimed in: limits a tier achievement are counted by it. No foreign key: an undone night removes stints, never claims.';
comment on column public.loyalty_redemptions.window_key is 'The window a limit is counted in: ever, stint:<id>, week:2026-11-16 or month:2026-11, in the zone of the business. Null without a limit.';
comment on column public.loyalty_redemptions.slot_no is 'Which of the limit''s places within window_key this is.';
comment on column public.loyalty_redemptions.terms is 'Name, kind, worth, rate, days and texts as they were when she claimed.';
comment on column public.loyalty_redemptions.due_at is 'Until when the business promised to fulfil it.';
comment on column public.loyalty_redemptions.seen_at is 'When she acknowledged that it was fulfilled; until then her home celebrates it.';
comment on column public.loyalty_redemptions.is_held is 'A suspicion is being looked at: nothing is fulfilled or paid until it is resolved.';
comment on column public.loyalty_redemptions.is_reserved is 'Earned, not claimed yet, and a piece of the stock and a part of the budget (cost_amount) are set aside for it. Only rewards with a cap have it.';
comment on column public.loyalty_redemptions.calendar_sequence is 'Counts changes of the schedule, for calendar files.';
comment on column public.loyalty_redemptions.moved_from is 'When it should have started before the business last moved it; earlier moves are in the audit log. Null while it was never moved.';
comment on column public.loyalty_redemptions.move_reason is 'Why the business moved it. The creator reads it.';
comment on function private.tg_loyalty_redemptions__release() is 'Trigger: what is no longer open to be claimed has nothing set aside.';
comment on function private.tg_loyalty_redemptions__limits() is 'Reserves stock and budget of a reward with a claim, or when an earned one is set aside, commits them when it is fulfilled, gives them back when it is rejected; whoever moves the state. Definer: writes limits nobody may write.';
