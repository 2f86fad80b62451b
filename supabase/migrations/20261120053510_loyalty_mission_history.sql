-- Loyalty: rounds and raffles of a creator that are over, latest first.

-- functions
create function private.loyalty_finished_rounds(p_client uuid, p_creator uuid)
returns table (id uuid, mission_id uuid, kind text, outcome text, cycle_no integer, value bigint, target bigint, counts_from_on date,
  due_on date, completed_on date, closed_at timestamptz, reward_id uuid, reward_name text, amount bigint, settled_at timestamptz,
  claim_until timestamptz, reason text, entries integer)
language plpgsql stable set search_path = '' as $$
begin
  return query
  with redeemed as (
    select r.id, r.mission_progress_id, r.raffle_entry_id, r.reward_id, r.terms ->> 'name' as name, r.claim_until, r.rejection_reason,
           case when r.state = 'rejected' then 'rejected' when r.state = 'expired' then 'expired'
                when r.kind = 'commission_boost' then 'paid' else 'fulfilled' end as outcome,
           case when r.kind = 'commission_boost' then coalesce(b.final_amount, 0) else r.value_amount end as amount,
           case when r.kind = 'commission_boost' then coalesce(b.paid_at, r.concluded_at) else r.fulfilled_at end as settled_at,
           coalesce(r.rejected_at, r.expired_at,
                    case when r.kind = 'commission_boost' then coalesce(b.paid_at, r.concluded_at) else r.fulfilled_at end) as closed_at
      from public.loyalty_redemptions r
      left join public.loyalty_boosts b on b.client_id = r.client_id and b.redemption_id = r.id
     where r.client_id = p_client and r.creator_id = p_creator and r.source <> 'tier'
       -- A boost is over when its money is, a discount when its hours are: until then the open list shows them.
       and (r.state in ('concluded', 'rejected', 'expired')
            or (r.state = 'fulfilled' and r.kind <> 'commission_boost' and (r.kind <> 'discount' or r.ends_at <= now())))
  )
  select p.id, p.mission_id, p.kind, case when p.state = 'missed' then 'missed' else d.outcome end, p.cycle_no, p.value, p.target,
         p.counts_from_on, p.due_on, p.completed_on, coalesce(p.closed_at, d.closed_at), coalesce(d.reward_id, m.reward_id), d.name,
         coalesce(d.amount, 0), d.settled_at, d.claim_until, d.rejection_reason, null::integer
    from public.loyalty_mission_progress p
    join public.loyalty_missions m on m.client_id = p.client_id and m.id = p.mission_id
    left join redeemed d on d.mission_progress_id = p.id
   where p.client_id = p_client and p.creator_id = p_creator
     -- A round that never began was not missed; a raffle she entered is told by her entry.
     and (p.state = 'completed' and d.id is not null or p.state = 'missed' and p.started_at is not null)
     and not (p.kind = 'raffle' and exists (select from public.loyalty_raffle_entries x where x.client_id = p_client
                and x.mission_id = p.mission_id and x.creator_id = p_creator and x.state <> 'withdrawn'))
  union all
  select e.id, e.mission_id, 'raffle', case e.state when 'lost' then 'raffle_lost' when 'forfeited' then 'raffle_forfeited' else d.outcome end,
         null, 0, 0, null, null, null,
         case e.state when 'lost' then w.drawn_at when 'forfeited' then coalesce(d.closed_at, e.claim_until, w.drawn_at) else d.closed_at end,
         m.reward_id, d.name, coalesce(d.amount, 0), d.settled_at, coalesce(d.claim_until, e.claim_until), d.rejection_reason, w.entries_count
    from public.loyalty_raffle_entries e
    join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
    join public.loyalty_raffle_draws w on w.client_id = e.client_id and w.mission_id = e.mission_id and w.drawn_at is not null
    left join redeemed d on d.raffle_entry_id = e.id
   where e.client_id = p_client and e.creator_id = p_creator
     and (e.state in ('lost', 'forfeited') or (e.state = 'won' and d.id is not null));
end $$;

create function private.loyalty_list_mission_history(p_client uuid, p_creator uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator uuid;
  v_zone text;
  v_currency text;
begin
  if p_creator is null then
    select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = any (private.my_creators());
  elsif p_creator = any (private.my_creators()) or private.has_permission(p_client, 'loyalty.missions.read') then
    select c.id into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  end if;
  if v_creator is null then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  select k.time_zone, s.currency into v_zone, v_currency from public.clients k join public.loyalty_settings s on s.client_id = k.id
   where k.id = p_client;
  return jsonb_build_object('currency', v_currency, 'items', (
    select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'missionId', f.mission_id, 'kind', f.kind, 'name', m.name, 'outcome', f.outcome,
             'cycleNo', f.cycle_no, 'isRecurring', m.is_recurring, 'value', f.value, 'target', f.target, 'countsFromOn', f.counts_from_on,
             'dueOn', f.due_on, 'completedOn', f.completed_on, 'closedAt', f.closed_at,
             'closedOn', private.local_date(f.closed_at, v_zone), 'rewardName', coalesce(f.reward_name, w.name), 'rewardKind', w.kind,
             'amount', f.amount, 'settledAt', f.settled_at, 'claimUntil', f.claim_until, 'reason', f.reason, 'entries', f.entries)
             order by f.closed_at desc, f.id desc), '[]')
      from (select r.* from private.loyalty_finished_rounds(p_client, v_creator) r
             where (r.closed_at, r.id) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'),
                                          coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
             order by r.closed_at desc, r.id desc limit least(greatest(p_limit, 1), 100) + 1) f
      join public.loyalty_missions m on m.client_id = p_client and m.id = f.mission_id
      join public.loyalty_rewards w on w.client_id = p_client and w.id = f.reward_id));
end $$;

create function public.loyalty_list_mission_history(p_client uuid, p_creator uuid default null, p_cursor jsonb default null, p_limit integer default 20)
returns jsonb language plpgsql stable set search_path = '' as $$
begin return private.loyalty_list_mission_history(p_client, p_creator, p_cursor, p_limit); end $$;

-- grants
revoke all on function private.loyalty_finished_rounds(uuid, uuid) from public;
grant execute on function private.loyalty_list_mission_history(uuid, uuid, jsonb, integer),
  public.loyalty_list_mission_history(uuid, uuid, jsonb, integer) to authenticated;

-- comments
comment on function private.loyalty_finished_rounds(uuid, uuid) is 'Rounds and raffle entries of a creator that nothing more will come of, with what did. Checks nobody: for checked functions.';
comment on function private.loyalty_list_mission_history(uuid, uuid, jsonb, integer) is 'Missions of a creator that are over, latest first, one more than asked for when there are more. Without p_creator the caller''s own.';
comment on function public.loyalty_list_mission_history(uuid, uuid, jsonb, integer) is 'Missions of a creator that are over, latest first, one more than asked for when there are more. Without p_creator the caller''s own.';
