-- Loyalty: asking for a handle and deciding about it. Asking answers the same whether or not the handle is known.

-- functions
create function private.loyalty_bind_creator(p_client uuid, p_creator uuid, p_user uuid, p_email text, p_name text) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_shell public.people;
  v_person public.people;
  v_own public.loyalty_creators;
begin
  select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator for update;
  if not found or v_creator.state <> 'active' then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  select p.* into strict v_shell from public.people p where p.client_id = p_client and p.id = v_creator.person_id for update;
  if v_shell.user_id is distinct from p_user then
    if v_shell.user_id is not null then
      raise exception using errcode = 'ST001', message = 'This handle belongs to someone with a login already.';
    end if;
    select p.* into v_person from public.people p where p.client_id = p_client and p.user_id = p_user for update;
    if not found then
      -- The row from the file becomes hers: same person, now with a login. Not one that can do more than who decides.
      perform private.require_person_within_reach(p_client, v_shell.id);
      perform private.bind_person(p_client, v_shell.id, p_user);
      update public.people p
         set display_name = case when lower(p.display_name) = v_creator.handle_key then coalesce(nullif(btrim(p_name), ''), p.display_name) else p.display_name end,
             email = case when p.email is null and not exists (select 1 from public.people o
                       where o.client_id = p_client and o.email = lower(p_email) and o.state = 'active') then lower(p_email) else p.email end
       where p.client_id = p_client and p.id = v_shell.id;
      v_person := v_shell;
    else
      if v_person.state <> 'active' then
        raise exception using errcode = 'ST001', message = 'This person is deactivated. Reactivate them first.';
      end if;
      select c.* into v_own from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person.id for update;
      if found and (v_own.total_videos > 0 or exists (select 1 from public.loyalty_videos v where v.client_id = p_client and v.creator_id = v_own.id)
                    or exists (select 1 from public.loyalty_adjustments a where a.client_id = p_client and a.creator_id = v_own.id)) then
        raise exception using errcode = 'ST001',
          message = format('This person already sells as @%s. Rename that creator instead.', v_own.handle);
      end if;
      -- Two rows for one person: the creator moves to the row with the login, an empty creator changes places with it.
      update public.loyalty_creators c
         set person_id = case when c.id = p_creator then v_person.id else v_shell.id end
       where c.client_id = p_client and (c.id = p_creator or c.id = v_own.id);
      if v_own.id is not null then
        update public.loyalty_creators c set state = 'archived' where c.client_id = p_client and c.id = v_own.id;
      else
        begin
          delete from public.people p where p.client_id = p_client and p.id = v_shell.id;
        exception when foreign_key_violation then
          null; -- Something still names the row from the file; it stays, without a login and without a creator.
        end;
      end if;
    end if;
  else
    v_person := v_shell;
  end if;
  insert into public.person_roles (client_id, person_id, role_id, granted_by)
  values (p_client, v_person.id, 'creator', auth.uid())
  on conflict (client_id, person_id, role_id) do update set valid_until = null;
  return v_person.id;
end $$;

create function private.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text, p_evidence_url text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_client uuid;
  v_email text;
  v_name text;
  v_person uuid;
  v_key text := private.loyalty_handle_key(p_handle);
  v_id uuid;
