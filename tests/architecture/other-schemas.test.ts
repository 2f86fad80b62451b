import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { as, type Persona } from "../support/isolation/sweep";
import { seedTide, type SeededDatabase } from "../support/seed-tide";

let db: TestDatabase;
let seeded: SeededDatabase;
let tables: string[];

beforeAll(async () => {
  db = await freshDatabase();
  seeded = await seedTide(db);
  await db.pool.query(
    "insert into storage.objects (bucket_id, name) select id, 'planted/file.csv' from storage.buckets limit 1",
  );
  const { rows } = await db.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('public', 'pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
     order by 1`,
  );
  tables = rows.map(({ name }) => name);
});
afterAll(() => db.drop());

/** Views of an extension and the like that hold no row of anybody. */
const harmless = ["extensions.pg_stat_statements", "extensions.pg_stat_statements_info"];

async function reached(persona: Persona, verb: "read" | "delete"): Promise<string[]> {
  const found: string[] = [];
  for (const name of tables.filter((each) => !harmless.includes(each))) {
    const count = await as(db, persona, async (client) => {
      const { rowCount } = await client.query(
        verb === "read" ? `select from ${name}` : `delete from ${name}`,
      );
      return rowCount ?? 0;
    }).catch((error: { code?: string }) => {
      if (error.code === "42501") return 0;
      throw error;
    });
    if (count > 0) found.push(`${name}: ${count} rows`);
  }
  return found;
}

describe("what is not the API: sign-ins, files, the queue, helpers", () => {
  it("is there, with rows that could leak", async () => {
    const full = [
      "auth.users",
      "storage.objects",
      "graphile_worker._private_jobs",
      "private.state_transitions",
    ];
    expect(tables).toEqual(expect.arrayContaining(full));
    for (const name of full.filter((each) => !each.startsWith("graphile"))) {
      expect((await db.pool.query(`select from ${name}`)).rowCount).toBeGreaterThan(0);
    }
  });

  it("shows no row to a signed-in owner or to a visitor, and loses none to them", async () => {
    const owner: Persona = { name: "owner", userId: seeded.glow.members.owner.userId, places: [] };
    const visitor: Persona = { name: "visitor", userId: null, places: [] };
    for (const persona of [owner, visitor]) {
      expect(await reached(persona, "read")).toEqual([]);
      expect(await reached(persona, "delete")).toEqual([]);
    }
  });

  it("catches a policy that opens the files to whoever is signed in", async () => {
    await db.pool.query("create policy planted on storage.objects for select to authenticated using (true)");
    const owner: Persona = { name: "owner", userId: seeded.glow.members.owner.userId, places: [] };
    expect(await reached(owner, "read")).toEqual(["storage.objects: 1 rows"]);
    await db.pool.query("drop policy planted on storage.objects");
  });
});
