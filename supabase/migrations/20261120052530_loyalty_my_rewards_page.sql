-- Loyalty: what a creator sees of rewards: what she may claim and why not the rest, what she claimed, what became of it.

-- functions
create function private.loyalty_my_creator(p_client uuid) returns public.loyalty_creators
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
begin
  if not p_client = any (private.my_clients('loyalty')) then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.person_id = private.my_person(p_client);
  return v_creator;
end $$;

create function private.loyalty_redemption_lines(p_client uuid, p_ids uuid[]) returns jsonb
language sql stable set search_path = '' as $$
  -- Once claimed, the words are those of the claim; before, they are the reward's of today.
  select coalesce(jsonb_agg(
    private.loyalty_reward_card(r) || x.terms || coalesce((
      select jsonb_build_object('code', s.code, 'reason', s.reason, 'opensAt', s.opens_at)
        from private.loyalty_earned_standing(p_client, x.creator_id, x.id) s where x.state = 'claimable'),
      '{"code": null, "reason": null, "opensAt": null}') || jsonb_build_object('id', x.id, 'rewardId', x.reward_id, 'kind', x.kind,
      'name', coalesce(x.terms ->> 'name', r.name), 'valueAmount', case when x.claimed_at is null then r.value_amount else x.value_amount end,
      'source', x.source, 'state', x.state, 'offeredAt', x.offered_at, 'claimUntil', x.claim_until, 'claimedAt', x.claimed_at,
      'dueAt', x.due_at, 'scheduledAt', x.scheduled_at, 'endsAt', x.ends_at, 'fulfilledAt', x.fulfilled_at, 'concludedAt', x.concluded_at,
      'rejectedAt', x.rejected_at, 'rejectionReason', x.rejection_reason, 'expiredAt', x.expired_at, 'withdrawnAt', x.withdrawn_at,
      'withdrawnReason', x.withdrawn_reason, 'isHeld', x.is_held, 'fulfilReference', x.fulfil_reference,
      'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_client and t.id = x.tier_id),
      -- The buyers' code belongs to a discount that is hers and was not refused.
      'couponCode', case when x.kind = 'discount' and x.state in ('claimed', 'fulfilled', 'concluded')
                      then x.terms ->> 'couponCode' end,
      'missionName', (select m.name from public.loyalty_missions m
                       where m.client_id = p_client and m.id = coalesce(
                         (select p.mission_id from public.loyalty_mission_progress p where p.client_id = p_client and p.id = x.mission_progress_id),
                         (select e.mission_id from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = x.raffle_entry_id))),
      'boost', (select jsonb_build_object('state', b.state, 'startsAt', b.starts_at, 'endsAt', b.ends_at, 'firstOn', b.first_on, 'lastOn', b.last_on,
                  'clearsOn', b.clears_on, 'settledSales', b.settled_sales, 'earnedAmount', b.earned_amount, 'finalAmount', b.final_amount,
                  'rateBp', b.rate_bp, 'days', b.days, 'paidAt', b.paid_at)
                  from public.loyalty_boosts b where b.client_id = p_client and b.redemption_id = x.id),
      'gift', (select jsonb_build_object('size', g.size, 'recipient', g.recipient, 'city', g.city, 'country', g.country, 'carrier', g.carrier,
                 'trackingNumber', g.tracking_number, 'shippedAt', g.shipped_at, 'deliveredAt', g.delivered_at)
                 from public.loyalty_gifts g where g.client_id = p_client and g.redemption_id = x.id))
    order by array_position(p_ids, x.id)), '[]')
  from public.loyalty_redemptions x
  join public.loyalty_rewards r on r.client_id = x.client_id and r.id = x.reward_id
  where x.client_id = p_client and x.id = any (p_ids)
$$;

