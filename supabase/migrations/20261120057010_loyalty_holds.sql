-- Loyalty: holds. Two creators who share an account, an address or a device are looked at by a person before anything is paid.

-- tables
create table public.loyalty_holds (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_holds_client_id_fkey references public.clients (id),
  creator_id uuid not null,
  other_creator_id uuid,
  reason text not null,
  evidence text not null,
  state text not null default 'open',
  opened_by uuid default auth.uid(),
  opened_at timestamptz not null default now(),
  resolved_by uuid,
  resolved_at timestamptz,
  resolution_note text,
  constraint loyalty_holds_client_id_id_key unique (client_id, id),
  constraint loyalty_holds_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_holds_other_creator_id_fkey foreign key (client_id, other_creator_id)
    references public.loyalty_creators (client_id, id) on delete cascade,
  constraint loyalty_holds_reason_check check (reason in ('same_account', 'same_address', 'same_device', 'by_hand')),
  constraint loyalty_holds_pair_check check ((reason = 'by_hand') = (other_creator_id is null) and creator_id is distinct from other_creator_id),
  constraint loyalty_holds_evidence_check check (char_length(btrim(evidence)) between 3 and 300),
  constraint loyalty_holds_state_check check (state in ('open', 'released', 'upheld')),
  constraint loyalty_holds_resolved_check check (
    (state = 'open') = (resolved_at is null) and (state = 'open') = (resolution_note is null)),
  constraint loyalty_holds_resolution_note_check check (char_length(btrim(resolution_note)) between 3 and 300)
);

-- indexes
-- A pair that was looked at for a reason and released is not held for it again.
create unique index loyalty_holds_pair_key on public.loyalty_holds
  (client_id, least(creator_id, other_creator_id), greatest(creator_id, other_creator_id), reason) where other_creator_id is not null;
create index loyalty_holds_creator_id_idx on public.loyalty_holds (client_id, creator_id, state);
create index loyalty_holds_other_creator_id_idx on public.loyalty_holds (client_id, other_creator_id, state);
create index loyalty_holds_state_idx on public.loyalty_holds (client_id, state, opened_at, id);

-- functions
create function private.loyalty_is_on_hold(p_client uuid, p_creator uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from public.loyalty_holds h where h.client_id = p_client and h.creator_id = p_creator and h.state = 'open')
      or exists (select from public.loyalty_holds h where h.client_id = p_client and h.other_creator_id = p_creator and h.state = 'open');
end $$;

create function private.loyalty_mark_held(p_client uuid, p_creators uuid[]) returns void
language plpgsql set search_path = '' as $$
begin
  -- Asked once a creator and not once a claim: whoever has a hundred open claims is still one question.
  update public.loyalty_redemptions r
     set is_held = c.on_hold
    from (select x as id, private.loyalty_is_on_hold(p_client, x) as on_hold
            from unnest(p_creators) x group by x offset 0) c
   where r.client_id = p_client and r.creator_id = c.id and r.state in ('claimed', 'fulfilled') and r.is_held <> c.on_hold;
end $$;

create function private.loyalty_suspect(p_client uuid, p_creator uuid, p_other uuid, p_reason text, p_evidence text) returns void
language plpgsql set search_path = '' as $$
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
end $$;

create function private.tg_loyalty_payout_account_secrets__suspect() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.loyalty_suspect(new.client_id, a.creator_id, b.creator_id, 'same_account', 'Both gave the same payout account.')
     from public.loyalty_payout_accounts a
     join public.loyalty_payout_account_secrets s on s.client_id = new.client_id and s.fingerprint_hash = new.fingerprint_hash
     join public.loyalty_payout_accounts b on b.client_id = s.client_id and b.id = s.account_id
    where a.client_id = new.client_id and a.id = new.account_id and b.creator_id <> a.creator_id;
  return null;
end $$;