begin
  if v_user is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  select c.id into v_client from public.clients c where c.slug = p_slug and private.program_is_on(c.id, 'loyalty');
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select lower(u.email) into v_email from auth.users u where u.id = v_user and u.email_confirmed_at is not null;
  if not found then
    raise exception using errcode = 'PM001', message = 'Confirm your e-mail address first.', detail = 'email';
  end if;
  if v_key !~ '^[a-z0-9_.]{1,30}$' then
    raise exception using errcode = 'VA001', message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
  end if;
  if nullif(btrim(p_evidence_url), '') is null and char_length(btrim(coalesce(p_evidence_text, ''))) < 10 then
    raise exception using errcode = 'VA001', message = 'Give a link or a sentence that shows the handle is yours.', detail = 'evidenceText';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('loyalty.claim:' || v_client || v_user, 0));
  if (select count(*) from public.loyalty_handle_claims k
       where k.client_id = v_client and k.user_id = v_user and k.created_at > now() - interval '24 hours') >= 5 then
    raise exception using errcode = 'QT001', message = 'You have asked five times today. Try again tomorrow.';
  end if;
  select p.id, p.display_name into v_person, v_name from public.people p
   where p.client_id = v_client and p.user_id = v_user and p.state = 'active';
  -- A new request takes the place of the one that waits: there is one for the business to look at.
  update public.loyalty_handle_claims k set state = 'withdrawn', decided_at = now()
   where k.client_id = v_client and k.user_id = v_user and k.state = 'pending';
  insert into public.loyalty_handle_claims (client_id, user_id, person_id, email, claimant_name, handle_key, evidence_text, evidence_url)
  values (v_client, v_user, v_person, v_email, coalesce(v_name, split_part(v_email, '@', 1)), v_key,
          btrim(coalesce(p_evidence_text, '')), nullif(btrim(p_evidence_url), ''))
  returning id into v_id;
  perform private.notify_permitted(v_client, 'loyalty.handle-claimed', 'loyalty.claims.decide',
    jsonb_build_object('claimId', v_id, 'handle', v_key), 'loyalty.handle-claimed:' || v_id);
  return v_id;
end $$;

create function private.loyalty_withdraw_claim(p_claim uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.loyalty_handle_claims k set state = 'withdrawn', decided_at = now(), decided_by = auth.uid()
   where k.id = p_claim and k.user_id = auth.uid() and k.state = 'pending' and private.session_is_live();
  if not found then
    raise exception using errcode = 'TN001', message = 'There is no open request.';
  end if;
end $$;

create function private.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_claim public.loyalty_handle_claims;
  v_creator uuid;
  v_person uuid;
begin
  perform private.require_permission(p_client, 'loyalty.claims.decide');
  select k.* into v_claim from public.loyalty_handle_claims k where k.client_id = p_client and k.id = p_claim for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this request.';
  end if;
  if v_claim.state <> 'pending' then
    raise exception using errcode = 'ST003', message = format('This request was already %s.', v_claim.state);
  end if;
  if v_claim.user_id = auth.uid() then
    raise exception using errcode = 'PM001', message = 'Someone else has to decide about your own request.';
  end if;
  if p_approve then
    select c.id into v_creator from public.loyalty_creators c
     where c.client_id = p_client and c.handle_key = v_claim.handle_key and c.state = 'active';
    if not found then
      select a.creator_id into v_creator from public.loyalty_handle_aliases a
       where a.client_id = p_client and a.handle_key = v_claim.handle_key;
    end if;
    if v_creator is null then
      if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.handle_key = v_claim.handle_key) then
        raise exception using errcode = 'ST001', message = 'The creator with this handle is archived. Bring her back first.';
      end if;
      -- Nobody sells under this handle yet: she is known from now on, and the next file finds her.
      select p.id into v_person from public.people p where p.client_id = p_client and p.user_id = v_claim.user_id and p.state = 'active';
      if exists (select 1 from public.loyalty_creators c where c.client_id = p_client and c.person_id = v_person) then
        raise exception using errcode = 'ST001', message = 'This person is a creator already. Rename that creator instead.';
      end if;
      if v_person is null then
        insert into public.people (client_id, display_name) values (p_client, v_claim.claimant_name) returning id into v_person;
      end if;
      insert into public.loyalty_creators (client_id, person_id, handle) values (p_client, v_person, v_claim.handle_key)
      returning id into v_creator;
    end if;
    v_person := private.loyalty_bind_creator(p_client, v_creator, v_claim.user_id, v_claim.email, v_claim.claimant_name);
    update public.loyalty_handle_claims k
       set state = 'approved', creator_id = v_creator, person_id = v_person, decided_by = auth.uid(), decided_at = now()
     where k.client_id = p_client and k.id = p_claim;
  else
    if char_length(btrim(coalesce(p_reason, ''))) < 3 then
      raise exception using errcode = 'VA001', message = 'Say why, in a sentence the person will read.', detail = 'reason';
    end if;
    update public.loyalty_handle_claims k
       set state = 'rejected', reject_reason = btrim(p_reason), decided_by = auth.uid(), decided_at = now()
     where k.client_id = p_client and k.id = p_claim;
    v_person := v_claim.person_id;
  end if;
  perform private.emit_event(p_client, 'loyalty.claim-decided', jsonb_build_object('claimId', p_claim, 'approved', p_approve));
  if v_person is not null then
    perform private.notify(p_client, 'loyalty.handle-claim-decided', array[v_person],
      jsonb_build_object('claimId', p_claim, 'handle', v_claim.handle_key, 'isApproved', p_approve, 'reason', btrim(p_reason)),
      'loyalty.handle-claim-decided:' || p_claim);
  end if;
  return v_creator;
