-- Loyalty: drawing a raffle, handing out what was won, moving alternates up.

-- functions
create function private.loyalty_draw_key(p_seed text, p_entries_hash text, p_entry uuid) returns text
language sql immutable parallel safe set search_path = '' as $$
  select encode(sha256(convert_to(p_seed || ':' || p_entries_hash || ':' || p_entry, 'UTF8')), 'hex')
$$;

create function private.loyalty_offer_prize(p_client uuid, p_entry uuid, p_instead_of uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_until timestamptz;
  v_person uuid;
  v_data jsonb;
begin
  select private.local_instant(private.local_date(now(), k.time_zone) + d.claim_days + 1, '00:00', k.time_zone), c.person_id,
         jsonb_build_object('raffleId', m.id, 'name', m.name, 'prize', r.name)
    into strict v_until, v_person, v_data
    from public.loyalty_raffle_entries e
    join public.loyalty_raffle_draws d on d.client_id = e.client_id and d.mission_id = e.mission_id
    join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
    join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
    join public.loyalty_creators c on c.client_id = e.client_id and c.id = e.creator_id
    join public.clients k on k.id = e.client_id
   where e.client_id = p_client and e.id = p_entry;
  update public.loyalty_raffle_entries e set state = 'won', claim_until = v_until, moved_up_for = p_instead_of
   where e.client_id = p_client and e.id = p_entry and e.state in ('entered', 'alternate');
  insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, raffle_entry_id, state, claim_until)
  select p_client, e.creator_id, r.id, r.kind, 'raffle', e.id, 'claimable', v_until
    from public.loyalty_raffle_entries e
    join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id
    join public.loyalty_rewards r on r.client_id = m.client_id and r.id = m.reward_id
   where e.client_id = p_client and e.id = p_entry;
  perform private.notify(p_client, case when p_instead_of is not null then 'loyalty.raffle-moved-up' else 'loyalty.raffle-won' end, array[v_person],
    v_data || jsonb_build_object('claimUntil', v_until), 'raffle-won:' || p_entry);
  perform private.add_job('loyalty.advance-raffles', jsonb_build_object('clientId', p_client), 'loyalty.raffle-claim:' || p_entry, v_until);
end $$;

create function private.loyalty_draw_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_draw public.loyalty_raffle_draws;
  v_seed text;
begin
  perform private.require_permission(p_client, 'loyalty.raffles.draw');
  select d.* into v_draw from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle for update;
  if not found then
    if not exists (select from public.loyalty_missions m where m.client_id = p_client and m.id = p_raffle and m.kind = 'raffle') then
      raise exception using errcode = 'TN001', message = 'We could not find this raffle.';
    end if;
    raise exception using errcode = 'ST001', message = 'Seal the list first: it is sealed by itself when the raffle ends.';
  end if;
  -- Whoever comes second, or again, reads what the first one drew.
  if v_draw.drawn_at is null then
    select s.seed into v_seed from private.loyalty_raffle_seeds s where s.client_id = p_client and s.draw_id = v_draw.id;
    if not found then
      -- Without the promised seed there is no honest draw.
      raise exception using errcode = 'ST002', message = 'The seed fixed with this list is gone, so it cannot be drawn.';
    end if;
    update public.loyalty_raffle_entries e
       set draw_rank = n.draw_rank,
           state = case when n.draw_rank <= v_draw.winners_count then e.state
                        when n.draw_rank <= v_draw.winners_count + v_draw.alternates_count then 'alternate' else 'lost' end
      from (select x.id, row_number() over (
                     order by private.loyalty_draw_key(v_seed, v_draw.entries_hash, x.id) collate "C", x.entry_no) as draw_rank
              from public.loyalty_raffle_entries x
             where x.client_id = p_client and x.mission_id = p_raffle and x.entry_no is not null) n
     where e.client_id = p_client and e.id = n.id;
    perform private.loyalty_offer_prize(p_client, w.id, null)
       from (select e.id from public.loyalty_raffle_entries e
              where e.client_id = p_client and e.mission_id = p_raffle and e.draw_rank <= v_draw.winners_count
              order by e.draw_rank) w;
    delete from private.loyalty_raffle_seeds s where s.client_id = p_client and s.draw_id = v_draw.id;
    update public.loyalty_raffle_draws d set seed = v_seed, drawn_at = now(), drawn_by = auth.uid()
     where d.client_id = p_client and d.id = v_draw.id;
  end if;
  return private.loyalty_raffle_result(p_client, p_raffle);
end $$;