create function private.loyalty_address_key(p_line1 text, p_line2 text, p_postal_code text, p_country text) returns text
language sql immutable parallel safe set search_path = '' as $$
  -- "12 Rue du Lac, Apt. 4" and "12 rue du lac apt 4" are one door.
  select p_country || ' ' || regexp_replace(lower(p_postal_code), '[^a-z0-9]', '', 'g') || ' '
      || regexp_replace(lower(p_line1 || ' ' || p_line2), '[^[:alnum:]]+', '', 'g')
$$;

create function private.tg_loyalty_gifts__suspect() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.loyalty_suspect(new.client_id, new.creator_id, x.creator_id, 'same_address', 'Both had gifts sent to the same address.')
     from (select distinct g.creator_id from public.loyalty_gifts g
            where g.client_id = new.client_id and g.creator_id <> new.creator_id and g.created_at > now() - interval '365 days'
              and private.loyalty_address_key(g.line1, g.line2, g.postal_code, g.country)
                = private.loyalty_address_key(new.line1, new.line2, new.postal_code, new.country)) x;
  return null;
end $$;

create function private.loyalty_suspect_devices(p_user uuid) returns void
-- Every claim asks this: the joins are planned once a session, not once a claim.
language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan as $$
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
end $$;

create function private.tg_auth_devices__suspect() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.loyalty_suspect_devices(new.user_id);
  return null;
end $$;

create function private.tg_loyalty_redemptions__suspect() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.loyalty_suspect_devices(p.user_id)
     from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
    where c.client_id = new.client_id and c.id = new.creator_id and p.user_id is not null;
  return null;
end $$;

create function private.tg_loyalty_redemptions__hold() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.is_held := private.loyalty_is_on_hold(new.client_id, new.creator_id);
  return new;
end $$;

create function private.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = '' as $$
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
end $$;

create function private.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[] default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
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
end $$;

