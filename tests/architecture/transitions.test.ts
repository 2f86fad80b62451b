import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { seedTide, type SeededDatabase } from "../support/seed-tide";
import { fullName, publicTables, type Table } from "./catalogue";
import { allowedStates } from "./rules/states";

let db: TestDatabase;
let seeded: SeededDatabase;
let machines: Table[];

beforeAll(async () => {
  db = await freshDatabase();
  seeded = await seedTide(db);
  machines = publicTables(seeded.catalogue).filter((table) =>
    table.columns.some(({ name }) => name === "state"),
  );
});
afterAll(() => db.drop());

/**
 * Puts one row into a state, whatever the rules say, and tries one step under them. CHECKs are taken off for the
 * transaction: it is the guard that is asked here, and it must not lean on them.
 */
async function step(table: Table, from: string, to: string): Promise<{ code: string; recorded: number }> {
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    for (const { name, kind } of table.constraints) {
      if (kind === "c") await client.query(`alter table ${fullName(table)} drop constraint ${name}`);
    }
    await client.query("set local session_replication_role = replica");
    const { rows } = await client.query<{ id: string }>(
      `update ${fullName(table)} set state = $1 where id = (select id from ${fullName(table)} where client_id = $2 limit 1) returning id`,
      [from, seeded.glow.id],
    );
    await client.query("set local session_replication_role = origin");
    await client.query(`update ${fullName(table)} set state = $1 where id = $2`, [to, rows[0]?.id]);
    const history = await client.query(
      "select from public.core_state_history where row_id = $1 and from_state = $2 and to_state = $3 and xmin = pg_current_xact_id()::xid",
      [rows[0]?.id, from, to],
    );
    return { code: "", recorded: history.rowCount ?? 0 };
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error), recorded: 0 };
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const listed = (table: Table, from: string, to: string): boolean =>
  seeded.catalogue.transitions.some((row) => row.entity === table.name && row.from === from && row.to === to);

async function wrongSteps(table: Table, isListed: typeof listed): Promise<string[]> {
  const wrong: string[] = [];
  const words = allowedStates(table) ?? [];
  for (const from of words) {
    for (const to of words.filter((word) => word !== from)) {
      const { code, recorded } = await step(table, from, to);
      const right = isListed(table, from, to) ? code !== "ST001" : code === "ST001";
      if (!right) wrong.push(`${table.name}: ${from} → ${to} ${code || "passes"}`);
      if (code === "" && recorded !== 1)
        wrong.push(`${table.name}: ${from} → ${to} left ${recorded} lines of history`);
    }
  }
  return wrong;
}

describe("every state machine", () => {
  it("takes exactly the listed steps, and writes each down", async () => {
    expect(machines.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    for (const table of machines) wrong.push(...(await wrongSteps(table, listed)));
    expect(wrong).toEqual([]);
  });

  it("is born only where a birth is listed", async () => {
    const wrong: string[] = [];
    for (const table of machines) {
      const births = seeded.catalogue.transitions
        .filter(({ entity, from }) => entity === table.name && from === null)
        .map(({ to }) => to);
      const stored = await db.pool.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${fullName(table)} t limit 1`,
      );
      for (const state of (allowedStates(table) ?? []).filter((word) => !births.includes(word))) {
        const columns = table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
        const code = await db.pool
          .query(
            `insert into ${fullName(table)} (${columns.join()}) select ${columns.join()} from jsonb_populate_record(null::${fullName(table)}, $1)`,
            [{ ...stored.rows[0]?.row, id: crypto.randomUUID(), state }],
          )
          .then(
            () => "passes",
            (error: { code?: string }) => error.code ?? "",
          );
        if (code !== "ST001") wrong.push(`${table.name}: born as ${state}: ${code}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("catches a step that the guard takes and nobody listed", async () => {
    const people = machines.find(({ name }) => name === "people");
    if (!people) throw new Error("people");
    expect(
      await wrongSteps(people, (table, from, to) => listed(table, from, to) && to !== "deactivated"),
    ).toEqual(["people: active → deactivated passes"]);
  });
});
