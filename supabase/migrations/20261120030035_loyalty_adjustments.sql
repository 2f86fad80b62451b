-- Loyalty: adjustments, an append-only ledger beside the files. A mistake is reversed by a second row, never edited.

-- tables
create table public.loyalty_adjustments (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  kind text not null,
  amount bigint not null default 0,
  units bigint not null default 0,
  effective_on date not null,
  reason text not null,
  reverses_id uuid,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  constraint loyalty_adjustments_client_id_id_key unique (client_id, id),
  constraint loyalty_adjustments_client_id_id_creator_id_key unique (client_id, id, creator_id),
  constraint loyalty_adjustments_reverses_id_key unique (client_id, reverses_id),
  constraint loyalty_adjustments_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id),
  constraint loyalty_adjustments_reverses_id_fkey foreign key (client_id, reverses_id)
    references public.loyalty_adjustments (client_id, id),
  constraint loyalty_adjustments_kind_check check (kind in ('manual_sale', 'refund', 'bonus', 'correction')),
  constraint loyalty_adjustments_figure_check check (amount <> 0 or units <> 0),
  constraint loyalty_adjustments_sign_check check (
    reverses_id is not null
    or (kind in ('manual_sale', 'bonus') and amount >= 0 and units >= 0)
    or (kind = 'refund' and amount <= 0 and units <= 0)
    or kind = 'correction'),
  constraint loyalty_adjustments_range_check check (abs(amount) <= 10000000000 and abs(units) <= 10000000),
  constraint loyalty_adjustments_reason_check check (char_length(btrim(reason)) between 3 and 300)
);

-- indexes
create index loyalty_adjustments_creator_id_idx on public.loyalty_adjustments (client_id, creator_id, effective_on);
create index loyalty_adjustments_client_id_created_at_idx on public.loyalty_adjustments (client_id, created_at, id);

-- functions
create function private.tg_loyalty_adjustments__guard() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_today date;
begin
  select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = new.client_id;
  if not exists (select from public.loyalty_creators c where c.client_id = new.client_id and c.id = new.creator_id) then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  -- As with claims: who works here and sells here does not write her own figures. Anybody else row security turns away.
  if private.has_permission(new.client_id, 'loyalty.adjustments.write') and exists (select from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
              where c.client_id = new.client_id and c.id = new.creator_id and p.user_id = auth.uid()) then
    raise exception using errcode = 'PM001', message = 'Someone else has to adjust your own figures.';
  end if;
  -- A year that was typed halfway would count in no period at all.
  if new.effective_on < date '2000-01-01' then
    raise exception using errcode = 'VA001', message = 'Look at the year of this date again.', detail = 'effectiveOn';
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
end $$;

create function private.tg_loyalty_adjustments__append_only() returns trigger
language plpgsql set search_path = '' as $$
begin
  -- Merging two rows of one creator moves her adjustments as they are.
  if tg_op = 'UPDATE' and old.creator_id::text = current_setting('portico.loyalty_merge', true)
    and to_jsonb(new) - 'creator_id' = to_jsonb(old) - 'creator_id' then
    return new;
  end if;
  raise exception using errcode = 'ST001', message = 'An adjustment is never changed. Reverse it with a second one.';
end $$;

create function private.tg_loyalty_adjustments__mark_dirty() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
  select distinct n.client_id, n.creator_id, n.effective_on from new_rows n
  on conflict do nothing;
  -- The figures follow at once; the tier is decided tonight, like everybody's.
  perform private.add_job('loyalty.refresh-figures', jsonb_build_object('clientId', d.client_id),
                          'loyalty.refresh-figures:' || d.client_id)
     from (select distinct n.client_id from new_rows n) d;
  return null;
end $$;

-- triggers
create trigger t20_append_only before update or delete on public.loyalty_adjustments
  for each row execute function private.tg_loyalty_adjustments__append_only();
create trigger t25_guard before insert on public.loyalty_adjustments
  for each row execute function private.tg_loyalty_adjustments__guard();
create trigger t50_mark_dirty after insert on public.loyalty_adjustments
  referencing new table as new_rows for each statement execute function private.tg_loyalty_adjustments__mark_dirty();
create trigger t80_audit_insert after insert on public.loyalty_adjustments
  referencing new table as new_rows for each statement execute function private.tg__audit();

-- rls
alter table public.loyalty_adjustments enable row level security;
alter table public.loyalty_adjustments force row level security;
create policy loyalty_adjustments_select on public.loyalty_adjustments for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.adjustments.read'))::uuid[]) end);
create policy loyalty_adjustments_insert on public.loyalty_adjustments for insert to authenticated
  with check (client_id = any ((select private.clients_with('loyalty.adjustments.write'))::uuid[]));

-- grants
revoke all on public.loyalty_adjustments from anon, authenticated, service_role;
grant select on public.loyalty_adjustments to authenticated, service_role;
grant insert (client_id, creator_id, kind, amount, units, effective_on, reason, reverses_id)
  on public.loyalty_adjustments to authenticated;
revoke all on function private.tg_loyalty_adjustments__guard(), private.tg_loyalty_adjustments__append_only(),
  private.tg_loyalty_adjustments__mark_dirty() from public;

-- comments
comment on table public.loyalty_adjustments is 'Signed corrections a person makes beside the files. Append-only; each counts in the period its date lies in, and in that one only.';
comment on column public.loyalty_adjustments.amount is 'Minor units of loyalty_settings.currency, signed.';
comment on column public.loyalty_adjustments.units is 'Pieces, signed.';
comment on column public.loyalty_adjustments.effective_on is 'The day, in the zone of the business, on which it counts. Never in the future.';
comment on column public.loyalty_adjustments.reverses_id is 'The adjustment this one takes back. One can be taken back once.';
comment on column public.loyalty_adjustments.created_by is 'The login that made it: filled in by the database, never by the caller.';
comment on function private.tg_loyalty_adjustments__guard() is 'Refuses a date that cannot be meant, one''s own figures, and a reversal that is not the exact opposite of its adjustment.';
comment on function private.tg_loyalty_adjustments__append_only() is 'Refuses every change and deletion.';
comment on function private.tg_loyalty_adjustments__mark_dirty() is 'Marks the creator for tonight and asks for her figures to be refreshed now.';
