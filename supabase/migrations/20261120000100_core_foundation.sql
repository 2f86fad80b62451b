-- The ground every other migration stands on: who may touch what by default (nothing), the schema
-- for helpers, and the helpers that belong to no table.

-- schemas
create schema if not exists extensions;
create schema private;
comment on schema private is 'Helpers for policies, triggers and API functions. Never exposed through the Data API.';
revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;
grant usage on schema extensions to authenticated, service_role;

-- extensions
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gist with schema extensions;

-- grants
-- Without "in schema": with it, the built-in grant to PUBLIC stays and the statement does nothing.
alter default privileges revoke execute on functions from public;
-- Hosted Supabase grants everything on new public objects to its API roles. We name each grant instead.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- functions
create function private.claims() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb);
end $$;
comment on function private.claims() is 'Claims of the verified access token of this request; empty object outside the Data API.';

create function private.request_id() returns text
language plpgsql stable set search_path = '' as $$
declare
  v_headers text := nullif(current_setting('request.headers', true), '');
begin
  return left(coalesce(nullif(current_setting('portico.request_id', true), ''), v_headers::jsonb ->> 'x-request-id'), 64);
end $$;
comment on function private.request_id() is 'Request id of this transaction: the portico.request_id setting, else the x-request-id header.';

create function private.actor_label() returns text
language plpgsql stable set search_path = '' as $$
begin
  if auth.uid() is not null then
    return 'person';
  end if;
  return coalesce(nullif(current_setting('portico.actor', true), ''), private.claims() ->> 'role', 'system');
end $$;
comment on function private.actor_label() is 'Kind of actor for audit rows: person, a job name, or the database role of a system call.';

create function private.tg__stamp() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;
comment on function private.tg__stamp() is 'Trigger: keeps updated_at true to the last change.';

create function private.tg__immutable() returns trigger
language plpgsql set search_path = '' as $$
declare
  v_column text;
begin
  foreach v_column in array tg_argv loop
    if to_jsonb(old) -> v_column is distinct from to_jsonb(new) -> v_column then
      raise exception using errcode = 'ST001',
        message = format('%s cannot be changed once it is set.', initcap(replace(v_column, '_', ' '))), detail = v_column;
    end if;
  end loop;
  return new;
end $$;
comment on function private.tg__immutable() is 'Trigger: refuses a change of the columns named in its arguments.';

create function private.is_time_zone(p_zone text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  perform now() at time zone p_zone;
  -- POSIX strings such as "XYZ3" convert too, but have no clock changes: only named zones are accepted.
  return p_zone ~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$' or p_zone = 'UTC';
exception when others then
  return false;
end $$;
comment on function private.is_time_zone(text) is 'True for an IANA zone name this server knows.';

create function private.local_instant(p_date date, p_time time, p_zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (p_date + p_time) at time zone p_zone;
end $$;
comment on function private.local_instant(date, time, text) is
  'The instant of a wall-clock time in a zone. The one place this conversion is made: a skipped hour moves forward, a doubled hour is the second.';

create function private.local_date(p_at timestamptz, p_zone text) returns date
language plpgsql stable set search_path = '' as $$
begin
  return (p_at at time zone p_zone)::date;
end $$;
comment on function private.local_date(timestamptz, text) is 'The calendar date of an instant in a zone.';

create function private.tg__check_locale() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.time_zone is not null and not private.is_time_zone(new.time_zone) then
    raise exception using errcode = 'VA001', message = 'Choose a time zone from the list.', detail = 'timeZone';
  end if;
  return new;
end $$;
comment on function private.tg__check_locale() is 'Trigger: refuses a time_zone the server cannot compute with.';

grant execute on function private.claims(), private.request_id(), private.actor_label(),
  private.local_instant(date, time, text), private.local_date(timestamptz, text), private.is_time_zone(text)
  to authenticated, service_role;
