import type { ClientBase, Pool } from "pg";

export type ApiRole = "anon" | "authenticated" | "service_role";
export const apiRoles: ApiRole[] = ["anon", "authenticated", "service_role"];

export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  hasDefault: boolean;
  generated: boolean;
  /** "role:verb" pairs that hold for this column, table-wide grants included. */
  rights: string[];
}
export interface Policy {
  name: string;
  permissive: boolean;
  roles: string[];
  verb: "select" | "insert" | "update" | "delete" | "all";
  using: string | null;
  check: string | null;
}
export interface Constraint {
  name: string;
  kind: "p" | "f" | "u" | "c" | "x" | "n";
  columns: string[];
  target: string | null;
  targetColumns: string[];
  definition: string;
}
export interface Index {
  name: string;
  columns: string[];
  predicate: string | null;
  unique: boolean;
}
export interface Trigger {
  name: string;
  function: string;
  arguments: string[];
  definition: string;
}
export interface Table {
  schema: string;
  name: string;
  kind: string;
  rls: boolean;
  forced: boolean;
  comment: string | null;
  securityInvoker: boolean;
  /** "role:verb" pairs granted on the whole table, the role "public" included. */
  rights: string[];
  columns: Column[];
  policies: Policy[];
  constraints: Constraint[];
  indexes: Index[];
  triggers: Trigger[];
}
export interface Fn {
  schema: string;
  name: string;
  signature: string;
  parameters: string[];
  inputs: { name: string; type: string }[];
  definer: boolean;
  settings: string[];
  comment: string | null;
  body: string;
  returns: string;
  volatility: string;
  language: string;
  executors: string[];
}
export interface Transition {
  entity: string;
  from: string | null;
  to: string;
  permission: string | null;
}
export interface Sequence {
  schema: string;
  name: string;
  /** API roles that may use or read it. */
  users: string[];
}
export interface Catalogue {
  tables: Table[];
  sequences: Sequence[];
  functions: Fn[];
  transitions: Transition[];
  permissions: string[];
}

const tablesSql = `
select n.nspname as schema, c.relname as name, c.relkind as kind, c.relrowsecurity as rls, c.relforcerowsecurity as forced,
  obj_description(c.oid, 'pg_class') as comment,
  coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false) as "securityInvoker",
  array(select r || ':' || v from unnest(array['anon', 'authenticated', 'service_role', 'public']) r
        cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) v
        where case when r = 'public'
          then exists (select from aclexplode(c.relacl) a where a.grantee = 0 and lower(a.privilege_type) = v)
          else has_table_privilege(r, c.oid, v) end) as rights,
  (select coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'notNull', a.attnotnull, 'hasDefault', a.atthasdef,
      'generated', a.attgenerated <> '' or a.attidentity <> '',
      'rights', (select coalesce(jsonb_agg(r || ':' || v), '[]') from unnest(array['anon', 'authenticated', 'service_role']) r
        cross join unnest(array['select', 'insert', 'update', 'references']) v
        where has_column_privilege(r, c.oid, a.attnum, v))) order by a.attnum), '[]')
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select coalesce(jsonb_agg(jsonb_build_object('name', p.polname, 'permissive', p.polpermissive,
      'roles', (select jsonb_agg(case when x = 0 then 'public' else x::regrole::text end) from unnest(p.polroles) x),
      'verb', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname), '[]')
    from pg_policy p where p.polrelid = c.oid) as policies,
  (select coalesce(jsonb_agg(jsonb_build_object('name', k.conname, 'kind', k.contype,
      'columns', (select coalesce(jsonb_agg(a.attname order by u.o), '[]') from unnest(k.conkey) with ordinality u (n, o)
                  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
      'target', case when k.confrelid <> 0 then (select fn.nspname || '.' || fc.relname from pg_class fc
                  join pg_namespace fn on fn.oid = fc.relnamespace where fc.oid = k.confrelid) end,
      'targetColumns', (select coalesce(jsonb_agg(a.attname order by u.o), '[]') from unnest(k.confkey) with ordinality u (n, o)
                  join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n),
      'definition', pg_get_constraintdef(k.oid)) order by k.conname), '[]')
    from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'f', 'u', 'c', 'x') and k.conparentid = 0) as constraints,
  (select coalesce(jsonb_agg(jsonb_build_object('name', i.relname, 'unique', x.indisunique,
      'predicate', pg_get_expr(x.indpred, x.indrelid),
      'columns', (select coalesce(jsonb_agg(a.attname order by u.o), '[]') from unnest(x.indkey::int2[]) with ordinality u (n, o)
                  left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = u.n)) order by i.relname), '[]')
    from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisvalid) as indexes,
  (select coalesce(jsonb_agg(jsonb_build_object('name', t.tgname, 'function', f.proname,
      'arguments', case when t.tgnargs = 0 then '[]'::jsonb
        else to_jsonb((string_to_array(encode(t.tgargs, 'escape'), '\\000'))[1:t.tgnargs]) end,
      'definition', pg_get_triggerdef(t.oid)) order by t.tgname), '[]')
    from pg_trigger t join pg_proc f on f.oid = t.tgfoid where t.tgrelid = c.oid and not t.tgisinternal) as triggers
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1, 2`;

