-- Loyalty: undo of a saved run, while it is the last one. Every video, snapshot and creator is as it was before.

-- functions
create function private.loyalty_undo_run(p_client uuid, p_run uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
  v_changes jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.import:' || p_client, 0));
  select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
  if v_run.state = 'undone' then
    return v_run.tier_changes;
  elsif v_run.state is distinct from 'undoing' then
    raise exception using errcode = 'ST001', message = 'This import is not being undone.', detail = 'state';
  end if;
  -- Asked of the videos: two creators may have become one since.
  perform private.loyalty_mark_dirty(p_client, array(
    select distinct v.creator_id from public.loyalty_sync_run_rows w
      join public.loyalty_videos v on v.client_id = p_client and v.id = w.video_id
     where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'changed', 'unmatched')), v_run.business_date);

  delete from public.loyalty_video_snapshots s using public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and not w.has_snapshot
     and s.client_id = p_client and s.video_id = w.video_id and s.business_date = v_run.business_date and s.run_id = p_run;
  update public.loyalty_video_snapshots s
     set business_date = w.snapshot_on_before,
         is_opening = case when s.business_date = w.snapshot_on_before then s.is_opening
                           else w.snapshot_on_before <> v_run.business_date end,
         run_id = w.snapshot_run_before, views = w.views_before, likes = w.likes_before, comments = w.comments_before,
         gmv = w.gmv_before, units = w.units_before,
         views_delta = s.views_delta - (w.views - w.views_before), likes_delta = s.likes_delta - (w.likes - w.likes_before),
         comments_delta = s.comments_delta - (w.comments - w.comments_before),
         gmv_delta = s.gmv_delta - (w.gmv - w.gmv_before), units_delta = s.units_delta - (w.units - w.units_before)
    from public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and w.has_snapshot
     -- A run writes one snapshot of a video, wherever it lies.
     and s.client_id = p_client and s.video_id = w.video_id and s.run_id = p_run;

  update public.loyalty_videos v
     set views = w.views_before, likes = w.likes_before, comments = w.comments_before, gmv = w.gmv_before, units = w.units_before,
         ctr_bp = w.ctr_bp_before, url = coalesce(w.url_before, v.url), title = coalesce(w.title_before, v.title),
         posted_on = coalesce(w.posted_on_before, v.posted_on),
         last_run_id = w.run_before, figures_at = w.figures_before
    from public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome = 'changed' and v.client_id = p_client and v.id = w.video_id;
  delete from public.loyalty_video_snapshots s using public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'unmatched')
     and s.client_id = p_client and s.video_id = w.video_id and s.run_id = p_run;
  delete from public.loyalty_videos v using public.loyalty_sync_run_rows w
   where w.client_id = p_client and w.run_id = p_run and w.outcome in ('new', 'unmatched')
     and v.client_id = p_client and v.id = w.video_id and v.last_run_id = p_run;

  perform private.loyalty_archive_untouched(p_client, p_run);
  perform private.loyalty_undo_decisions(p_client, p_run);
  v_changes := private.loyalty_run_stages(p_client, v_run.business_date, null) -> 'tiers';
  update public.loyalty_sync_runs r
     set state = 'undone', undone_at = clock_timestamp(), finished_at = clock_timestamp(), tier_changes = v_changes
   where r.client_id = p_client and r.id = p_run;
  perform private.emit_event(p_client, 'loyalty.run-undone', jsonb_build_object('runId', p_run));
  return v_changes;
end $$;

-- A creator the run brought is archived unless a person has dealt with her since.
create function private.loyalty_archive_untouched(p_client uuid, p_run uuid) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  with gone as (
    update public.loyalty_creators c set state = 'archived'
      from public.loyalty_sync_run_creators rc
      join public.loyalty_creators o on o.client_id = p_client and o.id = rc.creator_id
      join public.people p on p.client_id = p_client and p.id = o.person_id
     where rc.client_id = p_client and rc.run_id = p_run and c.client_id = p_client and c.id = rc.creator_id
       and c.state = 'active' and not c.is_pinned and p.user_id is null and p.email is null
       and not exists (select from public.loyalty_videos v where v.client_id = p_client and v.creator_id = c.id)
       and not exists (select from public.loyalty_adjustments a where a.client_id = p_client and a.creator_id = c.id)
       and not exists (select from public.loyalty_handle_aliases a where a.client_id = p_client and a.creator_id = c.id)
    returning c.id
  )
  update public.loyalty_sync_run_creators rc set archived_at = now()
    from gone g where rc.client_id = p_client and rc.run_id = p_run and rc.creator_id = g.id;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

-- comments
comment on function private.loyalty_undo_run(uuid, uuid) is 'Puts back what a saved run changed, removes what it added, and counts again. Repeating it does nothing.';
comment on function private.loyalty_archive_untouched(uuid, uuid) is 'Archives the creators a run brought and nobody has touched.';
