-- Loyalty: who gets the report of a week or a month by mail.

-- tables
create table public.loyalty_report_mails (
  client_id uuid not null constraint loyalty_report_mails_client_id_fkey references public.clients (id),
  cadence text not null,
  person_id uuid not null,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  constraint loyalty_report_mails_pkey primary key (client_id, cadence, person_id),
  constraint loyalty_report_mails_person_id_fkey foreign key (client_id, person_id)
    references public.people (client_id, id) on delete cascade,
  constraint loyalty_report_mails_cadence_check check (cadence in ('weekly', 'monthly'))
);

-- indexes
create index loyalty_report_mails_person_id_idx on public.loyalty_report_mails (client_id, person_id);

-- triggers
create trigger t80_audit_insert after insert on public.loyalty_report_mails
  referencing new table as new_rows for each statement execute function private.tg__audit('client_id', 'cadence', 'person_id');
create trigger t80_audit_delete after delete on public.loyalty_report_mails
  referencing old table as old_rows for each statement execute function private.tg__audit('client_id', 'cadence', 'person_id');

-- rls
alter table public.loyalty_report_mails enable row level security;
alter table public.loyalty_report_mails force row level security;
create policy loyalty_report_mails_select on public.loyalty_report_mails for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.reports.read'))::uuid[]));

-- grants: written by listed functions only
revoke all on public.loyalty_report_mails from anon, authenticated, service_role;
grant select on public.loyalty_report_mails to authenticated, service_role;

-- comments
comment on table public.loyalty_report_mails is 'Staff who get a report by mail when its week or month is over. The mail holds a link: the report needs a sign-in.';
