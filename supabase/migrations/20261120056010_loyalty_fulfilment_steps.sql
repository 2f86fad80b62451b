-- Loyalty: what the business does with a claim: fulfil, ship, deliver, reject, conclude, and take a step back.

-- functions
create function private.is_tracking_number(p_carrier text, p_number text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return case p_carrier
    when 'ups' then p_number ~ '^(1Z[0-9A-Z]{16}|T[0-9]{10}|[0-9]{9}|[0-9]{26})$'
    when 'fedex' then p_number ~ '^([0-9]{12}|[0-9]{15}|[0-9]{20}|[0-9]{22})$'
    when 'usps' then p_number ~ '^([0-9]{20}|[0-9]{22}|[0-9]{26}|[0-9]{30}|[A-Z]{2}[0-9]{9}US)$'
    when 'dhl' then p_number ~ '^([0-9]{10,11}|JJD[0-9A-Z]{8,20}|JD[0-9]{16,18}|GM[0-9]{10,20}|[A-Z]{2}[0-9]{9}[A-Z]{2})$'
    else coalesce(p_number, '') = '' or p_number ~ '^[0-9A-Z-]{4,40}$' end;
end $$;

create function private.loyalty_last_step_by(p_client uuid, p_redemption uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select p.display_name
            from public.core_state_history h
            left join public.people p on p.client_id = h.client_id and p.user_id = h.actor_user_id
           where h.client_id = p_client and h.entity = 'loyalty_redemptions' and h.row_id = p_redemption
           order by h.created_at desc, h.id desc limit 1);
end $$;

-- A rejection is taken back within a day, and only into what is still there: its place in the calendar and in her limit, a piece
-- of the stock, a part of the budget. What the rejection set going stays: a mission it unlocked and that she has begun is hers
-- to finish beside the claim that stands again (no second one of its kind begins while it is open), and an offer of the same
-- reward that was opened meanwhile waits until this claim is done.
create function private.loyalty_restore_claim(p_client uuid, p_row public.loyalty_redemptions, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_slot integer := p_row.slot_no;
  v_quantity integer;
begin
  if exists (select from public.loyalty_holds h
              where h.client_id = p_client and h.state = 'upheld' and h.resolved_at = p_row.rejected_at
                and p_row.creator_id in (h.creator_id, h.other_creator_id))
    and not private.has_permission(p_client, 'loyalty.holds.resolve') then
    raise exception using errcode = 'PM001', message = 'A hold rejected this claim. Someone who resolves holds can take it back.';
  end if;
  if p_row.raffle_entry_id is not null and not exists (select from public.loyalty_raffle_entries e
       where e.client_id = p_client and e.id = p_row.raffle_entry_id and e.state = 'won') then
    raise exception using errcode = 'ST001', hint = 'NOT_AVAILABLE', message = 'This prize has gone to the next creator since.';
  end if;
  if p_row.scheduled_at is not null then
    if p_row.scheduled_at <= p_now then
      raise exception using errcode = 'ST001', hint = 'INVALID_SCHEDULE',
        message = 'Its time to start is over. She can claim it again and choose another.';
    elsif not private.loyalty_has_place(p_client, p_row.kind, p_row.scheduled_at, p_row.id) then
      perform private.loyalty_refuse_schedule('SLOT_FULL', 'scheduledAt', 'Its place in the calendar has been taken since.');
    end if;
  end if;
  if p_row.window_key is not null then
    select w.quantity into strict v_quantity from public.loyalty_rewards w where w.client_id = p_client and w.id = p_row.reward_id;
    select min(n) into v_slot from generate_series(1, 10) n
     where not exists (select from public.loyalty_redemptions r
                        where r.client_id = p_client and r.creator_id = p_row.creator_id and r.reward_id = p_row.reward_id
                          and r.window_key = p_row.window_key and r.slot_no = n and r.state <> 'rejected');
    if coalesce(v_slot > v_quantity, v_slot is null) then
      raise exception using errcode = 'QT002', hint = 'LIMIT_REACHED', message = 'She has claimed this as often as she may since.';
    end if;
  end if;
  begin
    -- The boost first: its redemption follows it, and would be sent back to where a cancelled one leaves it.
    update public.loyalty_boosts b set state = 'scheduled', cancelled_at = null
     where b.client_id = p_client and b.redemption_id = p_row.id and b.state = 'cancelled';
    update public.loyalty_redemptions r
       set state = 'claimed', rejected_at = null, rejection_reason = null, slot_no = v_slot,
           -- Twice: its cancellation was a change of the calendar of its own.
           calendar_sequence = r.calendar_sequence + case when r.scheduled_at is null then 0 else 2 end
     where r.client_id = p_client and r.id = p_row.id and r.state = 'rejected';
  exception when unique_violation or exclusion_violation then
    raise exception using errcode = 'ST001', hint = 'ACTIVE_CLAIM_EXISTS',
      message = case p_row.kind when 'commission_boost' then 'Another boost of hers is planned or runs by now.'
                                when 'discount' then 'Another claim of hers has its time or this reward by now.'
                                else 'She has claimed this reward again since. Fulfil or reject that claim first.' end;
  end;
  update public.loyalty_redemptions r set withdrawn_at = p_now, withdrawn_reason = 'limit_reached'
   where r.client_id = p_client and r.creator_id = p_row.creator_id and r.reward_id = p_row.reward_id and p_row.source = 'tier'
     and r.source = 'tier' and r.state = 'claimable' and r.withdrawn_at is null;
  -- Stock and budget are judged now and not at the end of the transaction, so that the answer can say what is missing.
  begin
    set constraints public.t50_limits immediate;
    set constraints public.t50_limits deferred;
  exception when sqlstate 'QT002' then
    raise exception using errcode = 'QT002', hint = 'SOLD_OUT',
      message = 'What it had reserved is used by now: none are left, or the budget is spent. Raise it first.';
  end;
end $$;

create function private.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb, p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_gift public.loyalty_gifts;
  v_boost text;
  v_detail jsonb := coalesce(p_detail, '{}');
  v_expected text;
  v_to text;
  v_number text;
  v_zone text;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  -- A boost before its redemption, as the night takes them: two orders would wait for each other.
  select b.state into v_boost from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption for update;
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this claim.';
  end if;
  if exists (select from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
              where c.client_id = p_client and c.id = v_row.creator_id and p.user_id = auth.uid()) then
    raise exception using errcode = 'PM001', message = 'Someone else has to take care of your own claim.';
  end if;
  v_expected := case p_step when 'fulfil' then 'claimed' when 'ship' then 'claimed' when 'reject' then 'claimed'
                            when 'deliver' then 'fulfilled' when 'conclude' then 'fulfilled'
                            when 'undo' then coalesce(v_detail ->> 'from', v_row.state) end;
  if v_expected is null then
    raise exception using errcode = 'VA001', detail = 'step', message = 'There is no such step.';
  end if;
  if v_row.state <> v_expected or v_row.state is distinct from coalesce(v_detail ->> 'from', v_row.state) then
    raise exception using errcode = case when v_detail ? 'from' then 'ST002' else 'ST001' end,
      message = format('This claim is %s%s. Look at it again.', v_row.state,
        coalesce(' now, by ' || private.loyalty_last_step_by(p_client, p_redemption), ' now'));
  end if;
  if v_row.is_held then
    raise exception using errcode = 'ST001', hint = 'ON_HOLD', message = 'This claim is on hold. Resolve the hold first.';
  end if;
  if v_row.kind = 'commission_boost' and p_step <> 'reject' and not (p_step = 'undo' and v_row.state = 'rejected') then
    raise exception using errcode = 'ST001', message = 'A boost is fulfilled by its payout. Pay it on the payouts page.';
  end if;
  if p_step in ('ship', 'deliver') and v_row.kind <> 'physical_gift' then
    raise exception using errcode = 'ST001', message = 'Only a physical gift is shipped.';
  end if;
  if v_row.kind = 'physical_gift' then
    select g.* into v_gift from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = p_redemption for update;
  end if;

  case p_step
  when 'fulfil' then
    if v_row.kind = 'physical_gift' then
      raise exception using errcode = 'ST001', message = 'Ship this gift with its carrier instead.';
    end if;
    if v_row.kind = 'discount' and p_now < v_row.scheduled_at - interval '15 minutes' then
      select c.time_zone into v_zone from public.clients c where c.id = p_client;
      raise exception using errcode = 'ST001',
        message = format('This discount can be turned on from %s.', to_char((v_row.scheduled_at - interval '15 minutes') at time zone v_zone, 'Mon DD, HH24:MI'));
    end if;
    v_to := 'fulfilled';
    if nullif(v_detail ->> 'code', '') is not null then
      insert into public.loyalty_redemption_codes (client_id, redemption_id, envelope)
      values (p_client, p_redemption, v_detail ->> 'code')
      on conflict (client_id, redemption_id) do update set envelope = excluded.envelope, created_at = p_now;
    end if;
    update public.loyalty_redemptions r
       set state = v_to, fulfilled_at = p_now, fulfilled_by = auth.uid(), fulfil_note = nullif(btrim(v_detail ->> 'note'), ''),
           fulfil_reference = nullif(btrim(v_detail ->> 'reference'), '')
     where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
  when 'ship' then
    if v_gift.id is null then
      raise exception using errcode = 'ST001', message = 'This gift has no address yet.';
    end if;
    v_number := nullif(upper(regexp_replace(coalesce(v_detail ->> 'trackingNumber', ''), '[\s.]', '', 'g')), '');
    if coalesce(v_detail ->> 'carrier', '') not in ('fedex', 'ups', 'usps', 'dhl', 'other') then
      raise exception using errcode = 'VA001', detail = 'carrier', message = 'Choose the carrier.';
    end if;
    if not coalesce(private.is_tracking_number(v_detail ->> 'carrier', v_number), false) then
      raise exception using errcode = 'VA001', detail = 'trackingNumber', message = 'This is not a tracking number of this carrier.';
    end if;
    v_to := 'fulfilled';
    update public.loyalty_gifts g set carrier = v_detail ->> 'carrier', tracking_number = v_number, shipped_at = p_now
     where g.client_id = p_client and g.id = v_gift.id and g.shipped_at is null;
    update public.loyalty_redemptions r
       set state = v_to, fulfilled_at = p_now, fulfilled_by = auth.uid(), fulfil_note = nullif(btrim(v_detail ->> 'note'), '')
     where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
  when 'deliver' then
    if v_gift.shipped_at is null then
      raise exception using errcode = 'ST001', message = 'This gift has not been shipped yet.';
    end if;
    v_to := 'concluded';
    update public.loyalty_gifts g set delivered_at = greatest(p_now, g.shipped_at) where g.client_id = p_client and g.id = v_gift.id;
    update public.loyalty_redemptions r set state = v_to, concluded_at = p_now
     where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
  when 'conclude' then
    if v_gift.shipped_at is not null and v_gift.delivered_at is null then
      raise exception using errcode = 'ST001', message = 'Mark this gift delivered instead.';
    end if;
    v_to := 'concluded';
    update public.loyalty_redemptions r set state = v_to, concluded_at = p_now
     where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
  when 'reject' then
    if char_length(btrim(coalesce(v_detail ->> 'reason', ''))) not between 3 and 300 then
      raise exception using errcode = 'VA001', detail = 'reason', message = 'Say why, in a sentence the creator will read.';
    end if;
    if v_row.kind = 'commission_boost' and coalesce(v_boost, 'scheduled') <> 'scheduled' then
      raise exception using errcode = 'ST001', message = 'This boost has started and cannot be rejected.';
    end if;
    v_to := 'rejected';
    update public.loyalty_redemptions r set state = v_to, rejected_at = p_now, rejection_reason = btrim(v_detail ->> 'reason')
     where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    -- A boost that waits for its evening is cancelled by the trigger that keeps both in step.
  when 'undo' then
    if v_row.state not in ('fulfilled', 'concluded', 'rejected') then
      raise exception using errcode = 'ST001', message = format('This claim is %s: there is nothing to take back.', v_row.state);
    end if;
    if coalesce(v_row.rejected_at, v_row.concluded_at, v_row.fulfilled_at) < p_now - interval '24 hours' then
      raise exception using errcode = 'ST001', message = 'A step can be taken back for 24 hours. This one is older.';
    end if;
    if v_row.state = 'rejected' then
      v_to := 'claimed';
      perform private.loyalty_restore_claim(p_client, v_row, p_now);
    elsif v_row.state = 'concluded' then
      v_to := 'fulfilled';
      update public.loyalty_gifts g set delivered_at = null where g.client_id = p_client and g.id = v_gift.id;
      begin
        update public.loyalty_redemptions r set state = v_to, concluded_at = null
         where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
      exception when unique_violation or exclusion_violation then
        raise exception using errcode = 'ST001',
          message = 'She has claimed this reward again since. Fulfil or reject that claim first.';
      end;
    else
      v_to := 'claimed';
      update public.loyalty_gifts g set carrier = null, tracking_number = null, shipped_at = null
       where g.client_id = p_client and g.id = v_gift.id;
      delete from public.loyalty_redemption_codes k where k.client_id = p_client and k.redemption_id = p_redemption;
      update public.loyalty_redemptions r
         set state = v_to, fulfilled_at = null, fulfilled_by = null, fulfil_note = null, fulfil_reference = null, seen_at = null
       where r.client_id = p_client and r.id = p_redemption and r.state = v_row.state;
    end if;
  end case;
  return jsonb_build_object('id', p_redemption, 'state', v_to);
end $$;

create function private.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_item record;
  v_code text;
  v_message text;
  v_outcomes jsonb := '[]';
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) not between 1 and 200 then
    raise exception using errcode = 'VA001', detail = 'items', message = 'Choose between one and 200 claims.';
  end if;
  -- In one order for everybody, so that two people with the same list wait for each other and do not lock each other out.
  for v_item in select (i ->> 'id')::uuid as id, i ->> 'from' as seen from jsonb_array_elements(p_items) i order by 1 loop
    begin
      v_outcomes := v_outcomes || (jsonb_build_object('isDone', true, 'code', null, 'message', null)
        || private.loyalty_step_redemption(p_client, v_item.id, p_step,
             coalesce(p_detail, '{}') || case when v_item.seen is null then '{}' else jsonb_build_object('from', v_item.seen) end, now()));
    -- What is refused is said of its own row; a fault of ours still ends the whole.
    exception when sqlstate 'TN001' or sqlstate 'PM001' or sqlstate 'ST001' or sqlstate 'ST002' or sqlstate 'ST003'
                or sqlstate 'QT002' or sqlstate 'VA001' then
      get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
      v_outcomes := v_outcomes || jsonb_build_object('isDone', false, 'code', v_code, 'message', v_message, 'id', v_item.id, 'state', null);
    end;
  end loop;
  return v_outcomes;
end $$;

create function private.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_gift uuid;
begin
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption
     and (r.creator_id = any (private.my_creators()) or private.has_permission(p_client, 'loyalty.redemptions.fulfil')) for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this claim.';
  end if;
  update public.loyalty_gifts g
     set recipient = btrim(coalesce(p_address ->> 'recipient', '')), line1 = btrim(coalesce(p_address ->> 'line1', '')),
         line2 = btrim(coalesce(p_address ->> 'line2', '')), city = btrim(coalesce(p_address ->> 'city', '')),
         region = btrim(coalesce(p_address ->> 'region', '')), postal_code = btrim(coalesce(p_address ->> 'postalCode', '')),
         country = upper(btrim(coalesce(p_address ->> 'country', ''))), phone = btrim(coalesce(p_address ->> 'phone', ''))
   where g.client_id = p_client and g.redemption_id = p_redemption and g.shipped_at is null and v_row.state = 'claimed'
  returning g.id into v_gift;
  if v_gift is null then
    raise exception using errcode = 'ST001', message = case when v_row.kind <> 'physical_gift' then 'Only a physical gift has an address.'
      else 'The address can be changed until the gift is shipped.' end;
  end if;
  -- Who changed it and when; the addresses themselves stay out of a log that is never deleted.
  perform private.log_access(p_client, 'loyalty_gifts', v_gift::text, 'update');
  return jsonb_build_object('id', p_redemption, 'state', v_row.state);
end $$;

create function private.loyalty_conclude_due(p_client uuid, p_now timestamptz) returns integer
language plpgsql set search_path = '' as $$
declare
  v_count integer;
begin
  -- What nobody took back within a day stays as it is: until then an open claim keeps her from the next one.
  update public.loyalty_redemptions r set state = 'concluded', concluded_at = p_now
   where r.client_id = p_client and r.state = 'fulfilled' and not r.is_held
     and case r.kind when 'discount' then r.ends_at < p_now - interval '15 minutes'
                     when 'gift_card' then true when 'ads_credit' then true when 'experience' then true else false end
     and r.fulfilled_at < p_now - interval '24 hours';
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function public.loyalty_step_redemption(p_client uuid, p_redemption uuid, p_step text, p_detail jsonb default '{}') returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_step_redemption(p_client, p_redemption, p_step, p_detail, now()); end $$;
create function public.loyalty_step_redemptions(p_client uuid, p_items jsonb, p_step text, p_detail jsonb default '{}') returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_step_redemptions(p_client, p_items, p_step, p_detail); end $$;
create function public.loyalty_change_address(p_client uuid, p_redemption uuid, p_address jsonb) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_change_address(p_client, p_redemption, p_address); end $$;

-- grants
revoke all on function private.is_tracking_number(text, text), private.loyalty_last_step_by(uuid, uuid),
  private.loyalty_restore_claim(uuid, public.loyalty_redemptions, timestamptz),
  private.loyalty_conclude_due(uuid, timestamptz) from public;
grant execute on function private.loyalty_step_redemption(uuid, uuid, text, jsonb, timestamptz),
  public.loyalty_step_redemption(uuid, uuid, text, jsonb), private.loyalty_step_redemptions(uuid, jsonb, text, jsonb),
  public.loyalty_step_redemptions(uuid, jsonb, text, jsonb), private.loyalty_change_address(uuid, uuid, jsonb),
  public.loyalty_change_address(uuid, uuid, jsonb) to authenticated;

-- comments
comment on function private.is_tracking_number(text, text) is 'Whether a text has the shape of a carrier''s tracking numbers.';
comment on function private.loyalty_last_step_by(uuid, uuid) is 'Name of the person who took the last step of a redemption; null when it was no person.';
comment on function private.loyalty_restore_claim(uuid, public.loyalty_redemptions, timestamptz) is 'Takes a rejection back while stock, budget, limit and calendar still allow it; else says which does not.';
comment on function private.loyalty_step_redemption(uuid, uuid, text, jsonb, timestamptz) is 'fulfil, ship, deliver, conclude, reject or undo, as of a moment. detail.from is the state the caller saw: another one is refused.';
comment on function private.loyalty_step_redemptions(uuid, jsonb, text, jsonb) is 'The same step for many, each for itself: an array of what became of each.';
comment on function private.loyalty_change_address(uuid, uuid, jsonb) is 'Changes the address of a gift that is not shipped: its creator, or who ships.';
comment on function private.loyalty_conclude_due(uuid, timestamptz) is 'Concludes what was fulfilled a day ago and discounts that are over. Repeating it changes nothing.';
comment on function public.loyalty_step_redemption(uuid, uuid, text, jsonb) is 'fulfil, ship, deliver, conclude, reject or undo. detail.from is the state the caller saw: another one is refused.';
comment on function public.loyalty_step_redemptions(uuid, jsonb, text, jsonb) is 'The same step for many, each for itself: an array of what became of each.';
comment on function public.loyalty_change_address(uuid, uuid, jsonb) is 'Changes the address of a gift that is not shipped: its creator, or who ships.';
