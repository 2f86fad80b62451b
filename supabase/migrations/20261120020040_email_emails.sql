-- E-mail: every mail is a row before it is sent, so it is sent once, can be repeated, and can be looked up.

-- tables
create table public.core_emails (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_emails_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid,
  type text not null constraint core_emails_type_check check (char_length(type) between 3 and 120),
  dedupe_key text not null constraint core_emails_dedupe_key_check check (char_length(dedupe_key) between 1 and 300),
  to_address text not null constraint core_emails_to_address_check check (char_length(to_address) between 3 and 254),
  subject text not null constraint core_emails_subject_check check (char_length(subject) between 1 and 300),
  is_essential boolean not null default true,
  state text not null default 'queued'
    constraint core_emails_state_check check (state in ('queued', 'sent', 'delivered', 'bounced', 'failed')),
  attempts integer not null default 0 constraint core_emails_attempts_check check (attempts >= 0),
  sends integer not null default 1 constraint core_emails_sends_check check (sends >= 1),
  provider_id text,
  error_code text constraint core_emails_error_code_check check (char_length(error_code) <= 80),
  sent_at timestamptz,
  settled_at timestamptz,
  complained_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint core_emails_client_id_id_key unique (client_id, id),
  constraint core_emails_dedupe_key unique (client_id, dedupe_key),
  constraint core_emails_person_id_fkey foreign key (client_id, person_id)
    references public.people (client_id, id) on delete set null (person_id),
  constraint core_emails_sent_check check ((state in ('sent', 'delivered', 'bounced')) <= (sent_at is not null)),
  constraint core_emails_failed_check check ((state = 'failed') <= (error_code is not null))
);

create table private.email_bodies (
  email_id uuid primary key constraint email_bodies_email_id_fkey references public.core_emails (id) on delete cascade,
  envelope text not null
);

-- indexes
create index core_emails_client_id_created_at_idx on public.core_emails (client_id, created_at desc, id desc);
create index core_emails_client_id_state_created_at_idx on public.core_emails (client_id, state, created_at desc, id desc);
create index core_emails_client_id_person_id_idx on public.core_emails (client_id, person_id);

-- functions
create function private.queue_email(
  p_client uuid, p_id uuid, p_person uuid, p_type text, p_dedupe_key text, p_to text, p_subject text, p_is_essential boolean, p_envelope text
) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into public.core_emails (id, client_id, person_id, type, dedupe_key, to_address, subject, is_essential)
  values (p_id, p_client, p_person, p_type, p_dedupe_key, p_to, p_subject, p_is_essential)
  on conflict (client_id, dedupe_key) do nothing;
  if not found then
    return false;
  end if;
  insert into private.email_bodies (email_id, envelope) values (p_id, p_envelope);
  perform private.add_job('email.send', jsonb_build_object('clientId', p_client, 'emailId', p_id), 'email:' || p_id);
  return true;
end $$;

create function private.resend_email(p_client uuid, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.core_emails;
begin
  perform private.require_permission(p_client, 'email.log.read');
  select * into v_email from public.core_emails where client_id = p_client and id = p_id for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this e-mail.';
  end if;
  if v_email.state <> 'failed' then
    raise exception using errcode = 'ST001', message = 'Only an e-mail that failed can be sent again.';
  end if;
  if not exists (select from private.email_bodies b where b.email_id = p_id) then
    raise exception using errcode = 'ST001', message = 'The text of this e-mail is no longer kept, so it cannot be sent again.';
  end if;
  update public.core_emails set state = 'queued', error_code = null, settled_at = null, sends = sends + 1 where id = p_id;
  perform private.add_job('email.send', jsonb_build_object('clientId', p_client, 'emailId', p_id), 'email:' || p_id);
end $$;

create function private.forget_email_bodies() returns integer
language plpgsql set search_path = '' as $$
declare
  v_count integer;
begin
  delete from private.email_bodies b using public.core_emails e
  where e.id = b.email_id and (e.state in ('delivered', 'bounced') or e.created_at < now() - interval '14 days')
    and e.updated_at < now() - interval '1 day';
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function public.email_resend_email(p_client uuid, p_id uuid) returns void
language plpgsql set search_path = '' as $$
begin perform private.resend_email(p_client, p_id); end $$;

-- triggers
create trigger t10_stamp before update on public.core_emails for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.core_emails
  for each row execute function private.tg__immutable('id', 'client_id', 'type', 'dedupe_key', 'to_address', 'subject', 'is_essential', 'created_at');
create trigger t30_transition before insert or update on public.core_emails
  for each row execute function private.tg__guard_transition('core_emails', 'state');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('core_emails', null, 'queued', null),
  ('core_emails', 'queued', 'sent', null),
  ('core_emails', 'queued', 'failed', null),
  ('core_emails', 'sent', 'delivered', null),
  ('core_emails', 'sent', 'bounced', null),
  ('core_emails', 'sent', 'failed', null),
  ('core_emails', 'delivered', 'bounced', null),
  ('core_emails', 'failed', 'queued', 'email.log.read');

-- rls
alter table public.core_emails enable row level security;
alter table public.core_emails force row level security;
create policy core_emails_select on public.core_emails for select to authenticated
  using (client_id = any ((select private.clients_with('email.log.read'))::uuid[]));

-- grants
revoke all on public.core_emails from anon, authenticated, service_role;
grant select on public.core_emails to authenticated;
grant execute on function private.resend_email(uuid, uuid), public.email_resend_email(uuid, uuid) to authenticated;

-- comments
comment on table public.core_emails is 'Every mail, before and after it was sent. The text is in private.email_bodies.';
comment on column public.core_emails.person_id is 'Whom it is for, when we know them.';
comment on column public.core_emails.type is 'The kind of message, as in the notification registry.';
comment on column public.core_emails.dedupe_key is 'One mail a key and business: writing it twice sends it once.';
comment on column public.core_emails.to_address is 'The address at the moment of writing.';
comment on column public.core_emails.is_essential is 'True for mails one cannot unsubscribe from.';
comment on column public.core_emails.state is 'queued, sent (the provider took it), delivered, bounced, failed (never left, see error_code).';
comment on column public.core_emails.attempts is 'Calls to the provider.';
comment on column public.core_emails.sends is 'Grows when staff send a failed mail again, and with it the provider''s idempotency key.';
comment on column public.core_emails.provider_id is 'The provider''s id.';
comment on column public.core_emails.error_code is 'Why it failed or bounced, as a code; never the provider''s text, which repeats the address.';
comment on column public.core_emails.settled_at is 'When its end was known.';
comment on column public.core_emails.complained_at is 'When the reader called it spam.';
comment on table private.email_bodies is 'HTML and text of a mail, encrypted: a body may hold a one-time link. Forgotten a day after delivery, two weeks at most.';
comment on function private.queue_email(uuid, uuid, uuid, text, text, text, text, boolean, text) is 'Writes a mail and its job once for a dedupe key; false when it was written before.';
comment on function private.resend_email(uuid, uuid) is 'Queues a failed mail again. Definer: state is not client-writable.';
comment on function private.forget_email_bodies() is 'Drops the texts of mails that need no repeat.';
comment on function public.email_resend_email(uuid, uuid) is 'Sends a failed mail again (permission email.log.read).';
