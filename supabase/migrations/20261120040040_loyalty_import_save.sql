-- Loyalty: saving a checked run, and undoing it while nothing was saved after it. Each is one transaction.

-- functions
-- Handles nobody has seen become people without a login, in the entry tier; those an undo archived come back.
create function private.loyalty_add_unseen_creators(p_run public.loyalty_sync_runs) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  with revived as (
    update public.loyalty_creators c set state = 'active'
      from (select distinct lower(w.handle) as handle_key from public.loyalty_sync_run_rows w
             where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen') k
     where c.client_id = p_run.client_id and c.handle_key = k.handle_key and c.state = 'archived'
    returning c.id
  )
  insert into public.loyalty_sync_run_creators (client_id, run_id, creator_id, is_revived)
  select p_run.client_id, p_run.id, r.id, true from revived r;

  with fresh as materialized (
    select min(w.handle) as handle, lower(w.handle) as handle_key, gen_random_uuid() as person_id, gen_random_uuid() as creator_id
      from public.loyalty_sync_run_rows w
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
       and not exists (select from public.loyalty_creators c
                        where c.client_id = p_run.client_id and c.handle_key = lower(w.handle))
     group by lower(w.handle)
  ), added_people as (
    insert into public.people (id, client_id, display_name)
    select f.person_id, p_run.client_id, f.handle from fresh f
  ), added_roles as (
    insert into public.person_roles (client_id, person_id, role_id)
    select p_run.client_id, f.person_id, 'creator' from fresh f
  ), added as (
    insert into public.loyalty_creators (id, client_id, person_id, handle, handle_key, display_name, joined_on)
    select f.creator_id, p_run.client_id, f.person_id, f.handle, f.handle_key, f.handle, p_run.business_date from fresh f
    returning id
  )
  insert into public.loyalty_sync_run_creators (client_id, run_id, creator_id)
  select p_run.client_id, p_run.id, a.id from added a;

  update public.loyalty_sync_run_rows w set creator_id = c.id
    from public.loyalty_creators c
   where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'unmatched' and w.reason = 'handleUnseen'
     and c.client_id = p_run.client_id and c.handle_key = lower(w.handle) and c.state = 'active';
  select count(*) into v_count from public.loyalty_sync_run_creators rc
   where rc.client_id = p_run.client_id and rc.run_id = p_run.id;
  return v_count;
end $$;

-- A video is found where it lay at the check, which takes no index; whatever has moved since is found by its id in a second
-- round. What is written of its night comes from the video as it now is, so both name the same creator.
create function private.loyalty_apply_changed(p_run public.loyalty_sync_runs) returns uuid[]
language plpgsql set search_path = '' set enable_hashjoin = off set enable_mergejoin = off set jit = off set work_mem = '64MB' as $$
declare
  v_found bigint;
  v_all bigint := 0;
  v_creators uuid[];
  v_all_creators uuid[] := '{}';
begin
  for v_round in 1..2 loop
    with moved as (
      update public.loyalty_videos v
         set views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units, ctr_bp = w.ctr_bp,
             url = coalesce(w.url, v.url), title = coalesce(w.title, v.title), posted_on = coalesce(w.posted_on, v.posted_on),
             last_run_id = p_run.id, figures_at = now()
        from public.loyalty_sync_run_rows w
       where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
         -- Not written as an equality of ids: the planner would look each one up in an index.
         and v.ctid = w.video_at and v.id is not distinct from w.video_id and v.client_id = p_run.client_id
         and v.last_run_id is distinct from p_run.id
      returning v.id, v.creator_id, v.views, v.likes, v.comments, v.gmv, v.units,
                v.views - w.views_before as views_delta, v.likes - w.likes_before as likes_delta,
                v.comments - w.comments_before as comments_delta, v.gmv - w.gmv_before as gmv_delta,
                v.units - w.units_before as units_delta, w.has_snapshot
    ), written as (
      insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
        gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
      select p_run.client_id, m.id, p_run.business_date, m.creator_id, p_run.id, m.views, m.likes, m.comments,
             m.gmv, m.units, m.views_delta, m.likes_delta, m.comments_delta, m.gmv_delta, m.units_delta
        from moved m
       where not m.has_snapshot
         and (m.views_delta <> 0 or m.likes_delta <> 0 or m.comments_delta <> 0 or m.gmv_delta <> 0 or m.units_delta <> 0)
       -- In the order of the key: that costs less than going to and fro in its index.
       order by m.id
    )
    select (select count(*) from moved), array(select distinct m.creator_id from moved m) into v_found, v_creators;
    v_all := v_all + v_found;
    v_all_creators := v_all_creators || v_creators;
    exit when v_all = p_run.rows_changed;
    update public.loyalty_sync_run_rows w set video_at = v.ctid
      from public.loyalty_videos v
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
       and v.client_id = p_run.client_id and v.id = w.video_id and v.last_run_id is distinct from p_run.id;
  end loop;
  -- What a foreign key of snapshots would check row by row: every video that moved is there, in this business.
  if v_all <> p_run.rows_changed then
    raise exception using errcode = 'ST002', message = 'Some videos of this file are gone. Read the file again.', detail = 'state';
  end if;
  return v_all_creators;
end $$;

create function private.loyalty_apply_new(p_run public.loyalty_sync_runs) returns uuid[]
language plpgsql set search_path = '' as $$
declare
  v_creators uuid[];
begin
  with added as (
    insert into public.loyalty_videos as v (id, client_id, creator_id, url, url_key, title, posted_on, views, likes, comments,
      gmv, units, ctr_bp, first_seen_on, last_run_id)
    select w.video_id, p_run.client_id, w.creator_id, w.url, w.url_key, w.title, w.posted_on, w.views, w.likes, w.comments,
           w.gmv, w.units, w.ctr_bp, p_run.business_date, p_run.id
      from public.loyalty_sync_run_rows w
     where w.client_id = p_run.client_id and w.run_id = p_run.id and w.creator_id is not null
       and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen'))
     order by w.url_key
    returning v.id, v.creator_id, v.posted_on, v.views, v.likes, v.comments, v.gmv, v.units
  ), written as (
    insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
      gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta, is_opening)
    select p_run.client_id, a.id, case when o.is_opening then a.posted_on else p_run.business_date end, a.creator_id, p_run.id,
           a.views, a.likes, a.comments, a.gmv, a.units, a.views, a.likes, a.comments, a.gmv, a.units, o.is_opening
      from added a
     -- What an old video sold before we first saw it belongs to when it was posted, not to tonight. See loyalty_move_snapshots.
     cross join lateral (select a.posted_on < p_run.business_date - 31 as is_opening) o
  )
  select array(select distinct a.creator_id from added a) into v_creators;
  return v_creators;
