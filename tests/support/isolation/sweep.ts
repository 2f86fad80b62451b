import type { PoolClient } from "pg";
import type { Table } from "../../architecture/catalogue";
import type { TestDatabase } from "../database";
import type { SeededDatabase } from "../seed-tide";
import type { Business, Position } from "./businesses";
import { expectations, programOf, type Expectation } from "./expectations";

export type Verb = "read" | "insert" | "update" | "delete";

interface Place {
  business: Business;
  position: Position;
  personId: string;
}
export interface Persona {
  name: string;
  userId: string | null;
  sessionId?: string;
  /** Where she is somebody. Empty for a stranger, and for one whose session has ended. */
  places: Place[];
}

export function personas(
  { glow, tide, ebb, stranger, double }: SeededDatabase,
  endedSession: string,
): Persona[] {
  const of = (business: Business, position: Position): Persona => ({
    name: `${position} of ${business.slug}`,
    userId: business.members[position].userId,
    places: [{ business, position, personId: business.members[position].personId }],
  });
  return [
    ...(["owner", "admin", "manager", "support", "creator", "neighbour", "lapsed", "gone"] as const).map(
      (position) => of(glow, position),
    ),
    ...(["owner", "manager", "creator"] as const).map((position) => of(tide, position)),
    ...(["owner", "manager", "creator"] as const).map((position) => of(ebb, position)),
    {
      name: "creator of glow who manages tide",
      userId: double.userId,
      places: [
        { business: glow, position: "creator", personId: double.glow },
        { business: tide, position: "manager", personId: double.tide },
      ],
    },
    {
      name: "owner of glow with an ended session",
      userId: glow.members.owner.userId,
      sessionId: endedSession,
      places: [],
    },
    { name: "stranger", userId: stranger, places: [] },
    { name: "anon", userId: null, places: [] },
  ];
}

export const keyOf = (table: Table): string => {
  const columns = table.constraints.find(({ kind }) => kind === "p")?.columns ?? [];
  return `concat_ws('|', ${columns.map((name) => `t.${name}`).join(", ")})`;
};
const clientColumn = (table: Table): string => (table.name === "clients" ? "id" : "client_id");
const hasClient = (table: Table): boolean =>
  table.name === "clients" || table.columns.some(({ name }) => name === "client_id");

/** The keys this persona may reach with this verb, as the expectations say. */
export async function expectedKeys(
  db: TestDatabase,
  table: Table,
  persona: Persona,
  verb: Verb,
): Promise<string[]> {
  const expectation: Expectation | undefined = expectations[table.name];
  const reach = expectation?.[verb];
  if (!expectation || !reach) return [];
  const keys = new Set<string>();
  for (const { business, position, personId } of persona.places) {
    const off = (program: string | undefined) =>
      program !== undefined && !business.programsOn.includes(program);
    // A sign-in belongs to a login, which outlives its place in one business.
    if ((position === "gone" && hasClient(table)) || off(programOf(table.name))) continue;
    const whole = (reach.all?.includes(position) ?? false) && !off(expectation.allNeeds);
    if (!whole && !reach.own?.includes(position)) continue;
    const where = hasClient(table) ? `t.${clientColumn(table)} = '${business.id}'` : "true";
    const own = whole ? "true" : (expectation.own ?? "false");
    const sql = `select ${keyOf(table)} as key from public.${table.name} t where ${where} and ${own} and ($1::uuid, $2::uuid) is not null`;
    const { rows } = await db.pool.query<{ key: string }>(sql, [personId, persona.userId]);
    rows.forEach(({ key }) => keys.add(key));
  }
  return [...keys].sort();
}

export async function as<T>(
  db: TestDatabase,
  persona: Persona,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  if (persona.userId === null) return db.asAnon(work, { rollback: true });
  return db.asUser(persona.userId, work, { rollback: true, sessionId: persona.sessionId ?? null });
}

const refused = (error: unknown): string => (error as { code?: string }).code ?? "";

