-- Mails about a login: the way out of a lock, and what its owner is told when it changes. Codes are mailed by Auth.

-- tables
create table private.auth_mails (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint auth_mails_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  kind text not null constraint auth_mails_kind_check check (kind in ('unlock', 'e-mail-changed')),
  to_address text not null constraint auth_mails_to_address_check check (char_length(to_address) between 3 and 254),
  envelope text,
  created_at timestamptz not null default now(),
  constraint auth_mails_person_id_fkey foreign key (client_id, person_id) references public.people (client_id, id) on delete cascade
);

-- indexes
create index auth_mails_client_id_person_id_idx on private.auth_mails (client_id, person_id);
create index auth_mails_created_at_idx on private.auth_mails (created_at);

-- functions
create function private.auth_queue_mail(p_client uuid, p_person uuid, p_kind text, p_to text, p_envelope text, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.auth_mails m where m.created_at < now() - interval '2 days';
  insert into private.auth_mails (id, client_id, person_id, kind, to_address, envelope)
  values (p_id, p_client, p_person, p_kind, p_to, p_envelope);
  perform private.add_job('auth.send-mail', jsonb_build_object('clientId', p_client, 'mailId', p_id), 'auth-mail:' || p_id);
end $$;

create function private.auth_tell_password_changed(p_user uuid, p_account text, p_ip text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_person record;
begin
  perform private.auth_log('password', p_account, p_ip, p_user, 'ok', 'changed');
  -- One business is enough: the mail is about the login, not about the business.
  select p.client_id, p.id into v_person from public.people p
  where p.user_id = p_user and p.state = 'active' order by p.claimed_at nulls last, p.created_at limit 1;
  if found then
    perform private.notify(v_person.client_id, 'auth.password-changed', array[v_person.id],
      jsonb_build_object('changedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
      'password:' || p_user || ':' || extract(epoch from clock_timestamp()));
  end if;
end $$;

create function private.auth_move_email(p_user uuid, p_from text, p_to text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Only where the business knew the old address, and nobody else of it has the new one.
  update public.people p set email = lower(p_to)
  where p.user_id = p_user and p.email = lower(p_from)
    and not exists (select from public.people q where q.client_id = p.client_id and q.email = lower(p_to));
end $$;

create function public.auth_move_email(p_user uuid, p_from text, p_to text) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_move_email(p_user, p_from, p_to); end $$;
create function public.auth_queue_mail(
  p_client uuid, p_person uuid, p_kind text, p_to text, p_id uuid, p_envelope text default null
) returns void
language plpgsql set search_path = '' as $$
begin perform private.auth_queue_mail(p_client, p_person, p_kind, p_to, p_envelope, p_id); end $$;
create function public.auth_tell_password_changed(p_user uuid, p_account text, p_ip text) returns void
language plpgsql set search_path = '' as $$ begin perform private.auth_tell_password_changed(p_user, p_account, p_ip); end $$;

-- grants
revoke all on private.auth_mails from anon, authenticated, service_role;
grant execute on function
  private.auth_move_email(uuid, text, text), public.auth_move_email(uuid, text, text),
  private.auth_queue_mail(uuid, uuid, text, text, text, uuid), public.auth_queue_mail(uuid, uuid, text, text, uuid, text),
  private.auth_tell_password_changed(uuid, text, text), public.auth_tell_password_changed(uuid, text, text)
  to service_role;

-- comments
comment on table private.auth_mails is 'Mails about a login that wait to be written; gone after two days.';
comment on column private.auth_mails.to_address is 'Not read from the login: after a change it is the old address that must be told.';
comment on column private.auth_mails.envelope is 'The secret of a link, encrypted; null when there is none.';
comment on function private.auth_queue_mail(uuid, uuid, text, text, text, uuid) is 'Queues a mail about a login.';
comment on function private.auth_tell_password_changed(uuid, text, text) is 'Logs a new password and tells its owner.';
comment on function private.auth_move_email(uuid, text, text) is 'Carries a changed e-mail over to the businesses that knew the old one.';
comment on function public.auth_move_email(uuid, text, text) is 'See private.auth_move_email.';
comment on function public.auth_queue_mail(uuid, uuid, text, text, uuid, text) is 'See private.auth_queue_mail.';
comment on function public.auth_tell_password_changed(uuid, text, text) is 'See private.auth_tell_password_changed.';
