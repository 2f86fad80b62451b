-- Loyalty: how the business makes, changes, publishes, pauses and ends a reward.

-- functions
create function private.loyalty_require_reward(p_client uuid, p_reward uuid, p_revision integer) returns public.loyalty_rewards
language plpgsql security definer set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
begin
  perform private.require_permission(p_client, 'loyalty.rewards.write');
  -- Offers, then the reward, then its limits: the nightly pass and claims keep to this order, so nobody waits in a circle.
  -- Not for update: offers that only name the reward may be written meanwhile.
  perform private.loyalty_lock_offers(p_client);
  select r.* into v_reward from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward for no key update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this reward.';
  end if;
  if p_revision is not null and v_reward.revision <> p_revision then
    raise exception using errcode = 'ST002',
      message = 'This reward was changed meanwhile, in another tab or by someone else. Load it again to see what changed; nothing of yours was saved.';
  end if;
  return v_reward;
end $$;

create function private.loyalty_check_reward_limits(p_client uuid, p_reward uuid, p_kind text, p_draft jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_limits public.loyalty_reward_limits;
  v_stock integer := (p_draft ->> 'stockTotal')::integer;
  v_budget bigint := (p_draft ->> 'budgetTotal')::bigint;
begin
  -- Claims move this row: held until the end, so that a cap is never checked against a count that has moved on.
  select l.* into v_limits from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = p_reward for update;
  if v_stock < v_limits.reserved_count + v_limits.committed_count then
    raise exception using errcode = 'VA001', detail = 'stockTotal',
      message = format('%s are claimed already (%s waiting, %s fulfilled): the stock cannot be lower than that.',
        v_limits.reserved_count + v_limits.committed_count, v_limits.reserved_count, v_limits.committed_count);
  end if;
  if v_budget < v_limits.reserved_amount + v_limits.committed_amount then
    raise exception using errcode = 'VA001', detail = 'budgetTotal',
      message = 'Claims have used more than that already: the budget cannot be lower than what is reserved and spent.';
  end if;
  if v_budget is not null and p_kind = 'commission_boost' then
    raise exception using errcode = 'VA001', detail = 'budgetTotal',
      message = 'A boost costs what it pays out, so it has no budget. Limit how many there are instead.';
  end if;
  if v_budget is not null and coalesce((p_draft ->> 'unitCost')::bigint, 0) = 0 then
    raise exception using errcode = 'VA001', detail = 'unitCost',
      message = 'Say what one costs you: without it the budget would never be used up.';
  end if;
  if p_kind <> 'discount' and (p_draft ->> 'couponCode' is not null or p_draft ->> 'couponMaxUses' is not null) then
    raise exception using errcode = 'VA001', detail = 'couponCode', message = 'Only a discount has a coupon code.';
  end if;
  if p_kind = 'discount' and nullif(p_draft ->> 'couponCode', '') is null then
    raise exception using errcode = 'VA001', detail = 'couponCode', message = 'Give the code buyers type, two to eight letters and numbers.';
  end if;
end $$;

create function private.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
  v_id uuid := p_reward;
  v_sizes text[] := coalesce((select array_agg(s.value order by s.ordinality)
    from jsonb_array_elements_text(coalesce(p_draft -> 'sizes', '[]')) with ordinality s), '{}');
begin
  perform private.require_permission(p_client, 'loyalty.rewards.write');
  if p_reward is not null then
    v_reward := private.loyalty_require_reward(p_client, p_reward, p_revision);
    if v_reward.state = 'archived' then
      raise exception using errcode = 'ST001', message = 'This reward is archived. Make a copy of it to use it again.';
    end if;
    if (v_reward.kind, v_reward.offer) is distinct from (p_draft ->> 'kind', p_draft ->> 'offer') then
      raise exception using errcode = 'VA001', detail = 'kind',
        message = 'What kind of reward it is cannot change. Make a new one instead.';
    end if;
  end if;
  if exists (select from unnest(array[(p_draft ->> 'tierId')::uuid, (p_draft ->> 'previewFromTierId')::uuid]) w (id)
              where w.id is not null and not exists (select from public.loyalty_tiers t
                where t.client_id = p_client and t.id = w.id and (t.archived_at is null or t.id in (v_reward.tier_id, v_reward.preview_from_tier_id)))) then
    raise exception using errcode = 'VA001', detail = 'tierId', message = 'This tier is no longer on the ladder. Choose another one.';
  end if;
  if cardinality(v_sizes) <> (select count(distinct lower(s)) from unnest(v_sizes) s) then
    raise exception using errcode = 'VA001', detail = 'sizes', message = 'Each size stands in the list once.';
  end if;
  if p_reward is null then
    insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, boost_bp, boost_days, discount_percent, discount_minutes)
    values (p_client, coalesce(p_draft ->> 'offer', 'tier'), p_draft ->> 'kind', btrim(p_draft ->> 'name'),
            coalesce((p_draft ->> 'valueAmount')::bigint, 0), (p_draft ->> 'boostBp')::integer, (p_draft ->> 'boostDays')::integer,
            (p_draft ->> 'discountPercent')::integer, (p_draft ->> 'discountMinutes')::integer)
    returning id into v_id;
  end if;
  perform private.loyalty_check_reward_limits(p_client, v_id, p_draft ->> 'kind', p_draft);
  update public.loyalty_rewards r
     set name = btrim(p_draft ->> 'name'), description = btrim(coalesce(p_draft ->> 'description', '')),
         instructions = btrim(coalesce(p_draft ->> 'instructions', '')),
         tier_id = (p_draft ->> 'tierId')::uuid, tag = nullif(p_draft ->> 'tag', ''),
         preview_from_tier_id = (p_draft ->> 'previewFromTierId')::uuid,
         frequency = p_draft ->> 'frequency', quantity = (p_draft ->> 'quantity')::integer,
         value_amount = coalesce((p_draft ->> 'valueAmount')::bigint, 0),
         boost_bp = (p_draft ->> 'boostBp')::integer, boost_days = (p_draft ->> 'boostDays')::integer,
         discount_percent = (p_draft ->> 'discountPercent')::integer, discount_minutes = (p_draft ->> 'discountMinutes')::integer,
         requires_size = cardinality(v_sizes) > 0, sizes = v_sizes,
         expires_days = (p_draft ->> 'expiresDays')::integer, display_order = coalesce((p_draft ->> 'displayOrder')::integer, 100)
   where r.client_id = p_client and r.id = v_id;
  update public.loyalty_reward_limits l
     set stock_total = (p_draft ->> 'stockTotal')::integer, budget_total = (p_draft ->> 'budgetTotal')::bigint,
         unit_cost = coalesce((p_draft ->> 'unitCost')::bigint, 0), coupon_code = nullif(p_draft ->> 'couponCode', ''),
         coupon_max_uses = (p_draft ->> 'couponMaxUses')::integer, updated_at = now()
   where l.client_id = p_client and l.reward_id = v_id;
  -- Another audience or limit is another list of offers: at once, not only tonight.
  if v_reward.state = 'published' and (v_reward.tier_id, v_reward.tag, v_reward.frequency, v_reward.quantity) is distinct from
      ((p_draft ->> 'tierId')::uuid, nullif(p_draft ->> 'tag', ''), p_draft ->> 'frequency', (p_draft ->> 'quantity')::integer) then
    perform private.loyalty_renew_reward_offers(p_client, v_id);
  end if;
  return v_id;
