-- Loyalty: may she claim this, and if not, why. The one definition: a claim decides by it, pages show it.

-- functions
create function private.loyalty_window_key(p_frequency text, p_kind text, p_stint uuid, p_day date) returns text
language sql immutable parallel safe set search_path = '' as $$
  -- Calendar weeks and months of the business: a rolling window would open at another minute for everybody.
  select case p_frequency
           when 'weekly' then 'week:' || to_char(date_trunc('week', p_day::timestamp), 'YYYY-MM-DD')
           when 'monthly' then 'month:' || to_char(p_day, 'YYYY-MM')
           when 'one_time' then case when p_kind in ('gift_card', 'physical_gift', 'experience') then 'ever'
                                     else 'stint:' || coalesce(p_stint::text, 'first') end end
$$;

create function private.loyalty_window_opens(p_frequency text, p_day date, p_zone text) returns timestamptz
language sql stable set search_path = '' as $$
  select case p_frequency
           when 'weekly' then private.local_instant((date_trunc('week', p_day::timestamp) + interval '7 days')::date, '00:00', p_zone)
           when 'monthly' then private.local_instant((date_trunc('month', p_day::timestamp) + interval '1 month')::date, '00:00', p_zone) end
$$;

create function private.loyalty_boosted_until(p_client uuid, p_creator uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select max(b.ends_at) from public.loyalty_boosts b
   where b.client_id = p_client and b.creator_id = p_creator and b.state in ('scheduled', 'active')
$$;

create function private.loyalty_reward_standing(p_client uuid, p_creator uuid, p_reward uuid default null,
  p_now timestamptz default now())
returns table (reward_id uuid, status text, code text, window_key text, used integer, quantity integer, opens_at timestamptz,
  open_redemption_id uuid, stock_left integer, detail jsonb)
-- To plan these joins takes longer than to run them: once a session is enough, whoever asks.
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with who as (
    select c.id, c.state, c.tier_id, t.rank, k.time_zone as zone, private.local_date(p_now, k.time_zone) as today,
           s.id as stint_id,
           -- Where she last left this tier: what she claimed before belongs to an earlier stay.
           (select max(x.ended_at) from public.loyalty_tier_stints x
             where x.client_id = p_client and x.creator_id = c.id and x.tier_id = c.tier_id and x.ended_at is not null) as left_at,
           c.total_videos > 0 or exists (select from public.loyalty_videos v
                                          where v.client_id = p_client and v.creator_id = c.id) as is_recognised,
           private.loyalty_boosted_until(p_client, c.id) as boosted_until
      from public.loyalty_creators c
      join public.loyalty_tiers t on t.client_id = c.client_id and t.id = c.tier_id
      join public.clients k on k.id = c.client_id
      left join public.loyalty_tier_stints s on s.client_id = c.client_id and s.creator_id = c.id and s.ended_at is null
     where c.client_id = p_client and c.id = p_creator
  ), stood as (
    select r.id as the_reward, r.state as reward_state, r.kind, r.frequency, r.quantity as at_most, rt.rank as reward_rank,
           w.state as creator_state, w.rank as own_rank, w.zone, w.today, w.is_recognised,
           case when r.kind = 'commission_boost' then w.boosted_until end as boosted_until,
           r.tier_id is null or r.tier_id = w.tier_id as has_tier,
           r.tag is null or exists (select from public.loyalty_creator_tags g
              where g.client_id = p_client and g.creator_id = w.id and g.tag = r.tag) as has_tag,
           coalesce(pt.rank <= w.rank and w.rank < rt.rank, false) as is_previewed,
           n.key, o.id as open_id, f.id as offer_id, f.claim_until,
           case when o.id is not null then o.is_held else coalesce(f.is_held, false) end as is_held,
           -- A claim whose stay is not there (made before her first night, or its night was undone) counts in the present one.
           (select count(*)::integer from public.loyalty_redemptions u
             where u.client_id = p_client and u.creator_id = w.id and u.reward_id = r.id and u.source = 'tier'
               and u.state in ('claimed', 'fulfilled', 'concluded')
               and (u.window_key = n.key
                 or (n.key like 'stint:%' and u.window_key like 'stint:%' and u.tier_id = w.tier_id
                     and u.claimed_at >= coalesce(w.left_at, '-infinity')
                     and not exists (select from public.loyalty_tier_stints x
                                      where x.client_id = p_client and x.id = u.tier_stint_id)))) as times,
           exists (select from public.loyalty_redemptions e
             where e.client_id = p_client and e.creator_id = w.id and e.reward_id = r.id and e.source = 'tier'
               and e.offer_window = coalesce(n.key, 'stint:' || coalesce(w.stint_id::text, 'first'))
               and (e.state = 'expired'
                 or (e.state = 'claimable' and e.withdrawn_at is null and e.claim_until <= p_now))) as has_lapsed,
           l.stock_total - l.reserved_count - l.committed_count as left_over,
           r.kind <> 'commission_boost' and l.budget_total - l.reserved_amount - l.committed_amount < l.unit_cost as is_spent
      from who w
      join public.loyalty_rewards r on r.client_id = p_client and r.offer = 'tier' and (p_reward is null or r.id = p_reward)
      join public.loyalty_reward_limits l on l.client_id = r.client_id and l.reward_id = r.id
      left join public.loyalty_tiers rt on rt.client_id = r.client_id and rt.id = r.tier_id
      left join public.loyalty_tiers pt on pt.client_id = r.client_id and pt.id = r.preview_from_tier_id
      cross join lateral (select private.loyalty_window_key(r.frequency, r.kind, w.stint_id, w.today) as key) n
      left join public.loyalty_redemptions o on o.client_id = p_client and o.creator_id = w.id and o.reward_id = r.id
        and o.source = 'tier' and o.state in ('claimed', 'fulfilled')
      left join public.loyalty_redemptions f on f.client_id = p_client and f.creator_id = w.id and f.reward_id = r.id
        and f.source = 'tier' and f.state = 'claimable'
  ), judged as (
    select s.*,
           -- In this order: what she has comes before what she may not have, and her own limits before everybody's.
           case when s.is_held then 'held'
                when s.open_id is not null then 'claimed'
                when s.reward_state <> 'published' then 'paused'
                when s.creator_state <> 'active' then 'locked'
                when not s.is_recognised then 'unrecognised'
                when not s.has_tier or not s.has_tag then 'locked'
                when s.times >= s.at_most or s.has_lapsed or s.boosted_until is not null then 'limit_reached'
                when s.left_over <= 0 then 'sold_out'
                when s.is_spent then 'budget_spent'
                else 'available' end as verdict
      from stood s
     where p_reward is not null or s.open_id is not null
       or (s.reward_state in ('published', 'paused') and s.has_tag and (s.has_tier or s.is_previewed))
  )
  select j.the_reward, j.verdict,
         case j.verdict when 'held' then 'ON_HOLD' when 'claimed' then 'ACTIVE_CLAIM_EXISTS' when 'paused' then 'NOT_AVAILABLE'
           when 'unrecognised' then 'NOT_RECOGNISED' when 'sold_out' then 'SOLD_OUT' when 'budget_spent' then 'BUDGET_SPENT'
           when 'locked' then case when j.creator_state <> 'active' or j.has_tier then 'NOT_AVAILABLE' else 'TIER_INELIGIBLE' end
           when 'limit_reached' then case when j.times >= j.at_most then 'LIMIT_REACHED' when j.has_lapsed then 'NOT_AVAILABLE'
                                          else 'ACTIVE_CLAIM_EXISTS' end end,
         j.key, j.times, j.at_most,
         case when j.verdict <> 'limit_reached' then null
              when j.times >= j.at_most or j.has_lapsed then private.loyalty_window_opens(j.frequency, j.today, j.zone)
              else j.boosted_until end,
         j.open_id, case when j.left_over is not null then greatest(j.left_over, 0) end,
         jsonb_strip_nulls(jsonb_build_object('offerId', j.offer_id, 'claimUntil', j.claim_until,
           'reason', case when j.verdict = 'limit_reached' and j.times < j.at_most and j.has_lapsed then 'lapsed'
                          when j.verdict = 'limit_reached' and j.boosted_until is not null and j.times < j.at_most then 'boosted'
                          when j.verdict = 'limit_reached' then 'limit'
                          when j.verdict = 'locked' and j.creator_state <> 'active' then 'archived'
                          when j.verdict = 'locked' and not j.has_tier then 'tier'
                          when j.verdict = 'locked' then 'tag'
                          when j.verdict = 'paused' then j.reward_state end,
           'ownRank', j.own_rank, 'rewardRank', j.reward_rank, 'isPreviewed', j.is_previewed))
    from judged j;
end $$;

-- Earned is earned: neither her tier nor a limit stands in the way of it, only what is said here.
create function private.loyalty_earned_standing(p_client uuid, p_creator uuid, p_redemption uuid default null,
  p_now timestamptz default now())
returns table (redemption_id uuid, code text, reason text, opens_at timestamptz)
language plpgsql stable set search_path = '' as $$
declare
  v_boosted timestamptz := private.loyalty_boosted_until(p_client, p_creator);
begin
  return query
  select r.id,
         case j.reason when 'held' then 'ON_HOLD' when 'claimed' then 'ACTIVE_CLAIM_EXISTS' when 'boosted' then 'ACTIVE_CLAIM_EXISTS'
                       when 'stock' then 'SOLD_OUT' when 'over' then 'NOT_AVAILABLE' when 'archived' then 'NOT_AVAILABLE' end,
         j.reason, case j.reason when 'boosted' then v_boosted end
    from public.loyalty_redemptions r
    join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
   cross join lateral (
     select case when r.is_held then 'held'
                 when r.state in ('claimed', 'fulfilled') then 'claimed'
                 when r.withdrawn_reason = 'waiting_for_stock' then 'stock'
                 when r.state <> 'claimable' or r.withdrawn_at is not null or r.claim_until <= p_now then 'over'
                 when c.state <> 'active' then 'archived'
                 when r.kind = 'commission_boost' and v_boosted is not null then 'boosted' end as reason) j
   where r.client_id = p_client and r.creator_id = p_creator and r.source <> 'tier'
     and case when p_redemption is null then r.state in ('claimable', 'claimed', 'fulfilled') else r.id = p_redemption end;
end $$;

-- grants: inside functions that have found the creator and checked who asks
revoke all on function private.loyalty_window_key(text, text, uuid, date), private.loyalty_window_opens(text, date, text),
  private.loyalty_boosted_until(uuid, uuid), private.loyalty_reward_standing(uuid, uuid, uuid, timestamptz),
  private.loyalty_earned_standing(uuid, uuid, uuid, timestamptz) from public;

-- comments
comment on function private.loyalty_window_key(text, text, uuid, date) is 'The window a limit counts in on a day: for ever or a stay in a tier, a calendar week from Monday, a calendar month. Null without a limit.';
comment on function private.loyalty_window_opens(text, date, text) is 'When the next window opens, in the zone of the business. Null where none follows.';
comment on function private.loyalty_reward_standing(uuid, uuid, uuid, timestamptz) is 'For each reward a creator sees, or the one asked for: whether she may claim it, and if not, the code a claim would answer and when it opens again. Call it inside a function that checks who asks: it reads stock.';
comment on function private.loyalty_boosted_until(uuid, uuid) is 'When the boost that a creator has planned or running ends; null when she has none. Until then no other can be claimed.';
comment on function private.loyalty_earned_standing(uuid, uuid, uuid, timestamptz) is 'For what a mission or a raffle gave a creator (all that is open, or the one asked for): null where she may claim it, else the code a claim would answer, the reason (held, claimed, stock, over, archived, boosted) and when it opens. Claims decide by it, pages show it.';