end $$;

-- Only a second file on the same night meets a snapshot; which run wrote it, and where it lay, is kept for undo. On the night
-- a video was first seen its one snapshot is its opening: a correction belongs there, also where that is the day it was posted.
create function private.loyalty_move_snapshots(p_run public.loyalty_sync_runs) returns void
language plpgsql set search_path = '' as $$
begin
  if not exists (select from public.loyalty_sync_runs r where r.client_id = p_run.client_id and r.id <> p_run.id
                   and r.business_date = p_run.business_date and r.applied_at is not null) then
    return;
  end if;
  update public.loyalty_sync_run_rows w set has_snapshot = true, snapshot_run_before = s.run_id, snapshot_on_before = s.business_date
    from public.loyalty_videos v
    join public.loyalty_video_snapshots s on s.client_id = v.client_id and s.video_id = v.id and s.is_opening
   where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed'
     and v.client_id = p_run.client_id and v.id = w.video_id and v.first_seen_on = p_run.business_date;
  update public.loyalty_sync_run_rows w set has_snapshot = true, snapshot_run_before = s.run_id, snapshot_on_before = s.business_date
    from public.loyalty_video_snapshots s
   where w.client_id = p_run.client_id and w.run_id = p_run.id and w.outcome = 'changed' and not w.has_snapshot
     and s.client_id = p_run.client_id and s.video_id = w.video_id and s.business_date = p_run.business_date;
  update public.loyalty_video_snapshots s
     set run_id = p_run.id, views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units,
         views_delta = s.views_delta + (w.views - w.views_before), likes_delta = s.likes_delta + (w.likes - w.likes_before),
         comments_delta = s.comments_delta + (w.comments - w.comments_before),
         gmv_delta = s.gmv_delta + (w.gmv - w.gmv_before), units_delta = s.units_delta + (w.units - w.units_before)
    from public.loyalty_sync_run_rows w
   where w.client_id = p_run.client_id and w.run_id = p_run.id and w.has_snapshot
     and s.client_id = p_run.client_id and s.video_id = w.video_id and s.business_date = w.snapshot_on_before;
  -- The day it was posted was corrected as well: the opening lies where it would have lain, had this file come first.
  update public.loyalty_video_snapshots s set business_date = d.opens_on, is_opening = d.opens_on <> p_run.business_date
    from public.loyalty_sync_run_rows w
    join public.loyalty_videos v on v.client_id = w.client_id and v.id = w.video_id and v.first_seen_on = p_run.business_date
   cross join lateral (
     select case when w.posted_on < p_run.business_date - 31 then w.posted_on else p_run.business_date end as opens_on) d
   where w.client_id = p_run.client_id and w.run_id = p_run.id and w.has_snapshot and w.posted_on is not null
     and s.client_id = p_run.client_id and s.video_id = w.video_id and s.business_date = w.snapshot_on_before
     and d.opens_on <> w.snapshot_on_before
     and not exists (select from public.loyalty_video_snapshots o
                      where o.client_id = p_run.client_id and o.video_id = w.video_id and o.business_date = d.opens_on);
