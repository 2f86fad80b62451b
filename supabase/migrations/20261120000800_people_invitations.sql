-- Invitations, claiming, roles and deactivation. Each is one locked function, because each spans rows.

-- tables
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint invitations_client_id_fkey references public.clients (id) on delete restrict,
  person_id uuid not null,
  email text constraint invitations_email_check check (email = lower(btrim(email)) and email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'),
  role_id text not null constraint invitations_role_id_fkey references public.roles (id) on delete restrict,
  state text not null default 'pending' constraint invitations_state_check check (state in ('pending', 'accepted', 'revoked')),
  expires_at timestamptz not null,
  sent_count integer not null default 1 constraint invitations_sent_count_check check (sent_count between 0 and 20),
  last_sent_at timestamptz not null default now(),
  invited_by uuid,
  accepted_at timestamptz,
  accepted_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint invitations_client_id_id_key unique (client_id, id),
  constraint invitations_person_fkey foreign key (client_id, person_id) references public.people (client_id, id) on delete cascade,
  constraint invitations_accepted_check check ((state = 'accepted') = (accepted_at is not null))
);

create table private.invitation_secrets (
  invitation_id uuid primary key constraint invitation_secrets_invitation_id_fkey references public.invitations (id) on delete cascade,
  token_hash text not null constraint invitation_secrets_token_hash_key unique,
  token_envelope text not null
);

-- indexes
create unique index invitations_client_id_person_id_pending_key on public.invitations (client_id, person_id) where state = 'pending';
create index invitations_client_id_person_id_idx on public.invitations (client_id, person_id);
create index invitations_client_id_created_at_idx on public.invitations (client_id, created_at desc, id);
create index invitations_role_id_idx on public.invitations (role_id);

-- functions
create function private.require_grantable(p_client uuid, p_role text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from public.roles r where r.id = p_role) then
    raise exception using errcode = 'VA001', message = 'Choose a role from the list.', detail = 'role';
  end if;
  if exists (
    select from public.role_permissions rp
    where rp.role_id = p_role and rp.permission_id <> all (private.permissions_in(p_client))
      -- Permissions of a program that is off are held by nobody, so they cannot be escalated to either.
      and (split_part(rp.permission_id, '.', 1) not in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
        or private.program_is_on(p_client, split_part(rp.permission_id, '.', 1)))
      and rp.permission_id not like '%.app.use'
  ) then
    raise exception using errcode = 'PM001', message = 'This role can do more than you can, so you cannot give it.', detail = 'role';
  end if;
end $$;

