-- Loyalty: the check. Compares the waiting rows with what is stored and writes every outcome; changes no figure.

-- functions
-- Two rows for one video cannot both be right: the later one is used, the earlier ones are set aside and say so.
create function private.loyalty_set_doubles_aside(p_client uuid, p_run uuid) returns bigint
language plpgsql set search_path = '' set work_mem = '64MB' as $$
declare
  v_videos uuid[];
  v_kept bigint[];
  v_unchanged bigint;
  v_others bigint;
begin
  -- A row for a video nobody has seen carries an id made of its address, so one column tells doubles of every kind.
  select array_agg(d.video_id), array_agg(d.kept) into v_videos, v_kept
    from (select u.video_id, max(u.line) as kept
            from (select w.video_id, w.line from public.loyalty_sync_run_rows w
                   where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')
                  union all
                  select r.video_id, r.line from private.loyalty_import_rows r where r.run_id = p_run) u
           group by u.video_id having count(*) > 1) d;
  if v_videos is null then
    return 0;
  end if;
  update public.loyalty_sync_run_rows w
     set outcome = 'duplicate', reason = 'laterRowUsed', column_name = 'video_url', raw_value = d.kept::text,
         handle = coalesce(w.handle, c.handle), url = coalesce(w.url, v.url)
    from unnest(v_videos, v_kept) d (video_id, kept)
    left join public.loyalty_videos v on v.client_id = p_client and v.id = d.video_id
    left join public.loyalty_creators c on c.client_id = p_client and c.id = v.creator_id
   where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')
     and w.video_id = d.video_id and w.line < d.kept;
  get diagnostics v_others = row_count;
  with removed as (
    delete from private.loyalty_import_rows r using unnest(v_videos, v_kept) d (video_id, kept)
     where r.run_id = p_run and r.video_id = d.video_id and r.line < d.kept
    returning r.line, r.video_id, d.kept
  )
  insert into public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)
  select p_client, p_run, 'duplicate', m.line, 'laterRowUsed', 'video_url', m.kept::text, c.handle, v.url
    from removed m
    join public.loyalty_videos v on v.client_id = p_client and v.id = m.video_id
    join public.loyalty_creators c on c.client_id = p_client and c.id = v.creator_id;
  get diagnostics v_unchanged = row_count;
  return v_unchanged + v_others;
end $$;

-- Each video is found by its key, whatever the planner thinks of a table that was just filled. With nested loops off that
-- lookup stays one, for nothing else is possible, and handles are hashed; a plan that looks this dear must not be compiled.
create function private.loyalty_compare_part(p_client uuid, p_run uuid) returns void
language plpgsql set search_path = '' set enable_nestloop = off set jit = off set work_mem = '32MB' as $$
declare
  v_told bigint;
  v_rows bigint;
  v_from bigint;
  v_to bigint;