create function private.loyalty_raffle_result(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select jsonb_build_object('sealedAt', d.sealed_at, 'entriesCount', d.entries_count, 'entriesHash', d.entries_hash,
             'commitment', d.commitment, 'winnersCount', d.winners_count, 'alternatesCount', d.alternates_count,
             'claimDays', d.claim_days, 'seed', d.seed, 'drawnAt', d.drawn_at,
             'places', coalesce((select jsonb_agg(jsonb_build_object('rank', e.draw_rank, 'entryNo', e.entry_no, 'state', e.state,
                                     'lostBy', e.lost_by, 'lostAt', e.lost_at, 'movedUpFor', was.entry_no)
                                   order by e.draw_rank)
                                   from public.loyalty_raffle_entries e
                                   left join public.loyalty_raffle_entries was on was.client_id = e.client_id and was.id = e.moved_up_for
                                  where e.client_id = p_client and e.mission_id = p_raffle
                                    and e.draw_rank <= d.winners_count + d.alternates_count), '[]'))
      from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = p_raffle);
end $$;

create function private.loyalty_forfeit_prize(p_client uuid, p_entry uuid, p_reason text) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_raffle uuid;
  v_next uuid;
  v_rejected boolean;
begin
  -- The prize first: a claim that came in this moment holds its row, and then nothing is taken away.
  update public.loyalty_redemptions x set state = 'expired', expired_at = now()
   where x.client_id = p_client and x.raffle_entry_id = p_entry and x.state = 'claimable';
  select x.state = 'rejected' into v_rejected from public.loyalty_redemptions x
   where x.client_id = p_client and x.raffle_entry_id = p_entry for update;
  update public.loyalty_raffle_entries e
     set state = 'forfeited', redraw_reason = p_reason, lost_at = now(),
         lost_by = case when p_reason is null then 'not_claimed' when v_rejected then 'rejected' else 'drawn_again' end
   where e.client_id = p_client and e.id = p_entry and e.state = 'won' returning e.mission_id into v_raffle;
  if not found then
    return null;
  end if;
  select e.id into v_next from public.loyalty_raffle_entries e
   where e.client_id = p_client and e.mission_id = v_raffle and e.state = 'alternate'
   order by e.draw_rank limit 1 for update;
  if found then
    perform private.loyalty_offer_prize(p_client, v_next, p_entry);
  end if;
  return v_next;
end $$;

create function private.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_entry public.loyalty_raffle_entries;
  v_prize public.loyalty_redemptions;
  v_next uuid;
begin
  perform private.require_permission(p_client, 'loyalty.raffles.draw');
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
    raise exception using errcode = 'VA001', detail = 'reason', message = 'Say why, in 3 to 300 letters.';
  end if;
  select e.* into v_entry from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = p_entry;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this entry.';
  end if;
  perform 1 from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = v_entry.mission_id for update;
  select x.* into v_prize from public.loyalty_redemptions x where x.client_id = p_client and x.raffle_entry_id = p_entry for update;
  select e.* into v_entry from public.loyalty_raffle_entries e where e.client_id = p_client and e.id = p_entry for update;
  if v_entry.state <> 'won' then
    raise exception using errcode = 'ST001', message = 'Only a place that was won can be drawn again.';
  elsif v_prize.is_held then
    raise exception using errcode = 'ST001', hint = 'ON_HOLD', message = 'This prize is on hold. Resolve the hold first.';
  elsif v_prize.state not in ('claimable', 'expired', 'rejected') then
    raise exception using errcode = 'ST001', message = 'This prize has been claimed. Reject the claim first, then draw the place again.';
  end if;
  v_next := private.loyalty_forfeit_prize(p_client, p_entry, btrim(p_reason));
  insert into public.core_audit_log (client_id, table_name, row_key, action, before, after, actor_user_id, actor, request_id)
  values (p_client, 'loyalty_raffle_entries', p_entry::text, 'update', jsonb_build_object('state', 'won'),
    jsonb_build_object('state', 'forfeited', 'redraw_reason', btrim(p_reason), 'moved_up', v_next),
    auth.uid(), private.actor_label(), private.request_id());
  return jsonb_build_object('movedUp', (select e.entry_no from public.loyalty_raffle_entries e
                                         where e.client_id = p_client and e.id = v_next));
end $$;