create function private.require_person_within_reach(p_client uuid, p_person uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  -- Otherwise a manager could hand out a link to the unclaimed row of an admin, and open it herself.
  perform private.require_grantable(p_client, pr.role_id)
  from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person;
end $$;

create function private.require_other_owner(p_client uuid, p_person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- The lock makes two owners who remove each other at once wait for one another.
  perform from public.clients c where c.id = p_client for no key update;
  if exists (select from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person and pr.role_id = 'owner'
             and (pr.valid_until is null or pr.valid_until > now()))
    and not exists (
      select from public.person_roles pr
      join public.people p on p.client_id = pr.client_id and p.id = pr.person_id
      where pr.client_id = p_client and pr.role_id = 'owner' and pr.person_id <> p_person
        and pr.valid_until is null and p.state = 'active' and p.user_id is not null)
  then
    raise exception using errcode = 'ST001', message = 'A business needs an owner. Make someone else an owner first.', detail = 'lastOwner';
  end if;
end $$;

create function private.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamptz) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform private.require_permission(p_client, 'people.roles.write');
  if p_person = private.my_person(p_client) then
    raise exception using errcode = 'PM001', message = 'You cannot change your own roles. Ask another owner.', detail = 'self';
  end if;
  perform private.require_grantable(p_client, p_role);
  if p_valid_until is not null and p_valid_until <= now() then
    raise exception using errcode = 'VA001', message = 'Choose an end in the future.', detail = 'validUntil';
  end if;
  perform from public.people p where p.client_id = p_client and p.id = p_person for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  if p_valid_until is not null and p_role = 'owner' then
    perform private.require_other_owner(p_client, p_person);
  end if;
  insert into public.person_roles (client_id, person_id, role_id, valid_until, granted_by)
  values (p_client, p_person, p_role, p_valid_until, auth.uid())
  on conflict (client_id, person_id, role_id) do update set valid_until = excluded.valid_until, granted_by = excluded.granted_by
  returning id into v_id;
  return v_id;
end $$;

create function private.people_revoke_role(p_client uuid, p_person uuid, p_role text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'people.roles.write');
  if p_person = private.my_person(p_client) then
    raise exception using errcode = 'PM001', message = 'You cannot change your own roles. Ask another owner.', detail = 'self';
  end if;
  perform private.require_grantable(p_client, p_role);
  if p_role = 'owner' then
    perform private.require_other_owner(p_client, p_person);
  end if;
  delete from public.person_roles pr where pr.client_id = p_client and pr.person_id = p_person and pr.role_id = p_role;
  if not found then
    raise exception using errcode = 'TN001', message = 'This person does not have that role.';
  end if;
end $$;

create function private.people_set_state(p_client uuid, p_person uuid, p_state text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'people.people.write');
  if p_state not in ('active', 'deactivated') then
    raise exception using errcode = 'VA001', message = 'Choose active or deactivated.', detail = 'state';
  end if;
  if p_person = private.my_person(p_client) then
    raise exception using errcode = 'PM001', message = 'You cannot deactivate yourself. Ask another owner.', detail = 'self';
  end if;
  perform from public.people p where p.client_id = p_client and p.id = p_person for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  if p_state = 'deactivated' then
    perform private.require_other_owner(p_client, p_person);
  end if;
  perform private.require_person_within_reach(p_client, p_person);
  update public.people p
  set state = p_state, deactivated_at = case when p_state = 'deactivated' then now() end
  where p.client_id = p_client and p.id = p_person and p.state <> p_state;
  if p_state = 'deactivated' then
    update public.invitations i set state = 'revoked' where i.client_id = p_client and i.person_id = p_person and i.state = 'pending';
  end if;
end $$;

create function private.people_invite(
  p_client uuid, p_person uuid, p_display_name text, p_email text, p_role text, p_token_hash text, p_token_envelope text
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := p_person;
  v_email text := nullif(lower(btrim(p_email)), '');
  v_existing record;
  v_id uuid;
begin
  perform private.require_permission(p_client, 'people.invitations.write');
  perform private.require_grantable(p_client, p_role);
  if v_person is null then
    if v_email is null then
      raise exception using errcode = 'VA001', message = 'Give an e-mail address to invite someone new.', detail = 'email';
    end if;
    select p.id, p.state, p.user_id into v_existing from public.people p
    where p.client_id = p_client and p.email = v_email and p.state = 'active';
    if found then
      v_person := v_existing.id;
    else
      insert into public.people (client_id, display_name, email)
      values (p_client, coalesce(nullif(btrim(p_display_name), ''), split_part(v_email, '@', 1)), v_email)
      returning id into v_person;
    end if;
  end if;
  select p.id, p.user_id, p.state, p.email into v_existing from public.people p
  where p.client_id = p_client and p.id = v_person for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  if v_existing.state <> 'active' then
    raise exception using errcode = 'ST001', message = 'This person is deactivated. Reactivate them first.';
  end if;
  if v_existing.user_id is not null then
    raise exception using errcode = 'ST003', message = 'This person already has a login here. Change their roles instead.';
  end if;
  perform private.require_person_within_reach(p_client, v_person);
  update public.invitations i set state = 'revoked' where i.client_id = p_client and i.person_id = v_person and i.state = 'pending';
  insert into public.invitations (client_id, person_id, email, role_id, expires_at, invited_by)
  values (p_client, v_person, v_email, p_role, now() + interval '7 days', auth.uid())
  returning id into v_id;
  insert into private.invitation_secrets (invitation_id, token_hash, token_envelope) values (v_id, p_token_hash, p_token_envelope);
  if v_email is not null then
    perform private.add_job('people.send-invitation', jsonb_build_object('clientId', p_client, 'invitationId', v_id), 'invitation:' || v_id || ':1');
  end if;
  return v_id;
end $$;

create function private.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_row record;
begin
  perform private.require_permission(p_client, 'people.invitations.write');
  select i.id, i.person_id, i.state, i.email, i.last_sent_at, i.sent_count, i.role_id into v_row
  from public.invitations i where i.client_id = p_client and i.id = p_invitation for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this invitation.';
  end if;
  if v_row.state <> 'pending' then
    raise exception using errcode = 'ST001', message = format('This invitation was already %s.', v_row.state);
  end if;
  perform private.require_grantable(p_client, v_row.role_id);
  perform private.require_person_within_reach(p_client, v_row.person_id);
  if v_row.last_sent_at > now() - interval '60 seconds' then
    raise exception using errcode = 'QT001', message = 'We sent this a moment ago. Wait a minute before you send it again.';
  end if;
  if v_row.sent_count >= 20 then
    raise exception using errcode = 'QT002', message = 'This invitation was sent 20 times. Revoke it and make a new one.';
  end if;
  update public.invitations i
  set expires_at = now() + interval '7 days', sent_count = i.sent_count + 1, last_sent_at = now()
  where i.client_id = p_client and i.id = p_invitation;
  -- The old link dies here: one live link an invitation.
  update private.invitation_secrets s set token_hash = p_token_hash, token_envelope = p_token_envelope where s.invitation_id = p_invitation;
  if v_row.email is not null then
    perform private.add_job('people.send-invitation', jsonb_build_object('clientId', p_client, 'invitationId', p_invitation),
      'invitation:' || p_invitation || ':' || (v_row.sent_count + 1));
  end if;
end $$;

create function private.people_revoke_invitation(p_client uuid, p_invitation uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'people.invitations.write');
  update public.invitations i set state = 'revoked' where i.client_id = p_client and i.id = p_invitation and i.state = 'pending';
  if not found then
    if exists (select from public.invitations i where i.client_id = p_client and i.id = p_invitation) then
      raise exception using errcode = 'ST003', message = 'This invitation was already accepted or revoked.';
    end if;
    raise exception using errcode = 'TN001', message = 'We could not find this invitation.';
  end if;
end $$;

create function private.people_read_invitation(p_token_hash text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select jsonb_build_object('client', jsonb_build_object('slug', c.slug, 'name', c.name, 'brandColor', c.brand_color, 'logoPath', c.logo_path),
      'role', i.role_id, 'name', p.display_name, 'needsEmail', i.email is not null,
      'state', case when i.state = 'pending' and i.expires_at <= now() then 'expired' else i.state end, 'expiresAt', i.expires_at)
    from private.invitation_secrets s
    join public.invitations i on i.id = s.invitation_id
    join public.people p on p.client_id = i.client_id and p.id = i.person_id
    join public.clients c on c.id = i.client_id
    where s.token_hash = p_token_hash);
end $$;

create function private.people_accept_invitation(p_token_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_email text;
  v_row record;
begin
  if v_user is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to accept this invitation.';
  end if;
  select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
  if not found then
    raise exception using errcode = 'PM001', message = 'Confirm your e-mail address first.', detail = 'email';
  end if;
  -- The person first, as everyone who changes both does: the other way round, a deactivation at the same moment is a deadlock.
  perform from public.people p
  where (p.client_id, p.id) = (select i.client_id, i.person_id from private.invitation_secrets s
    join public.invitations i on i.id = s.invitation_id where s.token_hash = p_token_hash)
  for update;
  select i.id, i.client_id, i.person_id, i.email, i.role_id, i.state, i.expires_at, i.accepted_by, c.slug into v_row
  from private.invitation_secrets s
  join public.invitations i on i.id = s.invitation_id
  join public.clients c on c.id = i.client_id
  where s.token_hash = p_token_hash
  for update of i;
  if not found then
    raise exception using errcode = 'TN001', message = 'This link is not valid. Ask for a new invitation.';
  end if;
  if v_row.state = 'accepted' and v_row.accepted_by = v_user then
    return jsonb_build_object('slug', v_row.slug, 'repeated', true);
  end if;
  if v_row.state <> 'pending' or v_row.expires_at <= now() then
    raise exception using errcode = 'ST001', message = 'This invitation was used, revoked or is older than 7 days. Ask for a new one.';
  end if;
  if v_row.email is not null and v_row.email is distinct from v_email then
    raise exception using errcode = 'PM001', detail = 'email',
      message = 'This invitation was sent to another e-mail address. Sign in with that address, or ask for a new invitation.';
  end if;
  perform private.bind_person(v_row.client_id, v_row.person_id, v_user);
  insert into public.person_roles (client_id, person_id, role_id, granted_by)
  select v_row.client_id, p.id, v_row.role_id, null
  from public.people p where p.client_id = v_row.client_id and p.user_id = v_user
  on conflict (client_id, person_id, role_id) do update set valid_until = null;
  update public.invitations i set state = 'accepted', accepted_at = now(), accepted_by = v_user where i.id = v_row.id;
  perform private.emit_event(v_row.client_id, 'people.joined', jsonb_build_object('personId', v_row.person_id));
  return jsonb_build_object('slug', v_row.slug, 'repeated', false);
end $$;

create function private.bind_person(p_client uuid, p_person uuid, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_row record;
begin
  select p.user_id, p.state into v_row from public.people p where p.client_id = p_client and p.id = p_person for update;
  if not found or v_row.state <> 'active' then
    raise exception using errcode = 'TN001', message = 'We could not find this person.';
  end if;
  if v_row.user_id = p_user then
    return;
  end if;
  if v_row.user_id is not null then
    raise exception using errcode = 'ST003', message = 'This person already has a login.';
  end if;
  if exists (select from public.people p where p.client_id = p_client and p.user_id = p_user) then
    raise exception using errcode = 'ST001', message = 'Your login already belongs to someone else in this business. Ask the business to join the two.', detail = 'twoPeople';
  end if;
  update public.people p set user_id = p_user, claimed_at = now() where p.client_id = p_client and p.id = p_person;
end $$;

create function private.people_claim_by_email() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_email text;
  v_claimed jsonb;
begin
  if v_user is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
  if not found then
    return '[]'::jsonb;
  end if;
  with claimed as (
    update public.people p set user_id = v_user, claimed_at = now()
    where p.email = v_email and p.user_id is null and p.state = 'active'
      and not exists (select from public.people q where q.client_id = p.client_id and q.user_id = v_user)
    returning p.client_id, p.id
  )
  select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'personId', k.id)), '[]'::jsonb) into v_claimed
  from claimed k join public.clients c on c.id = k.client_id;
  return v_claimed;
end $$;

-- One-line doors of the Data API over the functions above.
create function public.people_grant_role(p_client uuid, p_person uuid, p_role text, p_valid_until timestamptz default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.people_grant_role(p_client, p_person, p_role, p_valid_until); end $$;
create function public.people_revoke_role(p_client uuid, p_person uuid, p_role text) returns void
language plpgsql set search_path = '' as $$ begin perform private.people_revoke_role(p_client, p_person, p_role); end $$;
create function public.people_set_state(p_client uuid, p_person uuid, p_state text) returns void
language plpgsql set search_path = '' as $$ begin perform private.people_set_state(p_client, p_person, p_state); end $$;
create function public.people_invite(
  p_client uuid, p_role text, p_token_hash text, p_token_envelope text,
  p_person uuid default null, p_display_name text default null, p_email text default null) returns uuid
language plpgsql set search_path = '' as $$
begin return private.people_invite(p_client, p_person, p_display_name, p_email, p_role, p_token_hash, p_token_envelope); end $$;
create function public.people_resend_invitation(p_client uuid, p_invitation uuid, p_token_hash text, p_token_envelope text) returns void
language plpgsql set search_path = '' as $$ begin perform private.people_resend_invitation(p_client, p_invitation, p_token_hash, p_token_envelope); end $$;
create function public.people_revoke_invitation(p_client uuid, p_invitation uuid) returns void
language plpgsql set search_path = '' as $$ begin perform private.people_revoke_invitation(p_client, p_invitation); end $$;
create function public.people_read_invitation(p_token_hash text) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.people_read_invitation(p_token_hash); end $$;
create function public.people_accept_invitation(p_token_hash text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.people_accept_invitation(p_token_hash); end $$;
create function public.people_claim_by_email() returns jsonb
language plpgsql set search_path = '' as $$ begin return private.people_claim_by_email(); end $$;

-- triggers
create trigger t10_stamp before update on public.invitations for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.invitations
  for each row execute function private.tg__immutable('id', 'client_id', 'person_id', 'email', 'role_id', 'created_at');
create trigger t30_transition before insert or update on public.invitations
  for each row execute function private.tg__guard_transition('invitations', 'state');
create trigger t30_transition before insert or update on public.people
  for each row execute function private.tg__guard_transition('people', 'state');
create trigger t80_audit_insert after insert on public.invitations referencing new table as new_rows
  for each statement execute function private.tg__audit();
create trigger t80_audit_update after update on public.invitations referencing old table as old_rows new table as new_rows
  for each statement execute function private.tg__audit();

-- rls
alter table public.invitations enable row level security;
alter table public.invitations force row level security;
create policy invitations_select on public.invitations for select to authenticated
  using (client_id = any ((select private.clients_with('people.invitations.write'))::uuid[]));

-- grants
revoke all on public.invitations from anon, authenticated, service_role;
grant select on public.invitations to authenticated, service_role;
grant execute on function private.people_grant_role(uuid, uuid, text, timestamptz), private.people_revoke_role(uuid, uuid, text),
  private.people_set_state(uuid, uuid, text), private.people_invite(uuid, uuid, text, text, text, text, text),
  private.people_resend_invitation(uuid, uuid, text, text), private.people_revoke_invitation(uuid, uuid),
  private.people_accept_invitation(text), private.people_claim_by_email() to authenticated;
grant execute on function public.people_grant_role(uuid, uuid, text, timestamptz), public.people_revoke_role(uuid, uuid, text),
  public.people_set_state(uuid, uuid, text), public.people_invite(uuid, text, text, text, uuid, text, text),
  public.people_resend_invitation(uuid, uuid, text, text), public.people_revoke_invitation(uuid, uuid),
  public.people_accept_invitation(text), public.people_claim_by_email() to authenticated;
-- The invitation page opens before anyone is signed in. Knowing the hash of 256 random bits is the proof.
grant execute on function private.people_read_invitation(text), public.people_read_invitation(text) to anon, authenticated;

-- comments
comment on table public.invitations is 'An offer to become a person of a business: 7 days, one use.';
comment on column public.invitations.email is 'Where it was mailed; null for a link the owner hands over, whose possession is the proof.';
comment on table private.invitation_secrets is 'Token of an invitation: a hash to look it up, an encrypted copy for the mail. Never readable through the API.';
comment on function private.require_grantable(uuid, text) is 'Raises unless the caller holds everything a role permits: nobody hands out more than they have.';
comment on function private.require_person_within_reach(uuid, uuid) is 'Raises when a person holds a role that the caller could not give.';
comment on function private.require_other_owner(uuid, uuid) is 'Raises when a person is the last active owner; locks the business so two removals cannot cross.';
comment on function private.people_grant_role(uuid, uuid, text, timestamptz) is 'Gives a role to someone else, optionally until a moment.';
comment on function private.people_revoke_role(uuid, uuid, text) is 'Takes a role from someone else; gone on their next request.';
comment on function private.people_set_state(uuid, uuid, text) is 'Deactivates or reactivates someone else.';
comment on function private.people_invite(uuid, uuid, text, text, text, text, text) is 'Invites a person by mail or by a link; replaces an earlier pending invitation.';
comment on function private.people_resend_invitation(uuid, uuid, text, text) is 'New link and 7 new days; the old link dies. At most once a minute.';
comment on function private.people_revoke_invitation(uuid, uuid) is 'Takes a pending invitation back.';
comment on function private.people_read_invitation(text) is 'What the holder of a link may see before accepting.';
comment on function private.people_accept_invitation(text) is 'Binds the caller''s login to the invited person, once.';
comment on function private.bind_person(uuid, uuid, uuid) is 'Gives a person without a login to a login; one person a login and business.';
comment on function private.people_claim_by_email() is 'Gives the caller every unclaimed person that carries their verified e-mail.';
comment on function public.people_grant_role(uuid, uuid, text, timestamptz) is 'See private.people_grant_role.';
comment on function public.people_revoke_role(uuid, uuid, text) is 'See private.people_revoke_role.';
comment on function public.people_set_state(uuid, uuid, text) is 'See private.people_set_state.';
comment on function public.people_invite(uuid, text, text, text, uuid, text, text) is 'See private.people_invite.';
comment on function public.people_resend_invitation(uuid, uuid, text, text) is 'See private.people_resend_invitation.';
comment on function public.people_revoke_invitation(uuid, uuid) is 'See private.people_revoke_invitation.';
comment on function public.people_read_invitation(text) is 'See private.people_read_invitation.';
comment on function public.people_accept_invitation(text) is 'See private.people_accept_invitation.';
comment on function public.people_claim_by_email() is 'See private.people_claim_by_email.';

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('invitations', null, 'pending', null),
  ('invitations', 'pending', 'accepted', null),
  ('invitations', 'pending', 'revoked', null),
  ('people', null, 'active', null),
  ('people', 'active', 'deactivated', 'people.people.write'),
  ('people', 'deactivated', 'active', 'people.people.write');