begin
  insert into public.loyalty_sync_run_rows (
    client_id, run_id, outcome, line, reason, column_name, raw_value, handle, creator_id, video_id, video_at,
    url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp,
    views_before, likes_before, comments_before, gmv_before, units_before,
    ctr_bp_before, url_before, title_before, posted_on_before, run_before, figures_before)
  select p_client, p_run, m.outcome, m.line, m.reason,
         case when m.reason is not null then 'handle' end, case when m.reason is not null then m.handle end,
         case when m.outcome <> 'changed' then m.handle end, m.creator_id,
         coalesce(m.video_id, overlay(overlay(md5(p_run::text || m.url_key) placing '8' from 13) placing 'a' from 17)::uuid),
         case when m.outcome = 'changed' then m.video_at end,
         -- What a changed row does not change is not written twice: this is most of a night's volume.
         case when m.outcome <> 'changed' or m.url <> m.o_url then m.url end, case when m.outcome <> 'changed' then m.url_key end,
         case when m.outcome <> 'changed' or m.title <> m.o_title then m.title end,
         case when m.outcome <> 'changed' or m.posted_on <> m.o_posted_on then m.posted_on end,
         m.views, m.likes, m.comments, m.gmv, m.units, m.ctr_bp, m.o_views, m.o_likes, m.o_comments, m.o_gmv, m.o_units,
         m.o_ctr_bp, case when m.url <> m.o_url then m.o_url end, case when m.title <> m.o_title then m.o_title end,
         case when m.posted_on <> m.o_posted_on then m.o_posted_on end, m.o_run, m.o_figures
    from (
      select s.line, s.handle, s.url, s.url_key, s.title, s.posted_on, s.views, s.likes, s.comments, s.gmv, s.units, s.ctr_bp,
             case when h.status = 'known' then h.creator_id end as creator_id, v.id as video_id, v.at as video_at,
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
        from pg_temp.loyalty_import_part s
        join private.loyalty_match_handles(p_client) h on h.handle_key = s.handle_key
        left join lateral (
         select x.ctid as at, x.* from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v on true
      -- Kept apart from the columns above, each of which would decide the outcome anew.
      offset 0
    ) m
   where m.outcome is not null;
  get diagnostics v_told = row_count;
  -- Rows without an outcome change nothing, but the totals of the file and the search for doubles need them.
  select count(*), min(s.line), max(s.line) into v_rows, v_from, v_to from pg_temp.loyalty_import_part s;
  if v_told < v_rows then
    insert into private.loyalty_import_rows (run_id, line, video_id, views, gmv, units)
    select p_run, s.line, v.id, s.views, s.gmv, s.units
      from pg_temp.loyalty_import_part s
     cross join lateral (
       select x.id from public.loyalty_videos x where x.client_id = p_client and x.url_key = s.url_key limit 1) v
     where s.line not in (select w.line from public.loyalty_sync_run_rows w
                           where w.client_id = p_client and w.run_id = p_run and w.line between v_from and v_to);
  end if;
end $$;

-- Guards: what must be true before a file may be saved without a second look.
create function private.loyalty_run_checks(p_run public.loyalty_sync_runs) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_settings public.loyalty_settings;
  v_fall numeric;
  v_unmatched numeric;
  v_rejected numeric;
  v_last bigint;
  v_shrunk numeric := 0;
begin
  select * into v_settings from public.loyalty_settings s where s.client_id = p_run.client_id;
  v_fall := greatest(
    100.0 * (p_run.sales_before - p_run.sales_after) / nullif(p_run.sales_before, 0),
    100.0 * (p_run.units_before - p_run.units_after) / nullif(p_run.units_before, 0),
    100.0 * (p_run.views_before - p_run.views_after) / nullif(p_run.views_before, 0), 0);
  v_unmatched := coalesce(100.0 * p_run.rows_unmatched / nullif(p_run.rows_read - p_run.rows_blank, 0), 0);
  v_rejected := coalesce(100.0 * p_run.rows_rejected / nullif(p_run.rows_read - p_run.rows_blank, 0), 0);
  select r.file_sales into v_last from public.loyalty_sync_runs r
   where r.client_id = p_run.client_id and r.state = 'saved' and r.id <> p_run.id and r.source = p_run.source
   order by r.saved_at desc limit 1;
  v_shrunk := coalesce(100.0 * (v_last - p_run.file_sales) / nullif(v_last, 0), 0);
  return jsonb_build_array(
    jsonb_build_object('code', 'columns', 'isOk', true, 'value', coalesce(p_run.mapping_version, 0)),
    jsonb_build_object('code', 'unmatched', 'isOk', v_unmatched <= v_settings.unmatched_warn_percent,
      'value', round(v_unmatched, 2), 'limit', v_settings.unmatched_warn_percent),
    -- A sender who changes how days are written loses rows just as surely as one who changes handles.
    jsonb_build_object('code', 'rejected', 'isOk', v_rejected <= v_settings.unmatched_warn_percent,
      'value', round(v_rejected, 2), 'limit', v_settings.unmatched_warn_percent),
    jsonb_build_object('code', 'fall', 'isOk', v_fall <= v_settings.fall_guard_percent, 'stops', v_fall > v_settings.fall_guard_percent,
      'value', round(v_fall, 1), 'limit', v_settings.fall_guard_percent),
    jsonb_build_object('code', 'shrunk', 'isOk', v_shrunk <= v_settings.fall_guard_percent,
      'stops', p_run.is_unattended and v_shrunk > v_settings.fall_guard_percent,
      'value', round(greatest(v_shrunk, 0), 1), 'limit', v_settings.fall_guard_percent),
    jsonb_build_object('code', 'repeat', 'isOk', p_run.repeats_run_id is null));
end $$;

create function private.loyalty_check_run(p_client uuid, p_run uuid, p_may_have_doubles boolean) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_checks jsonb;
  v_renamed text[];
begin
  -- Each part was compared while the next one was read; what is left concerns the file as a whole.
  if p_may_have_doubles then
    perform private.loyalty_set_doubles_aside(p_client, p_run);
  end if;
  -- One known video gives a new name away: none of its rows may make a second creator.
  v_renamed := array(
    select distinct lower(k.handle) from public.loyalty_sync_run_rows k
     where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleChanged');
  if cardinality(v_renamed) > 0 then
    update public.loyalty_sync_run_rows w set reason = 'handleChanged'
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
       and lower(w.handle) = any (v_renamed);
  end if;

  with told as (
    select w.outcome, w.reason is not distinct from 'handleUnseen' as is_unseen, count(*) as n,
           sum(w.gmv) as sales, sum(w.units) as units, sum(w.views) as views,
           sum(w.gmv_before) as sales_before, sum(w.units_before) as units_before, sum(w.views_before) as views_before
      from public.loyalty_sync_run_rows w where w.client_id = p_client and w.run_id = p_run group by 1, 2
  ), counted as (
    select coalesce(sum(t.n) filter (where t.outcome = 'new'), 0) as n_new,
           coalesce(sum(t.n) filter (where t.outcome = 'changed'), 0) as n_changed,
           coalesce(sum(t.n) filter (where t.outcome = 'unmatched'), 0) as n_unmatched,
           coalesce(sum(t.n) filter (where t.outcome = 'rejected'), 0) as n_rejected,
           coalesce(sum(t.n) filter (where t.outcome = 'duplicate'), 0) as n_duplicate,
           coalesce(sum(t.n) filter (where t.outcome = 'unmatched' and t.is_unseen), 0) as n_to_add,
           coalesce(sum(t.sales) filter (where t.outcome in ('new', 'unmatched')), 0) as new_sales,
           coalesce(sum(t.sales) filter (where t.outcome = 'changed'), 0) as sales,
           coalesce(sum(t.units) filter (where t.outcome = 'changed'), 0) as units,
           coalesce(sum(t.views) filter (where t.outcome = 'changed'), 0) as views,
           coalesce(sum(t.sales_before) filter (where t.outcome = 'changed'), 0) as sales_before,
           coalesce(sum(t.units_before) filter (where t.outcome = 'changed'), 0) as units_before,
           coalesce(sum(t.views_before) filter (where t.outcome = 'changed'), 0) as views_before
      from told t
  ), unchanged as (
    select count(*) as n, coalesce(sum(s.gmv), 0) as sales, coalesce(sum(s.units), 0) as units, coalesce(sum(s.views), 0) as views
      from private.loyalty_import_rows s where s.run_id = p_run
  )
  update public.loyalty_sync_runs r
     set rows_new = o.n_new, rows_changed = o.n_changed, rows_unmatched = o.n_unmatched, rows_rejected = o.n_rejected,
         rows_duplicate = o.n_duplicate, rows_unchanged = u.n, rows_to_add = o.n_to_add, creators_to_add = h.n_unseen,
         file_sales = u.sales + o.sales + o.new_sales,
         sales_before = u.sales + o.sales_before, sales_after = u.sales + o.sales,
         units_before = u.units + o.units_before, units_after = u.units + o.units,
         views_before = u.views + o.views_before, views_after = u.views + o.views
    from counted o, unchanged u,
         (select count(distinct lower(k.handle)) as n_unseen from public.loyalty_sync_run_rows k
           where k.client_id = p_client and k.run_id = p_run and k.outcome = 'unmatched' and k.reason = 'handleUnseen') h
   where r.client_id = p_client and r.id = p_run
  returning r.* into v_run;
  v_checks := private.loyalty_run_checks(v_run);
  update public.loyalty_sync_runs r set checks = v_checks, checked_at = clock_timestamp()
   where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_drop_staging(p_run);
  return v_checks;
end $$;

-- comments
comment on function private.loyalty_set_doubles_aside(uuid, uuid) is 'Keeps the last row of each video in a file and records the others.';
comment on function private.loyalty_compare_part(uuid, uuid) is 'Writes new, changed and unmatched rows of a part with the values before and after, and notes the unchanged ones.';
comment on function private.loyalty_run_checks(public.loyalty_sync_runs) is 'Unmatched and rejected share, fall of totals, a file much smaller than the last: each with its limit and whether it stops the run.';
comment on function private.loyalty_check_run(uuid, uuid, boolean) is 'Counts the outcomes of a file that was read and compared to its end, and decides its guards.';