end $$;

create function private.loyalty_renew_reward_offers(p_client uuid, p_reward uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_today date;
begin
  perform private.require_permission(p_client, 'loyalty.rewards.write');
  select private.local_date(now(), c.time_zone) into v_today from public.clients c where c.id = p_client;
  perform private.loyalty_renew_offers(p_client, v_today, p_reward);
end $$;

create function private.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
  v_to text := case p_step when 'publish' then 'published' when 'pause' then 'paused' when 'resume' then 'published' when 'archive' then 'archived' end;
  v_missions integer;
begin
  v_reward := private.loyalty_require_reward(p_client, p_reward, p_revision);
  if v_to is null then
    raise exception using errcode = 'VA001', detail = 'step', message = 'A reward is published, paused, resumed or archived.';
  end if;
  if v_reward.state = v_to then
    raise exception using errcode = 'ST003', message = 'This reward is ' || v_to || ' already.';
  end if;
  if (p_step = 'publish' and v_reward.state <> 'draft') or (p_step = 'resume' and v_reward.state <> 'paused') then
    raise exception using errcode = 'ST001', message = format('This reward is %s and cannot be %s.', v_reward.state,
      case p_step when 'publish' then 'published' else 'resumed' end);
  end if;
  if v_to = 'published' and exists (select from public.loyalty_tiers t
       where t.client_id = p_client and t.id = v_reward.tier_id and t.archived_at is not null) then
    raise exception using errcode = 'VA001', detail = 'tierId',
      message = 'Its tier is no longer on the ladder. Choose another tier first.';
  end if;
  if p_step = 'archive' then
    select count(*) into v_missions from public.loyalty_missions m
     where m.client_id = p_client and m.reward_id = p_reward and m.state in ('published', 'paused');
    if v_missions > 0 then
      raise exception using errcode = 'ST001', message = case v_missions
        when 1 then 'One open mission pays this reward. End it first.'
        else format('%s open missions pay this reward. End them first.', v_missions) end;
    end if;
  end if;
  update public.loyalty_rewards r
     set state = v_to, published_at = case when v_to = 'published' then coalesce(r.published_at, now()) else r.published_at end
   where r.client_id = p_client and r.id = p_reward and r.state = v_reward.state;
  if v_reward.offer = 'tier' and (v_reward.state <> 'draft' or p_step = 'publish') then
    perform private.loyalty_renew_reward_offers(p_client, p_reward);
  end if;
  return (
    select jsonb_build_object('id', r.id, 'state', r.state, 'revision', r.revision, 'openOffers',
             (select count(*) from public.loyalty_redemptions x
               where x.client_id = p_client and x.reward_id = r.id and x.state = 'claimable' and x.withdrawn_at is null))
      from public.loyalty_rewards r where r.client_id = p_client and r.id = p_reward);
end $$;

create function private.loyalty_duplicate_reward(p_client uuid, p_reward uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_reward public.loyalty_rewards;
  v_id uuid;
begin
  v_reward := private.loyalty_require_reward(p_client, p_reward, null);
  insert into public.loyalty_rewards (client_id, offer, kind, name, description, tier_id, tag, preview_from_tier_id, frequency, quantity,
    value_amount, boost_bp, boost_days, discount_percent, discount_minutes, requires_size, sizes, instructions, expires_days, display_order)
  select p_client, v_reward.offer, v_reward.kind, left(v_reward.name, 53) || ' (copy)', v_reward.description, t.id, v_reward.tag,
         case when t.id is not null then e.id end,
         v_reward.frequency, v_reward.quantity, v_reward.value_amount, v_reward.boost_bp, v_reward.boost_days,
         v_reward.discount_percent, v_reward.discount_minutes, v_reward.requires_size, v_reward.sizes, v_reward.instructions,
         v_reward.expires_days, v_reward.display_order
    from (select 1) one
    left join public.loyalty_tiers t on t.client_id = p_client and t.id = v_reward.tier_id and t.archived_at is null
    left join public.loyalty_tiers e on e.client_id = p_client and e.id = v_reward.preview_from_tier_id and e.archived_at is null
  returning id into v_id;
  update public.loyalty_reward_limits l
     set stock_total = o.stock_total, budget_total = o.budget_total, unit_cost = o.unit_cost, coupon_code = o.coupon_code,
         coupon_max_uses = o.coupon_max_uses
    from public.loyalty_reward_limits o
   where o.client_id = p_client and o.reward_id = p_reward and l.client_id = p_client and l.reward_id = v_id;
  return v_id;
end $$;

create function public.loyalty_save_reward(p_client uuid, p_reward uuid, p_draft jsonb, p_revision integer default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_save_reward(p_client, p_reward, p_draft, p_revision); end $$;
create function public.loyalty_step_reward(p_client uuid, p_reward uuid, p_step text, p_revision integer default null) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_step_reward(p_client, p_reward, p_step, p_revision); end $$;
create function public.loyalty_duplicate_reward(p_client uuid, p_reward uuid) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_duplicate_reward(p_client, p_reward); end $$;

-- grants
revoke all on function private.loyalty_require_reward(uuid, uuid, integer), private.loyalty_check_reward_limits(uuid, uuid, text, jsonb),
  private.loyalty_renew_reward_offers(uuid, uuid) from public;
grant execute on function private.loyalty_save_reward(uuid, uuid, jsonb, integer), public.loyalty_save_reward(uuid, uuid, jsonb, integer) to authenticated;
grant execute on function private.loyalty_step_reward(uuid, uuid, text, integer), public.loyalty_step_reward(uuid, uuid, text, integer) to authenticated;
grant execute on function private.loyalty_duplicate_reward(uuid, uuid), public.loyalty_duplicate_reward(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_require_reward(uuid, uuid, integer) is 'The reward, locked, for somebody who may change it and who has seen its latest revision.';
comment on function private.loyalty_check_reward_limits(uuid, uuid, text, jsonb) is 'Says in words what is wrong with the caps of a draft. Locks the row claims move.';
comment on function private.loyalty_renew_reward_offers(uuid, uuid) is 'Opens and withdraws offers at once, as the nightly pass would tonight.';
comment on function private.loyalty_save_reward(uuid, uuid, jsonb, integer) is 'Makes a draft (no id) or changes a reward. Claims already made keep their terms. Stock and budget never fall below what is claimed.';
comment on function public.loyalty_save_reward(uuid, uuid, jsonb, integer) is 'Makes a draft (no id) or changes a reward. Claims already made keep their terms. Stock and budget never fall below what is claimed.';
comment on function private.loyalty_step_reward(uuid, uuid, text, integer) is 'publish, pause, resume or archive; opens or withdraws offers in the same transaction. Claims stay as they are.';
comment on function public.loyalty_step_reward(uuid, uuid, text, integer) is 'publish, pause, resume or archive; opens or withdraws offers in the same transaction. Claims stay as they are.';
comment on function private.loyalty_duplicate_reward(uuid, uuid) is 'A draft like this reward, with its caps and without its claims.';
comment on function public.loyalty_duplicate_reward(uuid, uuid) is 'A draft like this reward, with its caps and without its claims.';
