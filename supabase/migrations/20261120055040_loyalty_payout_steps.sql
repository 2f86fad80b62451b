-- Loyalty: owing, batching, sending, failing, taking back. One lock a business orders everything that touches money.

-- functions
-- What each creator could be sent now: the sum of her open lines, negative ones included, and what stands in the way.
create function private.loyalty_payables(p_client uuid) returns table (
  creator_id uuid, account_id uuid, method text, hint text, currency text, net bigint, lines uuid[], since timestamptz, obstacle text
)
language plpgsql stable set search_path = '' as $$
begin
  return query
    select o.creator_id, a.id, a.method, a.hint, o.currency, o.net, o.lines, o.since,
           case when o.is_held then 'on_hold' when a.id is null then 'no_account' when a.held_until > now() then 'account_held'
                when o.net <= 0 then 'negative' when o.net < s.payout_minimum then 'below_minimum' end
      from (select p.creator_id, p.currency, sum(p.amount)::bigint as net, array_agg(p.id order by p.created_at, p.id) as lines,
                   min(p.created_at) as since, bool_or(coalesce(r.is_held, false)) as is_held
              from public.loyalty_payouts p
              left join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
              left join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
             where p.client_id = p_client and p.state = 'pending'
             group by p.creator_id, p.currency) o
      join public.loyalty_settings s on s.client_id = p_client
      left join public.loyalty_payout_accounts a on a.client_id = p_client and a.creator_id = o.creator_id and a.replaced_at is null;
end $$;

-- Lines of a creator that cancel each other out are closed without money.
create function private.loyalty_net_payouts(p_client uuid) returns void
language plpgsql set search_path = '' as $$
begin
  update public.loyalty_payouts p set state = 'netted', closed_at = now()
    from private.loyalty_payables(p_client) o
   where o.net = 0 and o.obstacle is distinct from 'on_hold' and p.client_id = p_client and p.id = any (o.lines) and p.state = 'pending';
end $$;

