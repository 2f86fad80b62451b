import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import * as allowed from "./allowed";
import { publicTables, readCatalogue, type Catalogue } from "./catalogue";
import { rules } from "./rules";

let db: TestDatabase;
let catalogue: Catalogue;

beforeAll(async () => {
  db = await freshDatabase();
  catalogue = await readCatalogue(db.pool);
});
afterAll(() => db.drop());

/** The catalogue as it would be with this SQL applied. */
async function catalogueWith(sql: string): Promise<Catalogue> {
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    await client.query(sql);
    return await readCatalogue(client);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

for (const [area, list] of Object.entries(rules)) {
  describe(area, () => {
    for (const { title, check, violation } of list) {
      it(title, () => {
        expect(check(catalogue)).toEqual([]);
      });
      it(`catches ${violation.what}`, async () => {
        const before = new Set(check(catalogue));
        const found = check(await catalogueWith(violation.sql)).filter((line) => !before.has(line));
        expect(found).toContainEqual(expect.stringMatching(violation.found));
      });
    }
  });
}

describe("exceptions", () => {
  it("each name a table, column or function that is there", () => {
    const tables = new Set(publicTables(catalogue).map(({ name }) => name));
    const columns = new Set(
      publicTables(catalogue).flatMap((table) =>
        table.columns.flatMap(({ name }) => [name, `${table.name}.${name}`]),
      ),
    );
    const functions = new Set(catalogue.functions.map(({ schema, name }) => `${schema}.${name}`));
    const named = (list: Record<string, string>, known: Set<string>) =>
      Object.keys(list).filter((name) => !known.has(name));
    expect(named(allowed.globalTables, tables)).toEqual([]);
    expect(named(allowed.openTables, tables)).toEqual([]);
    expect(named(allowed.appendOnly, tables)).toEqual([]);
    expect(named(allowed.unaudited, tables)).toEqual([]);
    expect(named(allowed.insertable, columns)).toEqual([]);
    expect(named(allowed.slowColumns, columns)).toEqual([]);
    expect(named(allowed.pieces, columns)).toEqual([]);
    expect(named(allowed.published, columns)).toEqual([]);
    expect(named(allowed.unreferenced, columns)).toEqual([]);
    expect(named(allowed.anonFunctions, functions)).toEqual([]);
    expect(named(allowed.openHelpers, functions)).toEqual([]);
    expect(named(allowed.uncheckedDefiners, functions)).toEqual([]);
  });
});
