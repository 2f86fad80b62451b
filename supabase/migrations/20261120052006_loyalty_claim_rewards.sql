-- Loyalty: claiming. Everything a claim needs is decided and written in one transaction, under the lock of its creator.
--
-- Locks, in this order: creator → reward → place in the calendar → redemption → limits. The nightly pass and whoever edits
-- rewards keep to it, so a promotion, an edit and a claim in the same second wait for each other and never in a circle.

-- functions
create function private.loyalty_refuse_claim(p_code text, p_reason text default null, p_opens text default null) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception using hint = p_code,
    errcode = case when p_code in ('TIER_INELIGIBLE', 'NOT_RECOGNISED') then 'PM001'
                   when p_code in ('LIMIT_REACHED', 'SOLD_OUT', 'BUDGET_SPENT') then 'QT002'
                   when p_code = 'ACTIVE_CLAIM_EXISTS' then 'ST003' else 'ST001' end,
    message = case
      when p_reason = 'boosted' then coalesce(format('One boost at a time. You can claim this one from %s, when yours is over.', p_opens),
        'One boost at a time. Yours ends this moment: you can claim this one in a few minutes.')
      when p_reason = 'stock' then 'All of these are given out for now. The next one is yours, and you will hear of it.'
      when p_reason = 'archived' then 'Your place in the program is paused. Your claims stay as they are.'
      else case p_code
      when 'TIER_INELIGIBLE' then 'This reward belongs to another tier.'
      when 'NOT_RECOGNISED' then 'Rewards open once your first video has been counted.'
      when 'LIMIT_REACHED' then 'You have claimed this as often as it can be claimed for now.' || coalesce(format(' It opens again on %s.', p_opens), '')
      when 'SOLD_OUT' then 'None are left.'
      when 'BUDGET_SPENT' then 'This reward is used up for now.'
      when 'ACTIVE_CLAIM_EXISTS' then 'You have an open claim already. You can claim again once it is done.'
      when 'ON_HOLD' then 'This is being checked. You will hear from us.'
      else 'This reward is not on offer right now.' end end;
end $$;

create function private.loyalty_say_opening(p_client uuid, p_opens timestamptz, p_now timestamptz) returns text
language sql stable set search_path = '' as $$
  select case when p_opens > p_now then
    to_char(p_opens at time zone k.time_zone,
      case when (p_opens at time zone k.time_zone)::time = '00:00' then 'FMDD FMMonth' else 'FMDD FMMonth, HH24:MI' end) end
    from public.clients k where k.id = p_client
$$;

create function private.loyalty_check_shown(p_reward public.loyalty_rewards, p_details jsonb) returns void
language plpgsql immutable set search_path = '' as $$
begin
  -- Who says which terms she saw gets those or none: an edit since then is not put on her.
  if p_details ->> 'version' <> p_reward.version::text then
    raise exception using errcode = 'ST002', hint = 'TERMS_CHANGED',
      message = 'This reward was changed since you opened this page. Look at what it is now, then claim it.';
  end if;
end $$;

