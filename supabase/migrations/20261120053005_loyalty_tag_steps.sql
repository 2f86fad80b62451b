-- Loyalty: giving creators tags, and which tags there are.

-- functions
create function private.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[]) returns text[]
language plpgsql security definer set search_path = '' as $$
declare
  v_tags text[] := array(select distinct lower(btrim(t.tag)) from unnest(coalesce(p_tags, '{}')) t (tag) order by 1);
  v_wrong text;
  v_added bigint;
begin
  perform private.require_permission(p_client, 'loyalty.creators.write');
  -- Before the creator, like the nightly pass: a tag may start missions.
  perform pg_advisory_xact_lock(hashtextextended('loyalty.pass:' || p_client, 0));
  perform 1 from public.loyalty_creators c where c.client_id = p_client and c.id = p_creator and c.state = 'active' for no key update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this creator.';
  end if;
  select t.tag into v_wrong from unnest(v_tags) t (tag) where t.tag !~ '^[a-z0-9][a-z0-9-]{0,29}$' limit 1;
  if found then
    raise exception using errcode = 'VA001', detail = 'tags', message = 'A tag has up to 30 letters, numbers and hyphens.';
  elsif cardinality(v_tags) > 20 then
    raise exception using errcode = 'VA001', detail = 'tags', message = 'A creator has at most 20 tags.';
  end if;
  delete from public.loyalty_creator_tags g where g.client_id = p_client and g.creator_id = p_creator and g.tag <> all (v_tags);
  insert into public.loyalty_creator_tags (client_id, creator_id, tag)
  select p_client, p_creator, t.tag from unnest(v_tags) t (tag) on conflict do nothing;
  get diagnostics v_added = row_count;
  if v_added > 0 then
    perform private.loyalty_unlock_missions(p_client, p_creator);
  end if;
  -- Rewards for a tag open and close with it.
  perform private.loyalty_renew_offers(p_client, (select private.local_date(now(), k.time_zone) from public.clients k where k.id = p_client),
                                       null, p_creator);
  return v_tags;
end $$;

create function private.loyalty_list_tags(p_client uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_client, 'loyalty.creators.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('tag', g.tag, 'creators', g.creators) order by g.tag), '[]')
            from (select t.tag, count(*) as creators
                    from public.loyalty_creator_tags t
                    join public.loyalty_creators c on c.client_id = t.client_id and c.id = t.creator_id and c.state = 'active'
                   where t.client_id = p_client group by t.tag order by t.tag limit 500) g);
end $$;

create function public.loyalty_save_creator_tags(p_client uuid, p_creator uuid, p_tags text[]) returns text[]
language plpgsql set search_path = '' as $$ begin return private.loyalty_save_creator_tags(p_client, p_creator, p_tags); end $$;
create function public.loyalty_list_tags(p_client uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.loyalty_list_tags(p_client); end $$;

-- grants
grant execute on function private.loyalty_save_creator_tags(uuid, uuid, text[]), public.loyalty_save_creator_tags(uuid, uuid, text[]) to authenticated;
grant execute on function private.loyalty_list_tags(uuid), public.loyalty_list_tags(uuid) to authenticated;

-- comments
comment on function private.loyalty_save_creator_tags(uuid, uuid, text[]) is 'Gives a creator exactly these tags, and starts the missions they bring.';
comment on function public.loyalty_save_creator_tags(uuid, uuid, text[]) is 'Gives a creator exactly these tags, and starts the missions they bring.';
comment on function private.loyalty_list_tags(uuid) is 'Tags in use, with how many creators have each.';
comment on function public.loyalty_list_tags(uuid) is 'Tags in use, with how many creators have each.';