create function private.loyalty_read_rewards(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
  v_settings public.loyalty_settings;
  v_zone text;
  v_value bigint;
begin
  select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
  select c.time_zone into v_zone from public.clients c where c.id = p_client;
  v_value := case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                  when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                  when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end;
  return jsonb_build_object(
    'metric', v_settings.metric, 'currency', v_settings.currency, 'timeZone', v_zone,
    'fulfilHours', v_settings.fulfil_hours, 'clearingDays', v_settings.clearing_days,
    'today', private.local_date(now(), v_zone),
    'creator', case when v_creator.id is not null then (
      select jsonb_build_object('id', v_creator.id, 'name', v_creator.display_name, 'state', v_creator.state, 'tierId', t.id,
               'tierName', t.name, 'tierRank', t.rank, 'commissionBp', t.commission_bp, 'value', v_value)
        from public.loyalty_tiers t where t.client_id = p_client and t.id = v_creator.tier_id) end,
    'rewards', case when v_creator.id is null then '[]' else (
      select coalesce(jsonb_agg(private.loyalty_reward_card(r) || jsonb_build_object(
               'status', s.status, 'code', s.code, 'used', s.used, 'opensAt', s.opens_at,
               'openRedemptionId', s.open_redemption_id,
               -- How many there are is the business's own affair until it is nearly none.
               'stockLeft', case when s.stock_left <= 10 then s.stock_left end,
               'reason', s.detail ->> 'reason', 'claimUntil', s.detail ->> 'claimUntil',
               'tier', (select jsonb_build_object('id', t.id, 'name', t.name, 'rank', t.rank, 'threshold', t.threshold)
                          from public.loyalty_tiers t where t.client_id = p_client and t.id = r.tier_id),
               -- The rows the limit was used by, so that "why not" can name them.
               'claims', (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'claimedAt', u.claimed_at, 'state', u.state)
                                   order by u.claimed_at desc), '[]')
                            from public.loyalty_redemptions u
                           where u.client_id = p_client and u.creator_id = v_creator.id and u.reward_id = r.id and u.source = 'tier'
                             and u.window_key = s.window_key and u.state in ('claimed', 'fulfilled', 'concluded')))
               order by r.display_order, r.id), '[]')
        from private.loyalty_reward_standing(p_client, v_creator.id) s
        join public.loyalty_rewards r on r.client_id = p_client and r.id = s.reward_id) end,
    -- Earned by a mission or a raffle and not claimed yet, then what she claimed and is not closed.
    'redemptions', case when v_creator.id is null then '[]' else private.loyalty_redemption_lines(p_client, array(
      select x.id from public.loyalty_redemptions x
       where x.client_id = p_client and x.creator_id = v_creator.id
         and (x.state in ('claimed', 'fulfilled')
              or (x.state = 'claimable' and x.source <> 'tier'
                  and (x.withdrawn_reason = 'waiting_for_stock'
                       or x.withdrawn_at is null and (x.claim_until is null or x.claim_until > now()))))
       order by x.state, coalesce(x.claimed_at, x.offered_at) desc, x.id limit 60)) end);
end $$;

