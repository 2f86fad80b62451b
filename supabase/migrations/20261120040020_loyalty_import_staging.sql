-- Loyalty: where a file's rows wait until they are compared. Unlogged: a crash of the server empties it, and the
-- reader, which counts what is here, reads the file again.

-- tables
create unlogged table private.loyalty_import_rows (
  run_id uuid not null,
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
);

create unlogged table private.loyalty_import_handles (
  run_id uuid not null,
  handle_key text not null,
  creator_id uuid,
  status text not null constraint loyalty_import_handles_status_check check (status in ('known', 'archived', 'unseen')),
  constraint loyalty_import_handles_pkey primary key (run_id, handle_key)
);

-- indexes
create index loyalty_import_rows_run_id_line_idx on private.loyalty_import_rows (run_id, line);

-- functions
create function private.loyalty_drop_staging(p_run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  delete from private.loyalty_import_rows r where r.run_id = p_run;
  delete from private.loyalty_import_handles h where h.run_id = p_run;
end $$;

create function private.loyalty_restart_reading(p_client uuid, p_run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.loyalty_drop_staging(p_run);
  delete from public.loyalty_sync_run_rows r where r.client_id = p_client and r.run_id = p_run;
  update public.loyalty_sync_runs r set reading = null, bytes_read = 0, rows_read = 0, rows_rejected = 0, rows_blank = 0
   where r.client_id = p_client and r.id = p_run;
end $$;

-- Which creator a handle means: her own handle, then an alias, then a creator who is archived.
create function private.loyalty_match_handles(p_client uuid, p_run uuid, p_from bigint, p_to bigint) returns void
language plpgsql set search_path = '' as $$
begin
  insert into private.loyalty_import_handles (run_id, handle_key, creator_id, status)
  select p_run, s.handle_key, coalesce(c.id, a.creator_id, x.id),
         case when c.id is not null or ac.state = 'active' then 'known'
              when a.creator_id is not null then 'archived'
              when x.id is null or x.is_mine then 'unseen' else 'archived' end
    from (select distinct r.handle_key from private.loyalty_import_rows r
           where r.run_id = p_run and r.line between p_from and p_to) s
    left join public.loyalty_creators c
      on c.client_id = p_client and c.handle_key = s.handle_key and c.state = 'active'
    left join public.loyalty_handle_aliases a on a.client_id = p_client and a.handle_key = s.handle_key and c.id is null
    left join public.loyalty_creators ac on ac.client_id = p_client and ac.id = a.creator_id
    left join lateral (
      -- Archived by an undo and never touched: to a file she is as unseen as before.
      select o.id, exists (select from public.loyalty_sync_run_creators rc
                            where rc.client_id = p_client and rc.creator_id = o.id and rc.archived_at is not null) as is_mine
        from public.loyalty_creators o
       where o.client_id = p_client and o.handle_key = s.handle_key and o.state = 'archived'
    ) x on c.id is null and a.creator_id is null
  on conflict (run_id, handle_key) do nothing;
end $$;

-- grants
revoke all on private.loyalty_import_rows, private.loyalty_import_handles from anon, authenticated, service_role;

-- comments
comment on table private.loyalty_import_rows is 'Readable rows of files being checked, as the reader understood them. Emptied when a run ends.';
comment on table private.loyalty_import_handles is 'What each handle of a file being checked means in this business.';
comment on column private.loyalty_import_handles.status is 'known: an active creator. archived: her rows are left out. unseen: nobody, or one an undo had archived.';
comment on function private.loyalty_drop_staging(uuid) is 'Empties the waiting rows of a run.';
comment on function private.loyalty_restart_reading(uuid, uuid) is 'Forgets what was read of a file, so that it can be read from its start.';
comment on function private.loyalty_match_handles(uuid, uuid, bigint, bigint) is 'Finds the creator of every handle in some lines of a file.';