/** The keys she really reads; none when the table itself is closed to her. */
export async function readKeys(db: TestDatabase, table: Table, persona: Persona): Promise<string[]> {
  return as(db, persona, async (client) => {
    const { rows } = await client.query<{ key: string }>(
      `select ${keyOf(table)} as key from public.${table.name} t`,
    );
    return rows.map(({ key }) => key).sort();
  }).catch((error: unknown) => {
    if (refused(error) === "42501") return [];
    throw error;
  });
}

/** Runs a statement as the persona and tells which rows it left changed, seen by the superuser in the same transaction. */
async function changedKeys(
  db: TestDatabase,
  table: Table,
  persona: Persona,
  statement: string,
): Promise<string[]> {
  return as(db, persona, async (client) => {
    await client.query(statement);
    await client.query("reset role");
    const { rows } = await client.query<{ key: string }>(
      `select ${keyOf(table)} as key from public.${table.name} t where t.xmin = pg_current_xact_id()::xid`,
    );
    return rows.map(({ key }) => key).sort();
  }).catch((error: unknown) => {
    if (refused(error) === "42501") return [];
    throw error;
  });
}

/** An update without WHERE and without reading a column: SELECT policies have no say in it. */
export async function blindUpdate(db: TestDatabase, table: Table, persona: Persona): Promise<string[]> {
  const granted = table.columns.filter(({ rights }) => rights.includes("authenticated:update"));
  const columns = granted.length > 0 ? granted : table.columns.slice(0, 1);
  const { rows } = await db.pool.query<{ row: Record<string, string | null> | null }>(
    `select jsonb_object_agg(e.key, e.value) as row from (select to_jsonb(t) as j from public.${table.name} t limit 1) x, jsonb_each_text(x.j) e`,
  );
  const value = (name: string): string => {
    const text = rows[0]?.row?.[name];
    return text == null ? "null" : `'${text.replaceAll("'", "''")}'`;
  };
  return changedKeys(
    db,
    table,
    persona,
    `update public.${table.name} set ${columns.map(({ name }) => `${name} = ${value(name)}`).join(", ")}`,
  );
}

/** How many rows a delete without WHERE takes away. */
export async function blindDelete(db: TestDatabase, table: Table, persona: Persona): Promise<number> {
  return as(
    db,
    persona,
    async (client) => (await client.query(`delete from public.${table.name}`)).rowCount ?? 0,
  ).catch((error: unknown) => {
    if (refused(error) === "42501") return 0;
    throw error;
  });
}

/**
 * Which rows of the table she could have written: each is offered once more under its own values, as far as its
 * columns may be named. Row security judges before a unique index does, so a duplicate means "let through".
 */
export async function insertedKeys(db: TestDatabase, table: Table, persona: Persona): Promise<string[]> {
  const granted = table.columns.filter(({ rights }) => rights.includes("authenticated:insert"));
  const columns = (granted.length > 0 ? granted : table.columns.filter(({ generated }) => !generated))
    .map(({ name }) => name)
    .join(", ");
  const { rows } = await db.pool.query<{ key: string; row: object }>(
    `select ${keyOf(table)} as key, to_jsonb(t) as row from public.${table.name} t order by 1`,
  );
  const through: string[] = [];
  for (const { key, row } of granted.length > 0 ? rows : rows.slice(0, 1)) {
    const code = await as(db, persona, (client) =>
      client.query(
        `insert into public.${table.name} (${columns}) select ${columns} from jsonb_populate_record(null::public.${table.name}, $1)`,
        [
          // Where a row names its author, she offers herself.
          { ...row, ...("created_by" in row ? { created_by: persona.userId } : {}) },
        ],
      ),
    ).then(
      () => "",
      (error: unknown) => refused(error),
    );
    if (code === "" || code === "23505") through.push(key);
    else if (code !== "42501")
      throw new Error(`${persona.name} was refused by ${code} and not by row security: ${table.name}`);
  }
  return through.sort();
}
