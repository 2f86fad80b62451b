-- Loyalty: what pages read of boosts and money, and the nightly proof that stored sums are what the rows say.

-- functions
create function private.loyalty_read_my_payouts(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_creator uuid;
  v_settings public.loyalty_settings;
  v_counted date;
begin
  if not (p_client = any (private.my_clients('loyalty'))) then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select c.id into v_creator from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.state = 'active';
  if not found then
    return null;
  end if;
  select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
  select n.last_business_date into v_counted from public.loyalty_nights n where n.client_id = p_client;
  return jsonb_build_object(
    'currency', v_settings.currency, 'minimum', v_settings.payout_minimum, 'countedOn', v_counted,
    'balance', (select coalesce(sum(p.amount), 0) from public.loyalty_payouts p
                 where p.client_id = p_client and p.creator_id = v_creator and p.state = 'pending'),
    'account', (select jsonb_build_object('id', a.id, 'method', a.method, 'hint', a.hint,
                   'heldUntil', case when a.held_until > now() then a.held_until end, 'createdAt', a.created_at)
                  from public.loyalty_payout_accounts a
                 where a.client_id = p_client and a.creator_id = v_creator and a.replaced_at is null),
    'boosts', (
      select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'redemptionId', b.redemption_id, 'name', coalesce(r.terms ->> 'name', w.name),
               'state', b.state, 'rateBp', b.rate_bp, 'days', b.days, 'startsAt', b.starts_at, 'endsAt', b.ends_at,
               'firstOn', b.first_on, 'lastOn', b.last_on, 'clearsOn', b.clears_on,
               'sales', coalesce(b.final_sales, b.settled_sales, g.sales), 'earned', coalesce(b.final_amount, b.earned_amount,
                 private.loyalty_boost_amount(g.sales, b.rate_bp)),
               'isFinal', b.cleared_at is not null, 'paidAt', b.paid_at, 'cancelledAt', b.cancelled_at,
               'isFailed', coalesce(p.state = 'failed', false), 'isSent', coalesce(p.state = 'sent', false),
               'isHeld', r.is_held) order by b.starts_at desc, b.id), '[]')
        from (select * from public.loyalty_boosts t where t.client_id = p_client and t.creator_id = v_creator
               order by t.starts_at desc, t.id limit 50) b
        join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
        join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
        left join public.loyalty_payouts p on p.client_id = b.client_id and p.boost_id = b.id
       cross join lateral (select case when b.state in ('active', 'expired') then private.loyalty_boost_sales(
            (select t from public.loyalty_boosts t where t.client_id = b.client_id and t.id = b.id), b.last_on) else 0 end as sales) g),
    'payouts', (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'amount', p.amount, 'state', p.state, 'reason', p.reason,
               'name', coalesce(r.terms ->> 'name', w.name), 'createdAt', p.created_at, 'closedAt', p.closed_at,
               'method', a.method, 'hint', a.hint, 'failureReason', m.failure_reason, 'reference', m.reference,
               'isHeld', coalesce(r.is_held, false)) order by p.created_at desc, p.id), '[]')
        from (select * from public.loyalty_payouts t where t.client_id = p_client and t.creator_id = v_creator
               order by t.created_at desc, t.id limit 100) p
        left join public.loyalty_payouts e on e.client_id = p.client_id and e.id = p.claws_back_id
        left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = coalesce(p.boost_id, e.boost_id)
        left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
        left join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
        left join public.loyalty_payments m on m.client_id = p.client_id and m.id = p.payment_id
        left join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id));
end $$;

