-- What the provider tells us about a mail, and the addresses we must no longer write to.

-- tables
create table public.core_email_events (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_email_events_client_id_fkey references public.clients (id) on delete restrict,
  email_id uuid not null,
  provider_event_id text not null constraint core_email_events_provider_event_id_key unique,
  kind text not null constraint core_email_events_kind_check check (kind in ('sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed')),
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint core_email_events_email_id_fkey foreign key (client_id, email_id) references public.core_emails (client_id, id) on delete cascade
);

create table public.core_email_suppressions (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_email_suppressions_client_id_fkey references public.clients (id) on delete restrict,
  address text not null constraint core_email_suppressions_address_check check (address = lower(address)),
  reason text not null constraint core_email_suppressions_reason_check check (reason in ('bounced', 'complained')),
  email_id uuid,
  created_at timestamptz not null default now(),
  constraint core_email_suppressions_address_key unique (client_id, address),
  constraint core_email_suppressions_email_id_fkey foreign key (client_id, email_id)
    references public.core_emails (client_id, id) on delete set null (email_id)
);

-- indexes
create index core_email_events_client_id_email_id_idx on public.core_email_events (client_id, email_id, occurred_at);
create index core_email_suppressions_client_id_email_id_idx on public.core_email_suppressions (client_id, email_id);
create index core_email_suppressions_client_id_created_at_idx on public.core_email_suppressions (client_id, created_at desc, id desc);

-- functions
create function private.email_is_suppressed(p_client uuid, p_address text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from public.core_email_suppressions s where s.client_id = p_client and s.address = lower(p_address));
end $$;

create function private.record_email_event(
  p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamptz
) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.core_emails;
begin
  select * into v_email from public.core_emails where client_id = p_client and id = p_email for update;
  if not found or (v_email.provider_id is not null and v_email.provider_id is distinct from p_provider_id) then
    return 'unknown';
  end if;
  insert into public.core_email_events (client_id, email_id, provider_event_id, kind, occurred_at)
  values (p_client, p_email, p_event_id, p_kind, p_occurred_at)
  on conflict (provider_event_id) do nothing;
  if not found then
    return 'repeated';
  end if;

  -- The provider may be heard before our own answer from it was written down.
  if v_email.state = 'queued' and p_kind in ('sent', 'delivered', 'bounced', 'complained') then
    update public.core_emails set state = 'sent', sent_at = p_occurred_at, provider_id = p_provider_id where id = p_email;
    v_email.state := 'sent';
  end if;
  -- Later news may only go forward: "delivered" after "bounced" is an old message that arrived late.
  if p_kind = 'delivered' and v_email.state = 'sent' then
    update public.core_emails set state = 'delivered', settled_at = p_occurred_at where id = p_email;
  elsif p_kind = 'bounced' and v_email.state in ('sent', 'delivered') then
    update public.core_emails set state = 'bounced', settled_at = p_occurred_at,
      error_code = case when p_is_permanent then 'bounced_for_good' else 'bounced_for_now' end where id = p_email;
  elsif p_kind = 'failed' and v_email.state = 'sent' then
    update public.core_emails set state = 'failed', settled_at = p_occurred_at, error_code = 'provider_failed' where id = p_email;
  elsif p_kind = 'complained' then
    update public.core_emails set complained_at = coalesce(complained_at, p_occurred_at) where id = p_email;
  end if;
  -- One hard bounce or one complaint is enough; a full mailbox is not.
  if p_kind = 'complained' or (p_kind = 'bounced' and p_is_permanent) then
    insert into public.core_email_suppressions (client_id, address, reason, email_id)
    values (p_client, lower(v_email.to_address), p_kind, p_email)
    on conflict (client_id, address) do nothing;
  end if;
  return 'recorded';
end $$;

