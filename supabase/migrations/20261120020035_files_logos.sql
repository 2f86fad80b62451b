-- A business's logo: one small picture that passed the checks of every file, shown to everybody, the sign-in page included.

insert into private.file_purposes (purpose, write_permission, read_permission, max_bytes) values
  ('brand-logo', 'tenancy.settings.write', 'tenancy.settings.read', 500000);

-- functions
create function private.files_logo_path(p_client uuid, p_file uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return p_client || '/brand-logo/' || p_file;
end $$;

create function private.files_set_logo(p_client uuid, p_file uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_state text;
begin
  perform private.require_permission(p_client, 'tenancy.settings.write');
  if p_file is not null then
    select f.state into v_state from public.core_files f
    where f.client_id = p_client and f.id = p_file and f.purpose = 'brand-logo' for share;
    if not found or v_state = 'deleted' then
      raise exception using errcode = 'TN001', message = 'We could not find this file.';
    end if;
    if v_state = 'rejected' then
      raise exception using errcode = 'VA001', detail = 'fileId', message = 'This is not a picture we can show. Choose a PNG, JPEG or WebP file.';
    end if;
    if v_state <> 'clean' then
      raise exception using errcode = 'ST001', hint = 'FILE_NOT_READY', message = 'This file is still being checked. Try again in a moment.';
    end if;
  end if;
  update public.clients c set logo_path = private.files_logo_path(p_client, p_file) where c.id = p_client;
end $$;

create function private.files_read_logo(p_slug text, p_file uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select jsonb_build_object('path', c.logo_path, 'type', f.sniffed_type)
    from public.clients c
    join public.core_files f on f.client_id = c.id and f.id = p_file and f.state = 'clean'
    where c.slug = p_slug and c.logo_path = private.files_logo_path(c.id, p_file));
end $$;

create function public.files_set_logo(p_client uuid, p_file uuid default null) returns void
language plpgsql set search_path = '' as $$ begin perform private.files_set_logo(p_client, p_file); end $$;
create function public.files_read_logo(p_slug text, p_file uuid) returns jsonb
language plpgsql stable set search_path = '' as $$ begin return private.files_read_logo(p_slug, p_file); end $$;

-- grants
revoke all on function private.files_logo_path(uuid, uuid) from public;
grant execute on function private.files_set_logo(uuid, uuid), public.files_set_logo(uuid, uuid) to authenticated;
grant execute on function private.files_read_logo(text, uuid), public.files_read_logo(text, uuid) to service_role;

-- comments
comment on function private.files_logo_path(uuid, uuid) is 'Where the bytes of a logo lie.';
comment on function private.files_set_logo(uuid, uuid) is 'Makes a checked picture the logo of a business, or takes the logo away.';
comment on function private.files_read_logo(text, uuid) is 'Where the present logo of a business lies and what it is; null for any other file.';
comment on function public.files_set_logo(uuid, uuid) is 'See private.files_set_logo.';
comment on function public.files_read_logo(text, uuid) is 'See private.files_read_logo.';