create function private.loyalty_remind_boosts(p_client uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_boost public.loyalty_boosts;
begin
  for v_boost in
    select b.* from public.loyalty_boosts b where b.client_id = p_client and b.state = 'pending_info' and coalesce(b.final_amount, b.earned_amount) > 0
  loop
    perform private.loyalty_tell_boost(v_boost, 'loyalty.boost-details-needed', 'boost:' || v_boost.id
      || case when v_boost.settled_at <= p_now - interval '7 days' then ':7' when v_boost.settled_at <= p_now - interval '3 days' then ':3' else '' end);
  end loop;
end $$;

create function private.loyalty_owe_boosts(p_client uuid, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_currency text;
  v_count integer;
  v_amount bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select s.currency into v_currency from public.loyalty_settings s where s.client_id = p_client;
  update public.loyalty_boosts b set state = 'pending_payout'
   where b.client_id = p_client and b.state = 'pending_info'
     and (b.final_amount = 0 or exists (select from public.loyalty_payout_accounts a
            where a.client_id = b.client_id and a.creator_id = b.creator_id and a.replaced_at is null));
  -- Nothing stood: there is no line to pay, and the boost ends here.
  update public.loyalty_boosts b set state = 'paid', paid_at = p_now
   where b.client_id = p_client and b.state = 'pending_payout' and b.final_amount = 0;
  with owed as (
    insert into public.loyalty_payouts (client_id, creator_id, kind, boost_id, amount, currency, created_by)
    select b.client_id, b.creator_id, 'boost', b.id, b.final_amount, v_currency, null
      from public.loyalty_boosts b
     where b.client_id = p_client and b.state = 'pending_payout' and b.final_amount > 0
    on conflict (client_id, boost_id) do nothing
    returning amount
  )
  select count(*), coalesce(sum(o.amount), 0) into v_count, v_amount from owed o;
  perform private.loyalty_net_payouts(p_client);
  perform private.loyalty_forget_accounts(p_client);
  perform private.loyalty_remind_boosts(p_client, p_now);
  if v_count > 0 then
    perform private.notify_permitted(p_client, 'loyalty.payouts-due', 'loyalty.payouts.write',
      jsonb_build_object('count', v_count, 'amount', v_amount, 'currency', v_currency),
      'due:' || (select private.local_date(p_now, c.time_zone) from public.clients c where c.id = p_client));
  end if;
  return jsonb_build_object('owed', v_count);
end $$;

create function private.loyalty_recount_batch(p_client uuid, p_batch uuid) returns text
language plpgsql set search_path = '' as $$
declare
  v_open integer;
  v_left integer;
  v_total bigint;
  v_state text;
begin
  select count(*) filter (where m.state in ('planned', 'sent')), count(*) filter (where m.state <> 'dropped'),
         coalesce(sum(m.amount) filter (where m.state <> 'dropped'), 0)
    into v_open, v_left, v_total
    from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch;
  update public.loyalty_payout_batches b
     set payments_count = v_left, total_amount = v_total,
         state = case when b.state = 'sent' and v_open = 0 then 'settled' when b.state = 'settled' and v_open > 0 then 'sent' else b.state end,
         settled_at = case when b.state in ('sent', 'settled') and v_open = 0 then coalesce(b.settled_at, now()) end
   where b.client_id = p_client and b.id = p_batch
  returning b.state into v_state;
  return v_state;
end $$;

create function private.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[]) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_currency text;
  v_batch uuid;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.write');
  if p_method not in ('paypal', 'venmo', 'bank') or p_method is null then
    raise exception using errcode = 'VA001', message = 'Choose PayPal, Venmo or bank.', detail = 'method';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select o.currency into v_currency from private.loyalty_payables(p_client) o
   where o.method = p_method and o.obstacle is null and (p_creators is null or o.creator_id = any (p_creators))
   order by o.currency limit 1;
  if not found then
    raise exception using errcode = 'ST001', message = 'Nobody can be paid this way right now.', detail = 'loyalty_payout_batches';
  end if;
  insert into public.loyalty_payout_batches (client_id, method, currency) values (p_client, p_method, v_currency) returning id into v_batch;
  with planned as (
    insert into public.loyalty_payments (client_id, batch_id, creator_id, account_id, amount, currency)
    select p_client, v_batch, o.creator_id, o.account_id, o.net, o.currency
      from private.loyalty_payables(p_client) o
     where o.method = p_method and o.obstacle is null and o.currency = v_currency and (p_creators is null or o.creator_id = any (p_creators))
    returning id, creator_id
  )
  update public.loyalty_payouts p set state = 'batched', payment_id = m.id
    from planned m
   where p.client_id = p_client and p.creator_id = m.creator_id and p.state = 'pending' and p.currency = v_currency;
  perform private.loyalty_recount_batch(p_client, v_batch);
  return v_batch;
end $$;

create function private.loyalty_lock_batch(p_client uuid, p_batch uuid) returns public.loyalty_payout_batches
language plpgsql set search_path = '' as $$
declare
  v_batch public.loyalty_payout_batches;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select b.* into v_batch from public.loyalty_payout_batches b where b.client_id = p_client and b.id = p_batch for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this batch.';
  end if;
  return v_batch;
end $$;

-- Sending is one step for both ways: a person says so, or the job that heard it from the provider.
create function private.loyalty_mark_batch_sent(p_client uuid, p_batch uuid, p_provider text, p_reference text) returns void
language plpgsql set search_path = '' as $$
begin
  update public.loyalty_payout_batches b
     set state = 'sent', sent_at = now(), provider = p_provider, provider_reference = p_reference, provider_message = null
   where b.client_id = p_client and b.id = p_batch and b.state = 'approved';
  if found then
    update public.loyalty_payments m set state = 'sent', sent_at = now()
     where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned';
  end if;
end $$;

create function private.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_batch public.loyalty_payout_batches;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.write');
  v_batch := private.loyalty_lock_batch(p_client, p_batch);
  if p_step = 'approve' then
    if v_batch.state <> 'draft' then
      raise exception using errcode = 'ST001', message = format('This batch is %s already.', v_batch.state), detail = 'state';
    end if;
    -- Between making and approving, an account may have changed or a suspicion come up: those wait for the next batch.
    update public.loyalty_payments m set state = 'dropped', dropped_at = now()
     where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned'
       and (exists (select from public.loyalty_payout_accounts a
                     where a.client_id = p_client and a.id = m.account_id and (a.replaced_at is not null or a.held_until > now()))
            or exists (select from public.loyalty_payouts p
                         join public.loyalty_boosts b on b.client_id = p.client_id and b.id = p.boost_id
                         join public.loyalty_redemptions r on r.client_id = b.client_id and r.id = b.redemption_id
                        where p.client_id = p_client and p.payment_id = m.id and r.is_held)
            or exists (select from public.loyalty_payouts o
                        where o.client_id = p_client and o.creator_id = m.creator_id and o.state = 'pending' and o.amount < 0));
    if exists (select from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned') then
      update public.loyalty_payout_batches b set state = 'approved', approved_at = now(), approved_by = auth.uid()
       where b.client_id = p_client and b.id = p_batch;
    else
      update public.loyalty_payout_batches b set state = 'cancelled', cancelled_at = now() where b.client_id = p_client and b.id = p_batch;
    end if;
  elsif v_batch.state = 'approved' and v_batch.provider = 'paypal' and p_step <> 'send_by_paypal' then
    raise exception using errcode = 'ST001', message = 'PayPal is being asked to send this batch. Wait for its answer.', detail = 'state';
  elsif p_step = 'send' then
    if v_batch.state <> 'approved' then
      raise exception using errcode = 'ST001', message = 'Only an approved batch can be sent.', detail = 'state';
    end if;
    perform private.loyalty_mark_batch_sent(p_client, p_batch, 'by_hand', null);
  elsif p_step = 'send_by_paypal' then
    if v_batch.state <> 'approved' or v_batch.method <> 'paypal' then
      raise exception using errcode = 'ST001', message = 'Only an approved PayPal batch can be sent by PayPal.', detail = 'state';
    end if;
    update public.loyalty_payout_batches b set provider = 'paypal', provider_message = null where b.client_id = p_client and b.id = p_batch;
    perform private.add_job('loyalty.send-batch', jsonb_build_object('clientId', p_client, 'batchId', p_batch), 'loyalty.send-batch:' || p_batch);
  elsif p_step = 'undo_send' then
    if v_batch.state <> 'sent' or v_batch.provider <> 'by_hand' or exists (
      select from public.loyalty_payments m where m.client_id = p_client and m.batch_id = p_batch and m.state in ('paid', 'failed')) then
      raise exception using errcode = 'ST001', detail = 'state',
        message = 'Sending can be undone for a batch sent by hand, before any payment in it is marked.';
    end if;
    update public.loyalty_payments m set state = 'planned', sent_at = null
     where m.client_id = p_client and m.batch_id = p_batch and m.state = 'sent';
    update public.loyalty_payout_batches b set state = 'approved', sent_at = null, provider = null where b.client_id = p_client and b.id = p_batch;
  elsif p_step = 'cancel' then
    update public.loyalty_payout_batches b set state = 'cancelled', cancelled_at = now() where b.client_id = p_client and b.id = p_batch;
    update public.loyalty_payments m set state = 'dropped', dropped_at = now()
     where m.client_id = p_client and m.batch_id = p_batch and m.state = 'planned';
  else
    raise exception using errcode = 'VA001', message = 'There is no such step.', detail = 'step';
  end if;
  return private.loyalty_recount_batch(p_client, p_batch);
end $$;

-- Marks payments of a sent batch. Compare and set: of two people, one marks a payment and the other hears about it.
create function private.loyalty_mark_payments(
  p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text
) returns integer
language plpgsql set search_path = '' as $$
declare
  v_payment public.loyalty_payments;
  v_count integer := 0;
begin
  if p_step = 'failed' and char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
    raise exception using errcode = 'VA001', message = 'Say why it failed, in a sentence she will read.', detail = 'reason';
  end if;
  for v_payment in
    select m.* from public.loyalty_payments m
     where m.client_id = p_client and m.batch_id = p_batch and (p_payments is null or m.id = any (p_payments))
       and m.state = any (case p_step when 'undo' then array['paid', 'failed'] when 'retry' then array['failed'] else array['sent'] end)
     order by m.id for update
  loop
    if p_step in ('undo', 'retry') and v_payment.state = 'failed' and not exists (
      select from public.loyalty_payouts p where p.client_id = p_client and p.payment_id = v_payment.id) then
      continue; -- It was tried again already, in another batch.
    end if;
    if p_step = 'paid' then
      update public.loyalty_payments m set state = 'paid', paid_at = now(), reference = nullif(btrim(p_reference), '')
       where m.client_id = p_client and m.id = v_payment.id;
    elsif p_step = 'failed' then
      update public.loyalty_payments m set state = 'failed', failed_at = now(), failure_reason = btrim(p_reason)
       where m.client_id = p_client and m.id = v_payment.id;
    elsif p_step = 'undo' then
      update public.loyalty_payments m set state = 'sent', paid_at = null, failed_at = null, failure_reason = null, reference = null
       where m.client_id = p_client and m.id = v_payment.id;
    else
      update public.loyalty_payouts p set state = 'pending', payment_id = null
       where p.client_id = p_client and p.payment_id = v_payment.id and p.state = 'failed';
    end if;
    if p_step in ('paid', 'failed') then
      perform private.notify(p_client, 'loyalty.payout-' || p_step, private.loyalty_boost_person(p_client, v_payment.creator_id),
        (select jsonb_build_object('paymentId', v_payment.id, 'amount', v_payment.amount, 'currency', v_payment.currency, 'method', a.method,
                  'hint', a.hint, 'reason', case when p_step = 'failed' then btrim(p_reason) end)
           from public.loyalty_payout_accounts a where a.client_id = p_client and a.id = v_payment.account_id),
        'payment:' || v_payment.id || case when p_step = 'failed' then ':failed' else '' end);
    end if;
    v_count := v_count + 1;
  end loop;
  if v_count > 0 then
    perform private.loyalty_recount_batch(p_client, p_batch);
  end if;
  return v_count;
end $$;

create function private.loyalty_step_payments(
  p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text, p_reason text
) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_batch public.loyalty_payout_batches;
  v_count integer;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.write');
  v_batch := private.loyalty_lock_batch(p_client, p_batch);
  if p_step is null or p_step not in ('paid', 'failed', 'undo', 'retry') then
    raise exception using errcode = 'VA001', message = 'There is no such step.', detail = 'step';
  end if;
  if char_length(p_reference) > 200 then
    raise exception using errcode = 'VA001', message = 'A reference has at most 200 letters.', detail = 'reference';
  end if;
  v_count := private.loyalty_mark_payments(p_client, p_batch, p_payments, p_step, p_reference, p_reason);
  if v_count = 0 or v_count < cardinality(p_payments) then
    raise exception using errcode = 'ST002', message = 'Someone else has marked these payments meanwhile.', detail = 'state';
  end if;
  return v_count;
end $$;

create function private.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_earning public.loyalty_payouts;
  v_id uuid;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.write');
  perform pg_advisory_xact_lock(hashtextextended('loyalty.payouts:' || p_client, 0));
  select p.* into v_earning from public.loyalty_payouts p where p.client_id = p_client and p.id = p_payout and p.kind = 'boost' for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this payout.';
  end if;
  if exists (select from public.loyalty_payouts p where p.client_id = p_client and p.claws_back_id = p_payout) then
    raise exception using errcode = 'ST003', message = 'This earning was clawed back already.';
  end if;
  if p_amount is null or p_amount < 1 or p_amount > v_earning.amount then
    raise exception using errcode = 'VA001', message = 'Take back more than nothing and at most what was earned.', detail = 'amount';
  end if;
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 300 then
    raise exception using errcode = 'VA001', message = 'Say why, in a sentence she will read.', detail = 'reason';
  end if;
  insert into public.loyalty_payouts (client_id, creator_id, kind, claws_back_id, amount, currency, reason)
  values (p_client, v_earning.creator_id, 'clawback', p_payout, -p_amount, v_earning.currency, btrim(p_reason))
  returning id into v_id;
  perform private.notify(p_client, 'loyalty.payout-clawed-back', private.loyalty_boost_person(p_client, v_earning.creator_id),
    jsonb_build_object('payoutId', v_id, 'amount', p_amount, 'currency', v_earning.currency, 'reason', btrim(p_reason)), 'payout:' || v_id);
  perform private.loyalty_net_payouts(p_client);
  return v_id;
end $$;

-- Accounts of a batch, sealed, for its list and for the provider.
create function private.loyalty_sealed_payments(p_client uuid, p_batch uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'creatorId', m.creator_id, 'handle', c.handle, 'name', c.display_name,
             'amount', m.amount, 'currency', m.currency, 'state', m.state, 'method', a.method, 'accountId', a.id,
             'sealed', s.account_envelope) order by c.handle_key, m.id), '[]')
      from public.loyalty_payments m
      join public.loyalty_creators c on c.client_id = m.client_id and c.id = m.creator_id
      join public.loyalty_payout_accounts a on a.client_id = m.client_id and a.id = m.account_id
      left join public.loyalty_payout_account_secrets s on s.client_id = m.client_id and s.account_id = m.account_id
     where m.client_id = p_client and m.batch_id = p_batch and m.state in ('planned', 'sent'));
