import { anonFunctions, appendOnly, insertable, published, unaudited } from "../allowed";
import { apiRoles, fullName, may, mayOnSome, publicTables } from "../catalogue";
import { planted, type Rule } from "./rule";

const protectedColumn =
  /^(id|client_id|created_\w+|updated_\w+|state|user_id|role_id|granted_by|amount|gmv|points|balance|threshold|commission_bp|total_\w+|period_\w+|tier_id|\w+_(amount|price|fee|points|balance))$/;

export const grantRules: Rule[] = [
  {
    title: "visitors have no right on any table",
    check: (catalogue) =>
      catalogue.tables.flatMap((table) =>
        ["anon", "public"].flatMap((role) => {
          const rights = new Set(
            [...table.rights, ...table.columns.flatMap((column) => column.rights)].filter((right) =>
              right.startsWith(`${role}:`),
            ),
          );
          return [...rights].map((right) => `${fullName(table)}: ${right}`);
        }),
      ),
    violation: {
      what: "a table anon may read",
      sql: `${planted} grant select on public.planted_things to anon`,
      found: /^public\.planted_things: anon:select/,
    },
  },
  {
    title: "no API role may truncate, reference, maintain or hang triggers on a table",
    check: (catalogue) =>
      catalogue.tables.flatMap((table) =>
        apiRoles.flatMap((role) =>
          ["truncate", "references", "trigger", "maintain"]
            .filter((verb) => mayOnSome(table, role, verb))
            .map((verb) => `${fullName(table)}: ${role} may ${verb}`),
        ),
      ),
    violation: {
      what: "a right to truncate, which no policy sees",
      sql: `${planted} grant truncate on public.planted_things to service_role`,
      found: /^public\.planted_things: service_role may truncate/,
    },
  },
  {
    title: "people insert and update named columns, never whole rows",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        ["insert", "update"]
          .filter((verb) => may(table, "authenticated", verb))
          .map((verb) => `${table.name}: people may ${verb} every column`),
      ),
    violation: {
      what: "a right to update every column",
      sql: `${planted} grant update on public.planted_things to authenticated`,
      found: /^planted_things: people may update every column/,
    },
  },
  {
    title: "ids, business, origin, state, role, money and points are never written by people directly",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        table.columns.flatMap((column) =>
          ["insert", "update"]
            .filter((verb) => may(column, "authenticated", verb) && protectedColumn.test(column.name))
            .filter(
              (verb) => !(verb === "insert" && insertable[`${table.name}.${column.name}`] !== undefined),
            )
            .map((verb) => `${table.name}.${column.name}: people may ${verb} it`),
        ),
      ),
    violation: {
      what: "a state people may set",
      sql: "grant update (state) on public.people to authenticated",
      found: /^people\.state: people may update it/,
    },
  },
  {
    title: "people reach nothing in private but functions",
    check: (catalogue) =>
      catalogue.tables
        .filter(({ schema }) => schema === "private")
        .flatMap((table) =>
          ["anon", "authenticated"].flatMap((role) =>
            ["select", "insert", "update", "delete"]
              .filter((verb) => mayOnSome(table, role, verb))
              .map((verb) => `${fullName(table)}: ${role} may ${verb}`),
          ),
        ),
    violation: {
      what: "a secret people may read",
      sql: "grant select on private.invitation_secrets to authenticated",
      found: /^private\.invitation_secrets: authenticated may select/,
    },
  },
  {
    title: "what is append-only cannot be changed or removed by any API role",
    check: (catalogue) =>
      publicTables(catalogue)
        .filter((table) => appendOnly[table.name] !== undefined)
        .flatMap((table) =>
          apiRoles.flatMap((role) =>
            ["update", "delete"]
              .filter((verb) => mayOnSome(table, role, verb))
              .map((verb) => `${table.name}: ${role} may ${verb}`),
          ),
        ),
    violation: {
      what: "an audit log the server may edit",
      sql: "grant update on public.core_audit_log to service_role",
      found: /^core_audit_log: service_role may update/,
    },
  },
  {
    title: "visitors call only what is listed",
    check: (catalogue) => [
      ...catalogue.functions
        .filter((fn) => fn.executors.includes("anon") && anonFunctions[fullName(fn)] === undefined)
        .map((fn) => `${fullName(fn)}: anon may call it`),
      ...Object.keys(anonFunctions)
        .filter(
          (name) => !catalogue.functions.some((fn) => fullName(fn) === name && fn.executors.includes("anon")),
        )
        .map((name) => `${name}: is listed for anon and cannot be called by anon`),
    ],
    violation: {
      what: "a function anon may call",
      sql: "grant execute on function public.people_claim_by_email() to anon",
      found: /^public\.people_claim_by_email: anon may call it/,
    },
  },
  {
    title: "no function is open to everyone by default",
    check: (catalogue) =>
      catalogue.functions
        .filter((fn) => fn.executors.includes("public"))
        .map((fn) => `${fullName(fn)}: PUBLIC may call it`),
    violation: {
      what: "a function granted to PUBLIC",
      sql: "create function private.planted() returns integer language sql set search_path = '' as 'select 1'; grant execute on function private.planted() to public",
      found: /^private\.planted: PUBLIC may call it/,
    },
  },
  {
    title: "what people write directly leaves a trace in the audit log",
    check: (catalogue) =>
      publicTables(catalogue)
        .filter((table) => unaudited[table.name] === undefined)
        .flatMap((table) =>
          ["insert", "update", "delete"]
            .filter((verb) => mayOnSome(table, "authenticated", verb))
            .filter(
              (verb) =>
                !table.triggers.some(
                  ({ name, function: fn }) => name === `t80_audit_${verb}` && fn === "tg__audit",
                ),
            )
            .map((verb) => `${table.name}: people may ${verb}, and nothing records it`),
        ),
    violation: {
      what: "a table whose changes nobody records",
      sql: `${planted} grant update (name) on public.planted_things to authenticated`,
      found: /^planted_things: people may update, and nothing records it/,
    },
  },
  {
    title: "nobody reads or draws from a sequence: how many rows a table ever had is nobody's business",
    check: (catalogue) =>
      catalogue.sequences.flatMap((sequence) =>
        sequence.users.map((role) => `${fullName(sequence)}: ${role} may use it`),
      ),
    violation: {
      what: "a sequence people may read",
      sql: "create sequence public.planted; grant select on public.planted to authenticated",
      found: /^public\.planted: authenticated may use it/,
    },
  },
  {
    title: "secrets sit where no person reads them and no audit row copies them",
    check: (catalogue) =>
      catalogue.tables.flatMap((table) =>
        table.columns
          .filter(
            ({ name, type }) =>
              /(^|_)(secret|token|password|envelope|hash|ciphertext)s?$/.test(name) && type !== "boolean",
          )
          .filter(({ name }) => published[`${table.name}.${name}`] === undefined)
          .flatMap((column) => [
            ...["anon", "authenticated"]
              .filter((role) => may(column, role, "select"))
              .map((role) => `${fullName(table)}.${column.name}: ${role} may read it`),
            ...(table.triggers.some(({ function: fn }) => fn === "tg__audit")
              ? [`${fullName(table)}.${column.name}: is copied into the audit log`]
              : []),
          ]),
      ),
    violation: {
      what: "a token people may read",
      sql: `${planted} alter table public.planted_things add column reset_token text; grant select on public.planted_things to authenticated`,
      found: /^public\.planted_things\.reset_token: authenticated may read it/,
    },
  },
];