-- One row of a list of money, whatever the list: somebody, a sum, since when, and what stands in the way.
create function private.loyalty_money_rows(p_client uuid, p_view text) returns table (
  key uuid, creator_id uuid, amount bigint, at timestamptz, note text, account_id uuid, batch_id uuid, boost_id uuid, day date, words text
)
language plpgsql stable set search_path = '' as $$
begin
  if p_view in ('due', 'waiting') then
    return query
      select o.creator_id, o.creator_id, o.net, o.since, o.obstacle, o.account_id, null::uuid, null::uuid, null::date, null::text
        from private.loyalty_payables(p_client) o where (o.obstacle is null) = (p_view = 'due');
  elsif p_view in ('details', 'clearing') then
    return query
      select b.id, b.creator_id, b.earned_amount, b.settled_at, b.state, null::uuid, null::uuid, b.id, b.clears_on, null::text
        from public.loyalty_boosts b
       where b.client_id = p_client and b.settled_at is not null
         and case when p_view = 'details' then b.state = 'pending_info' and coalesce(b.final_amount, b.earned_amount) > 0
                  else b.cleared_at is null and b.state = 'pending_payout' end;
  elsif p_view = 'running' then
    return query
      select b.id, b.creator_id, private.loyalty_boost_amount(private.loyalty_boost_sales(b, b.last_on), b.rate_bp), b.starts_at, b.state,
             null::uuid, null::uuid, b.id, b.last_on, null::text
        from public.loyalty_boosts b where b.client_id = p_client and b.state in ('active', 'expired');
  else
    return query
      select m.id, m.creator_id, m.amount, coalesce(m.paid_at, m.failed_at, m.sent_at), m.state, m.account_id, m.batch_id, null::uuid, null::date,
             coalesce(m.failure_reason, m.reference)
        from public.loyalty_payments m
       where m.client_id = p_client and m.state = p_view
         -- A failed payment whose lines were returned is history of its batch, nobody's work.
         and (m.state <> 'failed' or exists (select from public.loyalty_payouts p where p.client_id = p_client and p.payment_id = m.id));
  end if;
end $$;

create function private.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.payouts.read');
  return jsonb_build_object(
    'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
    'minimum', (select s.payout_minimum from public.loyalty_settings s where s.client_id = p_client),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'what', f.what, 'rowId', f.row_id, 'stored', f.stored,
                          'computed', f.computed, 'foundAt', f.found_at) order by f.found_at desc, f.id), '[]')
                   from (select * from public.loyalty_money_findings x where x.client_id = p_client and x.gone_at is null
                          order by x.found_at desc, x.id limit 20) f),
    'counts', (select jsonb_object_agg(v.view, jsonb_build_object('count', c.count, 'amount', c.amount))
                 from unnest(array['due', 'waiting', 'details', 'clearing', 'sent', 'failed']) v (view)
                cross join lateral (select count(*) as count, coalesce(sum(m.amount), 0)::bigint as amount
                                      from private.loyalty_money_rows(p_client, v.view) m) c),
    'items', (
      select coalesce(jsonb_agg(jsonb_build_object('key', x.key, 'creatorId', x.creator_id, 'handle', c.handle, 'name', c.display_name,
               'amount', x.amount, 'at', x.at, 'note', x.note, 'accountId', x.account_id, 'method', a.method, 'hint', a.hint,
               'heldUntil', a.held_until, 'batchId', x.batch_id, 'boostId', x.boost_id, 'day', x.day, 'words', x.words) order by x.at desc, x.key desc), '[]')
        from (select m.* from private.loyalty_money_rows(p_client, p_view) m
               where (m.at, m.key) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by m.at desc, m.key desc limit least(greatest(p_limit, 1), 200) + 1) x
        join public.loyalty_creators c on c.client_id = p_client and c.id = x.creator_id
        left join public.loyalty_payout_accounts a on a.client_id = p_client and a.id = x.account_id));
end $$;

create function private.loyalty_batch_head(p_batch public.loyalty_payout_batches) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_batch.id, 'method', p_batch.method, 'currency', p_batch.currency, 'state', p_batch.state,
    'payments', p_batch.payments_count, 'amount', p_batch.total_amount, 'provider', p_batch.provider,
    'providerReference', p_batch.provider_reference, 'providerMessage', p_batch.provider_message, 'createdAt', p_batch.created_at,
    'createdBy', (select p.display_name from public.people p where p.client_id = p_batch.client_id and p.user_id = p_batch.created_by),
    'approvedAt', p_batch.approved_at, 'exportedAt', p_batch.exported_at, 'sentAt', p_batch.sent_at, 'settledAt', p_batch.settled_at,
    'cancelledAt', p_batch.cancelled_at,
    'byState', (select coalesce(jsonb_object_agg(m.state, m.count), '{}') from (
                  select t.state, count(*) as count from public.loyalty_payments t
                   where t.client_id = p_batch.client_id and t.batch_id = p_batch.id group by t.state) m));
