-- Loyalty: everything a night decides, in its fixed order, once figures are in.

-- functions
create function private.loyalty_run_stages(p_client uuid, p_date date, p_run uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_missions jsonb;
  v_tiers jsonb;
  v_offers jsonb;
  v_boosts jsonb;
  v_raffles jsonb;
begin
  -- Missions before tiers: a goal reached tonight is judged by the tier she had when she reached it. Offers after: they follow the tier.
  v_missions := private.loyalty_progress_missions(p_client, p_date);
  v_tiers := private.loyalty_recalculate(p_client, p_date, p_run);
  perform private.loyalty_follow_tiers(p_client, p_date);
  perform private.loyalty_notify_decisions(p_client, p_run, p_date);
  v_boosts := private.loyalty_advance_boosts(p_client, p_date);
  -- After boosts: one that is over tonight makes room for the next offer tonight, and a second run finds nothing left to do.
  v_offers := private.loyalty_renew_offers(p_client, p_date);
  v_raffles := private.loyalty_advance_raffles(p_client);
  -- After everything that completes, expires or gives back: rows of limits are taken last, as claims take them.
  perform private.loyalty_reserve_earned(p_client);
  -- Last: whoever moved tonight begins a period, and is in no danger.
  perform private.loyalty_warn_demotions(p_client, p_date);
  return jsonb_build_object('missions', v_missions, 'tiers', v_tiers, 'rewards', v_offers, 'boosts', v_boosts, 'raffles', v_raffles);
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_run_stages(uuid, date, uuid) from public;

-- comments
comment on function private.loyalty_run_stages(uuid, date, uuid) is 'Missions, tiers and the news of them, offers, boosts and raffles of a business as of a business date. p_run is null on a night without a file. Repeating it changes nothing.';