create function private.remove_suppression(p_client uuid, p_suppression uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_address text;
  v_email uuid;
begin
  perform private.require_permission(p_client, 'email.log.read');
  delete from public.core_email_suppressions s
  where s.client_id = p_client and s.id = p_suppression and s.reason = 'bounced'
  returning s.address into v_address;
  if not found then
    raise exception using errcode = 'TN001', message = 'This address is not blocked any more, or its owner asked not to be written to.';
  end if;
  -- What was held back last goes out; older mails would only repeat what is past.
  select e.id into v_email
  from public.core_emails e
  join private.email_bodies b on b.email_id = e.id
  where e.client_id = p_client and e.state = 'failed' and e.error_code = 'suppressed' and lower(e.to_address) = v_address
  order by e.created_at desc, e.id limit 1;
  if v_email is not null then
    perform private.resend_email(p_client, v_email);
  end if;
  return v_email;
end $$;

create function private.my_blocked_address(p_client uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select s.reason
    from public.people p
    join auth.users u on u.id = p.user_id
    join public.core_email_suppressions s on s.client_id = p.client_id and s.address = lower(u.email)
    where p.client_id = p_client and p.id = private.my_person(p_client));
end $$;

create function private.confirm_my_address(p_client uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.my_person(p_client);
begin
  if v_person is null then
    raise exception using errcode = 'TN001', message = 'We could not find that business.';
  end if;
  -- Hers to say in both cases: a complaint was her own wish.
  delete from public.core_email_suppressions s using public.people p, auth.users u
  where p.client_id = p_client and p.id = v_person and u.id = p.user_id
    and s.client_id = p_client and s.address = lower(u.email);
end $$;

create function public.email_remove_suppression(p_client uuid, p_suppression uuid) returns uuid
language plpgsql set search_path = '' as $$
begin return private.remove_suppression(p_client, p_suppression); end $$;

create function public.email_confirm_my_address(p_client uuid) returns void
language plpgsql set search_path = '' as $$
begin perform private.confirm_my_address(p_client); end $$;

create function public.email_record_event(
  p_client uuid, p_email uuid, p_provider_id text, p_event_id text, p_kind text, p_is_permanent boolean, p_occurred_at timestamptz
) returns text
language plpgsql set search_path = '' as $$
begin
  return private.record_email_event(p_client, p_email, p_provider_id, p_event_id, p_kind, p_is_permanent, p_occurred_at);
end $$;

-- triggers
create trigger t80_audit_insert after insert on public.core_email_suppressions referencing new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_delete after delete on public.core_email_suppressions referencing old table as old_rows
  for each statement execute function private.tg__audit();

-- rls
alter table public.core_email_events enable row level security;
alter table public.core_email_events force row level security;
alter table public.core_email_suppressions enable row level security;
alter table public.core_email_suppressions force row level security;
create policy core_email_events_select on public.core_email_events for select to authenticated
  using (client_id = any ((select private.clients_with('email.log.read'))::uuid[]));
create policy core_email_suppressions_select on public.core_email_suppressions for select to authenticated
  using (client_id = any ((select private.clients_with('email.log.read'))::uuid[]));

-- grants
revoke all on public.core_email_events, public.core_email_suppressions from anon, authenticated, service_role;
grant select on public.core_email_events, public.core_email_suppressions to authenticated;
grant execute on function private.remove_suppression(uuid, uuid), public.email_remove_suppression(uuid, uuid),
  private.confirm_my_address(uuid), public.email_confirm_my_address(uuid) to authenticated;
grant execute on function private.record_email_event(uuid, uuid, text, text, text, boolean, timestamptz),
  public.email_record_event(uuid, uuid, text, text, text, boolean, timestamptz) to service_role;

-- comments
comment on table public.core_email_events is 'What the provider told us about a mail, once each.';
comment on column public.core_email_events.provider_event_id is 'The provider''s message id: a repeated webhook is recognised by it.';
comment on table public.core_email_suppressions is 'Addresses we do not write to: one hard bounce or one complaint.';
comment on column public.core_email_suppressions.address is 'Lower case.';
comment on function private.email_is_suppressed(uuid, text) is 'True when the business must not write to an address.';
comment on function private.record_email_event(uuid, uuid, text, text, text, boolean, timestamptz) is 'One webhook: recorded once, moves the mail forward only, blocks the address after a hard bounce or complaint. Definer: webhooks have no person.';
comment on function private.remove_suppression(uuid, uuid) is 'Allows a bounced address again and sends what was held back last; a complaint stays. Answers the mail that goes again. Definer: the list is not client-writable.';
comment on function private.my_blocked_address(uuid) is 'Why the caller''s own address is not written to, or null. Definer: part of the request context.';
comment on function private.confirm_my_address(uuid) is 'The caller says that their own address is right. Definer: the list is not client-writable.';
comment on function public.email_remove_suppression(uuid, uuid) is 'Allows a bounced address again (permission email.log.read).';
comment on function public.email_confirm_my_address(uuid) is 'Allows the caller''s own address again.';
comment on function public.email_record_event(uuid, uuid, text, text, text, boolean, timestamptz) is 'Records a webhook about a mail. Service role only.';