end $$;

create function private.loyalty_list_batches(p_client uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.payouts.read');
  return (select coalesce(jsonb_agg(private.loyalty_batch_head(b) order by b.created_at desc, b.id desc), '[]')
            from (select t.* from public.loyalty_payout_batches t
                   where t.client_id = p_client
                     and (t.created_at, t.id) < (coalesce((p_cursor ->> 'v')::timestamptz, 'infinity'), coalesce((p_cursor ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                   order by t.created_at desc, t.id desc limit least(greatest(p_limit, 1), 100) + 1) b);
end $$;

create function private.loyalty_read_batch(p_client uuid, p_batch uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_batch public.loyalty_payout_batches;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.read');
  select b.* into v_batch from public.loyalty_payout_batches b where b.client_id = p_client and b.id = p_batch;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this batch.';
  end if;
  return private.loyalty_batch_head(v_batch) || jsonb_build_object('items', (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'creatorId', m.creator_id, 'handle', c.handle, 'name', c.display_name,
             'amount', m.amount, 'state', m.state, 'accountId', m.account_id, 'method', a.method, 'hint', a.hint,
             'reference', m.reference, 'failureReason', m.failure_reason, 'paidAt', m.paid_at,
             'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'amount', p.amount, 'reason', p.reason,
                                'name', r.terms ->> 'name') order by p.created_at, p.id), '[]')
                         from public.loyalty_payouts p
                         left join public.loyalty_payouts e on e.client_id = p.client_id and e.id = p.claws_back_id
                         left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = coalesce(p.boost_id, e.boost_id)
                         left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
                        where p.client_id = p_client and p.payment_id = m.id)) order by c.handle_key, m.id), '[]')
      from public.loyalty_payments m
      join public.loyalty_creators c on c.client_id = m.client_id and c.id = m.creator_id
      join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id
     where m.client_id = p_client and m.batch_id = p_batch));
end $$;

-- Earnings of a creator that can still be taken back, for the clawback dialog.
create function private.loyalty_list_earnings(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.payouts.read');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'amount', p.amount, 'currency', p.currency, 'state', p.state,
             'name', r.terms ->> 'name', 'createdAt', p.created_at, 'clawedBack', -k.amount, 'clawbackReason', k.reason)
             order by p.created_at desc, p.id), '[]')
      from public.loyalty_payouts p
      join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
      join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
      left join public.loyalty_payouts k on k.client_id = p.client_id and k.claws_back_id = p.id
     where p.client_id = p_client and p.creator_id = p_creator and p.kind = 'boost');
end $$;

-- Recomputed from rows, beside what is stored. No row when all is right. Only what still moves is recomputed from
-- figures; what is final is held to the rows it was made of.
create function private.loyalty_money_mismatches(p_client uuid) returns table (what text, row_id uuid, stored bigint, computed bigint)
language plpgsql stable set search_path = '' as $$
begin
  return query
    select 'boost.settled_sales', b.id, b.settled_sales, x.sales
      from public.loyalty_boosts b cross join lateral (select private.loyalty_boost_sales(b, b.last_on) as sales) x
     where b.client_id = p_client and b.settled_at is not null and b.cleared_at is null and b.settled_sales <> x.sales
    union all
    select 'payout.amount', p.id, p.amount, b.final_amount
      from public.loyalty_payouts p join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
     where p.client_id = p_client and p.amount is distinct from b.final_amount
    union all
    select 'clawback.amount', k.id, -k.amount, p.amount
      from public.loyalty_payouts k join public.loyalty_payouts p on p.client_id = k.client_id and p.id = k.claws_back_id
     where k.client_id = p_client and -k.amount > p.amount
    union all
    select 'payment.amount', m.id, m.amount, x.amount
      from public.loyalty_payments m
     cross join lateral (select coalesce(sum(p.amount), 0)::bigint as amount from public.loyalty_payouts p
                          where p.client_id = m.client_id and p.payment_id = m.id) x
     where m.client_id = p_client and m.state in ('planned', 'sent', 'paid') and m.amount <> x.amount
    union all
    select 'batch.total_amount', t.id, t.total_amount, x.amount
      from public.loyalty_payout_batches t
     cross join lateral (select coalesce(sum(m.amount), 0)::bigint as amount from public.loyalty_payments m
                          where m.client_id = t.client_id and m.batch_id = t.id and m.state <> 'dropped') x
     where t.client_id = p_client and t.total_amount <> x.amount
    union all
    select 'boost.paid', b.id, (b.state = 'paid')::integer::bigint, coalesce(p.state in ('paid', 'netted'), b.final_amount = 0)::integer::bigint
      from public.loyalty_boosts b left join public.loyalty_payouts p on p.client_id = b.client_id and p.boost_id = b.id
     where b.client_id = p_client and b.cleared_at is not null
       and (b.state = 'paid') is distinct from coalesce(p.state in ('paid', 'netted'), b.final_amount = 0 and b.state = 'paid');
