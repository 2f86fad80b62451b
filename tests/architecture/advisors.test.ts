import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { supabase } from "../../scripts/stack/migrate";
import { freshDatabase, type TestDatabase } from "../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

/** The CLI needs nothing but a connection: the rules are part of its binary, no account and no network. */
function advise(): { status: number | null; findings: string[] } {
  const done = supabase([
    "db",
    "advisors",
    `--remote=${db.url}`,
    "--level",
    "warn",
    "--fail-on",
    "warn",
    "-o",
    "json",
  ]);
  const json = done.stdout.slice(done.stdout.indexOf("["), done.stdout.lastIndexOf("]") + 1);
  const list = (json === "" ? [] : JSON.parse(json)) as { name: string; detail: string }[];
  return { status: done.status, findings: list.map(({ name, detail }) => `${name}: ${detail}`) };
}

describe("Supabase's own advisors", () => {
  it("have nothing to say at the level of a warning", () => {
    expect(advise()).toEqual({ status: 0, findings: [] });
  });

  it("catches a table without row security and a function with the caller's search_path", async () => {
    await db.pool.query(`create table public.planted_things (id uuid primary key);
      grant select on public.planted_things to anon;
      create function public.planted() returns integer language sql as 'select 1'`);
    const { status, findings } = advise();
    expect(status).not.toBe(0);
    expect(findings.map((line) => line.split(":")[0])).toEqual(
      expect.arrayContaining(["rls_disabled_in_public", "function_search_path_mutable"]),
    );
  });
});
