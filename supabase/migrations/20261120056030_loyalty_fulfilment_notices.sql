-- Loyalty: who is told about a claim: its creator at each step, the business when a promise runs out.

-- functions
create function private.loyalty_claim_words(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  -- What a notification is written from. It is kept with the row, so a code or an address is never part of it.
  return (
    select jsonb_build_object('redemptionId', r.id, 'reward', coalesce(r.terms ->> 'name', w.name), 'kind', r.kind, 'dueAt', r.due_at,
             'scheduledAt', r.scheduled_at, 'endsAt', r.ends_at, 'reference', r.fulfil_reference, 'reason', r.rejection_reason,
             'movedFrom', r.moved_from, 'moveReason', r.move_reason,
             'hasCode', exists (select from public.loyalty_redemption_codes k where k.client_id = r.client_id and k.redemption_id = r.id),
             'carrier', g.carrier, 'trackingNumber', g.tracking_number)
      from public.loyalty_redemptions r
      join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
      left join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
     where r.client_id = p_client and r.id = p_redemption);
end $$;

create function private.loyalty_tell_creator(p_client uuid, p_redemption uuid, p_type text, p_dedupe text) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.notify(p_client, p_type, array[c.person_id], private.loyalty_claim_words(p_client, p_redemption), p_dedupe)
     from public.loyalty_redemptions r
     join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
    where r.client_id = p_client and r.id = p_redemption;
end $$;

create function private.tg_loyalty_redemptions__tell() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'claimed' and (tg_op = 'INSERT' or old.state = 'claimable') then
    -- At the end of the transaction everything that belongs to the claim is there; the receipt is written by a job anyway.
    perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'claimed'),
      'loyalty.tell-claim:claimed:' || new.id);
  elsif new.state = 'fulfilled' and old.state = 'claimed' and new.kind <> 'commission_boost' then
    -- Two minutes to take it back: a slip of the hand tells nobody.
    perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'fulfilled'),
      'loyalty.tell-claim:fulfilled:' || new.id, now() + interval '2 minutes');
  elsif new.state = 'rejected' then
    perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'rejected'),
      'loyalty.tell-claim:rejected:' || new.id, now() + interval '2 minutes');
  elsif new.state = 'claimed' and old.state = 'rejected' then
    perform private.add_job('loyalty.tell-claim', jsonb_build_object('clientId', new.client_id, 'redemptionId', new.id, 'state', 'restored'),
      'loyalty.tell-claim:restored:' || new.id);
  end if;
  return null;
end $$;

create function private.loyalty_tell_claim(p_client uuid, p_redemption uuid, p_state text) returns boolean
language plpgsql set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_rejections integer;
begin
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
  if not found or not private.program_is_on(p_client, 'loyalty') then
    return false;
  end if;
  case p_state
  when 'claimed' then
    perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-claimed', p_redemption::text);
  when 'rejected' then
    if v_row.state <> 'rejected' then
      return false;
    end if;
    perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-rejected',
      p_redemption || ':' || to_char(v_row.rejected_at at time zone 'UTC', 'YYYYMMDDHH24MISS'));
  when 'restored' then
    -- Only whoever was told of a rejection is told that it stands again; once each.
    select count(*) into v_rejections from private.notification_requests q
     where q.client_id = p_client and q.type = 'loyalty.reward-rejected' and q.dedupe_key like p_redemption || ':%';
    if v_row.state = 'rejected' or v_rejections = 0 then
      return false;
    end if;
    perform private.loyalty_tell_creator(p_client, p_redemption, 'loyalty.reward-restored', p_redemption || ':' || v_rejections);
  else
    -- Taken back meanwhile: there is nothing to tell.
    if v_row.fulfilled_at is null then
      return false;
    end if;
    perform private.loyalty_tell_creator(p_client, p_redemption,
      case v_row.kind when 'physical_gift' then 'loyalty.gift-shipped' else 'loyalty.reward-fulfilled' end,
      p_redemption || ':' || to_char(v_row.fulfilled_at at time zone 'UTC', 'YYYYMMDDHH24MISS'));
  end case;
  return true;
end $$;

create function private.loyalty_remind_of_work(p_client uuid, p_now timestamptz) returns integer
language plpgsql set search_path = '' as $$
declare
  v_hour text := to_char(p_now at time zone 'UTC', 'YYYY-MM-DD"T"HH24');
  v_new integer;
