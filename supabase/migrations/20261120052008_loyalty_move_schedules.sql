-- Loyalty: moving the day of a boost or a discount. Creators cannot change a schedule once it is set; the business can,
-- with a reason, until it begins. The terms of the claim stay as they were.
--
-- Locks, in the order of claims: creator → boost → redemption → place in the calendar.

-- functions
create function private.loyalty_reschedule(p_client uuid, p_redemption uuid, p_schedule jsonb, p_reason text, p_from timestamptz,
  p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_boost public.loyalty_boosts;
  v_plan record;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
    raise exception using errcode = 'VA001', detail = 'reason', message = 'Say why, in a sentence the creator will read.';
  end if;
  perform from public.loyalty_creators c
     join public.loyalty_redemptions r on r.client_id = c.client_id and r.creator_id = c.id
    where c.client_id = p_client and r.id = p_redemption for no key update of c;
  select b.* into v_boost from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = p_redemption for update;
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this claim.';
  end if;
  if exists (select from public.loyalty_creators c join public.people p on p.client_id = c.client_id and p.id = c.person_id
              where c.client_id = p_client and c.id = v_row.creator_id and p.user_id = auth.uid()) then
    raise exception using errcode = 'PM001', message = 'Someone else has to take care of your own claim.';
  elsif v_row.is_held then
    raise exception using errcode = 'ST001', hint = 'ON_HOLD', message = 'This claim is on hold. Resolve the hold first.';
  elsif v_row.kind not in ('commission_boost', 'discount') then
    raise exception using errcode = 'ST001', message = 'Only boosts and discounts have a day that can be moved.';
  -- By the clock as well as by the state: in the second it begins, the boost may not have been told yet.
  elsif v_row.state <> 'claimed' or v_row.scheduled_at <= p_now or (v_boost.id is not null and v_boost.state <> 'scheduled') then
    raise exception using errcode = 'ST001', message = 'It can be moved until it begins, and only while it is open.';
  -- By the second: what a browser has read and sent back knows no fractions of a millisecond.
  elsif date_trunc('second', v_row.scheduled_at) <> date_trunc('second', coalesce(p_from, v_row.scheduled_at)) then
    raise exception using errcode = 'ST002',
      message = format('This was moved meanwhile%s. Look at its new time first.',
        coalesce(' by ' || (select p.display_name from public.people p where p.client_id = p_client and p.user_id = v_row.moved_by), ''));
  end if;
  select * into v_plan from private.loyalty_check_schedule(p_client, v_row.creator_id, v_row.kind, v_boost.days,
    -- As long as she claimed it for, whatever the reward says by now.
    (extract(epoch from v_row.ends_at - v_row.scheduled_at) / 60)::integer, p_schedule, p_now, p_redemption);
  if v_plan.begins_at = v_row.scheduled_at then
    raise exception using errcode = 'ST003', message = 'It is planned for this time already.';
  end if;
  begin
    update public.loyalty_redemptions r
       set scheduled_at = v_plan.begins_at, ends_at = v_plan.finishes_at, calendar_sequence = r.calendar_sequence + 1,
           due_at = case v_row.kind when 'discount' then v_plan.begins_at + interval '15 minutes' end,
           moved_from = v_row.scheduled_at, moved_at = p_now, moved_by = auth.uid(), move_reason = btrim(p_reason)
     where r.client_id = p_client and r.id = p_redemption;
  exception when exclusion_violation then
    perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'Another discount of hers runs then. Choose another time.');
  end;
  if v_boost.id is not null then
    update public.loyalty_boosts b
       set starts_at = v_plan.begins_at, ends_at = v_plan.finishes_at, first_on = v_plan.begins_on + 1, last_on = v_plan.begins_on + b.days
     where b.client_id = p_client and b.id = v_boost.id;
    -- The timers of its claim, put to the new minutes.
    perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', p_client), 'loyalty.boost-starts:' || v_boost.id,
      v_plan.begins_at);
    perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', p_client), 'loyalty.boost-ends:' || v_boost.id,
      v_plan.finishes_at);
  end if;
  -- Another time is another deadline: the business is reminded of it anew.
  delete from private.loyalty_work_notices n where n.client_id = p_client and n.redemption_id = p_redemption;
  perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-moved', p_redemption || ':' || (v_row.calendar_sequence + 1));
  return jsonb_build_object('id', p_redemption, 'scheduledAt', v_plan.begins_at, 'endsAt', v_plan.finishes_at);
end $$;

create function private.loyalty_read_move_slots(p_client uuid, p_redemption uuid, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this claim.';
  elsif v_row.kind not in ('commission_boost', 'discount') then
    raise exception using errcode = 'ST001', message = 'Only boosts and discounts have a day that can be moved.';
  end if;
  return private.loyalty_find_slots(p_client, v_row.creator_id, v_row.kind, p_now, p_redemption) || jsonb_build_object('runningUntil', null);
end $$;

create function public.loyalty_move_redemption(p_client uuid, p_redemption uuid, p_schedule jsonb, p_reason text,
  p_from timestamptz default null) returns jsonb
language plpgsql set search_path = '' as $$
begin return private.loyalty_reschedule(p_client, p_redemption, p_schedule, p_reason, p_from, now()); end $$;
create function public.loyalty_read_move_slots(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_move_slots(p_client, p_redemption, now()); end $$;

-- grants
grant execute on function private.loyalty_reschedule(uuid, uuid, jsonb, text, timestamptz, timestamptz),
  public.loyalty_move_redemption(uuid, uuid, jsonb, text, timestamptz),
  private.loyalty_read_move_slots(uuid, uuid, timestamptz), public.loyalty_read_move_slots(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_reschedule(uuid, uuid, jsonb, text, timestamptz, timestamptz) is 'See public.loyalty_move_redemption, as of a moment. Definer: claims are writable by no one directly; checks the permission of fulfilment first.';
comment on function private.loyalty_read_move_slots(uuid, uuid, timestamptz) is 'See public.loyalty_read_move_slots, as of a moment. Definer: counts places that other creators hold; checks the permission first.';
comment on function public.loyalty_move_redemption(uuid, uuid, jsonb, text, timestamptz) is 'Moves a boost or discount that has not begun, with a reason its creator reads. p_from is the start the caller saw: another one is refused.';
comment on function public.loyalty_read_move_slots(uuid, uuid) is 'Days and times a claim may be moved to: as for its creator, its own place counted as free.';