create function private.loyalty_read_details(p_kind text, p_requires_size boolean, p_sizes text[], p_details jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  v_details jsonb := case when jsonb_typeof(p_details) = 'object' then p_details else '{}'::jsonb end;
  v_shipping jsonb := v_details -> 'shipping';
  v_size text := btrim(v_details ->> 'size');
  v_field text;
begin
  -- Only what this kind of reward needs, in one spelling: two clicks of one person are then the same text.
  if p_kind in ('commission_boost', 'discount') then
    return jsonb_strip_nulls(jsonb_build_object('schedule', jsonb_strip_nulls(jsonb_build_object(
      'date', v_details -> 'schedule' -> 'date', 'time', v_details -> 'schedule' -> 'time'))));
  elsif p_kind <> 'physical_gift' then
    return '{}';
  end if;
  if p_requires_size and coalesce(v_size, '') = '' then
    raise exception using errcode = 'VA001', hint = 'SIZE_REQUIRED', detail = 'size', message = 'Choose a size.';
  elsif p_requires_size and v_size <> all (p_sizes) then
    raise exception using errcode = 'VA001', hint = 'SIZE_INVALID', detail = 'size', message = 'Choose one of the sizes there are.';
  end if;
  if v_shipping is null or jsonb_typeof(v_shipping) <> 'object' then
    raise exception using errcode = 'VA001', hint = 'SHIPPING_INFO_REQUIRED', detail = 'shipping.recipient',
      message = 'Say where the parcel should go.';
  end if;
  v_shipping := jsonb_build_object('recipient', btrim(coalesce(v_shipping ->> 'recipient', '')), 'line1', btrim(coalesce(v_shipping ->> 'line1', '')),
    'line2', btrim(coalesce(v_shipping ->> 'line2', '')), 'city', btrim(coalesce(v_shipping ->> 'city', '')),
    'region', btrim(coalesce(v_shipping ->> 'region', '')), 'postalCode', btrim(coalesce(v_shipping ->> 'postalCode', '')),
    'country', upper(btrim(coalesce(v_shipping ->> 'country', ''))), 'phone', btrim(coalesce(v_shipping ->> 'phone', '')));
  v_field := case when char_length(v_shipping ->> 'recipient') not between 2 and 80 then 'recipient'
                  when char_length(v_shipping ->> 'line1') not between 3 and 120 then 'line1'
                  when char_length(v_shipping ->> 'line2') > 120 then 'line2'
                  when char_length(v_shipping ->> 'city') not between 1 and 80 then 'city'
                  when char_length(v_shipping ->> 'region') > 80 then 'region'
                  when char_length(v_shipping ->> 'postalCode') not between 2 and 12 then 'postalCode'
                  when v_shipping ->> 'country' !~ '^[A-Z]{2}$' then 'country'
                  when v_shipping ->> 'phone' <> '' and char_length(v_shipping ->> 'phone') not between 5 and 32 then 'phone' end;
  if v_field is not null then
    raise exception using errcode = 'VA001', hint = 'SHIPPING_INFO_REQUIRED', detail = 'shipping.' || v_field,
      message = 'This part of the address is missing or does not fit.';
  end if;
  return jsonb_strip_nulls(jsonb_build_object('size', case when p_requires_size then v_size end, 'shipping', v_shipping));
end $$;

create function private.loyalty_show_claim(p_client uuid, p_redemption uuid, p_is_repeat boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('id', r.id, 'rewardId', r.reward_id, 'kind', r.kind, 'source', r.source, 'state', r.state,
             'name', r.terms ->> 'name', 'instructions', coalesce(r.terms ->> 'instructions', ''), 'valueAmount', r.value_amount,
             'currency', r.terms ->> 'currency', 'size', r.terms ->> 'size', 'claimedAt', r.claimed_at, 'scheduledAt', r.scheduled_at,
             'endsAt', r.ends_at, 'dueAt', r.due_at, 'isRepeat', p_is_repeat)
      from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption);
end $$;

create function private.loyalty_write_claim(p_client uuid, p_creator uuid, p_reward public.loyalty_rewards, p_redemption uuid,
  p_details jsonb, p_window text, p_now timestamptz) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_tier public.loyalty_tiers;
  v_settings public.loyalty_settings;
  v_stint uuid;
  v_plan record;
  v_slot integer;
  v_cost bigint;
  v_coupon text;
  v_id uuid := coalesce(p_redemption, gen_random_uuid());
  v_begins timestamptz;
  v_ends timestamptz;
  v_due timestamptz;
  v_terms jsonb;
begin
  select c.* into strict v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  select t.* into strict v_tier from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id;
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select s.id into v_stint from public.loyalty_tier_stints s
   where s.client_id = p_client and s.creator_id = p_creator and s.ended_at is null;
  v_due := p_now + make_interval(hours => v_settings.fulfil_hours);
  if p_reward.kind in ('commission_boost', 'discount') then
    select * into v_plan from private.loyalty_check_schedule(p_client, p_creator, p_reward.kind, p_reward.boost_days,
      p_reward.discount_minutes, p_details -> 'schedule', p_now, null);
    v_begins := v_plan.begins_at;
    v_ends := v_plan.finishes_at;
    -- A boost starts by itself; a discount is switched on by hand, within a quarter of an hour.
    v_due := case p_reward.kind when 'discount' then v_begins + interval '15 minutes' end;
  end if;
  if p_window is not null then
    select min(n) into v_slot from generate_series(1, 10) n
     where not exists (select from public.loyalty_redemptions r
                        where r.client_id = p_client and r.creator_id = p_creator and r.reward_id = p_reward.id
                          and r.window_key = p_window and r.slot_no = n and r.state <> 'rejected');
    if v_slot is null then
      perform private.loyalty_refuse_claim('LIMIT_REACHED');
    end if;
  end if;
  -- A boost costs what it pays out, so it takes nothing of a budget beforehand.
  select case when p_reward.kind = 'commission_boost' then 0
              -- What was set aside when she earned it is hers at that price: a higher one of today finds no budget missing.
              else coalesce((select r.cost_amount from public.loyalty_redemptions r
                              where r.client_id = p_client and r.id = p_redemption and r.is_reserved), l.unit_cost) end, l.coupon_code
    into strict v_cost, v_coupon
    from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = p_reward.id;
  v_terms := jsonb_strip_nulls(jsonb_build_object('name', p_reward.name, 'description', p_reward.description, 'kind', p_reward.kind,
    'valueAmount', p_reward.value_amount, 'currency', v_settings.currency, 'boostBp', p_reward.boost_bp, 'boostDays', p_reward.boost_days,
    'discountPercent', p_reward.discount_percent, 'discountMinutes', p_reward.discount_minutes, 'instructions', p_reward.instructions,
    'size', p_details -> 'size', 'tierName', v_tier.name, 'tierRank', v_tier.rank, 'commissionBp', v_tier.commission_bp,
    -- The code she was promised: a later edit gives later claims another one.
    'couponCode', v_coupon));
  if p_redemption is null then
    insert into public.loyalty_redemptions (id, client_id, creator_id, reward_id, kind, state, offered_at, tier_id, tier_stint_id, window_key,
      slot_no, claim_digest, reward_version, terms, value_amount, cost_amount, scheduled_at, ends_at, claimed_at, due_at)
    values (v_id, p_client, p_creator, p_reward.id, p_reward.kind, 'claimed', p_now, v_tier.id, v_stint, p_window, v_slot,
      private.loyalty_claim_digest(p_reward.kind, p_details), p_reward.version, v_terms, p_reward.value_amount, v_cost, v_begins, v_ends, p_now, v_due);
  else
    update public.loyalty_redemptions r
       set state = 'claimed', withdrawn_at = null, withdrawn_reason = null, tier_id = v_tier.id, tier_stint_id = v_stint,
           window_key = p_window, slot_no = v_slot, claim_digest = private.loyalty_claim_digest(p_reward.kind, p_details), reward_version = p_reward.version,
           terms = v_terms, value_amount = p_reward.value_amount, cost_amount = v_cost, scheduled_at = v_begins, ends_at = v_ends,
           claimed_at = p_now, due_at = v_due
     where r.client_id = p_client and r.id = p_redemption and r.state = 'claimable';
    if not found then
      perform private.loyalty_refuse_claim('NOT_AVAILABLE');
    end if;
  end if;
  if p_reward.kind = 'commission_boost' then
    insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
    values (p_client, v_id, p_creator, p_reward.boost_bp, p_reward.boost_days, v_tier.commission_bp, v_begins, v_ends,
            v_plan.begins_on + 1, v_plan.begins_on + p_reward.boost_days);
  elsif p_reward.kind = 'physical_gift' then
    insert into public.loyalty_gifts (client_id, redemption_id, creator_id, size, recipient, line1, line2, city, region, postal_code, country, phone)
    select p_client, v_id, p_creator, p_details ->> 'size', s ->> 'recipient', s ->> 'line1', s ->> 'line2', s ->> 'city', s ->> 'region',
           s ->> 'postalCode', s ->> 'country', s ->> 'phone'
      from (select p_details -> 'shipping' as s) x;
  end if;
  -- Stock and budget are taken now and not at the end of the transaction, so that the answer can say there are none.
  set constraints public.t50_limits_insert, public.t50_limits immediate;
  set constraints public.t50_limits_insert, public.t50_limits deferred;
  return v_id;
end $$;

create function private.loyalty_claim_digest(p_kind text, p_details jsonb) returns text
language sql immutable parallel safe set search_path = '' as $$
  -- The hour of a boost is the business's choice: with it or without it, it is the same claim.
  select encode(sha256(convert_to((case p_kind when 'commission_boost' then p_details #- '{schedule,time}' else p_details end)::text, 'UTF8')), 'hex')
$$;

create function private.loyalty_is_same_claim(p_claim public.loyalty_redemptions, p_sizes text[], p_details jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  -- By the sizes of then as well: an edit of the reward does not turn her second click into another claim.
  return p_claim.claim_digest = private.loyalty_claim_digest(p_claim.kind,
    private.loyalty_read_details(p_claim.kind, p_claim.terms ? 'size', p_sizes || (p_claim.terms ->> 'size'), p_details));
exception when sqlstate 'VA001' then
  return false;
end $$;

create function private.loyalty_claim_offer(p_client uuid, p_creator uuid, p_reward uuid, p_details jsonb, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
  v_standing record;
  v_open public.loyalty_redemptions;
  v_details jsonb;
  v_id uuid;
begin
  perform from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator for no key update;
  -- An edit that is being saved is waited for: the claim has either the old terms or the new ones, never a mixture.
  select r.* into v_reward from public.loyalty_rewards r
   where r.client_id = p_client and r.id = p_reward and r.offer = 'tier' and r.state <> 'draft' for share;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  select * into strict v_standing from private.loyalty_reward_standing(p_client, p_creator, p_reward, p_now);
  if v_standing.open_redemption_id is not null then
    select r.* into strict v_open from public.loyalty_redemptions r
     where r.client_id = p_client and r.id = v_standing.open_redemption_id;
    -- The same again, from a second click, tab or phone, is answered with the first.
    if private.loyalty_is_same_claim(v_open, v_reward.sizes, p_details) then
      return private.loyalty_show_claim(p_client, v_open.id, true);
    end if;
  end if;
  if v_standing.code is not null then
    perform private.loyalty_refuse_claim(v_standing.code, v_standing.detail ->> 'reason',
      private.loyalty_say_opening(p_client, v_standing.opens_at, p_now));
  end if;
  perform private.loyalty_check_shown(v_reward, p_details);
  v_details := private.loyalty_read_details(v_reward.kind, v_reward.requires_size, v_reward.sizes, p_details);
  v_id := private.loyalty_write_claim(p_client, p_creator, v_reward, (v_standing.detail ->> 'offerId')::uuid, v_details,
    v_standing.window_key, p_now);
  return private.loyalty_show_claim(p_client, v_id, false);
end $$;

create function private.loyalty_claim_earned(p_client uuid, p_redemption uuid, p_details jsonb, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_row public.loyalty_redemptions;
  v_reward public.loyalty_rewards;
  v_standing record;
  v_details jsonb;
begin
  select r.* into v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  if v_row.source = 'tier' then
    return private.loyalty_claim_offer(p_client, v_row.creator_id, v_row.reward_id, p_details, p_now);
  end if;
  perform from public.loyalty_creators c where c.client_id = p_client and c.id = v_row.creator_id for no key update;
  select r.* into strict v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = v_row.reward_id for share;
  select r.* into strict v_row from public.loyalty_redemptions r where r.client_id = p_client and r.id = p_redemption for update;
  if v_row.state in ('claimed', 'fulfilled', 'concluded') and private.loyalty_is_same_claim(v_row, v_reward.sizes, p_details) then
    return private.loyalty_show_claim(p_client, p_redemption, true);
  end if;
  select * into strict v_standing from private.loyalty_earned_standing(p_client, v_row.creator_id, p_redemption, p_now);
  if v_standing.code is not null then
    perform private.loyalty_refuse_claim(v_standing.code, v_standing.reason,
      private.loyalty_say_opening(p_client, v_standing.opens_at, p_now));
  end if;
  perform private.loyalty_check_shown(v_reward, p_details);
  v_details := private.loyalty_read_details(v_reward.kind, v_reward.requires_size, v_reward.sizes, p_details);
  perform private.loyalty_write_claim(p_client, v_row.creator_id, v_reward, p_redemption, v_details, null, p_now);
  return private.loyalty_show_claim(p_client, p_redemption, false);
end $$;

create function private.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb) returns jsonb
-- With the triggers below it runs the same small statements for everybody: planned once a session, not once a claim.
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_creator uuid;
begin
  perform private.require_permission(p_client, 'loyalty.app.use');
  select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = any (private.my_creators());
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  return private.loyalty_claim_offer(p_client, v_creator, p_reward, p_details, now());
end $$;

create function private.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb) returns jsonb
-- With the triggers below it runs the same small statements for everybody: planned once a session, not once a claim.
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  perform private.require_permission(p_client, 'loyalty.app.use');
  if not exists (select from public.loyalty_redemptions r
                  where r.client_id = p_client and r.id = p_redemption and r.creator_id = any (private.my_creators())) then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  return private.loyalty_claim_earned(p_client, p_redemption, p_details, now());
end $$;

create function public.loyalty_claim_reward(p_client uuid, p_reward uuid, p_details jsonb default '{}') returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_claim_reward(p_client, p_reward, p_details); end $$;
create function public.loyalty_claim_redemption(p_client uuid, p_redemption uuid, p_details jsonb default '{}') returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_claim_redemption(p_client, p_redemption, p_details); end $$;

-- grants
revoke all on function private.loyalty_refuse_claim(text, text, text),
  private.loyalty_say_opening(uuid, timestamptz, timestamptz), private.loyalty_check_shown(public.loyalty_rewards, jsonb),
  private.loyalty_read_details(text, boolean, text[], jsonb),
  private.loyalty_show_claim(uuid, uuid, boolean), private.loyalty_claim_digest(text, jsonb),
  private.loyalty_is_same_claim(public.loyalty_redemptions, text[], jsonb),
  private.loyalty_write_claim(uuid, uuid, public.loyalty_rewards, uuid, jsonb, text, timestamptz),
  private.loyalty_claim_offer(uuid, uuid, uuid, jsonb, timestamptz), private.loyalty_claim_earned(uuid, uuid, jsonb, timestamptz) from public;
grant execute on function private.loyalty_claim_reward(uuid, uuid, jsonb), public.loyalty_claim_reward(uuid, uuid, jsonb),
  private.loyalty_claim_redemption(uuid, uuid, jsonb), public.loyalty_claim_redemption(uuid, uuid, jsonb) to authenticated;

-- comments
comment on function private.loyalty_refuse_claim(text, text, text) is 'Raises one of the codes of a refused claim with its sentence, and when it opens where that is known.';
comment on function private.loyalty_say_opening(uuid, timestamptz, timestamptz) is 'A moment to come as the business''s clock says it, for a sentence; null when it is over.';
comment on function private.loyalty_check_shown(public.loyalty_rewards, jsonb) is 'Refuses a claim that names another version of the terms than today''s. One that names none is taken as it is.';
comment on function private.loyalty_read_details(text, boolean, text[], jsonb) is 'What she sent, reduced to what this kind of reward needs and in one spelling; refuses a missing size or address.';
comment on function private.loyalty_show_claim(uuid, uuid, boolean) is 'A claim as the API answers it.';
comment on function private.loyalty_is_same_claim(public.loyalty_redemptions, text[], jsonb) is 'Whether what she sent now is what she sent with that claim.';
comment on function private.loyalty_claim_digest(text, jsonb) is 'Digest of the details of a claim, to recognise the same one again.';
comment on function private.loyalty_write_claim(uuid, uuid, public.loyalty_rewards, uuid, jsonb, text, timestamptz) is 'Writes a claim that was found allowed: schedule, place in its window, terms, boost or gift, stock and budget.';
comment on function private.loyalty_claim_offer(uuid, uuid, uuid, jsonb, timestamptz) is 'A creator claims a reward of her tier. The same claim again answers with the first.';
comment on function private.loyalty_claim_earned(uuid, uuid, jsonb, timestamptz) is 'A creator claims what a mission or a raffle gave her; an offer of her tier goes the way of offers.';
comment on function private.loyalty_claim_reward(uuid, uuid, jsonb) is 'See public.loyalty_claim_reward. Definer: claims are writable by no one directly; only the caller''s own creator.';
comment on function public.loyalty_claim_reward(uuid, uuid, jsonb) is 'Claims a reward of the caller''s tier, under today''s terms. Repeating it while the claim is open answers with the first claim.';
comment on function private.loyalty_claim_redemption(uuid, uuid, jsonb) is 'See public.loyalty_claim_redemption. Definer: claims are writable by no one directly; only the caller''s own.';
comment on function public.loyalty_claim_redemption(uuid, uuid, jsonb) is 'Claims what a mission or a raffle gave the caller, whatever her tier is by now.';
