import { globalTables, pieces, slowColumns, unreferenced } from "../allowed";
import { fullName, hasColumn, isTenant, publicTables, type Catalogue, type Table } from "../catalogue";
import { planted, type Rule } from "./rule";

const foreignKeys = (table: Table) => table.constraints.filter((constraint) => constraint.kind === "f");
const fastTypes = [
  "text",
  "bigint",
  "integer",
  "smallint",
  "boolean",
  "uuid",
  "date",
  "timestamp with time zone",
  "time without time zone",
  "jsonb",
];
const money = /(^|_)(amount|amounts|price|fee|balance|gmv|sales|commission|total|threshold|points|cents)$/;

function indexed(table: Table, columns: string[]): boolean {
  return table.indexes.some((index) => {
    // An index without the rows that have no reference still finds every row that has one.
    const whole = index.predicate === null || /^\(\w+ IS NOT NULL\)$/.test(index.predicate);
    return whole && columns.every((column) => index.columns.slice(0, columns.length).includes(column));
  });
}

const tenantNames = (catalogue: Catalogue): Set<string> =>
  new Set(publicTables(catalogue).filter(isTenant).map(fullName));

export const tableRules: Rule[] = [
  {
    title: "every table of the API has row security, enabled and forced",
    check: (catalogue) =>
      publicTables(catalogue)
        .filter((table) => !table.rls || !table.forced)
        .map((table) => `${table.name}: row security is not enabled and forced`),
    violation: {
      what: "a table without row security",
      sql: "create table public.planted_things (id uuid primary key)",
      found: /^planted_things: row security/,
    },
  },
  {
    title: "every row belongs to a business, or its table is listed as global with a reason",
    check: (catalogue) => {
      const tenants = tenantNames(catalogue);
      return publicTables(catalogue).flatMap((table) => {
        const column = table.columns.find(({ name }) => name === "client_id");
        if (globalTables[table.name] !== undefined)
          return column ? [`${table.name}: is listed as global and carries client_id`] : [];
        if (!column) return [`${table.name}: has no client_id and is not listed as global`];
        // Directly, or as the first half of a reference to a row that does: (client_id, run_id) → runs (client_id, id).
        const reference = foreignKeys(table).some(
          ({ columns, target, targetColumns }) =>
            (columns.join() === "client_id" && target === "public.clients") ||
            (target !== null &&
              tenants.has(target) &&
              targetColumns[columns.indexOf("client_id")] === "client_id"),
        );
        return [
          ...(column.notNull && column.type === "uuid"
            ? []
            : [`${table.name}: client_id is not a uuid that is never null`]),
          ...(reference || unreferenced[`${table.name}.client_id`] !== undefined
            ? []
            : [`${table.name}: client_id does not reference clients`]),
        ];
      });
    },
    violation: {
      what: "a table without client_id",
      sql: "create table public.planted_things (id uuid primary key)",
      found: /^planted_things: has no client_id/,
    },
  },
  {
    title: "client_id is never null and references clients",
    check: (catalogue) =>
      publicTables(catalogue)
        .filter(isTenant)
        .filter((table) => !table.columns.some(({ name, notNull }) => name === "client_id" && notNull))
        .map((table) => `${table.name}: client_id may be null`),
    violation: {
      what: "a client_id that may be null",
      sql: `${planted} alter table public.planted_things alter column client_id drop not null`,
      found: /^planted_things: client_id may be null/,
    },
  },
  {
    title: "a reference between rows of a business names the business too, so it cannot cross into another",
    check: (catalogue) => {
      const tenants = tenantNames(catalogue);
      return publicTables(catalogue)
        .filter(isTenant)
        .flatMap((table) =>
          foreignKeys(table)
            .filter(({ target }) => target !== null && tenants.has(target))
            .filter(({ columns, targetColumns }) => {
              const at = columns.indexOf("client_id");
              return at < 0 || targetColumns[at] !== "client_id";
            })
            .map(({ name }) => `${table.name}.${name}: does not carry client_id`),
        );
    },
    violation: {
      what: "a reference without client_id",
      sql: `${planted} alter table public.planted_things add column person_id uuid references public.people (id)`,
      found: /^planted_things\.\w+: does not carry client_id/,
    },
  },
  {
    title: "every foreign key leads an index",
    check: (catalogue) =>
      catalogue.tables.flatMap((table) =>
        foreignKeys(table)
          .filter(({ columns }) => !indexed(table, columns))
          .map(
            ({ name, columns }) => `${fullName(table)}.${name}: no index begins with ${columns.join(", ")}`,
          ),
      ),
    violation: {
      what: "a foreign key without an index",
      sql: `${planted} alter table public.planted_things add column owner_id uuid references auth.users (id)`,
      found: /^public\.planted_things\.\w+: no index begins with owner_id/,
    },
  },
  {
    title: "every table says what it is for",
    check: (catalogue) =>
      catalogue.tables.filter((table) => !table.comment).map((table) => `${fullName(table)}: has no comment`),
    violation: {
      what: "a table without a comment",
      sql: planted,
      found: /^public\.planted_things: has no comment/,
    },
  },
  {
    title: "columns have types whose operators are pushed below a policy",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        table.columns
          .filter(
            ({ type, name }) =>
              !fastTypes.includes(type) && slowColumns[`${table.name}.${name}`] === undefined,
          )
          .map(({ name, type }) => `${table.name}.${name}: is ${type}`),
      ),
    violation: {
      what: "a numeric column",
      sql: `${planted} alter table public.planted_things add column weight numeric`,
      found: /^planted_things\.weight: is numeric/,
    },
  },
  {
    title: "money and points are whole numbers in the smallest unit",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        table.columns
          .filter(({ name, type }) => money.test(name) && type !== "bigint" && type !== "jsonb")
          .filter(({ name }) => pieces[`${table.name}.${name}`] === undefined)
          .map(({ name, type }) => `${table.name}.${name}: is ${type}, not bigint`),
      ),
    violation: {
      what: "a price that is not bigint",
      sql: `${planted} alter table public.planted_things add column price integer`,
      found: /^planted_things\.price: is integer/,
    },
  },
  {
    title: "a view runs with the rights of the one who asks, and no copy of rows escapes the policies",
    check: (catalogue) => [
      ...catalogue.tables
        .filter(({ kind, securityInvoker }) => kind === "v" && !securityInvoker)
        .map((view) => `${fullName(view)}: is not security_invoker`),
      ...catalogue.tables
        .filter(({ schema, kind }) => schema === "public" && ["m", "f"].includes(kind))
        .map((view) => `${fullName(view)}: has no policies`),
    ],
    violation: {
      what: "a view with its owner's rights",
      sql: "create view public.planted_people as select id from public.people",
      found: /^public\.planted_people: is not security_invoker/,
    },
  },
  {
    title: "a table that remembers its last change keeps it true by trigger",
    check: (catalogue) =>
      publicTables(catalogue)
        .filter((table) => hasColumn(table, "updated_at"))
        .filter(
          (table) =>
            !table.triggers.some(({ name, function: fn }) => name === "t10_stamp" && fn === "tg__stamp"),
        )
        .map((table) => `${table.name}: updated_at without t10_stamp`),
    violation: {
      what: "an updated_at nobody keeps",
      sql: `${planted} alter table public.planted_things add column updated_at timestamptz`,
      found: /^planted_things: updated_at without t10_stamp/,
    },
  },
];