create function private.loyalty_list_holds(p_client uuid, p_state text, p_before jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
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
end $$;

create function public.loyalty_hold_creator(p_client uuid, p_creator uuid, p_reason text) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_hold_creator(p_client, p_creator, p_reason); end $$;
create function public.loyalty_resolve_hold(p_client uuid, p_hold uuid, p_decision text, p_note text, p_reject uuid[] default '{}') returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_resolve_hold(p_client, p_hold, p_decision, p_note, p_reject); end $$;
create function public.loyalty_list_holds(p_client uuid, p_state text default 'open', p_before jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_holds(p_client, p_state, p_before, p_limit); end $$;

-- triggers
create trigger t20_immutable before update on public.loyalty_holds
  for each row execute function private.tg__immutable('id', 'client_id', 'creator_id', 'other_creator_id', 'reason', 'evidence', 'opened_at');
create trigger t30_transition before insert or update of state on public.loyalty_holds
  for each row execute function private.tg__guard_transition('loyalty_holds', 'state');
create trigger t80_audit_insert after insert on public.loyalty_holds
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_holds
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t50_suspect after insert on public.loyalty_payout_account_secrets
  for each row execute function private.tg_loyalty_payout_account_secrets__suspect();
create trigger t50_suspect after insert or update of line1, line2, postal_code, country on public.loyalty_gifts
  for each row execute function private.tg_loyalty_gifts__suspect();
create trigger t50_suspect after insert on private.auth_devices
  for each row execute function private.tg_auth_devices__suspect();
create trigger t50_suspect after insert or update of state on public.loyalty_redemptions
  for each row when (new.state = 'claimed' and new.fulfilled_at is null and not new.is_held)
  execute function private.tg_loyalty_redemptions__suspect();
create trigger t25_hold before update of state on public.loyalty_redemptions
  for each row when (new.state = 'claimed' and old.state in ('claimable', 'rejected')) execute function private.tg_loyalty_redemptions__hold();
create trigger t26_hold before insert on public.loyalty_redemptions
  for each row when (new.state = 'claimed') execute function private.tg_loyalty_redemptions__hold();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_holds', null, 'open', null),
  ('loyalty_holds', 'open', 'released', 'loyalty.holds.resolve'),
  ('loyalty_holds', 'open', 'upheld', 'loyalty.holds.resolve');

-- rls
alter table public.loyalty_holds enable row level security;
alter table public.loyalty_holds force row level security;
create policy loyalty_holds_select on public.loyalty_holds for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.holds.resolve'))::uuid[]));

-- grants: written by listed functions and triggers only
revoke all on public.loyalty_holds from anon, authenticated, service_role;
grant select on public.loyalty_holds to authenticated, service_role;
revoke all on function private.loyalty_is_on_hold(uuid, uuid), private.loyalty_mark_held(uuid, uuid[]),
  private.loyalty_suspect(uuid, uuid, uuid, text, text), private.loyalty_address_key(text, text, text, text),
  private.tg_loyalty_payout_account_secrets__suspect(), private.tg_loyalty_gifts__suspect(), private.tg_auth_devices__suspect(),
  private.tg_loyalty_redemptions__hold(), private.tg_loyalty_redemptions__suspect(), private.loyalty_suspect_devices(uuid) from public;
grant execute on function private.loyalty_hold_creator(uuid, uuid, text), public.loyalty_hold_creator(uuid, uuid, text),
  private.loyalty_resolve_hold(uuid, uuid, text, text, uuid[]), public.loyalty_resolve_hold(uuid, uuid, text, text, uuid[]),
  private.loyalty_list_holds(uuid, text, jsonb, integer), public.loyalty_list_holds(uuid, text, jsonb, integer) to authenticated;

-- comments
comment on table public.loyalty_holds is 'Suspicions a person looks at. While one is open, nothing its creators claimed is fulfilled or paid.';
comment on column public.loyalty_holds.evidence is 'What was seen, in a sentence without personal data.';
comment on column public.loyalty_holds.state is 'released: nothing wrong, and the pair is not held for this reason again. upheld: open claims of the named creators were rejected.';
comment on function private.loyalty_is_on_hold(uuid, uuid) is 'Is an open hold about this creator?';
comment on function private.loyalty_mark_held(uuid, uuid[]) is 'Sets is_held of the open claims of creators as their holds stand.';
comment on function private.loyalty_suspect(uuid, uuid, uuid, text, text) is 'Opens a hold about two creators once, marks their claims and tells those who resolve it.';
comment on function private.loyalty_address_key(text, text, text, text) is 'One spelling for an address, to compare.';
comment on function private.tg_loyalty_payout_account_secrets__suspect() is 'Opens a hold when another creator gave the same payout account.';
comment on function private.tg_loyalty_gifts__suspect() is 'Opens a hold when another creator''s gift went to the same address within a year.';
comment on function private.loyalty_suspect_devices(uuid) is 'Opens holds between the creator of a login and others who claimed and signed in on one of her devices within 90 days.';
comment on function private.tg_auth_devices__suspect() is 'Looks for a shared device at a sign-in.';
comment on function private.tg_loyalty_redemptions__suspect() is 'Looks for a shared device at a claim.';
comment on function private.tg_loyalty_redemptions__hold() is 'A claim made during an open hold is held from the start.';
comment on function private.loyalty_hold_creator(uuid, uuid, text) is 'Holds a creator by hand, with a reason.';
comment on function private.loyalty_resolve_hold(uuid, uuid, text, text, uuid[]) is 'Releases a hold, or upholds it and rejects the open claims of the named creators.';
comment on function private.loyalty_list_holds(uuid, text, jsonb, integer) is 'A keyset page of holds, newest first, with their creators and what is at stake.';
comment on function public.loyalty_hold_creator(uuid, uuid, text) is 'Holds a creator by hand, with a reason.';
comment on function public.loyalty_resolve_hold(uuid, uuid, text, text, uuid[]) is 'Releases a hold, or upholds it and rejects the open claims of the named creators.';
comment on function public.loyalty_list_holds(uuid, text, jsonb, integer) is 'A keyset page of holds, newest first, with their creators and what is at stake.';
