-- Loyalty: a signed-in person says "this handle is mine". Only a decision of the business gives it to her.

-- tables
create table public.loyalty_handle_claims (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  user_id uuid not null constraint loyalty_handle_claims_user_id_fkey references auth.users (id) on delete cascade,
  person_id uuid,
  email text not null,
  claimant_name text not null,
  handle_key text not null,
  evidence_text text not null default '',
  evidence_url text,
  state text not null default 'pending',
  reject_reason text,
  creator_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_handle_claims_client_id_id_key unique (client_id, id),
  constraint loyalty_handle_claims_person_id_fkey foreign key (client_id, person_id) references public.people (client_id, id),
  constraint loyalty_handle_claims_creator_id_fkey foreign key (client_id, creator_id)
    references public.loyalty_creators (client_id, id),
  constraint loyalty_handle_claims_handle_key_check check (handle_key ~ '^[a-z0-9_.]{1,30}$'),
  constraint loyalty_handle_claims_evidence_text_check check (char_length(evidence_text) <= 1000),
  constraint loyalty_handle_claims_evidence_url_check check (evidence_url is null or (evidence_url ~ '^https://' and char_length(evidence_url) <= 500)),
  constraint loyalty_handle_claims_evidence_check check (evidence_url is not null or char_length(evidence_text) >= 10),
  constraint loyalty_handle_claims_state_check check (state in ('pending', 'approved', 'rejected', 'withdrawn')),
  constraint loyalty_handle_claims_decided_check check (
    (state = 'pending') = (decided_at is null)
    and (state = 'rejected') = (reject_reason is not null)
    and (state = 'approved') = (creator_id is not null))
);

-- indexes
create unique index loyalty_handle_claims_pending_key on public.loyalty_handle_claims (client_id, user_id) where state = 'pending';
create index loyalty_handle_claims_client_id_state_idx on public.loyalty_handle_claims (client_id, state, created_at);
create index loyalty_handle_claims_person_id_idx on public.loyalty_handle_claims (client_id, person_id) where person_id is not null;
create index loyalty_handle_claims_creator_id_idx on public.loyalty_handle_claims (client_id, creator_id) where creator_id is not null;
create index loyalty_handle_claims_user_id_idx on public.loyalty_handle_claims (user_id);

-- triggers
create trigger t10_stamp before update on public.loyalty_handle_claims
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.loyalty_handle_claims
  for each row execute function private.tg__immutable('id', 'client_id', 'user_id', 'email', 'handle_key', 'evidence_text', 'evidence_url', 'created_at');
create trigger t30_transition before insert or update of state on public.loyalty_handle_claims
  for each row execute function private.tg__guard_transition('loyalty_handle_claims', 'state');
create trigger t80_audit_insert after insert on public.loyalty_handle_claims
  referencing new table as new_rows for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.loyalty_handle_claims
  referencing old table as old_rows new table as new_rows for each statement execute function private.tg__audit();

-- transitions: every step is taken by a function that checks who asks
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_handle_claims', null, 'pending', null),
  ('loyalty_handle_claims', 'pending', 'approved', null),
  ('loyalty_handle_claims', 'pending', 'rejected', null),
  ('loyalty_handle_claims', 'pending', 'withdrawn', null);

-- rls
alter table public.loyalty_handle_claims enable row level security;
alter table public.loyalty_handle_claims force row level security;
-- A claimant who is not of the business yet reads hers through private.loyalty_my_claims.
create policy loyalty_handle_claims_select on public.loyalty_handle_claims for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when user_id = (select auth.uid()) then true
             else client_id = any ((select private.clients_with('loyalty.claims.decide'))::uuid[]) end);

-- grants
revoke all on public.loyalty_handle_claims from anon, authenticated, service_role;
grant select on public.loyalty_handle_claims to authenticated, service_role;

-- comments
comment on table public.loyalty_handle_claims is 'Requests for a handle, with evidence. Typing a handle gives nothing: the business approves or rejects.';
comment on column public.loyalty_handle_claims.user_id is 'The login that asks; its e-mail was verified when it asked.';
comment on column public.loyalty_handle_claims.person_id is 'Her person row in this business when she asked, if she had one.';
comment on column public.loyalty_handle_claims.email is 'The verified e-mail at the time of asking.';
comment on column public.loyalty_handle_claims.evidence_text is 'How she shows that the handle is hers, in her words.';
comment on column public.loyalty_handle_claims.evidence_url is 'Where the business can see it: a profile or post with an agreed word.';
comment on column public.loyalty_handle_claims.creator_id is 'The creator she was given by approval.';
comment on column public.loyalty_handle_claims.reject_reason is 'What the claimant is told after a rejection.';