const functionsSql = `
select n.nspname as schema, p.proname as name, pg_get_function_identity_arguments(p.oid) as signature, p.prosecdef as definer,
  coalesce((select array_agg(format_type(t, null)) from unnest(p.proargtypes::oid[]) t), '{}') as parameters,
  (select coalesce(jsonb_agg(jsonb_build_object('name', coalesce(p.proargnames[a.i], ''), 'type', format_type(a.t, null)) order by a.i), '[]')
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality a (t, i)
    where p.proargmodes is null or p.proargmodes[a.i] in ('i', 'b', 'v')) as inputs,
  coalesce(p.proconfig, '{}') as settings, obj_description(p.oid, 'pg_proc') as comment,
  coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body, pg_get_function_result(p.oid) as returns,
  case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
  (select l.lanname from pg_language l where l.oid = p.prolang) as language,
  array(select r from unnest(array['anon', 'authenticated', 'service_role']) r where has_function_privilege(r, p.oid, 'execute'))
    || array(select 'public' from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             where a.grantee = 0 and a.privilege_type = 'EXECUTE') as executors
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('public', 'private') and p.prokind in ('f', 'p')
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
order by 1, 2, 3`;

/** Everything the rules look at, as the database itself tells it. */
export async function readCatalogue(db: Pool | ClientBase): Promise<Catalogue> {
  const ask = async <T>(sql: string): Promise<T[]> => (await db.query(sql)).rows as T[];
  const tables = await ask<Table>(tablesSql);
  const sequences = await ask<Sequence>(
    `select n.nspname as schema, c.relname as name, array(select r from unnest(array['anon', 'authenticated', 'service_role']) r
       where has_sequence_privilege(r, c.oid, 'usage') or has_sequence_privilege(r, c.oid, 'select')) as users
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname in ('public', 'private') order by 1, 2`,
  );
  const functions = await ask<Fn>(functionsSql);
  const transitions = await ask<Transition>(
    `select entity, from_state as "from", to_state as "to", permission from private.state_transitions order by 1, 2 nulls first, 3`,
  );
  const permissions = (await ask<{ id: string }>("select id from public.permissions order by id")).map(
    (row) => row.id,
  );
  return { tables, sequences, functions, transitions, permissions };
}

export const fullName = (item: { schema: string; name: string }): string => `${item.schema}.${item.name}`;
/** As the definer list in supabase/README.md spells a function: name and input types. */
export const spelled = (fn: Fn): string => `${fullName(fn)}(${fn.parameters.join(", ")})`;
export const publicTables = (catalogue: Catalogue): Table[] =>
  catalogue.tables.filter((table) => table.schema === "public" && ["r", "p"].includes(table.kind));
export const hasColumn = (table: Table, name: string): boolean =>
  table.columns.some((column) => column.name === name);
export const isTenant = (table: Table): boolean => table.schema === "public" && hasColumn(table, "client_id");
export const may = (owner: { rights: string[] }, role: string, verb: string): boolean =>
  owner.rights.includes(`${role}:${verb}`);
export const mayOnSome = (table: Table, role: string, verb: string): boolean =>
  may(table, role, verb) || table.columns.some((column) => may(column, role, verb));
