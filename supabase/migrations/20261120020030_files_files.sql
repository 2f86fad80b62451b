-- Files: what a person sent us and what became of it. The bytes are in Storage at <client_id>/<purpose>/<id>;
-- they go there straight from the browser, and nobody reads them before they were checked.

-- tables
create table private.file_purposes (
  purpose text primary key constraint file_purposes_purpose_check check (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  write_permission text not null constraint file_purposes_write_permission_fkey references public.permissions (id) on delete restrict,
  read_permission text not null constraint file_purposes_read_permission_fkey references public.permissions (id) on delete restrict,
  max_bytes bigint not null constraint file_purposes_max_bytes_check check (max_bytes > 0)
);

create table public.core_files (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null constraint core_files_client_id_fkey references public.clients (id) on delete restrict,
  purpose text not null constraint core_files_purpose_fkey references private.file_purposes (purpose) on delete restrict,
  uploaded_by uuid,
  name text not null constraint core_files_name_check check (char_length(name) between 1 and 200 and name !~ '[/\\[:cntrl:]]'),
  content_type text not null constraint core_files_content_type_check check (char_length(content_type) between 3 and 120),
  bytes bigint not null constraint core_files_bytes_check check (bytes > 0),
  state text not null default 'pending'
    constraint core_files_state_check check (state in ('pending', 'quarantine', 'clean', 'rejected', 'deleted')),
  sniffed_type text,
  scan text constraint core_files_scan_check check (scan in ('clean', 'infected', 'not_scanned')),
  rejected_reason text constraint core_files_rejected_reason_check
    check (rejected_reason in ('missing', 'size', 'type', 'infected')),
  completed_at timestamptz,
  checked_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint core_files_client_id_id_key unique (client_id, id),
  constraint core_files_uploaded_by_fkey foreign key (client_id, uploaded_by) references public.people (client_id, id) on delete set null (uploaded_by),
  constraint core_files_pending_check check ((state = 'pending') <= (completed_at is null)),
  constraint core_files_clean_check check ((state = 'clean') <= (checked_at is not null and scan is not null and scan <> 'infected')),
  constraint core_files_rejected_check check ((state = 'rejected') <= (rejected_reason is not null)),
  constraint core_files_deleted_check check ((state = 'deleted') = (deleted_at is not null))
);

-- indexes
create index core_files_client_id_uploaded_by_idx on public.core_files (client_id, uploaded_by, created_at desc);
create index core_files_purpose_idx on public.core_files (purpose);
create index core_files_unsettled_idx on public.core_files (created_at, client_id) where state in ('pending', 'quarantine', 'rejected');
create index file_purposes_write_permission_idx on private.file_purposes (write_permission);
create index file_purposes_read_permission_idx on private.file_purposes (read_permission);

-- functions
create function private.readable_file_purposes() returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select array_agg(c.id || ':' || p.purpose)
    from private.file_purposes p
    cross join lateral unnest(private.clients_with(p.read_permission)) as c (id)
  ), '{}');
end $$;

create function private.create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_purpose private.file_purposes;
  v_person uuid := private.my_person(p_client);
  v_id uuid;
begin
  if v_person is null then
    raise exception using errcode = 'TN001', message = 'We could not find this.';
  end if;
  select * into v_purpose from private.file_purposes where purpose = p_purpose;
  if not found then
    raise exception using errcode = 'VA001', message = 'Files are not taken for this purpose.', detail = 'purpose';
  end if;
  if split_part(v_purpose.write_permission, '.', 1) in ('loyalty', 'launch', 'care', 'clinic', 'academy', 'portal')
    and not private.program_is_on(p_client, split_part(v_purpose.write_permission, '.', 1)) then
    raise exception using errcode = 'TN002', message = 'We could not find this.';
  end if;
  perform private.require_permission(p_client, v_purpose.write_permission);
  if p_bytes is null or p_bytes <= 0 then
    raise exception using errcode = 'VA001', message = 'This file is empty.', detail = 'bytes';
  end if;
  if p_bytes > v_purpose.max_bytes then
    raise exception using errcode = 'VA001', detail = 'bytes',
      message = format('This file is larger than %s MB.', v_purpose.max_bytes / 1000000);
  end if;
  if (select count(*) from public.core_files f
      where f.client_id = p_client and f.uploaded_by = v_person and f.state = 'pending'
        and f.created_at > now() - interval '1 hour') >= 50 then
    raise exception using errcode = 'QT001', message = 'Too many uploads were started and not finished. Try again in an hour.';
  end if;
  insert into public.core_files (client_id, purpose, uploaded_by, name, content_type, bytes)
  values (p_client, p_purpose, v_person, p_name, p_content_type, p_bytes)
  returning id into v_id;
  return v_id;
end $$;

