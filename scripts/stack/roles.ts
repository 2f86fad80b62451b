/**
 * Roles and default rights as a hosted project has them on its first day, the generous ones included:
 * a migration that forgets to take a right away must fail here, not only there.
 */
export const ROLES_SQL = `
do $$
declare
  v_role text;
begin
  perform pg_advisory_xact_lock(hashtext('portico.roles'));
  foreach v_role in array array['anon', 'authenticated', 'service_role', 'authenticator', 'supabase_auth_admin',
                                'supabase_storage_admin', 'supabase_admin', 'dashboard_user'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I noinherit', v_role);
    end if;
  end loop;
  alter role service_role bypassrls;
  alter role supabase_admin superuser;
  alter role supabase_auth_admin createrole;
  alter role dashboard_user createrole createdb replication;
  grant anon, authenticated, service_role to authenticator;
end $$;

create schema if not exists extensions;
grant usage on schema public, extensions to postgres, anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to postgres, anon, authenticated, service_role;
`;

/** What the API roles need of the system schemas: the helpers policies call, and nothing of the tables. */
export const SYSTEM_GRANTS_SQL = `
grant usage on schema auth, storage to anon, authenticated, service_role;
grant select, insert, update, delete on all tables in schema storage to anon, authenticated, service_role;
grant select on all tables in schema auth to service_role;
`;
