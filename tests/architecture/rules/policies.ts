import { openTables } from "../allowed";
import { fullName, mayOnSome, publicTables, type Catalogue, type Policy, type Table } from "../catalogue";
import { planted, type Rule } from "./rule";

const verbs = ["select", "insert", "update", "delete"] as const;
const each = (catalogue: Catalogue, look: (table: Table, policy: Policy) => string[]): string[] =>
  publicTables(catalogue).flatMap((table) => table.policies.flatMap((policy) => look(table, policy)));
const expressions = ({ using, check }: Policy): string[] => [using, check].filter((text) => text !== null);
const flat = (text: string): string => text.replace(/\s+/g, " ");

const helper = /private\.\w+\(/g;
/** `( SELECT private.helper('constant'::text) AS helper)`: evaluated once a statement. */
const onceOnly = /\( ?SELECT (private|auth)\.\w+\(('[^']*'(::text)?)?(, ?'[^']*'(::text)?)*\) AS \w+\)/g;
const tenantArm = /^\(*(client_id|id) = ANY \(\(+ ?SELECT private\.(my_clients|clients_with)\(/;
const ownArm = /^\(+user_id = \( ?SELECT auth\.uid\(\) AS uid\)\)/;

const staffPolicy = (name: string, expression: string) =>
  `${planted} grant select on public.planted_things to authenticated;
   create policy ${name} on public.planted_things for select to authenticated using (${expression});`;

export const policyRules: Rule[] = [
  {
    title: "a table has at most one policy a verb, permissive, for signed-in people only, named after both",
    check: (catalogue) =>
      each(catalogue, (table, policy) => [
        ...(policy.permissive && policy.verb !== "all"
          ? []
          : [`${table.name}.${policy.name}: is not a permissive policy for one verb`]),
        ...(policy.roles.join() === "authenticated"
          ? []
          : [`${table.name}.${policy.name}: is for ${policy.roles.join()}`]),
        ...(policy.name === `${table.name}_${policy.verb}`
          ? []
          : [`${table.name}.${policy.name}: is not named ${table.name}_${policy.verb}`]),
        ...(table.policies.filter(({ verb }) => verb === policy.verb).length === 1
          ? []
          : [`${table.name}: has several policies for ${policy.verb}`]),
      ]),
    violation: {
      what: "a second policy for one verb",
      sql: "create policy people_select_again on public.people for select to authenticated using (false)",
      found: /^people: has several policies for select/,
    },
  },
  {
    title: "no policy speaks to visitors or to everyone",
    check: (catalogue) =>
      each(catalogue, (table, { name, roles }) =>
        roles.some((role) => role !== "authenticated")
          ? [`${table.name}.${name}: is for ${roles.join()}`]
          : [],
      ),
    violation: {
      what: "a policy for anon",
      sql: `${planted} create policy planted_things_select on public.planted_things for select to anon using (false)`,
      found: /^planted_things\.planted_things_select: is for anon/,
    },
  },
  {
    title: "an update is judged before and after",
    check: (catalogue) =>
      each(catalogue, (table, { name, verb, using, check }) => [
        ...(verb === "update" && (using === null || check === null)
          ? [`${table.name}.${name}: lacks USING or WITH CHECK`]
          : []),
        // Without WITH CHECK Postgres repeats USING, but a reader does not see it; an update that moves a row must be refused in words.
      ]),
    violation: {
      what: "an update policy without WITH CHECK",
      sql: `${planted} create policy planted_things_update on public.planted_things for update to authenticated
        using (client_id = any ((select private.clients_with('people.people.write'))::uuid[]))`,
      found: /^planted_things\.planted_things_update: lacks/,
    },
  },
  {
    title: "every policy begins with the caller's businesses, or the caller's own login",
    check: (catalogue) =>
      each(catalogue, (table, policy) =>
        openTables[table.name] !== undefined
          ? []
          : expressions(policy)
              .map(flat)
              .filter(
                (text) => !tenantArm.test(text) && !(table.name === "auth_sessions" && ownArm.test(text)),
              )
              .map(
                (text) =>
                  `${table.name}.${policy.name}: does not begin with the caller's businesses: ${text.slice(0, 60)}`,
              ),
      ),
    violation: {
      what: "a policy that lets everyone in",
      sql: staffPolicy("planted_things_select", "true"),
      found: /^planted_things\.planted_things_select: does not begin/,
    },
  },
  {
    title: "policies say case, never or: two indexable arms become a BitmapOr",
    check: (catalogue) =>
      each(catalogue, (table, policy) =>
        expressions(policy).some((text) => / OR /.test(text))
          ? [`${table.name}.${policy.name}: uses or`]
          : [],
      ),
    violation: {
      what: "an or in a policy",
      sql: staffPolicy(
        "planted_things_select",
        "client_id = any ((select private.my_clients())::uuid[]) and (name = 'a' or id = any ((select private.my_people())::uuid[]))",
      ),
      found: /^planted_things\.planted_things_select: uses or/,
    },
  },
  {
    title: "policies call helpers inside a select and with constants only, so each runs once a statement",
    check: (catalogue) =>
      each(catalogue, (table, policy) =>
        expressions(policy).flatMap((text) => {
          const left = flat(text).replace(onceOnly, "");
          return helper.test(left) || /auth\.\w+\(/.test(left)
            ? [`${table.name}.${policy.name}: calls a helper for every row`]
            : [];
        }),
      ),
    violation: {
      what: "a helper that is given the row's value",
      sql: staffPolicy(
        "planted_things_select",
        "client_id = any ((select private.my_clients())::uuid[]) and private.has_permission(client_id, 'people.people.read')",
      ),
      found: /^planted_things\.planted_things_select: calls a helper for every row/,
    },
  },
  {
    title: "policies ask for permissions that exist",
    check: (catalogue) =>
      each(catalogue, (table, policy) =>
        expressions(policy).flatMap((text) =>
          [...text.matchAll(/clients_with\('([^']*)'/g)]
            .map((match) => match[1] ?? "")
            .filter((permission) => !catalogue.permissions.includes(permission))
            .map((permission) => `${table.name}.${policy.name}: no such permission: ${permission}`),
        ),
      ),
    violation: {
      what: "a permission with a typing error",
      sql: staffPolicy(
        "planted_things_select",
        "client_id = any ((select private.clients_with('people.poeple.read'))::uuid[])",
      ),
      found: /no such permission: people\.poeple\.read/,
    },
  },
  {
    title: "a right and its policy come together: one without the other opens nothing",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        verbs.flatMap((verb) => {
          const policy = table.policies.some((each) => each.verb === verb);
          const right = mayOnSome(table, "authenticated", verb);
          if (policy === right) return [];
          return [
            right
              ? `${table.name}: people may ${verb}, but no policy lets any row through`
              : `${table.name}: has a policy for ${verb}, but no grant`,
          ];
        }),
      ),
    violation: {
      what: "a grant without a policy",
      sql: `${planted} grant select on public.planted_things to authenticated`,
      found: /^planted_things: people may select, but no policy/,
    },
  },
  {
    title: "what a policy calls is plpgsql, stable and runs with its owner's rights",
    check: (catalogue) => {
      const called = new Set(
        each(catalogue, (_table, policy) =>
          expressions(policy).flatMap((text) => [...text.matchAll(/private\.\w+/g)].map(([name]) => name)),
        ),
      );
      return catalogue.functions
        .filter((fn) => called.has(fullName(fn)))
        .filter((fn) => fn.language !== "plpgsql" || fn.volatility !== "stable" || !fn.definer)
        .map(
          (fn) =>
            `${fullName(fn)}: is ${fn.language}, ${fn.volatility}${fn.definer ? "" : ", with the caller's rights"}`,
        );
    },
    violation: {
      what: "a helper that is volatile, so that it runs once a row",
      sql: "alter function private.my_people() volatile",
      found: /^private\.my_people: is plpgsql, volatile/,
    },
  },
];
