-- Loyalty: the creators page and one creator's page. Pages run under row security; only search and counting are
-- checked definer functions, because part of a word cannot be looked up below a policy.

-- functions
create function private.loyalty_find_creators(p_client uuid, p_search text) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_text text := lower(regexp_replace(btrim(p_search), '^@+', ''));
begin
  perform private.require_permission(p_client, 'loyalty.creators.read');
  v_text := replace(replace(replace(v_text, '\', '\\'), '%', '\%'), '_', '\_');
  return coalesce((
    select array_agg(f.id) from (
      select c.id from public.loyalty_creators c
       where c.client_id = p_client and c.search_text like '%' || v_text || '%' limit 1000) f), '{}');
end $$;

create function private.loyalty_count_creators(p_client uuid, p_search text, p_tiers uuid[], p_min_sales bigint, p_state text) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
  v_found uuid[] := case when nullif(btrim(p_search), '') is not null then private.loyalty_find_creators(p_client, p_search) end;
begin
  perform private.require_permission(p_client, 'loyalty.creators.read');
  return (
    select count(*) from public.loyalty_creators c
     where c.client_id = p_client and c.state = p_state
       and (p_tiers is null or c.tier_id = any (p_tiers)) and (p_min_sales is null or c.period_sales >= p_min_sales)
       and (v_found is null or c.id = any (v_found)));
end $$;

create function public.loyalty_list_creators(
  p_client uuid, p_search text default null, p_tiers uuid[] default null, p_min_sales bigint default null, p_state text default 'active',
  p_sort text default 'sales', p_direction text default 'desc', p_cursor jsonb default null, p_limit integer default 50,
  p_with_count boolean default true) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_column text := case p_sort when 'sales' then 'period_sales' when 'total' then 'total_sales' when 'video' then 'last_video_sort'
                               when 'handle' then 'handle_key' end;
  v_type text := case p_sort when 'video' then 'date' when 'handle' then 'text' else 'bigint' end;
  v_back boolean := coalesce((p_cursor ->> 'back')::boolean, false);
  v_up boolean := (p_direction = 'asc') <> v_back;
  v_limit integer := least(greatest(p_limit, 1), 200);
  v_found uuid[];
  v_items jsonb;
  v_count integer;
begin
  if v_column is null then
    raise exception using errcode = 'VA001', message = 'This list cannot be sorted like that.', detail = 'sort';
  end if;
  if nullif(btrim(p_search), '') is not null then
    v_found := private.loyalty_find_creators(p_client, p_search);
  end if;
  -- One statement for each order, so that the index of that order is walked and the page is its first rows.
  execute format($q$
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'handle', x.handle, 'name', x.display_name, 'state', x.state, 'tierId', x.tier_id,
             'tierSince', x.tier_since, 'isPinned', x.is_pinned, 'periodStart', x.period_start, 'periodEndsOn', x.next_check_on,
             'periodSales', x.period_sales, 'periodUnits', x.period_units, 'totalSales', x.total_sales, 'totalUnits', x.total_units,
             'periodVideos', x.period_videos, 'totalVideos', x.total_videos, 'lastVideoOn', x.last_video_on,
             'cursor', jsonb_build_object('v', x.%1$I, 'id', x.id)) order by x.%1$I %2$s, x.id %2$s), '[]'), count(*)
      from (select c.* from public.loyalty_creators c
             where c.client_id = $1 and c.state = $2 %3$s
             order by c.%1$I %2$s, c.id %2$s limit $3) x
  $q$, v_column, case when v_up then 'asc' else 'desc' end,
    concat_ws(' ',
      case when p_tiers is not null then 'and c.tier_id = any ($4)' end,
      case when p_min_sales is not null then 'and c.period_sales >= $5' end,
      case when v_found is not null then 'and c.id = any ($6)' end,
      case when p_cursor ? 'id' then format('and (c.%I, c.id) %s (($7 ->> ''v'')::%s, ($7 ->> ''id'')::uuid)', v_column,
                                            case when v_up then '>' else '<' end, v_type) end))
    into v_items, v_count
    using p_client, p_state, v_limit + 1, p_tiers, p_min_sales, v_found, p_cursor;
  return jsonb_build_object(
    'items', case when v_back then (select coalesce(jsonb_agg(i.value order by i.ordinality desc), '[]')
                                      from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit)
                  else (select coalesce(jsonb_agg(i.value order by i.ordinality), '[]')
                          from jsonb_array_elements(v_items) with ordinality i where i.ordinality <= v_limit) end,
    'hasMore', v_count > v_limit,
    'total', case when p_with_count then private.loyalty_count_creators(p_client, p_search, p_tiers, p_min_sales, p_state) end);
