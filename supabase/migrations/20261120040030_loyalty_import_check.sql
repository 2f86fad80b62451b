-- Loyalty: the check. Compares the waiting rows with what is stored and writes every outcome; changes no figure.

-- functions
-- Two rows for one video cannot both be right: the later one is used, the earlier ones are set aside and say so.
create function private.loyalty_set_doubles_aside(p_client uuid, p_run uuid) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  if not exists (select from private.loyalty_import_rows r where r.run_id = p_run group by r.url_key having count(*) > 1) then
    return 0;
  end if;
  analyze private.loyalty_import_rows;
  with doubles as materialized (
    select r.url_key, max(r.line) as kept from private.loyalty_import_rows r
     where r.run_id = p_run group by r.url_key having count(*) > 1
  ), removed as (
    delete from private.loyalty_import_rows r using doubles d
     where r.run_id = p_run and r.url_key = d.url_key and r.line < d.kept
    returning r.line, r.handle, r.url, d.kept
  )
  insert into public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)
  select p_client, p_run, 'duplicate', m.line, 'laterRowUsed', 'video_url', m.kept::text, m.handle, m.url from removed m
  -- Takes the place of the outcome written when its part was compared.
  on conflict (client_id, run_id, line) do update
    set outcome = 'duplicate', reason = excluded.reason, column_name = excluded.column_name, raw_value = excluded.raw_value;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function private.loyalty_compare_rows(p_client uuid, p_run uuid, p_from bigint, p_to bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.loyalty_match_handles(p_client, p_run, p_from, p_to);
  insert into public.loyalty_sync_run_rows (
    client_id, run_id, outcome, line, reason, column_name, raw_value, handle, creator_id, video_id, url, url_key, title, posted_on,
    views, likes, comments, gmv, units, ctr_bp, views_before, likes_before, comments_before, gmv_before, units_before,
    ctr_bp_before, url_before, title_before, posted_on_before, run_before, figures_before)
  select p_client, p_run, m.outcome, m.line, m.reason,
         case when m.reason is not null then 'handle' end, case when m.reason is not null then m.handle end,
         case when m.outcome <> 'changed' then m.handle end, m.creator_id, coalesce(m.video_id, gen_random_uuid()),
         -- What a changed row does not change is not written twice: this is most of a night's volume.
         case when m.outcome <> 'changed' or m.url <> m.o_url then m.url end, case when m.outcome <> 'changed' then m.url_key end,
         case when m.outcome <> 'changed' or m.title <> m.o_title then m.title end,
         case when m.outcome <> 'changed' or m.posted_on <> m.o_posted_on then m.posted_on end,
         m.views, m.likes, m.comments, m.gmv, m.units, m.ctr_bp, m.o_views, m.o_likes, m.o_comments, m.o_gmv, m.o_units,
         m.o_ctr_bp, case when m.url <> m.o_url then m.o_url end, case when m.title <> m.o_title then m.o_title end,
         case when m.posted_on <> m.o_posted_on then m.o_posted_on end, m.o_run, m.o_figures
    from (
      select s.line, s.handle, s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp,
             case when h.status = 'known' then h.creator_id end as creator_id, v.id as video_id,
             v.views as o_views, v.likes as o_likes, v.comments as o_comments, v.gmv as o_gmv, v.units as o_units,
             v.ctr_bp as o_ctr_bp, v.url as o_url, v.title as o_title, v.posted_on as o_posted_on,
             v.last_run_id as o_run, v.figures_at as o_figures,
             case when h.status <> 'known' or v.creator_id <> h.creator_id then 'unmatched'
                  when v.id is null then 'new'
                  when (v.views, v.likes, v.comments, v.gmv, v.units, v.title, v.posted_on)
                       is distinct from (s.views, s.likes, s.comments, s.gmv, s.units, s.title, s.posted_on)
                    or v.ctr_bp is distinct from s.ctr_bp then 'changed' end as outcome,
             -- A known video under an unseen handle: her creator has a new name, which a person confirms.
             case h.status when 'unseen' then
                       case when v.creator_id is distinct from h.creator_id and v.id is not null then 'handleChanged' else 'handleUnseen' end
                  when 'archived' then 'creatorArchived'
                  else case when v.creator_id <> h.creator_id then 'otherCreator' end end as reason
        from private.loyalty_import_rows s
       -- Looked up by key, row by row: what the planner thinks of a table that was just filled must not matter.
       cross join lateral (
         select k.status, k.creator_id from private.loyalty_import_handles k
          where k.run_id = p_run and k.handle_key = s.handle_key limit 1) h
        left join lateral (
         select x.* from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v on true
       where s.run_id = p_run and s.line between p_from and p_to
    ) m
   where m.outcome is not null
   order by m.line;
end $$;

-- Guards: what must be true before a file may be saved without a second look.
create function private.loyalty_run_checks(p_run public.loyalty_sync_runs) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_fall numeric;
  v_unmatched numeric;
  v_last bigint;
  v_shrunk numeric := 0;
  v_had_creators boolean;
begin
  select * into v_settings from public.loyalty_settings s where s.client_id = p_run.client_id;
  v_had_creators := exists (select from public.loyalty_creators c where c.client_id = p_run.client_id);
  v_fall := greatest(
    100.0 * (p_run.sales_before - p_run.sales_after) / nullif(p_run.sales_before, 0),
    100.0 * (p_run.units_before - p_run.units_after) / nullif(p_run.units_before, 0),
    100.0 * (p_run.views_before - p_run.views_after) / nullif(p_run.views_before, 0), 0);
  v_unmatched := 100.0 * p_run.rows_unmatched / nullif(p_run.rows_read - p_run.rows_blank, 0);
  select r.file_sales into v_last from public.loyalty_sync_runs r
   where r.client_id = p_run.client_id and r.state = 'saved' and r.id <> p_run.id and r.source = p_run.source
   order by r.saved_at desc limit 1;
  v_shrunk := coalesce(100.0 * (v_last - p_run.file_sales) / nullif(v_last, 0), 0);
  return jsonb_build_array(
    jsonb_build_object('code', 'columns', 'isOk', true, 'value', coalesce(p_run.mapping_version, 0)),
    jsonb_build_object('code', 'unmatched', 'isOk', not v_had_creators or coalesce(v_unmatched, 0) <= v_settings.unmatched_warn_percent,
      'value', round(coalesce(v_unmatched, 0), 2), 'limit', v_settings.unmatched_warn_percent),
    jsonb_build_object('code', 'fall', 'isOk', v_fall <= v_settings.fall_guard_percent, 'stops', v_fall > v_settings.fall_guard_percent,
      'value', round(v_fall, 1), 'limit', v_settings.fall_guard_percent),
    jsonb_build_object('code', 'shrunk', 'isOk', v_shrunk <= v_settings.fall_guard_percent,
      'stops', p_run.is_unattended and v_shrunk > v_settings.fall_guard_percent,
      'value', round(greatest(v_shrunk, 0), 1), 'limit', v_settings.fall_guard_percent),
    jsonb_build_object('code', 'repeat', 'isOk', p_run.repeats_run_id is null));
end $$;

create function private.loyalty_check_run(p_client uuid, p_run uuid, p_again boolean default false) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_checks jsonb;
  v_renamed text[];
begin
  -- Each part was compared while the next one was read. Again from the start only if something was saved since.
  if p_again then
    delete from public.loyalty_sync_run_rows r
     where r.client_id = p_client and r.run_id = p_run and r.outcome not in ('rejected', 'duplicate');
    delete from private.loyalty_import_handles h where h.run_id = p_run;
    analyze private.loyalty_import_rows;
    perform private.loyalty_compare_rows(p_client, p_run, 0, 9223372036854775807);
  end if;
  perform private.loyalty_set_doubles_aside(p_client, p_run);
  -- One known video gives a new name away: none of its rows may make a second creator.
  v_renamed := array(
    select distinct lower(k.handle) from public.loyalty_sync_run_rows k
     where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleChanged');
  if cardinality(v_renamed) > 0 then
    update public.loyalty_sync_run_rows w set reason = 'handleChanged'
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
       and lower(w.handle) = any (v_renamed);
  end if;

  update public.loyalty_sync_runs r
     set rows_new = o.n_new, rows_changed = o.n_changed, rows_unmatched = o.n_unmatched, rows_rejected = o.n_rejected,
         rows_duplicate = o.n_duplicate, rows_to_add = o.n_to_add, creators_to_add = h.n_unseen,
         rows_unchanged = f.n_rows - o.n_new - o.n_changed - o.n_unmatched,
         file_sales = f.sales,
         sales_before = f.sales - o.new_sales - o.d_sales, sales_after = f.sales - o.new_sales,
         units_before = f.units - o.new_units - o.d_units, units_after = f.units - o.new_units,
         views_before = f.views - o.new_views - o.d_views, views_after = f.views - o.new_views
    from (select count(*) filter (where w.outcome = 'new') as n_new,
                 count(*) filter (where w.outcome = 'changed') as n_changed,
                 count(*) filter (where w.outcome = 'unmatched') as n_unmatched,
                 count(*) filter (where w.outcome = 'rejected') as n_rejected,
                 count(*) filter (where w.outcome = 'duplicate') as n_duplicate,
                 count(*) filter (where w.reason = 'handleUnseen') as n_to_add,
                 coalesce(sum(w.gmv) filter (where w.outcome in ('new', 'unmatched')), 0) as new_sales,
                 coalesce(sum(w.units) filter (where w.outcome in ('new', 'unmatched')), 0) as new_units,
                 coalesce(sum(w.views) filter (where w.outcome in ('new', 'unmatched')), 0) as new_views,
                 coalesce(sum(w.gmv - w.gmv_before) filter (where w.outcome = 'changed'), 0) as d_sales,
                 coalesce(sum(w.units - w.units_before) filter (where w.outcome = 'changed'), 0) as d_units,
                 coalesce(sum(w.views - w.views_before) filter (where w.outcome = 'changed'), 0) as d_views
            from public.loyalty_sync_run_rows w where w.client_id = p_client and w.run_id = p_run) o,
         (select count(*) as n_rows, coalesce(sum(s.gmv), 0) as sales, coalesce(sum(s.units), 0) as units,
                 coalesce(sum(s.views), 0) as views
            from private.loyalty_import_rows s where s.run_id = p_run) f,
         (select count(distinct lower(k.handle)) as n_unseen from public.loyalty_sync_run_rows k
           where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleUnseen') h
   where r.client_id = p_client and r.id = p_run
  returning r.* into v_run;
  v_checks := private.loyalty_run_checks(v_run);
  update public.loyalty_sync_runs r set checks = v_checks, checked_at = clock_timestamp()
   where r.client_id = p_client and r.id = p_run;
  return v_checks;
end $$;

-- comments
comment on function private.loyalty_set_doubles_aside(uuid, uuid) is 'Keeps the last row of each video in a file and records the others.';
comment on function private.loyalty_compare_rows(uuid, uuid, bigint, bigint) is 'Writes new, changed and unmatched rows of some lines with the values before and after.';
comment on function private.loyalty_run_checks(public.loyalty_sync_runs) is 'Unmatched share, fall of totals, a file much smaller than the last: each with its limit and whether it stops the run.';
comment on function private.loyalty_check_run(uuid, uuid, boolean) is 'Compares a read file with what is stored and counts the outcomes. Running it again gives the same result.';
