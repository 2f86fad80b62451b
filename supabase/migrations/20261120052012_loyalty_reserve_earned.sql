-- Loyalty: a reward that was earned is set aside for whoever earned it.
--
-- The rule: a piece is reserved when a mission is completed, first come first served, and not when it is begun: a mission may
-- invite a hundred creators to ten prizes. Once none is left nobody begins the mission any more, who is at it is told, and the
-- owner is warned. Who completes it after the last one keeps her place in the line: the next piece is hers. So nobody who was
-- told "it is yours" ever finds it gone.

-- functions
create function private.loyalty_pieces_left(p_client uuid, p_reward uuid) returns integer
language plpgsql stable set search_path = '' as $$
begin
  return (
    select least(l.stock_total - l.reserved_count - l.committed_count,
                 case when r.kind <> 'commission_boost' and l.unit_cost > 0
                      then floor((l.budget_total - l.reserved_amount - l.committed_amount)::numeric / l.unit_cost) end)::integer
           -- Winners that are still to be drawn are promised theirs.
           - coalesce((select sum(m.winners_count) from public.loyalty_missions m
                        where m.client_id = p_client and m.reward_id = p_reward and m.kind = 'raffle'
                          and m.state in ('published', 'paused', 'ended')
                          and not exists (select from public.loyalty_raffle_draws d
                                           where d.client_id = m.client_id and d.mission_id = m.id and d.drawn_at is not null)), 0)::integer
      from public.loyalty_reward_limits l
      join public.loyalty_rewards r on r.client_id = l.client_id and r.id = l.reward_id
     where l.client_id = p_client and l.reward_id = p_reward);
end $$;

create function private.loyalty_reserve_earned(p_client uuid, p_now timestamptz default now()) returns integer
language plpgsql set search_path = '' as $$
declare
  v_reward record;
  v_ids uuid[];
  v_left integer;
  v_given integer := 0;
begin
  for v_reward in
    select w.id, w.name, w.kind, w.expires_days, l.unit_cost, l.stock_total, l.budget_total, k.time_zone as zone
      from public.loyalty_rewards w
      join public.loyalty_reward_limits l on l.client_id = w.client_id and l.reward_id = w.id
      join public.clients k on k.id = w.client_id
     where w.client_id = p_client and w.offer = 'mission' and (l.stock_total is not null or l.budget_total is not null)
       and exists (select from public.loyalty_redemptions r
                    where r.client_id = p_client and r.reward_id = w.id and r.state = 'claimable' and r.source <> 'tier'
                      and not r.is_reserved and (r.withdrawn_at is null or r.withdrawn_reason = 'waiting_for_stock'))
     order by w.id
  loop
    -- Redemptions before limits, like everybody. One that is being claimed this moment takes its piece with the claim.
    v_ids := array(
      select r.id
        from public.loyalty_redemptions r
        left join public.loyalty_mission_progress p on p.client_id = r.client_id and p.id = r.mission_progress_id
       where r.client_id = p_client and r.reward_id = v_reward.id and r.state = 'claimable' and r.source <> 'tier'
         and not r.is_reserved and (r.withdrawn_at is null or r.withdrawn_reason = 'waiting_for_stock')
       -- Promised before there was a cap, then in the order they were reached.
       order by r.withdrawn_at is not null, p.completed_on, r.offered_at, r.id
       limit 500 for update of r skip locked);
    perform from public.loyalty_reward_limits l where l.client_id = p_client and l.reward_id = v_reward.id for update;
    v_left := greatest(coalesce(private.loyalty_pieces_left(p_client, v_reward.id), 0), 0);
    update public.loyalty_redemptions r
       set is_reserved = true, cost_amount = case v_reward.kind when 'commission_boost' then 0 else v_reward.unit_cost end,
           withdrawn_at = null, withdrawn_reason = null,
           -- Her days to claim begin when it is hers.
           claim_until = case when r.withdrawn_at is null then r.claim_until
             else private.local_instant(private.local_date(p_now, v_reward.zone) + v_reward.expires_days, '23:59', v_reward.zone) end
     where r.client_id = p_client and r.id = any (v_ids[1:v_left]);
    -- Whoever heard of it when she completed it is not told twice.
    perform private.notify(p_client, 'loyalty.mission-completed', array[c.person_id],
              jsonb_build_object('missionId', m.id, 'mission', m.name, 'reward', v_reward.name, 'claimUntil', r.claim_until),
              'loyalty.mission-completed:' || p.id)
       from public.loyalty_redemptions r
       join public.loyalty_mission_progress p on p.client_id = p_client and p.id = r.mission_progress_id
       join public.loyalty_missions m on m.client_id = p_client and m.id = p.mission_id
       join public.loyalty_creators c on c.client_id = p_client and c.id = p.creator_id
       join public.people h on h.client_id = p_client and h.id = c.person_id and h.user_id is not null and h.state = 'active'
      where r.client_id = p_client and r.id = any (v_ids[1:v_left]);
    v_given := v_given + least(v_left, cardinality(v_ids));
    update public.loyalty_redemptions r set withdrawn_at = p_now, withdrawn_reason = 'waiting_for_stock'
     where r.client_id = p_client and r.id = any (v_ids[v_left + 1:]) and r.withdrawn_at is null and r.source = 'mission';
    -- Counted while the row of limits is held: what was found left is taken.
    set constraints public.t50_limits immediate;
    set constraints public.t50_limits deferred;
    if cardinality(v_ids) >= v_left then
      perform private.notify_permitted(p_client, 'loyalty.mission-reward-out', 'loyalty.missions.write',
        jsonb_build_object('rewardId', v_reward.id, 'reward', v_reward.name,
          'waiting', (select count(*) from public.loyalty_redemptions r
                       where r.client_id = p_client and r.reward_id = v_reward.id and r.state = 'claimable'
                         and r.withdrawn_reason = 'waiting_for_stock')),
        -- Once a cap: whoever raises it is told again when that is used up.
        concat_ws(':', 'reward-out', v_reward.id, v_reward.stock_total, v_reward.budget_total));
    end if;
  end loop;
  return v_given;
end $$;

-- grants: for the owner's connection, and inside functions that have checked who asks
revoke all on function private.loyalty_pieces_left(uuid, uuid), private.loyalty_reserve_earned(uuid, timestamptz) from public;

-- comments
comment on function private.loyalty_pieces_left(uuid, uuid) is 'How many of a reward can still be earned, by its stock, its budget and the raffles that are to be drawn. Null without a cap.';
comment on function private.loyalty_reserve_earned(uuid, timestamptz) is 'Sets pieces aside for what was earned and has none, in the order it was reached; the rest waits for the next. Warns the business when nothing is left. Repeating it changes nothing.';