end $$;

create function private.loyalty_export_batch(p_client uuid, p_batch uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_batch public.loyalty_payout_batches;
begin
  perform private.require_permission(p_client, 'loyalty.payouts.write');
  perform private.require_permission(p_client, 'loyalty.payouts.reveal');
  v_batch := private.loyalty_lock_batch(p_client, p_batch);
  if v_batch.state not in ('approved', 'sent') then
    raise exception using errcode = 'ST001', message = 'The list is there once the batch is approved.', detail = 'state';
  end if;
  update public.loyalty_payout_batches b set exported_at = now() where b.client_id = p_client and b.id = p_batch;
  perform private.log_access(p_client, 'loyalty_payout_batches', p_batch::text, 'export');
  return jsonb_build_object('id', v_batch.id, 'method', v_batch.method, 'currency', v_batch.currency,
                            'payments', private.loyalty_sealed_payments(p_client, p_batch));
end $$;

create function public.loyalty_make_batch(p_client uuid, p_method text, p_creators uuid[] default null) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_make_batch(p_client, p_method, p_creators); end $$;
create function public.loyalty_step_batch(p_client uuid, p_batch uuid, p_step text) returns text
language plpgsql set search_path = '' as $$ begin return private.loyalty_step_batch(p_client, p_batch, p_step); end $$;
create function public.loyalty_step_payments(
  p_client uuid, p_batch uuid, p_payments uuid[], p_step text, p_reference text default null, p_reason text default null
) returns integer
language plpgsql set search_path = '' as $$
begin return private.loyalty_step_payments(p_client, p_batch, p_payments, p_step, p_reference, p_reason); end $$;
create function public.loyalty_claw_back_payout(p_client uuid, p_payout uuid, p_amount bigint, p_reason text) returns uuid
language plpgsql set search_path = '' as $$ begin return private.loyalty_claw_back_payout(p_client, p_payout, p_amount, p_reason); end $$;
create function public.loyalty_export_batch(p_client uuid, p_batch uuid) returns jsonb
language plpgsql set search_path = '' as $$ begin return private.loyalty_export_batch(p_client, p_batch); end $$;

-- grants
revoke all on function private.loyalty_payables(uuid), private.loyalty_net_payouts(uuid), private.loyalty_remind_boosts(uuid, timestamptz),
  private.loyalty_owe_boosts(uuid, timestamptz), private.loyalty_recount_batch(uuid, uuid), private.loyalty_lock_batch(uuid, uuid),
  private.loyalty_mark_batch_sent(uuid, uuid, text, text), private.loyalty_mark_payments(uuid, uuid, uuid[], text, text, text),
  private.loyalty_sealed_payments(uuid, uuid) from public;
grant execute on function private.loyalty_make_batch(uuid, text, uuid[]), public.loyalty_make_batch(uuid, text, uuid[]),
  private.loyalty_step_batch(uuid, uuid, text), public.loyalty_step_batch(uuid, uuid, text),
  private.loyalty_step_payments(uuid, uuid, uuid[], text, text, text), public.loyalty_step_payments(uuid, uuid, uuid[], text, text, text),
  private.loyalty_claw_back_payout(uuid, uuid, bigint, text), public.loyalty_claw_back_payout(uuid, uuid, bigint, text),
  private.loyalty_export_batch(uuid, uuid), public.loyalty_export_batch(uuid, uuid) to authenticated;

-- comments
comment on function private.loyalty_payables(uuid) is 'Open lines summed a creator, with her account and what keeps her from being paid: on_hold, no_account, account_held, negative, below_minimum or nothing.';
comment on function private.loyalty_net_payouts(uuid) is 'Closes the lines of creators whose open lines add up to nothing.';
comment on function private.loyalty_remind_boosts(uuid, timestamptz) is 'Asks for payout details: at once, after three days and after seven.';
comment on function private.loyalty_owe_boosts(uuid, timestamptz) is 'Moves boosts on whose creator has an account, writes what is final into the ledger, once a boost.';
comment on function private.loyalty_recount_batch(uuid, uuid) is 'Brings a batch''s sums in line with its payments, settles it when none is open, reopens it when one is.';
comment on function private.loyalty_make_batch(uuid, text, uuid[]) is 'Plans a payment for everyone who can be paid this way, or for some of them.';
comment on function public.loyalty_make_batch(uuid, text, uuid[]) is 'Makes a payout batch of one method (loyalty.payouts.write).';
comment on function private.loyalty_lock_batch(uuid, uuid) is 'A batch, locked together with all money of its business.';
comment on function private.loyalty_mark_batch_sent(uuid, uuid, text, text) is 'An approved batch becomes sent, once.';
comment on function private.loyalty_step_batch(uuid, uuid, text) is 'Steps of a batch: approve, send, send_by_paypal, undo_send, cancel. Answers its state.';
comment on function public.loyalty_step_batch(uuid, uuid, text) is 'Takes a step of a payout batch (loyalty.payouts.write).';
comment on function private.loyalty_mark_payments(uuid, uuid, uuid[], text, text, text) is 'Marks payments paid or failed, takes a mark back, or returns a failed one''s lines to the next batch. Answers how many.';
comment on function private.loyalty_step_payments(uuid, uuid, uuid[], text, text, text) is 'Marks payments of a batch for a person; refuses if one was not as she saw it.';
comment on function public.loyalty_step_payments(uuid, uuid, uuid[], text, text, text) is 'Marks payments of a batch: paid, failed, undo, retry (loyalty.payouts.write).';
comment on function private.loyalty_claw_back_payout(uuid, uuid, bigint, text) is 'Takes back an earning with a compensating line, once and at most all of it.';
comment on function public.loyalty_claw_back_payout(uuid, uuid, bigint, text) is 'Takes back an earning (loyalty.payouts.write).';
comment on function private.loyalty_sealed_payments(uuid, uuid) is 'Payments of a batch that are planned or sent, with their sealed accounts.';
comment on function private.loyalty_export_batch(uuid, uuid) is 'The same for a person''s list; logged as an export.';
comment on function public.loyalty_export_batch(uuid, uuid) is 'Payments of an approved batch with sealed accounts (loyalty.payouts.write and reveal).';
