-- Loyalty: rewards, and beside each its stock, budget and what only staff may know.

-- tables
create table public.loyalty_rewards (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  offer text not null default 'tier',
  kind text not null,
  name text not null,
  description text not null default '',
  tier_id uuid,
  tag text,
  preview_from_tier_id uuid,
  state text not null default 'draft',
  frequency text not null default 'one_time',
  quantity integer default 1,
  value_amount bigint not null default 0,
  boost_bp integer,
  boost_days integer,
  discount_percent integer,
  discount_minutes integer,
  requires_size boolean not null default false,
  sizes text[] not null default '{}',
  instructions text not null default '',
  expires_days integer,
  display_order integer not null default 100,
  version integer not null default 1,
  revision integer not null default 1,
  published_at timestamptz,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_rewards_client_id_id_key unique (client_id, id),
  constraint loyalty_rewards_tier_id_fkey foreign key (client_id, tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_rewards_preview_from_tier_id_fkey foreign key (client_id, preview_from_tier_id)
    references public.loyalty_tiers (client_id, id),
  constraint loyalty_rewards_offer_check check (offer in ('tier', 'mission')),
  constraint loyalty_rewards_kind_check check (
    kind in ('gift_card', 'ads_credit', 'physical_gift', 'experience', 'commission_boost', 'discount')),
  constraint loyalty_rewards_state_check check (state in ('draft', 'published', 'paused', 'archived')),
  constraint loyalty_rewards_name_check check (char_length(btrim(name)) between 2 and 60),
  constraint loyalty_rewards_description_check check (char_length(description) <= 500),
  constraint loyalty_rewards_instructions_check check (char_length(instructions) <= 1000),
  constraint loyalty_rewards_tag_check check (tag ~ '^[a-z0-9][a-z0-9-]{0,29}$'),
  constraint loyalty_rewards_frequency_check check (frequency in ('one_time', 'weekly', 'monthly', 'unlimited')),
  -- A limit exists unless there is none: the two columns can never disagree.
  constraint loyalty_rewards_quantity_check check (
    (frequency = 'unlimited') = (quantity is null) and (quantity is null or quantity between 1 and 10)),
  constraint loyalty_rewards_value_amount_check check (
    value_amount between 0 and 100000000 and (kind not in ('gift_card', 'ads_credit') or value_amount > 0)),
  constraint loyalty_rewards_boost_check check (
    case when kind = 'commission_boost' then boost_bp between 1 and 10000 and boost_days between 1 and 90
      and boost_bp is not null and boost_days is not null else boost_bp is null and boost_days is null end),
  constraint loyalty_rewards_discount_check check (
    case when kind = 'discount' then discount_percent between 1 and 100 and discount_minutes between 10 and 525600
      and discount_percent is not null and discount_minutes is not null
    else discount_percent is null and discount_minutes is null end),
  constraint loyalty_rewards_sizes_check check (
    requires_size = (cardinality(sizes) > 0) and (not requires_size or kind = 'physical_gift') and cardinality(sizes) <= 12),
  constraint loyalty_rewards_expires_days_check check (expires_days between 1 and 365),
  constraint loyalty_rewards_preview_check check (preview_from_tier_id is null or tier_id is not null),
  constraint loyalty_rewards_audience_check check (offer = 'tier' or (tier_id is null and tag is null and preview_from_tier_id is null)),
  constraint loyalty_rewards_published_at_check check ((state = 'draft') = (published_at is null) or state = 'archived')
);

-- Apart from the reward: these rows move with every claim, and creators must not read costs, caps and codes.
create table public.loyalty_reward_limits (
  client_id uuid not null,
  reward_id uuid not null,
  stock_total integer,
  budget_total bigint,
  unit_cost bigint not null default 0,
  coupon_code text,
  coupon_max_uses integer,
  reserved_count integer not null default 0,
  committed_count integer not null default 0,
  reserved_amount bigint not null default 0,
  committed_amount bigint not null default 0,
  updated_at timestamptz not null default now(),
  constraint loyalty_reward_limits_pkey primary key (client_id, reward_id),
  constraint loyalty_reward_limits_client_id_fkey foreign key (client_id) references public.clients (id),
  constraint loyalty_reward_limits_reward_id_fkey foreign key (client_id, reward_id)
    references public.loyalty_rewards (client_id, id) on delete cascade,
  constraint loyalty_reward_limits_counts_check check (
    reserved_count >= 0 and committed_count >= 0 and reserved_amount >= 0 and committed_amount >= 0),
  constraint loyalty_reward_limits_stock_check check (
    stock_total is null or (stock_total >= 0 and reserved_count + committed_count <= stock_total)),
  constraint loyalty_reward_limits_budget_check check (
    budget_total is null or (budget_total >= 0 and reserved_amount + committed_amount <= budget_total)),
  constraint loyalty_reward_limits_unit_cost_check check (unit_cost between 0 and 100000000),
  constraint loyalty_reward_limits_coupon_check check (
    (coupon_code is null or coupon_code ~ '^[A-Z0-9]{2,8}$') and (coupon_max_uses is null or coupon_max_uses between 1 and 1000000))
) with (fillfactor = 50);

-- indexes
create index loyalty_rewards_client_id_state_idx on public.loyalty_rewards (client_id, state, display_order, id);
create index loyalty_rewards_tier_id_idx on public.loyalty_rewards (client_id, tier_id);
create index loyalty_rewards_preview_from_tier_id_idx on public.loyalty_rewards (client_id, preview_from_tier_id);

-- functions
create function private.my_rewards() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
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
end $$;

create function private.tg_loyalty_rewards__guard() returns trigger
language plpgsql security definer set search_path = '' as $$
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
end $$;

create function private.tg_loyalty_rewards__open_limits() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.loyalty_reward_limits (client_id, reward_id) values (new.client_id, new.id) on conflict do nothing;
  return null;
end $$;

-- triggers
create trigger t10_stamp before update on public.loyalty_rewards for each row execute function private.tg__stamp();
create trigger t10_stamp before update on public.loyalty_reward_limits for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_rewards
  for each row execute function private.tg__immutable('id', 'client_id', 'offer', 'kind', 'created_at', 'created_by');
create trigger t25_guard before insert or update on public.loyalty_rewards
  for each row execute function private.tg_loyalty_rewards__guard();
create trigger t30_transition before insert or update of state on public.loyalty_rewards
  for each row execute function private.tg__guard_transition('loyalty_rewards', 'state');
create trigger t50_open_limits after insert on public.loyalty_rewards
  for each row execute function private.tg_loyalty_rewards__open_limits();
create trigger t80_audit_insert after insert on public.loyalty_rewards
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_rewards
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_rewards', null, 'draft', null),
  ('loyalty_rewards', 'draft', 'published', 'loyalty.rewards.write'),
  ('loyalty_rewards', 'published', 'paused', 'loyalty.rewards.write'),
  ('loyalty_rewards', 'paused', 'published', 'loyalty.rewards.write'),
  ('loyalty_rewards', 'draft', 'archived', 'loyalty.rewards.write'),
  ('loyalty_rewards', 'published', 'archived', 'loyalty.rewards.write'),
  ('loyalty_rewards', 'paused', 'archived', 'loyalty.rewards.write');

-- rls
alter table public.loyalty_rewards enable row level security;
alter table public.loyalty_rewards force row level security;
create policy loyalty_rewards_select on public.loyalty_rewards for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when id = any ((select private.my_rewards())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.rewards.read'))::uuid[]) end);
alter table public.loyalty_reward_limits enable row level security;
alter table public.loyalty_reward_limits force row level security;
create policy loyalty_reward_limits_select on public.loyalty_reward_limits for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.rewards.read'))::uuid[]));

-- grants: written by listed functions only
revoke all on public.loyalty_rewards, public.loyalty_reward_limits from anon, authenticated, service_role;
grant select on public.loyalty_rewards, public.loyalty_reward_limits to authenticated, service_role;
revoke all on function private.my_rewards(), private.tg_loyalty_rewards__guard(), private.tg_loyalty_rewards__open_limits() from public;
grant execute on function private.my_rewards() to authenticated, service_role;

-- comments
comment on table public.loyalty_rewards is 'What creators can get: offered to a tier, or paid out by a mission.';
comment on column public.loyalty_rewards.offer is 'tier: creators of the tier claim it themselves. mission: a mission pays it.';
comment on column public.loyalty_rewards.tier_id is 'The one tier that may claim it; null for every tier.';
comment on column public.loyalty_rewards.tag is 'Only creators with this tag; null for all.';
comment on column public.loyalty_rewards.preview_from_tier_id is 'Lower tiers from this one on see it locked; null hides it from them.';
comment on column public.loyalty_rewards.quantity is 'How often within one window of frequency. Null exactly when unlimited.';
comment on column public.loyalty_rewards.value_amount is 'What the creator gets, in minor units of loyalty_settings.currency. Zero where the worth is not money.';
comment on column public.loyalty_rewards.boost_bp is 'Extra commission while it runs, hundredths of a percent.';
comment on column public.loyalty_rewards.expires_days is 'Days an offer may be claimed; null for as long as it stands.';
comment on column public.loyalty_rewards.revision is 'Counts every change: an edit that was begun before the last one is refused.';
comment on column public.loyalty_rewards.version is 'Counts changes of the terms. A claim keeps the version it was made under.';
comment on table public.loyalty_reward_limits is 'Stock and budget of a reward with what is reserved and spent, its cost and its code. Staff only.';
comment on column public.loyalty_reward_limits.stock_total is 'How many there are in all; null without a cap. reserved and committed never exceed it.';
comment on column public.loyalty_reward_limits.budget_total is 'Minor units that may be spent in all; null without a cap.';
comment on column public.loyalty_reward_limits.unit_cost is 'What one costs the business, minor units: what a claim reserves of the budget. Boosts reserve nothing, their cost is their payout.';
comment on column public.loyalty_reward_limits.reserved_count is 'Claimed and not fulfilled yet, or earned and set aside until it is claimed.';
comment on column public.loyalty_reward_limits.committed_count is 'Fulfilled.';
comment on function private.my_rewards() is 'Ids of rewards the signed-in creator may see: of her tier, for everybody, or shown early. For policies.';
comment on function private.tg_loyalty_rewards__guard() is 'Keeps the early showing below the tier and counts versions and revisions.';
comment on function private.tg_loyalty_rewards__open_limits() is 'Gives each reward its row of limits.';
