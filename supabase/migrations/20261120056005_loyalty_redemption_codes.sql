-- Loyalty: codes that fulfil a redemption, apart from it: a redemption is audited and read by support, a code is money.

-- tables
create table public.loyalty_redemption_codes (
  client_id uuid not null,
  redemption_id uuid not null,
  envelope text not null,
  created_at timestamptz not null default now(),
  constraint loyalty_redemption_codes_pkey primary key (client_id, redemption_id),
  constraint loyalty_redemption_codes_client_id_fkey foreign key (client_id) references public.clients (id),
  constraint loyalty_redemption_codes_redemption_id_fkey foreign key (client_id, redemption_id)
    references public.loyalty_redemptions (client_id, id),
  constraint loyalty_redemption_codes_envelope_check check (char_length(envelope) between 10 and 2000)
);

-- What the business was reminded of, so that each claim is named once when it is due soon and once when it is late.
create table private.loyalty_work_notices (
  client_id uuid not null,
  redemption_id uuid not null,
  stage text not null,
  noticed_at timestamptz not null default now(),
  constraint loyalty_work_notices_pkey primary key (client_id, redemption_id, stage),
  constraint loyalty_work_notices_redemption_id_fkey foreign key (client_id, redemption_id)
    references public.loyalty_redemptions (client_id, id) on delete cascade,
  constraint loyalty_work_notices_stage_check check (stage in ('soon', 'overdue'))
);

-- rls: no policy, nobody passes
alter table public.loyalty_redemption_codes enable row level security;
alter table public.loyalty_redemption_codes force row level security;

-- grants: no person reads it; listed functions give a code to its creator and to those who fulfil
revoke all on public.loyalty_redemption_codes from anon, authenticated, service_role;

-- comments
comment on table public.loyalty_redemption_codes is 'The code of a gift card or credit, for its creator and for those who fulfil. Never audited, never in a mail.';
comment on column public.loyalty_redemption_codes.envelope is 'The code, encrypted by the app and bound to this row.';
comment on table private.loyalty_work_notices is 'Claims the business was reminded of: soon before the deadline, overdue after it.';
