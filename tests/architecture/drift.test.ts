import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueText } from "../../scripts/stack/catalogue";
import { supabase } from "../../scripts/stack/migrate";
import { withDatabase } from "../../scripts/stack/sql";
import { sqlstates as mapped } from "../../lib/db/sqlstate";
import { freshDatabase, type TestDatabase } from "../support/database";
import { root, sqlstates } from "./documents";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
/** Without layout: the generator and the formatter may break lines differently. */
const words = (source: string): string =>
  source
    .replace(/^\/\/.*$/gm, "")
    .replace(/[\s;,()|]+/g, " ")
    .replace(/'/g, '"')
    .trim();

describe("what is written down about the database", () => {
  it("supabase/schema.snapshot.sql is what the migrations make (npm run snapshot)", async () => {
    const now = (await withDatabase(db.url, catalogueText)).split("\n");
    const written = read("supabase/schema.snapshot.sql").split("\n");
    const have = new Set(written);
    const made = new Set(now);
    expect({
      missing: now.filter((text) => !have.has(text)).slice(0, 10),
      gone: written.filter((text) => !made.has(text)).slice(0, 10),
      same: now.join("\n") === written.join("\n"),
    }).toEqual({ missing: [], gone: [], same: true });
  });

  it("the snapshot shows a change of a policy, a grant and a function", async () => {
    const before = await withDatabase(db.url, catalogueText);
    const changed = await withDatabase(db.url, async (client) => {
      await client.query("begin");
      await client.query(`alter policy people_select on public.people using (false); grant update (email) on public.people to authenticated;
        create or replace function private.claims() returns jsonb language sql stable set search_path = '' as $$ select '{}'::jsonb $$`);
      const text = await catalogueText(client);
      await client.query("rollback");
      return text;
    });
    const fresh = changed.split("\n").filter((text) => !before.includes(text));
    expect(fresh.join("\n")).toMatch(/using false/);
    expect(fresh.join("\n")).toMatch(/UPDATE \(.*email.*\) to authenticated/);
    expect(fresh.join("\n")).toMatch(/select '\{\}'::jsonb/);
  });

  it("lib/db/types.generated.ts is what Supabase generates (npm run types)", () => {
    const done = supabase(["gen", "types", `--remote=${db.url}`, "--schema", "public"]);
    expect(done.status).toBe(0);
    const generated = done.stdout.slice(done.stdout.indexOf("export type"));
    expect(words(read("lib/db/types.generated.ts")) === words(generated)).toBe(true);
  });

  it("the error codes in supabase/README.md are those the app maps", () => {
    expect([...sqlstates()].sort()).toEqual([...mapped].sort());
  });
});
