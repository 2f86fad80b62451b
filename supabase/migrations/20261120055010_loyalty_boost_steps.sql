-- Loyalty: boosts: starting, ending, settling, step by step. Every step may be asked for again and is taken once.

-- functions
-- The one place where a boost's sales are worked out. Per video: what it moved on the days of the boost, less what was
-- taken back from it until p_until, and never below nothing, so that a refund of an older sale cannot eat another
-- video's sales. What a video had sold before it was first seen is left out, unless it was posted after the boost began:
-- the evening file of first_on - 1 closed just before. Of adjustments only standing refunds and downward corrections
-- dated in the boost count: a bonus is the business's gift and is no sale.
create function private.loyalty_boost_sales(p_boost public.loyalty_boosts, p_until date) returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return greatest(0, coalesce((
    select sum(greatest(0, m.moved + m.taken_back))::bigint
      from (select coalesce(sum(s.gmv_delta) filter (where s.business_date <= p_boost.last_on), 0) as moved,
                   coalesce(sum(least(s.gmv_delta, 0)) filter (where s.business_date > p_boost.last_on), 0) as taken_back
              from public.loyalty_video_snapshots s
              join public.loyalty_videos v on v.client_id = s.client_id and v.id = s.video_id
             where s.client_id = p_boost.client_id and s.creator_id = p_boost.creator_id and not s.is_opening
               and s.business_date >= p_boost.first_on and s.business_date <= greatest(p_boost.last_on, p_until)
               and (s.business_date <> v.first_seen_on or v.posted_on >= p_boost.first_on - 1)
             group by s.video_id) m), 0)
  + coalesce((
    select sum(a.amount)::bigint from public.loyalty_adjustments a
     where a.client_id = p_boost.client_id and a.creator_id = p_boost.creator_id and a.kind in ('refund', 'correction') and a.amount < 0
       and a.reverses_id is null and a.effective_on >= p_boost.first_on and a.effective_on <= p_boost.last_on
       and not exists (select from public.loyalty_adjustments r where r.client_id = a.client_id and r.reverses_id = a.id)), 0));
end $$;

-- Half up to the minor unit: 0.5 cent is paid as 1. The CHECKs of the table hold every stored amount to the same formula.
create function private.loyalty_boost_amount(p_sales bigint, p_rate_bp integer) returns bigint
language sql immutable parallel safe set search_path = '' as $$
  select (p_sales * p_rate_bp + 5000) / 10000
$$;

create function private.loyalty_boost_person(p_client uuid, p_creator uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select c.person_id from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator);
end $$;

create function private.loyalty_tell_boost(p_boost public.loyalty_boosts, p_type text, p_key text) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.notify(p_boost.client_id, p_type, private.loyalty_boost_person(p_boost.client_id, p_boost.creator_id),
    (select jsonb_build_object('boostId', p_boost.id, 'reward', coalesce(r.terms ->> 'name', w.name), 'rateBp', p_boost.rate_bp,
              'endsAt', p_boost.ends_at, 'earned', p_boost.earned_amount, 'currency', s.currency, 'clearsOn', p_boost.clears_on)
       from public.loyalty_redemptions r
       join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
       join public.loyalty_settings s on s.client_id = r.client_id
      where r.client_id = p_boost.client_id and r.id = p_boost.redemption_id),
    p_key);
end $$;