end $$;

create function public.loyalty_read_creator(p_client uuid, p_creator uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_creator public.loyalty_creators;
  v_settings public.loyalty_settings;
  v_last date;
begin
  select c.* into v_creator from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  select s.* into v_settings from public.loyalty_settings s where s.client_id = p_client;
  select coalesce(n.last_business_date, current_date) into v_last from public.loyalty_nights n where n.client_id = p_client;
  return jsonb_build_object(
    'id', v_creator.id, 'personId', v_creator.person_id, 'handle', v_creator.handle, 'name', v_creator.display_name,
    'state', v_creator.state, 'joinedOn', v_creator.joined_on, 'tierId', v_creator.tier_id, 'tierSince', v_creator.tier_since,
    'isPinned', v_creator.is_pinned, 'pinnedReason', v_creator.pinned_reason,
    'periodStart', v_creator.period_start, 'periodEndsOn', v_creator.next_check_on,
    'totalSales', v_creator.total_sales, 'totalUnits', v_creator.total_units, 'totalVideos', v_creator.total_videos,
    'lastVideoOn', v_creator.last_video_on, 'figuresAt', v_creator.figures_at,
    'value', case when v_settings.tier_mode = 'lifetime' and v_settings.metric = 'sales' then v_creator.total_sales
                  when v_settings.tier_mode = 'lifetime' then v_creator.total_units
                  when v_settings.metric = 'sales' then v_creator.period_sales else v_creator.period_units end,
    'period', jsonb_build_object('sales', v_creator.period_sales, 'units', v_creator.period_units,
      'adjustments', v_creator.period_adjustments, 'views', v_creator.period_views, 'likes', v_creator.period_likes,
      'comments', v_creator.period_comments, 'videos', v_creator.period_videos,
      'refunds', public.loyalty_read_refunds(p_client, p_creator, v_creator.period_start, v_last)),
    'person', (select jsonb_build_object('name', p.display_name, 'email', p.email, 'hasLogin', p.user_id is not null)
                 from public.people p where p.client_id = p_client and p.id = v_creator.person_id),
    'aliases', (select coalesce(jsonb_agg(a.handle_key order by a.created_at), '[]') from public.loyalty_handle_aliases a
                 where a.client_id = p_client and a.creator_id = p_creator),
    'handleChanges', (select coalesce(jsonb_agg(jsonb_build_object('old', h.old_handle, 'new', h.new_handle, 'at', h.created_at,
                        'videosMoved', h.videos_moved, 'isMerge', h.merged_creator_id is not null) order by h.created_at desc), '[]')
                        from public.loyalty_handle_changes h where h.client_id = p_client and h.creator_id = p_creator),
    'decision', public.loyalty_read_decision(p_client, p_creator),
    'weeks', public.loyalty_read_weeks(p_client, p_creator, v_creator.period_start, v_last));
end $$;

-- grants
grant execute on function public.loyalty_list_creators(uuid, text, uuid[], bigint, text, text, text, jsonb, integer, boolean) to authenticated;
grant execute on function public.loyalty_read_creator(uuid, uuid) to authenticated;
grant execute on function private.loyalty_find_creators(uuid, text) to authenticated;
grant execute on function private.loyalty_count_creators(uuid, text, uuid[], bigint, text) to authenticated;

-- comments
comment on function public.loyalty_list_creators(uuid, text, uuid[], bigint, text, text, text, jsonb, integer, boolean) is 'A keyset page of creators. Cursor: v, id of the row to go on from, back to go towards the start.';
comment on function public.loyalty_read_creator(uuid, uuid) is 'Everything on one creator''s page except her lists.';
comment on function private.loyalty_find_creators(uuid, text) is 'Creators whose handle or name contains a text, at most a thousand.';
comment on function private.loyalty_count_creators(uuid, text, uuid[], bigint, text) is 'How many creators a filter of the creators page finds.';
