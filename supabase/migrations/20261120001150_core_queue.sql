-- The queue is Graphile Worker's own schema, installed by the library before these migrations. Its functions come
-- without a search_path of their own; they get one here, so that whoever calls them cannot choose it.

do $$
declare
  v_function regprocedure;
begin
  for v_function in
    select p.oid::regprocedure
    from pg_catalog.pg_proc p
    where p.pronamespace = to_regnamespace('graphile_worker') and p.proconfig is null and p.prokind = 'f'
  loop
    execute format('alter function %s set search_path = pg_catalog, graphile_worker, pg_temp', v_function);
  end loop;
end $$;