create function private.complete_upload(p_client uuid, p_id uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_file public.core_files;
begin
  select * into v_file from public.core_files
  where client_id = p_client and id = p_id and uploaded_by = private.my_person(p_client)
  for update;
  if not found then
    raise exception using errcode = 'TN001', message = 'We could not find this file.';
  end if;
  -- The bytes are already there: completing twice is a repeated click, not a fault.
  if v_file.state in ('quarantine', 'clean') then
    return v_file.state;
  end if;
  update public.core_files set state = 'quarantine', completed_at = now() where id = v_file.id;
  perform private.add_job('files.check-file', jsonb_build_object('clientId', p_client, 'fileId', p_id), 'file:' || p_id);
  return 'quarantine';
end $$;

create function private.settle_file(
  p_client uuid, p_id uuid, p_state text, p_reason text, p_sniffed_type text, p_scan text, p_bytes bigint
) returns boolean
language plpgsql set search_path = '' as $$
begin
  update public.core_files
  set state = p_state, rejected_reason = p_reason, sniffed_type = p_sniffed_type, scan = p_scan,
    bytes = coalesce(p_bytes, bytes), checked_at = now()
  where client_id = p_client and id = p_id and state = 'quarantine';
  if not found then
    return false;
  end if;
  perform private.emit_event(p_client, 'files.' || p_state, jsonb_build_object('fileId', p_id));
  return true;
end $$;

create function private.queue_file_housekeeping() returns integer
language plpgsql set search_path = '' as $$
declare
  v_client uuid;
  v_count integer := 0;
begin
  for v_client in
    select distinct f.client_id from public.core_files f
    where (f.state = 'pending' and f.created_at < now() - interval '1 day')
      or (f.state = 'rejected' and f.created_at < now() - interval '7 days')
      or (f.state = 'quarantine' and f.created_at < now() - interval '1 day')
      or (f.state = 'clean' and f.purpose = 'brand-logo' and f.created_at < now() - interval '1 day'
        and not exists (select from public.clients c where c.id = f.client_id and c.logo_path like '%/' || f.id))
  loop
    perform private.add_job('files.remove-orphans', jsonb_build_object('clientId', v_client), 'files.remove-orphans:' || v_client);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

create function public.files_create_upload(p_client uuid, p_purpose text, p_name text, p_content_type text, p_bytes bigint) returns uuid
language plpgsql set search_path = '' as $$
begin return private.create_upload(p_client, p_purpose, p_name, p_content_type, p_bytes); end $$;

create function public.files_complete_upload(p_client uuid, p_id uuid) returns text
language plpgsql set search_path = '' as $$
begin return private.complete_upload(p_client, p_id); end $$;

-- triggers
create trigger t10_stamp before update on public.core_files
  for each row execute function private.tg__stamp();
create trigger t20_immutable before update on public.core_files
  for each row execute function private.tg__immutable('id', 'client_id', 'purpose', 'name', 'content_type', 'created_at');
create trigger t30_transition before insert or update on public.core_files
  for each row execute function private.tg__guard_transition('core_files', 'state');

-- transitions
insert into private.state_transitions (entity, from_state, to_state, permission) values
  ('core_files', null, 'pending', null),
  ('core_files', 'pending', 'quarantine', null),
  ('core_files', 'pending', 'deleted', null),
  ('core_files', 'quarantine', 'clean', null),
  ('core_files', 'quarantine', 'rejected', null),
  ('core_files', 'clean', 'deleted', null),
  ('core_files', 'rejected', 'deleted', null);

-- The bucket has no policy on storage.objects: only the service key, held by the files room, opens it.
insert into storage.buckets (id, name, public, file_size_limit) values ('files', 'files', false, 100000000)
on conflict (id) do nothing;

-- rls
alter table public.core_files enable row level security;
alter table public.core_files force row level security;
create policy core_files_select on public.core_files for select to authenticated
  using (client_id = any ((select private.my_clients())::uuid[])
    and case when uploaded_by = any ((select private.my_people())::uuid[]) then true
        else client_id || ':' || purpose = any ((select private.readable_file_purposes())::text[]) end);

-- grants
revoke all on public.core_files from anon, authenticated, service_role;
grant select on public.core_files to authenticated;
grant execute on function private.readable_file_purposes(), private.create_upload(uuid, text, text, text, bigint),
  private.complete_upload(uuid, uuid), public.files_create_upload(uuid, text, text, text, bigint),
  public.files_complete_upload(uuid, uuid) to authenticated;

-- comments
comment on table private.file_purposes is 'What files are taken for: who may send and read them, and how large they may be.';
comment on table public.core_files is 'A file somebody sent: the bytes are in Storage, this row says whether they may be read.';
comment on column public.core_files.purpose is 'What it is for; decides who may send and read it.';
comment on column public.core_files.uploaded_by is 'Who sent it.';
comment on column public.core_files.name is 'Its name on the sender''s device. Shown, never used as a path.';
comment on column public.core_files.content_type is 'What the sender''s browser called it. Not believed: see sniffed_type.';
comment on column public.core_files.bytes is 'Size as announced, then as measured.';
comment on column public.core_files.state is 'pending: being sent. quarantine: arrived, unread. clean: may be read. rejected: never read. deleted: the bytes are gone.';
comment on column public.core_files.sniffed_type is 'What its first bytes say it is.';
comment on column public.core_files.scan is 'Outcome of the virus scan; not_scanned where no scanner is set up.';
comment on column public.core_files.rejected_reason is 'missing: no bytes arrived. size: not the announced size. type: not what the purpose takes. infected: the scanner found something.';
comment on column public.core_files.completed_at is 'When the sender said all bytes were there.';
comment on column public.core_files.checked_at is 'When it was sniffed and scanned.';
comment on column public.core_files.deleted_at is 'When the bytes were removed.';
comment on function private.readable_file_purposes() is 'client:purpose keys the caller may read. Definer: reads the purposes table.';
comment on function private.create_upload(uuid, text, text, text, bigint) is 'Registers a file about to be sent. Definer: nobody may insert files directly.';
comment on function private.complete_upload(uuid, uuid) is 'The sender says the bytes are there: quarantine and a check job. Definer: state is not client-writable.';
comment on function private.settle_file(uuid, uuid, text, text, text, text, bigint) is 'Outcome of the check, once; tells the outbox.';
comment on function private.queue_file_housekeeping() is 'Queues the removal of uploads that were never finished, of rejected files and of former logos, one job a business.';
comment on function public.files_create_upload(uuid, text, text, text, bigint) is 'Registers a file about to be sent (permission of its purpose).';
comment on function public.files_complete_upload(uuid, uuid) is 'Says that an upload of one''s own is complete.';
