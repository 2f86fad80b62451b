-- Loyalty: many gifts at once: their tracking numbers, and where they go.

-- functions
create function private.loyalty_ship_gifts(p_client uuid, p_items jsonb, p_all boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_item record;
  v_code text;
  v_message text;
  v_field text;
  v_outcomes jsonb := '[]';
  v_refused integer := 0;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) not between 1 and 200 then
    raise exception using errcode = 'VA001', detail = 'items', message = 'Choose between one and 200 gifts.';
  end if;
  begin
    -- In one order for everybody, so that two people with the same list wait for each other and do not lock each other out.
    for v_item in select (i ->> 'id')::uuid as id, i from jsonb_array_elements(p_items) i order by 1 loop
      begin
        v_outcomes := v_outcomes || (jsonb_build_object('isDone', true, 'code', null, 'message', null, 'field', null)
          || private.loyalty_step_redemption(p_client, v_item.id, 'ship', v_item.i - 'id', now()));
      exception when sqlstate 'TN001' or sqlstate 'PM001' or sqlstate 'ST001' or sqlstate 'ST002' or sqlstate 'ST003'
                  or sqlstate 'QT002' or sqlstate 'VA001' then
        get stacked diagnostics v_code = returned_sqlstate, v_message = message_text, v_field = pg_exception_detail;
        v_refused := v_refused + 1;
        v_outcomes := v_outcomes || jsonb_build_object('isDone', false, 'code', v_code, 'message', v_message,
          'field', case v_code when 'VA001' then nullif(v_field, '') end, 'id', v_item.id, 'state', null);
      end;
    end loop;
    if p_all and v_refused > 0 then
      -- Caught right below: it only takes back what this block has written.
      raise exception using errcode = 'ST002', message = 'One line is wrong, so nothing was saved.';
    end if;
  exception when sqlstate 'ST002' then
    -- Nothing was saved; what would have been says so.
    v_outcomes := (select jsonb_agg(case when (o ->> 'isDone')::boolean
                     then o || jsonb_build_object('isDone', false, 'code', 'kept', 'state', null,
                                                  'message', 'Not saved, because another line is wrong.') else o end)
                     from jsonb_array_elements(v_outcomes) o);
  end;
  return v_outcomes;
end $$;

create function private.loyalty_export_addresses(p_client uuid, p_redemptions uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_rows jsonb;
begin
  perform private.require_permission(p_client, 'loyalty.redemptions.fulfil');
  if cardinality(p_redemptions) > 200 then
    raise exception using errcode = 'VA001', detail = 'ids', message = 'Choose up to 200 gifts.';
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('redemptionId', r.id, 'giftId', g.id, 'handle', c.handle, 'title', r.terms ->> 'name', 'size', g.size,
           'recipient', g.recipient, 'line1', g.line1, 'line2', g.line2, 'city', g.city, 'region', g.region, 'postalCode', g.postal_code,
           'country', g.country, 'phone', g.phone, 'claimedAt', r.claimed_at, 'dueAt', r.due_at) order by r.due_at, r.id), '[]')
    into v_rows
    from (select * from public.loyalty_redemptions x
           where x.client_id = p_client and x.state = 'claimed' and x.kind = 'physical_gift' and not x.is_held
             and (p_redemptions is null or x.id = any (p_redemptions))
           order by x.due_at, x.id limit 2000) r
    join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
    join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id;
  -- Whose address left the house, each by itself: a log that says "some" answers nobody who asks about hers.
  perform private.log_access(p_client, 'loyalty_gifts', x ->> 'giftId', 'export') from jsonb_array_elements(v_rows) x;
  return v_rows;
end $$;

create function public.loyalty_ship_gifts(p_client uuid, p_items jsonb, p_all boolean default false) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_ship_gifts(p_client, p_items, p_all); end $$;
create function public.loyalty_export_addresses(p_client uuid, p_redemptions uuid[] default null) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_export_addresses(p_client, p_redemptions); end $$;

-- grants
grant execute on function private.loyalty_ship_gifts(uuid, jsonb, boolean), public.loyalty_ship_gifts(uuid, jsonb, boolean),
  private.loyalty_export_addresses(uuid, uuid[]), public.loyalty_export_addresses(uuid, uuid[]) to authenticated;

-- comments
comment on function private.loyalty_ship_gifts(uuid, jsonb, boolean) is 'See public.loyalty_ship_gifts. Definer: states are writable by no one directly; checks the permission first.';
comment on function private.loyalty_export_addresses(uuid, uuid[]) is 'See public.loyalty_export_addresses. Definer: it logs whose address was read; checks the permission first.';
comment on function public.loyalty_ship_gifts(uuid, jsonb, boolean) is 'Ships gifts, each with its carrier and number: an array of what became of each. With p_all nothing is saved while one is wrong.';
comment on function public.loyalty_export_addresses(uuid, uuid[]) is 'Where gifts that wait to be shipped go: these, or all of them (2,000 at most). Each address read is logged.';
