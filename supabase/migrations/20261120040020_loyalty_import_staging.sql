-- Loyalty: what an import keeps between the parts of its file. Unlogged: a crash of the server empties it, and the
-- reader, which counts what is here, reads the file again.

-- tables
create unlogged table private.loyalty_import_rows (
  run_id uuid not null,
  line bigint not null,
  video_id uuid not null,
  views bigint not null,
  gmv bigint not null,
  units bigint not null
);

-- functions
create function private.loyalty_drop_staging(p_run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  delete from private.loyalty_import_rows r where r.run_id = p_run;
end $$;

create function private.loyalty_restart_reading(p_client uuid, p_run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.loyalty_drop_staging(p_run);
  delete from public.loyalty_sync_run_rows r where r.client_id = p_client and r.run_id = p_run;
  -- Whatever is saved from now on is news to this run; see loyalty_save_run.
  update public.loyalty_sync_runs r
     set reading = null, bytes_read = 0, rows_read = 0, rows_rejected = 0, rows_blank = 0, checked_at = null,
         started_at = case when r.state = 'reading' then clock_timestamp() end
   where r.client_id = p_client and r.id = p_run;
end $$;

-- One part of a file on its way in: no index, no log, nothing to clear away.
create function private.loyalty_open_part() returns void
language plpgsql set search_path = '' as $$
begin
  create temporary table loyalty_import_part (
    line bigint not null,
    handle text not null,
    handle_key text not null,
    url text not null,
    url_key text not null,
    title text not null,
    posted_on date not null,
    views bigint not null,
    likes bigint not null,
    comments bigint not null,
    gmv bigint not null,
    units bigint not null,
    ctr_bp integer
  ) on commit drop;
end $$;

-- Which creator a handle means: her own handle, then an alias, then a creator who is archived.
create function private.loyalty_match_handles(p_client uuid) returns table (handle_key text, creator_id uuid, status text)
language plpgsql set search_path = '' as $$
begin
  return query
    select s.handle_key, coalesce(c.id, a.creator_id, x.id),
           case when c.id is not null or a.state = 'active' then 'known'
                when a.creator_id is not null then 'archived'
                when x.id is null or x.is_mine then 'unseen' else 'archived' end
      from (select distinct p.handle_key from pg_temp.loyalty_import_part p) s
      left join lateral (
        select o.id from public.loyalty_creators o
         where o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'active' limit 1) c on true
      left join lateral (
        select al.creator_id, o.state from public.loyalty_handle_aliases al
          join public.loyalty_creators o on o.client_id = p_client and o.id = al.creator_id
         where c.id is null and al.client_id = p_client and al.handle_key = s.handle_key limit 1) a on true
      left join lateral (
        -- Archived by an undo and never touched: to a file she is as unseen as before.
        select o.id, exists (select from public.loyalty_sync_run_creators rc
                              where rc.client_id = p_client and rc.creator_id = o.id and rc.archived_at is not null) as is_mine
          from public.loyalty_creators o
         where c.id is null and a.creator_id is null
           and o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'archived' limit 1) x on true;
end $$;

-- grants
revoke all on private.loyalty_import_rows from anon, authenticated, service_role;

-- comments
comment on table private.loyalty_import_rows is 'Rows of a file being read that change nothing: no outcome is written for them, but the totals and the search for doubles need them. Emptied by the check.';
comment on function private.loyalty_drop_staging(uuid) is 'Forgets what a run kept while its file was read.';
comment on function private.loyalty_restart_reading(uuid, uuid) is 'Forgets what was read of a file, so that it can be read from its start.';
comment on function private.loyalty_open_part() is 'Makes the table one part of a file is copied into; it goes with the transaction.';
comment on function private.loyalty_match_handles(uuid) is 'What each handle of a part means in this business. known: an active creator. archived: her rows are left out. unseen: nobody, or one an undo had archived.';
