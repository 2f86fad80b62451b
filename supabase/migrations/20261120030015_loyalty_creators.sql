-- Loyalty: creators. Identity is written by people and imports; tier, period and figures only by the nightly pass.

-- tables
create table public.loyalty_creators (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  person_id uuid not null,
  handle text not null,
  handle_key text not null,
  display_name text not null,
  search_text text not null,
  state text not null default 'active',
  joined_on date not null,
  tier_id uuid not null,
  tier_since timestamptz not null,
  is_pinned boolean not null default false,
  pinned_tier_id uuid,
  pinned_reason text,
  is_on_leaderboard boolean not null default true,
  anchor_on date not null,
  period_start date not null,
  prior_period_start date,
  next_check_on date not null,
  total_sales bigint not null default 0,
  total_units bigint not null default 0,
  total_videos bigint not null default 0,
  period_sales bigint not null default 0,
  period_units bigint not null default 0,
  period_adjustments bigint not null default 0,
  period_views bigint not null default 0,
  period_likes bigint not null default 0,
  period_comments bigint not null default 0,
  period_videos bigint not null default 0,
  last_video_on date,
  last_video_sort date generated always as (coalesce(last_video_on, '1970-01-01'::date)) stored,
  figures_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint loyalty_creators_client_id_id_key unique (client_id, id),
  constraint loyalty_creators_client_id_handle_key_key unique (client_id, handle_key),
  constraint loyalty_creators_client_id_person_id_key unique (client_id, person_id) deferrable initially immediate,
  constraint loyalty_creators_person_id_fkey foreign key (client_id, person_id) references public.people (client_id, id),
  constraint loyalty_creators_tier_id_fkey foreign key (client_id, tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_creators_pinned_tier_id_fkey foreign key (client_id, pinned_tier_id) references public.loyalty_tiers (client_id, id),
  constraint loyalty_creators_handle_key_check check (handle_key ~ '^[a-z0-9_.]{1,30}$' and handle_key = lower(handle)),
  constraint loyalty_creators_state_check check (state in ('active', 'archived')),
  constraint loyalty_creators_is_pinned_check check (is_pinned = (pinned_tier_id is not null) and is_pinned = (pinned_reason is not null)),
  constraint loyalty_creators_period_check check (anchor_on <= period_start and next_check_on >= period_start)
) with (fillfactor = 70);

-- indexes: the orders of the creators page, the night's due checks, and the foreign keys
create index loyalty_creators_client_id_period_sales_idx on public.loyalty_creators (client_id, period_sales, id);
create index loyalty_creators_client_id_total_sales_idx on public.loyalty_creators (client_id, total_sales, id);
create index loyalty_creators_client_id_last_video_sort_idx on public.loyalty_creators (client_id, last_video_sort, id);
create index loyalty_creators_client_id_tier_id_idx on public.loyalty_creators (client_id, tier_id, period_sales, id);
create index loyalty_creators_client_id_next_check_on_idx on public.loyalty_creators (client_id, next_check_on);
create index loyalty_creators_uncounted_idx on public.loyalty_creators (client_id) where figures_at is null;
create index loyalty_creators_pinned_tier_id_idx on public.loyalty_creators (client_id, pinned_tier_id) where pinned_tier_id is not null;
create index loyalty_creators_search_text_idx on public.loyalty_creators using gin (search_text extensions.gin_trgm_ops);

-- functions
create function private.loyalty_handle_key(p_handle text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select lower(regexp_replace(btrim(p_handle), '^@+', ''))
$$;

create function private.loyalty_period_last_day(p_anchor date, p_start date, p_months integer) returns date
language sql immutable parallel safe set search_path = '' as $$
  -- Counted from the anchor, not from the last period: 31 January, 28 February, 31 March, without drifting to 28.
  select (p_anchor + make_interval(months => (
            (extract(year from p_start) - extract(year from p_anchor)) * 12
            + extract(month from p_start) - extract(month from p_anchor))::integer + p_months))::date - 1
$$;

create function private.tg_loyalty_creators__derive() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_zone text;
begin
  new.handle := regexp_replace(btrim(new.handle), '^@+', '');
  new.handle_key := lower(new.handle);
  if new.handle_key !~ '^[a-z0-9_.]{1,30}$' then
    raise exception using errcode = 'VA001',
      message = 'A handle has up to 30 letters, numbers, dots and underscores.', detail = 'handle';
  end if;
  if new.display_name is null then
    select p.display_name into new.display_name from public.people p where p.client_id = new.client_id and p.id = new.person_id;
    new.display_name := coalesce(new.display_name, new.handle);
  end if;
  new.search_text := new.handle_key || ' ' || lower(new.display_name);
  if tg_op = 'INSERT' then
    select c.time_zone into v_zone from public.clients c where c.id = new.client_id;
    new.joined_on := coalesce(new.joined_on, private.local_date(now(), v_zone));
    new.anchor_on := coalesce(new.anchor_on, new.joined_on);
    new.period_start := coalesce(new.period_start, new.anchor_on);
    new.tier_since := coalesce(new.tier_since, private.local_instant(new.joined_on, '00:00', v_zone));
    if new.next_check_on is null then
      select private.loyalty_period_last_day(new.anchor_on, new.period_start, s.checkpoint_months)
        into new.next_check_on from public.loyalty_settings s where s.client_id = new.client_id;
    end if;
    if new.tier_id is null then
      select coalesce(new.pinned_tier_id, t.id) into new.tier_id from public.loyalty_tiers t
       where t.client_id = new.client_id and t.rank = 1 and t.archived_at is null;
    end if;
  end if;
  return new;
end $$;

create function private.tg_people__name_creator() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.loyalty_creators c set display_name = new.display_name
   where c.client_id = new.client_id and c.person_id = new.id;
  return null;
end $$;

-- triggers: on named columns, so that the nightly update of every creator's figures fires none of them
create trigger t10_stamp before update of handle, display_name, state, person_id, is_pinned on public.loyalty_creators
  for each row execute function private.tg__stamp();
create trigger t15_derive before insert or update of handle, handle_key, display_name, search_text on public.loyalty_creators
  for each row execute function private.tg_loyalty_creators__derive();
create trigger t20_immutable before update of id, client_id, joined_on, created_at on public.loyalty_creators
  for each row execute function private.tg__immutable('id', 'client_id', 'joined_on', 'created_at');
create trigger t30_transition before insert or update of state on public.loyalty_creators
  for each row execute function private.tg__guard_transition('loyalty_creators', 'state');
create trigger t50_name_creator after update of display_name on public.people
  for each row when (old.display_name is distinct from new.display_name)
  execute function private.tg_people__name_creator();

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('loyalty_creators', null, 'active', null),
  ('loyalty_creators', 'active', 'archived', 'loyalty.creators.write'),
  ('loyalty_creators', 'archived', 'active', 'loyalty.creators.write');

-- rls
alter table public.loyalty_creators enable row level security;
alter table public.loyalty_creators force row level security;
create policy loyalty_creators_select on public.loyalty_creators for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when person_id = any ((select private.my_people())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);

-- grants
revoke all on public.loyalty_creators from anon, authenticated, service_role;
grant select on public.loyalty_creators to authenticated, service_role;
revoke all on function private.loyalty_handle_key(text), private.loyalty_period_last_day(date, date, integer),
  private.tg_loyalty_creators__derive(), private.tg_people__name_creator() from public;

-- comments
comment on table public.loyalty_creators is 'A person who sells for the business: handle, tier and the figures of the last count. May exist from a file long before a login.';
comment on column public.loyalty_creators.handle is 'The handle as people write it, without @.';
comment on column public.loyalty_creators.handle_key is 'Lower-case handle: unique within the business.';
comment on column public.loyalty_creators.display_name is 'Copy of people.display_name, kept by trigger, so that the creators page sorts and searches one table.';
comment on column public.loyalty_creators.search_text is 'Handle and name in lower case for the trigram search.';
comment on column public.loyalty_creators.joined_on is 'First business date on which this creator was known. Her first period starts here.';
comment on column public.loyalty_creators.tier_since is 'When she entered her tier.';
comment on column public.loyalty_creators.is_pinned is 'A person chose the tier: neither the nightly pass nor a file changes it.';
comment on column public.loyalty_creators.is_on_leaderboard is 'False when she hid herself: others do not see her there, she still sees her own rank.';
comment on column public.loyalty_creators.anchor_on is 'Date from which her periods are measured off: the day after she entered her tier, or the day she joined.';
comment on column public.loyalty_creators.period_start is 'First day that counts in the open period. The day after a promotion or a check.';
comment on column public.loyalty_creators.prior_period_start is 'Start of the period closed last, so that a second file on the night of a move is judged by the whole period.';
comment on column public.loyalty_creators.next_check_on is 'Last day of the open period, judged by that night''s pass. In the entry tier the count only starts again.';
comment on column public.loyalty_creators.total_sales is 'All sales of her videos plus all adjustments effective by now, minor units.';
comment on column public.loyalty_creators.period_sales is 'Sales of the open period: daily differences plus adjustments effective in it, minor units.';
comment on column public.loyalty_creators.period_adjustments is 'The part of the period figure that came from adjustments, in the metric of the business.';
comment on column public.loyalty_creators.period_videos is 'Videos posted in the open period.';
comment on column public.loyalty_creators.last_video_sort is 'last_video_on without nulls, so that keyset pages can be ordered by it.';
comment on column public.loyalty_creators.figures_at is 'When the figures last changed.';
comment on function private.loyalty_handle_key(text) is 'One spelling for a handle: no @, no blanks, lower case.';
comment on function private.loyalty_period_last_day(date, date, integer) is 'Last day of the period that starts at p_start, in a row of periods measured off from p_anchor; month ends are clamped without drifting.';
comment on function private.tg_loyalty_creators__derive() is 'Fills handle key, search text and the first period of a creator.';
comment on function private.tg_people__name_creator() is 'Carries a changed name of a person to her creator row.';
