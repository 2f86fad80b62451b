-- Loyalty: when boosts and discounts may run: days, hours and places left, in the zone of the business.

-- indexes
-- One boost at a time: a second one would be paid for the same sales.
create unique index loyalty_boosts_running_key on public.loyalty_boosts (client_id, creator_id) where state in ('scheduled', 'active');

-- functions
create function private.loyalty_refuse_schedule(p_code text, p_field text, p_message text) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = case p_code when 'SLOT_FULL' then 'QT002' else 'VA001' end, hint = p_code, detail = p_field, message = p_message;
end $$;

create function private.loyalty_check_schedule(p_client uuid, p_creator uuid, p_kind text, p_days integer, p_minutes integer,
  p_schedule jsonb, p_now timestamptz, p_except uuid, out begins_at timestamptz, out finishes_at timestamptz, out begins_on date)
language plpgsql set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_zone text;
  v_today date;
  v_time time;
  v_given text := nullif(p_schedule ->> 'time', '');
begin
  select s.* into strict v_settings from public.loyalty_settings s where s.client_id = p_client;
  select k.time_zone into strict v_zone from public.clients k where k.id = p_client;
  v_today := private.local_date(p_now, v_zone);
  if p_schedule is null or jsonb_typeof(p_schedule) <> 'object' or coalesce(p_schedule ->> 'date', '') = ''
    or (p_kind = 'discount' and v_given is null) then
    perform private.loyalty_refuse_schedule('SCHEDULING_REQUIRED',
      case when coalesce(p_schedule ->> 'date', '') = '' then 'schedule.date' else 'schedule.time' end,
      case p_kind when 'discount' then 'Choose the day and time it should start.' else 'Choose the day it should start.' end);
  end if;
  if p_schedule ->> 'date' !~ '^\d{4}-\d\d-\d\d$' or not pg_input_is_valid(p_schedule ->> 'date', 'date') then
    perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'This is not a day.');
  end if;
  if v_given is not null and (v_given !~ '^\d\d:\d\d$' or not pg_input_is_valid(v_given, 'time') or v_given = '24:00') then
    perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'This is not a time.');
  end if;
  begins_on := (p_schedule ->> 'date')::date;
  v_time := case p_kind when 'discount' then v_given::time else v_settings.boost_time end;
  if begins_on < v_today then
    perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'This day is over.');
  end if;
  if begins_on > v_today + v_settings.schedule_days_ahead then
    perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date',
      format('Choose a day within the next %s days.', v_settings.schedule_days_ahead));
  end if;
  if extract(isodow from begins_on) > 5 and not v_settings.schedule_weekends then
    perform private.loyalty_refuse_schedule('INVALID_SCHEDULE', 'schedule.date', 'Choose a day from Monday to Friday.');
  end if;
  if p_kind = 'commission_boost' then
    if v_given is not null and v_given::time <> v_time then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', format('Boosts start at %s.', to_char(v_time, 'HH24:MI')));
    end if;
    begins_at := private.local_instant(begins_on, v_time, v_zone);
    -- By the wall clock: over a clock change it ends at the same hour, not 24 hours a day later.
    finishes_at := private.local_instant(begins_on + p_days, v_time, v_zone);
  else
    if v_time < v_settings.discount_from or v_time > v_settings.discount_to
      or extract(epoch from v_time - v_settings.discount_from)::integer % (v_settings.discount_slot_minutes * 60) <> 0 then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time',
        format('Discounts start between %s and %s, every %s minutes.', to_char(v_settings.discount_from, 'HH24:MI'),
          to_char(v_settings.discount_to, 'HH24:MI'), v_settings.discount_slot_minutes));
    end if;
    begins_at := private.local_instant(begins_on, v_time, v_zone);
    if (begins_at at time zone v_zone) <> begins_on + v_time then
      perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time',
        'The clocks go forward on that day and skip this time. Choose another.');
    end if;
    finishes_at := begins_at + make_interval(mins => p_minutes);
  end if;
  if begins_at <= p_now then
    perform private.loyalty_refuse_schedule(case p_kind when 'discount' then 'INVALID_TIME_SLOT' else 'INVALID_SCHEDULE' end,
      case p_kind when 'discount' then 'schedule.time' else 'schedule.date' end, 'This time is over. Choose a later one.');
  end if;
  if p_kind = 'discount' and exists (select from public.loyalty_redemptions r
       where r.client_id = p_client and r.creator_id = p_creator and r.kind = 'discount' and r.state in ('claimed', 'fulfilled')
         and r.id is distinct from p_except and tstzrange(r.scheduled_at, r.ends_at) && tstzrange(begins_at, finishes_at)) then
    perform private.loyalty_refuse_schedule('INVALID_TIME_SLOT', 'schedule.time', 'Another discount of yours runs then. Choose another time.');
  end if;
  if not private.loyalty_has_place(p_client, p_kind, begins_at, p_except) then
    perform private.loyalty_refuse_schedule('SLOT_FULL', 'schedule.date',
      case p_kind when 'discount' then 'This time is full. Choose another.' else 'This day is full. Choose another.' end);
  end if;
