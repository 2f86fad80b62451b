-- Loyalty: the ladder. Written only through private.loyalty_save_tiers, so that it is always whole.

-- tables
create table public.loyalty_tiers (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  rank integer not null,
  name text not null,
  color text not null default '#8d99a6',
  threshold bigint not null,
  commission_bp integer not null default 0,
  benefits text not null default '',
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_tiers_client_id_id_key unique (client_id, id),
  constraint loyalty_tiers_rank_check check (rank between 1 and 6),
  constraint loyalty_tiers_name_check check (char_length(name) between 1 and 24),
  constraint loyalty_tiers_color_check check (color ~ '^#[0-9a-f]{6}$'),
  constraint loyalty_tiers_threshold_check check (threshold >= 0 and (rank > 1 or threshold = 0)),
  constraint loyalty_tiers_commission_bp_check check (commission_bp between 0 and 10000),
  constraint loyalty_tiers_benefits_check check (char_length(benefits) <= 1000)
);

-- indexes
create unique index loyalty_tiers_client_id_rank_key on public.loyalty_tiers (client_id, rank) where archived_at is null;

-- functions
create function private.tg_loyalty_tiers__whole_ladder() returns trigger
language plpgsql security definer set search_path = '' as $$
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
end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_tiers
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_tiers
  for each row execute function private.tg__immutable('id', 'client_id', 'created_at');
-- Deferred: ranks and thresholds may cross inside one transaction, never at its end.
create constraint trigger t50_whole_ladder after insert or update or delete on public.loyalty_tiers
  deferrable initially deferred for each row execute function private.tg_loyalty_tiers__whole_ladder();
create trigger t80_audit_insert after insert on public.loyalty_tiers
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_tiers
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_delete after delete on public.loyalty_tiers
  referencing old table as old_rows for each statement execute function private.tg__audit();

-- rls
alter table public.loyalty_tiers enable row level security;
alter table public.loyalty_tiers force row level security;
create policy loyalty_tiers_select on public.loyalty_tiers for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[]));

-- grants
revoke all on public.loyalty_tiers from anon, authenticated, service_role;
grant select on public.loyalty_tiers to authenticated, service_role;
revoke all on function private.tg_loyalty_tiers__whole_ladder() from public;

-- comments
comment on table public.loyalty_tiers is 'The ladder of a business: three to six tiers, each starting higher than the one below. The first is the entry tier and starts at zero.';
comment on column public.loyalty_tiers.rank is 'One is the entry tier. Contiguous among tiers in use.';
comment on column public.loyalty_tiers.color is 'Colour of the small diamond beside the name.';
comment on column public.loyalty_tiers.threshold is 'Where the tier starts, in the metric of the business: minor units of its currency, or pieces.';
comment on column public.loyalty_tiers.commission_bp is 'Commission in hundredths of a percent: 1200 is 12 %.';
comment on column public.loyalty_tiers.benefits is 'What the tier gives, one benefit a line, as its creators read it.';
comment on column public.loyalty_tiers.archived_at is 'When the tier left the ladder. Kept, because decisions of the past name it.';
comment on function private.tg_loyalty_tiers__whole_ladder() is 'Refuses at commit a ladder with gaps, with too few or too many tiers, or whose thresholds do not rise.';
