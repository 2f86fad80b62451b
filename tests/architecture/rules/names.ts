import { readdirSync } from "node:fs";
import path from "node:path";
import { unreferenced } from "../allowed";
import { fullName, publicTables, type Catalogue, type Table } from "../catalogue";
import { root } from "../documents";
import { planted, type Rule } from "./rule";

/** The tables of core that are common enough to go without their room's name. */
const bare = [
  "clients",
  "client_programs",
  "people",
  "person_roles",
  "roles",
  "permissions",
  "role_permissions",
  "invitations",
];
const rooms = (): string[] =>
  ["lib/core", "lib/programs"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  );
const triggerNumbers: Record<string, string> = {
  tg__stamp: "t10",
  tg__immutable: "t20",
  tg__guard_transition: "t30",
  tg__audit: "t80",
};
const endings: Record<string, RegExp> = { p: /_pkey$/, f: /_fkey$/, u: /_key$/, c: /_check$/, x: /_excl$/ };
const everywhere = (catalogue: Catalogue, look: (table: Table) => string[]): string[] =>
  catalogue.tables.flatMap(look);

export const nameRules: Rule[] = [
  {
    title: "a table carries the name of its room",
    check: (catalogue) => {
      const prefixes = ["core", "auth", ...rooms()];
      return publicTables(catalogue)
        .filter(
          ({ name }) => !bare.includes(name) && !prefixes.some((prefix) => name.startsWith(`${prefix}_`)),
        )
        .map(({ name }) => `${name}: belongs to no room`);
    },
    violation: { what: "a table of no room", sql: planted, found: /^planted_things: belongs to no room/ },
  },
  {
    title: "constraints and indexes are named after their table and kind",
    check: (catalogue) =>
      everywhere(catalogue, (table) => [
        ...table.constraints
          .filter(
            ({ name, kind }) => !name.startsWith(`${table.name}_`) || !(endings[kind]?.test(name) ?? true),
          )
          .map(({ name }) => `${table.name}: constraint ${name}`),
        ...table.indexes
          .filter(({ name }) => !name.startsWith(`${table.name}_`) || !/_(idx|key|pkey|excl)$/.test(name))
          .map(({ name }) => `${table.name}: index ${name}`),
      ]),
    violation: {
      what: "a constraint named by chance",
      sql: `${planted} alter table public.planted_things add constraint positive check (name <> '')`,
      found: /^planted_things: constraint positive/,
    },
  },
  {
    title: "triggers are named t<NN>_task, and each kind has its number",
    check: (catalogue) =>
      everywhere(catalogue, (table) =>
        table.triggers.flatMap(({ name, function: fn }) => [
          ...(/^t\d\d_[a-z_]+$/.test(name) ? [] : [`${table.name}: trigger ${name}`]),
          ...(triggerNumbers[fn] === undefined || name.startsWith(`${triggerNumbers[fn]}_`)
            ? []
            : [`${table.name}: ${fn} runs as ${name}`]),
        ]),
      ),
    violation: {
      what: "a trigger without a number",
      sql: "create trigger stamp before update on public.auth_sessions for each row execute function private.tg__stamp()",
      found: /^auth_sessions: trigger stamp/,
    },
  },
  {
    title: "trigger functions are named tg__task or tg_<table>__task",
    check: (catalogue) => [
      ...catalogue.functions
        .filter((fn) => (fn.returns === "trigger") !== /^tg_([a-z_]+?)?_[a-z_]+$/.test(fn.name))
        .map((fn) => `${fullName(fn)}: returns ${fn.returns}`),
    ],
    violation: {
      what: "a trigger function by another name",
      sql: "create function private.planted() returns trigger language plpgsql set search_path = '' as $$ begin return new; end $$",
      found: /^private\.planted: returns trigger/,
    },
  },
  {
    title: "a column that names another row references it",
    check: (catalogue) =>
      publicTables(catalogue).flatMap((table) =>
        table.columns
          .filter(({ name, type }) => type === "uuid" && name.endsWith("_id"))
          .filter(
            ({ name }) =>
              !table.constraints.some(
                ({ kind, columns }) => ["f", "p"].includes(kind) && columns.includes(name),
              ),
          )
          .filter(
            ({ name }) =>
              unreferenced[`${table.name}.${name}`] === undefined && unreferenced[name] === undefined,
          )
          .map(({ name }) => `${table.name}.${name}: references nothing`),
      ),
    violation: {
      what: "a reference the database does not hold",
      sql: `${planted} alter table public.planted_things add column person_id uuid`,
      found: /^planted_things\.person_id: references nothing/,
    },
  },
];
