import { openHelpers, uncheckedDefiners } from "../allowed";
import { fullName, type Catalogue, type Fn } from "../catalogue";
import { definerList, ownBodyList, sqlstates } from "../documents";
import type { Rule } from "./rule";

const isTrigger = (fn: Fn): boolean => fn.returns === "trigger";
const code = (fn: Fn): string =>
  fn.body
    .replace(/--[^\n]*/g, "")
    .replace(/\s+/g, " ")
    .trim();
/** The one call a wrapper makes, in any of the ways SQL can say it. */
const wrapper =
  /^(?:begin (?:return query select \* from|return query select|return|perform) |return \(?|select (?:\* from )?)\(?(private\.\w+)\(([^;]*)\)\)?;?(?: end;?)?$/i;
const asksWhoCalls =
  /auth\.uid\(\)|private\.(require_permission|has_permission|my_person|my_people|my_creators|my_clients|loyalty_my_creator|clients_with|require_\w+)\(/;

/** Functions that refuse a caller without the permission, themselves or through one they call. */
function gatekeepers(catalogue: Catalogue): Set<string> {
  const found = new Set<string>(["private.require_permission"]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const fn of catalogue.functions) {
      if ([...found].some((name) => code(fn).includes(`${name}(`))) found.add(fullName(fn));
    }
  }
  return found;
}

function calledByPolicies(catalogue: Catalogue): Set<string> {
  const text = catalogue.tables
    .flatMap((table) => table.policies.flatMap(({ using, check }) => [using ?? "", check ?? ""]))
    .join(" ");
  return new Set([...text.matchAll(/private\.\w+/g)].map(([name]) => name));
}

function calledByDoors(catalogue: Catalogue): Set<string> {
  return new Set(
    catalogue.functions
      .filter((fn) => !fn.definer && fn.executors.includes("authenticated"))
      .flatMap((fn) => [...fn.body.matchAll(/private\.\w+(?=\()/g)].map(([name]) => name)),
  );
}

export const functionRules: Rule[] = [
  {
    title: "every function says what it does",
    check: (catalogue) =>
      catalogue.functions.filter((fn) => !fn.comment).map((fn) => `${fullName(fn)}: has no comment`),
    violation: {
      what: "a function without a comment",
      sql: "create function private.planted() returns integer language sql set search_path = '' as 'select 1'",
      found: /^private\.planted: has no comment/,
    },
  },
  {
    title: "every function names its schemas itself: search_path is empty",
    check: (catalogue) =>
      catalogue.functions
        .filter(({ settings }) => !settings.includes('search_path=""'))
        .map((fn) => `${fullName(fn)}: search_path is not empty`),
    violation: {
      what: "a function with the caller's search_path",
      sql: "create function private.planted() returns integer language sql as 'select 1'",
      found: /^private\.planted: search_path is not empty/,
    },
  },
  {
    title:
      "the functions with their owner's rights are exactly those listed, with a reason, in supabase/README.md",
    check: (catalogue) => {
      const listed = definerList();
      const real = new Set(catalogue.functions.filter((fn) => fn.definer).map(fullName));
      return [
        ...[...real].filter((name) => !listed.has(name)).map((name) => `${name}: is not in the list`),
        ...[...listed.keys()]
          .filter((name) => !real.has(name))
          .map((name) => `${name}: is listed and is no definer function`),
        ...[...listed]
          .filter(([, reason]) => reason.length < 5)
          .map(([name]) => `${name}: is listed without a reason`),
      ];
    },
    violation: {
      what: "a definer function nobody listed",
      sql: "create function private.planted() returns integer language sql security definer set search_path = '' as 'select 1'",
      found: /^private\.planted: is not in the list/,
    },
  },
  {
    title: "nothing the API exposes runs with its owner's rights",
    check: (catalogue) =>
      catalogue.functions
        .filter((fn) => fn.definer && fn.schema === "public")
        .map((fn) => `${fullName(fn)}: is security definer`),
    violation: {
      what: "a definer function in public",
      sql: "create function public.planted() returns integer language sql security definer set search_path = '' as 'select 1'",
      found: /^public\.planted: is security definer/,
    },
  },
  {
    title:
      "a function of the API is one call to a private one, or is listed in supabase/README.md as working under the caller's own policies",
    check: (catalogue) =>
      catalogue.functions
        .filter((fn) => fn.schema === "public" && !isTrigger(fn))
        .filter((fn) => !wrapper.test(code(fn)) && !ownBodyList().has(fullName(fn)))
        .map((fn) => `${fullName(fn)}: is not a one-line wrapper`),
    violation: {
      what: "a public function with a body of its own",
      sql: "create function public.planted() returns bigint language sql set search_path = '' as 'select count(*) from public.people'",
      found: /^public\.planted: is not a one-line wrapper/,
    },
  },
  {
    title: "a function of the API is named room_verb_noun, and no two share a name",
    check: (catalogue) => [
      ...catalogue.functions
        .filter((fn) => fn.schema === "public" && !/^[a-z]+(_[a-z0-9]+){1,5}$/.test(fn.name))
        .map((fn) => `${fullName(fn)}: is not room_verb_noun`),
      ...catalogue.functions
        .filter((fn, at) => catalogue.functions.findIndex((other) => fullName(other) === fullName(fn)) !== at)
        .map((fn) => `${fullName(fn)}: is overloaded`),
    ],
    violation: {
      what: "an overloaded function",
      sql: "create function public.people_claim_by_email(p_more text) returns jsonb language plpgsql set search_path = '' as $$ begin return private.people_claim_by_email(); end $$",
      found: /^public\.people_claim_by_email: is overloaded/,
    },
  },
  {
    title: "parameters begin with p_",
    check: (catalogue) =>
      catalogue.functions.flatMap((fn) =>
        fn.inputs
          .filter(({ name }) => !name.startsWith("p_"))
          .map(({ name }) => `${fullName(fn)}: parameter ${name || "without a name"}`),
      ),
    violation: {
      what: "a parameter that could hide a column",
      sql: "create function private.planted(client_id uuid) returns uuid language sql set search_path = '' as 'select client_id'",
      found: /^private\.planted: parameter client_id/,
    },
  },
  {
    title: "people can call a private function only through a policy, a public wrapper or a listed reason",
    check: (catalogue) => {
      const known = new Set([...calledByPolicies(catalogue), ...calledByDoors(catalogue)]);
      return catalogue.functions
        .filter((fn) => fn.schema === "private" && fn.executors.includes("authenticated"))
        .filter((fn) => !known.has(fullName(fn)) && openHelpers[fullName(fn)] === undefined)
        .map((fn) => `${fullName(fn)}: people may call it, and nothing of theirs does`);
    },
    violation: {
      what: "a private function left open to people",
      sql: "grant execute on function private.bind_person(uuid, uuid, uuid) to authenticated",
      found: /^private\.bind_person: people may call it/,
    },
  },
  {
    title: "a definer function people can call asks who calls",
    check: (catalogue) => {
      const gates = gatekeepers(catalogue);
      return catalogue.functions
        .filter((fn) => fn.definer && fn.executors.includes("authenticated"))
        .filter((fn) => !asksWhoCalls.test(code(fn)) && !gates.has(fullName(fn)))
        .filter((fn) => uncheckedDefiners[fullName(fn)] === undefined)
        .map((fn) => `${fullName(fn)}: never asks who calls`);
    },
    violation: {
      what: "a definer function that answers anyone",
      sql: `create function private.planted(p_client uuid) returns bigint language sql security definer set search_path = ''
        as 'select count(*) from public.people p where p.client_id = p_client'; grant execute on function private.planted(uuid) to authenticated`,
      found: /^private\.planted: never asks who calls/,
    },
  },
  {
    title: "every error code raised in SQL is in the catalogue",
    check: (catalogue) =>
      catalogue.functions.flatMap((fn) =>
        [...fn.body.matchAll(/errcode\s*=\s*'([^']+)'/gi)]
          .map((match) => match[1] ?? "")
          .filter((state) => !sqlstates().has(state))
          .map((state) => `${fullName(fn)}: raises ${state}`),
      ),
    violation: {
      what: "an error code of one's own",
      sql: `create function private.planted() returns void language plpgsql set search_path = ''
        as $$ begin raise exception using errcode = 'XX999', message = 'No.'; end $$`,
      found: /^private\.planted: raises XX999/,
    },
  },
  {
    title:
      "SQL written for a table takes time and chance from the transaction, never from the wall clock of a default",
    check: (catalogue) =>
      catalogue.functions
        .filter(
          (fn) => isTrigger(fn) && /clock_timestamp\(\)|timeofday\(\)|statement_timestamp\(\)/.test(code(fn)),
        )
        .map((fn) => `${fullName(fn)}: a trigger reads the wall clock`),
    violation: {
      what: "a trigger that reads the wall clock",
      sql: "create function private.tg__planted() returns trigger language plpgsql set search_path = '' as $$ begin new.updated_at := clock_timestamp(); return new; end $$",
      found: /^private\.tg__planted: a trigger reads the wall clock/,
    },
  },
];