end $$;

create function private.loyalty_my_claims(p_slug text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null or not private.session_is_live() then
    raise exception using errcode = 'PM002', message = 'Sign in to continue.';
  end if;
  if not exists (select from public.clients c where c.slug = p_slug and private.program_is_on(c.id, 'loyalty')) then
    raise exception using errcode = 'TN002', message = 'We could not find this.';
  end if;
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', k.id, 'handle', k.handle_key, 'state', k.state, 'rejectReason', k.reject_reason,
                                        'createdAt', k.created_at, 'decidedAt', k.decided_at) order by k.created_at desc)
      from public.loyalty_handle_claims k join public.clients c on c.id = k.client_id
     where c.slug = p_slug and k.user_id = auth.uid()), '[]');
end $$;

create function public.loyalty_claim_handle(p_slug text, p_handle text, p_evidence_text text default null, p_evidence_url text default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_claim_handle(p_slug, p_handle, p_evidence_text, p_evidence_url); end $$;
create function public.loyalty_withdraw_claim(p_claim uuid) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_withdraw_claim(p_claim); end $$;
create function public.loyalty_decide_claim(p_client uuid, p_claim uuid, p_approve boolean, p_reason text default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_decide_claim(p_client, p_claim, p_approve, p_reason); end $$;
create function public.loyalty_my_claims(p_slug text) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_my_claims(p_slug); end $$;

-- grants
revoke all on function private.loyalty_bind_creator(uuid, uuid, uuid, text, text) from public;
grant execute on function private.loyalty_claim_handle(text, text, text, text), public.loyalty_claim_handle(text, text, text, text) to authenticated;
grant execute on function private.loyalty_withdraw_claim(uuid), public.loyalty_withdraw_claim(uuid) to authenticated;
grant execute on function private.loyalty_decide_claim(uuid, uuid, boolean, text), public.loyalty_decide_claim(uuid, uuid, boolean, text) to authenticated;
grant execute on function private.loyalty_my_claims(text), public.loyalty_my_claims(text) to authenticated;

-- comments
comment on function private.loyalty_bind_creator(uuid, uuid, uuid, text, text) is 'Joins a creator and a login: the row from the file becomes the person''s, or the creator moves to the row she signed up with. Returns the person.';
comment on function private.loyalty_claim_handle(text, text, text, text) is 'Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.';
comment on function public.loyalty_claim_handle(text, text, text, text) is 'Asks a business for a handle, with evidence. Gives nothing, and answers alike whether or not the handle is known.';
comment on function private.loyalty_withdraw_claim(uuid) is 'Takes back the caller''s own open request.';
comment on function public.loyalty_withdraw_claim(uuid) is 'Takes back the caller''s own open request.';
comment on function private.loyalty_decide_claim(uuid, uuid, boolean, text) is 'Approves a request, which joins creator and login, or rejects it with a reason.';
comment on function public.loyalty_decide_claim(uuid, uuid, boolean, text) is 'Approves a request, which joins creator and login, or rejects it with a reason.';
comment on function private.loyalty_my_claims(text) is 'The caller''s own requests in a business.';
comment on function public.loyalty_my_claims(text) is 'The caller''s own requests in a business.';