end $$;

create function private.loyalty_has_place(p_client uuid, p_kind text, p_begins timestamptz, p_except uuid) returns boolean
language plpgsql set search_path = '' as $$
begin
  -- Counted under a lock of this one start: two creators cannot both see the last place.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.slot:' || p_client || ':' || p_kind || ':' || p_begins, 0));
  return (select count(*) from public.loyalty_redemptions r
           where r.client_id = p_client and r.kind = p_kind and r.scheduled_at = p_begins
             and r.state in ('claimed', 'fulfilled') and r.id is distinct from p_except)
       < (select case p_kind when 'discount' then s.discount_capacity else s.boost_capacity end
            from public.loyalty_settings s where s.client_id = p_client);
end $$;

create function private.loyalty_find_slots(p_client uuid, p_creator uuid, p_kind text, p_now timestamptz, p_except uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (
    with rules as (
      select s.*, k.time_zone as zone, private.local_date(p_now, k.time_zone) as today
        from public.loyalty_settings s join public.clients k on k.id = s.client_id
       where s.client_id = p_client
    ), days as (
      select r.*, r.today + n as day, extract(isodow from r.today + n) > 5 and not r.schedule_weekends as is_weekend
        from rules r cross join generate_series(0, r.schedule_days_ahead) n
    ), slots as (
      select d.day, t.at, private.local_instant(d.day, t.at, d.zone) as begins_at, d.zone,
             case p_kind when 'discount' then d.discount_capacity else d.boost_capacity end as capacity
        from days d
        cross join lateral (
          select d.boost_time as at where p_kind = 'commission_boost'
          union all
          select d.discount_from + make_interval(mins => n * d.discount_slot_minutes)
            from generate_series(0, (extract(epoch from d.discount_to - d.discount_from) / 60)::integer / d.discount_slot_minutes) n
           where p_kind = 'discount') t
       where not d.is_weekend
    ), taken as (
      select r.scheduled_at, count(*)::integer as places
        from public.loyalty_redemptions r
       where r.client_id = p_client and r.kind = p_kind and r.state in ('claimed', 'fulfilled')
         and r.scheduled_at > p_now and r.id is distinct from p_except
       group by r.scheduled_at
    ), judged as (
      select s.day, s.at, s.begins_at, greatest(s.capacity - coalesce(t.places, 0), 0) as places,
             case when p_kind = 'discount' and (s.begins_at at time zone s.zone) <> s.day + s.at then 'skipped'
                  when s.begins_at <= p_now then 'past'
                  when p_kind = 'discount' and exists (select from public.loyalty_redemptions o
                         where o.client_id = p_client and o.creator_id = p_creator and o.kind = 'discount' and o.id is distinct from p_except
                           and o.state in ('claimed', 'fulfilled') and o.scheduled_at <= s.begins_at and o.ends_at > s.begins_at) then 'yours'
                  when coalesce(t.places, 0) >= s.capacity then 'full' end as reason
        from slots s left join taken t on t.scheduled_at = s.begins_at
    )
    select jsonb_build_object('kind', p_kind, 'timeZone', r.zone, 'runningUntil',
             case when p_kind = 'commission_boost' then private.loyalty_boosted_until(p_client, p_creator) end,
           'days', (select jsonb_agg(jsonb_build_object('date', d.day,
               'reason', case when d.is_weekend then 'weekend' else g.reason end, 'slots', coalesce(g.slots, '[]'::jsonb)) order by d.day)
             from days d
             left join (
               select j.day,
                      case when bool_or(j.reason is null) then null when bool_or(j.reason = 'full') then 'full'
                           when bool_or(j.reason = 'yours') then 'yours' else 'past' end as reason,
                      jsonb_agg(jsonb_build_object('time', to_char(j.at, 'HH24:MI'), 'startsAt', j.begins_at, 'left', j.places,
                        'reason', j.reason) order by j.at) as slots
                 from judged j group by j.day) g on g.day = d.day))
      from rules r);
end $$;

create function private.loyalty_read_slots(p_client uuid, p_kind text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.app.use');
  if p_kind is null or p_kind not in ('commission_boost', 'discount') then
    raise exception using errcode = 'VA001', detail = 'kind', message = 'Only boosts and discounts are scheduled.';
  end if;
  return private.loyalty_find_slots(p_client, (select c.id from public.loyalty_creators c
    where c.client_id = p_client and c.id = any (private.my_creators())), p_kind, now());
end $$;

create function public.loyalty_read_slots(p_client uuid, p_kind text) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_slots(p_client, p_kind); end $$;

-- What she may not claim yet does not run out meanwhile: each other boost of hers keeps a week after this one.
create function private.loyalty_kept_until(p_client uuid, p_boosted timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (select private.local_instant(private.local_date(p_boosted, k.time_zone) + 7, '23:59', k.time_zone)
            from public.clients k where k.id = p_client);
end $$;

create function private.tg_loyalty_boosts__keep_others() returns trigger
language plpgsql set search_path = '' as $$
declare
  v_until timestamptz := private.loyalty_kept_until(new.client_id, new.ends_at);
begin
  -- A claim holds one redemption and waits for no other: what a night has in its hands is looked at again when the boost starts.
  update public.loyalty_redemptions r set claim_until = v_until
   where r.client_id = new.client_id and r.id in (
     select o.id from public.loyalty_redemptions o
      where o.client_id = new.client_id and o.creator_id = new.creator_id and o.kind = 'commission_boost' and o.state = 'claimable'
        and o.claim_until > now() and o.claim_until < v_until for update skip locked);
  return null;
end $$;

create function private.tg_loyalty_redemptions__keep_open() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.claim_until := greatest(new.claim_until,
    private.loyalty_kept_until(new.client_id, private.loyalty_boosted_until(new.client_id, new.creator_id)));
  return new;
end $$;

-- triggers
create trigger t50_keep_others after insert or update of state, ends_at on public.loyalty_boosts
  for each row when (new.state in ('scheduled', 'active')) execute function private.tg_loyalty_boosts__keep_others();
create trigger t25_keep_open before insert on public.loyalty_redemptions
  for each row when (new.kind = 'commission_boost' and new.state = 'claimable' and new.claim_until is not null)
  execute function private.tg_loyalty_redemptions__keep_open();
create trigger t25_keep_open_again before update of withdrawn_at on public.loyalty_redemptions
  for each row when (new.kind = 'commission_boost' and new.state = 'claimable' and new.claim_until is not null
    and new.claim_until > now() and old.withdrawn_at is not null and new.withdrawn_at is null)
  execute function private.tg_loyalty_redemptions__keep_open();

-- grants
revoke all on function private.loyalty_kept_until(uuid, timestamptz), private.tg_loyalty_boosts__keep_others(),
  private.tg_loyalty_redemptions__keep_open() from public;
revoke all on function private.loyalty_refuse_schedule(text, text, text),
  private.loyalty_check_schedule(uuid, uuid, text, integer, integer, jsonb, timestamptz, uuid),
  private.loyalty_has_place(uuid, text, timestamptz, uuid), private.loyalty_find_slots(uuid, uuid, text, timestamptz, uuid) from public;
grant execute on function private.loyalty_read_slots(uuid, text), public.loyalty_read_slots(uuid, text) to authenticated;

-- comments
comment on function private.loyalty_refuse_schedule(text, text, text) is 'Raises why a day or time cannot be had, with the field it belongs to.';
comment on function private.loyalty_check_schedule(uuid, uuid, text, integer, integer, jsonb, timestamptz, uuid) is 'Start and end of a boost or discount for the chosen day and time, or the reason it cannot be had. Holds the place until the transaction ends. p_except is the claim that is being moved.';
comment on function private.loyalty_has_place(uuid, text, timestamptz, uuid) is 'Whether one more may start then. Holds the answer until the transaction ends.';
comment on function private.loyalty_find_slots(uuid, uuid, text, timestamptz, uuid) is 'See public.loyalty_read_slots. p_except is a claim that is being moved: its own place counts as free.';
comment on function private.loyalty_read_slots(uuid, text) is 'See public.loyalty_read_slots. Definer: counts places that other creators hold.';
comment on function public.loyalty_read_slots(uuid, text) is 'Days and times a boost or a discount may start, with the places left or the reason there is none: weekend, past, full, skipped by a clock change, or yours when a discount of hers runs then.';
comment on function private.loyalty_kept_until(uuid, timestamptz) is 'The end of the seventh day after a boost: until then, at least, another one can be claimed.';
comment on function private.tg_loyalty_boosts__keep_others() is 'Trigger: while a boost is planned or runs, the last day to claim another one is at least a week after its end.';
comment on function private.tg_loyalty_redemptions__keep_open() is 'Trigger: a boost that is offered or earned while another one is planned or runs can be claimed until a week after that one, at least.';
