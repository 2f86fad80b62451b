-- Loyalty: how active creators stand in the open period. Of others it tells handle, tier and figure, nothing else.

-- functions
create function private.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_me public.loyalty_creators;
  v_limit integer := least(greatest(p_limit, 1), 100);
begin
  select c.* into v_me from public.loyalty_creators c
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
  if v_me.id is null and not private.has_permission(p_client, 'loyalty.creators.read') then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client and s.leaderboard_shown;
  if not found then
    raise exception using errcode = 'TN001', message = 'This business shows no leaderboard.';
  end if;
  -- Whoever is hidden takes no place in what others see, so a gap in the ranks gives nobody away.
  return (
    with ranked as materialized (
      select x.id, x.handle, x.tier_id, x.value, rank() over (order by x.value desc) as place
        from (select c.id, c.handle, c.tier_id,
                     case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then c.total_sales
                          when v_settings.tier_mode = 'lifetime' then c.total_units
                          when v_settings.metric = 'sales' then c.period_sales else c.period_units end as value
                from public.loyalty_creators c
               where c.client_id = p_client and c.state = 'active' and c.total_videos > 0
                 and (c.is_on_leaderboard or c.id = v_me.id)) x
    ), page as (
      select r.* from ranked r
       where p_cursor is null or r.value < (p_cursor ->> 'v')::bigint
          or (r.value = (p_cursor ->> 'v')::bigint and r.id > (p_cursor ->> 'id')::uuid)
       order by r.value desc, r.id limit v_limit + 1
    )
    select jsonb_build_object(
      'metric', v_settings.metric, 'tierMode', v_settings.tier_mode, 'currency', v_settings.currency,
      'total', (select count(*)::integer from ranked),
      'me', case when v_me.id is not null then jsonb_build_object('isShown', v_me.is_on_leaderboard,
              'rank', (select r.place from ranked r where r.id = v_me.id), 'value', (select r.value from ranked r where r.id = v_me.id)) end,
      'hasMore', (select count(*) from page) > v_limit,
      'last', (select jsonb_build_object('v', p.value, 'id', p.id) from (select * from page order by value desc, id limit v_limit) p
                order by p.value, p.id desc limit 1),
      'items', (select coalesce(jsonb_agg(jsonb_build_object('rank', p.place, 'handle', p.handle, 'tierName', t.name, 'tierColor', t.color,
                         'value', p.value, 'isMe', p.id is not distinct from v_me.id) order by p.value desc, p.id), '[]')
                  from (select * from page order by value desc, id limit v_limit) p
                  join public.loyalty_tiers t on t.client_id = p_client and t.id = p.tier_id)));
end $$;

create function private.loyalty_set_leaderboard(p_client uuid, p_shown boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.loyalty_creators c set is_on_leaderboard = coalesce(p_shown, c.is_on_leaderboard)
   where c.client_id = p_client and c.person_id = private.my_person(p_client) and c.id = any (private.my_creators());
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
end $$;

create function public.loyalty_read_leaderboard(p_client uuid, p_cursor jsonb default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_read_leaderboard(p_client, p_cursor, p_limit); end $$;
create function public.loyalty_set_leaderboard(p_client uuid, p_shown boolean) returns void
language plpgsql set search_path = '' as $$ begin perform private.loyalty_set_leaderboard(p_client, p_shown); end $$;

-- grants
grant execute on function private.loyalty_read_leaderboard(uuid, jsonb, integer), public.loyalty_read_leaderboard(uuid, jsonb, integer),
  private.loyalty_set_leaderboard(uuid, boolean), public.loyalty_set_leaderboard(uuid, boolean) to authenticated;

-- comments
comment on function private.loyalty_read_leaderboard(uuid, jsonb, integer) is 'A keyset page of the ranking of the open period; with tiers for life, of everything ever sold. Equal figures share a rank. TN001 where the business shows none.';
comment on function public.loyalty_read_leaderboard(uuid, jsonb, integer) is 'A keyset page of the ranking of the open period; with tiers for life, of everything ever sold. Equal figures share a rank. TN001 where the business shows none.';
comment on function private.loyalty_set_leaderboard(uuid, boolean) is 'Shows the caller on the leaderboard, or hides her from everybody else.';
comment on function public.loyalty_set_leaderboard(uuid, boolean) is 'Shows the caller on the leaderboard, or hides her from everybody else.';
