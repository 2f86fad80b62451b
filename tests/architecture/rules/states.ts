import type { Catalogue, Table } from "../catalogue";
import { fullName, hasColumn, may } from "../catalogue";
import { planted, type Rule } from "./rule";

const stateful = (catalogue: Catalogue): Table[] =>
  catalogue.tables.filter((table) => ["r", "p"].includes(table.kind) && hasColumn(table, "state"));

/** The words a CHECK allows in `state`. */
export function allowedStates(table: Table): string[] | null {
  const check = table.constraints.find(
    ({ kind, columns, definition }) => kind === "c" && columns.join() === "state" && /ANY|=/.test(definition),
  );
  return check ? [...check.definition.matchAll(/'([^']+)'::text/g)].map((match) => match[1] ?? "") : null;
}

const stepsOf = (catalogue: Catalogue, table: Table) =>
  catalogue.transitions.filter(({ entity }) => entity === table.name);

export const stateRules: Rule[] = [
  {
    title: "a state is one of a listed set of words",
    check: (catalogue) =>
      stateful(catalogue)
        .filter((table) => allowedStates(table) === null)
        .map((table) => `${fullName(table)}: state has no CHECK of its own`),
    violation: {
      what: "a state that may be anything",
      sql: `${planted} alter table public.planted_things add column state text not null`,
      found: /^public\.planted_things: state has no CHECK/,
    },
  },
  {
    title: "a state moves only by listed steps: t30_transition guards birth and change",
    check: (catalogue) =>
      stateful(catalogue).flatMap((table) => {
        const guard = table.triggers.find(({ name }) => name === "t30_transition");
        const right =
          guard?.function === "tg__guard_transition" &&
          guard.arguments[0] === table.name &&
          (guard.arguments[1] ?? "state") === "state" &&
          /BEFORE INSERT OR UPDATE(?: OF (?:\w+, )*state(?:, \w+)*)? ON .* FOR EACH ROW EXECUTE/.test(
            guard.definition,
          );
        return [
          ...(right ? [] : [`${fullName(table)}: state is not guarded by t30_transition`]),
          ...(stepsOf(catalogue, table).some(({ from }) => from === null)
            ? []
            : [`${fullName(table)}: no step of birth is listed`]),
        ];
      }),
    violation: {
      what: "a state without a guard",
      sql: `${planted} alter table public.planted_things add column state text not null check (state in ('open', 'shut'))`,
      found: /^public\.planted_things: state is not guarded/,
    },
  },
  {
    title: "listed steps and the CHECK speak of the same words, and every word can be reached",
    check: (catalogue) => [
      ...catalogue.transitions
        .filter(({ entity }) => !stateful(catalogue).some(({ name }) => name === entity))
        .map(({ entity }) => `${entity}: has steps and no table with a state`),
      ...stateful(catalogue).flatMap((table) => {
        const words = allowedStates(table) ?? [];
        const steps = stepsOf(catalogue, table);
        return [
          ...steps
            .flatMap(({ from, to }) => [from, to])
            .filter((word) => word !== null && !words.includes(word))
            .map((word) => `${table.name}: ${word} is not allowed by the CHECK`),
          ...words
            .filter((word) => !steps.some(({ to }) => to === word))
            .map((word) => `${table.name}: nothing leads to ${word}`),
        ];
      }),
    ],
    violation: {
      what: "a step to a word the CHECK refuses",
      sql: "insert into private.state_transitions (entity, from_state, to_state) values ('people', 'active', 'gone')",
      found: /^people: gone is not allowed by the CHECK/,
    },
  },
  {
    title: "what a state is called is called state",
    check: (catalogue) =>
      catalogue.tables
        .filter(({ schema }) => schema === "public")
        .flatMap((table) =>
          table.columns
            .filter(({ name }) => name === "status")
            .map(() => `${table.name}.status: is a state by another name`),
        ),
    violation: {
      what: "a status",
      sql: `${planted} alter table public.planted_things add column status text`,
      found: /^planted_things\.status: is a state by another name/,
    },
  },
  {
    title: "what identifies a row never changes: id and business are immutable where anyone may update",
    check: (catalogue) =>
      catalogue.tables
        .filter((table) => table.schema === "public" && hasColumn(table, "client_id"))
        .filter((table) =>
          ["authenticated", "service_role"].some(
            (role) =>
              may(table, role, "update") || table.columns.some((column) => may(column, role, "update")),
          ),
        )
        .filter((table) => {
          const kept = table.triggers
            .filter(({ function: fn }) => fn === "tg__immutable")
            .flatMap((trigger) => trigger.arguments);
          return !kept.includes("client_id") || (hasColumn(table, "id") && !kept.includes("id"));
        })
        .map((table) => `${table.name}: id or client_id may change`),
    violation: {
      what: "a row that may move to another business",
      sql: "drop trigger t20_immutable on public.people",
      found: /^people: id or client_id may change/,
    },
  },
];
