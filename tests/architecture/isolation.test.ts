import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { expectations } from "../support/isolation/expectations";
import {
  blindDelete,
  blindUpdate,
  expectedKeys,
  insertedKeys,
  personas,
  readKeys,
  type Persona,
} from "../support/isolation/sweep";
import { seedTide, type SeededDatabase } from "../support/seed-tide";
import { globalTables, openTables } from "./allowed";
import { publicTables, type Table } from "./catalogue";

let db: TestDatabase;
let seeded: SeededDatabase;
let everyone: Persona[];
let tables: Table[];

beforeAll(async () => {
  db = await freshDatabase();
  seeded = await seedTide(db);
  tables = publicTables(seeded.catalogue).filter(({ name }) => openTables[name] === undefined);
  const ended = randomUUID();
  await db.pool.query(
    "insert into public.auth_sessions (session_id, user_id, ended_at) values ($1, $2, now())",
    [ended, seeded.glow.members.owner.userId],
  );
  for (const business of [seeded.glow, seeded.tide]) {
    for (const { userId } of Object.values(business.members)) {
      await db.pool.query("insert into public.auth_sessions (session_id, user_id) values ($1, $2)", [
        randomUUID(),
        userId,
      ]);
    }
  }
  everyone = personas(seeded, ended);
});
afterAll(() => db.drop());

/** What differs between what is and what was said, one line for each table and persona. */
async function differences(
  look: (table: Table, persona: Persona) => Promise<string | null>,
): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    for (const persona of everyone) {
      const difference = await look(table, persona);
      if (difference !== null) found.push(`${table.name}, ${persona.name}: ${difference}`);
    }
  }
  return found;
}

function compare(expected: string[], real: string[]): string | null {
  const extra = real.filter((key) => !expected.includes(key)).length;
  const missing = expected.filter((key) => !real.includes(key)).length;
  return extra + missing === 0 ? null : `${extra} rows too many, ${missing} missing of ${expected.length}`;
}

describe("the ground of the sweep", () => {
  it("says of every table who may do what, and of no table that is gone", () => {
    expect(Object.keys(expectations).sort()).toEqual(
      publicTables(seeded.catalogue)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("has rows of two businesses in every table that belongs to one", async () => {
    const thin: string[] = [];
    for (const { name } of tables.filter((table) => globalTables[table.name] === undefined)) {
      for (const { id, slug } of [seeded.glow, seeded.tide]) {
        const { rowCount } = await db.pool.query(`select from public.${name} where client_id = $1 limit 1`, [
          id,
        ]);
        if (rowCount === 0) thin.push(`${name}: no row of ${slug}`);
      }
    }
    expect(thin).toEqual([]);
  });

  it("knows somebody who legitimately reads each table, or why nobody does", async () => {
    const closed: string[] = [];
    for (const table of tables) {
      const readers = await Promise.all(
        everyone.map(async (persona) => (await expectedKeys(db, table, persona, "read")).length),
      );
      if (Math.max(...readers) === 0 && !expectations[table.name]?.serverOnly) closed.push(table.name);
    }
    expect(closed).toEqual([]);
  });
});

describe("every table as everyone", () => {
  it("shows exactly the rows a person may read", async () => {
    expect(
      await differences(async (table, persona) =>
        compare(await expectedKeys(db, table, persona, "read"), await readKeys(db, table, persona)),
      ),
    ).toEqual([]);
  });

  it("lets an update without WHERE touch exactly the rows a person may change", async () => {
    expect(
      await differences(async (table, persona) =>
        compare(await expectedKeys(db, table, persona, "update"), await blindUpdate(db, table, persona)),
      ),
    ).toEqual([]);
  });

  it("takes rows only from who may write them, into her own business", async () => {
    expect(
      await differences(async (table, persona) =>
        compare(await expectedKeys(db, table, persona, "insert"), await insertedKeys(db, table, persona)),
      ),
    ).toEqual([]);
  });

  it("lets nobody delete what she may not", async () => {
    expect(
      await differences(async (table, persona) => {
        const expected = (await expectedKeys(db, table, persona, "delete")).length;
        const gone = await blindDelete(db, table, persona);
        return gone === expected ? null : `${gone} rows deleted, ${expected} expected`;
      }),
    ).toEqual([]);
  });
});

describe("the sweep itself", () => {
  /** Applies a mistake, looks once more at one table, and takes the mistake back. */
  async function withMistake<T>(
    name: string,
    apply: string,
    undo: string,
    look: (table: Table) => Promise<T>,
  ): Promise<T> {
    await db.pool.query(apply);
    try {
      const table = publicTables(
        await import("./catalogue").then(({ readCatalogue }) => readCatalogue(db.pool)),
      ).find((each) => each.name === name);
      if (!table) throw new Error(name);
      return await look(table);
    } finally {
      await db.pool.query(undo);
    }
  }
  const persona = (name: string): Persona => {
    const found = everyone.find((each) => each.name === name);
    if (!found) throw new Error(name);
    return found;
  };

  it("catches a policy that forgets the business", async () => {
    const rows = await withMistake(
      "core_emails",
      "alter policy core_emails_select on public.core_emails using (true)",
      "alter policy core_emails_select on public.core_emails using (client_id = any ((select private.clients_with('email.log.read'))::uuid[]))",
      async (table) =>
        compare(
          await expectedKeys(db, table, persona("owner of tide"), "read"),
          await readKeys(db, table, persona("owner of tide")),
        ),
    );
    expect(rows).toMatch(/rows too many/);
  });

  it("catches a policy that lets nobody in", async () => {
    const rows = await withMistake(
      "core_emails",
      "alter policy core_emails_select on public.core_emails using (false)",
      "alter policy core_emails_select on public.core_emails using (client_id = any ((select private.clients_with('email.log.read'))::uuid[]))",
      async (table) =>
        compare(
          await expectedKeys(db, table, persona("owner of tide"), "read"),
          await readKeys(db, table, persona("owner of tide")),
        ),
    );
    expect(rows).toMatch(/2 missing of 2/);
  });

  it("catches an update policy that leans on the select policy", async () => {
    const rows = await withMistake(
      "core_notifications",
      "alter policy core_notifications_update on public.core_notifications using (true) with check (true)",
      `alter policy core_notifications_update on public.core_notifications
         using (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]))
         with check (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]))`,
      async (table) =>
        compare(
          await expectedKeys(db, table, persona("stranger"), "update"),
          await blindUpdate(db, table, persona("stranger")),
        ),
    );
    expect(rows).toMatch(/rows too many/);
  });

  it("catches rows written into another's business", async () => {
    const rows = await withMistake(
      "core_notification_preferences",
      "alter policy core_notification_preferences_insert on public.core_notification_preferences with check (true)",
      `alter policy core_notification_preferences_insert on public.core_notification_preferences
         with check (client_id = any ((select private.my_clients())::uuid[]) and person_id = any ((select private.my_people())::uuid[]))`,
      async (table) =>
        compare(
          await expectedKeys(db, table, persona("owner of tide"), "insert"),
          await insertedKeys(db, table, persona("owner of tide")),
        ),
    );
    expect(rows).toMatch(/rows too many/);
  });
});
