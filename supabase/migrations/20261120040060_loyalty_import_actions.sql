-- Loyalty: what people ask of a run. Each checks the permission, takes one step and queues the work in one transaction.

-- functions
create function private.loyalty_queue_run(p_client uuid, p_run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.add_job('loyalty.run-import', jsonb_build_object('clientId', p_client, 'runId', p_run),
    'loyalty-run:' || p_run, null, 6, 'loyalty:' || p_client);
end $$;

create function private.loyalty_lock_run(p_client uuid, p_run uuid) returns public.loyalty_sync_runs
language plpgsql set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs;
begin
  perform private.require_permission(p_client, 'loyalty.imports.write');
  select * into v_run from public.loyalty_sync_runs r where r.client_id = p_client and r.id = p_run for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this import.';
  end if;
  return v_run;
end $$;

create function private.loyalty_night_of(p_client uuid) returns date
language plpgsql stable set search_path = '' as $$
begin
  return (select private.local_date(now(), s.sync_time_zone) from public.loyalty_settings s where s.client_id = p_client);
end $$;

create function private.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_file public.core_files;
  v_id uuid;
begin
  perform private.require_permission(p_client, 'loyalty.imports.write');
  select * into v_file from public.core_files f where f.client_id = p_client and f.id = p_file and f.purpose = 'loyalty-import';
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this file.';
  end if;
  -- One that was already found to be no text makes a run too: its page says why nothing of it can be read.
  if v_file.state not in ('quarantine', 'clean', 'rejected') then
    raise exception using errcode = 'ST001', message = 'The file has not arrived yet. Send it again.', detail = 'file';
  end if;
  -- A second click on the same button is not a fault.
  select r.id into v_id from public.loyalty_sync_runs r where r.client_id = p_client and r.file_id = p_file;
  if v_id is null then
    insert into public.loyalty_sync_runs (client_id, source, business_date, file_id, file_name, file_bytes, creates_creators, created_by)
    values (p_client, 'upload', private.loyalty_night_of(p_client), v_file.id, v_file.name, v_file.bytes,
      p_creates_creators, private.my_person(p_client))
    returning id into v_id;
    perform private.loyalty_queue_run(p_client, v_id);
  end if;
  return v_id;
end $$;

create function private.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
begin
  if v_run.state in ('saving', 'counting', 'saved') then
    return v_run.state;
  end if;
  if v_run.state = 'needs_confirmation' and not coalesce(p_confirm, false) then
    raise exception using errcode = 'VA001', detail = 'confirm',
      message = 'Totals fall by more than your limit. Say that you have looked at it, then save.';
  end if;
  if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.state in ('saving', 'counting', 'undoing')) then
    raise exception using errcode = 'ST002', message = 'Another import is being saved. Try again when it is done.', detail = 'state';
  end if;
  update public.loyalty_sync_runs r
     set state = 'saving', creates_creators = coalesce(p_creates_creators, r.creates_creators), saved_by = private.my_person(p_client)
   where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_queue_run(p_client, p_run);
  return 'saving';
end $$;

