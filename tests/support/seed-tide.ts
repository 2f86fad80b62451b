import type { Pool } from "pg";
import { isTenant, publicTables, readCatalogue, type Catalogue, type Table } from "../architecture/catalogue";
import type { TestDatabase } from "./database";
import { makeBusiness, type Business, type Member } from "./isolation/businesses";
import { planted, values, type About } from "./isolation/values";

export interface SeededDatabase {
  catalogue: Catalogue;
  glow: Business;
  /** The same kind of business as glow, with rows of its own in every table. */
  tide: Business;
  /** As tide, but its loyalty program was turned off after the rows were there. */
  ebb: Business;
  /** Signed in, and a member of nothing. */
  stranger: string;
  /** A creator of glow who is a manager of tide. */
  double: { userId: string; glow: string; tide: string };
}

/** Three businesses with rows in every table that has a client_id, found in the catalogue. */
export async function seedTide(db: TestDatabase): Promise<SeededDatabase> {
  const catalogue = await readCatalogue(db.pool);
  const [glow, tide, ebb] = [
    await makeBusiness(db, "glow"),
    await makeBusiness(db, "tide"),
    await makeBusiness(db, "ebb"),
  ];
  const userId = await db.createUser("mira@portico.test");
  const double = {
    userId,
    glow: await addPerson(db.pool, glow, userId, "creator"),
    tide: await addPerson(db.pool, tide, userId, "manager"),
  };
  for (const business of [glow, tide, ebb]) {
    const members = [business.members.creator, business.members.neighbour];
    if (business === glow) members.push({ userId, personId: double.glow });
    await fill(db.pool, catalogue, business, members);
    // Last, because the guards of other tables ask whether a person is active.
    await db.pool.query(
      "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
      [business.members.gone.personId],
    );
  }
  await db.pool.query("update public.client_programs set is_enabled = false where client_id = $1", [ebb.id]);
  ebb.programsOn = [];
  return { catalogue, glow, tide, ebb, stranger: await db.createUser("stranger@elsewhere.test"), double };
}

async function addPerson(pool: Pool, business: Business, userId: string, role: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with person as (insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), $3) returning id),
     given as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, $4 from person)
     select id from person`,
    [business.id, userId, `${business.slug}mark Mira`, role],
  );
  return rows[0]?.id ?? "";
}

const already = ["client_programs", "people", "person_roles"];
/** Written last: a sealed list takes no more entries. */
const closing = ["loyalty_raffle_draws"];

/** A row about each of these members in every table, parents first. */
async function fill(pool: Pool, catalogue: Catalogue, business: Business, members: Member[]): Promise<void> {
  const sorted = parentsFirst(publicTables(catalogue).filter(isTenant));
  for (const table of [...sorted].sort((a, b) => closing.indexOf(a.name) - closing.indexOf(b.name))) {
    if (already.includes(table.name)) continue;
    for (const member of members) {
      const about: About = { business, member };
      const sown = planted[table.name];
      if (sown !== undefined) {
        await plant(pool, sown, about);
        continue;
      }
      const row = await rowFor(pool, table, about);
      const names = Object.keys(row);
      const sql = `insert into public.${table.name} (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")})`;
      await pool.query(sql, Object.values(row)).catch((error: Error & { code?: string }) => {
        // One row a business is all that some tables hold.
        if (error.code === "23505") return;
        throw new Error(
          `No row could be made for ${table.name}: ${error.message}. Give it values in tests/support/isolation/values.ts.`,
        );
      });
    }
  }
}

async function plant(pool: Pool, sql: string, { business, member }: About): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin; set local session_replication_role = replica");
    await client.query(sql, [business.id, member.personId]);
    await client.query("commit");
  } finally {
    client.release();
  }
}

function parentsFirst(tables: Table[]): Table[] {
  const sorted: Table[] = [];
  const visit = (table: Table): void => {
    if (sorted.includes(table)) return;
    const parents = table.constraints.flatMap(({ kind, target, columns }) =>
      kind === "f" && columns.every((name) => mustFill(table, name)) ? [target] : [],
    );
    tables.filter((other) => other !== table && parents.includes(`public.${other.name}`)).forEach(visit);
    sorted.push(table);
  };
  tables.forEach(visit);
  return sorted;
}

const mustFill = (table: Table, name: string): boolean => {
  const column = table.columns.find((each) => each.name === name);
  return (
    column !== undefined &&
    ((column.notNull && !column.hasDefault && !column.generated) || ownerColumns.includes(name))
  );
};
/** Filled although they may be null: they say whose row it is. */
const ownerColumns = ["person_id", "creator_id", "user_id", "uploaded_by"];

async function rowFor(pool: Pool, table: Table, about: About): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = { client_id: about.business.id };
  for (const { name, type } of table.columns) {
    if (name === "client_id" || !mustFill(table, name)) continue;
    const reference = table.constraints.find(({ kind, columns }) => kind === "f" && columns.includes(name));
    if (name === "user_id") row[name] = about.member.userId;
    else if (name === "currency") row[name] = "USD";
    else if (reference?.target)
      row[name] = await referenced(
        pool,
        reference.target,
        reference.targetColumns[reference.columns.indexOf(name)] ?? "id",
        about,
      );
    else row[name] = firstAllowed(table, name) ?? plain(type, about);
  }
  return { ...row, ...values[table.name]?.(about) };
}

/** A row of the same business that the reference may point at; the one about the same member where there is one. */
async function referenced(
  pool: Pool,
  target: string,
  column: string,
  { business, member }: About,
): Promise<unknown> {
  if (target === "public.people") return member.personId;
  const { rows } = await pool.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${target} t order by to_jsonb(t)::text`,
  );
  const own = await creatorOf(pool, business, member);
  const mine = rows
    .map(({ row }) => row)
    .filter((row) => !("client_id" in row) || row["client_id"] === business.id);
  const closest =
    mine.find((row) => row["person_id"] === member.personId || (own !== null && row["creator_id"] === own)) ??
    mine[0];
  return closest?.[column];
}

async function creatorOf(pool: Pool, business: Business, member: Member): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    "select id from public.loyalty_creators where client_id = $1 and person_id = $2",
    [business.id, member.personId],
  );
  return rows[0]?.id ?? null;
}

/** Of a column that only takes listed words, the first of them. */
function firstAllowed(table: Table, name: string): string | undefined {
  const list = table.constraints.find(
    ({ kind, columns, definition }) =>
      kind === "c" && columns.join() === name && definition.includes("ANY (ARRAY["),
  );
  return /'([^']*)'::text/.exec(list?.definition ?? "")?.[1];
}

let serial = 0;

function plain(type: string, { business }: About): unknown {
  serial += 1;
  switch (type) {
    case "text":
      return `${business.slug}mark-${serial}`;
    case "uuid":
      return crypto.randomUUID();
    case "date":
      return "2026-11-01";
    case "timestamp with time zone":
      return "2026-11-01T12:00:00Z";
    case "time without time zone":
      return "18:00";
    case "boolean":
      return false;
    case "jsonb":
      return JSON.stringify({ mark: `${business.slug}mark` });
    default:
      return serial;
  }
}
