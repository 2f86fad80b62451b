-- Loyalty: physical gifts: size, address, parcel. One a redemption.

-- tables
create table public.loyalty_gifts (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_gifts_client_id_fkey references public.clients (id),
  redemption_id uuid not null,
  creator_id uuid not null,
  size text,
  recipient text not null,
  line1 text not null,
  line2 text not null default '',
  city text not null,
  region text not null default '',
  postal_code text not null,
  country text not null,
  phone text not null default '',
  carrier text,
  tracking_number text,
  shipped_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_gifts_client_id_id_key unique (client_id, id),
  constraint loyalty_gifts_redemption_id_key unique (client_id, redemption_id, creator_id),
  constraint loyalty_gifts_redemption_id_fkey foreign key (client_id, redemption_id, creator_id)
    references public.loyalty_redemptions (client_id, id, creator_id),
  constraint loyalty_gifts_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_gifts_size_check check (char_length(size) between 1 and 12),
  constraint loyalty_gifts_recipient_check check (char_length(btrim(recipient)) between 2 and 80),
  constraint loyalty_gifts_address_check check (
    char_length(btrim(line1)) between 3 and 120 and char_length(line2) <= 120 and char_length(btrim(city)) between 1 and 80
    and char_length(region) <= 80 and char_length(btrim(postal_code)) between 2 and 12),
  constraint loyalty_gifts_country_check check (country ~ '^[A-Z]{2}$'),
  constraint loyalty_gifts_phone_check check (phone = '' or char_length(phone) between 5 and 32),
  constraint loyalty_gifts_carrier_check check (carrier in ('fedex', 'ups', 'usps', 'dhl', 'other')),
  constraint loyalty_gifts_tracking_number_check check (char_length(tracking_number) between 4 and 60),
  constraint loyalty_gifts_shipped_check check (
    (shipped_at is null) = (carrier is null) and (tracking_number is null or carrier is not null)
    and (delivered_at is null or (shipped_at is not null and delivered_at >= shipped_at)))
);

-- indexes
create index loyalty_gifts_creator_id_idx on public.loyalty_gifts (client_id, creator_id, created_at);
create index loyalty_gifts_under_way_idx on public.loyalty_gifts (client_id, shipped_at) where shipped_at is not null and delivered_at is null;

-- triggers
create trigger t10_stamp before update on public.loyalty_gifts for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_gifts
  for each row execute function private.tg__immutable('id', 'client_id', 'redemption_id', 'created_at');

-- rls
alter table public.loyalty_gifts enable row level security;
alter table public.loyalty_gifts force row level security;
create policy loyalty_gifts_select on public.loyalty_gifts for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.redemptions.fulfil'))::uuid[]) end);

-- grants: written by listed functions only
revoke all on public.loyalty_gifts from anon, authenticated, service_role;
grant select on public.loyalty_gifts to authenticated, service_role;

-- comments
comment on table public.loyalty_gifts is 'Where a physical gift goes and where its parcel is. Seen by its creator and by those who ship.';
comment on column public.loyalty_gifts.size is 'One of the reward''s sizes at the claim; null where it has none.';
comment on column public.loyalty_gifts.tracking_number is 'As the carrier prints it, without spaces; null where there is none, which only "other" allows.';
comment on column public.loyalty_gifts.country is 'ISO 3166-1, two letters.';
