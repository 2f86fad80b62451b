-- Loyalty: sums that the nightly proof found wrong. Each is kept while it stands and told once.

-- tables
create table public.loyalty_money_findings (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint loyalty_money_findings_client_id_fkey references public.clients (id),
  what text not null,
  row_id uuid not null,
  stored bigint,
  computed bigint,
  found_at timestamptz not null default now(),
  gone_at timestamptz,
  constraint loyalty_money_findings_what_check check (what in
    ('boost.settled_sales', 'payout.amount', 'clawback.amount', 'payment.amount', 'batch.total_amount', 'boost.paid', 'creator.total_sales'))
);

-- indexes
create unique index loyalty_money_findings_open_key on public.loyalty_money_findings
  (client_id, what, row_id, stored, computed) nulls not distinct where gone_at is null;
create index loyalty_money_findings_found_at_idx on public.loyalty_money_findings (client_id, found_at, id);

-- functions
create function private.loyalty_note_mismatches(p_client uuid) returns integer
language plpgsql set search_path = '' as $$
declare
  v_now jsonb;
  v_fresh jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(m)), '[]') into v_now from (
    select x.what, x.row_id, x.stored, x.computed from private.loyalty_money_mismatches(p_client) x
    union all
    select 'creator.total_sales', t.creator_id, t.stored, t.derived from private.loyalty_check_totals(p_client) t) m;
  -- What is right again is history; should it come back, it is told again.
  update public.loyalty_money_findings f set gone_at = now()
   where f.client_id = p_client and f.gone_at is null and not exists (
     select from jsonb_to_recordset(v_now) m (what text, row_id uuid, stored bigint, computed bigint)
      where m.what = f.what and m.row_id = f.row_id and m.stored is not distinct from f.stored and m.computed is not distinct from f.computed);
  with fresh as (
    insert into public.loyalty_money_findings (client_id, what, row_id, stored, computed)
    select p_client, m.what, m.row_id, m.stored, m.computed
      from jsonb_to_recordset(v_now) m (what text, row_id uuid, stored bigint, computed bigint)
    on conflict do nothing
    returning id, what, row_id, stored, computed
  )
  select jsonb_agg(jsonb_build_object('id', f.id, 'what', f.what, 'rowId', f.row_id, 'stored', f.stored, 'computed', f.computed)
                   order by f.what, f.row_id) into v_fresh from fresh f;
  if v_fresh is not null then
    -- One word a night, however many sums: the first few are named, the page has all.
    perform private.notify_permitted(p_client, 'loyalty.money-mismatch', 'loyalty.payouts.write',
      jsonb_build_object('count', jsonb_array_length(v_fresh), 'currency', (select s.currency from public.loyalty_settings s where s.client_id = p_client),
        'items', (select jsonb_agg(i.value - 'id' order by i.ordinality) from jsonb_array_elements(v_fresh) with ordinality i where i.ordinality <= 5)),
      'mismatch:' || (v_fresh -> 0 ->> 'id'));
  end if;
  return jsonb_array_length(v_now);
end $$;

-- rls
alter table public.loyalty_money_findings enable row level security;
alter table public.loyalty_money_findings force row level security;
create policy loyalty_money_findings_select on public.loyalty_money_findings for select to authenticated
  using (client_id = any ((select private.clients_with('loyalty.payouts.read'))::uuid[]));

-- grants: written by the nightly run only
revoke all on public.loyalty_money_findings from anon, authenticated, service_role;
grant select on public.loyalty_money_findings to authenticated, service_role;
revoke all on function private.loyalty_note_mismatches(uuid) from public;

-- comments
comment on table public.loyalty_money_findings is 'Stored sums that were not what their rows say, as the nightly proof found them. Nothing is mended by itself.';
comment on column public.loyalty_money_findings.what is 'The sum, as private.loyalty_money_mismatches names it; creator.total_sales is from private.loyalty_check_totals.';
comment on column public.loyalty_money_findings.row_id is 'The row that holds the sum.';
comment on column public.loyalty_money_findings.stored is 'What the row says, in minor units; 1 or 0 for boost.paid.';
comment on column public.loyalty_money_findings.computed is 'What its rows add up to.';
comment on column public.loyalty_money_findings.gone_at is 'The night that found it right again.';
comment on function private.loyalty_note_mismatches(uuid) is 'Keeps what the nightly proof finds, tells those who pay of what is new, and answers how many sums are wrong.';
