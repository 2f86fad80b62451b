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

create function private.loyalty_apply_videos(p_client uuid, p_run uuid, p_date date) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  update public.loyalty_videos v
     set views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units, ctr_bp = w.ctr_bp,
         url = coalesce(w.url, v.url), title = coalesce(w.title, v.title), posted_on = coalesce(w.posted_on, v.posted_on),
         last_run_id = p_run, figures_at = now()
    from public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed'
     and v.client_id = p_client and v.id = w.video_id;
  get diagnostics v_count = row_count;
  insert into public.loyalty_videos as v (id, client_id, creator_id, url, url_key, title, posted_on, views, likes, comments,
    gmv, units, ctr_bp, first_seen_on, last_run_id)
  select w.video_id, p_client, w.creator_id, w.url, w.url_key, w.title, w.posted_on, w.views, w.likes, w.comments,
         w.gmv, w.units, w.ctr_bp, p_date, p_run
    from public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.creator_id is not null
     and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen'))
   order by w.url_key;
  return v_count;
end $$;

create function private.loyalty_apply_snapshots(p_client uuid, p_run uuid, p_date date) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  -- Only a second file on the same night meets a snapshot; which run wrote it is kept for undo.
  if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
               and r.business_date = p_date and r.applied_at is not null) then
    update public.loyalty_sync_run_rows w set has_snapshot = true, snapshot_run_before = s.run_id
      from public.loyalty_video_snapshots s
     where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed'
       and s.client_id = p_client and s.video_id = w.video_id and s.business_date = p_date;
    update public.loyalty_video_snapshots s
       set run_id = p_run, views = w.views, likes = w.likes, comments = w.comments, gmv = w.gmv, units = w.units,
           views_delta = s.views_delta + (w.views - w.views_before), likes_delta = s.likes_delta + (w.likes - w.likes_before),
           comments_delta = s.comments_delta + (w.comments - w.comments_before),
           gmv_delta = s.gmv_delta + (w.gmv - w.gmv_before), units_delta = s.units_delta + (w.units - w.units_before)
      from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.has_snapshot
       and s.client_id = p_client and s.video_id = w.video_id and s.business_date = p_date;
  end if;
  insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, run_id, views, likes, comments,
    gmv, units, views_delta, likes_delta, comments_delta, gmv_delta, units_delta, is_opening)
  select p_client, w.video_id, case when o.is_opening then w.posted_on else p_date end, w.creator_id, p_run,
         w.views, w.likes, w.comments, w.gmv, w.units,
         w.views - coalesce(w.views_before, 0), w.likes - coalesce(w.likes_before, 0), w.comments - coalesce(w.comments_before, 0),
         w.gmv - coalesce(w.gmv_before, 0), w.units - coalesce(w.units_before, 0), o.is_opening
    from public.loyalty_sync_run_rows w
   -- What an old video sold before we first saw it belongs to when it was posted, not to tonight.
   cross join lateral (select w.outcome <> 'changed' and w.posted_on < p_date - 31 as is_opening) o
   where w.client_id = p_client and w.run_id = p_run and w.creator_id is not null and not w.has_snapshot
     and (w.outcome = 'new' or (w.outcome = 'unmatched' and w.reason = 'handleUnseen')
          or (w.outcome = 'changed' and (w.views, w.likes, w.comments, w.gmv, w.units)
                is distinct from (w.views_before, w.likes_before, w.comments_before, w.gmv_before, w.units_before)))
   order by w.video_id;
  get diagnostics v_count = row_count;
  perform private.loyalty_mark_dirty(p_client, array(
    select distinct w.creator_id from public.loyalty_sync_run_rows w
     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched') and w.creator_id is not null), p_date);
  return v_count;
end $$;

-- 'stale': something was saved or undone since the check, so the check must be made again before anything is written.
create function private.loyalty_save_run(p_client uuid, p_run uuid) returns text
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_added bigint := 0;
  v_known bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
  select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
  if v_run.state in ('counting', 'saved') then
    return 'done';
  elsif v_run.state is distinct from 'saving' then
    raise exception using errcode = 'ST001', message = 'This import is not being saved.', detail = 'state';
  end if;
  if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
               and (r.applied_at > v_run.checked_at or r.undone_at > v_run.checked_at)) then
    return 'stale';
  end if;
  if v_run.creates_creators then
    v_added := private.loyalty_add_unseen_creators(v_run);
  end if;
  v_known := private.loyalty_apply_videos(p_client, p_run, v_run.business_date);
  -- What a foreign key of snapshots would check row by row: every video that moved is there, in this business.
  if v_known <> v_run.rows_changed then
    raise exception using errcode = 'ST002', message = 'Some videos of this file are gone. Read the file again.', detail = 'state';
  end if;
  perform private.loyalty_apply_snapshots(p_client, p_run, v_run.business_date);
  -- Tables that just grew by a tenth are unknown to the planner until it looks, and counting comes next.
  if exists (select from pg_catalog.pg_class c where c.oid = 'public.loyalty_video_snapshots'::regclass
               and c.reltuples < 10.0 * (v_run.rows_new + v_run.rows_changed + v_run.rows_to_add)) then
    analyze public.loyalty_video_snapshots (client_id, creator_id, video_id, business_date);
  end if;
  if exists (select from pg_catalog.pg_class c where c.oid = 'public.loyalty_videos'::regclass
               and c.reltuples < 10.0 * (v_run.rows_new + v_run.rows_to_add)) then
    analyze public.loyalty_videos, public.loyalty_creators;
  end if;
  update public.loyalty_sync_runs r set state = 'counting', applied_at = clock_timestamp(), creators_added = v_added
   where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_drop_staging(p_run);
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
comment on function private.loyalty_apply_videos(uuid, uuid, date) is 'Writes the videos the check found changed or new, and no others. Answers how many were changed.';
comment on function private.loyalty_apply_snapshots(uuid, uuid, date) is 'Writes what moved tonight, and marks whose figures must be counted again.';
comment on function private.loyalty_save_run(uuid, uuid) is 'Writes a checked run to videos, snapshots and creators. Repeating it does nothing.';
comment on function private.loyalty_count_run(uuid, uuid) is 'Counts figures and tiers after a run was written. Repeating it does nothing.';