create function private.loyalty_list_reward_history(p_client uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
  v_limit integer := least(greatest(p_limit, 1), 100);
  v_ids uuid[];
  v_at timestamptz[];
begin
  -- One creator's redemptions are few: they are found by her index and put in order here.
  select coalesce(array_agg(h.id order by h.at desc, h.id desc), '{}'), coalesce(array_agg(h.at order by h.at desc, h.id desc), '{}')
    into v_ids, v_at
    from (select x.id, coalesce(x.fulfilled_at, x.rejected_at, x.expired_at, x.withdrawn_at) as at
            from public.loyalty_redemptions x
           where x.client_id = p_client and x.creator_id = v_creator.id
             and (x.state in ('fulfilled', 'concluded', 'rejected', 'expired') or x.withdrawn_at is not null)
             and (p_cursor is null or (coalesce(x.fulfilled_at, x.rejected_at, x.expired_at, x.withdrawn_at), x.id)
                  < ((p_cursor ->> 'v')::timestamptz, (p_cursor ->> 'id')::uuid))
           order by 2 desc, x.id desc limit v_limit + 1) h;
  return jsonb_build_object(
    'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
    'items', private.loyalty_redemption_lines(p_client, v_ids[1:v_limit]),
    'next', case when cardinality(v_ids) > v_limit then jsonb_build_object('v', v_at[v_limit], 'id', v_ids[v_limit]) end);
end $$;

create function private.loyalty_read_tier_rewards(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
begin
  return (
    select coalesce(jsonb_agg(private.loyalty_reward_card(r) || jsonb_build_object('isPreview', coalesce(t.rank > own.rank, false))
             order by r.display_order, r.id), '[]')
      from public.loyalty_rewards r
      join public.loyalty_tiers own on own.client_id = p_client and own.id = v_creator.tier_id
      left join public.loyalty_tiers t on t.client_id = r.client_id and t.id = r.tier_id
      left join public.loyalty_tiers v on v.client_id = r.client_id and v.id = r.preview_from_tier_id
     where r.client_id = p_client and r.state = 'published' and r.offer = 'tier'
       -- Tiers at and below hers are no secret; what is above shows only when the business lets it.
       and (r.tier_id is null or t.rank <= own.rank or v.rank <= own.rank)
       and (r.tag is null or exists (select from public.loyalty_creator_tags g
              where g.client_id = p_client and g.creator_id = v_creator.id and g.tag = r.tag)));
end $$;

create function private.loyalty_read_redemption_event(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator public.loyalty_creators := private.loyalty_my_creator(p_client);
begin
  return (
    select jsonb_build_object('id', x.id, 'kind', x.kind, 'name', coalesce(x.terms ->> 'name', r.name), 'scheduledAt', x.scheduled_at,
             'endsAt', x.ends_at, 'state', x.state, 'sequence', x.calendar_sequence, 'updatedAt', x.updated_at,
             'boostBp', x.terms -> 'boostBp', 'discountPercent', x.terms -> 'discountPercent', 'rejectionReason', x.rejection_reason)
      from public.loyalty_redemptions x
      join public.loyalty_rewards r on r.client_id = x.client_id and r.id = x.reward_id
     where x.client_id = p_client and x.id = p_redemption and x.scheduled_at is not null
       and case when x.creator_id = v_creator.id then true
                else private.has_permission(p_client, 'loyalty.redemptions.read') end);
end $$;

create function public.loyalty_read_rewards(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_rewards(p_client); end $$;
create function public.loyalty_list_reward_history(p_client uuid, p_cursor jsonb default null, p_limit integer default 20) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_reward_history(p_client, p_cursor, p_limit); end $$;
create function public.loyalty_read_tier_rewards(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_tier_rewards(p_client); end $$;
create function public.loyalty_read_redemption_event(p_client uuid, p_redemption uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_redemption_event(p_client, p_redemption); end $$;

-- grants
revoke all on function private.loyalty_my_creator(uuid), private.loyalty_redemption_lines(uuid, uuid[]) from public;
grant execute on function private.loyalty_read_rewards(uuid), public.loyalty_read_rewards(uuid) to authenticated;
grant execute on function private.loyalty_list_reward_history(uuid, jsonb, integer),
  public.loyalty_list_reward_history(uuid, jsonb, integer) to authenticated;
grant execute on function private.loyalty_read_tier_rewards(uuid), public.loyalty_read_tier_rewards(uuid) to authenticated;
grant execute on function private.loyalty_read_redemption_event(uuid, uuid),
  public.loyalty_read_redemption_event(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_my_creator(uuid) is 'The creator the caller is in a business where loyalty is on; an empty row for a person who is none.';
comment on function private.loyalty_redemption_lines(uuid, uuid[]) is 'Redemptions as their creator reads them, in the order of the ids. Its callers check whose they are.';
comment on function private.loyalty_read_rewards(uuid) is 'Everything on the signed-in creator''s rewards page: each reward with her standing, and what is open.';
comment on function public.loyalty_read_rewards(uuid) is 'Everything on the signed-in creator''s rewards page: each reward with her standing, and what is open.';
comment on function private.loyalty_list_reward_history(uuid, jsonb, integer) is 'What became of the signed-in creator''s offers and claims, latest first. Cursor: v and id of the last row.';
comment on function public.loyalty_list_reward_history(uuid, jsonb, integer) is 'What became of the signed-in creator''s offers and claims, latest first. Cursor: v and id of the last row.';
comment on function private.loyalty_read_tier_rewards(uuid) is 'Rewards of each tier the signed-in creator may know of.';
comment on function public.loyalty_read_tier_rewards(uuid) is 'Rewards of each tier the signed-in creator may know of.';
comment on function private.loyalty_read_redemption_event(uuid, uuid) is 'When a scheduled redemption runs, for its creator''s calendar; null when it has no time or is not hers.';
comment on function public.loyalty_read_redemption_event(uuid, uuid) is 'When a scheduled redemption runs, for its creator''s calendar; null when it has no time or is not hers.';