create function private.loyalty_cancel_run(p_client uuid, p_run uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
begin
  if v_run.state = 'cancelled' then
    return v_run.state;
  end if;
  update public.loyalty_sync_runs r set state = 'cancelled', finished_at = now() where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_drop_staging(p_run);
  return 'cancelled';
end $$;

create function private.loyalty_request_undo(p_client uuid, p_run uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
begin
  if v_run.state in ('undoing', 'undone') then
    return v_run.state;
  end if;
  if exists (select from public.loyalty_sync_runs r where r.client_id = p_client and r.id <> p_run
               and (r.state in ('saving', 'counting', 'undoing') or (r.state = 'saved' and r.applied_at > v_run.applied_at))) then
    raise exception using errcode = 'ST002', message = 'A later import builds on this one. Undo that one first.', detail = 'state';
  end if;
  update public.loyalty_sync_runs r set state = 'undoing', undone_by = private.my_person(p_client), finished_at = null
   where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_queue_run(p_client, p_run);
  return 'undoing';
end $$;

-- Failed, or skipped because the same bytes were saved before: read it again from its start.
create function private.loyalty_retry_run(p_client uuid, p_run uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_run public.loyalty_sync_runs := private.loyalty_lock_run(p_client, p_run);
begin
  if v_run.state in ('queued', 'reading') then
    return v_run.state;
  end if;
  update public.loyalty_sync_runs r
     set state = 'queued', is_repeat = r.is_repeat or v_run.state = 'skipped', finished_at = null,
         error_code = null, error_message = null, error_details = null
   where r.client_id = p_client and r.id = p_run;
  perform private.loyalty_restart_reading(p_client, p_run);
  perform private.loyalty_queue_run(p_client, p_run);
  return 'queued';
end $$;

create function private.loyalty_fetch_now(p_client uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_source public.loyalty_sync_sources;
  v_id uuid;
begin
  perform private.require_permission(p_client, 'loyalty.imports.write');
  select * into v_source from public.loyalty_sync_sources s where s.client_id = p_client and s.kind <> 'upload';
  if not found then
    raise exception using errcode = 'VA001', message = 'Say first where the file comes from.', detail = 'kind';
  end if;
  select r.id into v_id from public.loyalty_sync_runs r
   where r.client_id = p_client and r.source in ('https', 'browser') and r.state in ('queued', 'reading') limit 1;
  if v_id is null then
    insert into public.loyalty_sync_runs (client_id, source, business_date, file_name, creates_creators, recipe_version, created_by)
    values (p_client, v_source.kind, private.loyalty_night_of(p_client), 'download.csv', v_source.creates_creators,
      case when v_source.kind = 'browser' then v_source.recipe_version end, private.my_person(p_client))
    returning id into v_id;
    perform private.loyalty_queue_run(p_client, v_id);
  end if;
  return v_id;
end $$;

create function public.loyalty_create_run(p_client uuid, p_file uuid, p_creates_creators boolean) returns uuid
language plpgsql set search_path = '' as $$
begin return private.loyalty_create_run(p_client, p_file, p_creates_creators); end $$;

create function public.loyalty_request_save(p_client uuid, p_run uuid, p_creates_creators boolean, p_confirm boolean) returns text
language plpgsql set search_path = '' as $$
begin return private.loyalty_request_save(p_client, p_run, p_creates_creators, p_confirm); end $$;

create function public.loyalty_cancel_run(p_client uuid, p_run uuid) returns text
language plpgsql set search_path = '' as $$
begin return private.loyalty_cancel_run(p_client, p_run); end $$;

create function public.loyalty_request_undo(p_client uuid, p_run uuid) returns text
language plpgsql set search_path = '' as $$
begin return private.loyalty_request_undo(p_client, p_run); end $$;

create function public.loyalty_retry_run(p_client uuid, p_run uuid) returns text
language plpgsql set search_path = '' as $$
begin return private.loyalty_retry_run(p_client, p_run); end $$;

create function public.loyalty_fetch_now(p_client uuid) returns uuid
language plpgsql set search_path = '' as $$
begin return private.loyalty_fetch_now(p_client); end $$;

-- grants
grant execute on function private.loyalty_create_run(uuid, uuid, boolean),
  private.loyalty_request_save(uuid, uuid, boolean, boolean), private.loyalty_cancel_run(uuid, uuid),
  private.loyalty_request_undo(uuid, uuid), private.loyalty_retry_run(uuid, uuid), private.loyalty_fetch_now(uuid),
  public.loyalty_create_run(uuid, uuid, boolean),
  public.loyalty_request_save(uuid, uuid, boolean, boolean), public.loyalty_cancel_run(uuid, uuid),
  public.loyalty_request_undo(uuid, uuid), public.loyalty_retry_run(uuid, uuid), public.loyalty_fetch_now(uuid) to authenticated;

-- comments
comment on function private.loyalty_queue_run(uuid, uuid) is 'Queues the next piece of work on a run; jobs of one business follow one another.';
comment on function private.loyalty_lock_run(uuid, uuid) is 'Checks the permission and locks the run.';
comment on function private.loyalty_night_of(uuid) is 'Today''s date where the nightly count runs: the night an upload belongs to.';
comment on function private.loyalty_create_run(uuid, uuid, boolean) is 'Starts the import of a file that has arrived. Definer: runs are not client-writable.';
comment on function private.loyalty_request_save(uuid, uuid, boolean, boolean) is 'Save a checked run. Definer: state is not client-writable.';
comment on function private.loyalty_cancel_run(uuid, uuid) is 'Give up a run of which nothing was saved. Definer: state is not client-writable.';
comment on function private.loyalty_request_undo(uuid, uuid) is 'Undo the last saved run. Definer: state is not client-writable.';
comment on function private.loyalty_retry_run(uuid, uuid) is 'Read a failed or skipped file again. Definer: state is not client-writable.';
comment on function private.loyalty_fetch_now(uuid) is 'Fetch the file of the business''s source now. Definer: runs are not client-writable.';
comment on function public.loyalty_create_run(uuid, uuid, boolean) is 'Starts an import (loyalty.imports.write).';
comment on function public.loyalty_request_save(uuid, uuid, boolean, boolean) is 'Saves a checked import (loyalty.imports.write).';
comment on function public.loyalty_cancel_run(uuid, uuid) is 'Cancels an import (loyalty.imports.write).';
comment on function public.loyalty_request_undo(uuid, uuid) is 'Undoes the last import (loyalty.imports.write).';
comment on function public.loyalty_retry_run(uuid, uuid) is 'Reads an import again (loyalty.imports.write).';
comment on function public.loyalty_fetch_now(uuid) is 'Fetches the nightly file now (loyalty.imports.write).';
