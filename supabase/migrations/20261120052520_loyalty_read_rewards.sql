-- Loyalty: what the owner sees of rewards: the table, one reward, and what a draft would do.

-- functions
create function private.loyalty_reward_card(p_reward public.loyalty_rewards) returns jsonb
language sql stable set search_path = '' as $$
  -- What a creator may read of a reward; her page, the claim sheet and the owner's preview draw the same card.
  select jsonb_build_object('id', p_reward.id, 'kind', p_reward.kind, 'name', p_reward.name, 'description', p_reward.description,
    'instructions', p_reward.instructions, 'tierId', p_reward.tier_id, 'frequency', p_reward.frequency, 'quantity', p_reward.quantity,
    'valueAmount', p_reward.value_amount, 'boostBp', p_reward.boost_bp, 'boostDays', p_reward.boost_days,
    'discountPercent', p_reward.discount_percent, 'discountMinutes', p_reward.discount_minutes,
    'sizes', to_jsonb(p_reward.sizes), 'expiresDays', p_reward.expires_days, 'version', p_reward.version)
$$;

create function private.loyalty_reward_row(p_reward public.loyalty_rewards, p_month timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select private.loyalty_reward_card(p_reward) || jsonb_build_object(
    'offer', p_reward.offer, 'state', p_reward.state, 'tag', p_reward.tag, 'previewFromTierId', p_reward.preview_from_tier_id,
    'displayOrder', p_reward.display_order, 'revision', p_reward.revision, 'publishedAt', p_reward.published_at,
    'updatedAt', p_reward.updated_at, 'createdAt', p_reward.created_at,
    'tierName', (select t.name from public.loyalty_tiers t where t.client_id = p_reward.client_id and t.id = p_reward.tier_id),
    'tierColor', (select t.color from public.loyalty_tiers t where t.client_id = p_reward.client_id and t.id = p_reward.tier_id),
    'limits', (select jsonb_build_object('stockTotal', l.stock_total, 'budgetTotal', l.budget_total, 'unitCost', l.unit_cost,
                 'couponCode', l.coupon_code, 'couponMaxUses', l.coupon_max_uses, 'reservedCount', l.reserved_count,
                 'committedCount', l.committed_count, 'reservedAmount', l.reserved_amount, 'committedAmount', l.committed_amount)
                 from public.loyalty_reward_limits l where l.client_id = p_reward.client_id and l.reward_id = p_reward.id),
    'claimsThisMonth', (select count(*) from public.loyalty_redemptions x
                         where x.client_id = p_reward.client_id and x.reward_id = p_reward.id
                           and x.state in ('claimed', 'fulfilled', 'concluded', 'rejected') and x.claimed_at >= p_month))
$$;

create function private.loyalty_month_start(p_client uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select private.local_instant(date_trunc('month', private.local_date(now(), c.time_zone)::timestamp)::date, '00:00', c.time_zone)
    from public.clients c where c.id = p_client
$$;

create function private.loyalty_list_rewards(p_client uuid, p_states text[], p_kinds text[], p_offer text, p_cursor jsonb, p_limit integer)
returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_month timestamptz := private.loyalty_month_start(p_client);
  v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
  v_limit integer := least(greatest(p_limit, 1), 200);
  v_found uuid[];
begin
  perform private.require_permission(p_client, 'loyalty.rewards.read');
  if v_back then
    v_found := array(
      select r.id from public.loyalty_rewards r
       where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
         and (p_offer is null or r.offer = p_offer)
         and (r.display_order, r.id) < ((p_cursor ->> 'v')::integer, (p_cursor ->> 'id')::uuid)
       order by r.display_order desc, r.id desc limit v_limit + 1);
  else
    v_found := array(
      select r.id from public.loyalty_rewards r
       where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
         and (p_offer is null or r.offer = p_offer)
         and (p_cursor is null or (r.display_order, r.id) > ((p_cursor ->> 'v')::integer, (p_cursor ->> 'id')::uuid))
       order by r.display_order, r.id limit v_limit + 1);
  end if;
  return jsonb_build_object(
    'items', (select coalesce(jsonb_agg(private.loyalty_reward_row(r, v_month) order by r.display_order, r.id), '[]')
                from public.loyalty_rewards r where r.client_id = p_client and r.id = any (v_found[1:v_limit])),
    'hasMore', cardinality(v_found) > v_limit,
    'total', (select count(*) from public.loyalty_rewards r
               where r.client_id = p_client and r.state = any (p_states) and (p_kinds is null or r.kind = any (p_kinds))
                 and (p_offer is null or r.offer = p_offer)),
    'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client));
end $$;

create function private.loyalty_read_reward(p_client uuid, p_reward uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
begin
  perform private.require_permission(p_client, 'loyalty.rewards.read');
  select r.* into v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  return private.loyalty_reward_row(v_reward, private.loyalty_month_start(p_client)) || jsonb_build_object(
    'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
    'openOffers', (select count(*) from public.loyalty_redemptions x
                    where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimable' and x.withdrawn_at is null),
    'openClaims', (select count(*) from public.loyalty_redemptions x
                    where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimed'),
    'claimsEver', (select count(*) from public.loyalty_redemptions x
                    where x.client_id = p_client and x.reward_id = p_reward and x.state in ('claimed', 'fulfilled', 'concluded', 'rejected')),
    'missions', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'state', m.state) order by m.name), '[]')
                   from public.loyalty_missions m where m.client_id = p_client and m.reward_id = p_reward and m.state <> 'archived'),
    'steps', (select coalesce(jsonb_agg(jsonb_build_object('to', h.to_state, 'at', h.created_at, 'by',
                       coalesce((select p.display_name from public.people p where p.client_id = p_client and p.user_id = h.actor_user_id), h.actor))
                       order by h.created_at desc, h.id), '[]')
                from (select * from public.core_state_history s
                       where s.client_id = p_client and s.entity = 'loyalty_rewards' and s.row_id = p_reward
                       order by s.created_at desc, s.id limit 12) h));
end $$;

create function private.loyalty_preview_reward(p_client uuid, p_tier uuid, p_tag text, p_preview_from uuid, p_reward uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_rank integer;
  v_from integer;
begin
  perform private.require_permission(p_client, 'loyalty.rewards.write');
  select t.rank into v_rank from public.loyalty_tiers t where t.client_id = p_client and t.id = p_tier;
  select t.rank into v_from from public.loyalty_tiers t where t.client_id = p_client and t.id = p_preview_from;
  return (
    with audience as (
      select c.id, c.total_videos > 0 as is_recognised, t.rank,
             (p_tier is null or c.tier_id = p_tier) as is_in, (v_from <= t.rank and t.rank < v_rank) as is_early
        from public.loyalty_creators c
        join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
       where c.client_id = p_client and c.state = 'active'
         and (p_tag is null or exists (select from public.loyalty_creator_tags g
                where g.client_id = p_client and g.creator_id = c.id and g.tag = p_tag))
    )
    select jsonb_build_object(
      'reached', (select count(*) from audience a where a.is_in and a.is_recognised),
      'unrecognised', (select count(*) from audience a where a.is_in and not a.is_recognised),
      'early', (select count(*) from audience a where a.is_early),
      'openOffers', (select count(*) from public.loyalty_redemptions x
                      where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimable' and x.withdrawn_at is null),
      'openClaims', (select count(*) from public.loyalty_redemptions x
                      where x.client_id = p_client and x.reward_id = p_reward and x.state = 'claimed')));
end $$;

create function public.loyalty_list_rewards(p_client uuid, p_states text[] default '{draft,published,paused}', p_kinds text[] default null,
  p_offer text default null, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.loyalty_list_rewards(p_client, p_states, p_kinds, p_offer, p_cursor, p_limit); end $$;
create function public.loyalty_read_reward(p_client uuid, p_reward uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_reward(p_client, p_reward); end $$;
create function public.loyalty_preview_reward(p_client uuid, p_tier uuid default null, p_tag text default null,
  p_preview_from uuid default null, p_reward uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin return private.loyalty_preview_reward(p_client, p_tier, p_tag, p_preview_from, p_reward); end $$;

-- grants
revoke all on function private.loyalty_reward_card(public.loyalty_rewards), private.loyalty_reward_row(public.loyalty_rewards, timestamptz),
  private.loyalty_month_start(uuid) from public;
grant execute on function private.loyalty_list_rewards(uuid, text[], text[], text, jsonb, integer),
  public.loyalty_list_rewards(uuid, text[], text[], text, jsonb, integer) to authenticated;
grant execute on function private.loyalty_read_reward(uuid, uuid), public.loyalty_read_reward(uuid, uuid) to authenticated;
grant execute on function private.loyalty_preview_reward(uuid, uuid, text, uuid, uuid),
  public.loyalty_preview_reward(uuid, uuid, text, uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_reward_card(public.loyalty_rewards) is 'What a creator reads of a reward: no caps, costs or codes.';
comment on function private.loyalty_reward_row(public.loyalty_rewards, timestamptz) is 'A reward as staff see it, with its caps and its claims since p_month.';
comment on function private.loyalty_month_start(uuid) is 'The first instant of this month where the business is.';
comment on function private.loyalty_list_rewards(uuid, text[], text[], text, jsonb, integer) is 'A keyset page of rewards in their order. Cursor: v and id of the row to go on from, back to go towards the start.';
comment on function public.loyalty_list_rewards(uuid, text[], text[], text, jsonb, integer) is 'A keyset page of rewards in their order. Cursor: v and id of the row to go on from, back to go towards the start.';
comment on function private.loyalty_read_reward(uuid, uuid) is 'One reward with its caps, offers, claims, missions and steps.';
comment on function public.loyalty_read_reward(uuid, uuid) is 'One reward with its caps, offers, claims, missions and steps.';
comment on function private.loyalty_preview_reward(uuid, uuid, text, uuid, uuid) is 'How many creators an audience reaches, how many would see it early, and what stands open already. Saves nothing.';
comment on function public.loyalty_preview_reward(uuid, uuid, text, uuid, uuid) is 'How many creators an audience reaches, how many would see it early, and what stands open already. Saves nothing.';