end $$;

create function public.loyalty_read_my_payouts(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_my_payouts(p_client); end $$;
create function public.loyalty_list_money(p_client uuid, p_view text, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_money(p_client, p_view, p_cursor, p_limit); end $$;
create function public.loyalty_list_batches(p_client uuid, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_batches(p_client, p_cursor, p_limit); end $$;
create function public.loyalty_read_batch(p_client uuid, p_batch uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_batch(p_client, p_batch); end $$;
create function public.loyalty_list_earnings(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_earnings(p_client, p_creator); end $$;

-- grants
revoke all on function private.loyalty_money_rows(uuid, text), private.loyalty_batch_head(public.loyalty_payout_batches),
  private.loyalty_money_mismatches(uuid) from public;
grant execute on function private.loyalty_read_my_payouts(uuid), public.loyalty_read_my_payouts(uuid),
  private.loyalty_list_money(uuid, text, jsonb, integer), public.loyalty_list_money(uuid, text, jsonb, integer),
  private.loyalty_list_batches(uuid, jsonb, integer), public.loyalty_list_batches(uuid, jsonb, integer),
  private.loyalty_read_batch(uuid, uuid), public.loyalty_read_batch(uuid, uuid),
  private.loyalty_list_earnings(uuid, uuid), public.loyalty_list_earnings(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_read_my_payouts(uuid) is 'The caller''s boosts, account hint, ledger and open balance; null for a person who is no creator.';
comment on function public.loyalty_read_my_payouts(uuid) is 'The caller''s own boosts and payouts.';
comment on function private.loyalty_money_rows(uuid, text) is 'Rows of a list of money: due, waiting, details, clearing, running, or payments in a state.';
comment on function private.loyalty_list_money(uuid, text, jsonb, integer) is 'A keyset page of one of the lists of money, latest first, with the counts of all.';
comment on function public.loyalty_list_money(uuid, text, jsonb, integer) is 'A page of what is to pay, waits, was sent, failed or is paid (loyalty.payouts.read).';
comment on function private.loyalty_batch_head(public.loyalty_payout_batches) is 'A batch as lists show it.';
comment on function private.loyalty_list_batches(uuid, jsonb, integer) is 'A keyset page of batches, latest first.';
comment on function public.loyalty_list_batches(uuid, jsonb, integer) is 'Payout batches, latest first (loyalty.payouts.read).';
comment on function private.loyalty_read_batch(uuid, uuid) is 'A batch with its payments and the lines of each.';
comment on function public.loyalty_read_batch(uuid, uuid) is 'One payout batch (loyalty.payouts.read).';
comment on function private.loyalty_list_earnings(uuid, uuid) is 'Earnings of a creator and what was clawed back of each.';
comment on function public.loyalty_list_earnings(uuid, uuid) is 'Earnings of a creator (loyalty.payouts.read).';
comment on function private.loyalty_money_mismatches(uuid) is 'Stored sums that are not what their rows say. Nothing, every night.';