end $$;

-- 'stale': since the first row was compared something was saved or undone, a handle has come to mean somebody else or a
-- creator with new videos was archived, so the file must be compared again before anything is written.
create function private.loyalty_save_run(p_client uuid, p_run uuid) returns text
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_added bigint := 0;
  v_creators uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
  select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
  if v_run.state in ('counting', 'saved') then
    return 'done';
  elsif v_run.state is distinct from 'saving' then
    raise exception using errcode = 'ST001', message = 'This import is not being saved.', detail = 'state';
  end if;
  if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
               and (r.applied_at > v_run.started_at or r.undone_at > v_run.started_at))
    or exists (select from public.loyalty_handle_changes h where h.client_id = p_client and h.created_at > v_run.started_at)
    or v_run.rows_new > 0 and exists (
      select from (select distinct w.creator_id from public.loyalty_sync_run_rows w
                    where w.client_id = p_client and w.run_id = p_run and w.outcome = 'new') n
        join public.loyalty_creators c on c.client_id = p_client and c.id = n.creator_id
       where c.state <> 'active') then
    return 'stale';
  end if;
  if v_run.creates_creators then
    v_added := private.loyalty_add_unseen_creators(v_run);
  end if;
  perform private.loyalty_move_snapshots(v_run);
  v_creators := private.loyalty_apply_changed(v_run) || private.loyalty_apply_new(v_run);
  perform private.loyalty_mark_dirty(p_client, v_creators, v_run.business_date);
  update public.loyalty_sync_runs r set state = 'counting', applied_at = clock_timestamp(), creators_added = v_added
   where r.client_id = p_client and r.id = p_run;
  return 'applied';
end $$;

create function private.loyalty_count_run(p_client uuid, p_run uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_changes jsonb;
begin
  select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
  if v_run.state is distinct from 'counting' then
    return v_run.tier_changes;
  end if;
  v_changes := private.loyalty_run_stages(p_client, v_run.business_date, p_run) -> 'tiers';
  update public.loyalty_sync_runs r
     set state = 'saved', saved_at = clock_timestamp(), finished_at = clock_timestamp(), tier_changes = v_changes
   where r.client_id = p_client and r.id = p_run;
  perform private.emit_event(p_client, 'loyalty.run-saved', jsonb_build_object('runId', p_run));
  return v_changes;
end $$;

-- comments
comment on function private.loyalty_add_unseen_creators(public.loyalty_sync_runs) is 'Adds the creators a run brings and gives their rows an owner.';
comment on function private.loyalty_apply_changed(public.loyalty_sync_runs) is 'Writes the videos the check found changed and what moved tonight. Answers whose they are.';
comment on function private.loyalty_apply_new(public.loyalty_sync_runs) is 'Adds the videos the check found new with their first snapshot. Answers whose they are.';
comment on function private.loyalty_move_snapshots(public.loyalty_sync_runs) is 'Adds to snapshots an earlier file of the same night wrote, the openings of videos first seen that night among them.';
comment on function private.loyalty_save_run(uuid, uuid) is 'Writes a checked run to videos, snapshots and creators. Repeating it does nothing.';
comment on function private.loyalty_count_run(uuid, uuid) is 'Counts figures and tiers after a run was written. Repeating it does nothing.';