begin
  -- One digest an hour at most; what becomes due after it is named by the next one.
  if exists (select from private.notification_requests q
              where q.client_id = p_client and q.type = 'loyalty.work-due' and q.dedupe_key = v_hour) then
    return 0;
  end if;
  insert into private.loyalty_work_notices (client_id, redemption_id, stage, noticed_at)
  select p_client, w.redemption_id, case when w.due_at <= p_now then 'overdue' else 'soon' end, p_now
    from private.loyalty_open_work(p_client, p_now) w
   where w.kind in ('instant', 'gift_ship', 'discount_start')
     and w.due_at <= p_now + case w.kind when 'discount_start' then interval '1 hour' else interval '4 hours' end
  on conflict do nothing;
  get diagnostics v_new = row_count;
  if v_new = 0 then
    return 0;
  end if;
  perform private.notify_permitted(p_client, 'loyalty.work-due', 'loyalty.redemptions.fulfil', jsonb_build_object(
    'overdue', (select count(*) from private.loyalty_open_work(p_client, p_now) w
                 where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at <= p_now),
    'soon', (select count(*) from private.loyalty_open_work(p_client, p_now) w
              where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at > p_now
                and w.due_at <= p_now + case w.kind when 'discount_start' then interval '1 hour' else interval '4 hours' end),
    'items', (select coalesce(jsonb_agg(jsonb_build_object('title', x.title, 'handle', x.handle, 'dueAt', x.due_at) order by x.due_at), '[]')
                from (select w.title, c.handle, w.due_at from private.loyalty_open_work(p_client, p_now) w
                        join public.loyalty_creators c on c.client_id = p_client and c.id = w.creator_id
                       where w.kind in ('instant', 'gift_ship', 'discount_start') and w.due_at <= p_now + interval '4 hours'
                       order by w.due_at, w.id limit 5) x)), v_hour);
  return v_new;
end $$;

create function private.loyalty_tick_fulfilment(p_now timestamptz default now()) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_client uuid;
  v_reminded integer := 0;
  v_concluded integer := 0;
begin
  -- Two ticks at once would write the same; the second leaves it to the first.
  if not pg_try_advisory_xact_lock(hashtextextended('loyalty.tick-fulfilment', 0)) then
    return jsonb_build_object('reminded', 0, 'concluded', 0);
  end if;
  for v_client in select cp.client_id from public.client_programs cp where cp.program = 'loyalty' and cp.is_enabled order by 1 loop
    v_concluded := v_concluded + private.loyalty_conclude_due(v_client, p_now);
    -- A piece came back, or the stock was raised: it goes to whoever waits longest.
    perform private.loyalty_reserve_earned(v_client, p_now);
    v_reminded := v_reminded + private.loyalty_remind_of_work(v_client, p_now);
  end loop;
  return jsonb_build_object('reminded', v_reminded, 'concluded', v_concluded);
end $$;

-- triggers
create trigger t90_tell_on_insert after insert on public.loyalty_redemptions
  for each row when (new.state = 'claimed') execute function private.tg_loyalty_redemptions__tell();
create trigger t90_tell after update of state on public.loyalty_redemptions
  for each row when (old.state is distinct from new.state) execute function private.tg_loyalty_redemptions__tell();

-- grants: for triggers and the owner's connection only
revoke all on function private.loyalty_claim_words(uuid, uuid), private.loyalty_tell_creator(uuid, uuid, text, text),
  private.tg_loyalty_redemptions__tell(), private.loyalty_tell_claim(uuid, uuid, text), private.loyalty_remind_of_work(uuid, timestamptz),
  private.loyalty_tick_fulfilment(timestamptz) from public;

-- comments
comment on function private.loyalty_claim_words(uuid, uuid) is 'What a notification about a claim is written from.';
comment on function private.loyalty_tell_creator(uuid, uuid, text, text) is 'Tells the creator of a claim something about it, once a type and key.';
comment on function private.tg_loyalty_redemptions__tell() is 'Trigger: queues the word to the creator when a claim is made, fulfilled or rejected, whoever does it.';
comment on function private.loyalty_tell_claim(uuid, uuid, text) is 'Tells a creator that her claim reached a state, unless it was taken back meanwhile.';
comment on function private.loyalty_remind_of_work(uuid, timestamptz) is 'Reminds those who fulfil of claims due within four hours and of late ones, each once a stage, in one digest an hour. Returns how many are new.';
comment on function private.loyalty_tick_fulfilment(timestamptz) is 'Every business: concludes what is over, sets aside what was earned and reminds of what is due. Safe to call at any time and twice.';
