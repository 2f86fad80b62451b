import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { deployTo, hostedDatabase, type HostedDatabase } from "../support/hosted";
import { argumentsFor, callAs } from "../support/isolation/calls";
import { functionReach } from "../support/isolation/function-reach";
import { blindUpdate, expectedKeys, personas, readKeys } from "../support/isolation/sweep";
import { seedTide } from "../support/seed-tide";
import { publicTables, readCatalogue, type Catalogue } from "./catalogue";

let hosted: HostedDatabase;
let db: TestDatabase;
let catalogue: Catalogue;

beforeAll(async () => {
  hosted = await hostedDatabase();
  await deployTo(hosted);
  db = await freshDatabase({ from: hosted.name });
  catalogue = await readCatalogue(db.pool);
}, 120_000);
afterAll(async () => {
  await db.drop();
  await hosted.drop();
});

describe("the role of a hosted project's owner", () => {
  it("is no superuser, and owns neither auth nor storage", async () => {
    const { rows } = await db.pool.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
              array(select nspname::text from pg_namespace where nspowner = r.oid and nspname in ('auth', 'storage')) as owns
       from pg_roles r where rolname = $1`,
      [hosted.role],
    );
    expect(rows).toEqual([
      { rolsuper: false, rolcreaterole: true, rolcreatedb: true, rolbypassrls: true, owns: [] },
    ]);
  });

  it("has applied every migration, and owns what they made", async () => {
    const { rows } = await db.pool.query<{ owner: string }>(
      `select distinct pg_get_userbyid(c.relowner) as owner from pg_class c where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and c.relkind in ('r', 'p')
       union select distinct pg_get_userbyid(p.proowner) from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
    );
    expect(rows).toEqual([{ owner: hosted.role }]);
  });

  it("leaves the same schema as the local stack, down to the grants", async () => {
    const local = await freshDatabase();
    try {
      expect(catalogue).toEqual(await readCatalogue(local.pool));
    } finally {
      await local.drop();
    }
  });

  it("runs the app: the same people see and change the same rows, and functions do their work", async () => {
    const seeded = await seedTide(db);
    const everyone = personas(seeded, crypto.randomUUID());
    const wrong: string[] = [];
    for (const table of publicTables(catalogue)) {
      for (const persona of everyone.filter(({ name }) => /^(owner|creator) of (glow|tide)$/.test(name))) {
        for (const [verb, look] of [
          ["read", readKeys],
          ["update", blindUpdate],
        ] as const) {
          const [expected, real] = [
            await expectedKeys(db, table, persona, verb),
            await look(db, table, persona),
          ];
          if (
            !["permissions", "roles", "role_permissions"].includes(table.name) &&
            expected.join() !== real.join()
          ) {
            wrong.push(`${table.name}, ${persona.name}, ${verb}: ${real.length} of ${expected.length}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    const owner = everyone[0];
    const failed: string[] = [];
    for (const fn of catalogue.functions.filter(
      // Her own app is the creator's alone: there it is no fault that an owner is sent away.
      ({ name, schema, executors }) =>
        schema === "public" &&
        executors.includes("authenticated") &&
        functionReach[name]?.includes("owner") !== false,
    )) {
      if (!owner) continue;
      const { code, message } = await callAs(db, owner, fn, await argumentsFor(db, fn, seeded.glow));
      // 42501 inside would be a right that the local superuser has and this owner lacks.
      if (/^(42|XX|0A|PM001)/.test(code)) failed.push(`${fn.name}: ${code} ${message}`);
    }
    expect(failed).toEqual([]);
  });
});
