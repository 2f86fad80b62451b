import type { Catalogue } from "../catalogue";

/** A statement about the whole database, with a violation of it that the test plants to see it caught. */
export interface Rule {
  title: string;
  /** One line for each place that breaks the rule. */
  check(catalogue: Catalogue): string[];
  violation: {
    what: string;
    sql: string;
    /** Must be among what `check` says once the violation is there. */
    found: RegExp;
  };
}

export const planted = `create table public.planted_things (
  id uuid primary key, client_id uuid not null references public.clients (id), name text, created_at timestamptz not null default now());
alter table public.planted_things enable row level security;
alter table public.planted_things force row level security;
revoke all on public.planted_things from anon, authenticated, service_role;`;