-- By the clock alone: what should run runs, what should have ended has ended.
create function private.loyalty_clock_boosts(p_client uuid, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_boost public.loyalty_boosts;
  v_started integer := 0;
  v_ended integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  for v_boost in
    update public.loyalty_boosts b set state = 'active', activated_at = p_now
     where b.client_id = p_client and b.state = 'scheduled' and b.starts_at <= p_now
    returning b.*
  loop
    v_started := v_started + 1;
    perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-started', 'boost:' || v_boost.id);
  end loop;
  for v_boost in
    update public.loyalty_boosts b set state = 'expired', expired_at = p_now
     where b.client_id = p_client and b.state = 'active' and b.ends_at <= p_now
    returning b.*
  loop
    v_ended := v_ended + 1;
    perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-ended', 'boost:' || v_boost.id);
  end loop;
  return jsonb_build_object('started', v_started, 'ended', v_ended);
end $$;

-- By the counted nights: what sold in ended boosts, what of it stood at the end of clearing, and who is owed.
create function private.loyalty_settle_boosts(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_clearing integer;
  v_boost public.loyalty_boosts;
  v_sales bigint;
  v_settled integer := 0;
  v_cleared integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select s.clearing_days into v_clearing from public.loyalty_settings s where s.client_id = p_client;
  for v_boost in
    select b.* from public.loyalty_boosts b
     where b.client_id = p_client and b.state = 'expired' and b.last_on <= p_date order by b.id for update
  loop
    v_sales := private.loyalty_boost_sales(v_boost, v_boost.last_on);
    update public.loyalty_boosts b
       set state = 'pending_info', settled_at = now(), settled_sales = v_sales,
           earned_amount = private.loyalty_boost_amount(v_sales, b.rate_bp), clears_on = b.last_on + v_clearing
     where b.client_id = p_client and b.id = v_boost.id and b.state = 'expired';
    v_settled := v_settled + 1;
  end loop;
  for v_boost in
    select b.* from public.loyalty_boosts b
     where b.client_id = p_client and b.settled_at is not null and b.cleared_at is null order by b.id for update
  loop
    -- A file that came late, or one that was undone, changes what sold on the boost's days; until clearing ends it counts.
    v_sales := private.loyalty_boost_sales(v_boost, v_boost.last_on);
    update public.loyalty_boosts b set settled_sales = v_sales, earned_amount = private.loyalty_boost_amount(v_sales, b.rate_bp)
     where b.client_id = p_client and b.id = v_boost.id and b.settled_sales <> v_sales;
    if v_boost.clears_on <= p_date then
      v_sales := private.loyalty_boost_sales(v_boost, v_boost.clears_on);
      update public.loyalty_boosts b
         set cleared_at = now(), final_sales = v_sales, final_amount = private.loyalty_boost_amount(v_sales, b.rate_bp)
       where b.client_id = p_client and b.id = v_boost.id and b.cleared_at is null;
      v_cleared := v_cleared + 1;
    end if;
  end loop;
  return jsonb_build_object('settled', v_settled, 'cleared', v_cleared);
end $$;

-- Everything that can move now moves. Called by the night, by the tick of the hour, by each boost's own timers and by
-- whoever gives a payout account; nothing is done twice, because each step names the state it comes from.
create function private.loyalty_move_boosts(p_client uuid, p_now timestamptz, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_counted date;
  v_moved jsonb;
begin
  select greatest(n.last_business_date, p_date) into v_counted from public.loyalty_nights n where n.client_id = p_client;
  v_moved := private.loyalty_clock_boosts(p_client, p_now);
  if v_counted is not null then
    v_moved := v_moved || private.loyalty_settle_boosts(p_client, v_counted);
  end if;
  return v_moved || private.loyalty_owe_boosts(p_client, p_now);
end $$;

create function private.loyalty_advance_boosts(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return private.loyalty_move_boosts(p_client, now(), p_date)
    || jsonb_build_object('mismatches', private.loyalty_note_mismatches(p_client));
end $$;

create function private.loyalty_advance_due_boosts(p_now timestamptz default now()) returns integer
language plpgsql set search_path = '' as $$
declare
  v_client uuid;
  v_count integer := 0;
begin
  for v_client in
    select b.client_id from public.loyalty_boosts b where b.state = 'scheduled' and b.starts_at <= p_now
    union
    select b.client_id from public.loyalty_boosts b where b.state = 'active' and b.ends_at <= p_now
    order by 1
  loop
    perform private.loyalty_move_boosts(v_client, p_now, null);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

create function private.tg_loyalty_boosts__set_timers() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', new.client_id),
    'loyalty.boost-starts:' || new.id, new.starts_at);
  perform private.add_job('loyalty.advance-boosts', jsonb_build_object('clientId', new.client_id),
    'loyalty.boost-ends:' || new.id, new.ends_at);
  return null;
end $$;

-- The redemption follows its boost: still hers while it runs, fulfilled once money is owed, concluded once it is paid.
create function private.tg_loyalty_boosts__lead_redemption() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'pending_payout' then
    update public.loyalty_redemptions r
       set state = 'fulfilled', fulfilled_at = coalesce(r.fulfilled_at, now()), concluded_at = null
     where r.client_id = new.client_id and r.id = new.redemption_id and r.state in ('claimed', 'concluded');
  elsif new.state = 'paid' then
    update public.loyalty_redemptions r
       set state = 'concluded', concluded_at = new.paid_at,
           fulfil_note = case when new.final_amount = 0 then 'No sales stood in the days of this boost, so there was nothing to pay.'
                              else r.fulfil_note end
     where r.client_id = new.client_id and r.id = new.redemption_id and r.state = 'fulfilled';
  elsif new.state = 'cancelled' then
    update public.loyalty_redemptions r
       set state = 'rejected', rejected_at = new.cancelled_at,
           rejection_reason = coalesce(r.rejection_reason, 'The boost was cancelled before it began.')
     where r.client_id = new.client_id and r.id = new.redemption_id and r.state = 'claimed';
  end if;
  return null;
end $$;

-- The other way: rejecting the redemption cancels a boost that has not begun. Whatever else would part the two is
-- refused here, whoever asks. A step the boost led finds the boost already there, so the two never chase each other.
create function private.tg_loyalty_redemptions__follow_boost() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_state text;
begin
  if new.state = 'rejected' then
    update public.loyalty_boosts b set state = 'cancelled', cancelled_at = new.rejected_at
     where b.client_id = new.client_id and b.redemption_id = new.id and b.state = 'scheduled';
  end if;
  select b.state into v_state from public.loyalty_boosts b where b.client_id = new.client_id and b.redemption_id = new.id;
  if found and new.state is distinct from (case v_state when 'pending_payout' then 'fulfilled' when 'paid' then 'concluded'
                                                        when 'cancelled' then 'rejected' else 'claimed' end) then
    raise exception using errcode = 'ST001', detail = 'loyalty_boosts',
      message = case when new.state = 'rejected' then 'This boost has begun. It can no longer be rejected.'
                     else 'A boost is fulfilled and concluded by paying it.' end;
  end if;
  return null;
end $$;

-- triggers
create trigger t50_lead_redemption after update of state on public.loyalty_boosts
  for each row when (old.state is distinct from new.state) execute function private.tg_loyalty_boosts__lead_redemption();
create trigger t50_follow_boost after update of state on public.loyalty_redemptions
  for each row when (new.kind = 'commission_boost' and old.state is distinct from new.state)
  execute function private.tg_loyalty_redemptions__follow_boost();
create trigger t90_set_timers after insert on public.loyalty_boosts
  for each row execute function private.tg_loyalty_boosts__set_timers();

-- grants: for the owner's connection only
revoke all on function private.loyalty_boost_sales(public.loyalty_boosts, date), private.loyalty_boost_amount(bigint, integer),
  private.loyalty_boost_person(uuid, uuid), private.loyalty_tell_boost(public.loyalty_boosts, text, text),
  private.loyalty_clock_boosts(uuid, timestamptz), private.loyalty_settle_boosts(uuid, date),
  private.loyalty_move_boosts(uuid, timestamptz, date), private.loyalty_advance_boosts(uuid, date),
  private.loyalty_advance_due_boosts(timestamptz), private.tg_loyalty_boosts__set_timers(),
  private.tg_loyalty_boosts__lead_redemption(), private.tg_loyalty_redemptions__follow_boost() from public;

-- comments
comment on function private.loyalty_boost_sales(public.loyalty_boosts, date) is 'Sales a boost pays for, with what was taken back until a date. Same rows, same answer.';
comment on function private.loyalty_boost_amount(bigint, integer) is 'Sales at a rate, rounded half up to the minor unit.';
comment on function private.loyalty_boost_person(uuid, uuid) is 'The person of a creator, as the one to be told.';
comment on function private.loyalty_tell_boost(public.loyalty_boosts, text, text) is 'Tells a creator about her boost.';
comment on function private.loyalty_clock_boosts(uuid, timestamptz) is 'Starts and ends boosts whose time has come.';
comment on function private.loyalty_settle_boosts(uuid, date) is 'Counts ended boosts once their last day is counted, follows late files, and fixes the sum when clearing ends.';
comment on function private.loyalty_move_boosts(uuid, timestamptz, date) is 'All steps of a business''s boosts that are due. p_date is a night counted in this transaction, if one is.';
comment on function private.loyalty_advance_boosts(uuid, date) is 'Starts, ends and settles boosts that are due. Repeating it changes nothing.';
comment on function private.loyalty_advance_due_boosts(timestamptz) is 'The tick of the hour: businesses with a boost whose time has come. Catches what a lost timer missed.';
comment on function private.tg_loyalty_boosts__set_timers() is 'Queues a look at the minute a boost starts and at the minute it ends.';
comment on function private.tg_loyalty_boosts__lead_redemption() is 'Carries a boost''s step to its redemption.';
comment on function private.tg_loyalty_redemptions__follow_boost() is 'Cancels the boost of a rejected redemption and refuses every step that would part the two.';