create function private.loyalty_advance_raffles(p_client uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_row record;
  v_sealed integer := 0;
  v_forfeited integer := 0;
  v_moved integer := 0;
begin
  for v_row in
    select m.id from public.loyalty_missions m
     where m.client_id = p_client and m.kind = 'raffle' and m.state in ('published', 'paused', 'ended')
       and m.ends_at <= clock_timestamp()
       and not exists (select from public.loyalty_raffle_draws d where d.client_id = m.client_id and d.mission_id = m.id)
     order by m.ends_at, m.id
  loop
    perform private.loyalty_seal_list(p_client, v_row.id);
    v_sealed := v_sealed + 1;
  end loop;
  for v_row in
    select e.id, e.mission_id
      from public.loyalty_raffle_entries e
      join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
     where e.client_id = p_client and e.state = 'won' and not x.is_held
       and (x.state = 'expired' or (x.state = 'claimable' and x.claim_until <= clock_timestamp()))
     order by e.mission_id, e.draw_rank
  loop
    perform 1 from public.loyalty_raffle_draws d where d.client_id = p_client and d.mission_id = v_row.mission_id for update;
    -- Looked at again under the lock: she may have claimed, or another run may have been here.
    perform 1 from public.loyalty_raffle_entries e
      join public.loyalty_redemptions x on x.client_id = e.client_id and x.raffle_entry_id = e.id
     where e.client_id = p_client and e.id = v_row.id and e.state = 'won'
       and (x.state = 'expired' or (x.state = 'claimable' and x.claim_until <= clock_timestamp())) for update;
    if found then
      v_forfeited := v_forfeited + 1;
      if private.loyalty_forfeit_prize(p_client, v_row.id, null) is not null then
        v_moved := v_moved + 1;
      end if;
    end if;
  end loop;
  -- Nobody can move up any more once every place is taken for good.
  update public.loyalty_raffle_entries a set state = 'lost'
   where a.client_id = p_client and a.state = 'alternate'
     and not exists (
       select from public.loyalty_raffle_entries w
         join public.loyalty_redemptions x on x.client_id = w.client_id and x.raffle_entry_id = w.id
        where w.client_id = a.client_id and w.mission_id = a.mission_id and w.state = 'won'
          and x.state in ('claimable', 'claimed', 'rejected'));
  return jsonb_build_object('sealed', v_sealed, 'forfeited', v_forfeited, 'movedUp', v_moved);
end $$;

create function public.loyalty_draw_raffle(p_client uuid, p_raffle uuid) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_draw_raffle(p_client, p_raffle); end $$;
create function public.loyalty_redraw_raffle(p_client uuid, p_entry uuid, p_reason text) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_redraw_raffle(p_client, p_entry, p_reason); end $$;

-- grants
revoke all on function private.loyalty_draw_key(text, text, uuid), private.loyalty_offer_prize(uuid, uuid, uuid),
  private.loyalty_raffle_result(uuid, uuid), private.loyalty_forfeit_prize(uuid, uuid, text),
  private.loyalty_advance_raffles(uuid) from public;
grant execute on function private.loyalty_draw_raffle(uuid, uuid), public.loyalty_draw_raffle(uuid, uuid),
  private.loyalty_redraw_raffle(uuid, uuid, text), public.loyalty_redraw_raffle(uuid, uuid, text) to authenticated;

-- comments
comment on function private.loyalty_draw_key(text, text, uuid) is 'What entries are ordered by in the draw: SHA-256, hex, of seed:hash of the list:entry id. Anybody can compute it again.';
comment on function private.loyalty_offer_prize(uuid, uuid, uuid) is 'Gives an entry its prize (with p_instead_of the one another entry lost) to claim until the end of the last day, tells its creator, and comes back when the time is over.';
comment on function private.loyalty_draw_raffle(uuid, uuid) is 'Draws a sealed raffle: ranks, winners, alternates, prizes and the published seed in one step. Again, it answers with the first result.';
comment on function public.loyalty_draw_raffle(uuid, uuid) is 'Draws a sealed raffle: ranks, winners, alternates, prizes and the published seed in one step. Again, it answers with the first result.';
comment on function private.loyalty_raffle_result(uuid, uuid) is 'All that is published of a sealed or drawn raffle. Names nobody.';
comment on function private.loyalty_forfeit_prize(uuid, uuid, text) is 'Takes back a prize that is not claimed or whose claim was rejected, and moves the next alternate up. Returns her entry, or null when nobody is left.';
comment on function private.loyalty_redraw_raffle(uuid, uuid, text) is 'Draws one place again with a reason: the winner loses it, the next alternate has it.';
comment on function public.loyalty_redraw_raffle(uuid, uuid, text) is 'Draws one place again with a reason: the winner loses it, the next alternate has it.';
comment on function private.loyalty_advance_raffles(uuid) is 'Seals raffles that have ended and moves alternates up. Repeating it changes nothing.';
