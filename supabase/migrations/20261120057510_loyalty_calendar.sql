-- Loyalty: boosts and discounts in the calendar of the business.

-- functions
create function private.tg_loyalty_redemptions__calendar() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- One job a claim: what changes before it runs is one writing.
  perform private.add_job('loyalty.sync-calendar', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id),
    'loyalty.sync-calendar:' || new.id, p_max_attempts => 12);
  return null;
end $$;

-- triggers
create trigger t90_calendar_on_insert after insert on public.loyalty_redemptions
  for each row when (new.kind in ('commission_boost', 'discount') and new.state <> 'claimable')
  execute function private.tg_loyalty_redemptions__calendar();
-- Planned, moved or rejected. Fulfilled and concluded say nothing new: what somebody did to the event by hand stays.
create trigger t90_calendar after update of state, scheduled_at, ends_at, calendar_sequence on public.loyalty_redemptions
  for each row when (new.kind in ('commission_boost', 'discount') and new.claimed_at is not null
    and (old.claimed_at is null or (old.state = 'rejected') <> (new.state = 'rejected')
      or (old.scheduled_at, old.ends_at, old.calendar_sequence) is distinct from (new.scheduled_at, new.ends_at, new.calendar_sequence)))
  execute function private.tg_loyalty_redemptions__calendar();

-- grants: for triggers only
revoke all on function private.tg_loyalty_redemptions__calendar() from public;

-- comments
comment on function private.tg_loyalty_redemptions__calendar() is 'Trigger: queues the writing to the business''s calendar when a boost or discount is planned, moved or rejected, whoever does it.';
